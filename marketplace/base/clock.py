"""The one place that reads the time: always UTC with a zone, shown in Asia/Ho_Chi_Minh."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """The calendar day in Vietnam at `moment`."""
    return moment.astimezone(VIETNAM).date()


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """First moment of a Vietnamese day and of the next one, in UTC."""
    start = datetime.combine(day, time(), VIETNAM)
    return start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC)


def show_date(moment: datetime) -> str:
    """`05/01/2026`."""
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y")


def show_time(moment: datetime) -> str:
    """`16:07 05/01/2026`."""
    return moment.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")


def write_local(moment: datetime) -> str:
    """`2026-01-05T16:07`: a moment as an input of local times takes it."""
    return moment.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M")


def read_local(typed: str) -> datetime:
    """The moment that an input of local times says, in UTC; raises ValueError."""
    return datetime.strptime(typed.strip(), "%Y-%m-%dT%H:%M").replace(tzinfo=VIETNAM).astimezone(UTC)
