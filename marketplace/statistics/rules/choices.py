"""The words of statistics: directions, origins, units, standings."""

from __future__ import annotations

from enum import StrEnum


class Direction(StrEnum):
    """Whether a target is reached by going above or below it."""

    ABOVE = "above"
    BELOW = "below"


class Origin(StrEnum):
    """Who makes the figures of a series. The two are shown side by side and never added together."""

    PLATFORM = "platform"
    OUTSIDE = "outside"


class Measure(StrEnum):
    """What a series counts."""

    DONG = "dong"
    ENTERPRISES = "enterprises"
    PEOPLE = "people"
    ORDERS = "orders"
    CONTRACTS = "contracts"
    SELLERS = "sellers"


class Standing(StrEnum):
    """How an indicator stands to a target."""

    UNKNOWN = "unknown"
    SHORT = "short"
    REACHED = "reached"
