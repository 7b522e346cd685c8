"""From a confirmed order to goods in the buyer's hands and cash in the seller's, or back to where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlmodel import Session, select

from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.history import record_move
from marketplace.base.state_machine import MoveRefused
from marketplace.catalog import service as catalog
from marketplace.catalog import stock
from marketplace.contracts import service as contracts
from marketplace.delivery.rules import MethodKind
from marketplace.orders.models import OrderLine, SellerOrder
from marketplace.orders.rules import (
    FULFILMENT_LABELS,
    STATUS_LABELS,
    ClosedReason,
    FulfilmentStatus,
    NotDeliveredYet,
    OrderStatus,
    next_fulfilment_steps,
)
from marketplace.orders.service import reading, tracing, weighing
from marketplace.orders.service.moving import close, move_goods, move_order, notice, refresh_payment_status
from marketplace.payments import service as payments

NOTHING_CHOSEN: Mapping[str, str] = MappingProxyType({})
NOTHING_WEIGHED: Mapping[int, int] = MappingProxyType({})
LEAVES = frozenset({FulfilmentStatus.SHIPPED, FulfilmentStatus.READY_FOR_PICKUP})


def advance(
    session: Session,
    person: Person,
    number: str,
    target: FulfilmentStatus,
    now: datetime,
    *,
    weights: Mapping[int, int] = NOTHING_WEIGHED,
    lots: Mapping[str, str] = NOTHING_CHOSEN,
) -> None:
    """The seller packs, ships, makes ready for pick-up, hands over, failed to, or tries again.

    Packing takes what goods paid by weight weigh, in grams by line, and which lot each line is packed from
    (`tracing.keep_lots`). Goods that are back are not a step but the order's end: `take_back`. Raises NotFound, MoveRefused,
    PackedFromRecalled, WeightMissing, WeightUnlikely, and what stands against a lot.
    """
    order = _ready_for(session, person, number, target)
    if target is FulfilmentStatus.RETURNED:
        raise MoveRefused(state=FULFILMENT_LABELS[FulfilmentStatus(order.fulfilment_status)])
    if target is FulfilmentStatus.PACKED:
        # First the scales: a lot gives what was weighed.
        weighing.weigh(session, order, weights, now, person.account_id)
        tracing.keep_lots(session, order, lots, now)
    if target in LEAVES:
        tracing.check_may_leave(session, order)
    move_goods(session, order, target, now, person.account_id)
    if target in LEAVES and order.shipped_at is None:
        stock.consume(session, order.number, now)
        order.shipped_at = now
    order.delivered_at = now if target is FulfilmentStatus.DELIVERED else None


def repack(session: Session, person: Person, number: str, lots: Mapping[str, str], now: datetime) -> None:
    """An order packed from a lot that was recalled since is packed anew, from another lot, before it leaves.

    Raises NotFound, MoveRefused when there is nothing to pack anew, and what stands against a lot.
    """
    order = reading.sellers_order(session, person, number)
    recalled = tracing.recalled_in(session, tracing.lines_of(session, order))
    packed = order.status == OrderStatus.CONFIRMED and order.fulfilment_status == FulfilmentStatus.PACKED
    if not packed or not recalled:
        raise MoveRefused(state=FULFILMENT_LABELS[FulfilmentStatus(order.fulfilment_status)])
    tracing.keep_lots(session, order, lots, now)
    record_move(
        session,
        "repacking",
        order.id,
        from_state=FulfilmentStatus.PACKED,
        to_state=FulfilmentStatus.PACKED,
        at=now,
        by_account_id=person.account_id,
        reason=", ".join(lot.number for lot in recalled),
    )
    outbox.announce(session, "order.repacked", notice(order), now)


def take_back(session: Session, person: Person, number: str, now: datetime, *, sellable: bool) -> None:
    """The goods of a failed delivery are back: the order is canceled, its contract terminated, no money is due.

    What is still `sellable` is on hand again, the rest is written off. Raises NotFound, MoveRefused.
    """
    order = _ready_for(session, person, number, FulfilmentStatus.RETURNED)
    move_goods(session, order, FulfilmentStatus.RETURNED, now, person.account_id)
    if sellable:
        stock.take_back(session, order.number, now)
    actor = f"account:{person.account_id}"
    reason = ClosedReason.NOT_DELIVERED
    close(session, order, OrderStatus.CANCELED, reason, now, by_account_id=person.account_id, actor=actor)


def collect_cash(session: Session, person: Person, number: str, now: datetime) -> None:
    """The seller took the cash at the door: the payment is confirmed, the ledger posted, the order completed.

    Raises NotFound, NotDeliveredYet, MoveRefused when it was collected before.
    """
    order = reading.sellers_order(session, person, number)
    if order.status != OrderStatus.CONFIRMED:
        raise MoveRefused(state=STATUS_LABELS[OrderStatus(order.status)])
    if order.fulfilment_status != FulfilmentStatus.DELIVERED:
        raise NotDeliveredYet
    order_id = order.id or 0
    share = weighing.share_of(session, order_id)
    payments.collect_cash(
        session, order_id, order.number, order.seller_id, commission=share, by_account_id=person.account_id, now=now
    )
    refresh_payment_status(session, order)
    move_order(session, order, OrderStatus.COMPLETED, now, person.account_id)
    order.completed_at = now
    contracts.perform(session, order_id, now)
    outbox.emit(session, "order.completed", notice(order), now)


def count_sales(session: Session, payload: dict[str, Any], now: datetime) -> None:
    """A completed order counts for the popularity of its goods; runs once, in the transaction that ends its event."""
    lines = session.exec(
        select(OrderLine.sku_id, OrderLine.quantity).where(OrderLine.order_id == int(payload["order_id"]))
    ).all()
    catalog.count_sale(session, lines, now)


def _ready_for(session: Session, person: Person, number: str, target: FulfilmentStatus) -> SellerOrder:
    """The person's order, locked, if its goods may go to `target` next."""
    order = reading.sellers_order(session, person, number)
    status, fulfilment = OrderStatus(order.status), FulfilmentStatus(order.fulfilment_status)
    if target not in next_fulfilment_steps(status, fulfilment, pickup=order.delivery_kind == MethodKind.PICKUP):
        open_order = status is OrderStatus.CONFIRMED
        raise MoveRefused(state=FULFILMENT_LABELS[fulfilment] if open_order else STATUS_LABELS[status])
    return order
