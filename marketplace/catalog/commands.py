"""What a seller asks for, parsed from an untrusted payload."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.catalog.rules import Unit


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product as its seller describes it; price in đồng, step, minimum and stock in thousandths of the unit."""

    name: str
    category: str
    unit: Unit
    price: int
    stock: int
    step: int = 1000
    minimum: int = 1000
    description: str = ""
    unit_grams: int = 1000
