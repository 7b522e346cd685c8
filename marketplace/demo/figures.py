"""Figures from outside the platform, invented and marked so, that the indicators have something to divide by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from marketplace.base.clock import local_date
from marketplace.demo.rows import Writer
from marketplace.statistics.models import OutsideFigure
from marketplace.statistics.rules.reference import SECTORS

SOURCE = "Số liệu minh hoạ, không phải số liệu thật"
BILLION = 10**9

YEARLY = {
    "ecommerce_sales": 17_900 * BILLION,
    "retail_sales": 196_400 * BILLION,
    "enterprises": 17_850,
    "smes": 17_320,
    "digital_value_added": 38_600 * BILLION,
    "grdp": 281_700 * BILLION,
    "digital_workforce": 41_200,
    "workforce": 1_735_000,
}
"""Values of the last full year; earlier ones are smaller."""
SUMMED = ("ecommerce_sales", "retail_sales", "digital_value_added", "grdp")
"""Series that are published by quarter too."""
SHARES_OF_GRDP = (24, 20, 6, 15, 6, 7, 4, 5, 4, 4, 5)
"""What each sector adds, in percent, in the order of the reference list."""
DIGITAL_SHARES = (4, 9, 5, 19, 13, 16, 78, 34, 15, 12, 10)
"""What part of it is digital, in percent."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one period."""

    series: str
    sector: str
    first: date
    last: date
    value: int


def figures(day: date) -> Iterator[Figure]:
    """Three full years before `day`, and the full quarters since for what is summed."""
    for back in (3, 2, 1):
        year = day.year - back
        period = (date(year, 1, 1), date(year, 12, 31))
        percent = 100 - 9 * (back - 1)
        for series, value in YEARLY.items():
            yield Figure(series, "", *period, value * percent // 100)
        for sector, part, digital in zip(SECTORS, SHARES_OF_GRDP, DIGITAL_SHARES, strict=True):
            added = YEARLY["grdp"] * part * percent // 10_000
            yield Figure("sector_value_added", sector, *period, added)
            yield Figure("sector_digital_value_added", sector, *period, added * digital // 100)
    for quarter in range((day.month - 1) // 3):
        first = date(day.year, 3 * quarter + 1, 1)
        last = date(day.year, 3 * quarter + 4, 1) - timedelta(days=1)
        for series in SUMMED:
            yield Figure(series, "", first, last, YEARLY[series] * (106 + 2 * quarter) // 400)


def write_figures(session: Session, writer: Writer, account_id: int, now: datetime) -> None:
    """Enter the invented figures under the name of the province's demo staff, where nobody entered one before."""
    entered = session.exec(select(OutsideFigure)).all()
    known = {(row.series, row.sector, row.period_from, row.period_to) for row in entered}
    for number, figure in enumerate(figures(local_date(now))):
        if (figure.series, figure.sector, figure.first, figure.last) in known:
            continue
        writer.add(
            OutsideFigure,
            series=figure.series,
            sector=figure.sector,
            period_from=figure.first,
            period_to=figure.last,
            value=figure.value,
            source=SOURCE,
            entered_by=account_id,
            entered_at=now - timedelta(days=30) + timedelta(minutes=number),
            supersedes_id=None,
        )
