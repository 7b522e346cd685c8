"""Rules of delivery: who carries, how far, for how much."""

from __future__ import annotations

from enum import StrEnum


class MethodKind(StrEnum):
    """Who carries the goods."""

    PICKUP = "pickup"
    OWN = "own"
    CARRIER = "carrier"


class Zone(StrEnum):
    """How far a method reaches from the seller's commune."""

    COMMUNE = "commune"
    PROVINCE = "province"
    COUNTRY = "country"
