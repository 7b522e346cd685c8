"""What is sold, as baskets, orders and other features name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from marketplace.base.text import Text
from marketplace.catalog.rules import PieceWeight, Prices


@dataclass(frozen=True, slots=True)
class SkuForSale:
    """A stock keeping unit as baskets and orders need it: quantities in thousandths, đồng and grams a unit."""

    sku_id: int
    code: str
    product_id: int
    product_slug: str
    name: str
    variant: Text
    """What tells it from the product's other variants; empty where it is the only one."""
    unit: str
    unit_text: Text
    prices: Prices
    step: int
    minimum: int
    unit_grams: int
    seller_id: int
    store_slug: str
    store_name: str
    listed: bool
    available: int
    picture: str | None
    expected_on: date | None
    """When goods ordered ahead will be there."""
    reach_hours: int | None = None
    piece: PieceWeight | None = None
    """Ordered by the piece and paid by weight: `prices` are for the kilogram."""

    @property
    def full_name(self) -> Text:
        """The product with its variant, as lines and messages name it."""
        return full_name(self.name, self.variant)


def full_name(name: str, variant: Text) -> Text:
    """A product with its variant: `Nước mắm – chai 500 ml`."""
    if not variant.vi:
        return Text(name, name)
    return Text(f"{name} – {variant.vi}", f"{name} – {variant.en}")


@dataclass(frozen=True, slots=True)
class NamedProduct:
    """A product as other features name it."""

    id: int
    seller_id: int
    name: str
    href: str
    edit_href: str
    picture: str
    listed: bool
    origin: str


@dataclass(frozen=True, slots=True)
class WeighedSku:
    """Of which product a stock keeping unit is, and what one unit weighs in grams."""

    product_id: int
    unit_grams: int


@dataclass(frozen=True, slots=True)
class WeighedView:
    """What one piece of goods paid by weight may weigh, in grams, and cost, in đồng."""

    price_per_kilogram: int = 0
    lightest: int = 0
    heaviest: int = 0
    lowest: int = 0
    highest: int = 0
