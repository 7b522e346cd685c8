"""What pages and the API show of delivery."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.base.text import Text


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """One way a seller can bring these goods to this buyer; fee in đồng, `kilogram_fee` for each started one in it."""

    code: str
    kind: str
    label: Text
    days: Text
    fee: int
    kilogram_fee: int


@dataclass(frozen=True, slots=True)
class WayOffered:
    """A way a seller delivers, and how far; fee in đồng for the first kilogram."""

    label: Text
    reach: Text
    days: Text
    fee: int
