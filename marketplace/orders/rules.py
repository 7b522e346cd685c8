"""Rules of orders: states, deadlines and totals."""

from __future__ import annotations

from enum import StrEnum


class OrderStatus(StrEnum):
    """The sale. *Confirmed* is the seller's acceptance, which concludes the contract."""

    PLACED = "placed"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    CANCELED = "canceled"
    EXPIRED = "expired"


class FulfilmentStatus(StrEnum):
    """Where the goods are."""

    PENDING = "pending"
    PACKED = "packed"
    SHIPPED = "shipped"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERED = "delivered"
    FAILED = "failed"
    RETURNED = "returned"


class PaymentStatus(StrEnum):
    """What the buyer has paid of an order; written by one function only."""

    NONE = "none"
    PENDING = "pending"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"
    OVERPAID = "overpaid"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"


class ChargeKind(StrEnum):
    """Typed money lines of an order beside its goods."""

    DELIVERY = "delivery"
    COMMISSION = "commission"
