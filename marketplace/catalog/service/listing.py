"""Lists of products: filters, orders, keyset pages, totals."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlmodel import Session, col

from marketplace.base import clock
from marketplace.base.crypto import keyed_token, same
from marketplace.base.errors import DomainError, InputInvalid
from marketplace.base.media import picture_url, srcset
from marketplace.base.money import show_money
from marketplace.base.quantity import THOUSAND
from marketplace.base.text import Locale, Text
from marketplace.catalog import search, stock
from marketplace.catalog.models import Product, Sku, StockLevel
from marketplace.catalog.rules import HIGHEST_PRICE, UNIT_LABELS, Unit
from marketplace.catalog.service import categories
from marketplace.catalog.views import ProductCard, ProductList

MOST = 60
USUAL = 24
TOTALS_LAST_SECONDS = 20.0
MOST_TOTALS = 5000
MOST_COUNTED = 1000
MOST_SORTED = 3000
MOST_PRICE_STEPS = 12
SOLD = Text("Đã bán {count}", "{count} sold")
OCOP = Text("OCOP {stars}★", "OCOP {stars}★")


class Sort(StrEnum):
    """Orders of a listing."""

    POPULAR = "popular"
    RELEVANCE = "relevance"
    """As popular, which a search takes within how well it matches."""
    NEW = "new"
    PRICE_ASCENDING = "price_asc"
    PRICE_DESCENDING = "price_desc"


class CursorInvalid(DomainError):
    """The cursor is not one we gave for this query."""

    code = "cursor_invalid"
    status = 400
    message = Text("Trang này không còn đúng. Hãy xem lại từ đầu.", "This page is no longer valid. Start again.")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a shopper asks for; prices in đồng, `after` an earlier page's cursor."""

    q: str = ""
    category: str = ""
    store: str = ""
    commune: str = ""
    min_price: int | None = None
    max_price: int | None = None
    ocop: int | None = None
    sort: Sort = Sort.POPULAR
    after: str = ""
    limit: int = USUAL

    def filters(self) -> tuple[Any, ...]:
        """What decides the total."""
        return (self.q, self.category, self.store, self.commune, self.min_price, self.max_price, self.ocop)


_totals: dict[tuple[Any, ...], tuple[float, int]] = {}


def forget_totals() -> None:
    """Count anew from now on."""
    _totals.clear()


def list_products(session: Session, query: ListQuery, locale: Locale, now: datetime) -> ProductList:
    """One page of products; raises InputInvalid, CursorInvalid. A fixed number of queries, whatever the page."""
    if not 1 <= query.limit <= MOST:
        raise InputInvalid(field="limit")
    if query.q.strip():
        return _search(session, query, locale, now)
    return _page(session, query, _filters(session, query, now), locale, now)


def _filters(session: Session, query: ListQuery, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(Product.listed).is_(True)]
    if query.category:
        category = categories.by_slug(session, query.category)
        column = Product.top_category_id if category.parent_id is None else Product.category_id
        found.append(col(column) == category.id)
    if query.store:
        found.append(col(Product.store_slug) == query.store)
    if query.commune:
        found.append(col(Product.commune_code) == query.commune)
    if query.min_price is not None:
        found.append(col(Product.price) >= query.min_price)
    if query.max_price is not None:
        found.append(col(Product.price) <= query.max_price)
    if query.ocop is not None:
        found.append(col(Product.ocop_stars) >= query.ocop)
        found.append(col(Product.ocop_valid_to) >= clock.local_date(now))
    return found


_SORTS: dict[Sort, tuple[Any, bool]] = {
    Sort.POPULAR: (col(Product.popularity), True),
    Sort.RELEVANCE: (col(Product.popularity), True),
    Sort.NEW: (col(Product.published_at), True),
    Sort.PRICE_ASCENDING: (col(Product.price), False),
    Sort.PRICE_DESCENDING: (col(Product.price), True),
}


