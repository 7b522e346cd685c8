"""Lists of goods, and what is proposed where one is empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from marketplace.catalog.views.categories import CategoryLink
from marketplace.catalog.views.sale import WeighedView


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
    commune_name: str = ""
    sold_out: bool = False
    ocop_text: str = ""
    picture_key: str = ""
    """Names the picture in all its widths (`ui/pictures.py`); empty where there is none."""
    note: str = ""
    """When a harvest that is sold ahead will be there, else how much was sold."""
    rating_text: str = ""

    @property
    def in_stock(self) -> bool:
        """Whether it can be had now."""
        return not self.sold_out


@dataclass(frozen=True, slots=True)
class ListedProduct(ProductCard):
    """A product in a list with what programs are told of it too; `price` for one unit, at most where it is weighed."""

    slug: str = ""
    sku: str = ""
    price: int = 0
    unit: str = ""
    unit_text: str = ""
    weighed: WeighedView | None = None
    picture: str = ""
    store_slug: str = ""
    store_name: str = ""
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
