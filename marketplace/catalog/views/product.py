"""Everything a shopper is told of a product."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from marketplace.catalog.views.categories import CategoryLink
from marketplace.catalog.views.lists import ProductCard
from marketplace.catalog.views.sale import WeighedView


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture of a product; its key names it in all its widths (`ui/pictures.py`)."""

    id: int = 0
    key: str = ""
    number: str = ""
    """Which one it is, from 1."""
    first: bool = False
    placeholder: str = ""
    """What stands in its place while it loads; of the first one only, since no other is seen before."""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class TierView:
    """A wholesale price and the quantity it begins at."""

    quantity: int = 0
    price: int = 0
    from_text: str = ""
    price_text: str = ""


@dataclass(frozen=True, slots=True)
class VariantView:
    """A variant as shoppers choose it; quantities in thousandths, `price_per_base` in đồng where the unit is no base.

    `price` is for one unit, at most where it is paid by weight.
    """

    sku_id: int = 0
    sku: str = ""
    label: str = ""
    href: str = ""
    chosen: bool = False
    price: int = 0
    price_text: str = ""
    price_unit: str = ""
    """What `price_text` is for: the unit, or the kilogram where goods are paid by weight."""
    weighed: WeighedView | None = None
    by_weight: bool = False
    total_of: str = ""
    """Đồng a unit as the script that shows the sum reads it, exact."""
    before: int | None = None
    before_text: str = ""
    """The price struck through."""
    sale_text: str = ""
    unit: str = ""
    unit_text: str = ""
    price_per_base: int | None = None
    base: str = ""
    base_text: str = ""
    tiers: tuple[TierView, ...] = ()
    tiers_data: str = ""
    """Wholesale prices as the script that shows the sum reads them."""
    step: int = 1000
    minimum: int = 1000
    available: int = 0
    steps_text: str = ""
    stock_text: str = ""
    in_stock: bool = False


@dataclass(frozen=True, slots=True)
class FactView:
    """Something worth knowing of goods."""

    label: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of a season's calendar."""

    number: str = ""
    name: str = ""
    on: bool = False
    now: bool = False


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A certificate; days as `2026-01-05` beside their text."""

    id: int = 0
    kind: str = ""
    stars: int = 0
    title: str = ""
    number: str = ""
    issuer: str = ""
    told: str = ""
    issued: str = ""
    expires: str = ""
    until_text: str = ""
    counts: bool = True
    of_shop: bool = False
    document_href: str = ""


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product in full, with one of its variants chosen; quantities in thousandths beside their text."""

    id: int = 0
    slug: str = ""
    href: str = ""
    name: str = ""
    description: tuple[str, ...] = ()
    chosen: VariantView = field(default_factory=VariantView)
    variants: tuple[VariantView, ...] = ()
    several_variants: bool = False
    in_stock: bool = False
    """Whether any variant can be had."""
    expected_on: date | None = None
    expected_text: str = ""
    facts: tuple[FactView, ...] = ()
    season: tuple[MonthView, ...] = ()
    """The twelve months, where goods have a season."""
    in_season: bool = False
    certificates: tuple[CertificateView, ...] = ()
    """Those that count today."""
    reach_hours: int | None = None
    ocop_stars: int = 0
    ocop_text: str = ""
    sold_text: str = ""
    rating: float = 0
    """The average of its ratings, 0 where there are none."""
    reviews: int = 0
    seller_id: int = 0
    store_slug: str = ""
    store_name: str = ""
    commune_name: str = ""
    category: CategoryLink = field(default_factory=CategoryLink)
    path: tuple[CategoryLink, ...] = ()
    """Its category with those above it, the root first."""
    pictures: tuple[PictureView, ...] = ()
    picture_count: int = 0
    several_pictures: bool = False
    related: tuple[ProductCard, ...] = ()
