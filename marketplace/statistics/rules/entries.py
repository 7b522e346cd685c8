"""Reading the figures staff type: whole counts, or money in billions of đồng as the statistics office prints it."""

from __future__ import annotations

import re

from marketplace.base.errors import DomainError
from marketplace.base.text import Text
from marketplace.statistics.rules.choices import Measure
from marketplace.statistics.rules.reference import OUTSIDE_SERIES, SECTORS, Series
from marketplace.statistics.rules.shares import show_number

BILLION_DIGITS = 9
LARGEST = 10**17
"""A hundred million billion đồng; nothing in the country comes near."""

BILLION_DONG = Text("tỷ đồng", "billion đồng")


class SeriesUnknown(DomainError):
    """Not a series that staff enter."""

    code = "series_unknown"
    message = Text("Hãy chọn số liệu trong danh sách.", "Choose what the figure is from the list.")


class SectorUnknown(DomainError):
    """The series is kept by sector and the sector is missing or unknown."""

    code = "sector_unknown"
    message = Text("Số này tính theo ngành. Hãy chọn ngành.", "This figure is kept by sector. Choose the sector.")


class FigureUnreadable(DomainError):
    """What was typed is not a figure."""

    code = "figure_unreadable"
    message = Text(
        "Con số chưa đúng. Viết như 12.345,6: dấu chấm chia hàng nghìn, dấu phẩy trước phần thập phân.",
        "That is not a figure. Write it like 12,345.6: commas between thousands, a point before decimals.",
    )


class FigureNotWhole(DomainError):
    """People and enterprises are counted in whole numbers."""

    code = "figure_not_whole"
    message = Text("Số này phải là số nguyên.", "This has to be a whole number.")


class FigureTooLarge(DomainError):
    """Larger than anything a province could report."""

    code = "figure_too_large"
    message = Text("Con số quá lớn. Hãy xem lại đơn vị tính.", "The figure is too large. Check the unit.")


class FigureUnchanged(DomainError):
    """The same figure of the same source stands already."""

    code = "figure_unchanged"
    status = 409
    message = Text(
        "Con số này đã có, cùng kỳ và cùng nguồn.", "This figure is already there, of the same period and source."
    )


def outside_series(code: str) -> Series:
    """A series staff enter; raises SeriesUnknown."""
    series = OUTSIDE_SERIES.get(code)
    if series is None:
        raise SeriesUnknown(field="series")
    return series


def check_sector(series: Series, sector: str) -> str:
    """The sector of a figure, empty where the series has none; raises SectorUnknown."""
    if not series.by_sector:
        return ""
    if sector not in SECTORS:
        raise SectorUnknown(field="sector")
    return sector


def read_figure(typed: str, measure: Measure, locale: str) -> int:
    """`12.345,6` as people write it in their language: đồng from billions, or a whole count.

    Raises FigureUnreadable, FigureNotWhole or FigureTooLarge.
    """
    grouping, mark = (",", ".") if locale == "en" else (".", ",")
    compact = re.sub(r"[\s\u00a0]", "", typed)
    pattern = (
        rf"([0-9]{{1,3}}(?:{re.escape(grouping)}[0-9]{{3}})+|[0-9]+)(?:{re.escape(mark)}([0-9]{{1,{BILLION_DIGITS}}}))?"
    )
    match = re.fullmatch(pattern, compact, re.ASCII)
    if match is None or len(compact) > 30:
        raise FigureUnreadable(field="value")
    whole, part = int(match[1].replace(grouping, "")), match[2] or ""
    if measure is not Measure.DONG and part.strip("0"):
        raise FigureNotWhole(field="value")
    figure = int(f"{whole}{part.ljust(BILLION_DIGITS, '0')}") if measure is Measure.DONG else whole
    if figure > LARGEST:
        raise FigureTooLarge(field="value")
    return figure


def show_billions(dong: int, locale: str) -> str:
    """`12.345,6` billions of đồng, exactly."""
    whole, part = divmod(dong, 10**BILLION_DIGITS)
    decimals = f"{part:0{BILLION_DIGITS}d}".rstrip("0")
    mark = "." if locale == "en" else ","
    return show_number(whole, locale) + (mark + decimals if decimals else "")


def show_figure(value: int, measure: Measure, unit: Text, locale: str) -> str:
    """A figure with its unit: `12.345,6 tỷ đồng`, `8.120 doanh nghiệp`."""
    if measure is Measure.DONG:
        return f"{show_billions(value, locale)} {BILLION_DONG.say(locale)}"
    return f"{show_number(value, locale)} {unit.say(locale)}"
