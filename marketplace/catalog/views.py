"""What pages, the API and other features see of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from marketplace.base.media import StoredPicture
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


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product in a list as pages show it: every open page is told of each of these fields."""

    name: str = ""
    href: str = ""
    price_text: str = ""
    price_unit: str = ""
    """What `price_text` is for: the unit, or the kilogram where goods are paid by weight."""
    before_text: str = ""
    base_text: str = ""
    store_name: str = ""
    commune_name: str = ""
    in_stock: bool = True
    ocop_text: str = ""
    picture: str = ""
    picture_key: str = ""
    """Names the picture in all its widths (`ui/pictures.py`); empty where there is none."""
    note: str = ""
    """When a harvest that is sold ahead will be there, else how much was sold."""
    rating_text: str = ""


@dataclass(frozen=True, slots=True)
class ListedProduct(ProductCard):
    """A product in a list with what programs are told of it too; `price` for one unit, at most where it is weighed."""

    slug: str = ""
    sku: str = ""
    price: int = 0
    unit: str = ""
    unit_text: str = ""
    weighed: WeighedView | None = None
    store_slug: str = ""
    ocop_stars: int = 0
    rating: float = 0
    """The average of its ratings, 0 where there are none."""
    reviews: int = 0


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of a shop's page."""

    title: str = ""
    cards: tuple[ProductCard, ...] = ()
    href: str = ""
    """Where all goods of its kind are, where it chooses by itself."""


@dataclass(frozen=True, slots=True)
class ChosenView:
    """A product in a section, as its seller arranges it."""

    id: int = 0
    name: str = ""
    picture: str = ""
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class OwnSection:
    """A section as its seller arranges it."""

    id: int = 0
    title: str = ""
    kind: str = ""
    kind_text: str = ""
    chosen: tuple[ChosenView, ...] = ()
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class NewGoods:
    """The latest goods of a shop; `fresh` of them came after what was asked about."""

    seller_id: int
    cards: tuple[ProductCard, ...] = ()
    fresh: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many goods each further choice would show, all other choices held; categories by id, others by code.

    `without` has how many there would be if a choice that was made were not, and `unfiltered` if none were.
    """

    categories: Mapping[int, int] = field(default_factory=dict)
    communes: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    stars: Mapping[int, int] = field(default_factory=dict)
    certificates: Mapping[str, int] = field(default_factory=dict)
    bands: tuple[int, ...] = ()
    in_stock: int = 0
    preorder: int = 0
    reachable: int = 0
    without: Mapping[str, int] = field(default_factory=dict)
    unfiltered: int = 0


@dataclass(frozen=True, slots=True)
class ProductList:
    """One page of a listing; `next_cursor` leads to the following one, `total` counts all matches.

    `meant` is the text by which they were found when words were taken for others, which happens only where nothing has
    them as they were typed.
    """

    cards: tuple[ListedProduct, ...] = ()
    next_cursor: str | None = None
    total: int = 0
    counts: Counts = field(default_factory=Counts)
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Fewer:
    """A question without some of its choices (`service.query.CHOICES`), and how many goods it finds."""

    choices: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the words that were asked for, and how many goods they find."""

    q: str
    total: int


@dataclass(frozen=True, slots=True)
class NearCategory:
    """A category with how many goods it has."""

    link: CategoryLink
    total: int


