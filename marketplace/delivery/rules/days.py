"""Days of delivery: when goods leave and arrive, with cut-off hours, closed days, and days that are full."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.base.errors import DomainError
from marketplace.base.text import NOTHING, Text

WEEKDAYS: tuple[Text, ...] = (
    Text("thứ Hai", "Monday"),
    Text("thứ Ba", "Tuesday"),
    Text("thứ Tư", "Wednesday"),
    Text("thứ Năm", "Thursday"),
    Text("thứ Sáu", "Friday"),
    Text("thứ Bảy", "Saturday"),
    Text("Chủ nhật", "Sunday"),
)
"""Days of the week as `date.weekday` counts them."""
ONE_DAY = timedelta(days=1)
FARTHEST_DAYS = 120
"""How far ahead a day of delivery is looked for."""
LONGEST_CLOSED = 120
EVERY_DAY = 0b1111111


class DaysInvalid(DomainError):
    """The last closed day comes before the first, or the time is too long, or over."""

    code = "days_invalid"
    message = Text(
        "Ngày cuối phải từ ngày đầu trở đi, chưa qua, và cả đợt nghỉ không quá {longest} ngày.",
        "The last day is on or after the first and not over, and the whole time no longer than {longest} days.",
    )


class TooManyRests(DomainError):
    """More closed days ahead than anybody plans."""

    code = "too_many_rests"
    message = Text(
        "Lịch đã có {most} đợt nghỉ sắp tới. Hãy bỏ bớt.", "The calendar has {most} rests ahead. Remove some first."
    )


@dataclass(frozen=True, slots=True)
class Closed:
    """Days on which a shop rests, first and last included, with the reason shoppers read."""

    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """When a seller works: closed days, days that have as many orders as they take, and the weekdays it delivers on.

    `weekdays` has a bit each from Monday; 0 where nothing was said, which is every day.
    """

    closed: Sequence[Closed] = ()
    full: Collection[date] = ()
    weekdays: int = 0

    def open(self, day: date) -> bool:
        """Whether the shop works on this day."""
        return not any(rest.first <= day <= rest.last for rest in self.closed)

    def has_room(self, day: date) -> bool:
        """Whether goods can be made ready on this day."""
        return day not in self.full and self.open(day)

    def delivers(self, day: date) -> bool:
        """Whether the seller itself is on its way on this day."""
        return bool((self.weekdays or EVERY_DAY) >> day.weekday() & 1) and self.open(day)


@dataclass(frozen=True, slots=True)
class Order:
    """From when goods may leave: the local day and minute of ordering, the day of the seller's answer at the latest, and the
    day from which goods ordered ahead are there.
    """

    day: date
    minute: int
    answered_by: date
    expected_on: date | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """First and last day on which goods arrive, and the day on which they leave to be there first."""

    first: date
    last: date
    leaves: date


def arrival(
    days: Days, order: Order, days_from: int, days_to: int, *, cutoff: int | None = None, own: bool = False
) -> Arrival | None:
    """When goods arrive that travel between so many days; None where no day is found for it.

    They leave on a day with room: on that of ordering at the earliest, the next one after the cut-off hour (in minutes
    from midnight), and on that of the seller's deadline at the latest. A seller who delivers, `own`, arrives on a day of
    delivery. Nothing ever travels longer than `days_to`: what has to wait waits before it leaves.
    """
    # A cut-off passed at the ordering has passed for whoever is answered later that day too.
    late = ONE_DAY if cutoff is not None and order.minute >= cutoff else timedelta()
    start = order.day + late
    answered = max(order.answered_by, start)
    if order.expected_on is not None:
        start, answered = max(start, order.expected_on), max(answered, order.expected_on)

    def arrives(day: date) -> bool:
        return days.delivers(day) if own else True

    first = _leaving(days, start, range(days_from, days_to + 1), arrives)
    last = _leaving(days, answered, range(days_to, days_to + 1), arrives)
    if first is None or last is None:
        return None
    return Arrival(first[1], max(first[1], last[1]), first[0])


def _leaving(days: Days, start: date, travel: range, arrives: Callable[[date], bool]) -> tuple[date, date] | None:
    """The day of leaving and the first day of arrival that any of the days of travel makes possible."""
    for arriving in _from(start + travel[0] * ONE_DAY):
        for length in travel:
            leaving = arriving - length * ONE_DAY
            if leaving >= start and days.has_room(leaving) and arrives(arriving):
                return leaving, arriving
    return None


def _from(day: date) -> Iterator[date]:
    return (day + number * ONE_DAY for number in range(FARTHEST_DAYS))


def answer_hours(days: Days, now: datetime, hours: int) -> int:
    """How many hours a seller has to answer: those it states, and a day more for each closed day until then.

    `now` is local. So nobody's order lapses because the shop rests, as shoppers are told.
    """
    counted: set[date] = set()
    while True:
        until = (now + timedelta(hours=hours + 24 * len(counted))).date()
        span = ((now.date() + number * ONE_DAY) for number in range((until - now.date()).days + 1))
        found = {day for day in span if not days.open(day)}
        if found <= counted:
            return hours + 24 * len(counted)
        counted |= found


def closed_text(closed: Sequence[Closed], today: date, ahead: int = 30) -> Text:
    """The rest that is now or comes next, `Nghỉ 14/02 – 20/02/2027: nghỉ Tết`; empty where none comes within some days."""
    coming = [rest for rest in closed if rest.last >= today and rest.first <= today + ahead * ONE_DAY]
    if not coming:
        return NOTHING
    rest = min(coming, key=lambda one: one.first)
    span = span_text(rest.first, rest.last)
    reason = f": {rest.reason}" if rest.reason else ""
    return Text(f"Nghỉ {span}{reason}", f"Closed {span}{reason}")


def span_text(first: date, last: date) -> str:
    """`14/02 – 20/02/2027`, or the one day."""
    return f"{last:%d/%m/%Y}" if first == last else f"{first:%d/%m} – {last:%d/%m/%Y}"


def read_days(first: date | None, last: date | None, today: date, *, field: str) -> tuple[date, date]:
    """First and last closed day, the one day where the last was left empty; raises DaysInvalid."""
    until = last or first
    if first is None or until is None or until < max(first, today) or (until - first).days >= LONGEST_CLOSED:
        raise DaysInvalid(field=field, longest=LONGEST_CLOSED)
    return first, until


def days_text(days_from: int, days_to: int) -> Text:
    """How long goods travel, in words."""
    if days_to == 0:
        return Text("trong ngày", "the same day")
    if days_from == days_to:
        return Text(f"sau {days_to} ngày", f"in {days_to} day{'s' if days_to > 1 else ''}")
    return Text(f"{days_from}–{days_to} ngày", f"{days_from}–{days_to} days")


def day_text(day: date) -> Text:
    """`thứ Năm 26/11/2026`."""
    name = WEEKDAYS[day.weekday()]
    return Text(f"{name.vi} {day:%d/%m/%Y}", f"{name.en} {day:%d/%m/%Y}")


def arrival_text(earliest: date, latest: date) -> Text:
    """The days on which goods arrive: `thứ Năm 26/11 đến thứ Bảy 28/11/2026`, or the one day."""
    last = day_text(latest)
    if earliest == latest:
        return last
    first = WEEKDAYS[earliest.weekday()]
    return Text(f"{first.vi} {earliest:%d/%m} đến {last.vi}", f"{first.en} {earliest:%d/%m} to {last.en}")
