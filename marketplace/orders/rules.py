"""Rules of orders: states, deadlines and totals."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from marketplace.base.errors import DomainError
from marketplace.base.text import Text


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
    GOODS_WEIGHED = "goods_weighed"
    """How much less the goods came to when they were weighed; so for delivery and commission. Never above zero."""
    DELIVERY_WEIGHED = "delivery_weighed"
    COMMISSION_WEIGHED = "commission_weighed"


COMMISSIONS = (ChargeKind.COMMISSION, ChargeKind.COMMISSION_WEIGHED)
"""What adds up to the platform's share."""


ORDER_MOVES: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.PLACED: frozenset({OrderStatus.CONFIRMED, OrderStatus.CANCELED, OrderStatus.EXPIRED}),
    OrderStatus.CONFIRMED: frozenset({OrderStatus.COMPLETED, OrderStatus.CANCELED}),
}

FULFILMENT_MOVES: dict[FulfilmentStatus, frozenset[FulfilmentStatus]] = {
    FulfilmentStatus.PENDING: frozenset({FulfilmentStatus.PACKED}),
    FulfilmentStatus.PACKED: frozenset({FulfilmentStatus.SHIPPED, FulfilmentStatus.READY_FOR_PICKUP}),
    FulfilmentStatus.SHIPPED: frozenset({FulfilmentStatus.DELIVERED, FulfilmentStatus.FAILED}),
    FulfilmentStatus.READY_FOR_PICKUP: frozenset({FulfilmentStatus.DELIVERED, FulfilmentStatus.FAILED}),
    # Handed over too early in the books: the buyer looked at the goods, then refused them or did not pay.
    FulfilmentStatus.DELIVERED: frozenset({FulfilmentStatus.FAILED}),
    FulfilmentStatus.FAILED: frozenset(
        {FulfilmentStatus.SHIPPED, FulfilmentStatus.READY_FOR_PICKUP, FulfilmentStatus.RETURNED}
    ),
}

CLOSED = frozenset({OrderStatus.CANCELED, OrderStatus.EXPIRED})
"""Ended without being performed."""

OPEN = frozenset({OrderStatus.PLACED, OrderStatus.CONFIRMED})
"""Still to be answered or performed."""


class ErasureNotAgreed(DomainError):
    """There is no way back, so it is asked for twice."""

    code = "erasure_not_agreed"
    message = Text("Hãy đánh dấu vào ô này nếu bạn thật sự muốn xóa.", "Tick this box if you really want to erase it.")


class BuyerOrdersOpen(DomainError):
    """Somebody who waits for goods cannot vanish."""

    code = "buyer_orders_open"
    status = 409
    message = Text(
        "Bạn còn {number} đơn chưa xong. Hãy đợi nhận hàng, hoặc huỷ đơn chưa được nhận, rồi xóa tài khoản.",
        "Orders still open: {number}. Wait for the goods, or cancel what nobody accepted yet, then erase the account.",
    )


class ShopOrdersOpen(DomainError):
    """Buyers of the person's shop still wait."""

    code = "shop_orders_open"
    status = 409
    message = Text(
        "Gian hàng của bạn còn {number} đơn chưa xong. Hãy giao hoặc từ chối hết, rồi xóa tài khoản.",
        "Your shop has open orders: {number}. Deliver or decline them all, then erase the account.",
    )


BEFORE_LEAVING = frozenset({FulfilmentStatus.PENDING, FulfilmentStatus.PACKED})
"""Where the goods still lie in the shop, allocated to their order."""


STATUS_LABELS: dict[OrderStatus, Text] = {
    OrderStatus.PLACED: Text("Chờ người bán nhận", "Waiting for the seller"),
    OrderStatus.CONFIRMED: Text("Đã nhận đơn, hợp đồng đã giao kết", "Accepted, contract concluded"),
    OrderStatus.COMPLETED: Text("Hoàn tất", "Completed"),
    OrderStatus.CANCELED: Text("Đã huỷ", "Canceled"),
    OrderStatus.EXPIRED: Text("Đã hết hạn", "Expired"),
}


class ClosedReason(StrEnum):
    """Why an order ended without being performed, where no person wrote a reason."""

    REFUSED_BY_SELLER = "refused_by_seller"
    CANCELED_BY_BUYER = "canceled_by_buyer"
    NOT_ANSWERED = "not_answered"
    NOT_DELIVERED = "not_delivered"


CLOSED_REASONS: dict[ClosedReason, Text] = {
    ClosedReason.REFUSED_BY_SELLER: Text(
        "Người bán không giao được đơn này. Người mua không phải trả gì.",
        "The seller cannot deliver this order. The buyer owes nothing.",
    ),
    ClosedReason.CANCELED_BY_BUYER: Text(
        "Người mua đã huỷ trước khi người bán nhận đơn.", "The buyer canceled before the seller accepted."
    ),
    ClosedReason.NOT_ANSWERED: Text(
        "Người bán không trả lời kịp. Người mua không phải trả gì.",
        "The seller did not answer in time. The buyer owes nothing.",
    ),
    ClosedReason.NOT_DELIVERED: Text(
        "Giao không thành, hàng đã về lại người bán. Người mua không phải trả gì.",
        "Delivery failed and the goods went back to the seller. The buyer owes nothing.",
    ),
}

