"""Money is whole đồng in an int. This module shares, rounds and shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NewType

from marketplace.base.errors import DomainError
from marketplace.base.text import Text, fold

Dong = NewType("Dong", int)

NO_BREAK_SPACE = "\u00a0"

_SIGNS = re.compile(r"^₫|(?:₫|vnd|dong|d)$")
_WHOLE = re.compile(r"([0-9]{1,12})|([0-9]{1,3}(?:\.[0-9]{3}){1,3}|[0-9]{1,3}(?:,[0-9]{3}){1,3})")
_SCALED = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,3}))?(k|ngan|nghin|tr|trieu)([0-9]{1,3})?")
_THOUSAND, _MILLION = 1_000, 1_000_000


class MoneyUnreadable(DomainError):
    """What was typed is not an amount of money."""

    code = "money_unreadable"
    message = Text(
        "Chưa đọc được số tiền. Hãy gõ như 65000, 65.000 hay 65k.",
        "That is not an amount. Type it like 65000, 65.000 or 65k.",
    )


def read_money(typed: str) -> int:
    """Đồng as people type them: `65000`, `65.000 ₫`, `65,000đ`, `65k`, `65k5`, `1,2tr`, `1tr2`; raises MoneyUnreadable.

    A sign before exactly three digits parts thousands; any other place for it is refused rather than guessed, except
    before `k`, `ngàn` or `triệu`, where it is a decimal sign.
    """
    bare = _SIGNS.sub("", "".join(fold(typed).split()))
    if whole := _WHOLE.fullmatch(bare):
        return int((whole[1] or whole[2]).replace(".", "").replace(",", ""))
    scaled = _SCALED.fullmatch(bare)
    if scaled is None or (scaled[2] and scaled[4]):
        raise MoneyUnreadable(field="price")
    number, part, scale, tail = scaled.groups()
    unit = _MILLION if scale.startswith("tr") else _THOUSAND
    if unit == _THOUSAND and part and len(part) == 3:
        return int(number + part) * _THOUSAND
    return int(number) * unit + int((part or tail or "").ljust(3, "0")) * unit // 1000


def plain_money(amount: int) -> str:
    """`65.000`: an amount as it stands in an input."""
    return f"{amount:,}".replace(",", ".")


def show_money(amount: int) -> str:
    """`1.234.000 ₫`, with a no-break space before the sign."""
    sign = "−" if amount < 0 else ""
    return f"{sign}{abs(amount):,}".replace(",", ".") + f"{NO_BREAK_SPACE}₫"


def round_half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded half up (away from zero below zero), exactly."""
    if denominator <= 0:
        raise ValueError("denominator must be positive")
    if numerator < 0:
        return -round_half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def share(total: int, weights: Sequence[int]) -> list[int]:
    """Share `total` đồng by `weights` with the largest remainder, so that the parts sum to the whole.

    Ties go to the earlier part. Weights must not be negative; all zero shares equally.
    """
    if not weights:
        if total:
            raise ValueError("nothing to share between")
        return []
    if any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative")
    if total < 0:
        return [-part for part in share(-total, weights)]
    used = list(weights) if any(weights) else [1] * len(weights)
    whole = sum(used)
    parts = [total * weight // whole for weight in used]
    by_remainder = sorted(range(len(used)), key=lambda i: (-(total * used[i] % whole), i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
