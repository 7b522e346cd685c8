"""Windows of pickup points: on which days and hours goods can be fetched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from marketplace.base.errors import DomainError
from marketplace.base.text import Text
from marketplace.delivery.rules.days import WEEKDAYS, Days, day_text
from marketplace.sellers.rules import show_minutes

WINDOWS_AHEAD_DAYS = 14
MOST_WINDOWS_SHOWN = 3
LARGEST_CAPACITY = 1000


class WindowInvalid(DomainError):
    """It would close before it opens, or one of the two is missing."""

    code = "window_invalid"
    message = Text("Giờ kết thúc phải sau giờ bắt đầu.", "It must end after it begins.")


class CapacityInvalid(DomainError):
    """Not a number of orders that fits."""

    code = "capacity_invalid"
    message = Text("Số đơn phải từ 1 đến {most}.", "The number of orders is from 1 to {most}.")


class TooManyPoints(DomainError):
    """More points, or windows at one, than a buyer could choose between."""

    code = "too_many_points"
    message = Text("Nhiều nhất là {most}. Hãy bỏ bớt trước.", "At most {most}. Remove one first.")


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of a weekday, in minutes from midnight, in which so many orders can be fetched."""

    id: int
    weekday: int
    opens: int
    closes: int
    capacity: int


def check_window(opens: int | None, closes: int | None, *, field: str) -> tuple[int, int]:
    """The hours of a window; raises WindowInvalid."""
    if opens is None or closes is None or closes <= opens:
        raise WindowInvalid(field=field)
    return opens, closes


def read_capacity(typed: str, *, field: str) -> int | None:
    """A number of orders as typed, None where nothing was; raises CapacityInvalid."""
    text = typed.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= LARGEST_CAPACITY):
        raise CapacityInvalid(field=field, most=LARGEST_CAPACITY)
    return int(text)


def openings(
    windows: Iterable[Window], days: Days, not_before: datetime, expected_on: date | None = None
) -> list[tuple[date, Window]]:
    """Windows of the next days in their order, on days when goods can be made ready.

    `not_before` is local: when the seller has answered at the latest, so that nobody comes for goods nobody promised.
    """
    start = not_before.date()
    earliest = max(start, expected_on or start)
    found: list[tuple[date, Window]] = []
    for number in range(WINDOWS_AHEAD_DAYS + 1):
        day = earliest + timedelta(days=number)
        if days.has_room(day):
            found.extend(
                (day, window)
                for window in windows
                if window.weekday == day.weekday() and window_begins(day, window.opens, not_before) >= not_before
            )
    return sorted(found, key=lambda one: (one[0], one[1].opens, one[1].id))


def window_begins(day: date, opens: int, like: datetime) -> datetime:
    """The local moment at which a window opens on a day."""
    return datetime.combine(day, time(opens // 60, opens % 60), like.tzinfo)


def hours_text(opens: int, closes: int) -> str:
    """`07:00–10:00`."""
    return f"{show_minutes(opens)}–{show_minutes(closes)}"


def opening_text(day: date, opens: int, closes: int) -> Text:
    """`thứ Bảy 05/12/2026, 07:00–10:00`."""
    words, hours = day_text(day), hours_text(opens, closes)
    return Text(f"{words.vi}, {hours}", f"{words.en}, {hours}")


def window_text(window: Window) -> Text:
    """`thứ Bảy 07:00–10:00`."""
    name, hours = WEEKDAYS[window.weekday], hours_text(window.opens, window.closes)
    return Text(f"{name.vi} {hours}", f"{name.en} {hours}")
