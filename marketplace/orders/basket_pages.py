"""The basket page."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.orders.basket_state import BasketState
from marketplace.places.choosing import COMMUNE, COMMUNE_HINT, place_entry
from marketplace.ui.blocks import empty_state, fact, page_title, panel, panel_title, sum_row
from marketplace.ui.forms import (
    ICON_BUTTON,
    OUTLINE,
    PRIMARY,
    amount_beside,
    form_problem,
    problem_text,
    step_input,
    thumb_bar,
)
from marketplace.ui.icons import icon
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, h, say, when
from marketplace.ui.page import Page, live_page

TITLE = Text("Giỏ hàng", "Basket")
EMPTY = Text("Giỏ còn trống", "The basket is empty")
EMPTY_HINT = Text("Tìm món bạn thích rồi bấm “Thêm vào giỏ”.", "Find what you like and press “Add to basket”.")
LOOK_AROUND = Text("Xem hàng đang bán", "See what is on sale")
SUMMARY = Text("Tóm tắt", "Summary")
GOODS = Text("Tiền hàng", "Goods")
GOODS_OF_SHOP = Text("Tiền hàng của gian này", "Goods of this shop")
ORDER = Text("Đặt hàng", "Check out")
REMOVE = Text("Bỏ {name}", "Remove {name}")
TAKE_REST = Text("Lấy {quantity} {unit} còn lại", "Take the {quantity} {unit} left")
MEND_FIRST = Text("Chỉnh những dòng ghi đỏ trước khi đặt.", "Mend the lines marked in red first.")
QUANTITY_OF = Text("Số lượng", "Quantity")
ONE_CONTRACT_EACH = Text(
    "Mỗi gian hàng là một đơn và một hợp đồng riêng.", "Each shop is an order and a contract of its own."
)
PAID_BY_WEIGHT = Text(
    "Có món trả theo cân: người bán cân khi đóng gói, bạn trả theo cân và không bao giờ quá số tối đa này.",
    "Some goods are paid by weight: the seller weighs them when packing; you pay by weight and never more than this.",
)
WHERE = Text("Giao đến đâu", "Where to")
SAY_WHERE = Text(
    "Cho biết xã, phường để xem từng gian hàng giao được cách nào, ngày nào và phí bao nhiêu.",
    "Say which commune to see how each shop delivers there, on which days and for how much.",
)
OTHER_PLACE = Text("Xã, phường khác", "Another commune")
WAYS = Text("Cách giao", "Delivery")
NEXT = Text("Tiếp theo", "What comes next")
NEXT_STEPS = (
    (
        "pin",
        Text(
            "Bạn cho biết nơi nhận; phí giao của từng gian hàng hiện ra ngay.",
            "You say where to; each shop's delivery fee shows at once.",
        ),
    ),
    (
        "contract",
        Text("Bạn xem trọn hợp đồng rồi mới xác nhận.", "You read the whole contract before you confirm."),
    ),
    ("money", Text("Nhận hàng, kiểm hàng rồi mới trả tiền.", "You pay when you have received and checked the goods.")),
)


def _line(line: Node) -> Node:
    return h.li(
        h.a(
            h.img(
                src=line.picture,
                alt="",
                width="80",
                height="80",
                class_name="size-16 sm:size-20 rounded-field object-cover bg-base-200",
            ),
            href=line.href,
            tab_index=-1,
            aria_hidden="true",
        ),
        h.div(
            h.div(
                h.div(
                    h.a(line.name, href=line.href, class_name="link link-hover font-semibold line-clamp-2"),
                    h.p(
                        when(line.before_text, h.s(line.before_text, class_name="num mr-1.5")),
                        h.span(line.price_text, class_name="num"),
                        " / ",
                        line.price_unit,
                        class_name="text-sm text-quiet whitespace-nowrap",
                    ),
                    when(
                        line.about_text,
                        h.p(
                            line.unit_text,
                            " ",
                            line.weights_text,
                            " · ",
                            h.span(line.about_text, class_name="whitespace-nowrap"),
                            class_name="num text-sm text-quiet",
                        ),
                    ),
                    h.p(line.expected_text, class_name="text-sm text-urgent empty:hidden"),
                    class_name="flex-1 min-w-0",
                ),
                h.button(
                    icon("trash"),
                    h.span(say(REMOVE, name=line.name), class_name="sr-only"),
                    type="button",
                    on_click=BasketState.remove(line.sku),
                    class_name=f"{ICON_BUTTON} -mt-2 -mr-2 text-quiet",
                ),
                class_name="flex gap-2",
            ),
            h.div(
                step_input(
                    line.quantity_text,
                    line.unit_text,
                    on_less=BasketState.less(line.sku),
                    on_more=BasketState.more(line.sku),
                    on_typed=lambda typed: BasketState.set_quantity(line.sku, typed),
                    label=say(QUANTITY_OF) + ": " + line.name,
                ),
                h.span(line.total_text, class_name="num font-semibold whitespace-nowrap ml-auto"),
                class_name="flex flex-wrap items-center gap-2",
            ),
            problem_text(line.problem, line.sku),
            when(
                line.most_text != "",
                h.button(
                    say(TAKE_REST, quantity=line.most_text, unit=line.unit_text),
                    type="button",
                    on_click=BasketState.set_quantity(line.sku, line.most_text),
                    class_name=OUTLINE,
                ),
            ),
            class_name="flex-1 min-w-0 space-y-2",
        ),
        class_name="flex gap-3 py-4",
    )


def _group(group: Node) -> Node:
    return panel(
        h.h2(
            h.a(
                icon("store", "size-5 text-primary"),
                group.store_name,
                href=group.store_href,
                class_name="link link-hover inline-flex gap-2 items-center min-h-11",
            ),
            class_name="font-semibold",
        ),
        h.ul(each(group.lines, _line), class_name="divide-y divide-base-300 border-y border-base-300"),
        h.dl(sum_row(GOODS_OF_SHOP, group.goods_total_text), class_name="pt-3"),
        h.ul(
            each(
                group.ways,
                lambda way: h.li(
                    h.span(
                        h.span(way.label, class_name="block"),
                        h.span(way.detail, class_name="block text-quiet text-xs"),
                        class_name="flex-1 min-w-0",
                    ),
                    h.span(way.fee_text, class_name="num whitespace-nowrap"),
                    class_name="flex items-start gap-3 py-1.5 text-sm",
                ),
            ),
            aria_label=WAYS,
            class_name="pt-2 empty:hidden",
        ),
        h.p(group.more_ways, class_name="text-xs text-quiet empty:hidden"),
        h.p(group.hint, class_name="text-sm text-primary pt-1 empty:hidden"),
        h.p(group.closed, class_name="text-sm text-urgent pt-1 empty:hidden"),
        h.p(group.refusal, role="alert", class_name="text-sm text-error font-semibold pt-1 empty:hidden"),
        class_name="pt-2!",
    )


def _place(page: Node) -> Node:
    return panel(
        panel_title(WHERE, "pin"),
        when(
            page.place,
            h.p(page.place, role="status", class_name="font-semibold text-sm"),
            h.p(SAY_WHERE, class_name="text-sm text-quiet"),
        ),
        h.form(
            h.input(type="hidden", name="commune", custom_attrs={"data-place": ""}),
            h.label(when(page.place, OTHER_PLACE, COMMUNE), html_for="place", class_name="font-semibold text-sm block"),
            h.div(*place_entry(), class_name="relative flex gap-2"),
            h.p(COMMUNE_HINT, id="hint-place", class_name="text-quiet text-xs"),
            problem_text(BasketState.problems.get("place", ""), "place"),
            on_submit=BasketState.bring_to,
            class_name="space-y-1 pt-2",
        ),
    )


def basket_content(page: Node) -> Node:
    """The basket by seller, and the way to order it."""
    return shop_frame(
        page_title(TITLE, under=when(page.filled, ONE_CONTRACT_EACH)),
        form_problem(BasketState.problem),
        when(
            page.filled,
            h.div(
                h.div(_place(page), each(page.groups, _group), class_name="space-y-4 md:col-span-2"),
                panel(
                    panel_title(SUMMARY),
                    h.dl(
                        each(page.groups, lambda group: sum_row(group.store_name, group.goods_total_text)),
                        sum_row(GOODS, page.goods_total_text, strong=True, class_name="border-t border-base-300 pt-2"),
                        class_name="space-y-2",
                    ),
                    when(page.estimated, h.p(PAID_BY_WEIGHT, class_name="text-sm text-quiet")),
                    thumb_bar(
                        amount_beside(GOODS, page.goods_total_text),
                        when(
                            page.ready,
                            h.a(ORDER, href="/checkout", class_name=f"{PRIMARY} flex-1 text-base"),
                            h.p(MEND_FIRST, class_name="text-error font-semibold flex-1 text-sm", role="alert"),
                        ),
                    ),
                    h.h3(NEXT, class_name="font-semibold text-sm pt-2"),
                    h.ul(*(fact(symbol, text) for symbol, text in NEXT_STEPS), class_name="space-y-2 text-sm"),
                    class_name="space-y-3 h-fit md:sticky md:top-20",
                ),
                class_name="grid gap-4 md:grid-cols-3",
            ),
            empty_state("basket", EMPTY, EMPTY_HINT, h.a(LOOK_AROUND, href="/search", class_name=PRIMARY)),
        ),
        acts=page.filled,
        basket_count=BasketState.basket_count,
    )


def _page() -> rx.Component:
    return live_page(BasketState, basket_content)


PAGES = (Page("/basket", _page, BasketState.load, TITLE),)
