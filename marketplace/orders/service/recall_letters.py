"""Word of a recall to a buyer's phone and mailbox, beside what the order's page and a call say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from marketplace.base import messages
from marketplace.base.crypto import keyed_token
from marketplace.base.messages import Channel, Message, letter
from marketplace.base.text import Locale, Text
from marketplace.lots import service as lots
from marketplace.lots.views import LotTag
from marketplace.orders.models import OrderLine, Purchase, SellerOrder
from marketplace.orders.service.received import with_key
from marketplace.orders.service.tracing import named
from marketplace.settings import settings

LANGUAGE: Locale = "vi"
"""An order does not keep which language it was placed in; goods are labelled in Vietnamese too."""
WORTH_KNOWING = timedelta(days=14)
SUBJECT = Text("Thu hồi hàng trong đơn {number}", "Goods of your order {number} are recalled")
WHAT = Text(
    "{store} thu hồi lô {lot} ({goods}) trong đơn {number} của bạn.",
    "{store} recalls lot {lot} ({goods}) of your order {number}.",
)
WHY = Text("Lý do: {reason}", "Reason: {reason}")
KNOW = Text("Xem đơn và xác nhận đã biết: {address}", "See the order and say that you know: {address}")


def tell_buyer(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Write to the buyer of an order whose goods were recalled, wherever messages go out; for the outbox."""
    order_id, lot_id = int(payload["order_id"]), int(payload["lot_id"])
    order, purchase = session.exec(
        select(SellerOrder, Purchase)
        .join(Purchase, col(Purchase.id) == col(SellerOrder.purchase_id))
        .where(SellerOrder.id == order_id)
    ).one()
    lines = session.exec(
        select(OrderLine).where(OrderLine.order_id == order_id, OrderLine.lot_id == lot_id).order_by(col(OrderLine.id))
    ).all()
    tag, goods = lots.tags(session, [lot_id])[lot_id], ", ".join(named(line) for line in lines)
    for channel, message in _messages(order, purchase, tag, goods):
        if messages.is_open(channel):
            messages.post(session, channel, message, "recall", now, lasts=WORTH_KNOWING)


def _messages(order: SellerOrder, purchase: Purchase, tag: LotTag, goods: str) -> Iterator[tuple[Channel, Message]]:
    # Made from its number, the key of a private link is stored nowhere.
    address = f"{settings().public}/orders/{order.number}{with_key(keyed_token('order', order.number))}"
    paragraphs = (
        WHAT.say(LANGUAGE, store=order.store_name, lot=tag.number, goods=goods, number=order.number),
        WHY.say(LANGUAGE, reason=tag.recall_reason),
        tag.recall_advice,
        KNOW.say(LANGUAGE, address=address),
    )
    yield Channel.SMS, Message(purchase.buyer_phone, "\n".join(paragraphs))
    if purchase.buyer_email:
        subject = SUBJECT.say(LANGUAGE, number=order.number)
        yield Channel.MAIL, letter(LANGUAGE, purchase.buyer_email, subject, paragraphs)
