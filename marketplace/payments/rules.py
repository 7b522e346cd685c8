"""Rules of payments and of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from marketplace.base.errors import DomainError
from marketplace.base.text import Text


class PaymentMethod(StrEnum):
    """How a buyer pays; the API's words."""

    CASH_ON_DELIVERY = "cod"
    BANK_TRANSFER = "bank_transfer"
    CARD = "card"


class PaymentState(StrEnum):
    """The life of one payment."""

    CREATED = "created"
    PENDING = "pending"
    AUTHORIZED = "authorized"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    CANCELED = "canceled"
    EXPIRED = "expired"


class PaymentMethodUnavailable(DomainError):
    """The chosen way to pay is not offered here yet."""

    code = "payment_method_unavailable"
    message = Text(
        "Hiện chỉ nhận trả tiền khi nhận hàng. Hãy chọn cách này.",
        "For now only cash on delivery is possible. Please choose it.",
    )


class NothingToCollect(DomainError):
    """The order expects no money: it was paid, or will not be delivered."""

    code = "nothing_to_collect"
    status = 409
    message = Text(
        "Đơn này không còn tiền phải thu. Hãy tải lại để xem mới nhất.",
        "Nothing is to be collected for this order. Reload to see the latest.",
    )


AVAILABLE_METHODS = frozenset({PaymentMethod.CASH_ON_DELIVERY})

METHOD_LABELS: dict[PaymentMethod, Text] = {
    PaymentMethod.CASH_ON_DELIVERY: Text("Trả tiền mặt khi nhận hàng", "Cash on delivery"),
    PaymentMethod.BANK_TRANSFER: Text("Chuyển khoản ngân hàng", "Bank transfer"),
    PaymentMethod.CARD: Text("Thẻ ngân hàng", "Card"),
}

PAYMENT_MOVES: dict[PaymentState, frozenset[PaymentState]] = {
    PaymentState.CREATED: frozenset({PaymentState.PENDING, PaymentState.FAILED, PaymentState.CANCELED}),
    PaymentState.PENDING: frozenset(
        {
            PaymentState.AUTHORIZED,
            PaymentState.CONFIRMED,
            PaymentState.FAILED,
            PaymentState.CANCELED,
            PaymentState.EXPIRED,
        }
    ),
    PaymentState.AUTHORIZED: frozenset({PaymentState.CONFIRMED, PaymentState.CANCELED, PaymentState.EXPIRED}),
}

OPEN = frozenset({PaymentState.PENDING, PaymentState.AUTHORIZED})
"""States in which money is still expected."""


class LedgerAccount(StrEnum):
    """The accounts of the ledger. Debits are positive, credits negative."""

    CASH_WITH_SELLER = "cash_with_seller"
    """Cash a seller took at the door for an order."""
    SELLER_EARNINGS = "seller_earnings"
    """What a seller has earned."""
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
