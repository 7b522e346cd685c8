"""The one way into the ledger, and what proves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from marketplace.ledger.models import LedgerEntry, LedgerTransaction
from marketplace.ledger.rules import Posting, balanced


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
