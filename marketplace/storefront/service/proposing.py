"""What a listing proposes where it found nothing, as parts of its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.service import ListQuery
from marketplace.catalog.views import Fewer, ProductCard
from marketplace.storefront import filtering
from marketplace.storefront.views import Choice, ListingPage

SUGGESTED = 8
IN_CATEGORY = Text("trong {name}", "in {name}")
NOT_ONLY = Text("Bỏ lọc “{choice}”", "Without “{choice}”")
ANY_CATEGORY = Text("Ở mọi danh mục", "In all categories")
NO_FILTERS = Text("Bỏ hết bộ lọc", "Without any filter")
EVERYWHERE = Text("Bỏ hết bộ lọc, tìm ở mọi danh mục", "Without any filter, in all categories")
POPULAR = Text("Bán chạy", "Popular")
POPULAR_THERE = Text("Bán chạy {place}", "Popular {place}")
FROM = Text("của {name}", "from {name}")
REACHING = Text("giao đến {name}", "delivered to {name}")


def with_proposals(
    session: Session,
    page: ListingPage,
    query: ListQuery,
    reaching: tuple[str, ...] | None,
    communes: Mapping[str, str],
    locale: Locale,
    now: datetime,
) -> ListingPage:
    """A page that found nothing, with other questions and how many goods they find, and what sells in the place looked at."""
    found = catalog.instead(session, query, locale, now, stores=reaching)
    labels = filtering.chosen(query, communes, locale)
    there, cards = _best_sellers(session, query, reaching, communes, locale, now)
    return replace(
        page,
        fewer=tuple(_without(query, one, labels, locale) for one in found.fewer),
        parts=tuple(_choice(part.q, ListQuery(q=part.q), part.total, locale) for part in found.parts),
        nearby=tuple(
            _choice(near.link.name, ListQuery(category=near.link.slug), near.total, locale) for near in found.categories
        ),
        suggestions_title=POPULAR_THERE.say(locale, place=there) if there else POPULAR.say(locale),
        suggestions=cards,
    )


def _choice(label: str, query: ListQuery, total: int, locale: Locale) -> Choice:
    return Choice(label, filtering.address(query), False, total, filtering.count_text(total, locale))


def _without(query: ListQuery, fewer: Fewer, labels: Mapping[str, str], locale: Locale) -> Choice:
    if fewer.choices == ("category",):
        label = ANY_CATEGORY.say(locale)
    elif len(fewer.choices) == 1:
        label = NOT_ONLY.say(locale, choice=labels[fewer.choices[0]])
    else:
        label = (EVERYWHERE if "category" in fewer.choices else NO_FILTERS).say(locale)
    return _choice(label, catalog.without(query, fewer.choices), fewer.total, locale)


def _best_sellers(
    session: Session,
    query: ListQuery,
    reaching: tuple[str, ...] | None,
    communes: Mapping[str, str],
    locale: Locale,
    now: datetime,
) -> tuple[str, tuple[ProductCard, ...]]:
    """What sells in the place somebody looks at: the commune goods are from, the category, what reaches them; else anywhere."""
    places: list[tuple[str, ListQuery, tuple[str, ...] | None]] = []
    if query.commune in communes:
        places.append((FROM.say(locale, name=communes[query.commune]), ListQuery(commune=query.commune), None))
    if query.category:
        name = catalog.category_by_slug(session, query.category, locale).name
        places.append((IN_CATEGORY.say(locale, name=name), ListQuery(category=query.category, near=query.near), None))
    if query.deliver_to in communes:
        places.append((REACHING.say(locale, name=communes[query.deliver_to]), ListQuery(near=query.near), reaching))
    for there, asked, stores in (*places, ("", ListQuery(), None)):
        cards = catalog.list_products(session, replace(asked, limit=SUGGESTED), locale, now, stores=stores).cards
        if cards:
            return there, cards
    return "", ()
