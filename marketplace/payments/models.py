"""Tables of payments and of the ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from marketplace.base.columns import choice, dong, identity, maybe_moment, moment, one_of, reference
from marketplace.base.schema import append_only
from marketplace.payments.rules import PaymentMethod, PaymentState


class Payment(SQLModel, table=True):
    """Money a buyer owes or paid for one order, in đồng."""

    __tablename__ = "payment"
    __table_args__ = (
        one_of("method", PaymentMethod),
        one_of("state", PaymentState),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
    )

    id: int = identity()
    order_id: int = reference("seller_order.id")
    method: PaymentMethod = choice()
    state: PaymentState = choice(PaymentState.CREATED, index=True)
    amount: int = dong()
    created_at: datetime = moment()
    confirmed_at: datetime | None = maybe_moment()


class LedgerTransaction(SQLModel, table=True):
    """One movement of money; its entries sum to zero. `key` makes it happen once."""

    __tablename__ = "ledger_transaction"

    id: int = identity()
    key: str = Field(unique=True, max_length=80)
    kind: str = Field(max_length=32)
    order_id: int | None = reference("seller_order.id", nullable=True)
    occurred_at: datetime = moment(index=True)


class LedgerEntry(SQLModel, table=True):
    """One side of a movement: debit positive, credit negative, in đồng. Never changed, never removed."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        Index("ix_ledger_entry_account", "account", "seller_id"),
    )

    id: int = identity()
    transaction_id: int = reference("ledger_transaction.id")
    account: str = Field(max_length=48)
    seller_id: int | None = reference("seller.id", nullable=True)
    amount: int = dong()


append_only(LedgerTransaction, LedgerEntry)
