"""What ratings of one to five stars come to."""

from __future__ import annotations

from marketplace.base.money import round_half_up
from marketplace.base.text import Locale

MOST_STARS = 5


def average_rating(stars: int, count: int) -> float:
    """The average to one decimal, half up; 0 where nobody rated."""
    return round_half_up(stars * 10, count) / 10 if count else 0


def rating_text(stars: int, count: int, locale: Locale) -> str:
    """`4,8`; empty where nobody rated."""
    if not count:
        return ""
    text = f"{average_rating(stars, count):.1f}"
    return text if locale == "en" else text.replace(".", ",")


USUAL_STARS, USUAL_COUNT = 4, 5
"""What goods nobody knows much of are taken for: so many ratings of so many stars are added to their own."""


def rated(stars: int, count: int) -> int:
    """What goods are put in order by, in thousandths of a star: one rating of five stars counts less than fifty."""
    return round_half_up((stars + USUAL_STARS * USUAL_COUNT) * 1000, count + USUAL_COUNT) if count else 0
