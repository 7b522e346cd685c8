"""The seller's answer to an order, its cancellation, and what becomes of an unanswered one."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.state_machine import MoveRefused
from marketplace.catalog import stock
from marketplace.contracts import service as contracts
from marketplace.orders.models import SellerOrder
from marketplace.orders.rules import (
    BEFORE_LEAVING,
    CLOSED_REASONS,
    FULFILMENT_LABELS,
    STATUS_LABELS,
    ClosedReason,
    FulfilmentStatus,
    OrderStatus,
    ShopSuspended,
    check_in_time,
)
from marketplace.orders.service import reading
from marketplace.orders.service.moving import close, move_order, notice
from marketplace.sellers import service as sellers


def accept(session: Session, person: Person, number: str, now: datetime) -> None:
    """The seller accepts: the order is confirmed and the contract concluded.

    Raises NotFound for anybody else's order, OfferLapsed after the deadline, MoveRefused when it was answered before,
    ShopSuspended for a shop that may conclude nothing.
    """
    order = reading.sellers_order(session, person, number)
    if order.status == OrderStatus.PLACED:
        check_in_time(order.accept_by, now)
        if not sellers.may_sell(session, order.seller_id):
            raise ShopSuspended(store=order.store_name)
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

    Raises NotFound, OfferLapsed after the deadline, and MoveRefused once the goods are on their way.
    """
    order = reading.sellers_order(session, person, number)
    if order.status == OrderStatus.PLACED:
        check_in_time(order.accept_by, now)
    if order.fulfilment_status not in BEFORE_LEAVING:
        raise MoveRefused(state=FULFILMENT_LABELS[FulfilmentStatus(order.fulfilment_status)])
    if not reason or reason in CLOSED_REASONS:
        # What the seller typed never reads as if another party or the platform had said it.
        reason = ClosedReason.REFUSED_BY_SELLER
    actor = f"account:{person.account_id}"
    close(session, order, OrderStatus.CANCELED, reason, now, by_account_id=person.account_id, actor=actor)


def cancel(session: Session, person: Person, number: str, access_key: str, now: datetime) -> None:
    """The buyer withdraws an order the seller has not accepted yet; raises NotFound, OfferLapsed, MoveRefused."""
    order = reading.buyers_order(session, person, number, access_key, lock=True)
    if order.status != OrderStatus.PLACED:
        # Once the contract is concluded the buyer cannot end it alone.
        raise MoveRefused(state=STATUS_LABELS[OrderStatus(order.status)])
    check_in_time(order.accept_by, now)
    actor = f"account:{person.account_id}" if person.account_id else "guest"
    reason = ClosedReason.CANCELED_BY_BUYER
    close(session, order, OrderStatus.CANCELED, reason, now, by_account_id=person.account_id, actor=actor)


def due(session: Session, now: datetime, limit: int = 100) -> list[str]:
    """Numbers of orders whose deadline has passed unanswered, the longest overdue first."""
    overdue = (
        select(SellerOrder.number)
        .where(SellerOrder.status == OrderStatus.PLACED, col(SellerOrder.accept_by) <= now)
        .order_by(col(SellerOrder.accept_by), col(SellerOrder.id))
    )
    return list(session.exec(overdue.limit(limit)).all())


def expire(session: Session, number: str, now: datetime) -> bool:
    """Let an unanswered order lapse and give its stock back; False when it was answered, or is just being."""
    overdue = select(SellerOrder).where(
        SellerOrder.number == number, SellerOrder.status == OrderStatus.PLACED, col(SellerOrder.accept_by) <= now
    )
    order = session.exec(overdue.with_for_update(skip_locked=True)).first()
    if order is None:
        return False
    reason = ClosedReason.NOT_ANSWERED
    close(session, order, OrderStatus.EXPIRED, reason, now, by_account_id=None, actor="platform")
    return True
