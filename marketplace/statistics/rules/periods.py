"""Periods figures are reported for: a month, a quarter, six or nine months, a year; all in Vietnam's calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.base import clock
from marketplace.base.errors import DomainError
from marketplace.base.text import Text

FIRST_YEAR = 2022
"""The year of Decision 411/QĐ-TTg."""
PRINTED_EARLY = timedelta(days=10)
"""The statistics office prints its figures some days before the period ends."""

YEAR = Text("Năm {year}", "Year {year}")
HALF = Text("6 tháng đầu năm {year}", "First half of {year}")
NINE_MONTHS = Text("9 tháng đầu năm {year}", "First nine months of {year}")
QUARTER = Text("Quý {roman}/{year}", "Quarter {number}, {year}")
MONTH = Text("Tháng {month}/{year}", "{month}/{year}")
ROMAN = ("I", "II", "III", "IV")


class PeriodUnknown(DomainError):
    """Not one of the periods figures are reported for, or one that is not over yet."""

    code = "period_unknown"
    message = Text("Hãy chọn kỳ báo cáo trong danh sách.", "Choose a period from the list.")


class YearUnknown(DomainError):
    """There is nothing to say about that year."""

    code = "year_unknown"
    message = Text(
        "Chưa có số liệu cho năm này. Hãy chọn từ {first} đến {last}.", "Choose a year from {first} to {last}."
    )


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """First and last day, both included."""

    start: date
    end: date

    @property
    def months(self) -> int:
        """How many calendar months it spans."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def code(self) -> str:
        """`2025`, `2025-H1`, `2025-9M`, `2025-Q3`, `2025-07`."""
        year, months = self.start.year, self.months
        if months == 1:
            return f"{year}-{self.start.month:02d}"
        if months == 3:
            return f"{year}-Q{(self.start.month + 2) // 3}"
        return {6: f"{year}-H1", 9: f"{year}-9M"}.get(months, str(year))

    def say(self, locale: str) -> str:
        """`Quý III/2025`."""
        year, months = self.start.year, self.months
        if months == 1:
            return MONTH.say(locale, month=self.start.month, year=year)
        if months == 3:
            number = (self.start.month + 2) // 3
            return QUARTER.say(locale, roman=ROMAN[number - 1], number=number, year=year)
        return {6: HALF, 9: NINE_MONTHS}.get(months, YEAR).say(locale, year=year)

    def bounds(self) -> tuple[datetime, datetime]:
        """First moment of the period and first moment after it, in UTC."""
        return clock.day_bounds(self.start)[0], clock.day_bounds(self.end)[1]


def month_start(day: date, back: int = 0) -> date:
    """The first day of the month `back` months before that of `day`."""
    number = day.year * 12 + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def month_of(day: date) -> Period:
    """The month of a day."""
    return _months(day.year, day.month, 1)


def last_months(day: date, count: int) -> list[Period]:
    """The month of `day` and those before it, oldest first."""
    return [month_of(month_start(day, back)) for back in range(count - 1, -1, -1)]


def year_of(year: int) -> Period:
    """A whole year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def parse_period(code: str, today: date) -> Period:
    """A period by its code; raises PeriodUnknown, for one that is not nearly over by `today` too."""
    period = _parsed(code)
    if not is_reportable(period, today):
        raise PeriodUnknown(field="period")
    return period


def _parsed(code: str) -> Period:
    match = re.fullmatch(r"(20[2-9][0-9])(?:-(?:(H1)|(9M)|Q([1-4])|(0[1-9]|1[0-2])))?", code, re.ASCII)
    if match is None:
        raise PeriodUnknown(field="period")
    year = int(match[1])
    if match[2]:
        return _months(year, 1, 6)
    if match[3]:
        return _months(year, 1, 9)
    if match[4]:
        return _months(year, int(match[4]) * 3 - 2, 3)
    return _months(year, int(match[5]), 1) if match[5] else year_of(year)


def is_reportable(period: Period, today: date) -> bool:
    """Whether figures of the period may be known by `today`."""
    return period.start.year >= FIRST_YEAR and period.end <= today + PRINTED_EARLY


def reportable(today: date, years: int = 3) -> list[Period]:
    """Periods that staff may enter figures for by `today`, the newest year first."""
    found: list[Period] = []
    for year in range(today.year, max(FIRST_YEAR, today.year - years + 1) - 1, -1):
        spans = [(1, 12), (1, 9), (1, 6), *((first, 3) for first in (10, 7, 4, 1)), *((m, 1) for m in range(12, 0, -1))]
        found += [_months(year, first, count) for first, count in spans]
    return [period for period in found if is_reportable(period, today)]


def check_year(year: int, today: date) -> int:
    """The year; raises YearUnknown unless it lies between the decision and today."""
    if not FIRST_YEAR <= year <= today.year:
        raise YearUnknown(field="year", first=FIRST_YEAR, last=today.year)
    return year


def active_window(last_day: date, days: int) -> tuple[datetime, datetime]:
    """The last `days` Vietnamese days up to and with `last_day`, in UTC; the end is not included."""
    return clock.day_bounds(last_day - timedelta(days=days - 1))[0], clock.day_bounds(last_day)[1]


def months_window(last_day: date, months: int) -> tuple[datetime, datetime]:
    """The last `months` months up to and with `last_day`, in UTC; the end is not included."""
    after = last_day + timedelta(days=1)
    first = month_start(after, months)
    length = (month_start(first, -1) - first).days
    start = first.replace(day=min(after.day, length))
    return clock.day_bounds(start)[0], clock.day_bounds(last_day)[1]


def _months(year: int, first: int, count: int) -> Period:
    start = date(year, first, 1)
    return Period(start, month_start(start, -count) - timedelta(days=1))
