"""The frame of the seller centre, made for a phone: what to do now on top, four places in reach of the thumb."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from marketplace.base.text import Text
from marketplace.ui.blocks import page_title
from marketplace.ui.icons import icon
from marketplace.ui.layout import SKIP, logo
from marketplace.ui.markup import Node, h, when
from marketplace.ui.page import inner_link

NAVIGATION = Text("Trang người bán", "Seller centre")
TODAY = Text("Hôm nay", "Today")
ORDERS = Text("Đơn", "Orders")
GOODS = Text("Hàng", "Goods")
MORE = Text("Thêm", "More")
PLACE = (
    "flex flex-col md:flex-row items-center justify-center gap-0.5 md:gap-2 min-h-14 flex-1 md:flex-none md:px-4 "
    "hover:text-primary "
)
TAB = "inline-flex items-center gap-1.5 rounded-full border px-4 min-h-11 text-sm whitespace-nowrap cursor-pointer"


def title_below(way_back: Text, to: Node, title: Node, *, under: Node = None) -> Node:
    """A page's title below the way back to where it belongs."""
    return h.div(
        inner_link(
            icon("back", "size-4"),
            way_back,
            to=to,
            class_name="inline-flex items-center gap-1 min-h-11 text-sm text-quiet hover:text-primary",
        ),
        page_title(title, under=under),
        class_name="-mt-2",
    )


def _place(symbol: str, label: Text, path: str, here: bool) -> Node:
    return inner_link(
        icon(symbol),
        h.span(label, class_name="text-xs md:text-sm"),
        to=path,
        custom_attrs={"aria-current": "page"} if here else {},
        class_name=PLACE + ("text-primary font-semibold" if here else "text-base-content"),
    )


def tab_bar(label: Text, tabs: Iterable[tuple[str, Text, Node]], chosen: Any, choose: Callable[[str], Any]) -> Node:
    """Headings to choose between, each with a count where there is one; they scroll sideways on a phone."""
    return h.div(
        *(
            h.button(
                name,
                None if count is None else h.span(count, class_name="num opacity-80"),
                type="button",
                on_click=choose(value),
                aria_pressed=when(chosen == value, "true", "false"),
                class_name=when(
                    chosen == value,
                    f"{TAB} border-primary bg-primary text-primary-content",
                    f"{TAB} border-base-300 bg-base-100",
                ),
            )
            for value, name, count in tabs
        ),
        role="group",
        aria_label=label,
        class_name="flex gap-2 overflow-x-auto -mx-4 px-4 pb-1 [scrollbar-width:none]",
    )


def seller_frame(*content: Node, active: str, notice: Node = None, narrow: bool = False) -> Node:
    """A page of the seller centre: places at the bottom of a phone, on top of a desk's screen.

    `narrow` for forms, which are filled in line by line even where there is room beside them.
    """
    width = "max-w-2xl" if narrow else "max-w-5xl"
    return h.div(
        h.a(
            SKIP,
            href="#main",
            class_name="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-base-100 focus:p-3",
        ),
        h.main(*content, id="main", class_name=f"{width} mx-auto p-4 md:pt-6 space-y-4"),
        h.nav(
            h.div(
                h.div(logo(), class_name="hidden md:block mr-auto"),
                _place("clock", TODAY, "/seller", active == "today"),
                _place("orders", ORDERS, "/seller/orders", active == "orders"),
                _place("box", GOODS, "/seller/products", active == "goods"),
                h.a(
                    icon("person"),
                    h.span(MORE, class_name="text-xs md:text-sm"),
                    href="/account",
                    class_name=PLACE,
                ),
                class_name="flex md:items-center w-full md:max-w-5xl md:mx-auto md:px-4",
            ),
            aria_label=NAVIGATION,
            class_name="print:hidden fixed bottom-0 md:bottom-auto md:top-0 inset-x-0 z-20 bg-base-100 border-t md:border-t-0 "
            "md:border-b border-base-300 pb-[env(safe-area-inset-bottom)]",
        ),
        notice,
        class_name="bg-base-200 min-h-dvh pb-40 md:pb-10 md:pt-14",
    )
