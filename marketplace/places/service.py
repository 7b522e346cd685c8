"""Use cases of places: finding a commune by what people type, and keeping the reference data in step."""

from __future__ import annotations

import gzip
import re
import time
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from marketplace.base.errors import NotFound
from marketplace.base.text import fold, words
from marketplace.places.models import Commune, FormerUnit, Province
from marketplace.places.views import CommuneView
from marketplace.settings import settings

DATA = Path(__file__).with_name("data")
TWO_TIERS_SINCE = date(2025, 7, 1)
KEPT_SECONDS = 300.0
USUAL = 10
KINDS = re.compile(r"^(phuong|xa|dac khu|thi tran) ")


@dataclass(frozen=True, slots=True)
class _Entry:
    view: CommuneView
    bare: str
    words: tuple[str, ...]
    former_words: tuple[tuple[str, ...], ...]
    haystack: str


_kept: dict[str, tuple[float, dict[str, _Entry]]] = {}


def _rows(name: str) -> list[list[str]]:
    text = gzip.decompress((DATA / name).read_bytes()).decode()
    return [line.split("\t") for line in text.splitlines()]


def sync_reference_data(session: Session) -> None:
    """Bring provinces, communes and former units in line with the packaged data; a second run changes nothing."""
    _sync_provinces(session)
    known = {row.code: row for row in session.exec(select(Commune)).all()}
    missing = []
    for code, province_code, name, latitude, longitude in _rows("communes.tsv.gz"):
        commune = known.get(code)
        values = {"province_code": province_code, "name": name, "folded": fold(name)}
        if commune is None:
            missing.append(
                values
                | {
                    "code": code,
                    "latitude": float(latitude),
                    "longitude": float(longitude),
                    "valid_from": TWO_TIERS_SINCE,
                }
            )
        elif commune.name != name or commune.province_code != province_code:
            commune.province_code, commune.name, commune.folded = province_code, name, fold(name)
            session.add(commune)
    if missing:
        session.execute(insert(Commune), missing)
    former = _rows("former_units.tsv.gz")
    stored = {(row.commune_code, row.name) for row in session.exec(select(FormerUnit)).all()}
    if stored != {(code, name) for code, name in former}:
        session.execute(delete(FormerUnit))
        session.execute(
            insert(FormerUnit),
            [
                {"commune_code": code, "name": name, "folded": fold(name), "valid_to": TWO_TIERS_SINCE}
                for code, name in former
            ],
        )
    _kept.clear()


def _sync_provinces(session: Session) -> None:
    known = {row.code: row for row in session.exec(select(Province)).all()}
    for code, name in _rows("provinces.tsv.gz"):
        province = known.get(code) or Province(code=code, name=name, folded=fold(name))
        province.name, province.folded = name, fold(name)
        session.add(province)
    session.flush()


def find_communes(
    session: Session, typed: str, limit: int = USUAL, province: str | None = None
) -> tuple[CommuneView, ...]:
    """Communes that fit what was typed: word prefixes in any order, accents or not, former names too.

    Exact names come first, then the configured province, then present before former names.
    """
    wanted = words(typed)
    if not wanted:
        return ()
    home = province or settings().province
    phrase = " ".join(wanted)
    found = []
    starts = [f" {word}" for word in wanted]
    for entry in _entries(session).values():
        if not all(start in entry.haystack for start in starts):
            continue
        rank = _rank(entry, wanted, phrase)
        if rank is not None:
            found.append((rank, entry.view.province_code != home, len(entry.view.name), entry.view.name, entry))
    found.sort(key=lambda item: (item[1] and item[0] > 0, item[0], item[1], item[2], item[3]))
    return tuple(_with_fitting_names_first(item[-1], wanted) for item in found[:limit])


def _with_fitting_names_first(entry: _Entry, wanted: list[str]) -> CommuneView:
    fitting = {name for name, parts in zip(entry.view.former, entry.former_words, strict=True) if _fits(wanted, parts)}
    return replace(entry.view, former=tuple(sorted(entry.view.former, key=lambda name: name not in fitting)))


def _rank(entry: _Entry, wanted: list[str], phrase: str) -> int | None:
    if phrase == entry.bare:
        return 0
    if _fits(wanted, entry.words):
        return 1 if entry.bare.startswith(phrase) else 2
    if any(_fits(wanted, former) for former in entry.former_words):
        return 3
    return None


def _fits(wanted: list[str], present: tuple[str, ...]) -> bool:
    left = list(present)
    # What a longer beginning fits, a shorter one of the same word fits too, so the longest choose first.
    for word in sorted(wanted, key=len, reverse=True):
        match = next((other for other in left if other.startswith(word)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def commune(session: Session, code: str) -> CommuneView:
    """A commune in force, by its code; raises NotFound."""
    entry = _entries(session).get(code)
    if entry is None:
        raise NotFound(field="commune")
    return entry.view


def communes(session: Session, codes: Collection[str]) -> dict[str, CommuneView]:
    """Communes by code; unknown codes are left out."""
    entries = _entries(session)
    return {code: entries[code].view for code in codes if code in entries}


def communes_of(session: Session, province: str) -> tuple[CommuneView, ...]:
    """All communes of a province by name."""
    views = (entry.view for entry in _entries(session).values() if entry.view.province_code == province)
    return tuple(sorted(views, key=lambda view: fold(view.name)))


def _entries(session: Session) -> dict[str, _Entry]:
    # Places change a few times a decade and are asked for at every key press.
    database = session.get_bind().engine.url.render_as_string(hide_password=False)
    known = _kept.get(database)
    if known is not None and known[1] and time.monotonic() - known[0] < KEPT_SECONDS:
        return known[1]
    provinces = dict(session.exec(select(Province.code, Province.name)).all())
    former: defaultdict[str, list[str]] = defaultdict(list)
    for code, name in session.exec(
        select(FormerUnit.commune_code, FormerUnit.name).order_by(col(FormerUnit.name))
    ).all():
        former[code].append(name)
    entries = {}
    for row in session.exec(select(Commune).where(col(Commune.valid_to).is_(None))).all():
        olds = tuple(former[row.code])
        view = CommuneView(
            row.code, row.name, provinces[row.province_code], row.province_code, row.latitude, row.longitude, olds
        )
        entries[row.code] = _Entry(
            view,
            KINDS.sub("", row.folded),
            tuple(words(f"{row.name} {view.province}")),
            tuple(tuple(words(old)) for old in olds),
            " " + " ".join(words(" ".join((row.name, view.province, *olds)))),
        )
    _kept[database] = (time.monotonic(), entries)
    return entries
