"""Orders whose goods their buyers have in hand, and where these say what they are like."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from sqlmodel import Session

from marketplace.base.text import Locale, Text
from marketplace.orders.models import OrderLine, SellerOrder
from marketplace.orders.rules import FulfilmentStatus, OrderStatus
from marketplace.reviews import service as reviews

WRITE = Text("Viết đánh giá", "Write a review")
CHANGE = Text("Bạn đã cho {stars}★ · Xem, sửa", "You gave {stars}★ · See or change")


def is_received(order: SellerOrder) -> bool:
    """Whether the goods of an order are in their buyer's hands."""
    return order.status == OrderStatus.COMPLETED or order.fulfilment_status == FulfilmentStatus.DELIVERED


def review_links(
    session: Session, order: SellerOrder, lines: Sequence[OrderLine], access_key: str, locale: Locale
) -> dict[int, tuple[str, str]]:
    """For each line of a received order where its buyer reviews it, and what the link says; nothing before."""
    if not is_received(order):
        return {}
    given = reviews.own_stars(session, [line.id for line in lines])
    return {
        line.id: (
            f"/orders/{order.number}/review/{line.id}{with_key(access_key)}",
            CHANGE.say(locale, stars=given[line.id]) if line.id in given else WRITE.say(locale),
        )
        for line in lines
    }


def with_key(access_key: str) -> str:
    """The query that carries an order's private key, where it was opened by one."""
    return f"?{urlencode({'key': access_key})}" if access_key else ""
