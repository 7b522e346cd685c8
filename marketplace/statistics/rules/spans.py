"""Spans of days a seller's report is about, and the slices its chart is drawn in; all in Vietnam's calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from marketplace.base.errors import DomainError
from marketplace.base.text import Text
from marketplace.statistics.rules.periods import FIRST_YEAR, Period, month_start

USUAL_DAYS = 30
LONGEST_DAYS = 731
MOST_DAYS_DRAWN = 31
MOST_WEEKS_DRAWN = 26
WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)


class SpanWrong(DomainError):
    """No span of days: not dates, one after the other, in the future, or too long."""

    code = "span_wrong"
    message = Text(
        "Chọn ngày đầu không sau ngày cuối, trong vòng {days} ngày, đến hôm nay là cùng.",
        "Choose a first day not after the last one, no more than {days} days, up to today at the latest.",
    )


def last_days(today: date, days: int) -> Period:
    """The days up to and with `today`."""
    return Period(today - timedelta(days=days - 1), today)


def read_span(first: str, last: str, today: date) -> Period:
    """What two inputs of dates say (`2026-11-01`); the last USUAL_DAYS where both are empty. Raises SpanWrong."""
    if not first and not last:
        return last_days(today, USUAL_DAYS)
    try:
        span = Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as error:
        raise SpanWrong(field="until", days=LONGEST_DAYS) from error
    if not date(FIRST_YEAR, 1, 1) <= span.start <= span.end <= today or days_in(span) > LONGEST_DAYS:
        raise SpanWrong(field="until", days=LONGEST_DAYS)
    return span


def days_in(span: Period) -> int:
    """How many days, both ends counted."""
    return (span.end - span.start).days + 1


def span_before(span: Period) -> Period:
    """As many days, up to the day before."""
    return Period(span.start - timedelta(days=days_in(span)), span.start - ONE_DAY)


def slices_of(span: Period) -> list[Period]:
    """Its days, its weeks (from Monday) or its months, whichever are few enough to be told apart; the ends are cut."""
    days = days_in(span)
    if days <= MOST_DAYS_DRAWN:
        return [Period(day, day) for day in (span.start + timedelta(days=number) for number in range(days))]
    starts = _mondays(span) if days <= MOST_WEEKS_DRAWN * WEEK.days else _firsts(span)
    bounds = [span.start, *starts]
    return [Period(start, after - ONE_DAY) for start, after in zip(bounds, [*starts, span.end + ONE_DAY], strict=True)]


def _mondays(span: Period) -> list[date]:
    monday = span.start + timedelta(days=7 - span.start.weekday())
    return list(_until(span, monday, lambda day: day + WEEK))


def _firsts(span: Period) -> list[date]:
    return list(_until(span, month_start(span.start, -1), lambda day: month_start(day, -1)))


def _until(span: Period, day: date, following: Callable[[date], date]) -> Iterator[date]:
    while day <= span.end:
        yield day
        day = following(day)
