"""A seller's report: sums beside those before, goods over time, by product and by where buyers are."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.statistics.sales_state import SalesState
from marketplace.ui.blocks import empty_state, panel
from marketplace.ui.charts import bars
from marketplace.ui.forms import OUTLINE, field
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, live_page
from marketplace.ui.seller import TAB, TODAY, seller_frame, title_below

TITLE = Text("Báo cáo bán hàng", "Sales report")
SPANS = Text("Khoảng thời gian", "Span of time")
FROM = Text("Từ ngày", "From")
TO = Text("Đến ngày", "To")
SHOW = Text("Xem", "Show")
DOWNLOAD = Text("Tải tệp Excel", "Download as Excel file")
OVER_TIME = Text("Tiền hàng theo thời gian", "Goods over time")
PRODUCTS = Text("Bán chạy nhất", "What sells most")
COMMUNES = Text("Khách ở đâu", "Where buyers are")
ORDERS = Text("đơn", "orders")
NOTHING = Text("Chưa có đơn nào trong khoảng này", "No orders in this span")
NOTHING_HINT = Text(
    "Chọn khoảng dài hơn, hoặc xem những đơn đang chờ bạn nhận.",
    "Choose a longer span, or look at the orders that wait for you.",
)
NOT_YOURS = Text("Báo cáo dành cho chủ gian hàng", "Reports are for the shop's owner")
NOT_YOURS_HINT = Text(
    "Nhờ chủ gian hàng cho bạn quyền xem tiền hàng.", "Ask the owner of the shop to let you see its money."
)
COUNTED = Text(
    "Đơn tính vào ngày bạn nhận, trừ đơn đã huỷ; tiền hàng chưa gồm phí giao.",
    "Orders count on the day you accepted them, without canceled ones; goods without delivery fees.",
)
NO_SALES = Text("Chưa bán được gì.", "Nothing sold yet.")


def _span(page: Node) -> Node:
    return h.div(
        h.nav(
            each(
                page.choices,
                lambda one: h.a(
                    one.label,
                    href=one.href,
                    aria_current=when(one.chosen, "page", "false"),
                    class_name=when(
                        one.chosen,
                        f"{TAB} border-primary bg-primary text-primary-content",
                        f"{TAB} border-base-300 bg-base-100",
                    ),
                ),
            ),
            aria_label=SPANS,
            class_name="flex gap-2 overflow-x-auto -mx-4 px-4 pb-1 [scrollbar-width:none]",
        ),
        h.form(
            field(FROM, "from", type="date", default_value=page.since, key=f"from-{page.since}", required=True),
            field(
                TO,
                "to",
                type="date",
                default_value=page.until,
                key=f"to-{page.until}",
                required=True,
                problem=SalesState.problems.get("until", ""),
            ),
            h.button(SHOW, type="submit", class_name=f"{OUTLINE} col-span-2 sm:mt-6"),
            action="/seller/reports",
            method="get",
            class_name="grid grid-cols-2 sm:flex items-start gap-3",
        ),
        class_name="space-y-3",
    )


def _figure(one: Node) -> Node:
    return h.li(
        h.p(one.label, class_name="text-sm text-quiet"),
        h.p(one.text, class_name="num text-xl font-semibold"),
        h.p(one.before_text, class_name="num text-xs text-quiet"),
        class_name="rounded-box bg-base-100 border border-base-300 p-3",
    )


def _row(row: Node) -> Node:
    return h.li(
        h.div(
            h.span(row.name, class_name="min-w-0 flex-1"),
            h.span(row.value_text, class_name="num font-semibold whitespace-nowrap"),
            class_name="flex gap-3 justify-between",
        ),
        h.div(
            h.span(when(row.detail, h.span(row.detail, " · ")), row.orders_text, " ", ORDERS, class_name="num"),
            class_name="text-xs text-quiet",
        ),
        h.progress(
            value=row.share.to_string(), max="100", aria_hidden="true", class_name="progress progress-primary h-1"
        ),
        class_name="space-y-1",
    )


def _list(title: Text, rows: Node, left: Node) -> Node:
    return panel(
        h.h2(title, class_name="font-semibold"),
        h.ol(each(rows, _row), class_name="space-y-3 text-sm"),
        when(left, h.p(left, class_name="text-sm text-quiet")),
        class_name="space-y-3",
    )


def _sold(page: Node) -> Node:
    return h.div(
        h.ul(each(page.figures, _figure), class_name="grid grid-cols-2 lg:grid-cols-5 gap-3"),
        panel(
            h.h2(OVER_TIME, class_name="font-semibold"),
            bars(page.chart, NO_SALES),
            h.p(COUNTED, class_name="text-sm text-quiet"),
            class_name="space-y-3",
        ),
        h.div(
            _list(PRODUCTS, page.products, page.products_left),
            when(filled(page.communes), _list(COMMUNES, page.communes, page.communes_left)),
            class_name="grid gap-4 lg:grid-cols-2 items-start",
        ),
        # No page of the app, so that the browser keeps it instead of opening it here.
        h.a(icon("download"), DOWNLOAD, href=page.workbook_href, download="", class_name=f"{OUTLINE} w-full sm:w-fit"),
        class_name="space-y-4",
    )


def report_content(page: Node) -> Node:
    """The report, or why there is none."""
    return seller_frame(
        title_below(TODAY, "/seller", TITLE, under=page.store_name),
        when(
            SalesState.allowed,
            h.div(
                _span(page),
                when(page.sold, _sold(page), empty_state("chart", NOTHING, NOTHING_HINT)),
                class_name="space-y-4",
            ),
            empty_state("chart", NOT_YOURS, NOT_YOURS_HINT, alone=True),
        ),
        active="today",
    )


REPORT_PAGE = Page(
    "/seller/reports",
    lambda: live_page(SalesState, report_content),
    SalesState.load,
    TITLE,
    first_view=BARE_FIRST_VIEW,
)
