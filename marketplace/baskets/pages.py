"""The basket page."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.baskets.state import BasketState
from marketplace.ui.blocks import empty_state, page_title, panel, sum_row
from marketplace.ui.forms import OUTLINE, PRIMARY, form_problem, problem_text, step_input
from marketplace.ui.icons import icon
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, h, say, when
from marketplace.ui.page import Page, live_page

TITLE = Text("Giỏ hàng", "Basket")
EMPTY = Text("Giỏ còn trống", "The basket is empty")
EMPTY_HINT = Text("Tìm món bạn thích rồi bấm “Thêm vào giỏ”.", "Find what you like and press “Add to basket”.")
LOOK_AROUND = Text("Xem hàng đang bán", "See what is on sale")
GOODS = Text("Tiền hàng", "Goods")
DELIVERY_LATER = Text(
    "Phí giao tính theo xã, phường của bạn ở bước sau.", "Delivery is worked out for your commune in the next step."
)
ORDER = Text("Đặt hàng", "Check out")
REMOVE = Text("Bỏ {name}", "Remove {name}")
MEND_FIRST = Text("Hãy chỉnh những dòng có ghi chú đỏ trước khi đặt.", "Mend the lines marked in red before ordering.")
QUANTITY_OF = Text("Số lượng", "Quantity")
ONE_CONTRACT_EACH = Text(
    "Mỗi gian hàng là một đơn và một hợp đồng riêng.", "Each shop is an order and a contract of its own."
)


def _line(line: Node) -> Node:
    return h.li(
        h.a(
            h.img(
                src=line.picture,
                alt="",
                width="80",
                height="80",
                class_name="size-20 rounded-field object-cover bg-base-200",
            ),
            href=line.href,
            tab_index=-1,
            aria_hidden="true",
        ),
        h.div(
            h.a(line.name, href=line.href, class_name="link link-hover font-semibold line-clamp-2"),
            h.p(h.span(line.price_text, class_name="num"), " / ", line.unit_text, class_name="text-sm text-quiet"),
            h.div(
                step_input(
                    line.quantity_text,
                    line.unit_text,
                    on_less=BasketState.less(line.sku),
                    on_more=BasketState.more(line.sku),
                    label=QUANTITY_OF,
                ),
                h.span(line.total_text, class_name="num font-semibold ml-auto"),
                h.button(
                    icon("trash"),
                    h.span(say(REMOVE, name=line.name), class_name="sr-only"),
                    type="button",
                    on_click=BasketState.remove(line.sku),
                    class_name="btn btn-ghost size-11 p-0 rounded-full",
                ),
                class_name="flex flex-wrap items-center gap-2",
            ),
            problem_text(line.problem, "line"),
            class_name="flex-1 min-w-0 space-y-1",
        ),
        class_name="flex gap-3 py-3",
    )


def _group(group: Node) -> Node:
    return panel(
        h.h2(
            h.a(
                icon("store", "size-5"),
                group.store_name,
                href=group.store_href,
                class_name="link link-hover inline-flex gap-2 items-center",
            ),
            class_name="font-semibold",
        ),
        h.ul(each(group.lines, _line), class_name="divide-y divide-base-300"),
        h.dl(sum_row(GOODS, group.goods_total_text)),
    )


def basket_content(page: Node) -> Node:
    """The basket by seller, and the way to order it."""
    return shop_frame(
        page_title(TITLE, under=when(page.filled, ONE_CONTRACT_EACH)),
        form_problem(BasketState.problems.get("form", "")),
        when(
            page.filled,
            h.div(
                h.div(each(page.groups, _group), class_name="space-y-4 md:col-span-2"),
                panel(
                    h.dl(sum_row(GOODS, page.goods_total_text, strong=True)),
                    h.p(DELIVERY_LATER, class_name="text-sm text-quiet"),
                    when(
                        page.ready,
                        h.a(ORDER, href="/checkout", class_name=f"{PRIMARY} w-full text-base"),
                        h.p(MEND_FIRST, class_name="text-error font-semibold", role="alert"),
                    ),
                    class_name="space-y-3 h-fit sticky bottom-20 md:top-24",
                ),
                class_name="grid gap-4 md:grid-cols-3",
            ),
            empty_state("basket", EMPTY, EMPTY_HINT, h.a(LOOK_AROUND, href="/search", class_name=OUTLINE)),
        ),
        basket_count=BasketState.basket_count,
    )


def _page() -> rx.Component:
    return live_page(BasketState, basket_content)


PAGES = (Page("/basket", _page, BasketState.load, TITLE),)
