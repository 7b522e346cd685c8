"""What is said of goods beside their price: attributes that depend on the category, seasons, keeping, reach."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from marketplace.base.errors import DomainError
from marketplace.base.text import Locale, Text, normalize

LONGEST_VALUE = 80
LONGEST_STORAGE = 120
LONGEST_LIFE_DAYS = 3650
LONGEST_REACH_HOURS = 240
LONGEST_AHEAD = timedelta(days=366)
MONTHS = range(1, 13)
_NUMBER = re.compile(r"(\d{1,7})(?:[.,](\d{1,3}))?")


class AttributeKind(StrEnum):
    """What an attribute takes."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something worth knowing of the goods of a category; `unit` behind numbers, `choices` by their key."""

    key: str
    name: Text
    kind: AttributeKind = AttributeKind.TEXT
    unit: Text | None = None
    choices: tuple[tuple[str, Text], ...] = ()


class AttributeInvalid(DomainError):
    """Not a value this attribute takes."""

    code = "attribute_invalid"
    message = Text(
        "{name}: hãy chọn trong danh sách hoặc ghi một con số.", "{name}: choose from the list or type a number."
    )


class FactsInvalid(DomainError):
    """A season, time of keeping or reach that nothing has."""

    code = "facts_invalid"
    message = Text(
        "Hãy ghi một số từ 1 đến {highest}, hoặc để trống.", "Type a number from 1 to {highest}, or leave it empty."
    )


class ExpectedInvalid(DomainError):
    """A harvest that was before today or is out of sight."""

    code = "expected_invalid"
    message = Text(
        "Ngày dự kiến phải sau hôm nay và trong vòng một năm. Hàng có sẵn thì để trống.",
        "The expected day must be after today and within a year. Leave it empty for goods that are there.",
    )


def read_attribute(attribute: Attribute, typed: str) -> str:
    """A value as it is kept: the key of a choice, a number with a point, or one line; raises AttributeInvalid."""
    value = normalize(typed)
    match attribute.kind:
        case AttributeKind.CHOICE:
            good = value in {key for key, _ in attribute.choices}
        case AttributeKind.NUMBER:
            found = _NUMBER.fullmatch(value)
            good = found is not None
            value = value.replace(",", ".")
        case AttributeKind.TEXT:
            good = len(value) <= LONGEST_VALUE
    if not good:
        raise AttributeInvalid(field=f"attribute_{attribute.key}", name=attribute.name)
    return value


def attribute_text(attribute: Attribute, value: str, locale: Locale) -> str:
    """A kept value as readers see it: `40 độ đạm`, `Loại 1`."""
    if attribute.kind is AttributeKind.CHOICE:
        chosen = dict(attribute.choices).get(value)
        return chosen.say(locale) if chosen else value
    if attribute.kind is AttributeKind.NUMBER:
        number = value if locale == "en" else value.replace(".", ",")
        return f"{number} {attribute.unit.say(locale)}" if attribute.unit else number
    return value


def attributes_along(known: Mapping[str, Sequence[Attribute]], path: Iterable[str]) -> tuple[Attribute, ...]:
    """The attributes of a category: those of its root first, each once."""
    found: dict[str, Attribute] = {}
    for slug in path:
        for attribute in known.get(slug, ()):
            found.setdefault(attribute.key, attribute)
    return tuple(found.values())


def season_mask(months: Iterable[int]) -> int:
    """Months as one number, a bit each; none means all year."""
    return sum(1 << (month - 1) for month in set(months) if month in MONTHS)


def season_months(mask: int) -> tuple[int, ...]:
    """The months of a mask in their order."""
    return tuple(month for month in MONTHS if mask >> (month - 1) & 1)


def in_season(mask: int, month: int) -> bool:
    """Whether goods that have a season are in it."""
    return bool(mask >> (month - 1) & 1)


def check_within(value: int | None, highest: int, field: str) -> int | None:
    """Raise FactsInvalid for a number that is there and makes no sense."""
    if value is not None and not 1 <= value <= highest:
        raise FactsInvalid(field=field, highest=highest)
    return value


def check_expected(expected_on: date | None, today: date) -> date | None:
    """Raise ExpectedInvalid unless the harvest lies ahead."""
    if expected_on is not None and not timedelta() < expected_on - today <= LONGEST_AHEAD:
        raise ExpectedInvalid(field="expected_on")
    return expected_on
