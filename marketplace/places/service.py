"""Use cases of places: finding a commune by what people type, and keeping the reference data in step."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from heapq import nsmallest
from operator import itemgetter
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import delete, insert
from sqlalchemy.pool import Pool
from sqlmodel import Session, col, select

from marketplace.base import db
from marketplace.base.errors import NotFound
from marketplace.base.text import Locale, Text, fold, words
from marketplace.places.models import Commune, FormerUnit, Province
from marketplace.places.views import CommuneChoice, CommuneView
from marketplace.settings import settings

DATA = Path(__file__).with_name("data")
TWO_TIERS_SINCE = date(2025, 7, 1)
USUAL = 10
FORMER = Text("trước là {names}", "formerly {names}")
WORD = re.compile(r"[^\W_]+")
KINDS = re.compile(r"^(phuong|xa|dac khu|thi tran) ")


@dataclass(frozen=True, slots=True)
class _Entry:
    view: CommuneView
    bare: str
    present: str
    former: tuple[str, ...]
    bare_former: frozenset[str]
    haystack: str


_kept: WeakKeyDictionary[Pool, dict[str, _Entry]] = WeakKeyDictionary()


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

    Exact names come first, those of the configured province before all others even where they are former ones; then
    that province, then present before former names.
    """
    wanted = words(typed)
    if not wanted:
        return ()
    home = province or settings().province
    phrase = " ".join(wanted)
    # What a longer beginning fits, a shorter one of the same word fits too, so the longest choose first.
    starts = [f" {word}" for word in sorted(wanted, key=len, reverse=True)]
    found = []
    for entry in _entries(session).values():
        if all(start in entry.haystack for start in starts):
            rank = _rank(entry, starts, phrase)
            if rank is not None:
                away = entry.view.province_code != home
                exact = rank == 0 or (not away and phrase in entry.bare_former)
                found.append((not exact, away, rank, len(entry.view.name), entry.view.name, entry))
    best = nsmallest(limit, found, key=itemgetter(0, 1, 2, 3, 4))
    return tuple(_with_fitting_names_first(item[-1], starts) for item in best)


def _with_fitting_names_first(entry: _Entry, starts: list[str]) -> CommuneView:
    fitting = {name for name, folded in zip(entry.view.former, entry.former, strict=True) if _fits(starts, folded)}
    return replace(entry.view, former=tuple(sorted(entry.view.former, key=lambda name: name not in fitting)))


def _rank(entry: _Entry, starts: list[str], phrase: str) -> int | None:
    if phrase == entry.bare:
        return 0
    if _fits(starts, entry.present):
        return 1 if entry.bare.startswith(phrase) else 2
    if any(_fits(starts, former) for former in entry.former):
        return 3
    return None


def _fits(starts: list[str], words_in_a_row: str) -> bool:
    """Whether each beginning, the longest first and each after a space, has a word of its own."""
    if not all(start in words_in_a_row for start in starts):
        return False
    if len(starts) == 1:
        return True
    left = words_in_a_row.split()
    for start in starts:
        match = next((word for word in left if word.startswith(start[1:])), None)
        if match is None:
            return False
        left.remove(match)
    return True


def choices(session: Session, typed: str, locale: Locale, limit: int = USUAL) -> tuple[CommuneChoice, ...]:
    """As `find_communes`, to be picked from: each with its province, and the former name that fits."""

    def hint(place: CommuneView) -> str:
        former = (FORMER.say(locale, names=place.former[0]),) if place.former else ()
        return " · ".join((place.province, *former))

    return tuple(CommuneChoice(place.code, place.name, hint(place)) for place in find_communes(session, typed, limit))


def commune(session: Session, code: str, *, field: str = "commune") -> CommuneView:
    """A commune in force, by its code; raises NotFound."""
    entry = _entries(session).get(code)
    if entry is None:
        raise NotFound(field=field)
    return entry.view


def communes(session: Session, codes: Collection[str]) -> dict[str, CommuneView]:
    """Communes by code; unknown codes are left out."""
    entries = _entries(session)
    return {code: entries[code].view for code in codes if code in entries}


def communes_of(session: Session, province: str) -> tuple[CommuneView, ...]:
    """All communes of a province by name."""
    views = (entry.view for entry in _entries(session).values() if entry.view.province_code == province)
    return tuple(sorted(views, key=lambda view: fold(view.name)))


def warm(session: Session) -> None:
    """Read all places now (about a quarter of a second), so that nobody's first key press waits for it."""
    _entries(session)


def _entries(session: Session) -> dict[str, _Entry]:
    # Places change a few times a decade, by a migration before the app starts, and are asked for at every key press.
    database = db.database_of(session)
    if known := _kept.get(database):
        return known
    provinces = {row.code: row for row in session.exec(select(Province)).all()}
    former: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, name, folded in session.exec(
        select(FormerUnit.commune_code, FormerUnit.name, FormerUnit.folded).order_by(col(FormerUnit.name))
    ).all():
        former[code].append((name, folded))
    entries = {}
    for row in session.exec(select(Commune).where(col(Commune.valid_to).is_(None))).all():
        province = provinces[row.province_code]
        names = tuple(name for name, _ in former[row.code])
        olds = tuple(_spaced(folded) for _, folded in former[row.code])
        view = CommuneView(row.code, row.name, province.name, row.province_code, row.latitude, row.longitude, names)
        present = _spaced(f"{row.folded} {province.folded}")
        bare_former = frozenset(KINDS.sub("", folded.split(",")[0]) for _, folded in former[row.code])
        entries[row.code] = _Entry(view, KINDS.sub("", row.folded), present, olds, bare_former, present + "".join(olds))
    _kept[database] = entries
    return entries


def _spaced(folded: str) -> str:
    """The words of a folded name, each after one space."""
    return "".join(f" {word}" for word in WORD.findall(folded))
