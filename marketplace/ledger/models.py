"""Tables of the ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from marketplace.base.columns import dong, identity, moment, reference
from marketplace.base.schema import append_only


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
