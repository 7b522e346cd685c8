"""The one writer of an order's states: every move is checked against its table and kept with who, when and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from marketplace.base import outbox
from marketplace.base.history import record_move
from marketplace.base.state_machine import move
from marketplace.catalog import stock
from marketplace.contracts import service as contracts
from marketplace.delivery import service as delivery
from marketplace.orders.models import SellerOrder
from marketplace.orders.rules import (
    FULFILMENT_LABELS,
    FULFILMENT_MOVES,
    ORDER_MOVES,
    STATUS_LABELS,
    FulfilmentStatus,
    OrderStatus,
    payment_status,
)
from marketplace.payments import service as payments
from marketplace.payments.rules import PaymentState


def move_order(
    session: Session, order: SellerOrder, target: OrderStatus, now: datetime, by: int | None, reason: str | None = None
) -> None:
    """Move an order; raises MoveRefused."""
    before = OrderStatus(order.status)
    order.status = move(ORDER_MOVES, before, target, STATUS_LABELS)
    session.add(order)
    record_move(
        session, "order", order.id or 0, from_state=before, to_state=target, at=now, by_account_id=by, reason=reason
    )


def move_goods(session: Session, order: SellerOrder, target: FulfilmentStatus, now: datetime, by: int | None) -> None:
    """Move the goods of an order; raises MoveRefused."""
    before = FulfilmentStatus(order.fulfilment_status)
    order.fulfilment_status = move(FULFILMENT_MOVES, before, target, FULFILMENT_LABELS)
    session.add(order)
    record_move(session, "fulfilment", order.id or 0, from_state=before, to_state=target, at=now, by_account_id=by)
    outbox.emit(session, f"order.{target.value}", notice(order), now)


def close(
    session: Session,
    order: SellerOrder,
    target: OrderStatus,
    reason: str,
    now: datetime,
    *,
    by_account_id: int | None,
    actor: str,
) -> None:
    """End an order that will not be performed: stock still in the shop goes free, its contract ends, no money is due."""
    order_id, concluded = order.id or 0, order.status == OrderStatus.CONFIRMED
    move_order(session, order, target, now, by_account_id, reason)
    order.closed_reason = reason
    stock.release(session, order.number, now)
    delivery.release(session, order.number, now)
    if concluded:
        contracts.terminate(session, order_id, reason, now, by_account_id)
    else:
        contracts.lapse(session, order_id, reason, now, actor=actor, by_account_id=by_account_id)
    ended = PaymentState.EXPIRED if target is OrderStatus.EXPIRED else PaymentState.CANCELED
    payments.give_up(session, order_id, ended, now, by_account_id)
    refresh_payment_status(session, order)
    outbox.emit(session, f"order.{target.value}", notice(order), now)


def refresh_payment_status(session: Session, order: SellerOrder) -> None:
    """The one writer of an order's payment status: what its payments add up to."""
    sums = payments.sums(session, order.id or 0)
    order.payment_status = payment_status(expected=order.total, paid=sums.paid, waiting=sums.waiting > 0)
    session.add(order)


def notice(order: SellerOrder) -> dict[str, Any]:
    """What an event about an order carries."""
    return {
        "order_id": order.id,
        "seller_id": order.seller_id,
        "number": order.number,
        "status": OrderStatus(order.status).value,
    }
