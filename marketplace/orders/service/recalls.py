"""Who has goods of a lot, and what their orders tell them of its recall."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from marketplace.accounts import rules as accounts
from marketplace.base import clock
from marketplace.base.quantity import show_quantity
from marketplace.base.text import Locale, Text
from marketplace.catalog.rules import UNIT_LABELS, Unit
from marketplace.lots.rules import CHANNEL_LABELS, RecallChannel
from marketplace.lots.views import LotTag
from marketplace.orders.models import OrderLine, Purchase, RecallNotice, SellerOrder
from marketplace.orders.rules import CLOSED, FULFILMENT_LABELS, FulfilmentStatus
from marketplace.orders.service.tracing import named
from marketplace.orders.views import AffectedBuyer, RecallView

KNOWN = Text("Bạn đã xác nhận lúc {at}.", "You confirmed at {at}.")
HEADINGS = (
    Text("Đơn hàng", "Order"),
    Text("Đặt lúc", "Placed"),
    Text("Người mua", "Buyer"),
    Text("Điện thoại", "Phone"),
    Text("Nơi nhận", "Place"),
    Text("Hàng", "Goods"),
    Text("Kilôgam", "Kilograms"),
    Text("Tình trạng", "State"),
    Text("Báo lúc", "Told at"),
    Text("Bằng cách", "By"),
    Text("Xác nhận lúc", "Acknowledged at"),
)


def told(
    session: Session, order: SellerOrder, lots: Sequence[tuple[str, LotTag]], locale: Locale
) -> tuple[RecallView, ...]:
    """What an order tells of the recalled lots in it, which come with the goods they went into."""
    recalled = [(goods, tag) for goods, tag in lots if tag.recalled]
    if not recalled:
        return ()
    known = dict(
        session.exec(
            select(RecallNotice.lot_id, RecallNotice.acknowledged_at).where(RecallNotice.order_id == order.id)
        ).all()
    )
    return tuple(
        RecallView(
            number=tag.number,
            href=tag.href,
            goods=goods,
            reason=tag.recall_reason,
            advice=tag.recall_advice,
            at=tag.recalled_at,
            acknowledged_text=KNOWN.say(locale, at=clock.show_time(at)) if (at := known.get(tag.id)) else "",
        )
        for goods, tag in recalled
    )


def affected(session: Session, lot_id: int, locale: Locale) -> tuple[AffectedBuyer, ...]:
    """Every order that stands and holds goods of a lot, in one query, the latest first; its caller sees to rights."""
    rows = session.exec(
        select(OrderLine, SellerOrder, Purchase, RecallNotice)
        .join(SellerOrder, col(SellerOrder.id) == col(OrderLine.order_id))
        .join(Purchase, col(Purchase.id) == col(SellerOrder.purchase_id))
        .outerjoin(
            RecallNotice,
            (col(RecallNotice.order_id) == col(SellerOrder.id)) & (col(RecallNotice.lot_id) == col(OrderLine.lot_id)),
        )
        .where(col(OrderLine.lot_id) == lot_id, col(SellerOrder.status).not_in(CLOSED))
        .order_by(col(SellerOrder.placed_at).desc(), col(SellerOrder.id), col(OrderLine.id))
    ).all()
    found: dict[str, AffectedBuyer] = {}
    for line, order, purchase, notice in rows:
        before = found.get(order.number)
        goods = f"{show_quantity(line.quantity, locale)} {UNIT_LABELS[Unit(line.unit)].say(locale)} {named(line)}"
        grams = line.lot_grams or 0
        if before is None:
            found[order.number] = _buyer(order, purchase, notice, goods, grams, locale)
        else:
            grams += before.grams
            found[order.number] = replace(
                before, goods=f"{before.goods}, {goods}", grams=grams, weight_text=_weight(grams, locale)
            )
    return tuple(found.values())


def as_csv(buyers: Sequence[AffectedBuyer], locale: Locale) -> bytes:
    """The list as a spreadsheet opens it: UTF-8 with its mark, and nothing that would run as a formula."""
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow([heading.say(locale) for heading in HEADINGS])
    sheet.writerows(
        [
            _inert(value)
            for value in (
                buyer.number,
                buyer.placed_at,
                buyer.name,
                buyer.phone,
                buyer.place,
                buyer.goods,
                show_quantity(buyer.grams, locale),
                buyer.status_text,
                buyer.told_text,
                buyer.channel_text,
                buyer.acknowledged_text,
            )
        ]
        for buyer in buyers
    )
    return text.getvalue().encode("utf-8-sig")


def _buyer(
    order: SellerOrder, purchase: Purchase, notice: RecallNotice | None, goods: str, grams: int, locale: Locale
) -> AffectedBuyer:
    return AffectedBuyer(
        number=order.number,
        placed_at=clock.show_time(order.placed_at),
        name=purchase.buyer_name,
        phone="" if purchase.sealed_buyer else accounts.show_phone(purchase.buyer_phone),
        phone_href="" if purchase.sealed_buyer else f"tel:{purchase.buyer_phone}",
        place=purchase.commune_name,
        goods=goods,
        grams=grams,
        weight_text=_weight(grams, locale),
        status_text=FULFILMENT_LABELS[FulfilmentStatus(order.fulfilment_status)].say(locale),
        told_text=clock.show_time(notice.told_at) if notice else "",
        channel_text=CHANNEL_LABELS[RecallChannel(notice.channel)].say(locale) if notice else "",
        acknowledged_text=clock.show_time(notice.acknowledged_at) if notice and notice.acknowledged_at else "",
    )


def _weight(grams: int, locale: Locale) -> str:
    return f"{show_quantity(grams, locale)} kg"


def _inert(value: str) -> str:
    # A name such as `=HYPERLINK(…)` is text to us and a formula to a spreadsheet.
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
