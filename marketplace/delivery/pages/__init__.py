"""The owner's page of how a shop delivers."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.delivery.pages.methods import method_form, method_list
from marketplace.delivery.pages.points import point_form, point_list
from marketplace.delivery.pages.runs import TITLE as RUNS_TITLE
from marketplace.delivery.pages.runs import UNDER as RUNS_HINT
from marketplace.delivery.pages.runs import runs_content
from marketplace.delivery.runs_state import HERE as RUNS
from marketplace.delivery.runs_state import RunsState
from marketplace.delivery.state import HERE, DeliveryState
from marketplace.ui.blocks import panel, panel_title, way_on, ways_on
from marketplace.ui.forms import OUTLINE, PRIMARY, field, form_problem
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, h, say, when
from marketplace.ui.page import BARE_FIRST_VIEW, FirstProblem, Page, live_page
from marketplace.ui.seller import seller_frame, title_below

TITLE = Text("Giao hàng", "Delivery")
BACK = Text("Hôm nay", "Today")
AGREED = Text("Đơn đã đặt giữ nguyên những gì đã thoả thuận.", "Orders already placed keep what was agreed with them.")
TERMS = Text("Mỗi đơn và mỗi ngày", "Each order, each day")
MINIMUM = Text("Nhận đơn từ tiền hàng", "Orders from goods of")
MINIMUM_HINT = Text("Để trống nếu đơn nhỏ cũng nhận.", "Leave empty to take orders of any size.")
A_DAY = Text("Số đơn chuẩn bị được mỗi ngày", "Orders you can make ready a day")
A_DAY_HINT = Text(
    "Ngày nào đủ đơn, khách được báo ngày kế tiếp. Để trống nếu không giới hạn.",
    "When a day is full shoppers are offered the next. Leave empty for no limit.",
)
SAVE = Text("Lưu", "Save")
DELIVERY_DAYS = Text("Ngày tự đi giao trong tuần", "Weekdays you deliver")
EVERY_DAY = Text("Mỗi ngày", "Every day")
CLOSED = Text("Ngày nghỉ", "Closed days")
CLOSED_HINT = Text(
    "Khách thấy ngày nghỉ và lý do; ngày giao và hạn trả lời đơn tự lùi lại.",
    "Shoppers see these days and why; arrival and the time to answer move by themselves.",
)
FIRST, LAST = Text("Từ ngày", "First day"), Text("Đến hết ngày", "Last day")
REASON = Text("Lý do cho khách biết", "Reason shoppers read")
ADD_CLOSED = Text("Thêm ngày nghỉ", "Add closed days")
REOPEN = Text("Bỏ ngày nghỉ {days}", "Remove {days}")


def _problem(name: str) -> Node:
    return DeliveryState.problems.get(name, "")


def _terms(page: Node) -> Node:
    return h.form(
        panel(
            panel_title(TERMS, "basket"),
            field(
                MINIMUM,
                "minimum_order",
                problem=_problem("minimum_order"),
                hint=MINIMUM_HINT,
                optional=True,
                input_mode="numeric",
                max_length=20,
                default_value=page.own.minimum_order,
            ),
            field(
                A_DAY,
                "orders_a_day",
                problem=_problem("orders_a_day"),
                hint=A_DAY_HINT,
                optional=True,
                input_mode="numeric",
                max_length=4,
                default_value=page.own.orders_a_day,
            ),
            h.button(SAVE, type="submit", class_name=f"{PRIMARY} w-full"),
            class_name="space-y-3",
        ),
        key=page.drawn.to_string(),
        on_submit=DeliveryState.save_terms,
        no_validate=True,
        custom_attrs={"data-once": DeliveryState.answered},
    )


def _closed(page: Node) -> Node:
    return h.form(
        panel(
            panel_title(CLOSED, "clock"),
            h.p(CLOSED_HINT, class_name="text-sm text-quiet"),
            h.ul(
                each(
                    page.own.closed,
                    lambda rest: h.li(
                        h.span(
                            h.span(rest.span_text, class_name="num block font-semibold"),
                            h.span(rest.reason, class_name="block text-quiet empty:hidden"),
                        ),
                        h.button(
                            icon("trash"),
                            h.span(say(REOPEN, days=rest.span_text), class_name="sr-only"),
                            type="button",
                            on_click=DeliveryState.open_days(rest.id),
                            class_name="btn btn-ghost size-11 min-h-11 p-0 rounded-full text-error",
                        ),
                        key=rest.id.to_string(),
                        class_name="flex items-center justify-between gap-3 py-1 text-sm",
                    ),
                ),
                class_name="divide-y divide-base-300 empty:hidden",
            ),
            h.div(
                field(FIRST, "first", problem=_problem("first"), type="date"),
                field(LAST, "last", problem=_problem("last"), type="date", optional=True),
                class_name="grid sm:grid-cols-2 gap-3 items-start",
            ),
            field(REASON, "reason", problem=_problem("reason"), optional=True, max_length=120, auto_complete="off"),
            h.button(icon("plus"), ADD_CLOSED, type="submit", class_name=f"{OUTLINE} w-full"),
            class_name="space-y-3",
        ),
        key=page.drawn.to_string(),
        on_submit=DeliveryState.close_days,
        no_validate=True,
        custom_attrs={"data-once": DeliveryState.answered},
    )


def _overview(page: Node) -> Node:
    days = when(page.own.delivery_days, page.own.delivery_days, say(EVERY_DAY))
    return h.div(
        h.div(method_list(page), point_list(page), class_name="space-y-4 min-w-0"),
        h.div(
            _terms(page),
            ways_on(
                way_on("clock", DELIVERY_DAYS, "/seller/shop", days),
                way_on("truck", RUNS_TITLE, RUNS, RUNS_HINT),
            ),
            _closed(page),
            FirstProblem.create(problems=DeliveryState.problems),
            class_name="space-y-4 min-w-0",
        ),
        class_name="grid gap-4 lg:grid-cols-[3fr_2fr] items-start",
    )


def delivery_content(page: Node) -> Node:
    """How the shop delivers, or the form that is open."""
    return seller_frame(
        title_below(BACK, "/seller", TITLE, under=AGREED),
        h.p(DeliveryState.notice, role="status", class_name="font-semibold text-success empty:hidden"),
        form_problem(when(page.opened == "", _problem("form"), "")),
        rx.match(
            page.opened,
            ("method", h.div(method_form(page), class_name="max-w-2xl")),
            ("point", h.div(point_form(page), class_name="max-w-2xl")),
            _overview(page),
        ),
        active="more",
    )


PAGES: tuple[Page, ...] = (
    Page(
        HERE,
        lambda: live_page(DeliveryState, delivery_content),
        DeliveryState.load,
        TITLE,
        first_view=BARE_FIRST_VIEW,
    ),
    Page(RUNS, lambda: live_page(RunsState, runs_content), RunsState.load, RUNS_TITLE, first_view=BARE_FIRST_VIEW),
)
