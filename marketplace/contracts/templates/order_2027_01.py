"""Contract of an order, version 2027-01: goods ordered by the piece and paid by weight (decision 0015).

The net weight counts where a price is determined by weight (Commercial Law 36/2005/QH11, article 53).
"""

from __future__ import annotations

from dataclasses import replace

from marketplace.base.text import Text
from marketplace.contracts.templates.order_2026_12 import ORDER_2026_12
from marketplace.contracts.templates.shape import OrderTemplate, Paragraph, Section

_COUNTED, _UNIT_PRICES, _GOODS_TOTAL, _NOTE = next(
    section.paragraphs for section in ORDER_2026_12.sections if section.title.en == "Goods and prices"
)
_GOODS = Section(
    Text("Hàng hoá và giá", "Goods and prices"),
    (
        replace(_COUNTED, only_with="line_counted"),
        Paragraph(
            Text(
                "{line_goods}: {line_quantity} {line_unit}, mỗi {line_unit} nặng {line_weights}, giá {line_price} một kg; ước tính từ "
                "{line_lowest}, cao nhất {line_total}.",
                "{line_goods}: {line_quantity} {line_unit}, {line_weights} each, at {line_price} a kilogram; estimated from "
                "{line_lowest}, at most {line_total}.",
            ),
            each_line=True,
            only_with="line_weighed",
        ),
        Paragraph(
            Text(
                "Hàng tính theo cân: bên bán cân khối lượng tịnh khi đóng gói và báo ngay cho bên mua. Số tiền cuối cùng bằng giá một "
                "kg nhân khối lượng cân được, làm tròn đến đồng, và không bao giờ vượt mức cao nhất ghi trên đây dù hàng nặng hơn; "
                "nhẹ hơn thì trả theo cân. Khi nhận hàng bên mua được yêu cầu cân lại, và được từ chối hàng nặng hay nhẹ khác mức "
                "đã ghi mà không phải trả gì.",
                "Goods paid by weight: the seller weighs their net weight when packing and tells the buyer at once. The final amount "
                "is the price of a kilogram times that weight, rounded to the đồng, and never above the highest amount stated here, "
                "even if the goods are heavier; lighter goods are paid by weight. On receipt the buyer may have them weighed again, "
                "and may refuse goods whose weight is not as stated at no cost.",
            ),
            only_with="weighed",
        ),
        _UNIT_PRICES,
        replace(_GOODS_TOTAL, only_with="counted"),
        Paragraph(
            Text(
                "Tiền hàng cao nhất: {goods_total}. Giá đã gồm các loại thuế, phí của bên bán.",
                "Goods at most: {goods_total}. Prices include the seller's taxes and fees.",
            ),
            only_with="weighed",
        ),
        _NOTE,
    ),
)
_LIGHTER = Paragraph(
    Text(
        "Phí giao tính theo gói hàng nặng nhất; cân xong nhẹ đi bao nhiêu kg đã tính thì giảm {kilogram_fee} mỗi kg. Phí giao không "
        "tăng.",
        "The delivery fee is for the heaviest parcel; each kilogram reckoned that turns out not to be there takes {kilogram_fee} "
        "off. It does not rise.",
    ),
    only_with="lighter",
)
_AT_MOST = Paragraph(
    Text(
        "Bên mua phải trả tiền hàng theo cân cộng phí giao, tổng cộng cao nhất: {total}. Cách trả: {payment_label}. Không có khoản "
        "nào khác.",
        "The buyer pays for the goods by weight plus delivery, in total at most: {total}. Payment: {payment_label}. There are no "
        "other charges.",
    ),
    only_with="weighed",
)


def _section(section: Section) -> Section:
    match section.title.en:
        case "Goods and prices":
            return _GOODS
        case "Delivery":
            return replace(section, paragraphs=(section.paragraphs[0], _LIGHTER, *section.paragraphs[1:]))
        case "Payment":
            (total,) = section.paragraphs
            return replace(section, paragraphs=(replace(total, only_with="counted"), _AT_MOST))
    return section


ORDER_2027_01: OrderTemplate = replace(
    ORDER_2026_12, version="2027-01", sections=tuple(_section(section) for section in ORDER_2026_12.sections)
)
