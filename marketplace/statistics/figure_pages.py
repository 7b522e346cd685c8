"""Entering figures from outside, with source and period, and the list with all that was superseded."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.statistics.state import FiguresState
from marketplace.ui.blocks import badge, empty_state, heading, page_title, panel
from marketplace.ui.forms import PRIMARY, choice, field, form_problem
from marketplace.ui.layout import notice_bar
from marketplace.ui.markup import Node, each, h, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, live_page
from marketplace.ui.staff import only_for_staff, staff_frame

TITLE = Text("Số liệu từ bên ngoài", "Outside figures")
UNDER = Text(
    "Số của cơ quan thống kê, đăng ký kinh doanh và khảo sát. Sửa là ghi số mới thay số cũ; số cũ vẫn giữ lại.",
    "Figures of the statistics office, the business register and surveys. A correction is a new figure that supersedes "
    "the former one, which stays.",
)
ENTER = Text("Nhập số liệu", "Enter a figure")
SERIES = Text("Số liệu", "Figure")
CHOOSE = Text("Chọn trong danh sách…", "Choose from the list…")
SECTOR = Text("Ngành", "Sector")
PERIOD = Text("Kỳ báo cáo", "Period")
VALUE = Text("Giá trị", "Value")
VALUE_HINT = Text(
    "Tiền ghi bằng tỷ đồng, ví dụ 12.345,6. Người và doanh nghiệp ghi số nguyên.",
    "Money in billions of đồng, for example 12,345.6. People and enterprises in whole numbers.",
)
SOURCE = Text("Nguồn và văn bản", "Source and document")
SOURCE_HINT = Text(
    "Ví dụ: Thống kê thành phố, Báo cáo 125/BC-TK ngày 28/12/2025",
    "For example: statistics office, report 125 of 28/12/2025",
)
SAVE = Text("Ghi số liệu", "Save the figure")
LIST = Text("Đã nhập", "Entered")
LATEST = Text("Mới nhập gần đây", "Entered lately")
LATEST_HINT = Text("Chọn một số liệu ở trên để xem cả lịch sử của nó.", "Choose a figure above to see all its history.")
EMPTY = Text("Chưa có số liệu nào từ bên ngoài", "No outside figures yet")
EMPTY_HINT = Text(
    "Chừng nào chưa có mẫu số, chỉ tiêu ghi “chưa có số liệu”.",
    "Without a denominator an indicator says “no figure yet”.",
)
NO_RIGHT = Text(
    "Chỉ cán bộ cấp tỉnh nhập số liệu. Bạn có thể xem.", "Only the province's staff enter figures. You may read them."
)
AUTHOR = Text("Người nhập", "Entered by")
STATE = Text("Tình trạng", "State")
IN_USE = Text("đang dùng", "in use")


def figures_content(page: Node) -> Node:
    """The form, then what was entered."""
    return staff_frame(
        page_title(TITLE, under=UNDER),
        when(page.may_enter, _form(page), h.p(NO_RIGHT, class_name="text-quiet")),
        heading(when(page.chosen_name, h.span(LIST, ": ", page.chosen_name), LATEST)),
        when(page.chosen_name, None, h.p(LATEST_HINT, class_name="text-sm text-quiet")),
        when(page.there, _table(page), empty_state("grid", EMPTY, EMPTY_HINT)),
        active="figures",
        waiting=FiguresState.waiting,
        notice=notice_bar(FiguresState),
    )


def _form(page: Node) -> Node:
    problems = FiguresState.problems
    return panel(
        heading(ENTER),
        form_problem(problems.get("form", "")),
        h.form(
            h.div(
                choice(
                    SERIES,
                    "series",
                    _options(page.series),
                    problem=problems.get("series", ""),
                    on_change=FiguresState.choose_series,
                    default_value="",
                ),
                when(
                    page.by_sector,
                    choice(
                        SECTOR, "sector", _options(page.sectors), problem=problems.get("sector", ""), default_value=""
                    ),
                ),
                choice(PERIOD, "period", _options(page.periods), problem=problems.get("period", ""), default_value=""),
                h.div(
                    field(
                        VALUE,
                        "value",
                        problem=problems.get("value", ""),
                        hint=VALUE_HINT,
                        input_mode="decimal",
                        auto_complete="off",
                        max_length=60,
                    ),
                    h.p(h.span(page.unit, class_name="font-semibold"), " ", page.rule, class_name="text-sm text-quiet"),
                ),
                h.div(
                    field(
                        SOURCE,
                        "source",
                        problem=problems.get("source", ""),
                        hint=SOURCE_HINT,
                        auto_complete="off",
                        max_length=200,
                    ),
                    class_name="md:col-span-2",
                ),
                class_name="grid gap-4 md:grid-cols-2",
            ),
            h.button(SAVE, type="submit", class_name=PRIMARY),
            on_submit=FiguresState.enter_figure,
            key=FiguresState.saved,
            class_name="space-y-4",
        ),
        class_name="space-y-3 max-w-4xl",
    )


def _options(options: Node) -> Node:
    return rx.fragment(
        h.option(CHOOSE, value=""), each(options, lambda option: h.option(option.name, value=option.code))
    )


def _table(page: Node) -> Node:
    # On a phone the cells of a row stand below each other, like a card.
    return h.div(
        h.table(
            h.caption(LIST, class_name="sr-only"),
            h.thead(
                h.tr(
                    h.th(SERIES, scope="col"),
                    h.th(PERIOD, scope="col"),
                    h.th(VALUE, scope="col", class_name="text-right"),
                    h.th(SOURCE, scope="col"),
                    h.th(AUTHOR, scope="col"),
                    h.th(STATE, scope="col"),
                ),
                class_name="text-quiet max-md:sr-only",
            ),
            h.tbody(each(page.figures, _row), class_name="max-md:block"),
            class_name="table table-sm max-md:block",
        ),
        tab_index=0,
        role="region",
        aria_label=LIST,
        class_name="rounded-box bg-base-100 border border-base-300 overflow-x-auto",
    )


def _row(figure: Node) -> Node:
    cell = "max-md:p-0 max-md:border-0"
    value = f"{cell} num text-right whitespace-nowrap max-md:ml-auto max-md:font-semibold"
    return h.tr(
        h.th(
            figure.name,
            when(figure.sector, h.p(figure.sector, class_name="text-quiet")),
            scope="row",
            class_name=f"{cell} font-normal max-md:basis-full",
        ),
        h.td(figure.period_text, class_name=f"{cell} num whitespace-nowrap"),
        h.td(figure.value_text, class_name=when(figure.standing, value, f"{value} line-through")),
        h.td(figure.source, class_name=f"{cell} max-md:basis-full max-md:text-quiet"),
        h.td(
            figure.entered_by,
            h.p(figure.entered_text, class_name="num text-quiet whitespace-nowrap"),
            class_name=cell,
        ),
        h.td(
            when(
                figure.standing, badge(IN_USE, "success"), h.span(figure.superseded_text, class_name="num text-quiet")
            ),
            class_name=f"{cell} whitespace-nowrap max-md:ml-auto",
        ),
        key=figure.id,
        class_name="max-md:flex max-md:flex-wrap max-md:gap-x-3 max-md:gap-y-1 max-md:p-3 max-md:border-b max-md:border-base-300",
    )


def _page() -> rx.Component:
    return live_page(FiguresState, lambda page: only_for_staff(FiguresState, figures_content(page), "/staff/figures"))


FIGURES_PAGE = Page("/staff/figures", _page, FiguresState.load, TITLE, first_view=BARE_FIRST_VIEW)
