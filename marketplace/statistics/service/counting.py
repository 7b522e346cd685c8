"""The aggregate queries every figure of the platform is made of: one indexed range, cut into slices, a query.

Slices are half open and given by their bounds in UTC, so that both databases count Vietnam's days without knowing them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import SQLColumnExpression, case, func, literal, select
from sqlmodel import Session, col

from marketplace.contracts.models import Contract
from marketplace.orders.models import Purchase, SellerOrder
from marketplace.orders.rules import OrderStatus
from marketplace.sellers.models import Seller
from marketplace.sellers.rules import SellerKind

CONFIRMED = (OrderStatus.CONFIRMED, OrderStatus.COMPLETED)


@dataclass(frozen=True, slots=True)
class Tally:
    """What fell into a slice: how many, worth how much in đồng, of how many sellers."""

    count: int = 0
    value: int = 0
    sellers: int = 0


def slices(periods: Sequence[tuple[datetime, datetime]]) -> list[datetime]:
    """The bounds of periods that follow each other."""
    return [periods[0][0], *(end for _, end in periods)]


def orders_placed(session: Session, bounds: Sequence[datetime]) -> list[Tally]:
    """Orders by the time they were placed, whatever became of them."""
    return _tallies(
        session, col(SellerOrder.placed_at), bounds, col(SellerOrder.goods_total), col(SellerOrder.seller_id)
    )


def orders_confirmed(session: Session, bounds: Sequence[datetime]) -> list[Tally]:
    """Orders by the time the seller accepted, whatever became of them."""
    return _tallies(
        session, col(SellerOrder.confirmed_at), bounds, col(SellerOrder.goods_total), col(SellerOrder.seller_id)
    )


def orders_completed(session: Session, bounds: Sequence[datetime]) -> list[Tally]:
    """Orders by the time they were completed: delivered and paid."""
    return _tallies(
        session, col(SellerOrder.completed_at), bounds, col(SellerOrder.goods_total), col(SellerOrder.seller_id)
    )


def contracts_concluded(session: Session, bounds: Sequence[datetime]) -> list[Tally]:
    """Contracts by the time they were concluded, whatever became of them."""
    return _tallies(session, col(Contract.concluded_at), bounds, col(Contract.total), col(Contract.seller_id))


def buyers(session: Session, bounds: Sequence[datetime]) -> list[int]:
    """Different phone numbers that placed orders in each slice."""
    slot = _slot(col(Purchase.placed_at), bounds)
    statement = (
        select(slot, func.count(func.distinct(col(Purchase.buyer_phone))))
        .where(*_within(col(Purchase.placed_at), bounds))
        .group_by("slot")
    )
    found = [0] * (len(bounds) - 1)
    for index, count in session.execute(statement).all():
        found[index] = int(count)
    return found


def tallies_by_commune(
    session: Session, moment: SQLColumnExpression[Any], value: SQLColumnExpression[Any], bounds: Sequence[datetime]
) -> dict[str, list[Tally]]:
    """Tallies of orders by the commune their seller is in."""
    slot = _slot(moment, bounds)
    statement = (
        select(
            col(Seller.commune_code),
            slot,
            func.count(),
            func.sum(value),
            func.count(func.distinct(col(SellerOrder.seller_id))),
        )
        .join_from(SellerOrder, Seller, col(Seller.id) == col(SellerOrder.seller_id))
        .where(*_within(moment, bounds))
        .group_by(col(Seller.commune_code), "slot")
    )
    found: dict[str, list[Tally]] = {}
    for code, index, count, worth, sellers in session.execute(statement).all():
        found.setdefault(code, [Tally()] * (len(bounds) - 1))[index] = Tally(int(count), int(worth or 0), int(sellers))
    return found


@dataclass(frozen=True, slots=True)
class SellerActivity:
    """When a seller last did something, slice by slice."""

    kind: SellerKind
    commune_code: str
    last: tuple[datetime | None, ...]

    def active(self, index: int, since: datetime) -> bool:
        """Whether something happened between `since` and the end of the slice of that index."""
        return any(moment is not None and moment >= since for moment in self.last[: index + 1])


def sales_activity(session: Session, bounds: Sequence[datetime]) -> list[SellerActivity]:
    """Sellers by when orders of theirs that still stand were confirmed or completed."""
    statuses = col(SellerOrder.status).in_(CONFIRMED)
    seller, moments = col(SellerOrder.seller_id), (col(SellerOrder.confirmed_at), col(SellerOrder.completed_at))
    return _activity(session, bounds, seller, moments, statuses)


def contract_activity(session: Session, bounds: Sequence[datetime]) -> list[SellerActivity]:
    """Sellers by when contracts of theirs were concluded, later terminated ones included."""
    return _activity(session, bounds, col(Contract.seller_id), (col(Contract.concluded_at),))


def active_at(
    found: Collection[SellerActivity], windows: Sequence[tuple[datetime, datetime]], kinds: Collection[SellerKind]
) -> list[int]:
    """How many sellers of these kinds were active in each window; window i ends where slice i does."""
    chosen = [seller for seller in found if seller.kind in kinds]
    return [sum(seller.active(index, since) for seller in chosen) for index, (since, _) in enumerate(windows)]


def first_application(session: Session) -> datetime | None:
    """When the first seller came, before which the platform has nothing to say."""
    return session.scalar(select(func.min(Seller.applied_at)))


def _activity(
    session: Session,
    bounds: Sequence[datetime],
    seller_id: SQLColumnExpression[Any],
    moments: Sequence[SQLColumnExpression[Any]],
    *conditions: SQLColumnExpression[bool],
) -> list[SellerActivity]:
    last: dict[int, list[datetime | None]] = {}
    who: dict[int, tuple[SellerKind, str]] = {}
    for moment in moments:
        slot = _slot(moment, bounds)
        statement = (
            select(seller_id, col(Seller.kind), col(Seller.commune_code), slot, func.max(moment))
            .join(Seller, col(Seller.id) == seller_id)
            .where(*_within(moment, bounds), *conditions)
            .group_by(seller_id, col(Seller.kind), col(Seller.commune_code), "slot")
        )
        for number, kind, commune, index, latest in session.execute(statement).all():
            who[number] = (SellerKind(kind), commune)
            row = last.setdefault(number, [None] * (len(bounds) - 1))
            row[index] = max(latest, row[index] or latest)
    return [SellerActivity(*who[number], tuple(row)) for number, row in last.items()]


def _tallies(
    session: Session,
    moment: SQLColumnExpression[Any],
    bounds: Sequence[datetime],
    value: SQLColumnExpression[Any],
    seller_id: SQLColumnExpression[Any],
) -> list[Tally]:
    slot = _slot(moment, bounds)
    statement = (
        select(slot, func.count(), func.sum(value), func.count(func.distinct(seller_id)))
        .where(*_within(moment, bounds))
        .group_by("slot")
    )
    found = [Tally()] * (len(bounds) - 1)
    for index, count, worth, sellers in session.execute(statement).all():
        found[index] = Tally(int(count), int(worth or 0), int(sellers))
    return found


def _within(moment: SQLColumnExpression[Any], bounds: Sequence[datetime]) -> tuple[SQLColumnExpression[bool], ...]:
    return moment >= bounds[0], moment < bounds[-1]


def _slot(moment: SQLColumnExpression[Any], bounds: Sequence[datetime]) -> Any:
    # Grouped by its label: written twice it has other parameters, which PostgreSQL takes for another expression.
    return case(*((moment < end, literal(index)) for index, end in enumerate(bounds[1:]))).label("slot")
