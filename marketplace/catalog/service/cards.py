"""Products in a list: the rows a card is made of, and the card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Label, Row, Select, and_, bindparam, case, func, select
from sqlmodel import Session

from marketplace.base import clock
from marketplace.base.db import UtcDateTime
from marketplace.base.media import picture_url
from marketplace.base.money import show_money
from marketplace.base.quantity import THOUSAND
from marketplace.base.ratings import average_rating, rating_text
from marketplace.base.text import Locale, Text
from marketplace.catalog import search, stock
from marketplace.catalog.models import Certificate, Product, Sku, StockLevel
from marketplace.catalog.reading import content_said, piece_of
from marketplace.catalog.rules import KILOGRAM, UNIT_LABELS, Unit, goods_amount
from marketplace.catalog.service import offers
from marketplace.catalog.views import ListedProduct

SOLD = Text("Đã bán {count}", "{count} sold")
AHEAD = Text("Đặt trước, có từ {date}", "Pre-order, from {date}")
OCOP = Text("OCOP {stars}★", "OCOP {stars}★")

PRODUCT = Product.__table__  # type: ignore[attr-defined]
SKU = Sku.__table__  # type: ignore[attr-defined]
STOCK_LEVEL = StockLevel.__table__  # type: ignore[attr-defined]


@lru_cache(maxsize=1)
def rows_of_cards() -> Select[*tuple[Any, ...]]:
    """The rows of products, listed or not; `:now` decides which holds and `:today` which certificates still count.

    Built once, over tables instead of classes: building it and reading rows as objects cost more than the query.
    """
    free = STOCK_LEVEL.c.on_hand - STOCK_LEVEL.c.allocated - STOCK_LEVEL.c.held
    now = bindparam("now", type_=UtcDateTime)
    expired = stock.expired(now)
    return (
        select(
            PRODUCT.c.id,
            PRODUCT.c.slug,
            PRODUCT.c.name,
            SKU.c.price,
            SKU.c.price_before,
            case((and_(SKU.c.sale_since <= now, SKU.c.sale_until > now), SKU.c.sale_price)).label("sale_price"),
            SKU.c.unit,
            SKU.c.content_amount,
            SKU.c.content_measure,
            SKU.c.lightest_grams,
            SKU.c.heaviest_grams,
            PRODUCT.c.store_slug,
            PRODUCT.c.store_name,
            PRODUCT.c.commune_name,
            _stars(),
            PRODUCT.c.sold,
            PRODUCT.c.expected_on,
            PRODUCT.c.picture,
            PRODUCT.c.rating_count,
            PRODUCT.c.rating_sum,
            SKU.c.code,
            (free + expired >= SKU.c.minimum).label("in_stock"),
        )
        .select_from(PRODUCT)
        .join(SKU, and_(SKU.c.product_id == PRODUCT.c.id, SKU.c.leads))
        .join(STOCK_LEVEL, STOCK_LEVEL.c.sku_id == SKU.c.id)
    )


def _stars() -> Label[int | None]:
    """The most stars that count on the day of `:today`; with the last of them they go, or fewer that still hold come."""
    held = Certificate.__table__  # type: ignore[attr-defined]
    today = bindparam("today", type_=Date)
    counting = select(func.max(held.c.stars)).where(held.c.product_id == PRODUCT.c.id, held.c.expires_on >= today)
    return counting.scalar_subquery().label("stars")


@lru_cache(maxsize=1)
def _by_id() -> Select[*tuple[Any, ...]]:
    return rows_of_cards().where(PRODUCT.c.id.in_(bindparam("ids", expanding=True)))


def cards_by_id(session: Session, ids: Sequence[int], locale: Locale, now: datetime) -> tuple[ListedProduct, ...]:
    """Cards of products that were just found, in their order."""
    cards = cards_of(session, ids, locale, now)
    return tuple(cards[product_id] for product_id in ids if product_id in cards)


def cards_of(session: Session, ids: Sequence[int], locale: Locale, now: datetime) -> dict[int, ListedProduct]:
    """Cards of products that were just found, by id; those that look as before are not read again."""
    shelf = search.keeper().cards
    generation = shelf.generation
    cards = shelf.find(ids, locale)
    missing = [product_id for product_id in ids if product_id not in cards]
    if missing:
        today = clock.local_date(now)
        rows = session.connection().execute(_by_id(), {"ids": missing, "now": now, "today": today})
        read = {row.id: card(row, locale, today) for row in rows}
        shelf.keep(read, locale, generation)
        cards |= read
    return cards


def cards_by_slug(session: Session, slugs: Sequence[str], locale: Locale, now: datetime) -> tuple[ListedProduct, ...]:
    """Cards of those of some products that shoppers may find, in the order given."""
    if not slugs:
        return ()
    rows = session.execute(
        select(PRODUCT.c.slug, PRODUCT.c.id).where(PRODUCT.c.slug.in_(slugs), PRODUCT.c.listed.is_(True))
    )
    known = {row.slug: row.id for row in rows}
    return cards_by_id(session, [known[slug] for slug in slugs if slug in known], locale, now)


def card(row: Row[Any], locale: Locale, today: date) -> ListedProduct:
    """A row of a listing, ready to show."""
    stars = row.stars or 0
    price, unit, piece = row.sale_price or row.price, Unit(row.unit), piece_of(row)
    unit_text = UNIT_LABELS[unit].say(locale)
    return ListedProduct(
        slug=row.slug,
        name=row.name,
        href=f"/p/{row.slug}",
        sku=row.code,
        price=goods_amount(price, THOUSAND, piece),
        price_text=show_money(price),
        price_unit=KILOGRAM.say(locale) if piece else unit_text,
        before_text=show_money(row.price_before) if row.sale_price and (row.price_before or 0) > price else "",
        base_text=offers.compared_text(price, unit, content_said(row), piece, locale),
        weighed=offers.weighed_view(price, piece),
        unit=row.unit,
        unit_text=unit_text,
        store_slug=row.store_slug,
        store_name=row.store_name,
        commune_name=row.commune_name,
        sold_out=not row.in_stock,
        ocop_stars=stars,
        ocop_text=OCOP.say(locale, stars=stars) if stars else "",
        picture=picture_url(row.picture, 320),
        picture_key=row.picture or "",
        note=_ahead_text(row.expected_on, locale, today) or sold_text(row.sold, locale),
        rating=average_rating(row.rating_sum, row.rating_count),
        reviews=row.rating_count,
        rating_text=rating_text(row.rating_sum, row.rating_count, locale),
    )


def _ahead_text(expected_on: date | None, locale: Locale, today: date) -> str:
    if expected_on is None or expected_on <= today:
        return ""
    return AHEAD.say(locale, date=expected_on.strftime("%d/%m/%Y"))


def sold_text(sold: int, locale: Locale) -> str:
    """`Đã bán 1,2k`: how much was sold, in thousandths of the unit; empty when nothing was."""
    count = sold // THOUSAND
    if count <= 0:
        return ""
    short = f"{count / 1000:.1f}k" if count >= 1000 else str(count)
    return SOLD.say(locale, count=short if locale == "en" else short.replace(".", ","))
