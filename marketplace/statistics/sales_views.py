"""What a seller's report shows, and what its workbook is written from."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.statistics.views import NO_CHART
from marketplace.ui.chart_shapes import Chart


@dataclass(frozen=True, slots=True)
class ReportRow:
    """Goods or a commune: orders it is in, and đồng its goods came to."""

    name: str = ""
    detail: str = ""
    orders: int = 0
    orders_text: str = ""
    value: int = 0
    value_text: str = ""
    share: int = 0
    """Of the largest row, in hundredths, for its bar."""


@dataclass(frozen=True, slots=True)
class SliceRow:
    """A day, a week or a month."""

    label: str = ""
    orders: int = 0
    value: int = 0


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """A sum of the whole span, beside that of as many days before."""

    label: str = ""
    text: str = ""
    before_text: str = ""


@dataclass(frozen=True, slots=True)
class SpanChoice:
    """A usual span as a link."""

    label: str = ""
    href: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SalesReport:
    """What a shop sold in a span of days. Rows are the largest ones on a page and all of them in a workbook."""

    store_name: str = ""
    since: str = ""
    until: str = ""
    span_text: str = ""
    choices: tuple[SpanChoice, ...] = ()
    figures: tuple[ReportFigure, ...] = ()
    sold: bool = False
    chart: Chart = NO_CHART
    slices: tuple[SliceRow, ...] = ()
    products: tuple[ReportRow, ...] = ()
    products_left: str = ""
    communes: tuple[ReportRow, ...] = ()
    communes_left: str = ""
    workbook_href: str = ""
