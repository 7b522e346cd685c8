"""The owner's ways of delivery: how far, for how much, how fast, on and off.

What an order agreed stays as agreed: orders keep their own fee, days and place, and read none of these again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from marketplace.accounts.views import Person
from marketplace.base.crypto import new_code
from marketplace.base.errors import FieldRequired, InputInvalid, NotFound
from marketplace.base.inputs import Problems
from marketplace.base.money import plain_money, show_money
from marketplace.base.text import Locale, Text
from marketplace.delivery.commands import MethodDraft
from marketplace.delivery.models import DeliveryCommune, DeliveryMethod, DeliveryRate
from marketplace.delivery.rules import (
    METHOD_LABELS,
    MOST_COMMUNES,
    MOST_METHODS,
    REACH_LABELS,
    RINGS,
    TARIFF_LABELS,
    Band,
    MethodKind,
    Tariff,
    TooManyMethods,
    Zone,
    cutoff_text,
    days_text,
    read_bands,
    read_travel,
    show_bands,
)
from marketplace.delivery.service.carriers import least_fees, rates_of
from marketplace.delivery.service.own import announce, own_seller, read_amount
from marketplace.delivery.views import MethodCard, MethodForm, NamedCommune, ZoneChoice
from marketplace.places import service as places
from marketplace.sellers.rules import read_time, show_minutes

LONGEST_DAYS = 30
NEW_OWN = Text("Thêm cách tự giao", "Add own delivery")
BANDS = "bands_{zone}"
"""Name of the input of a zone's table."""
BY_TABLE = Text("Theo bảng giá, từ {fee}", "By table, from {fee}")
FREE = Text("Miễn phí", "Free")
FROM_KILOGRAM = Text("{base}, mỗi kg sau kg đầu thêm {kilogram}", "{base}, {kilogram} for each further kg")
FREE_FROM = Text("miễn phí từ {amount} tiền hàng", "free from {amount} of goods")
COMMUNES = Text("{count} xã, phường: {names}", "{count} communes: {names}")
NAMES_SHOWN = 4
ADDED = "own-"
"""Codes of ways that were added begin so."""


def methods_of(session: Session, seller_id: int, locale: Locale) -> tuple[MethodCard, ...]:
    """All ways of a seller, on and off, in words."""
    rows = session.exec(
        select(DeliveryMethod).where(DeliveryMethod.seller_id == seller_id).order_by(col(DeliveryMethod.id))
    ).all()
    return tuple(_card(session, row, locale) for row in rows)


def method_form(session: Session, person: Person, code: str, locale: Locale) -> MethodForm:
    """A way as its form begins, a new way of own delivery where no code is given; raises NotFound."""
    seller = own_seller(session, person)
    row = (
        _row(session, seller.id, code)
        if code
        else DeliveryMethod(seller_id=seller.id, code="", kind=MethodKind.OWN, zone=Zone.NAMED)
    )
    kind = MethodKind(row.kind)
    named = places.communes(session, _communes(session, row.id) if code else ())
    bands = rates_of(session, [row]).get(row.id, {}) if code else {}
    return MethodForm(
        code=row.code,
        kind=kind.value,
        title=METHOD_LABELS[kind].say(locale) if code else NEW_OWN.say(locale),
        zone=Zone(row.zone).value,
        zones=tuple(ZoneChoice(zone.value, REACH_LABELS[zone].say(locale)) for zone in zones_of(kind)),
        communes=tuple(NamedCommune(view.code, view.name) for view in sorted(named.values(), key=lambda one: one.name)),
        base_fee=plain_money(row.base_fee) if code else "",
        kilogram_fee=plain_money(row.kilogram_fee) if row.kilogram_fee else "",
        free_above=plain_money(row.free_above) if row.free_above is not None else "",
        days_from=str(row.days_from),
        days_to=str(row.days_to),
        cutoff=show_minutes(row.cutoff) if row.cutoff is not None else "",
        tariff=Tariff(row.tariff).value,
        tariffs=tuple(ZoneChoice(one.value, label.say(locale)) for one, label in TARIFF_LABELS.items())
        if kind is MethodKind.CARRIER
        else (),
        bands_commune=show_bands(bands.get(Zone.COMMUNE, ())),
        bands_province=show_bands(bands.get(Zone.PROVINCE, ())),
        bands_country=show_bands(bands.get(Zone.COUNTRY, ())),
    )


