"""Contract of an order, version 2026-12: 2026-11 with the variant of goods, the price in force, and orders ahead.

Sources: those of 2026-11; Civil Code 91/2015/QH13, article 108 on things formed in the future, for harvests sold ahead.
"""

from __future__ import annotations

from dataclasses import replace

from marketplace.base.text import Text
from marketplace.contracts.templates.order_2026_11 import ORDER_2026_11
from marketplace.contracts.templates.shape import OrderTemplate, Paragraph, Section

_GOODS = Section(
    Text("Hàng hoá và giá", "Goods and prices"),
    (
        Paragraph(
            Text(
                "{line_goods}: {line_quantity} {line_unit} × {line_price} = {line_total}.",
                "{line_goods}: {line_quantity} {line_unit} × {line_price} = {line_total}.",
            ),
            each_line=True,
        ),
        Paragraph(
            Text(
                "Đơn giá là giá có hiệu lực vào lúc đặt, đã tính khuyến mãi và giá sỉ theo số lượng nếu có; về sau không đổi.",
                "Unit prices are those in force when ordering, sales and wholesale prices included; they do not change later.",
            )
        ),
        Paragraph(
            Text(
                "Tiền hàng: {goods_total}. Giá đã gồm các loại thuế, phí của bên bán.",
                "Goods: {goods_total}. Prices include the seller's taxes and fees.",
            )
        ),
        Paragraph(Text("Lời nhắn của bên mua: {note}", "The buyer's note: {note}"), only_with="note"),
    ),
)
_AHEAD = Paragraph(
    Text(
        "{line_goods} là hàng đặt trước, dự kiến có từ ngày {line_expected}; thời hạn giao của đơn tính từ ngày đó. Nếu không "
        "có hàng, bên bán báo ngay và bên mua không phải trả gì.",
        "{line_goods} is ordered ahead and expected from {line_expected}; delivery of the order counts from that day. If there "
        "is none, the seller says so at once and the buyer owes nothing.",
    ),
    each_line=True,
    only_with="line_expected",
)
_REPLACED = {"Goods and prices": _GOODS}


def _sections() -> tuple[Section, ...]:
    sections = [_REPLACED.get(section.title.en, section) for section in ORDER_2026_11.sections]
    return tuple(
        replace(section, paragraphs=(section.paragraphs[0], _AHEAD, *section.paragraphs[1:]))
        if section.title.en == "Delivery"
        else section
        for section in sections
    )


ORDER_2026_12: OrderTemplate = replace(ORDER_2026_11, version="2026-12", sections=_sections())
