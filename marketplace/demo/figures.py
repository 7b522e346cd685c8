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
SCALED_SOURCE = "Số liệu minh hoạ, thu nhỏ cho vừa bản dùng thử, không phải số liệu thật"
BILLION = 10**9

SUMMED = {
    "ecommerce_sales": (17_900 * BILLION, 24, 12),
    "retail_sales": (196_400 * BILLION, 9, 2),
    "digital_value_added": (38_600 * BILLION, 18, 8),
    "grdp": (281_700 * BILLION, 9, 2),
}
"""Values of the last full year; by how many percent less the year before had, and by how much each quarter since grew."""
COUNTED = {"digital_workforce": (41_200, 14), "workforce": (1_735_000, 1)}
"""People at the end of the last full year, and by how many percent fewer they were each year before."""
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


def figures(day: date, enterprises: int, smes: int) -> Iterator[Figure]:
    """Three full years before `day`, and the quarters or the half year since, of what is published by then.

    The sectors wait for the full year, so that a missing figure can be seen too.
    """
    for back in (3, 2, 1):
        year = day.year - back
        period = (date(year, 1, 1), date(year, 12, 31))
        for series, (value, lag, _) in SUMMED.items():
            yield Figure(series, "", *period, value * (100 - lag * (back - 1)) // 100)
        for series, (people, lag) in COUNTED.items():
            yield Figure(series, "", *_half(year), people * (200 - lag * (2 * back - 1)) // 200)
            yield Figure(series, "", *period, people * (100 - lag * (back - 1)) // 100)
        yield Figure("enterprises", "", *period, enterprises)
        yield Figure("smes", "", *period, smes)
        grdp, lag, _ = SUMMED["grdp"]
        for sector, part, digital in zip(SECTORS, SHARES_OF_GRDP, DIGITAL_SHARES, strict=True):
            added = grdp * part * (100 - lag * (back - 1)) // 10_000
            yield Figure("sector_value_added", sector, *period, added)
            yield Figure("sector_digital_value_added", sector, *period, added * (digital + 1 - back) // 100)
    if day.month > 6:
        for series, (people, lag) in COUNTED.items():
            yield Figure(series, "", *_half(day.year), people * (200 + lag) // 200)
    for quarter in range((day.month - 1) // 3):
        first = date(day.year, 3 * quarter + 1, 1)
        last = date(day.year, 3 * quarter + 4, 1) - timedelta(days=1)
        for series, (value, _, growth) in SUMMED.items():
            yield Figure(series, "", first, last, value * (104 + growth * (quarter + 1)) // 400)


def _half(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 6, 30)


def write_figures(
    session: Session, writer: Writer, account_id: int, now: datetime, *, enterprises: int, smes: int
) -> None:
    """Enter the invented figures under the name of the province's demo staff, where nobody entered one before.

    `enterprises` and `smes` are how many there are in a province as small as the demo's marketplace.
    """
    entered = session.exec(select(OutsideFigure)).all()
    known = {(row.series, row.sector, row.period_from, row.period_to) for row in entered}
    for number, figure in enumerate(figures(local_date(now), enterprises, smes)):
        if (figure.series, figure.sector, figure.first, figure.last) in known:
            continue
        writer.add(
            OutsideFigure,
            series=figure.series,
            sector=figure.sector,
            period_from=figure.first,
            period_to=figure.last,
            value=figure.value,
            source=SCALED_SOURCE if figure.series in {"enterprises", "smes"} else SOURCE,
            entered_by=account_id,
            entered_at=now - timedelta(days=30) + timedelta(minutes=number),
            supersedes_id=None,
        )
