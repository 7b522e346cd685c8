"""Stock: held for open orders, allocated to confirmed ones, consumed when goods leave. All quantities in thousandths.

Rows are always taken in the order of their ids, so that crossing baskets cannot deadlock, and each change is one
conditional UPDATE whose guard and change are the same statement. CHECK constraints stand behind it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Select, func, update
from sqlalchemy.engine import Result
from sqlmodel import Session, col, select

from marketplace.base.quantity import show_quantity
from marketplace.catalog.models import Product, Sku, StockHold, StockLevel
from marketplace.catalog.rules import HoldState, OutOfStock, StockBelowPromised
from marketplace.settings import settings


def hold(session: Session, demands: Mapping[int, int], reference: str, expires_at: datetime, now: datetime) -> None:
    """Hold quantities by stock keeping unit for an order until `expires_at`; raises OutOfStock for the first lacking.

    The caller's transaction must end with the error: holds taken before it are undone by the rollback.
    """
    rows = session.exec(
        select(StockLevel.id, StockLevel.sku_id).where(col(StockLevel.sku_id).in_(demands)).order_by(col(StockLevel.id))
    ).all()
    if len(rows) < len(demands):
        missing = next(iter(demands.keys() - {sku_id for _, sku_id in rows}))
        raise _out_of_stock(session, missing)
    close_expired(session, [level_id for level_id, _ in rows if level_id is not None], now)
    for level_id, sku_id in rows:
        quantity = demands[sku_id]
        guard = StockLevel.on_hand - StockLevel.allocated - StockLevel.held >= quantity
        statement = update(StockLevel).where(col(StockLevel.id) == level_id)
        if settings().reservation_guard:
            statement = statement.where(guard)  # type: ignore[arg-type]
        if _rows(session.execute(statement.values(held=StockLevel.held + quantity))) == 0:
            raise _out_of_stock(session, sku_id)
        session.add(StockHold(stock_level_id=level_id, reference=reference, quantity=quantity, expires_at=expires_at))
    session.flush()


def close_expired(session: Session, level_ids: Sequence[int], now: datetime) -> None:
    """Give back what expired holds still take from these rows; safe against another doing the same."""
    expired = session.exec(
        select(StockHold.id, StockHold.stock_level_id, StockHold.quantity)
        .where(
            col(StockHold.stock_level_id).in_(level_ids),
            StockHold.state == HoldState.HELD,
            col(StockHold.expires_at) <= now,
        )
        .order_by(col(StockHold.stock_level_id), col(StockHold.id))
    ).all()
    for hold_id, level_id, quantity in expired:
        _lock(session, level_id)
        if _close(session, hold_id, HoldState.HELD, HoldState.RELEASED, now):
            _change(session, level_id, held=-quantity)


def allocate(session: Session, reference: str, now: datetime) -> None:
    """Turn an order's holds into allocations: the seller accepted.

    A hold that expired and was given back meanwhile is taken again; raises OutOfStock when that stock is gone.
    """
    for row in _of(session, reference):
        if row.state == HoldState.HELD:
            _change(session, row.stock_level_id, held=-row.quantity, allocated=row.quantity)
        elif row.state == HoldState.RELEASED:
            _take_again(session, row)
        else:
            continue
        row.state = HoldState.ALLOCATED
        session.add(row)
    session.flush()


def release(session: Session, reference: str, now: datetime) -> None:
    """Give an order's stock back, held or allocated; what has left or was given back before stays as it is."""
    for row in _of(session, reference):
        if row.state == HoldState.HELD:
            _change(session, row.stock_level_id, held=-row.quantity)
        elif row.state == HoldState.ALLOCATED:
            _change(session, row.stock_level_id, allocated=-row.quantity)
        else:
            continue
        row.state = HoldState.RELEASED
        row.closed_at = now
        session.add(row)
    session.flush()


