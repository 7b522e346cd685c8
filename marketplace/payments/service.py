"""Use cases of payments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from marketplace.base.history import record_beginnings, record_move
from marketplace.base.state_machine import move
from marketplace.ledger import service as ledger
from marketplace.ledger.rules import cash_sale, cash_sale_key
from marketplace.payments.models import Payment
from marketplace.payments.rules import (
    AVAILABLE_METHODS,
    OPEN,
    PAYMENT_MOVES,
    NothingToCollect,
    PaymentMethod,
    PaymentMethodUnavailable,
    PaymentState,
)


def check_method(method: PaymentMethod) -> None:
    """Raise PaymentMethodUnavailable for a way to pay that is not offered."""
    if method not in AVAILABLE_METHODS:
        raise PaymentMethodUnavailable(field="payment")


def expect(session: Session, amounts: Mapping[int, int], method: PaymentMethod, now: datetime) -> None:
    """Placed orders expect their money: for each, by id, a payment of its amount that waits."""
    check_method(method)
    waiting = [
        Payment(order_id=order_id, method=method, state=PaymentState.PENDING, amount=amount, created_at=now)
        for order_id, amount in amounts.items()
    ]
    session.add_all(waiting)
    session.flush()
    ids = [payment.id for payment in waiting]
    record_beginnings(session, "payment", ids, PaymentState.PENDING, now, from_state=PaymentState.CREATED)


def collect_cash(
    session: Session,
    order_id: int,
    order_number: str,
    seller_id: int,
    *,
    commission: int,
    by_account_id: int | None,
    now: datetime,
) -> None:
    """The seller took the cash of an order: confirm its payment and post it, once; raises NothingToCollect."""
    payment = next(iter(_waiting(session, order_id)), None)
    if payment is None:
        raise NothingToCollect
    _move(session, payment, PaymentState.CONFIRMED, now, by_account_id)
    payment.confirmed_at = now
    ledger.post(
        session,
        cash_sale_key(order_number),
        "cash_collected",
        cash_sale(seller_id, total=payment.amount, commission=commission),
        order_id=order_id,
        now=now,
    )


def expect_less(session: Session, order_id: int, less: int) -> None:
    """Goods weighed less than was expected: what an order still waits for falls by so many đồng.

    Raises NothingToCollect where no payment waits: money that has come already is refunded, which cash never needs.
    """
    payment = next(iter(_waiting(session, order_id)), None)
    if payment is None or payment.amount < less:
        raise NothingToCollect
    payment.amount -= less
    session.add(payment)


def give_up(
    session: Session, order_id: int, state: PaymentState, now: datetime, by_account_id: int | None = None
) -> None:
    """An order that will not be delivered needs no money: its waiting payment is canceled or expires."""
    for payment in _waiting(session, order_id):
        _move(session, payment, state, now, by_account_id)


@dataclass(frozen=True, slots=True)
class Sums:
    """What an order's payments add up to, in đồng: confirmed, and still expected."""

    paid: int
    waiting: int


def sums(session: Session, order_id: int) -> Sums:
    """What has been paid for an order and what is still to come."""
    by_state = dict(
        session.exec(
            select(Payment.state, func.sum(Payment.amount)).where(Payment.order_id == order_id).group_by(Payment.state)
        ).all()
    )
    return Sums(
        paid=int(by_state.get(PaymentState.CONFIRMED, 0)), waiting=sum(int(by_state.get(state, 0)) for state in OPEN)
    )


def _waiting(session: Session, order_id: int) -> Sequence[Payment]:
    return session.exec(
        select(Payment)
        .where(Payment.order_id == order_id, col(Payment.state).in_(OPEN))
        .order_by(col(Payment.id))
        .with_for_update()
    ).all()


def _move(session: Session, payment: Payment, target: PaymentState, now: datetime, by: int | None) -> None:
    before = PaymentState(payment.state)
    payment.state = move(PAYMENT_MOVES, before, target)
    session.add(payment)
    record_move(session, "payment", payment.id or 0, from_state=before, to_state=target, at=now, by_account_id=by)
