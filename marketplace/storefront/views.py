"""What each public page shows, the same for its first view and its live form."""

from __future__ import annotations

from dataclasses import dataclass, field

from marketplace.catalog.views import CategoryLink, CertificateView, ProductCard, ProductView, SectionView
from marketplace.reviews.views import ReviewView, Summary


@dataclass(frozen=True, slots=True)
class HomePage:
    """The home page."""

    month: str = ""
    hero: ProductCard = field(default_factory=ProductCard)
    hero_store: str = ""
    categories: tuple[CategoryLink, ...] = ()
    popular: tuple[ProductCard, ...] = ()
    fresh: tuple[ProductCard, ...] = ()
    honoured: tuple[ProductCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """An order, a filter or a category of the listing as a link, with how many goods it leads to."""

    label: str = ""
    href: str = ""
    chosen: bool = False
    count: int = 0
    count_text: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Filters of one kind."""

    label: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """All that narrows a listing: by kind, and those in force, each leading to the listing without it."""

    groups: tuple[Group, ...] = ()
    active: tuple[Choice, ...] = ()
    clear_href: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class KeptField:
    """A hidden field of a form that changes only a part of the address."""

    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Search results or a category, one page of them."""

    title: str = ""
    q: str = ""
    meant: str = ""
    """What the words were taken for, where nothing has them as they were typed."""
    total_text: str = ""
    cards: tuple[ProductCard, ...] = ()
    next_href: str = ""
    first_href: str = ""
    deeper: bool = False
    tiles: tuple[CategoryLink, ...] = ()
    """All categories with their pictures, where nothing is asked for yet."""
    parent_name: str = ""
    parent_href: str = ""
    sorts: tuple[Choice, ...] = ()
    filters: Filters = field(default_factory=Filters)
    here: str = ""
    """The address without its parameters: where the forms of filters lead."""
    lowest_typed: str = ""
    highest_typed: str = ""
    price_fields: tuple[KeptField, ...] = ()
    place: str = ""
    """Where goods should be delivered to."""
    found: bool = False
    fewer: tuple[Choice, ...] = ()
    """Where nothing was found: the same with fewer filters, with some of the words only, and categories near to it."""
    parts: tuple[Choice, ...] = ()
    nearby: tuple[Choice, ...] = ()
    suggestions_title: str = ""
    suggestions: tuple[ProductCard, ...] = ()


@dataclass(frozen=True, slots=True)
class SellerCard:
    """The seller on a product's page."""

    name: str = ""
    href: str = ""
    kind: str = ""
    place: str = ""
    portrait: str = ""
    hours_text: str = ""
    rating_text: str = ""


@dataclass(frozen=True, slots=True)
class ReviewsPart:
    """What a product's page says of its reviews."""

    summary: Summary = field(default_factory=Summary)
    latest: tuple[ReviewView, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class WayText:
    """How goods can arrive, when, and for how much."""

    label: str = ""
    detail: str = ""
    fee_text: str = ""


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A commune to choose, by a link that remembers it."""

    name: str = ""
    hint: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryPart:
    """How goods can arrive: at the commune the shopper named, else how their seller delivers at all."""

    place: str = ""
    """The commune, with its province."""
    ways: tuple[WayText, ...] = ()
    note: str = ""
    refusal: str = ""
    """Why the seller delivers there in no way, and what to do."""
    closed: str = ""
    """When the shop rests, now or soon."""
    instead_href: str = ""
    """Goods of the kind that are delivered there."""
    choices: tuple[PlaceChoice, ...] = ()
    """Communes that fit what was typed."""
    unknown: bool = False
    """None fits."""


@dataclass(frozen=True, slots=True)
class ProductPage:
    """A product's page."""

    product: ProductView = field(default_factory=ProductView)
    seller: SellerCard = field(default_factory=SellerCard)
    minimum_text: str = ""
    step_text: str = ""
    available_text: str = ""
    delivery: DeliveryPart = field(default_factory=DeliveryPart)
    together: tuple[ProductCard, ...] = ()
    same_shop: tuple[ProductCard, ...] = ()
    reviews: ReviewsPart = field(default_factory=ReviewsPart)
    zalo_href: str = ""
    facebook_href: str = ""
    """Plain links that share the page there."""
    lot_text: str = ""
    lot_href: str = ""
    """The lot that the next parcel is packed from, and its passport."""


@dataclass(frozen=True, slots=True)
class MapView:
    """A province with one commune and one place in it, ready to be drawn."""

    view_box: str = ""
    others: str = ""
    here: str = ""
    x: str = ""
    y: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """Some weekdays and their hours."""

    days: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class StorePage:
    """A shop's page with the disclosure the law asks for."""

    slug: str = ""
    name: str = ""
    kind: str = ""
    theme_class: str = ""
    story: tuple[str, ...] = ()
    portrait: str = ""
    banner: str = ""
    banner_key: str = ""
    share_picture: str = ""
    """Key of the picture that a shared link shows."""
    place: str = ""
    legal_name: str = ""
    tax_code: str = ""
    address: str = ""
    phone: str = ""
    phone_href: str = ""
    position: tuple[float, float] | None = None
    map: MapView = field(default_factory=MapView)
    opening: tuple[OpeningLine, ...] = ()
    hours: tuple[tuple[str, str, str], ...] = ()
    """For each open day its name in English, when it opens and when it closes, for search engines."""
    delivery_days: str = ""
    closed: str = ""
    """When the shop rests, now or soon."""
    certificates: tuple[CertificateView, ...] = ()
    sections: tuple[SectionView, ...] = ()
    followers_text: str = ""
    rating: float = 0
    rating_text: str = ""
    reviews: int = 0
    reviews_text: str = ""
    q: str = ""
    sorts: tuple[Choice, ...] = ()
    deeper: bool = False
    """Whether goods are looked for or looked through: then they come first."""
    cards: tuple[ProductCard, ...] = ()
    total: int = 0
    total_text: str = ""
    next_href: str = ""
    search_href: str = ""
    follow_href: str = ""


@dataclass(frozen=True, slots=True)
class FollowedView:
    """A shop that is followed, with its latest goods."""

    slug: str = ""
    name: str = ""
    href: str = ""
    place: str = ""
    portrait: str = ""
    news_text: str = ""
    """How many goods are new since the last visit; empty when none are."""
    cards: tuple[ProductCard, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowingPage:
    """The shops somebody follows, those with news first."""

    signed_in: bool = False
    shops: tuple[FollowedView, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """All reviews of a product, page by page, of some stars only where they are chosen."""

    product: str = ""
    product_href: str = ""
    slug: str = ""
    stars: int = 0
    summary: Summary = field(default_factory=Summary)
    reviews: tuple[ReviewView, ...] = ()
    next_href: str = ""
    all_href: str = ""
    reasons: tuple[Choice, ...] = ()
    """Why a review may be reported; `href` holds the value."""


@dataclass(frozen=True, slots=True)
class TroublePage:
    """What stands where a page cannot be shown."""

    reason: str = ""
