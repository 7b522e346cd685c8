"""Contract of an order, version 2027-02: the days of arrival, or the place and hours of fetching, are agreed (decision 0021)."""

from __future__ import annotations

from dataclasses import replace

from marketplace.base.text import Text
from marketplace.contracts.templates.order_2027_01 import ORDER_2027_01
from marketplace.contracts.templates.shape import OrderTemplate, Paragraph, Section

_BROUGHT = Paragraph(
    Text(
        "Cách giao: {delivery_label}, {delivery_days} kể từ khi hợp đồng được giao kết, không kể những ngày bên bán đã báo nghỉ "
        "hoặc không giao; hàng tới {delivery_when}. Phí giao: {delivery_fee}.",
        "Delivery: {delivery_label}, {delivery_days} from the conclusion of the contract, without days on which the seller has "
        "said to be closed or not to deliver; the goods arrive {delivery_when}. Delivery fee: {delivery_fee}.",
    ),
    only_with="brought",
)
_FETCHED = Paragraph(
    Text(
        "Cách nhận: {delivery_label}, {delivery_place}, {delivery_when}. Phí giao: {delivery_fee}.",
        "Handing over: {delivery_label}, {delivery_place}, {delivery_when}. Delivery fee: {delivery_fee}.",
    ),
    only_with="delivery_place",
)


def _section(section: Section) -> Section:
    if section.title.en != "Delivery":
        return section
    return replace(section, paragraphs=(_BROUGHT, _FETCHED, *section.paragraphs[1:]))


ORDER_2027_02: OrderTemplate = replace(
    ORDER_2027_01, version="2027-02", sections=tuple(_section(section) for section in ORDER_2027_01.sections)
)
