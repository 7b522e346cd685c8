"""Stock: held for open orders, allocated to confirmed ones, consumed when goods leave. All quantities in thousandths.

Every use case first locks all the stock rows it will touch in the order of their ids, so that crossing baskets wait for
each other instead of deadlocking. Each change is then a conditional UPDATE, guard and change in the same statement,
and CHECK constraints stand behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, CursorResult, ScalarSelect, case, func, update
from sqlalchemy.engine import Result
from sqlmodel import Session, col, select

from marketplace.base import outbox
from marketplace.base.db import add_rows
from marketplace.base.errors import Conflict, NotFound
from marketplace.base.quantity import quantity_text
from marketplace.catalog.models import Product, Sku, StockHold, StockLevel
from marketplace.catalog.news import CHANGED
from marketplace.catalog.rules import HoldState, OutOfStock, StockBelowPromised, StockMoved
from marketplace.settings import settings


@dataclass(frozen=True, slots=True)
class Demand:
    """What one order needs: quantities in thousandths by stock keeping unit, promised until `expires_at`."""

    reference: str
    quantities: Mapping[int, int]
    expires_at: datetime


def hold(session: Session, demands: Sequence[Demand], now: datetime) -> None:
    """Hold stock for all orders of a purchase; raises OutOfStock for the first lacking.

    The caller's transaction must end with the error: what was held before it is undone by the rollback.
    """
    wanted: Counter[int] = Counter()
    for demand in demands:
        wanted.update(demand.quantities)
    rows = lock(session, wanted)
    missing = wanted.keys() - rows.keys()
    if missing:
        raise _out_of_stock(session, min(missing), 0)
    close_expired(session, list(rows.values()), now)
    held = _hold(session, {level_id: wanted[sku_id] for sku_id, level_id in rows.items()})
    for sku_id, level_id in rows.items():
        if level_id not in held:
            raise _out_of_stock(session, sku_id, _left(session, level_id))
    promised = [
        StockHold(
            stock_level_id=rows[sku_id], reference=demand.reference, quantity=quantity, expires_at=demand.expires_at
        )
        for demand in demands
        for sku_id, quantity in demand.quantities.items()
    ]
    add_rows(session, promised)
    _announce(session, rows.values(), now)


def _hold(session: Session, quantities: Mapping[int, int]) -> Collection[int]:
    """Hold what is free in one conditional UPDATE; returns the rows that had enough."""
    wanted = case(quantities, value=col(StockLevel.id))
    holding = (
        update(StockLevel)
        .where(col(StockLevel.id).in_(quantities))
        .values(held=col(StockLevel.held) + wanted)
        .returning(col(StockLevel.id))
        .execution_options(synchronize_session=False)
    )
    if settings().reservation_guard:
        holding = holding.where(_free() >= wanted)
    return set(session.execute(holding).scalars())


def lock(session: Session, sku_ids: Collection[int]) -> dict[int, int]:
    """Lock stock rows in the order of their ids; returns their id by stock keeping unit, in that order."""
    rows = session.execute(
        select(col(StockLevel.sku_id), col(StockLevel.id))
        .where(col(StockLevel.sku_id).in_(sku_ids))
        .order_by(col(StockLevel.id))
        .with_for_update()
    ).all()
    return {row.sku_id: row.id for row in rows}


def lock_of(session: Session, references: Collection[str]) -> None:
    """Lock the stock rows of several orders in the order of their ids, before one transaction changes them."""
    rows = select(StockHold.stock_level_id).where(col(StockHold.reference).in_(references))
    session.execute(
        select(col(StockLevel.id)).where(col(StockLevel.id).in_(rows)).order_by(col(StockLevel.id)).with_for_update()
    ).all()


def close_expired(session: Session, level_ids: Sequence[int], now: datetime) -> None:
    """Give back what expired holds still take from these locked rows; safe against another doing the same."""
    expired = session.execute(
        select(col(StockHold.id), col(StockHold.stock_level_id), col(StockHold.quantity))
        .where(
            col(StockHold.stock_level_id).in_(level_ids),
            StockHold.state == HoldState.HELD,
            col(StockHold.expires_at) <= now,
        )
        .order_by(col(StockHold.stock_level_id), col(StockHold.id))
    ).all()
    for hold_id, level_id, quantity in expired:
        if _move(session, hold_id, HoldState.HELD, HoldState.EXPIRED, now):
            _change(session, level_id, held=-quantity)


def allocate(session: Session, reference: str, now: datetime) -> None:
    """Turn an order's holds into allocations: the seller accepted.

    A hold that expired and was given back meanwhile is taken again; raises OutOfStock when that stock is gone, and
    Conflict for an order whose stock was released or has left. Allocating twice changes nothing.
    """
    taken_again = []
    for row in _of(session, reference):
        if row.state == HoldState.ALLOCATED:
            continue
        if row.state == HoldState.HELD:
            _change(session, row.stock_level_id, held=-row.quantity, allocated=row.quantity)
        elif row.state == HoldState.EXPIRED:
            _take_again(session, row, now)
            taken_again.append(row.stock_level_id)
        else:
            raise Conflict
        row.closed_at = None
        _set(session, row, HoldState.ALLOCATED)
    session.flush()
    _announce(session, taken_again, now)


def release(session: Session, reference: str, now: datetime) -> None:
    """Give an order's stock back, held or allocated; what has left or was given back before stays as it is."""
    rows = _of(session, reference)
    for row in rows:
        if row.state == HoldState.HELD:
            _change(session, row.stock_level_id, held=-row.quantity)
        elif row.state == HoldState.ALLOCATED:
            _change(session, row.stock_level_id, allocated=-row.quantity)
        elif row.state != HoldState.EXPIRED:
            continue
        row.closed_at = now
        _set(session, row, HoldState.RELEASED)
    session.flush()
    _announce(session, [row.stock_level_id for row in rows], now)


