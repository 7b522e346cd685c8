"""Money is whole đồng in an int. This module shares, rounds and shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NewType

Dong = NewType("Dong", int)

NO_BREAK_SPACE = "\u00a0"


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
