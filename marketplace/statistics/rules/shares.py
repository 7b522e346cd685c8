"""Arithmetic of shares, gaps and standings: exact integers, in ten-thousandths where a share is shown.

A share that cannot be known is None, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.base.money import round_half_up
from marketplace.base.text import Text
from marketplace.statistics.rules.choices import Direction, Standing

WHOLE = 10_000

NO_FIGURE = Text("chưa có số liệu", "no figure yet")
REACHED = Text("Đạt mục tiêu.", "Target reached.")
STILL_SHORT = Text("Còn thiếu {gap} điểm.", "{gap} points short.")
STILL_SHORT_BY = Text("Còn thiếu {gap} điểm, tức {count} {unit}.", "{gap} points short; {unit} to go: {count}.")
BARELY_SHORT = Text("Còn thiếu chưa đến 0,01 điểm.", "Less than 0.01 points short.")
JUST_AT = Text("Vừa đúng {target}, mục tiêu là vượt mức này.", "Exactly {target}; the target is to exceed it.")
STILL_ABOVE = Text("Còn cao hơn mục tiêu {gap} điểm.", "Still {gap} points above the target.")


@dataclass(frozen=True, slots=True)
class Target:
    """What a share should reach by the end of a year, in ten-thousandths; `strict` when it should be exceeded."""

    year: int
    share: int
    strict: bool = False
    direction: Direction = Direction.ABOVE


def share_of(numerator: int | None, denominator: int | None) -> int | None:
    """Ten-thousandths, rounded half up; None when either is missing or there is nothing to take a share of."""
    if numerator is None or denominator is None or denominator <= 0:
        return None
    return round_half_up(numerator * WHOLE, denominator)


def standing(numerator: int | None, denominator: int | None, target: Target) -> Standing:
    """Whether the target is reached: by the exact fraction, so that rounding never reaches a target."""
    if numerator is None or denominator is None or denominator <= 0:
        return Standing.UNKNOWN
    difference = numerator * WHOLE - target.share * denominator
    if target.direction is Direction.BELOW:
        difference = -difference
    reached = difference > 0 or (difference == 0 and not target.strict)
    return Standing.REACHED if reached else Standing.SHORT


def gap(share: int, target: Target) -> int:
    """Ten-thousandths between the share as shown and the target as shown; zero once it is past."""
    difference = target.share - share if target.direction is Direction.ABOVE else share - target.share
    return max(difference, 0)


def missing_count(numerator: int, denominator: int, target: Target) -> int:
    """How many more of the numerator reach the target while the denominator stays; zero once it is reached."""
    needed = -(-target.share * denominator // WHOLE)
    if target.strict and needed * WHOLE == target.share * denominator:
        needed += 1
    return max(needed - numerator, 0)


def verdict(numerator: int, denominator: int, target: Target, unit: Text | None, locale: str) -> str:
    """How far it is, in a plain sentence: `Còn thiếu 1,6 điểm.`"""
    share = share_of(numerator, denominator)
    if share is None:
        raise ValueError("a verdict needs a share")
    if standing(numerator, denominator, target) is Standing.REACHED:
        return REACHED.say(locale)
    if numerator * WHOLE == target.share * denominator:
        return JUST_AT.say(locale, target=show_share(target.share, locale))
    distance = gap(share, target)
    if target.direction is Direction.BELOW:
        return STILL_ABOVE.say(locale, gap=show_points(distance, locale))
    if distance == 0:
        return BARELY_SHORT.say(locale)
    if unit is None:
        return STILL_SHORT.say(locale, gap=show_points(distance, locale))
    count = missing_count(numerator, denominator, target)
    return STILL_SHORT_BY.say(
        locale, gap=show_points(distance, locale), count=show_number(count, locale), unit=unit.say(locale)
    )


def show_points(share: int, locale: str) -> str:
    """`1,6` for 160: percentage points without trailing zeros."""
    whole, part = divmod(abs(share), 100)
    decimals = f"{part:02d}".rstrip("0")
    sign = "−" if share < 0 else ""
    mark = "." if locale == "en" else ","
    return sign + show_number(whole, locale) + (mark + decimals if decimals else "")


def show_share(share: int | None, locale: str) -> str:
    """`8,4%`; a share that is not known says so in words."""
    return NO_FIGURE.say(locale) if share is None else f"{show_points(share, locale)}%"


def show_number(number: int, locale: str) -> str:
    """`1.234` in Vietnamese, `1,234` in English."""
    grouped = f"{abs(number):,}"
    sign = "−" if number < 0 else ""
    return sign + (grouped if locale == "en" else grouped.replace(",", "."))


def show_change(now: int, before: int, locale: str) -> str:
    """`+6,2%` against an earlier figure, to one decimal; empty when there was nothing to compare with."""
    if before <= 0:
        return ""
    tenths = round_half_up((now - before) * 1000, before)
    sign = "+" if tenths > 0 else ""
    return f"{sign}{show_points(tenths * 10, locale)}%"
