"""Goods as search engines are told of them: their addresses in parts of bounded size, and what is gone for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from marketplace.catalog.models import Product
from marketplace.catalog.rules import ProductStatus
from marketplace.sellers import service as sellers

BATCH = 2000


@dataclass(frozen=True, slots=True)
class SitePart:
    """Listed products whose ids lie in one range of a fixed length: how many, when one last changed, and their sum."""

    number: int
    count: int
    changed: datetime
    sum_of_ids: int


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """An address and when what is there last changed."""

    path: str
    changed: datetime


def site_parts(session: Session, length: int) -> list[SitePart]:
    """Listed products by ranges of `length` ids, so that a new product never moves another one to another part."""
    number = (col(Product.id) - 1) // length + 1
    rows = session.execute(
        select(number.label("number"), func.count(), func.max(col(Product.updated_at)), func.sum(col(Product.id)))
        .where(col(Product.listed).is_(True))
        .group_by("number")
        .order_by("number")
    )
    return [SitePart(int(row[0]), row[1], row[2], int(row[3])) for row in rows]


def site_products(session: Session, after: int, last: int) -> tuple[list[SiteEntry], int]:
    """The next listed products with ids beyond `after` up to `last`, and the id to go on from, 0 at the end."""
    rows = session.execute(
        select(col(Product.id), col(Product.slug), col(Product.updated_at))
        .where(col(Product.listed).is_(True), col(Product.id) > after, col(Product.id) <= last)
        .order_by(col(Product.id))
        .limit(BATCH)
    ).all()
    entries = [SiteEntry(f"/p/{row.slug}", row.updated_at) for row in rows]
    return entries, rows[-1].id if len(rows) == BATCH else 0


def site_shops(session: Session) -> list[SiteEntry]:
    """Shops with goods, and when any of these last changed; an empty shop is no page to be found by."""
    rows = session.execute(
        select(col(Product.store_slug), func.max(col(Product.updated_at)))
        .where(col(Product.listed).is_(True))
        .group_by(col(Product.store_slug))
        .order_by(col(Product.store_slug))
    )
    return [SiteEntry(f"/s/{slug}", changed) for slug, changed in rows]


def product_is_gone(session: Session, slug: str, now: datetime) -> bool:
    """Whether a product was on the market and has been off it for longer than a year's round of harvests.

    A paused product may come back tomorrow, or with the next season: until then it is only not found.
    """
    row = session.execute(
        select(col(Product.status), col(Product.listed), col(Product.updated_at), col(Product.seller_id)).where(
            col(Product.slug) == slug, col(Product.published_at).is_not(None)
        )
    ).first()
    if row is None or row.listed:
        return False
    paused = ProductStatus(row.status) is not ProductStatus.ACTIVE and row.updated_at < now - sellers.COMES_BACK_WITHIN
    return paused or sellers.closed_for_good(session, now, seller_id=row.seller_id)
