"""The frame of the seller centre, made for a phone: what to do now on top, four places in reach of the thumb."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.ui.icons import icon
from marketplace.ui.layout import SKIP
from marketplace.ui.markup import Node, h
from marketplace.ui.page import inner_link

NAVIGATION = Text("Trang người bán", "Seller centre")
TODAY = Text("Hôm nay", "Today")
ORDERS = Text("Đơn", "Orders")
GOODS = Text("Hàng", "Goods")
MORE = Text("Thêm", "More")


def _place(symbol: str, label: Text, path: str, here: bool) -> Node:
    return inner_link(
        icon(symbol),
        h.span(label, class_name="text-xs"),
        to=path,
        custom_attrs={"aria-current": "page"} if here else {},
        class_name="flex flex-col items-center justify-center gap-0.5 min-h-14 flex-1 "
        + ("text-primary font-semibold" if here else "text-base-content"),
    )


def seller_frame(*content: Node, active: str, notice: Node = None) -> Node:
    """A page of the seller centre."""
    return h.div(
        h.a(
            SKIP,
            href="#main",
            class_name="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-base-100 focus:p-3",
        ),
        h.main(*content, id="main", class_name="max-w-2xl mx-auto p-4 space-y-4"),
        h.nav(
            _place("clock", TODAY, "/seller", active == "today"),
            _place("orders", ORDERS, "/seller/orders", active == "orders"),
            _place("box", GOODS, "/seller/products", active == "goods"),
            h.a(
                icon("person"),
                h.span(MORE, class_name="text-xs"),
                href="/account",
                class_name="flex flex-col items-center justify-center gap-0.5 min-h-14 flex-1",
            ),
            aria_label=NAVIGATION,
            class_name="fixed bottom-0 inset-x-0 z-20 flex bg-base-100 border-t border-base-300 pb-[env(safe-area-inset-bottom)]",
        ),
        notice,
        class_name="bg-base-200 min-h-dvh pb-20",
    )
