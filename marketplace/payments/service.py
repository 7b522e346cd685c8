"""Use cases of payments, and the one way into the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from marketplace.base.history import record_move
from marketplace.base.state_machine import move
from marketplace.payments.models import LedgerEntry, LedgerTransaction, Payment
from marketplace.payments.rules import (
    AVAILABLE_METHODS,
    PAYMENT_MOVES,
    PaymentMethod,
    PaymentMethodUnavailable,
    PaymentState,
    Posting,
    balanced,
    cash_sale,
    cash_sale_key,
)


def check_method(method: PaymentMethod) -> None:
    """Raise PaymentMethodUnavailable for a way to pay that is not offered."""
    if method not in AVAILABLE_METHODS:
        raise PaymentMethodUnavailable(field="payment")


def expect(session: Session, order_id: int, method: PaymentMethod, amount: int, now: datetime) -> None:
    """A placed order expects its money: a payment that waits."""
    check_method(method)
    payment = Payment(order_id=order_id, method=method, state=PaymentState.PENDING, amount=amount, created_at=now)
    session.add(payment)
    session.flush()
    record_move(
        session, "payment", payment.id or 0, from_state=PaymentState.CREATED, to_state=PaymentState.PENDING, at=now
    )


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
    """The seller took the cash of an order: confirm its payment and post it, once."""
    payment = _waiting(session, order_id)
    _move(session, payment, PaymentState.CONFIRMED, now, by_account_id)
    payment.confirmed_at = now
    post(
        session,
        cash_sale_key(order_number),
        "cash_collected",
        cash_sale(seller_id, total=payment.amount, commission=commission),
        order_id=order_id,
        now=now,
    )


def give_up(
    session: Session, order_id: int, state: PaymentState, now: datetime, by_account_id: int | None = None
) -> None:
    """An order that will not be delivered needs no money: its waiting payment is canceled or expires."""
    payment = session.exec(
        select(Payment).where(Payment.order_id == order_id, Payment.state == PaymentState.PENDING)
    ).first()
    if payment is not None:
        _move(session, payment, state, now, by_account_id)


def paid(session: Session, order_id: int) -> int:
    """Đồng confirmed for an order."""
    total = session.exec(
        select(func.coalesce(func.sum(Payment.amount), 0)).where(
            Payment.order_id == order_id, Payment.state == PaymentState.CONFIRMED
        )
    ).one()
    return int(total)


def post(
    session: Session, key: str, kind: str, postings: Sequence[Posting], *, order_id: int | None, now: datetime
) -> None:
    """Write a movement to the ledger; the unique `key` makes a second try fail instead of counting twice."""
    transaction = LedgerTransaction(key=key, kind=kind, order_id=order_id, occurred_at=now)
    session.add(transaction)
    session.flush()
    session.add_all(
        LedgerEntry(
            transaction_id=transaction.id,
            account=posting.account.value,
            seller_id=posting.seller_id,
            amount=posting.amount,
        )
        for posting in balanced(postings)
    )


def unbalanced_transactions(session: Session) -> list[str]:
    """Keys of ledger transactions whose entries do not sum to zero, or that have none."""
    faulty = (
        select(LedgerTransaction.key)
        .join(LedgerEntry, col(LedgerEntry.transaction_id) == col(LedgerTransaction.id), isouter=True)
        .group_by(col(LedgerTransaction.id), col(LedgerTransaction.key))
        .having(func.coalesce(func.sum(LedgerEntry.amount), 1) != 0)
    )
    return list(session.exec(faulty).all())


def _waiting(session: Session, order_id: int) -> Payment:
    return session.exec(
        select(Payment).where(Payment.order_id == order_id).order_by(col(Payment.id).desc()).with_for_update()
    ).one()


def _move(session: Session, payment: Payment, target: PaymentState, now: datetime, by: int | None) -> None:
    before = PaymentState(payment.state)
    payment.state = move(PAYMENT_MOVES, before, target)
    session.add(payment)
    record_move(session, "payment", payment.id or 0, from_state=before, to_state=target, at=now, by_account_id=by)