@dataclass(frozen=True, slots=True)
class Instead:
    """What to ask for instead of what finds nothing."""

    fewer: tuple[Fewer, ...] = ()
    parts: tuple[Part, ...] = ()
    categories: tuple[NearCategory, ...] = ()


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
class CategoryView:
    """A category with its children."""

    id: int = 0
    slug: str = ""
    name: str = ""
    href: str = ""
    icon: str = ""
    parent_slug: str = ""
    children: tuple[CategoryLink, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryBranch:
    """A category with all below it."""

    slug: str
    name: str
    children: tuple[CategoryBranch, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryLink:
    """A category as a link."""

    slug: str = ""
    name: str = ""
    href: str = ""
    icon: str = ""
    id: int = 0


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
class AttributeField:
    """An attribute as a form asks for it; `choices` as pairs of value and label."""

    name: str = ""
    label: str = ""
    unit: str = ""
    chosen_from: bool = False
    number: bool = False
    value: str = ""
    choices: tuple[ChoiceField, ...] = ()


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """A value an attribute may have."""

    value: str = ""
    label: str = ""


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


@dataclass(frozen=True, slots=True)
class OwnProduct:
    """A product as its seller manages it."""

    id: int = 0
    name: str = ""
    href: str = ""
    edit_href: str = ""
    preview_href: str = ""
    description: str = ""
    category_slug: str = ""
    sku: str = ""
    status: str = ""
    status_text: str = ""
    listed: bool = False
    price: int = 0
    price_text: str = ""
    price_unit: str = ""
    weights_text: str = ""
    unit: str = ""
    unit_text: str = ""
    creation_key: str = ""
    price_typed: str = ""
    upload_href: str = ""
    step_text: str = "1"
    minimum_text: str = "1"
    on_hand_text: str = ""
    promised_text: str = ""
    low: bool = False
    sold_out: bool = False
    picture: str = ""
    pictures: tuple[PictureView, ...] = ()
    content_typed: str = ""
    content_measure: str = ""
    attributes: tuple[AttributeField, ...] = ()
    season: tuple[MonthView, ...] = ()
    shelf_life_typed: str = ""
    storage: str = ""
    reach_typed: str = ""
    expected_typed: str = ""
    origin_code: str = ""
    others: int = 0
    """How many variants there are beside the one shown here."""
    variants: tuple[OwnVariant, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedTier:
    """A wholesale price as it stands in its inputs."""

    number: str = ""
    quantity: str = ""
    price: str = ""


@dataclass(frozen=True, slots=True)
class OwnVariant:
    """A variant as its seller manages it; `sale_since` and `sale_until` as an input of local times takes them."""

    sku: str = ""
    label: str = ""
    shown_label: str = ""
    unit: str = ""
    unit_text: str = ""
    price_text: str = ""
    price_typed: str = ""
    on_hand_text: str = ""
    step_text: str = "1"
    minimum_text: str = "1"
    content_typed: str = ""
    content_measure: str = ""
    lightest_typed: str = ""
    heaviest_typed: str = ""
    price_unit: str = ""
    weights_text: str = ""
    sale_price_typed: str = ""
    sale_since: str = ""
    sale_until: str = ""
    sale_text: str = ""
    struck_text: str = ""
    """What may be struck through beside the sale price; empty where nothing was asked long enough before."""
    tiers: tuple[TypedTier, ...] = ()
    """As many as a form asks for, the last ones empty."""
    active: bool = True
    sold_out: bool = False
    first: bool = True
    last: bool = True


@dataclass(frozen=True, slots=True)
class GoodsCounts:
    """How many goods a shop has under each heading."""

    all: int = 0
    on_sale: int = 0
    low: int = 0
    sold_out: int = 0
    paused: int = 0


@dataclass(frozen=True, slots=True)
class OwnGoods:
    """Some of a shop's goods, newest first; `older_than` leads to the following ones, 0 when there are none."""

    goods: tuple[OwnProduct, ...] = ()
    older_than: int = 0
    counts: GoodsCounts = field(default_factory=GoodsCounts)


@dataclass(frozen=True, slots=True)
class RemovedPicture:
    """A picture that was taken away, with all it takes to put it back."""

    picture: StoredPicture
    position: int


@dataclass(frozen=True, slots=True)
class SuggestedLink:
    """A category or a shop that the search box proposes."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the search box proposes while somebody types, the best few of each."""

    products: tuple[ListedProduct, ...] = ()
    categories: tuple[SuggestedLink, ...] = ()
    stores: tuple[SuggestedLink, ...] = ()
    queries: tuple[str, ...] = ()