def zones_of(kind: MethodKind) -> tuple[Zone, ...]:
    """How far a way of this kind may reach."""
    if kind is MethodKind.OWN:
        return Zone.NAMED, Zone.COMMUNE, Zone.PROVINCE
    return Zone.PROVINCE, Zone.COUNTRY


def save_method(
    session: Session, person: Person, code: str, draft: MethodDraft, communes: Sequence[str], now: datetime
) -> None:
    """Change a way of the person's shop, or add one of own delivery where no code is given.

    Raises NotSignedIn, NotFound, NotAllowed, or each entry's problem by field.
    """
    seller = own_seller(session, person)
    row = _row(session, seller.id, code) if code else _new(session, seller.id)
    problems = Problems()
    with problems.noting():
        row.zone = _zone(MethodKind(row.kind), draft.zone)
    named = list(dict.fromkeys(communes)) if row.zone == Zone.NAMED else []
    with problems.noting():
        if row.zone == Zone.NAMED and not named:
            raise FieldRequired(field="commune")
        if len(named) > MOST_COMMUNES or len(places.communes(session, named)) < len(named):
            raise InputInvalid(field="commune")
    with problems.noting():
        row.base_fee = read_amount(draft.base_fee, "base_fee") or 0
    with problems.noting():
        row.kilogram_fee = read_amount(draft.kilogram_fee, "kilogram_fee") or 0
    with problems.noting():
        row.free_above = read_amount(draft.free_above, "free_above")
    with problems.noting():
        row.days_from, row.days_to = read_travel(draft.days_from, draft.days_to, longest=LONGEST_DAYS, field="days_to")
    with problems.noting():
        row.cutoff = read_time(draft.cutoff, field="cutoff")
    bands: dict[Zone, list[Band]] = {}
    with problems.noting():
        row.tariff = _tariff(MethodKind(row.kind), draft.tariff or "")
    if row.tariff == Tariff.TABLE:
        for zone in RINGS:
            with problems.noting():
                bands[zone] = read_bands(getattr(draft, BANDS.format(zone=zone)) or "", field=BANDS.format(zone=zone))
        with problems.noting():
            if len(bands) == len(RINGS) and not any(bands.values()):
                raise FieldRequired(field=BANDS.format(zone=Zone.PROVINCE))
    problems.refuse()
    session.add(row)
    session.flush()
    _forget_parts(session, row.id)
    session.add_all(DeliveryCommune(method_id=row.id, commune_code=code) for code in named)
    session.add_all(
        DeliveryRate(method_id=row.id, zone=zone, up_to_grams=band.up_to_grams, fee=band.fee)
        for zone, found in bands.items()
        for band in found
    )
    announce(session, seller.id, now)


def turn_method(session: Session, person: Person, code: str, now: datetime) -> None:
    """Offer a way no longer, or again; raises NotSignedIn, NotFound, NotAllowed."""
    seller = own_seller(session, person)
    row = _row(session, seller.id, code)
    row.active = not row.active
    session.add(row)
    announce(session, seller.id, now)


def remove_method(session: Session, person: Person, code: str, now: datetime) -> None:
    """Take away a way that was added; the three every shop begins with are turned off instead. Raises NotFound."""
    seller = own_seller(session, person)
    row = _row(session, seller.id, code)
    if not _added(row.code):
        raise NotFound
    _forget_parts(session, row.id)
    session.delete(row)
    announce(session, seller.id, now)


