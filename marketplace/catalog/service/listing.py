"""Lists of products: filters, orders, keyset pages, totals."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select, tuple_
from sqlmodel import Session, col

from marketplace.base import clock
from marketplace.base.errors import InputInvalid
from marketplace.base.text import Locale
from marketplace.catalog.models import Product
from marketplace.catalog.service import categories, finding
from marketplace.catalog.service.cards import PRODUCT, card, rows_of_cards
from marketplace.catalog.service.query import MOST, SORTS, ListQuery, Sort, kept_total, read_cursor, write_cursor
from marketplace.catalog.views import ProductList


def list_products(session: Session, query: ListQuery, locale: Locale, now: datetime) -> ProductList:
    """One page of products; raises InputInvalid, CursorInvalid. A fixed number of queries, whatever the page."""
    if not 1 <= query.limit <= MOST:
        raise InputInvalid(field="limit")
    if query.q.strip():
        return finding.find(session, query, locale, now)
    return _page(session, query, locale, now)


_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "top_category": PRODUCT.c.top_category_id == bindparam("top_category"),
    "category": PRODUCT.c.category_id == bindparam("category"),
    "store": PRODUCT.c.store_slug == bindparam("store"),
    "commune": PRODUCT.c.commune_code == bindparam("commune"),
    "min_price": PRODUCT.c.price >= bindparam("min_price"),
    "max_price": PRODUCT.c.price <= bindparam("max_price"),
    "ocop": PRODUCT.c.ocop_stars >= bindparam("ocop"),
    "today": PRODUCT.c.ocop_valid_to >= bindparam("today"),
}


def _filters(session: Session, query: ListQuery, now: datetime) -> dict[str, Any]:
    """The values of the conditions a query names."""
    found: dict[str, Any] = {}
    if query.category:
        category = categories.by_slug(session, query.category)
        found["top_category" if category.parent_id is None else "category"] = category.id
    if query.store:
        found["store"] = query.store
    if query.commune:
        found["commune"] = query.commune
    if query.min_price is not None:
        found["min_price"] = query.min_price
    if query.max_price is not None:
        found["max_price"] = query.max_price
    if query.ocop is not None:
        found["ocop"] = query.ocop
        found["today"] = clock.local_date(now)
    return found


@lru_cache(maxsize=1024)
def _page_statement(conditions: tuple[str, ...], sort: Sort, *, going_on: bool) -> Select[*tuple[Any, ...]]:
    name, descending = SORTS[sort]
    key, identity = PRODUCT.c[name], PRODUCT.c.id
    statement = rows_of_cards().add_columns(key.label("sort_key")).where(*_wanted(conditions))
    if going_on:
        # Compared as a pair, so that the index leads to the place however deep it is.
        here, last = tuple_(key, identity), tuple_(bindparam("key", type_=key.type), bindparam("last"))
        statement = statement.where(here < last if descending else here > last)
    order = (key.desc(), identity.desc()) if descending else (key, identity)
    return statement.order_by(*order).limit(bindparam("most"))


@lru_cache(maxsize=256)
def _count_statement(conditions: tuple[str, ...]) -> Select[int]:
    return select(func.count()).select_from(PRODUCT).where(*_wanted(conditions))


def _wanted(conditions: tuple[str, ...]) -> list[ColumnElement[bool]]:
    return [PRODUCT.c.listed.is_(True), *(_CONDITIONS[part] for part in conditions)]


def _page(session: Session, query: ListQuery, locale: Locale, now: datetime) -> ProductList:
    filters = _filters(session, query, now)
    statement = _page_statement(tuple(filters), query.sort, going_on=bool(query.after))
    values = {**filters, "now": now, "most": query.limit + 1}
    if query.after:
        last, values["last"] = read_cursor(query, 2)
        values["key"] = datetime.fromisoformat(last) if query.sort is Sort.NEW else last
    rows = session.connection().execute(statement, values).all()
    shown = rows[: query.limit]
    cursor = None
    if len(rows) > query.limit:
        key = shown[-1].sort_key
        cursor = write_cursor(query, [key.isoformat() if isinstance(key, datetime) else key, shown[-1].id])
    today = clock.local_date(now)
    cards = tuple(card(row, locale, today) for row in shown)
    if not query.after and cursor is None:
        return ProductList(cards, None, len(cards))
    count = _count_statement(tuple(filters))
    total = kept_total(session, query, lambda: int(session.connection().execute(count, filters).scalar_one()))
    return ProductList(cards, cursor, total)


def newest_paths(session: Session, limit: int = 45_000) -> list[str]:
    """Addresses of listed products, newest first, for the site map."""
    rows = session.execute(
        select(col(Product.slug)).where(col(Product.listed).is_(True)).order_by(col(Product.id).desc()).limit(limit)
    )
    return [f"/p/{slug}" for slug in rows.scalars()]
