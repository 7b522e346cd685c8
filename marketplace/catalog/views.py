"""What pages, the API and other features see of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from marketplace.base.media import StoredPicture
from marketplace.base.text import Text


@dataclass(frozen=True, slots=True)
class SkuForSale:
    """A stock keeping unit as baskets and orders need it: quantities in thousandths, đồng and grams a unit."""

    sku_id: int
    code: str
    product_id: int
    product_slug: str
    name: str
    unit: str
    unit_text: Text
    price: int
    step: int
    minimum: int
    unit_grams: int
    seller_id: int
    store_slug: str
    store_name: str
    listed: bool
    available: int
    picture: str | None


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product in a list, ready to show."""

    slug: str = ""
    name: str = ""
    href: str = ""
    sku: str = ""
    price: int = 0
    price_text: str = ""
    unit: str = ""
    unit_text: str = ""
    store_slug: str = ""
    store_name: str = ""
    commune_name: str = ""
    in_stock: bool = True
    ocop_stars: int = 0
    ocop_text: str = ""
    picture: str = ""
    picture_set: str = ""
    placeholder: str = ""
    sold_text: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many goods each further choice would show, all other choices held; categories by id, others by code."""

    categories: Mapping[int, int] = field(default_factory=dict)
    communes: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    stars: Mapping[int, int] = field(default_factory=dict)
    certificates: Mapping[int, int] = field(default_factory=dict)
    bands: tuple[int, ...] = ()
    in_stock: int = 0
    preorder: int = 0
    reachable: int = 0


@dataclass(frozen=True, slots=True)
class ProductList:
    """One page of a listing; `next_cursor` leads to the following one, `total` counts all matches.

    `slipped` says that a word that was typed was taken for another.
    """

    cards: tuple[ProductCard, ...] = ()
    next_cursor: str | None = None
    total: int = 0
    counts: Counts = field(default_factory=Counts)
    slipped: bool = False


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture of a product in its widths."""

    id: int = 0
    key: str = ""
    src: str = ""
    src_set: str = ""
    large: str = ""
    placeholder: str = ""
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
class CategoryLink:
    """A category as a link."""

    slug: str = ""
    name: str = ""
    href: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product in full; quantities in thousandths beside their text."""

    id: int = 0
    slug: str = ""
    href: str = ""
    name: str = ""
    description: tuple[str, ...] = ()
    sku: str = ""
    price: int = 0
    price_text: str = ""
    unit: str = ""
    unit_text: str = ""
    step: int = 1000
    minimum: int = 1000
    available: int = 0
    steps_text: str = ""
    stock_text: str = ""
    in_stock: bool = False
    ocop_stars: int = 0
    ocop_text: str = ""
    sold_text: str = ""
    seller_id: int = 0
    store_slug: str = ""
    store_name: str = ""
    commune_name: str = ""
    category: CategoryLink = field(default_factory=CategoryLink)
    top_category: CategoryLink = field(default_factory=CategoryLink)
    pictures: tuple[PictureView, ...] = ()
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
