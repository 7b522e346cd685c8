"""When sellers work, and what they ask of every order: read for offers, arranged by their owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.errors import InputInvalid, NotFound
from marketplace.base.inputs import Problems, read_line
from marketplace.delivery.commands import ClosedDraft, TermsDraft
from marketplace.delivery.models import ClosedDays, DeliverySlot, DeliveryTerms
from marketplace.delivery.rules import (
    FARTHEST_DAYS,
    Closed,
    Days,
    TooManyRests,
    day_of_slot,
    day_slot,
    read_capacity,
    read_days,
    span_text,
)
from marketplace.delivery.service.own import announce, own_seller, read_amount
from marketplace.delivery.views import ClosedCard

LONGEST_REASON = 120
MOST_RESTS = 40


@dataclass(frozen=True, slots=True)
class Timetable:
    """When a seller works, how many orders it makes ready a day where it says so, and what it asks of an order."""

    days: Days = field(default_factory=Days)
    orders_a_day: int | None = None
    minimum_order: int = 0


def timetables(session: Session, weekdays: Mapping[int, int], now: datetime) -> dict[int, Timetable]:
    """The timetable of each seller, by id; `weekdays` says on which each delivers."""
    today = clock.local_date(now)
    terms = {
        row.seller_id: row
        for row in session.exec(select(DeliveryTerms).where(col(DeliveryTerms.seller_id).in_(weekdays)))
    }
    closed: defaultdict[int, list[Closed]] = defaultdict(list)
    for rest in session.exec(
        select(ClosedDays)
        .where(col(ClosedDays.seller_id).in_(weekdays), col(ClosedDays.last) >= today)
        .order_by(col(ClosedDays.first))
    ):
        closed[rest.seller_id].append(Closed(rest.first, rest.last, rest.reason))
    limits = {row.seller_id: row.orders_a_day for row in terms.values() if row.orders_a_day is not None}
    full = _full_days(session, limits, today)
    return {
        seller_id: Timetable(
            Days(tuple(closed[seller_id]), full.get(seller_id, frozenset()), mask),
            limits.get(seller_id),
            terms[seller_id].minimum_order if seller_id in terms else 0,
        )
        for seller_id, mask in weekdays.items()
    }


def _full_days(session: Session, limits: Mapping[int, int], today: date) -> dict[int, frozenset[date]]:
    if not limits:
        return {}
    last = today + timedelta(days=2 * FARTHEST_DAYS)
    code = col(DeliverySlot.code)
    of_seller = [
        and_(code.between(day_slot(seller_id, today), day_slot(seller_id, last)), col(DeliverySlot.orders) >= most)
        for seller_id, most in limits.items()
    ]
    full: defaultdict[int, set[date]] = defaultdict(set)
    for found in session.exec(select(DeliverySlot.code).where(or_(*of_seller))):
        seller_id, day = day_of_slot(found)
        full[seller_id].add(day)
    return {seller_id: frozenset(days) for seller_id, days in full.items()}


def terms_of(session: Session, seller_id: int) -> DeliveryTerms:
    """What a seller asks of every order; a fresh row where it asks nothing yet."""
    row = session.exec(select(DeliveryTerms).where(DeliveryTerms.seller_id == seller_id)).first()
    return row or DeliveryTerms(seller_id=seller_id)


def ask_of_orders(session: Session, person: Person, draft: TermsDraft, now: datetime) -> None:
    """Set the least an order is worth and how many are made ready a day; empty asks nothing.

    Raises NotSignedIn, NotFound, NotAllowed, or each entry's problem by field.
    """
    seller = own_seller(session, person)
    problems, row = Problems(), terms_of(session, seller.id)
    with problems.noting():
        row.minimum_order = read_amount(draft.minimum_order, "minimum_order") or 0
    with problems.noting():
        row.orders_a_day = read_capacity(draft.orders_a_day, field="orders_a_day")
    problems.refuse()
    session.add(row)
    announce(session, seller.id, now)


def close_days(session: Session, person: Person, draft: ClosedDraft, now: datetime) -> None:
    """Rest on some days; the reason is shown to shoppers. Raises as `ask_of_orders`, DaysInvalid, TooManyRests."""
    seller = own_seller(session, person)
    problems, today = Problems(), clock.local_date(now)
    with problems.noting():
        first, last = read_days(
            _day(draft.first, "first"), _day(draft.last, "last"), today, field="last" if draft.last else "first"
        )
    with problems.noting():
        reason = read_line(draft.reason, field="reason", limit=LONGEST_REASON, required=False)
    problems.refuse()
    known = session.exec(select(ClosedDays.id).where(ClosedDays.seller_id == seller.id, col(ClosedDays.last) >= today))
    if len(known.all()) >= MOST_RESTS:
        raise TooManyRests(most=MOST_RESTS)
    session.add(ClosedDays(seller_id=seller.id, first=first, last=last, reason=reason))
    announce(session, seller.id, now)


def open_days(session: Session, person: Person, closed_id: int, now: datetime) -> None:
    """Work on days that were to be closed; raises NotSignedIn, NotFound, NotAllowed."""
    seller = own_seller(session, person)
    row = session.get(ClosedDays, closed_id)
    if row is None or row.seller_id != seller.id:
        raise NotFound
    session.delete(row)
    announce(session, seller.id, now)


def closed_of(session: Session, seller_id: int, now: datetime) -> tuple[ClosedCard, ...]:
    """Present and coming rests of a seller."""
    rows = session.exec(
        select(ClosedDays)
        .where(ClosedDays.seller_id == seller_id, col(ClosedDays.last) >= clock.local_date(now))
        .order_by(col(ClosedDays.first), col(ClosedDays.id))
    )
    return tuple(ClosedCard(row.id, span_text(row.first, row.last), row.reason) for row in rows)


def _day(typed: str, field: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise InputInvalid(field=field) from None
