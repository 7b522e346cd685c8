"""When people order: growth over the months, weekends, the weeks before Tết, and the hours of the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from marketplace.base.clock import VIETNAM, local_date

MONTHS = 14
TET = (
    date(2024, 2, 10),
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 3),
    date(2031, 1, 23),
    date(2032, 2, 11),
)
"""First days of the lunar year."""
HOURS = (1, 0, 0, 0, 1, 3, 7, 9, 9, 8, 8, 9, 7, 6, 6, 7, 7, 8, 10, 13, 14, 11, 6, 3)
"""How many of a day's orders come in each hour."""


def begins(until: datetime) -> datetime:
    """The first moment of the history: fourteen months before, at the start of a day in Vietnam."""
    day = local_date(until)
    month = day.year * 12 + day.month - 1 - MONTHS
    first = date(month // 12, month % 12 + 1, min(day.day, 28))
    return datetime.combine(first, time(), VIETNAM).astimezone(UTC)


def before_tet(day: date) -> bool:
    """Whether a day lies in the four weeks in which people shop for Tết."""
    return any(timedelta() < tet - day <= timedelta(days=28) for tet in TET)


def _weight(day: date, share: float) -> float:
    growth = 0.45 + 1.25 * share
    feast = (
        2.1 if before_tet(day) else 0.35 if any(timedelta() <= day - tet < timedelta(days=5) for tet in TET) else 1.0
    )
    return growth * feast * (1.3 if day.weekday() >= 5 else 1.0)


def moments(random: Random, count: int, since: datetime, until: datetime) -> list[datetime]:
    """`count` moments of ordering between two moments, in order."""
    first, last = local_date(since), local_date(until)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    weights = list(accumulate(_weight(day, number / len(days)) for number, day in enumerate(days)))
    hours = list(accumulate(HOURS))
    found = []
    for _ in range(count):
        day = random.choices(days, cum_weights=weights)[0]
        hour = random.choices(range(24), cum_weights=hours)[0]
        local = datetime.combine(day, time(hour, random.randrange(60), random.randrange(60)), VIETNAM)
        moment = local.astimezone(UTC)
        # The last day has not passed yet: what would come later came the day before.
        found.append(moment if moment < until else moment - timedelta(days=1))
    return sorted(max(since, moment) for moment in found)
