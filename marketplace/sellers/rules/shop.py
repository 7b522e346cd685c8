"""Rules of a shop's page: its looks, when it is open, when it delivers, and where exactly it is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType

from marketplace.base.errors import DomainError
from marketplace.base.text import Locale, Text


class ShopTheme(StrEnum):
    """The palettes a shop may wear; `ui/theme.css` gives each its hue, and one lightness keeps all of them readable."""

    LEAF = "leaf"
    RIVER = "river"
    LOTUS = "lotus"
    EARTH = "earth"
    HYACINTH = "hyacinth"


THEME_LABELS: Mapping[ShopTheme, Text] = MappingProxyType(
    {
        ShopTheme.LEAF: Text("Lá xanh", "Leaf"),
        ShopTheme.RIVER: Text("Sông nước", "River"),
        ShopTheme.LOTUS: Text("Sen hồng", "Lotus"),
        ShopTheme.EARTH: Text("Đất phù sa", "River soil"),
        ShopTheme.HYACINTH: Text("Lục bình", "Water hyacinth"),
    }
)


class ShopPicture(StrEnum):
    """The pictures a shop has beside those of its goods."""

    LOGO = "logo"
    BANNER = "banner"


WEEKDAYS: tuple[Text, ...] = (
    Text("Thứ hai", "Monday"),
    Text("Thứ ba", "Tuesday"),
    Text("Thứ tư", "Wednesday"),
    Text("Thứ năm", "Thursday"),
    Text("Thứ sáu", "Friday"),
    Text("Thứ bảy", "Saturday"),
    Text("Chủ nhật", "Sunday"),
)
"""From Monday, as `date.weekday()` counts."""
SCHEMA_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOSED = Text("nghỉ", "closed")
UNTIL = Text("{first} – {last}", "{first} – {last}")
EVERY_DAY = Text("Mỗi ngày", "Every day")
STORY_LIMIT = 2000
LAST_MINUTE = 24 * 60
_TIME = re.compile(r"([01]?\d|2[0-4])[:h.]([0-5]\d)?")
_DEGREES = re.compile(r"\d{1,3}[.,]\d{2,}")
_BETWEEN = re.compile(r"[\s,;°NEĐBnebđ]*")

Opening = tuple[tuple[int, int] | None, ...]
"""For each weekday from Monday when the shop opens and closes, in minutes from midnight; None on days off. Empty when
nothing was said.
"""


class TimeUnreadable(DomainError):
    """Not a time of day."""

    code = "time_unreadable"
    message = Text("Giờ chưa đúng, ví dụ 06:30.", "This is not a time, for example 06:30.")


class OpeningInvalid(DomainError):
    """It would close before it opens, or only one of the two is given."""

    code = "opening_invalid"
    message = Text(
        "Giờ đóng phải sau giờ mở; ngày nghỉ thì để trống cả hai.",
        "Closing comes after opening; leave both empty on a day off.",
    )


class PositionUnreadable(DomainError):
    """Not two coordinates."""

    code = "position_unreadable"
    message = Text(
        "Vị trí chưa đúng. Hãy dán vĩ độ và kinh độ, ví dụ 10.0312, 105.7837.",
        "This is not a position. Paste latitude and longitude, for example 10.0312, 105.7837.",
    )


class PositionFar(DomainError):
    """The position lies outside of what may be the shop's commune."""

    code = "position_far"
    message = Text(
        "Vị trí này cách {commune} khoảng {kilometres} km. Hãy xem lại, hoặc để trống để dùng vị trí của xã, phường.",
        "This is about {kilometres} km from {commune}. Check it, or leave it empty to show the commune's place.",
    )


FARTHEST_KILOMETRES = 40
"""Communes are small, yet their centroid may lie far from a corner of the largest."""
KILOMETRES_A_DEGREE = 111.2


def read_time(typed: str, *, field: str) -> int | None:
    """Minutes from midnight of `06:30`, `6h30` or `6h`; None when nothing was typed. Raises TimeUnreadable."""
    text = typed.strip().lower()
    if not text:
        return None
    match = _TIME.fullmatch(text)
    minutes = int(match[1]) * 60 + int(match[2] or 0) if match else LAST_MINUTE + 1
    if minutes > LAST_MINUTE:
        raise TimeUnreadable(field=field)
    return minutes


def show_minutes(minutes: int) -> str:
    """`06:30`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def check_hours(opens: int | None, closes: int | None, *, field: str) -> tuple[int, int] | None:
    """The hours of one day, None for a day off; raises OpeningInvalid."""
    if opens is None and closes is None:
        return None
    if opens is None or closes is None or closes <= opens:
        raise OpeningInvalid(field=field)
    return opens, closes


def opening_lines(opening: Opening, locale: Locale) -> list[tuple[str, str]]:
    """Days and hours to read, neighbouring days of the same hours on one line; nothing where nothing was said."""
    if not any(opening):
        return []
    lines = []
    for hours, days in groupby(enumerate(opening), key=lambda day: day[1]):
        text = f"{show_minutes(hours[0])} – {show_minutes(hours[1])}" if hours else CLOSED.say(locale)
        lines.append((_span([number for number, _ in days], locale), text))
    return lines


def delivery_days_text(mask: int, locale: Locale) -> str:
    """`Thứ hai – Thứ bảy`; empty where nothing was said."""
    days = days_of(mask)
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), key=lambda item: item[1] - item[0])]
    return ", ".join(_span(run, locale) for run in runs)


def days_of(mask: int) -> list[int]:
    """The weekdays of a set of days, a bit each from Monday."""
    return [day for day in range(7) if mask >> day & 1]


def mask_of(days: Sequence[int]) -> int:
    """A set of weekdays as one number, a bit each from Monday."""
    return sum(1 << day for day in set(days))


def _span(days: Sequence[int], locale: Locale) -> str:
    if len(days) == len(WEEKDAYS):
        return EVERY_DAY.say(locale)
    first, last = WEEKDAYS[days[0]].say(locale), WEEKDAYS[days[-1]].say(locale)
    if len(days) == 1:
        return first
    return f"{first}, {last}" if len(days) == 2 else UNTIL.say(locale, first=first, last=last)


def read_position(typed: str, *, field: str = "position") -> tuple[float, float] | None:
    """Latitude and longitude as maps on phones give them; None when nothing was typed. Raises PositionUnreadable."""
    text = typed.strip()
    if not text:
        return None
    numbers = _DEGREES.findall(text)
    if len(numbers) != 2 or _BETWEEN.fullmatch(_DEGREES.sub("", text)) is None:
        raise PositionUnreadable(field=field)
    latitude, longitude = (round(float(number.replace(",", ".")), 6) for number in numbers)
    return latitude, longitude


def check_near(
    position: tuple[float, float], centroid: tuple[float, float], commune: str, *, field: str = "position"
) -> None:
    """Raise PositionFar for a position that cannot be in a commune with this centroid."""
    kilometres = distance(position, centroid)
    if kilometres > FARTHEST_KILOMETRES:
        raise PositionFar(field=field, commune=commune, kilometres=round(kilometres))


def distance(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres between two positions, good for distances within a region."""
    along = (here[1] - there[1]) * math.cos(math.radians(here[0]))
    return math.hypot(here[0] - there[0], along) * KILOMETRES_A_DEGREE
