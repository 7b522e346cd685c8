"""Rules of payments."""

from __future__ import annotations

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
