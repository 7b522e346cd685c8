"""The list of a shop's orders: found by tab or by what is typed, several answered and printed at once."""

from __future__ import annotations

from typing import Any

import reflex as rx

from marketplace.base.text import Text
from marketplace.orders.order_list_state import SellerOrdersState
from marketplace.orders.pages import status_badge
from marketplace.ui.blocks import empty_state, page_title
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, form_problem
from marketplace.ui.icons import icon
from marketplace.ui.layout import notice_bar
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, inner_link, live_page
from marketplace.ui.seller import seller_frame, tab_bar

ORDERS = Text("Đơn hàng", "Orders")
TABS = (
    ("", Text("Tất cả", "All")),
    ("placed", Text("Chờ nhận", "To accept")),
    ("confirmed", Text("Đang làm", "In progress")),
    ("completed", Text("Hoàn tất", "Completed")),
    ("closed", Text("Đã huỷ", "Canceled")),
)
NO_ORDERS = Text("Chưa có đơn nào ở đây", "No orders here")
NO_ORDERS_HINT = Text(
    "Chia sẻ gian hàng cho khách quen để có đơn đầu tiên.", "Share your shop with regulars to get the first."
)
NOT_FOUND = Text("Không có đơn nào khớp", "No order fits")
NOT_FOUND_HINT = Text("Thử mã đơn, tên hay số điện thoại người mua.", "Try the number, or the buyer's name or phone.")
FIND = Text("Tìm mã đơn, tên, số điện thoại", "Find by number, name, phone")
CHOOSE = Text("Chọn đơn {number}", "Choose order {number}")
CHOOSE_ALL = Text("Chọn hết", "Choose all")
CHOSEN = Text("Đã chọn {count}", "{count} chosen")
ACCEPT = Text("Nhận {count} đơn và ký", "Accept {count} and conclude")
PICKING = Text("Phiếu soạn hàng", "Picking list")
LABELS = Text("Nhãn gói hàng", "Parcel labels")
CALL = Text("Gọi {name}", "Call {name}")
WRITE = Text("Nhắn tin cho {name}", "Write to {name}")


CHOSEN_ORDERS: Any = SellerOrdersState.chosen


def _reach(order: Node) -> Node:
    """One tap to the buyer, where there still is something to talk about."""
    return when(
        order.phone_href,
        h.div(
            h.a(
                icon("phone", "size-4"),
                h.span(say(CALL, name=order.buyer), class_name="truncate"),
                href=order.phone_href,
                class_name=f"{QUIET} btn-sm flex-1 min-w-0",
            ),
            h.a(
                icon("message", "size-4"),
                h.span(say(WRITE, name=order.buyer), class_name="sr-only"),
                href=order.message_href,
                class_name=f"{QUIET} btn-sm px-4",
            ),
            class_name="flex border-t border-base-300 px-2",
        ),
    )


def _card(order: Node) -> Node:
    return h.li(
        h.div(
            h.label(
                h.input(
                    type="checkbox",
                    # Ticked at once, whatever the network; drawn anew when the server chooses.
                    key=f"{order.number}-{SellerOrdersState.drawn}",
                    default_checked=CHOSEN_ORDERS.contains(order.number),
                    on_change=lambda chosen: SellerOrdersState.choose(order.number, chosen),
                    class_name="checkbox checkbox-primary",
                ),
                h.span(say(CHOOSE, number=order.number), class_name="sr-only"),
                class_name="grid place-items-center w-12 shrink-0 cursor-pointer",
            ),
            inner_link(
                h.div(
                    h.span(order.number, class_name="num font-semibold whitespace-nowrap"),
                    status_badge(order),
                    class_name="flex justify-between gap-3",
                ),
                h.p(order.summary, class_name="text-sm line-clamp-2"),
                h.p(order.buyer, " · ", order.place, class_name="text-sm text-quiet"),
                h.div(
                    h.span(order.total_text, class_name="num font-semibold"),
                    h.span(order.placed_at, class_name="num text-sm text-quiet"),
                    class_name="flex justify-between",
                ),
                when(
                    order.deadline_text,
                    h.p(
                        icon("clock", "size-4"),
                        order.deadline_text,
                        class_name=when(
                            order.urgent,
                            "flex gap-1 items-center text-sm text-error font-semibold",
                            "flex gap-1 items-center text-sm text-urgent font-semibold",
                        ),
                    ),
                ),
                to=order.href,
                class_name="block grow min-w-0 p-4 pl-0 space-y-1 hover:text-primary",
            ),
            class_name="flex",
        ),
        _reach(order),
        class_name=when(
            order.urgent,
            "rounded-box bg-base-100 border-2 border-error flex flex-col justify-between",
            "rounded-box bg-base-100 border border-base-300 flex flex-col justify-between",
        ),
    )


def _together() -> Node:
    """What can be done to all that are chosen, in reach of the thumb."""
    state = SellerOrdersState

    def sheet(label: Text, path: str) -> Node:
        return h.a(
            icon("download", "size-4"),
            label,
            href=f"{path}?numbers={state.numbers}",
            target="_blank",
            rel="noopener",
            class_name=f"{OUTLINE} flex-1",
        )

    return when(
        filled(state.chosen),
        h.div(
            h.p(
                say(CHOSEN, count=CHOSEN_ORDERS.length()), role="status", class_name="w-full text-sm font-semibold num"
            ),
            when(
                state.acceptable > 0,
                h.button(
                    say(ACCEPT, count=state.acceptable),
                    type="button",
                    on_click=state.accept_chosen,
                    class_name=f"{PRIMARY} w-full md:w-auto",
                ),
            ),
            sheet(PICKING, "/seller/picking.pdf"),
            sheet(LABELS, "/seller/labels.pdf"),
            class_name="flex flex-wrap gap-3 fixed md:sticky bottom-14 md:bottom-4 inset-x-0 z-10 max-md:m-0! p-3 bg-base-100 "
            "border-t md:border border-base-300 md:rounded-box md:shadow-lg",
        ),
    )


def orders_content(page: Node) -> Node:
    """The shop's orders under tabs."""
    return seller_frame(
        page_title(ORDERS),
        h.label(
            icon("search", "size-5"),
            h.span(FIND, class_name="sr-only"),
            rx.debounce_input(
                h.input(
                    type="search",
                    value=page.sought,
                    on_change=SellerOrdersState.find,
                    placeholder=FIND,
                    max_length=60,
                    class_name="grow",
                ),
                debounce_timeout=250,
            ),
            class_name="input w-full h-11 rounded-full text-base",
        ),
        tab_bar(ORDERS, ((name, label, None) for name, label in TABS), page.tab, SellerOrdersState.show_tab),
        form_problem(SellerOrdersState.problem),
        when(
            filled(page.orders),
            h.div(
                h.button(
                    CHOOSE_ALL,
                    type="button",
                    on_click=SellerOrdersState.choose_all,
                    class_name=f"{QUIET} btn-sm min-h-11",
                ),
                h.ul(each(page.orders, _card), class_name="grid gap-3 lg:grid-cols-2"),
                _together(),
                class_name="space-y-2",
            ),
            when(
                page.sought,
                empty_state("search", NOT_FOUND, NOT_FOUND_HINT),
                empty_state("orders", NO_ORDERS, NO_ORDERS_HINT),
            ),
        ),
        active="orders",
        notice=notice_bar(SellerOrdersState),
    )


ORDERS_PAGE = Page(
    "/seller/orders",
    lambda: live_page(SellerOrdersState, orders_content),
    SellerOrdersState.load,
    ORDERS,
    first_view=BARE_FIRST_VIEW,
)
