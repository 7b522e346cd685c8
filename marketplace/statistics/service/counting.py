"""The aggregate queries every figure of the platform is made of: for each slice of time one range of a covering index.

Slices are half open and given by their bounds in UTC, so that both databases count Vietnam's days without knowing them.
All slices of a figure are asked for in one statement. Finding each row's slice among many is six times as dear.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased
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
    return _tallies(session, col(Contract.concluded_at), bounds, literal(0), col(Contract.seller_id))


def buyers(session: Session, bounds: Sequence[datetime]) -> list[int]:
    """Different phone numbers that placed orders in each slice."""
    placed = col(Purchase.placed_at)
    statement = union_all(
        *(
            select(literal(index), func.count(func.distinct(col(Purchase.buyer_phone)))).where(*within)
            for index, within in _within(placed, bounds)
        )
    )
    return [int(count) for _, count in sorted(session.execute(statement).all())]


def tallies_by_commune(
    session: Session, moment: SQLColumnExpression[Any], value: SQLColumnExpression[Any], bounds: Sequence[datetime]
) -> dict[str, list[Tally]]:
    """Tallies of orders by the commune their seller is in."""
    sellers: list[Select[Any, Any, Any, Any]] = [
        select(
            literal(index).label("slice"),
            col(SellerOrder.seller_id).label("seller_id"),
            func.count().label("count"),
            func.sum(value).label("worth"),
        )
        .where(*within)
        .group_by(col(SellerOrder.seller_id))
        for index, within in _within(moment, bounds)
    ]
    # A row a seller first, so that communes are looked up once a seller and not once an order.
    each = union_all(*sellers).subquery()
    statement = (
        select(col(Seller.commune_code), each.c.slice, func.sum(each.c.count), func.sum(each.c.worth), func.count())
        .join_from(each, Seller, col(Seller.id) == each.c.seller_id)
        .group_by(col(Seller.commune_code), each.c.slice)
    )
    found: dict[str, list[Tally]] = {}
    for code, index, count, worth, number in session.execute(statement).all():
        found.setdefault(code, [Tally()] * (len(bounds) - 1))[index] = Tally(int(count), int(worth or 0), int(number))
    return found


Window = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class SellerActivity:
    """In which windows a seller was active; one that was in none is not made."""

    kind: SellerKind
    commune_code: str
    active: tuple[bool, ...]


def sales_activity(session: Session, windows: Sequence[Window]) -> list[SellerActivity]:
    """Sellers by the windows in which orders of theirs that still stand were confirmed or completed."""
    order = aliased(SellerOrder)
    mine = (col(order.seller_id) == col(Seller.id), col(order.status).in_(CONFIRMED))
    return _activity(
        session,
        [
            or_(
                *(
                    exists().where(*mine, moment >= since, moment < until)
                    for moment in (col(order.confirmed_at), col(order.completed_at))
                )
            )
            for since, until in windows
        ],
    )


def contract_activity(session: Session, windows: Sequence[Window]) -> list[SellerActivity]:
    """Sellers by the windows in which contracts of theirs were concluded, later terminated ones included."""
    concluded = col(Contract.concluded_at)
    mine = col(Contract.seller_id) == col(Seller.id)
    return _activity(session, [exists().where(mine, concluded >= since, concluded < until) for since, until in windows])


def active_in(windows: Sequence[Window], found: Collection[SellerActivity], kinds: Collection[SellerKind]) -> list[int]:
    """How many sellers of these kinds were active in each of the windows they were found for."""
    chosen = [seller.active for seller in found if seller.kind in kinds]
    return [sum(active[index] for active in chosen) for index in range(len(windows))]


def first_application(session: Session) -> datetime | None:
    """When the first seller came, before which the platform has nothing to say."""
    return session.scalar(select(func.min(Seller.applied_at)))


def _activity(session: Session, conditions: Sequence[SQLColumnExpression[bool]]) -> list[SellerActivity]:
    # A look into an index for each seller and window: the cost grows with sellers, not with what was sold.
    columns: list[Any] = [condition.label(f"window_{index}") for index, condition in enumerate(conditions)]
    statement = select(col(Seller.kind), col(Seller.commune_code), *columns)
    return [
        SellerActivity(SellerKind(kind), commune, tuple(map(bool, active)))
        for kind, commune, *active in session.execute(statement).all()
        if any(active)
    ]


def _tallies(
    session: Session,
    moment: SQLColumnExpression[Any],
    bounds: Sequence[datetime],
    value: SQLColumnExpression[Any],
    seller_id: SQLColumnExpression[Any],
) -> list[Tally]:
    statement = union_all(
        *(
            select(literal(index), func.count(), func.sum(value), func.count(func.distinct(seller_id))).where(*within)
            for index, within in _within(moment, bounds)
        )
    )
    return [
        Tally(int(count), int(worth or 0), int(sellers))
        for _, count, worth, sellers in sorted(session.execute(statement).all())
    ]


def _within(
    moment: SQLColumnExpression[Any], bounds: Sequence[datetime]
) -> list[tuple[int, tuple[SQLColumnExpression[bool], SQLColumnExpression[bool]]]]:
    """Each slice's number and its condition."""
    return [(index, (moment >= since, moment < until)) for index, (since, until) in enumerate(pairwise(bounds))]
