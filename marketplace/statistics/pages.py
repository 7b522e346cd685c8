"""The public page of statistics and the staff's overview."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.statistics.figure_pages import FIGURES_PAGE
from marketplace.statistics.parts import CARD, NOTHING_SOLD, indicator_card, series_card
from marketplace.statistics.review_pages import REVIEW_PAGE
from marketplace.statistics.sales_pages import REPORT_PAGE
from marketplace.statistics.seller_pages import APPLICATIONS_PAGE
from marketplace.statistics.state import IndicatorsState, StatisticsState
from marketplace.ui.blocks import empty_state, heading, page_title
from marketplace.ui.charts import bars, newest
from marketplace.ui.forms import form_problem
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import FirstView, Node, each, h, is_live, say, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, live_page
from marketplace.ui.staff import only_for_staff, staff_frame

TITLE = Text("Số liệu của tỉnh", "The province in figures")
UNDER = Text(
    "Sáu chỉ tiêu kinh tế số và những gì Chợ Quê tự đếm được. Số từ bên ngoài và số của Chợ Quê đứng cạnh nhau, không trộn.",
    "Six indicators of the digital economy, and what Chợ Quê itself can count. Figures from outside and figures of "
    "Chợ Quê stand side by side and are never mixed.",
)
INDICATORS = Text("Chỉ tiêu năm {year}", "Indicators of {year}")
YEARS = Text("Năm", "Years")
COUNTED_HERE = Text("Chợ Quê đếm được", "What Chợ Quê counts")
HOW_PUBLIC = Text(
    "Chỉ những tháng đã hết. Số do ít hơn 3 gian hàng tạo ra được ẩn, để không ai đọc được doanh thu của một người.",
    "Whole months only. Figures made by fewer than 3 shops are hidden, so that nobody's turnover can be read.",
)
NONE = Text("Chưa có chỉ tiêu nào", "No indicators yet")
NONE_HINT = Text(
    "Người vận hành cần chạy lệnh migrate để nạp bộ chỉ tiêu.",
    "The operator has to run migrate to load the indicators.",
)
STAFF_TITLE = Text("Chỉ tiêu kinh tế số", "Indicators of the digital economy")
TODAY = Text("Hôm nay {day}", "Today, {day}")
LIVE_AT = Text("Tự cập nhật · {at}", "Updates itself · {at}")
YESTERDAY = Text("hôm qua {value}", "yesterday {value}")
YEAR = Text("Năm", "Year")
MONTH = Text("Tháng", "Month")
BY_COMMUNE = Text("Theo xã, phường", "By commune")
COMMUNE = Text("Nơi bán", "Sold from")
ACTIVE_SHOPS = Text("Gian hàng", "Active shops")
SOLD = Text("Giá trị bán xong", "Value sold")
CHANGE = Text("So tháng trước", "Against the month before")
ORDERED = Text("Đơn đã đặt", "Orders")
SUMMED = Text(
    "Nơi có ít hơn 3 gian hàng bán được chỉ hiện trong số gộp, để không ai đọc được doanh thu của một người:",
    "Communes where fewer than 3 shops sold appear only in the sum, so that nobody's turnover can be read:",
)
SO_FAR = Text(", đến lúc này", ", so far")
NO_COMMUNE = Text("Tháng này chưa xã, phường nào có đơn.", "No commune has orders this month yet.")

GRID = "grid gap-4 sm:grid-cols-2 xl:grid-cols-3"


def statistics_content(page: Node) -> Node:
    """What everybody may read."""
    return shop_frame(
        page_title(TITLE, under=UNDER),
        h.nav(
            h.span(YEARS, ": ", class_name="text-sm text-quiet"),
            each(page.years, _year_link),
            aria_label=YEARS,
            class_name="flex flex-wrap items-center gap-2",
        ),
        heading(say(INDICATORS, year=page.year)),
        when(
            page.there,
            h.div(each(page.indicators, indicator_card), class_name=GRID),
            empty_state("chart", NONE, NONE_HINT),
        ),
        heading(COUNTED_HERE),
        h.p(HOW_PUBLIC, class_name="text-sm text-quiet"),
        h.div(each(page.series, series_card), class_name=GRID),
        basket_count=StatisticsState.basket_count if is_live() else None,
    )


def _year_link(year: Node) -> Node:
    return h.a(
        year.year,
        href=year.href,
        class_name=when(year.here, "btn btn-sm min-h-11 btn-primary num", "btn btn-sm min-h-11 btn-ghost num"),
        custom_attrs={"aria-current": when(year.here, "page", "false")},
    )


STATISTICS_VIEW = FirstView(statistics_content)


def indicators_content(page: Node) -> Node:
    """Today, the indicators beside their targets, and the communes."""
    return staff_frame(
        page_title(
            STAFF_TITLE,
            _choice(YEAR, "year", page.year, page.years, IndicatorsState.choose_year),
        ),
        form_problem(IndicatorsState.problem),
        h.section(
            heading(
                say(TODAY, day=page.today.day_text),
                h.p(say(LIVE_AT, at=page.today.at_text), class_name="text-sm text-quiet num"),
            ),
            h.div(each(page.today.figures, _today_figure), class_name="grid grid-cols-2 lg:grid-cols-3 gap-3"),
            class_name="space-y-3",
        ),
        h.section(
            heading(say(INDICATORS, year=page.year)),
            when(
                page.there,
                h.div(each(page.indicators, indicator_card), class_name=GRID),
                empty_state("chart", NONE, NONE_HINT),
            ),
            class_name="space-y-3",
        ),
        h.div(
            _trend(page.today.orders),
            _trend(page.today.value),
            class_name="grid gap-4 sm:grid-cols-2",
        ),
        _communes(page),
        active="indicators",
        waiting=IndicatorsState.waiting,
    )


def _choice(label: Text, name: str, chosen: Node, options: Node, on_change: object) -> Node:
    return h.label(
        h.span(label, class_name="text-sm"),
        h.select(
            each(options, lambda option: h.option(option.name, value=option.code)),
            name=name,
            value=chosen.to_string() if name == "year" else chosen,
            on_change=on_change,
            class_name="select h-11 w-40",
        ),
        class_name="flex items-center gap-2",
    )


def _today_figure(figure: Node) -> Node:
    return h.article(
        h.h3(figure.name, class_name="text-sm"),
        h.p(figure.value_text, class_name="num text-lg sm:text-2xl font-semibold break-words"),
        h.p(say(YESTERDAY, value=figure.yesterday_text), class_name="num text-sm text-quiet"),
        h.p(figure.rule, class_name="text-xs text-quiet"),
        class_name=CARD,
    )


def _trend(chart: Node) -> Node:
    return h.article(
        h.h3(chart.label, class_name="font-semibold"),
        newest(chart, SO_FAR),
        bars(chart, NOTHING_SOLD),
        class_name=CARD,
    )


_PLACE = "max-md:px-2 max-md:min-w-28 max-md:sticky max-md:left-0 bg-base-100"
"""Names stay in view while a phone's reader moves along a row."""


