"""The seller's answer to an order, its cancellation, and what becomes of an unanswered one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.history import record_move
from marketplace.base.state_machine import MoveRefused, move
from marketplace.catalog import stock
from marketplace.contracts import service as contracts
from marketplace.orders.models import SellerOrder
from marketplace.orders.rules import (
    FULFILMENT_LABELS,
    ORDER_MOVES,
    STATUS_LABELS,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
    check_in_time,
)
from marketplace.orders.service import reading
from marketplace.payments import service as payments
from marketplace.payments.rules import PaymentState

REFUSED_BY_SELLER = "refused_by_seller"
CANCELED_BY_BUYER = "canceled_by_buyer"
NOT_ANSWERED = "not_answered"
BEFORE_LEAVING = frozenset({FulfilmentStatus.PENDING, FulfilmentStatus.PACKED})


def accept(session: Session, person: Person, number: str, now: datetime) -> None:
    """The seller accepts: the order is confirmed and the contract concluded.

    Raises NotFound for anybody else's order, OfferLapsed after the deadline, MoveRefused when it was answered before.
    """
    order = reading.sellers_order(session, person, number)
    if order.status == OrderStatus.PLACED:
        check_in_time(order.accept_by, now)
    confirm(session, order, person.account_id, now)


def confirm(session: Session, order: SellerOrder, by_account_id: int | None, now: datetime) -> None:
    """Move an order to confirmed: allocate its stock, conclude its contract, tell whom it concerns."""
    move_order(session, order, OrderStatus.CONFIRMED, now, by_account_id)
    order.confirmed_at = now
    stock.allocate(session, order.number, now)
    contracts.conclude(session, order.id or 0, by_account_id, now)
    outbox.emit(session, "order.confirmed", notice(order), now)


def refuse(session: Session, person: Person, number: str, reason: str, now: datetime) -> None:
    """The seller cannot deliver: the order is canceled and its stock goes back.

    Raises NotFound, and MoveRefused once the goods are on their way.
    """
    order = reading.sellers_order(session, person, number)
    if order.fulfilment_status not in BEFORE_LEAVING:
        raise MoveRefused(state=FULFILMENT_LABELS[FulfilmentStatus(order.fulfilment_status)])
    _cancel(session, order, reason or REFUSED_BY_SELLER, person.account_id, now)


def cancel(session: Session, person: Person, number: str, access_key: str, now: datetime) -> None:
    """The buyer withdraws an order the seller has not accepted yet; raises NotFound, MoveRefused."""
    order = reading.buyers_order(session, person, number, access_key, lock=True)
    if order.status != OrderStatus.PLACED:
        # Once the contract is concluded the buyer cannot end it alone.
        raise MoveRefused(state=STATUS_LABELS[OrderStatus(order.status)])
    _cancel(session, order, CANCELED_BY_BUYER, person.account_id, now)


def expire_due(session: Session, now: datetime, limit: int = 100) -> int:
    """Let unanswered orders lapse and give their stock back; returns how many."""
    due = session.exec(
        select(SellerOrder)
        .where(SellerOrder.status == OrderStatus.PLACED, col(SellerOrder.accept_by) <= now)
        .order_by(col(SellerOrder.accept_by))
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    stock.lock_of(session, [order.number for order in due])
    stock.lock_of(session, [order.number for order in due])
    for order in due:
        move_order(session, order, OrderStatus.EXPIRED, now, None, NOT_ANSWERED)
        stock.release(session, order.number, now)
        contracts.lapse(session, order.id or 0, now)
        payments.give_up(session, order.id or 0, PaymentState.EXPIRED, now)
        outbox.emit(session, "order.expired", notice(order), now)
    return len(due)


def move_order(
    session: Session, order: SellerOrder, target: OrderStatus, now: datetime, by: int | None, reason: str | None = None
) -> None:
    """Move an order and keep who, when and why."""
    before = OrderStatus(order.status)
    order.status = move(ORDER_MOVES, before, target)
    if target in {OrderStatus.CANCELED, OrderStatus.EXPIRED}:
        order.closed_reason = reason
        order.payment_status = PaymentStatus.NONE
    session.add(order)
    record_move(
        session, "order", order.id or 0, from_state=before, to_state=target, at=now, by_account_id=by, reason=reason
    )


def notice(order: SellerOrder) -> dict[str, Any]:
    """What an event about an order carries."""
    return {
        "order_id": order.id,
        "seller_id": order.seller_id,
        "number": order.number,
        "status": OrderStatus(order.status).value,
    }


def _cancel(session: Session, order: SellerOrder, reason: str, by: int | None, now: datetime) -> None:
    concluded = order.status == OrderStatus.CONFIRMED
    move_order(session, order, OrderStatus.CANCELED, now, by, reason)
    stock.release(session, order.number, now)
    if concluded:
        contracts.terminate(session, order.id or 0, reason, now, by)
    else:
        contracts.lapse(session, order.id or 0, now)
    payments.give_up(session, order.id or 0, PaymentState.CANCELED, now, by)
    outbox.emit(session, "order.canceled", notice(order), now)
