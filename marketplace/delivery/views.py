"""What pages and the API show of delivery."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.base.text import Text


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """One way a seller can bring these goods to this buyer; fees in đồng, days from the seller's acceptance."""

    code: str
    kind: str
    label: Text
    days: Text
    fee: int
    kilogram_fee: int
    """For each started kilogram after the first."""
    free_above: int | None
    """The total of goods from which on it is free."""
    days_from: int
    days_to: int


@dataclass(frozen=True, slots=True)
class WayOffered:
    """A way a seller delivers, and how far; fee in đồng for the first kilogram."""

    label: Text
    reach: Text
    days: Text
    fee: int
