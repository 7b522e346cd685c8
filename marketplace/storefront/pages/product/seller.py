"""Who sells a product."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.parts import portrait
from marketplace.ui.blocks import panel
from marketplace.ui.forms import OUTLINE
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, h, when

SELLER = Text("Người bán", "Seller")
TO_STORE = Text("Vào gian hàng", "Visit the shop")


def product_seller(page: Node) -> Node:
    """The seller, with the way to the shop."""
    return panel(
        h.h2(SELLER, class_name="sr-only"),
        h.div(
            portrait(page.seller.portrait, "size-14", "size-7"),
            h.div(
                h.p(page.seller.name, class_name="font-semibold"),
                h.p(
                    page.seller.kind,
                    " · ",
                    page.seller.place,
                    when(page.seller.rating_text, h.span(" · ★ ", page.seller.rating_text, class_name="num")),
                    class_name="text-sm text-quiet",
                ),
                h.p(
                    icon("clock", "size-4"),
                    page.seller.hours_text,
                    class_name="text-sm text-quiet flex gap-1.5 items-center",
                ),
                class_name="flex-1 min-w-0",
            ),
            class_name="flex gap-3 items-center",
        ),
        when(page.seller.href, h.a(TO_STORE, href=page.seller.href, class_name=f"{OUTLINE} w-full")),
        class_name="space-y-3",
    )
