"""A seller's report as a workbook (XLSX): whole numbers of đồng in cells, so that a spreadsheet can go on with them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from marketplace.base.spreadsheets import TEXT_STAYS_TEXT
from marketplace.base.text import Locale, Text
from marketplace.statistics.sales_views import ReportRow, SalesReport

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUMMARY = Text("Tóm tắt", "Summary")
OVER_TIME = Text("Theo thời gian", "Over time")
PRODUCTS = Text("Theo sản phẩm", "By product")
COMMUNES = Text("Theo nơi nhận", "By commune")
PERIOD = Text("Kỳ", "Period")
SHOP = Text("Gian hàng", "Shop")
PRODUCT = Text("Sản phẩm", "Product")
COMMUNE = Text("Xã, phường của người mua", "The buyer's commune")
QUANTITY = Text("Số lượng", "Quantity")
ORDERS = Text("Số đơn", "Orders")
GOODS = Text("Tiền hàng (đồng)", "Goods (đồng)")
FIGURE = Text("Số liệu", "Figure")
VALUE = Text("Giá trị", "Value")
COUNTED = Text(
    "Đơn tính vào ngày gian hàng nhận đơn, trừ đơn đã huỷ; tiền hàng chưa gồm phí giao.",
    "Orders count on the day the shop accepted them, without canceled ones; goods without delivery fees.",
)
Cell = str | int


def write(report: SalesReport, locale: Locale) -> bytes:
    """The report in four sheets."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {**TEXT_STAYS_TEXT, "in_memory": True}) as book:
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        money = book.add_format({"num_format": "#,##0"})

        def sheet(name: Text, columns: Sequence[tuple[Text, int]], rows: Iterable[Sequence[Cell]]) -> None:
            _fill(book.add_worksheet(name.say(locale)), columns, rows, locale, heading, money)

        sheet(
            SUMMARY,
            ((FIGURE, 30), (VALUE, 40)),
            [
                (SHOP.say(locale), report.store_name),
                (PERIOD.say(locale), report.span_text),
                *((figure.label, figure.text) for figure in report.figures),
                ("", COUNTED.say(locale)),
            ],
        )
        sheet(
            OVER_TIME,
            ((PERIOD, 26), (ORDERS, 10), (GOODS, 18)),
            ((row.label, row.orders, row.value) for row in report.slices),
        )
        sheet(
            PRODUCTS,
            ((PRODUCT, 48), (QUANTITY, 16), (ORDERS, 10), (GOODS, 18)),
            ((row.name, row.detail, row.orders, row.value) for row in report.products),
        )
        sheet(COMMUNES, ((COMMUNE, 36), (ORDERS, 10), (GOODS, 18)), _named(report.communes))
    return data.getvalue()


def _named(rows: Iterable[ReportRow]) -> Iterable[Sequence[Cell]]:
    return ((row.name, row.orders, row.value) for row in rows)


def _fill(
    sheet: Worksheet,
    columns: Sequence[tuple[Text, int]],
    rows: Iterable[Sequence[Cell]],
    locale: Locale,
    heading: Format,
    money: Format,
) -> None:
    for place, (title, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title.say(locale), heading)
    sheet.freeze_panes(1, 0)
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, place, cell)
            else:
                sheet.write_number(line, place, cell, money)
