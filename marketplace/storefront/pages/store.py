"""A shop: its story, its goods, and who stands behind it."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.pages.words import ALL_GOODS
from marketplace.storefront.parts import next_page, portrait, product_grid
from marketplace.storefront.state import StoreState
from marketplace.ui.blocks import empty_state, heading, page_title, panel, panel_title
from marketplace.ui.forms import OUTLINE
from marketplace.ui.icons import icon
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, filled, h, when

GOODS_OF_STORE = Text("Hàng đang bán", "On sale")
DISCLOSURE = Text("Thông tin người bán", "About the seller")
LEGAL_NAME = Text("Tên đăng ký", "Registered name")
TAX_CODE = Text("Mã số thuế", "Tax code")
ADDRESS = Text("Địa chỉ", "Address")
PHONE = Text("Điện thoại", "Phone")
CALL = Text("Gọi người bán", "Call the seller")
NO_GOODS = Text("Gian hàng chưa bày món nào", "Nothing on sale here yet")
NO_GOODS_HINT = Text("Hãy quay lại sau, hoặc xem các gian hàng khác.", "Come back later, or see other shops.")


def _disclosed(label: Text, *value: Node) -> Node:
    return h.div(
        h.dt(label, class_name="text-quiet"),
        h.dd(*value, class_name="break-words"),
        class_name="py-2 sm:grid sm:grid-cols-[10rem_1fr] gap-3",
    )


def store_content(page: Node) -> Node:
    """A shop: its story, its goods, and who stands behind it."""
    return shop_frame(
        panel(
            h.div(
                portrait(page.portrait, "size-20 md:size-24", "size-10"),
                page_title(page.name, under=h.span(page.kind, " · ", page.place)),
                class_name="flex gap-4 items-center",
            ),
            each(page.story, lambda text: h.p(text, class_name="max-w-2xl")),
            h.a(
                icon("phone"),
                CALL,
                href=page.phone_href,
                class_name=OUTLINE,
            ),
            class_name="space-y-3",
        ),
        h.section(
            heading(GOODS_OF_STORE, h.span(page.total_text, class_name="num text-sm text-quiet")),
            when(
                filled(page.cards),
                product_grid(page.cards, grows=True),
                empty_state("store", NO_GOODS, NO_GOODS_HINT, h.a(ALL_GOODS, href="/search", class_name=OUTLINE)),
            ),
            when(
                page.next_href,
                h.div(
                    next_page(page.next_href),
                    class_name="flex justify-center pt-3",
                ),
            ),
            class_name="space-y-3",
        ),
        panel(
            panel_title(DISCLOSURE, "shield"),
            h.dl(
                _disclosed(LEGAL_NAME, page.legal_name),
                when(page.tax_code, _disclosed(TAX_CODE, h.span(page.tax_code, class_name="num"))),
                _disclosed(ADDRESS, page.address),
                _disclosed(PHONE, h.a(page.phone, href=page.phone_href, class_name="link num")),
                class_name="text-sm divide-y divide-base-300",
            ),
        ),
        basket_count=StoreState.basket_count,
    )
