"""Rules of the ledger: its accounts, and that every movement of money sums to zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class LedgerAccount(StrEnum):
    """The accounts of the ledger. Debits are positive, credits negative."""

    BANK = "bank"
    """Money on the platform's bank account."""
    CASH_WITH_SELLER = "cash_with_seller"
    """Cash a seller took at the door for an order."""
    BUYER_FUNDS = "buyer_funds"
    """Money of buyers for orders that are not completed: owed to the seller once they are, to the buyer if they fail."""
    UNMATCHED_RECEIPTS = "unmatched_receipts"
    """Money that came and whose order is not known, or that came too much or too late."""
    SELLER_EARNINGS = "seller_earnings"
    """What a seller has earned and not been paid out."""
    COMMISSION_INCOME = "commission_income"
    """What the platform has earned."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of a movement, in đồng: debit positive, credit negative."""

    account: LedgerAccount
    seller_id: int | None
    amount: int


class LedgerUnbalanced(ValueError):
    """A movement whose postings do not sum to zero: a fault of ours, never a person's."""


def balanced(postings: Sequence[Posting]) -> tuple[Posting, ...]:
    """The postings without empty ones; raises LedgerUnbalanced unless they sum to zero."""
    if sum(posting.amount for posting in postings):
        raise LedgerUnbalanced(postings)
    return tuple(posting for posting in postings if posting.amount)


def cash_sale(seller_id: int, *, total: int, commission: int) -> tuple[Posting, ...]:
    """Postings when a seller collects `total` đồng in cash and owes the platform `commission` of it."""
    return balanced(
        (
            Posting(LedgerAccount.CASH_WITH_SELLER, seller_id, total),
            Posting(LedgerAccount.SELLER_EARNINGS, seller_id, commission - total),
            Posting(LedgerAccount.COMMISSION_INCOME, None, -commission),
        )
    )


def cash_sale_key(order_number: str) -> str:
    """The key under which the cash of an order is posted once."""
    return f"cash-collected:{order_number}"
