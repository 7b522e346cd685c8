"""What shoppers said of a product: the little its own page shows, and all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from sqlmodel import Session

from marketplace.base.text import Locale
from marketplace.catalog import service as catalog
from marketplace.reviews import service as reviews
from marketplace.reviews.rules import REPORT_LABELS
from marketplace.storefront.views import Choice, ReviewsPage, ReviewsPart

LATEST = 2


def reviews_part(session: Session, product_id: int, slug: str, locale: Locale) -> ReviewsPart:
    """The summary and the latest reviews of a product; nothing where nobody has reviewed it."""
    summary = reviews.summary(session, product_id, locale)
    if not summary.count:
        return ReviewsPart()
    latest = reviews.reviews_of(session, product_id, locale, limit=LATEST).reviews
    bars = tuple(replace(bar, href=_address(slug, bar.stars)) for bar in summary.bars)
    return ReviewsPart(replace(summary, bars=bars), latest, _address(slug))


def reviews_page(session: Session, slug: str, stars: int, after: str, locale: Locale, now: datetime) -> ReviewsPage:
    """A page of the reviews of a product on the market, of some stars only where they are named; raises NotFound."""
    product = catalog.listed_product(session, slug, now)
    summary = reviews.summary(session, product.id, locale)
    found = reviews.reviews_of(session, product.id, locale, stars=stars, after=after)
    bars = tuple(replace(bar, href=_address(slug, bar.stars), chosen=bar.stars == stars) for bar in summary.bars)
    return ReviewsPage(
        product=product.name,
        product_href=product.href,
        slug=slug,
        stars=stars,
        summary=replace(summary, bars=bars),
        reviews=found.reviews,
        next_href=_address(slug, stars, found.next) if found.next else "",
        all_href=_address(slug),
        reasons=tuple(Choice(label.say(locale), reason.value) for reason, label in REPORT_LABELS.items()),
    )


def _address(slug: str, stars: int = 0, after: str = "") -> str:
    asked = {"stars": str(stars) if stars else "", "after": after}
    named = urlencode({name: value for name, value in asked.items() if value})
    return f"/p/{slug}/reviews{'?' + named if named else ''}"
