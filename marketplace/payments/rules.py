"""Rules of payments and of the ledger."""

from __future__ import annotations

from enum import StrEnum


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
