"""Search results and categories."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.service import ListQuery
from marketplace.catalog.views import CategoryLink
from marketplace.places import service as places
from marketplace.storefront import filtering
from marketplace.storefront.service.proposing import with_proposals
from marketplace.storefront.service.reaching import reachable
from marketplace.storefront.views import ListingPage

EVERYTHING = Text("Tất cả sản phẩm", "All products")
RESULTS_FOR = Text("Kết quả cho “{q}”", "Results for “{q}”")


def listing(session: Session, query: ListQuery, locale: Locale, now: datetime) -> ListingPage:
    """Search results or a category; when nothing is found, what to look for instead. Raises NotFound for an unknown category."""
    reaching = reachable(session, query.deliver_to, now) if query.deliver_to else None
    found = catalog.list_products(session, query, locale, now, stores=reaching, counted=True)
    title, parent, tiles, narrower = _place(session, query, found.meant, locale)
    known = places.communes(session, {*found.counts.communes, query.commune, query.deliver_to})
    names = {code: view.name for code, view in known.items()}
    place = known.get(query.deliver_to)
    page = ListingPage(
        title=title,
        q=query.q,
        meant=found.meant,
        total_text=filtering.count_text(found.total, locale),
        cards=found.cards,
        next_href=filtering.address(query, after=found.next_cursor) if found.next_cursor else "",
        first_href=filtering.address(query),
        deeper=bool(query.after),
        tiles=tiles,
        parent_name=parent.name,
        parent_href=parent.href,
        sorts=filtering.sorts(query, locale),
        filters=filtering.filters(query, found.counts, narrower, names, locale),
        here=f"/c/{query.category}" if query.category else "/search",
        lowest_typed=str(query.min_price or ""),
        highest_typed=str(query.max_price or ""),
        price_fields=filtering.kept_fields(query, "min_price", "max_price"),
        place=f"{place.name}, {place.province}" if place else "",
        found=bool(found.total),
    )
    return page if page.found else with_proposals(session, page, query, reaching, names, locale, now)


def _place(
    session: Session, query: ListQuery, meant: str, locale: Locale
) -> tuple[str, CategoryLink, tuple[CategoryLink, ...], tuple[CategoryLink, ...]]:
    """Title, the category above, tiles of all categories, and the categories to narrow or change to."""
    asked = meant or query.q.strip()
    results = RESULTS_FOR.say(locale, q=asked) if asked else ""
    tree = catalog.tree(session, locale)
    if query.category:
        category = catalog.category_by_slug(session, query.category, locale)
        above = catalog.category_by_slug(session, category.parent_slug, locale) if category.parent_slug else None
        parent = CategoryLink(above.slug, above.name, above.href, above.icon, above.id) if above else CategoryLink()
        narrower = category.children or (above.children if above else ())
        title = f"{category.name} · {results}" if results else category.name
        return title, parent, (), narrower
    links = tuple(CategoryLink(item.slug, item.name, item.href, item.icon, item.id) for item in tree)
    if results:
        return results, CategoryLink(), (), links
    return EVERYTHING.say(locale), CategoryLink(), links, links