def consume(session: Session, reference: str, now: datetime) -> None:
    """An order's goods leave the store: they are no longer on hand.

    Raises Conflict unless the stock is allocated. Consuming twice changes nothing.
    """
    for row in _of(session, reference):
        if row.state == HoldState.CONSUMED:
            continue
        if row.state != HoldState.ALLOCATED:
            raise Conflict
        _change(session, row.stock_level_id, on_hand=-row.quantity, allocated=-row.quantity)
        row.closed_at = now
        _set(session, row, HoldState.CONSUMED)
    session.flush()


def take_back(session: Session, reference: str, now: datetime) -> None:
    """Goods that had left came back fit to be sold again: they are on hand once more. Twice changes nothing."""
    back = [row for row in _of(session, reference) if row.state == HoldState.CONSUMED]
    for row in back:
        _change(session, row.stock_level_id, on_hand=row.quantity)
        row.closed_at = now
        _set(session, row, HoldState.RETURNED)
    session.flush()
    _announce(session, [row.stock_level_id for row in back], now)


def set_on_hand(session: Session, sku_id: int, quantity: int, now: datetime, *, shown: int | None = None) -> None:
    """Set what is on hand; raises NotFound, and StockBelowPromised when orders already hold more.

    Who decides by a figure on a screen says which it was, `shown`: raises StockMoved when it no longer holds.
    """
    level_id = lock(session, [sku_id]).get(sku_id)
    if level_id is None:
        raise NotFound(field="sku")
    close_expired(session, [level_id], now)
    as_shown = [] if shown is None else [col(StockLevel.on_hand) == shown]
    changed = session.execute(
        update(StockLevel)
        .where(col(StockLevel.id) == level_id, col(StockLevel.allocated) + col(StockLevel.held) <= quantity, *as_shown)
        .values(on_hand=quantity)
    )
    if _rows(changed) == 0:
        on_hand, promised = session.execute(
            select(col(StockLevel.on_hand), col(StockLevel.allocated) + col(StockLevel.held)).where(
                col(StockLevel.id) == level_id
            )
        ).one()
        if shown is not None and on_hand != shown:
            raise StockMoved(field="stock", shown=quantity_text(shown), now=quantity_text(on_hand))
        raise StockBelowPromised(field="stock", promised=quantity_text(promised))
    _announce(session, [level_id], now)