FULFILMENT_LABELS: dict[FulfilmentStatus, Text] = {
    FulfilmentStatus.PENDING: Text("Chờ đóng gói", "To be packed"),
    FulfilmentStatus.PACKED: Text("Đã đóng gói", "Packed"),
    FulfilmentStatus.SHIPPED: Text("Đang giao", "On its way"),
    FulfilmentStatus.READY_FOR_PICKUP: Text("Chờ đến lấy", "Ready for pick-up"),
    FulfilmentStatus.DELIVERED: Text("Đã giao", "Delivered"),
    FulfilmentStatus.FAILED: Text("Giao không thành", "Delivery failed"),
    FulfilmentStatus.RETURNED: Text("Đã trả về", "Returned"),
}

PAYMENT_LABELS: dict[PaymentStatus, Text] = {
    PaymentStatus.NONE: Text("Không thu tiền", "No payment due"),
    PaymentStatus.PENDING: Text("Chưa thu tiền", "Not paid yet"),
    PaymentStatus.PARTIALLY_PAID: Text("Đã trả một phần", "Partly paid"),
    PaymentStatus.PAID: Text("Đã thu đủ tiền", "Paid"),
    PaymentStatus.OVERPAID: Text("Trả thừa", "Overpaid"),
    PaymentStatus.PARTIALLY_REFUNDED: Text("Đã hoàn một phần", "Partly refunded"),
    PaymentStatus.REFUNDED: Text("Đã hoàn tiền", "Refunded"),
}


MOST_AT_ONCE = 100
"""Orders that are answered or printed together."""


class OfferLapsed(DomainError):
    """The seller's deadline has passed: the buyer's offer no longer binds (Decree 52/2013, article 19)."""

    code = "offer_lapsed"
    status = 409
    message = Text(
        "Đã quá hạn trả lời đơn này. Hàng đã được trả về kho; người mua có thể đặt lại.",
        "The deadline to answer this order has passed. The stock went back; the buyer may order again.",
    )


class TermsChanged(DomainError):
    """What the buyer reviewed is not what would be ordered now."""

    code = "terms_changed"
    status = 409
    message = Text(
        "Giá, hàng hoặc phí giao vừa thay đổi, tổng mới là {total}. Hãy xem lại hợp đồng rồi xác nhận.",
        "Prices, goods or delivery have just changed; the new total is {total}. Review the contract, then confirm.",
    )


class TermsNotAccepted(DomainError):
    """The buyer did not accept the contract."""

    code = "terms_not_accepted"
    message = Text(
        "Hãy đọc hợp đồng và đánh dấu đồng ý trước khi đặt.",
        "Read the contract and tick that you agree before ordering.",
    )


class IdempotencyKeyReused(DomainError):
    """The key was used with another body (draft-ietf-httpapi-idempotency-key-header, section 2.7)."""

    code = "idempotency_key_reused"
    message = Text(
        "Mã yêu cầu này đã dùng cho một đơn khác. Hãy gửi lại với mã mới.",
        "This Idempotency-Key was used for another request. Send it again with a new key.",
    )


class IdempotencyKeyMissing(DomainError):
    """A checkout through the API must carry a key, so that a retry cannot order twice."""

    code = "idempotency_key_missing"
    status = 400
    message = Text("Thiếu tiêu đề Idempotency-Key.", "The Idempotency-Key header is missing.")


class ShopSuspended(DomainError):
    """A shop that may not sell concludes no contract; what it has concluded it still performs."""

    code = "shop_suspended"
    status = 409
    message = Text(
        "Gian hàng {store} đang tạm ngưng bán nên chưa nhận đơn mới được.",
        "The shop {store} is suspended and cannot take new orders now.",
    )


class NothingToPrepare(DomainError):
    """None of the chosen orders is still to be packed."""

    code = "nothing_to_prepare"
    status = 409
    message = Text(
        "Các đơn đã chọn đều đã gửi đi hoặc đã đóng. Hãy chọn đơn chưa gửi.",
        "All the chosen orders have left or are closed. Choose orders that are still to be sent.",
    )


class NotDeliveredYet(DomainError):
    """Cash is collected when the goods are handed over."""

    code = "not_delivered_yet"
    status = 409
    message = Text(
        "Hãy ghi là đã giao trước khi ghi đã thu tiền.", "Mark it delivered before marking the cash collected."
    )


def deadline(placed_at: datetime, hours: int) -> datetime:
    """When an unanswered offer lapses: the seller's stated hours, twelve where none are stated."""
    return placed_at + timedelta(hours=hours)


def check_in_time(accept_by: datetime, now: datetime) -> None:
    """Raise OfferLapsed from the deadline on."""
    if now >= accept_by:
        raise OfferLapsed


def payment_status(*, expected: int, paid: int, refunded: int = 0, waiting: bool = True) -> PaymentStatus:
    """What the sums of an order's payments mean; `waiting` when money is still expected. All in đồng."""
    if refunded:
        return PaymentStatus.REFUNDED if refunded >= paid else PaymentStatus.PARTIALLY_REFUNDED
    if paid > expected:
        return PaymentStatus.OVERPAID
    if paid == expected and (paid or not waiting):
        return PaymentStatus.PAID if paid else PaymentStatus.NONE
    if paid:
        return PaymentStatus.PARTIALLY_PAID
    return PaymentStatus.PENDING if waiting else PaymentStatus.NONE


def next_fulfilment_steps(
    status: OrderStatus, fulfilment: FulfilmentStatus, *, pickup: bool
) -> frozenset[FulfilmentStatus]:
    """What a seller may do next with the goods of an order."""
    if status is not OrderStatus.CONFIRMED:
        return frozenset()
    steps = FULFILMENT_MOVES.get(fulfilment, frozenset())
    unfitting = FulfilmentStatus.SHIPPED if pickup else FulfilmentStatus.READY_FOR_PICKUP
    return steps - {unfitting}