def _page(
    session: Session, query: ListQuery, wanted: list[ColumnElement[bool]], locale: Locale, now: datetime
) -> ProductList:
    key, descending = _SORTS[query.sort]
    identity = col(Product.id)
    statement = _cards(now).where(*wanted)
    if query.after:
        last, last_id = _read_cursor(query, 2)
        value = datetime.fromisoformat(last) if query.sort is Sort.NEW else last
        beyond = key < value if descending else key > value
        beside = and_(key == value, identity < last_id if descending else identity > last_id)
        statement = statement.where(or_(beyond, beside))
    order = (key.desc(), identity.desc()) if descending else (key, identity)
    rows = session.execute(statement.add_columns(key).order_by(*order).limit(query.limit + 1)).all()
    more = rows[query.limit :]
    shown = rows[: query.limit]
    cursor = None
    if more:
        last = shown[-1][-1]
        cursor = _cursor(query, [last.isoformat() if isinstance(last, datetime) else last, shown[-1].id])
    today = clock.local_date(now)
    cards = tuple(card(row, locale, today) for row in shown)
    return ProductList(cards, cursor, _total(session, query, wanted, len(cards), cursor))


def _search(session: Session, query: ListQuery, locale: Locale, now: datetime) -> ProductList:
    tiers = search.tiers(query.q)
    narrowing = _narrowing(session, query, now)
    if not tiers:
        return ProductList()
    if query.sort not in {Sort.POPULAR, Sort.RELEVANCE}:
        return _sorted_search(session, query, tiers, narrowing, locale, now)
    index, connection = search.index_of(session), session.connection()
    first, after = _read_cursor(query, 2) if query.after else (0, -1)
    found: list[tuple[int, int]] = []
    for number in range(first, len(tiers)):
        room = query.limit + 1 - len(found)
        places = index.find(connection, tiers[number], tiers[:number], narrowing, after, room)
        found.extend((number, place) for place in places)
        if len(found) > query.limit:
            break
        after = -1
    shown = found[: query.limit]
    cursor = _cursor(query, list(shown[-1])) if len(found) > query.limit else None
    cards = _cards_by_id(session, [search.product_at(place) for _, place in shown], locale, now)
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
        key, descending = _SORTS[query.sort]
        column, direction = f"p.{key.key}", "DESC" if descending else "ASC"
        order = search.Order(f"{column} {direction}, p.id {direction}")
        if query.after:
            value, last_id = _read_cursor(query, 2)
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
    cards = _cards_by_id(session, shown, locale, now)
    cursor = None
    if len(ids) > query.limit:
        last = session.execute(select(_SORTS[query.sort][0]).where(col(Product.id) == shown[-1])).scalar_one()
        cursor = _cursor(query, [last.isoformat() if isinstance(last, datetime) else last, shown[-1]])
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
    return _kept_total(
        session,
        query,
        lambda: search.index_of(session).count(session.connection(), tiers[-1], narrowing, MOST_COUNTED),
    )


def _cards_by_id(session: Session, ids: Sequence[int], locale: Locale, now: datetime) -> tuple[ProductCard, ...]:
    if not ids:
        return ()
    rows = {row.id: row for row in session.execute(_cards(now).where(col(Product.id).in_(ids)))}
    today = clock.local_date(now)
    return tuple(card(rows[product_id], locale, today) for product_id in ids if product_id in rows)


def _cards(now: datetime) -> Select[*tuple[Any, ...]]:
    free = col(StockLevel.on_hand) - col(StockLevel.allocated) - col(StockLevel.held) + stock.expired(now)
    return (
        select(
            col(Product.id),
            col(Product.slug),
            col(Product.name),
            col(Product.price),
            col(Product.unit),
            col(Product.store_slug),
            col(Product.store_name),
            col(Product.commune_name),
            col(Product.ocop_stars),
            col(Product.ocop_valid_to),
            col(Product.sold),
            col(Product.picture),
            col(Product.placeholder),
            col(Sku.code),
            (free >= col(Sku.minimum)).label("in_stock"),
        )
        .join(Sku, col(Sku.product_id) == col(Product.id))
        .join(StockLevel, col(StockLevel.sku_id) == col(Sku.id))
    )