def _communes(page: Node) -> Node:
    number = "text-right max-md:px-2 max-md:align-bottom"
    return h.section(
        heading(BY_COMMUNE, _choice(MONTH, "month", page.month, page.months, IndicatorsState.choose_month)),
        h.div(
            h.table(
                h.caption(BY_COMMUNE, ", ", page.communes.period_text, class_name="sr-only"),
                h.thead(
                    h.tr(
                        h.th(COMMUNE, scope="col", class_name=f"{_PLACE} max-md:align-bottom"),
                        h.th(ACTIVE_SHOPS, scope="col", class_name=number),
                        h.th(SOLD, scope="col", class_name=number),
                        h.th(CHANGE, scope="col", class_name=number),
                        h.th(ORDERED, scope="col", class_name=number),
                    ),
                    class_name="text-quiet",
                ),
                h.tbody(
                    each(page.communes.rows, _commune_row),
                    when(page.communes.rest_names, _commune_row(page.communes.rest)),
                    h.tr(
                        h.th(page.communes.total.name, scope="row", class_name=f"{_PLACE} font-semibold"),
                        *_commune_cells(page.communes.total),
                        class_name="font-semibold border-t-2 border-base-300",
                    ),
                ),
                class_name="table table-sm",
            ),
            tab_index=0,
            role="region",
            aria_label=BY_COMMUNE,
            class_name="rounded-box bg-base-100 border border-base-300 overflow-x-auto",
        ),
        when(page.communes.there, None, h.p(NO_COMMUNE, class_name="text-sm")),
        when(
            page.communes.rest_names,
            h.p(SUMMED, " ", page.communes.rest_names, ".", class_name="text-sm text-quiet"),
        ),
        class_name="space-y-3",
    )


def _commune_row(row: Node) -> Node:
    return h.tr(h.th(row.name, scope="row", class_name=f"{_PLACE} font-normal"), *_commune_cells(row))


def _commune_cells(row: Node) -> list[Node]:
    texts = (row.sellers_text, row.value_text, row.change_text, row.orders_text)
    return [h.td(text, class_name="num text-right whitespace-nowrap max-md:px-2") for text in texts]


def _statistics() -> rx.Component:
    return live_page(StatisticsState, statistics_content)


def _indicators() -> rx.Component:
    return live_page(IndicatorsState, lambda page: only_for_staff(IndicatorsState, indicators_content(page), "/staff"))


PAGES: tuple[Page, ...] = (
    Page("/statistics", _statistics, StatisticsState.load, TITLE, own_first_view=True),
    Page("/staff", _indicators, IndicatorsState.load, STAFF_TITLE, first_view=BARE_FIRST_VIEW),
    APPLICATIONS_PAGE,
    REVIEW_PAGE,
    FIGURES_PAGE,
    REPORT_PAGE,
)
