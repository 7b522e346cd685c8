"""From a confirmed order to goods in the buyer's hands and cash in the seller's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.history import record_move
from marketplace.base.state_machine import MoveRefused, move
from marketplace.catalog import service as catalog
from marketplace.catalog import stock
from marketplace.contracts import service as contracts
from marketplace.delivery.rules import MethodKind
from marketplace.orders.models import OrderCharge, OrderLine, SellerOrder
from marketplace.orders.rules import (
    FULFILMENT_LABELS,
    FULFILMENT_MOVES,
    ChargeKind,
    FulfilmentStatus,
    NotDeliveredYet,
    OrderStatus,
    next_fulfilment_steps,
    payment_status,
)
from marketplace.orders.service import answering, reading
from marketplace.payments import service as payments


def advance(session: Session, person: Person, number: str, target: FulfilmentStatus, now: datetime) -> None:
    """The seller packs, ships, makes ready for pick-up, or hands over; raises NotFound, MoveRefused."""
    order = reading.sellers_order(session, person, number)
    before = FulfilmentStatus(order.fulfilment_status)
    pickup = order.delivery_kind == MethodKind.PICKUP
    if target not in next_fulfilment_steps(OrderStatus(order.status), before, pickup=pickup):
        raise MoveRefused(state=FULFILMENT_LABELS[before])
    order.fulfilment_status = move(FULFILMENT_MOVES, before, target)
    leaves = FulfilmentStatus.READY_FOR_PICKUP if pickup else FulfilmentStatus.SHIPPED
    if target is leaves:
        stock.consume(session, order.number, now)
        order.shipped_at = now
    if target is FulfilmentStatus.DELIVERED:
        order.delivered_at = now
    session.add(order)
    record_move(
        session,
        "fulfilment",
        order.id or 0,
        from_state=before,
        to_state=target,
        at=now,
        by_account_id=person.account_id,
    )
    outbox.emit(session, f"order.{target.value}", answering.notice(order), now)


def collect_cash(session: Session, person: Person, number: str, now: datetime) -> None:
    """The seller took the cash at the door: the payment is confirmed, the ledger posted, the order completed.

    Raises NotFound, NotDeliveredYet, MoveRefused when it was collected before.
    """
    order = reading.sellers_order(session, person, number)
    if order.fulfilment_status != FulfilmentStatus.DELIVERED:
        raise NotDeliveredYet
    share = session.exec(
        select(OrderCharge.amount).where(OrderCharge.order_id == order.id, OrderCharge.kind == ChargeKind.COMMISSION)
    ).one()
    order_id = order.id or 0
    payments.collect_cash(
        session, order_id, order.number, order.seller_id, commission=share, by_account_id=person.account_id, now=now
    )
    refresh_payment_status(session, order)
    answering.move_order(session, order, OrderStatus.COMPLETED, now, person.account_id)
    order.completed_at = now
    contracts.perform(session, order_id, now)
    outbox.emit(session, "order.completed", answering.notice(order), now)


def refresh_payment_status(session: Session, order: SellerOrder) -> None:
    """The one writer of an order's payment status: what its payments add up to."""
    order.payment_status = payment_status(expected=order.total, paid=payments.paid(session, order.id or 0))
    session.add(order)


def count_sales(session: Session, payload: dict[str, Any], now: datetime) -> None:
    """A completed order counts for the popularity of its goods; runs once, in the transaction that ends its event."""
    lines = session.exec(
        select(OrderLine.sku_id, OrderLine.quantity).where(OrderLine.order_id == int(payload["order_id"]))
    ).all()
    catalog.count_sale(session, lines)
