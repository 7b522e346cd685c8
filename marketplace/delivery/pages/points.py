"""Pickup points with their windows, and the form of a new one."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.delivery.rules import WEEKDAYS
from marketplace.delivery.state import DeliveryState
from marketplace.places.choosing import commune_input
from marketplace.ui.blocks import panel, panel_title
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, field, form_problem
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, h, say, when
from marketplace.ui.page import FirstProblem

POINTS = Text("Điểm lấy hàng", "Pickup points")
POINTS_HINT = Text(
    "Nơi khách đến lấy, ví dụ sạp chợ hay nhà văn hoá. Khách chọn giờ lấy; đủ số đơn thì giờ đó tự ẩn.",
    "Where shoppers fetch their goods, such as a market stall. They choose a time; a full one hides by itself.",
)
ADD_POINT = Text("Thêm điểm lấy hàng", "Add a pickup point")
NAME = Text("Tên điểm", "Name")
STREET = Text("Số nhà, đường, ấp", "House number, street, hamlet")
SAVE = Text("Lưu điểm lấy hàng", "Save this point")
CANCEL = Text("Thôi", "Cancel")
ON, OFF = Text("Đang mở", "Open"), Text("Đang đóng", "Closed")
ADD_WINDOW = Text("Thêm giờ lấy", "Add a time")
WEEKDAY, OPENS, CLOSES = Text("Thứ", "Day"), Text("Từ", "From"), Text("Đến", "To")
CAPACITY = Text("Số đơn", "Orders")
REMOVE = Text("Bỏ giờ {time}", "Remove {time}")
NO_WINDOW = Text(
    "Chưa có giờ nào nên khách chưa chọn được điểm này.", "Without a time nobody can choose this point yet."
)
DAY_NAMES = tuple(Text(day.vi[0].upper() + day.vi[1:], day.en) for day in WEEKDAYS)


def _problem(name: str) -> Node:
    return DeliveryState.problems.get(name, "")


def _window(window: Node) -> Node:
    return h.li(
        h.span(
            h.span(window.text, class_name="block first-letter:uppercase"),
            h.span(window.capacity_text, class_name="block text-xs text-quiet"),
        ),
        h.button(
            icon("trash"),
            h.span(say(REMOVE, time=window.text), class_name="sr-only"),
            type="button",
            on_click=DeliveryState.remove_window(window.id),
            class_name="btn btn-ghost size-11 min-h-11 p-0 rounded-full text-error",
        ),
        key=window.id.to_string(),
        class_name="flex items-center justify-between gap-3 text-sm",
    )


def _small(label: Text, name: str, control: Node) -> Node:
    return h.label(
        h.span(label, class_name="block text-xs text-quiet"),
        control,
        class_name="block min-w-0",
        custom_attrs={"data-of": name},
    )


def _window_form(page: Node, point: Node) -> Node:
    def entry(name: str, kind: str, **properties: Node) -> Node:
        return h.input(name=name, type=kind, class_name="input h-11 w-full min-w-0 px-2 text-base num", **properties)

    return h.form(
        h.input(type="hidden", name="point_id", value=point.id.to_string()),
        h.div(
            _small(
                WEEKDAY,
                "weekday",
                h.select(
                    *(h.option(day, value=str(number)) for number, day in enumerate(DAY_NAMES)),
                    name="weekday",
                    class_name="select h-11 w-full text-base",
                ),
            ),
            _small(CAPACITY, "capacity", entry("capacity", "text", input_mode="numeric", max_length=4)),
            _small(OPENS, "opens", entry("opens", "time")),
            _small(CLOSES, "closes", entry("closes", "time")),
            class_name="grid grid-cols-2 sm:grid-cols-4 gap-2",
        ),
        h.button(icon("plus"), ADD_WINDOW, type="submit", class_name=f"{OUTLINE} w-full"),
        key=page.drawn.to_string(),
        on_submit=DeliveryState.add_window,
        no_validate=True,
        custom_attrs={"data-once": DeliveryState.answered},
        class_name="space-y-2 pt-2",
    )


def _point(page: Node, point: Node) -> Node:
    return h.li(
        h.div(
            h.h3(point.name, class_name="font-semibold"),
            h.label(
                h.input(
                    type="checkbox",
                    checked=point.active,
                    on_change=lambda _: DeliveryState.turn_point(point.id),
                    aria_label=point.name,
                    class_name="checkbox checkbox-primary",
                ),
                h.span(when(point.active, ON, OFF), class_name="text-sm"),
                class_name="flex items-center gap-2 min-h-11 cursor-pointer",
            ),
            class_name="flex items-center justify-between gap-3",
        ),
        h.p(point.address, class_name="text-sm text-quiet"),
        when(
            point.open,
            h.ul(each(point.windows, _window), class_name="divide-y divide-base-300"),
            h.p(NO_WINDOW, class_name="text-sm text-urgent pt-1"),
        ),
        _window_form(page, point),
        key=point.id.to_string(),
        class_name="py-4",
    )


def point_list(page: Node) -> Node:
    """All points of the shop with their windows."""
    wrong = _problem("opens")
    for name in ("capacity", "weekday"):
        wrong = when(wrong != "", wrong, _problem(name))
    return panel(
        panel_title(POINTS, "pin"),
        h.p(POINTS_HINT, class_name="text-sm text-quiet"),
        form_problem(wrong),
        h.ul(
            each(page.own.points, lambda point: _point(page, point)), class_name="divide-y divide-base-300 empty:hidden"
        ),
        h.button(
            icon("plus"), ADD_POINT, type="button", on_click=DeliveryState.open_point, class_name=f"{OUTLINE} w-full"
        ),
        class_name="space-y-2",
    )


def point_form(page: Node) -> Node:
    """The form of a new point."""
    return h.form(
        panel(
            panel_title(ADD_POINT, "pin"),
            field(NAME, "name", problem=_problem("name"), max_length=80, auto_complete="off"),
            commune_input(DeliveryState, _problem("commune")),
            field(STREET, "street", problem=_problem("street"), max_length=200, auto_complete="off"),
            form_problem(_problem("form")),
            h.div(
                h.button(SAVE, type="submit", class_name=f"{PRIMARY} flex-1"),
                h.button(CANCEL, type="button", on_click=DeliveryState.close_form, class_name=QUIET),
                class_name="flex gap-3",
            ),
            class_name="space-y-3",
        ),
        FirstProblem.create(problems=DeliveryState.problems),
        key=page.drawn.to_string(),
        on_submit=DeliveryState.add_point,
        no_validate=True,
        custom_attrs={"data-once": DeliveryState.answered},
    )
