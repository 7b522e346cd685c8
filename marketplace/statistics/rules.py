"""Rules of indicators."""

from __future__ import annotations

from enum import StrEnum


class Direction(StrEnum):
    """Whether a target is reached by going above or below it."""

    ABOVE = "above"
    BELOW = "below"