def give_default_methods(session: Session, payload: dict[str, Any], now: datetime) -> None:
    """A new seller can sell at once: pick-up, own delivery in the province, a carrier for the country. Idempotent."""
    seller_id = int(payload["seller_id"])
    known = set(session.exec(select(DeliveryMethod.code).where(DeliveryMethod.seller_id == seller_id)).all())
    defaults = (
        DeliveryMethod(
            seller_id=seller_id,
            code="own",
            kind=MethodKind.OWN,
            zone=Zone.PROVINCE,
            base_fee=20_000,
            kilogram_fee=2_000,
            free_above=500_000,
            days_from=1,
            days_to=2,
        ),
        DeliveryMethod(
            seller_id=seller_id,
            code="carrier",
            kind=MethodKind.CARRIER,
            zone=Zone.COUNTRY,
            base_fee=32_000,
            kilogram_fee=6_000,
            days_from=2,
            days_to=4,
        ),
        DeliveryMethod(
            seller_id=seller_id,
            code="pickup",
            kind=MethodKind.PICKUP,
            zone=Zone.PROVINCE,
            days_from=0,
            days_to=1,
        ),
    )
    session.add_all(method for method in defaults if method.code not in known)


def _forget_parts(session: Session, method_id: int) -> None:
    session.execute(delete(DeliveryCommune).where(col(DeliveryCommune.method_id) == method_id))
    session.execute(delete(DeliveryRate).where(col(DeliveryRate.method_id) == method_id))


def _added(code: str) -> bool:
    return code.startswith(ADDED)


def _new(session: Session, seller_id: int) -> DeliveryMethod:
    codes = session.exec(select(DeliveryMethod.code).where(DeliveryMethod.seller_id == seller_id)).all()
    if len(codes) >= MOST_METHODS:
        raise TooManyMethods(most=MOST_METHODS)
    # Programs and orders know a way by its code: one that was taken away does not come back as another.
    return DeliveryMethod(seller_id=seller_id, code=f"{ADDED}{new_code(5)}", kind=MethodKind.OWN, zone=Zone.NAMED)


def _row(session: Session, seller_id: int, code: str) -> DeliveryMethod:
    row = session.exec(
        select(DeliveryMethod).where(DeliveryMethod.seller_id == seller_id, DeliveryMethod.code == code)
    ).first()
    if row is None:
        raise NotFound
    return row


def _communes(session: Session, method_id: int) -> list[str]:
    return list(session.exec(select(DeliveryCommune.commune_code).where(DeliveryCommune.method_id == method_id)).all())


def _zone(kind: MethodKind, typed: str) -> Zone:
    found = next((zone for zone in zones_of(kind) if zone.value == typed), None)
    if found is None:
        raise InputInvalid(field="zone")
    return found


def _tariff(kind: MethodKind, typed: str) -> Tariff:
    if kind is not MethodKind.CARRIER or not typed:
        return Tariff.KILOGRAM
    if typed not in set(Tariff):
        raise InputInvalid(field="tariff")
    return Tariff(typed)


def _card(session: Session, row: DeliveryMethod, locale: Locale) -> MethodCard:
    kind, zone = MethodKind(row.kind), Zone(row.zone)
    reach = REACH_LABELS[zone].say(locale)
    if zone is Zone.NAMED:
        names = sorted(view.name for view in places.communes(session, _communes(session, row.id)).values())
        more = " …" if len(names) > NAMES_SHOWN else ""
        reach = COMMUNES.say(locale, count=len(names), names=", ".join(names[:NAMES_SHOWN]) + more)
    fees = show_money(row.base_fee) if row.base_fee else FREE.say(locale)
    if row.tariff == Tariff.TABLE:
        fees = BY_TABLE.say(locale, fee=show_money(least_fees(session, [row])[row.id]))
    elif row.kilogram_fee:
        fees = FROM_KILOGRAM.say(locale, base=show_money(row.base_fee), kilogram=show_money(row.kilogram_fee))
    free = f" · {FREE_FROM.say(locale, amount=show_money(row.free_above))}" if row.free_above is not None else ""
    cutoff = f" · {cutoff_text(show_minutes(row.cutoff)).say(locale)}" if row.cutoff is not None else ""
    return MethodCard(
        code=row.code,
        label=METHOD_LABELS[kind].say(locale),
        reach=reach,
        fee_text=fees + free,
        days_text=days_text(row.days_from, row.days_to).say(locale) + cutoff,
        active=row.active,
        removable=_added(row.code),
    )