def consume(session: Session, reference: str, now: datetime) -> None:
    """An order's goods leave the store: they are no longer on hand."""
    for row in _of(session, reference):
        if row.state == HoldState.ALLOCATED:
            _change(session, row.stock_level_id, on_hand=-row.quantity, allocated=-row.quantity)
            row.state = HoldState.CONSUMED
            row.closed_at = now
            session.add(row)
    session.flush()


def set_on_hand(session: Session, sku_id: int, quantity: int, now: datetime) -> None:
    """Set what is on hand; raises StockBelowPromised when orders already hold more."""
    level_id = session.exec(select(StockLevel.id).where(StockLevel.sku_id == sku_id)).one()
    close_expired(session, [level_id or 0], now)
    changed = session.execute(
        update(StockLevel)
        .where(col(StockLevel.id) == level_id, StockLevel.allocated + StockLevel.held <= quantity)  # type: ignore[arg-type]
        .values(on_hand=quantity)
    )
    if _rows(changed) == 0:
        promised = session.exec(
            select(StockLevel.allocated + StockLevel.held).where(StockLevel.id == level_id)  # type: ignore[call-overload]
        ).one()
        raise StockBelowPromised(field="stock", promised=show_quantity(promised))


def expired_by_level(now: datetime) -> Select[Any]:
    """A subquery's statement: for each stock row, the sum of holds that expired but were not swept yet."""
    return (
        select(col(StockHold.stock_level_id).label("level_id"), func.sum(StockHold.quantity).label("expired"))  # type: ignore[return-value]
        .where(StockHold.state == HoldState.HELD, col(StockHold.expires_at) <= now)
        .group_by(col(StockHold.stock_level_id))
    )


def _take_again(session: Session, row: StockHold) -> None:
    taken = session.execute(
        update(StockLevel)
        .where(
            col(StockLevel.id) == row.stock_level_id,
            StockLevel.on_hand - StockLevel.allocated - StockLevel.held >= row.quantity,  # type: ignore[arg-type]
        )
        .values(allocated=StockLevel.allocated + row.quantity)
    )
    if _rows(taken) == 0:
        sku_id = session.exec(select(StockLevel.sku_id).where(StockLevel.id == row.stock_level_id)).one()
        raise _out_of_stock(session, sku_id)


def _of(session: Session, reference: str) -> Sequence[StockHold]:
    statement = select(StockHold).where(StockHold.reference == reference).order_by(col(StockHold.stock_level_id))
    rows = session.exec(statement).all()
    for row in rows:
        _lock(session, row.stock_level_id)
    # Read again behind the locks: another may have closed a hold meanwhile.
    return session.exec(statement.with_for_update().execution_options(populate_existing=True)).all()


def _lock(session: Session, level_id: int) -> None:
    session.exec(select(StockLevel.id).where(StockLevel.id == level_id).with_for_update()).one()


def _close(session: Session, hold_id: int | None, before: HoldState, after: HoldState, now: datetime) -> bool:
    closed = session.execute(
        update(StockHold)
        .where(col(StockHold.id) == hold_id, col(StockHold.state) == before)
        .values(state=after, closed_at=now)
        .execution_options(synchronize_session=False)
    )
    return _rows(closed) == 1


def _change(session: Session, level_id: int, *, on_hand: int = 0, allocated: int = 0, held: int = 0) -> None:
    session.execute(
        update(StockLevel)
        .where(col(StockLevel.id) == level_id)
        .values(
            on_hand=StockLevel.on_hand + on_hand,
            allocated=StockLevel.allocated + allocated,
            held=StockLevel.held + held,
        )
        .execution_options(synchronize_session=False)
    )


def _rows(result: Result[Any]) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0


def _out_of_stock(session: Session, sku_id: int) -> OutOfStock:
    found = session.exec(
        select(Sku.code, Product.name).join(Product, col(Product.id) == col(Sku.product_id)).where(Sku.id == sku_id)
    ).first()
    code, name = found or (None, "")
    return OutOfStock(field=code, name=name)
