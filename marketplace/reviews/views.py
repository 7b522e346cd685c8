"""Reviews as shoppers, sellers and staff see them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo of a review."""

    id: int = 0
    src: str = ""
    large: str = ""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review as everybody sees it."""

    id: int = 0
    stars: int = 0
    stars_text: str = ""
    """`★★★★☆`, beside which screen readers hear `label`."""
    label: str = ""
    author: str = ""
    date_text: str = ""
    edited: bool = False
    variant: str = ""
    text: tuple[str, ...] = ()
    photos: tuple[PhotoView, ...] = ()
    answer: tuple[str, ...] = ()
    answer_date: str = ""
    written: str = ""
    """When, as ISO 8601."""


@dataclass(frozen=True, slots=True)
class StarsBar:
    """How many reviews have so many stars."""

    stars: int = 0
    number: int = 0
    href: str = ""
    label: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What all reviews of a product come to."""

    average: float = 0
    average_text: str = ""
    count: int = 0
    count_text: str = ""
    stars_text: str = ""
    bars: tuple[StarsBar, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewList:
    """Some reviews, newest first; `next` leads to the following ones."""

    reviews: tuple[ReviewView, ...] = ()
    next: str = ""


@dataclass(frozen=True, slots=True)
class OwnReview:
    """A review as its author may change it."""

    id: int = 0
    stars: int = 0
    text: str = ""
    photos: tuple[PhotoView, ...] = ()
    may_edit: bool = True
    hidden_reason: str = ""
    """Why staff hid it; empty while it is shown."""


@dataclass(frozen=True, slots=True)
class SellersReview:
    """A review as its seller, or the staff, read it."""

    review: ReviewView = field(default_factory=ReviewView)
    product: str = ""
    product_href: str = ""
    store: str = ""
    answer: str = ""
    hidden: bool = False
    hidden_reason: str = ""
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SellersReviews:
    """A page of a seller's reviews; `older` leads on, 0 at the end."""

    reviews: tuple[SellersReview, ...] = ()
    older: int = 0
    unanswered: int = 0
    average_text: str = ""
    count: int = 0
