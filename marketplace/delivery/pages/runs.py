"""Commune pickup runs, for who organises them and for sellers who go along."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.delivery.runs_state import RunsState
from marketplace.places.choosing import commune_input
from marketplace.ui.blocks import badge, empty_state, folded_panel, heading
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, field, form_problem
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, when
from marketplace.ui.page import FirstProblem, inner_link
from marketplace.ui.seller import seller_frame, title_below

TITLE = Text("Chuyến gom", "Pickup runs")
UNDER = Text(
    "Một chuyến xe gom đơn của nhiều gian hàng đến các điểm dừng; khách trả cước một lần cho cả chuyến.",
    "One drive carries orders of several shops to its stops; a buyer pays its freight once.",
)
BACK = Text("Giao hàng", "Delivery")
OWN = Text("Chuyến tôi tổ chức", "Runs I organise")
OTHERS = Text("Chuyến có thể đi cùng", "Runs to go along with")
NONE = Text("Chưa có chuyến nào", "No runs yet")
NONE_HINT = Text("Lập một chuyến, hoặc đợi chuyến của người khác.", "Plan one, or wait for those of others.")
PLAN = Text("Lập chuyến mới", "Plan a run")
NAME = Text("Tên chuyến", "Name")
DAY = Text("Ngày chạy", "Day")
CLOSES_AT = Text("Chốt đơn lúc", "Orders until")
FEE = Text("Cước mỗi lần mua", "Freight of a purchase")
FEE_HINT = Text("Chia cho các đơn đi chung theo cân nặng.", "Shared by weight among the orders that go along.")
ORDERS, KILOGRAMS = Text("Chở nhiều nhất (đơn)", "At most, orders"), Text("Chở nhiều nhất (kg)", "At most, kg")
STOP_NAME = Text("Điểm dừng", "Stop")
STOP_HINT = Text("Ví dụ: nhà văn hoá, bưu điện xã.", "For example a culture house or post office.")
STREET = Text("Số nhà, đường, ấp", "House number, street, hamlet")
FROM, TO = Text("Từ", "From"), Text("Đến", "To")
ADD_STOP = Text("Thêm điểm dừng", "Add a stop")
CALL_OFF = Text("Ngừng nhận đơn", "Take no more orders")
CALLED_OFF = Text("Đã ngừng nhận đơn", "Takes no more orders")
LIST = Text("Danh sách theo điểm dừng", "List by stop")
GO_ALONG, STAY = Text("Đi cùng chuyến này", "Go along"), Text("Thôi không đi cùng", "No longer go along")
SELLERS = Text("Đi cùng: ", "Along: ")


def _problem(name: str) -> Node:
    return RunsState.problems.get(name, "")


def _facts(run: Node) -> Node:
    return h.div(
        h.div(
            h.h3(run.name, class_name="font-semibold"),
            h.span(run.fee_text, class_name="num font-semibold whitespace-nowrap"),
            class_name="flex justify-between gap-3",
        ),
        h.p(run.day_text, class_name="num text-sm"),
        h.p(run.load_text, class_name="num text-sm text-quiet"),
        h.p(SELLERS, run.sellers_text, class_name="text-sm text-quiet"),
        h.ul(
            each(
                run.stops,
                lambda stop: h.li(
                    h.span(stop.hours, class_name="num font-semibold whitespace-nowrap"),
                    h.span(stop.place),
                    key=stop.code,
                    class_name="flex gap-3 py-1 text-sm",
                ),
            ),
            class_name="pt-1",
        ),
    )


def _stop_form(page: Node) -> Node:
    return h.form(
        field(
            STOP_NAME, "stop_name", problem=_problem("stop_name"), hint=STOP_HINT, max_length=80, auto_complete="off"
        ),
        commune_input(RunsState, _problem("commune")),
        field(STREET, "street", problem=_problem("street"), max_length=200, auto_complete="off"),
        h.div(
            field(FROM, "opens", problem=_problem("opens"), type="time"),
            field(TO, "closes", type="time"),
            class_name="grid grid-cols-2 gap-3 items-start",
        ),
        form_problem(_problem("form")),
        h.button(icon("plus"), ADD_STOP, type="submit", class_name=f"{PRIMARY} w-full"),
        key=page.drawn.to_string(),
        on_submit=RunsState.add_stop,
        no_validate=True,
        custom_attrs={"data-once": RunsState.answered},
        class_name="space-y-3 border-t border-base-300 pt-3",
    )


def _own(page: Node, run: Node) -> Node:
    return h.li(
        _facts(run),
        when(
            run.active,
            h.div(
                inner_link(icon("orders"), LIST, to=run.list_href, class_name=OUTLINE),
                h.button(
                    icon("plus"), ADD_STOP, type="button", on_click=RunsState.open_run(run.id), class_name=OUTLINE
                ),
                h.button(
                    CALL_OFF, type="button", on_click=RunsState.call_off(run.id), class_name=f"{QUIET} text-error"
                ),
                class_name="flex flex-wrap gap-2",
            ),
            h.div(
                badge(CALLED_OFF),
                inner_link(icon("orders"), LIST, to=run.list_href, class_name=OUTLINE),
                class_name="flex flex-wrap items-center gap-2",
            ),
        ),
        when(page.opened == run.id, when(run.active, _stop_form(page))),
        key=run.id.to_string(),
        class_name="rounded-box bg-base-100 border border-base-300 p-4 space-y-3",
    )


def _other(run: Node) -> Node:
    return h.li(
        _facts(run),
        h.button(
            when(run.goes_along, STAY, GO_ALONG),
            h.span(" · ", run.name, class_name="sr-only"),
            type="button",
            on_click=RunsState.go_along(run.id),
            class_name=when(run.goes_along, f"{QUIET} text-error", OUTLINE),
        ),
        key=run.id.to_string(),
        class_name="rounded-box bg-base-100 border border-base-300 p-4 space-y-3",
    )


def _plan(page: Node) -> Node:
    return folded_panel(
        PLAN,
        h.form(
            field(NAME, "name", problem=_problem("name"), max_length=80, auto_complete="off"),
            h.div(
                field(DAY, "day", problem=_problem("day"), type="date"),
                field(CLOSES_AT, "closes_at", problem=_problem("closes_at"), type="datetime-local"),
                class_name="grid sm:grid-cols-2 gap-3 items-start",
            ),
            field(FEE, "fee", problem=_problem("fee"), hint=FEE_HINT, input_mode="numeric", max_length=20),
            h.div(
                field(ORDERS, "orders", problem=_problem("orders"), input_mode="numeric", max_length=7),
                field(KILOGRAMS, "kilograms", problem=_problem("kilograms"), input_mode="numeric", max_length=7),
                class_name="grid grid-cols-2 gap-3 items-start",
            ),
            h.button(PLAN, type="submit", class_name=f"{PRIMARY} w-full"),
            key=page.drawn.to_string(),
            on_submit=RunsState.plan,
            no_validate=True,
            custom_attrs={"data-once": RunsState.answered},
            class_name="space-y-3",
        ),
    )


def runs_content(page: Node) -> Node:
    """Runs of one's own, those of others, and the form of a new one."""
    return seller_frame(
        title_below(BACK, "/seller/delivery", TITLE, under=UNDER),
        h.p(RunsState.notice, role="status", class_name="font-semibold text-success empty:hidden"),
        form_problem(when(page.opened == 0, _problem("form"), "")),
        when(
            filled(page.own),
            h.section(
                heading(OWN),
                h.ul(each(page.own, lambda run: _own(page, run)), class_name="space-y-3"),
                class_name="space-y-2",
            ),
        ),
        when(
            filled(page.others),
            h.section(heading(OTHERS), h.ul(each(page.others, _other), class_name="space-y-3"), class_name="space-y-2"),
            when(filled(page.own), None, empty_state("truck", NONE, NONE_HINT)),
        ),
        _plan(page),
        FirstProblem.create(problems=RunsState.problems),
        active="more",
        narrow=True,
    )
