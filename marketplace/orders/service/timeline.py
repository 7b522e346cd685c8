"""What happened to an order so far, and what comes next."""

from __future__ import annotations

from sqlmodel import Session, col, select

from marketplace.base import clock
from marketplace.base.models import Transition
from marketplace.base.text import Locale, Text
from marketplace.delivery.rules import MethodKind
from marketplace.orders.models import SellerOrder
from marketplace.orders.rules import FULFILMENT_LABELS, STATUS_LABELS, FulfilmentStatus, OrderStatus
from marketplace.orders.views import StepView

PLACED_STEP = Text("Đã đặt", "Placed")
CONFIRMED_STEP = Text("Người bán nhận đơn", "Accepted by the seller")
COLLECTED_STEP = Text("Đã thu tiền, hoàn tất", "Paid and completed")


def steps_of(session: Session, order: SellerOrder, locale: Locale) -> tuple[StepView, ...]:
    """What happened so far, from the history of moves, and the next thing to come."""
    moves = session.exec(
        select(Transition)
        .where(col(Transition.subject).in_(("order", "fulfilment")), Transition.subject_id == order.id)
        .order_by(col(Transition.at), col(Transition.id))
    ).all()
    steps = [
        StepView(_step_label(row, locale), clock.show_time(row.at), done=True, trouble=_is_trouble(row))
        for row in moves
    ]
    expected = _expected(order)
    return (*steps, *(StepView(label.say(locale)) for label in expected))


def _step_label(row: Transition, locale: Locale) -> str:
    if row.subject == "fulfilment":
        return FULFILMENT_LABELS[FulfilmentStatus(row.to_state)].say(locale)
    special = {
        OrderStatus.PLACED: PLACED_STEP,
        OrderStatus.CONFIRMED: CONFIRMED_STEP,
        OrderStatus.COMPLETED: COLLECTED_STEP,
    }
    status = OrderStatus(row.to_state)
    return special.get(status, STATUS_LABELS[status]).say(locale)


def _is_trouble(row: Transition) -> bool:
    return row.to_state in {
        OrderStatus.CANCELED,
        OrderStatus.EXPIRED,
        FulfilmentStatus.FAILED,
        FulfilmentStatus.RETURNED,
    }


def _expected(order: SellerOrder) -> tuple[Text, ...]:
    status, fulfilment = OrderStatus(order.status), FulfilmentStatus(order.fulfilment_status)
    if status not in {OrderStatus.PLACED, OrderStatus.CONFIRMED}:
        return ()
    leaves = FulfilmentStatus.READY_FOR_PICKUP if order.delivery_kind == MethodKind.PICKUP else FulfilmentStatus.SHIPPED
    way = (FulfilmentStatus.PENDING, FulfilmentStatus.PACKED, leaves, FulfilmentStatus.DELIVERED)
    if fulfilment not in way:
        return ()
    to_come = tuple(FULFILMENT_LABELS[step] for step in way[way.index(fulfilment) + 1 :])
    return (*((CONFIRMED_STEP,) if status is OrderStatus.PLACED else ()), *to_come, COLLECTED_STEP)
