"""Answers a search: tier by tier, or in another order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.base import clock
from marketplace.base.text import Locale
from marketplace.catalog import search
from marketplace.catalog.models import Product
from marketplace.catalog.rules import HIGHEST_PRICE
from marketplace.catalog.service import categories
from marketplace.catalog.service.cards import cards_by_id
from marketplace.catalog.service.query import SORTS, ListQuery, Sort, kept_total, read_cursor, write_cursor
from marketplace.catalog.views import ProductList

MOST_COUNTED = 1000
MOST_SORTED = 3000
MOST_PRICE_STEPS = 12


def find(session: Session, query: ListQuery, locale: Locale, now: datetime) -> ProductList:
    """One page of what a query means, best matches first unless another order is asked for; raises CursorInvalid."""
    tiers = search.tiers(query.q)
    narrowing = _narrowing(session, query, now)
    if not tiers:
        return ProductList()
    if query.sort not in {Sort.POPULAR, Sort.RELEVANCE}:
        return _sorted_search(session, query, tiers, narrowing, locale, now)
    index, connection = search.index_of(session), session.connection()
    first, after = read_cursor(query, 2) if query.after else (0, -1)
    found: list[tuple[int, int]] = []
    for number in range(first, len(tiers)):
        room = query.limit + 1 - len(found)
        places = index.find(connection, tiers[number], tiers[:number], narrowing, after, room)
        found.extend((number, place) for place in places)
        if len(found) > query.limit:
            break
        after = -1
    shown = found[: query.limit]
    cursor = write_cursor(query, list(shown[-1])) if len(found) > query.limit else None
    cards = cards_by_id(session, [search.product_at(place) for _, place in shown], locale, now)
    total = _search_total(session, query, tiers, narrowing, len(cards), cursor)
    return ProductList(cards, cursor, total, at_least=total == MOST_COUNTED)


def _sorted_search(
    session: Session,
    query: ListQuery,
    tiers: tuple[search.Tier, ...],
    narrowing: search.Narrowing,
    locale: Locale,
    now: datetime,
) -> ProductList:
    # In another order the words of names count alone, where they say something: the cheapest goods of a shop called
    # after a fruit are not the cheapest fruit. Among very many matches, the best-selling ones are put in order.
    index, connection = search.index_of(session), session.connection()
    most = query.limit + 1
    for tier in tiers[-2:]:
        key, descending = SORTS[query.sort]
        column, direction = f"p.{key}", "DESC" if descending else "ASC"
        order = search.Order(f"{column} {direction}, p.id {direction}")
        if query.after:
            value, last_id = read_cursor(query, 2)
            compared = "<" if descending else ">"
            order = search.Order(
                order.by,
                f"({column}, p.id) {compared} (:key, :last)",
                (("key", _as_bound(session, query.sort, value)), ("last", last_id)),
            )
        ids = index.sorted_ids(connection, tier, narrowing, MOST_SORTED, order, most)
        if ids or query.after:
            break
    shown = ids[: query.limit]
    cards = cards_by_id(session, shown, locale, now)
    cursor = None
    if len(ids) > query.limit:
        last = session.execute(
            select(getattr(Product, SORTS[query.sort][0])).where(col(Product.id) == shown[-1])
        ).scalar_one()
        cursor = write_cursor(query, [last.isoformat() if isinstance(last, datetime) else last, shown[-1]])
    total = _search_total(session, query, tiers, narrowing, len(cards), cursor)
    return ProductList(cards, cursor, total, at_least=total == MOST_COUNTED)


def _as_bound(session: Session, sort: Sort, value: Any) -> Any:
    if sort is not Sort.NEW:
        return value
    moment = datetime.fromisoformat(value)
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f") if session.get_bind().dialect.name == "sqlite" else moment


def _narrowing(session: Session, query: ListQuery, now: datetime) -> search.Narrowing:
    tags: list[tuple[str, ...]] = []
    conditions: list[str] = []
    values: dict[str, Any] = {}
    if query.category:
        tags.append(search.category_tag(categories.by_slug(session, query.category).id))
    if query.store:
        tags.append(search.store_tag(query.store))
    if query.commune:
        tags.append(search.commune_tag(query.commune))
    if query.min_price is not None or query.max_price is not None:
        lowest, highest = query.min_price or 0, HIGHEST_PRICE if query.max_price is None else query.max_price
        steps = search.price_tags(lowest, min(highest, HIGHEST_PRICE))
        if len(steps) <= MOST_PRICE_STEPS:
            tags.append(steps)
        conditions.append("product.price BETWEEN :min_price AND :max_price")
        values |= {"min_price": lowest, "max_price": highest}
    if query.ocop is not None:
        tags.append(search.ocop_tag(query.ocop))
        conditions.append("product.ocop_stars >= :ocop AND product.ocop_valid_to >= :today")
        today = clock.local_date(now)
        sqlite = session.get_bind().dialect.name == "sqlite"
        values |= {"ocop": query.ocop, "today": today.isoformat() if sqlite else today}
    return search.Narrowing(tuple(tags), tuple(conditions), tuple(values.items()))


def _search_total(
    session: Session,
    query: ListQuery,
    tiers: tuple[search.Tier, ...],
    narrowing: search.Narrowing,
    shown: int,
    cursor: str | None,
) -> int:
    if not query.after and cursor is None:
        return shown
    # Nobody reads on that far, and counting on would cost more than finding.
    return kept_total(
        session,
        query,
        lambda: search.index_of(session).count(session.connection(), tiers[-1], narrowing, MOST_COUNTED),
    )