def _announce(session: Session, level_ids: Collection[int], now: datetime) -> None:
    """Tell those who keep goods in memory that there may be more or less of some."""
    if level_ids:
        outbox.announce(session, CHANGED, {"stock_level_ids": sorted(level_ids)}, now)


def expired(now: datetime | BindParameter[datetime]) -> ScalarSelect[int]:
    """SQL beside a stock row: what expired holds on it still take, though it can be promised again."""
    return (
        select(func.coalesce(func.sum(col(StockHold.quantity)), 0))
        .where(
            col(StockHold.stock_level_id) == col(StockLevel.id),
            col(StockHold.state) == HoldState.HELD,
            col(StockHold.expires_at) <= now,
        )
        .correlate(StockLevel)
        .scalar_subquery()
    )


def _take_again(session: Session, row: StockHold, now: datetime) -> None:
    close_expired(session, [row.stock_level_id], now)
    if not _change(session, row.stock_level_id, _free() >= row.quantity, allocated=row.quantity):
        raise _out_of_stock(session, _sku_of(session, row), _left(session, row.stock_level_id))


def _of(session: Session, reference: str) -> Sequence[StockHold]:
    # Locks first: behind them nobody else changes these holds, so what is read then is what is.
    lock_of(session, [reference])
    return session.exec(
        select(StockHold)
        .where(StockHold.reference == reference)
        .order_by(col(StockHold.stock_level_id))
        .execution_options(populate_existing=True)
    ).all()


def _free() -> ColumnElement[int]:
    return col(StockLevel.on_hand) - col(StockLevel.allocated) - col(StockLevel.held)


def _left(session: Session, level_id: int) -> int:
    return int(session.execute(select(_free()).where(col(StockLevel.id) == level_id)).scalar_one())


def _move(session: Session, hold_id: int, before: HoldState, after: HoldState, now: datetime) -> bool:
    closed = session.execute(
        update(StockHold)
        .where(col(StockHold.id) == hold_id, col(StockHold.state) == before)
        .values(state=after, closed_at=now)
    )
    return _rows(closed) == 1


def _set(session: Session, row: StockHold, state: HoldState) -> None:
    row.state = state
    session.add(row)


def _change(
    session: Session,
    level_id: int,
    *guards: ColumnElement[bool],
    on_hand: int = 0,
    allocated: int = 0,
    held: int = 0,
) -> bool:
    changed = session.execute(
        update(StockLevel)
        .where(col(StockLevel.id) == level_id, *guards)
        .values(
            on_hand=col(StockLevel.on_hand) + on_hand,
            allocated=col(StockLevel.allocated) + allocated,
            held=col(StockLevel.held) + held,
        )
        .execution_options(synchronize_session=False)
    )
    return _rows(changed) == 1


def _rows(result: Result[Any]) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0


def _sku_of(session: Session, row: StockHold) -> int:
    statement = select(col(StockLevel.sku_id)).where(col(StockLevel.id) == row.stock_level_id)
    return int(session.execute(statement).scalar_one())


def _out_of_stock(session: Session, sku_id: int, left: int) -> OutOfStock:
    found = session.execute(
        select(col(Sku.code), col(Product.name))
        .join(Product, col(Product.id) == col(Sku.product_id))
        .where(col(Sku.id) == sku_id)
    ).first()
    code, name = found or ("", "")
    return OutOfStock(field=code or None, sku=code, name=name, available=max(0, left))