def cards_of(
    session: Session, wanted: Sequence[ColumnElement[bool]], limit: int, locale: Locale, now: datetime
) -> tuple[ProductCard, ...]:
    """The best-selling listed products that meet conditions."""
    statement = _cards(now).where(col(Product.listed).is_(True), *wanted)
    rows = session.execute(
        statement.order_by(col(Product.popularity).desc(), col(Product.id).desc()).limit(limit)
    ).all()
    today = clock.local_date(now)
    return tuple(card(row, locale, today) for row in rows)


def card(row: Row[Any], locale: Locale, today: date) -> ProductCard:
    """A row of a listing, ready to show."""
    stars = row.ocop_stars if row.ocop_stars and row.ocop_valid_to and row.ocop_valid_to >= today else 0
    return ProductCard(
        slug=row.slug,
        name=row.name,
        href=f"/p/{row.slug}",
        sku=row.code,
        price=row.price,
        price_text=show_money(row.price),
        unit=row.unit,
        unit_text=UNIT_LABELS[Unit(row.unit)].say(locale),
        store_slug=row.store_slug,
        store_name=row.store_name,
        commune_name=row.commune_name,
        in_stock=bool(row.in_stock),
        ocop_stars=stars,
        ocop_text=OCOP.say(locale, stars=stars) if stars else "",
        picture=picture_url(row.picture, 320),
        picture_set=srcset(row.picture),
        placeholder=row.placeholder or "",
        sold_text=sold_text(row.sold, locale),
    )


def sold_text(sold: int, locale: Locale) -> str:
    """`Đã bán 1,2k`: how much was sold, in thousandths of the unit; empty when nothing was."""
    count = sold // THOUSAND
    if count <= 0:
        return ""
    short = f"{count / 1000:.1f}k" if count >= 1000 else str(count)
    return SOLD.say(locale, count=short if locale == "en" else short.replace(".", ","))


def _total(
    session: Session, query: ListQuery, wanted: list[ColumnElement[bool]], shown: int, cursor: str | None
) -> int:
    if not query.after and cursor is None:
        return shown
    return _kept_total(
        session,
        query,
        lambda: int(session.execute(select(func.count()).select_from(Product).where(*wanted)).scalar_one()),
    )


def _kept_total(session: Session, query: ListQuery, count: Callable[[], int]) -> int:
    # Counting is the one thing that grows with the catalogue: a count of more than a page may be some seconds old.
    key = (session.get_bind().engine.url.render_as_string(hide_password=False), *query.filters())
    known = _totals.get(key)
    moment = time.monotonic()
    if known is not None and moment - known[0] < TOTALS_LAST_SECONDS:
        return known[1]
    total = count()
    if len(_totals) >= MOST_TOTALS:
        _totals.clear()
    _totals[key] = (moment, total)
    return total


def _cursor(query: ListQuery, position: list[Any]) -> str:
    data = orjson.dumps(position)
    return base64.urlsafe_b64encode(_seal(query, data).encode() + data).decode().rstrip("=")


def _seal(query: ListQuery, data: bytes) -> str:
    return keyed_token("cursor", f"{query.filters()}{query.sort}{data.decode()}")[:12]


def _read_cursor(query: ListQuery, length: int) -> list[Any]:
    try:
        raw = base64.urlsafe_b64decode(query.after + "=" * (-len(query.after) % 4))
        position = orjson.loads(raw[12:])
        seal = raw[:12].decode("ascii")
    except ValueError:
        raise CursorInvalid(field="after") from None
    if not isinstance(position, list) or len(position) != length or not same(seal, _seal(query, raw[12:])):
        raise CursorInvalid(field="after")
    return position


def newest_paths(session: Session, limit: int = 45_000) -> list[str]:
    """Addresses of listed products, newest first, for the site map."""
    rows = session.execute(
        select(col(Product.slug)).where(col(Product.listed).is_(True)).order_by(col(Product.id).desc()).limit(limit)
    )
    return [f"/p/{slug}" for slug in rows.scalars()]
