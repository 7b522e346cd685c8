"""What the shop window shows of goods, read from the database as of a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlmodel import Session, col

from marketplace.base import clock
from marketplace.base.quantity import THOUSAND
from marketplace.base.ratings import rated
from marketplace.catalog.models import Category, Certificate, Product, Sku, StockHold, StockLevel
from marketplace.catalog.reading import listed_price, prices_of
from marketplace.catalog.rules import CertificateKind, Held, HoldState, best_stars, struck_price, unit_price
from marketplace.catalog.search.window import CERTIFICATE_BITS, Entry
from marketplace.sellers import service as sellers

BATCH = 2000


@lru_cache(maxsize=1)
def _rows() -> Select[*tuple[Any, ...]]:
    product, sku, level = Product.__table__, Sku.__table__, StockLevel.__table__  # type: ignore[attr-defined]
    return (
        select(
            *(product.c[name] for name in (
                "id", "slug", "name", "listed", "seller_id", "category_id", "store_slug", "store_name", "commune_code",
                "commune_name", "popularity", "published_at", "sold", "picture", "expected_on",
                "rating_count", "rating_sum",
            )),
            *(sku.c[name] for name in (
                "code", "minimum", "unit", "content_amount", "content_measure", "price", "sale_price", "sale_since",
                "sale_until", "price_before", "tiers", "lightest_grams", "heaviest_grams",
            )),
            level.c.id.label("level_id"),
            (level.c.on_hand - level.c.allocated - level.c.held).label("free"),
        )
        .select_from(product)
        .join(sku, and_(sku.c.product_id == product.c.id, sku.c.leads))
        .join(level, level.c.sku_id == sku.c.id)
        .order_by(product.c.id)
    )  # fmt: skip


def entries(
    session: Session, now: datetime, ids: Collection[int] | None = None
) -> Iterator[tuple[Entry | None, int, str]]:
    """Every listed product, or some whether listed or not, with id and slug; read in batches."""
    if ids is not None and not ids:
        return
    rows, product = _rows(), Product.__table__  # type: ignore[attr-defined]
    branches = _branches(session)
    if ids is None:
        last = 0
        statement = rows.limit(BATCH)
        while batch := session.connection().execute(statement.where(product.c.id > last)).all():
            # Asked for the listed ones, SQLite goes through all of them by an index of theirs for every batch.
            yield from _as_entries(session, [row for row in batch if row.listed], branches, now)
            last = batch[-1].id
        return
    waiting = sorted(ids)
    for start in range(0, len(waiting), BATCH):
        some = rows.where(product.c.id.in_(waiting[start : start + BATCH]))
        yield from _as_entries(session, session.connection().execute(some).all(), branches, now)


def _as_entries(
    session: Session, rows: Sequence[Row[Any]], branches: dict[int, _Branch], now: datetime
) -> Iterator[tuple[Entry | None, int, str]]:
    lapsing = _lapsing(session, [row.level_id for row in rows if row.free < row.minimum])
    kinds = sellers.kinds_of(session, {row.seller_id for row in rows})
    turning = _turning(session, [row.id for row in rows], now)
    held = _certificates(session, rows, clock.local_date(now))
    for row in rows:
        entry = None
        if row.listed:
            entry = _entry(
                row,
                branches[row.category_id],
                kinds[row.seller_id],
                lapsing.get(row.level_id, ()),
                turning.get(row.id, ()),
                [*held.get((row.seller_id, row.id), ()), *held.get((row.seller_id, None), ())],
                now,
            )
        yield entry, row.id, row.slug


_Branch = tuple[tuple[int, ...], tuple[str, ...]]
"""Ids of the categories from the root down, and all their names."""


def _entry(
    row: Row[Any],
    branch: _Branch,
    kind: str,
    lapsing: Sequence[tuple[datetime, int]],
    turning: Sequence[datetime],
    held: Sequence[Held],
    now: datetime,
) -> Entry:
    free, changes, prices = row.free, [*turning], prices_of(row)
    price = listed_price(row, now)
    for moment, quantity in lapsing:
        if moment <= now:
            free += quantity
        else:
            changes.append(moment)
    changes.extend(_end_of(one.expires_on) for one in held)
    stars = best_stars(held)
    preorder = row.expected_on is not None and row.expected_on > clock.local_date(now)
    if preorder:
        changes.append(clock.day_bounds(row.expected_on)[0])
    in_stock = free >= row.minimum
    categories, names = branch
    looks = (
        row.name, price, unit_price(prices, row.minimum, now), struck_price(prices, row.minimum, now), row.unit,
        row.content_amount, row.content_measure, row.lightest_grams, row.heaviest_grams,
        row.store_name, row.commune_name, row.sold // THOUSAND, row.picture, row.code,
        stars, in_stock, row.expected_on if preorder else None, row.rating_count, row.rating_sum,
    )  # fmt: skip
    return Entry(
        product_id=row.id,
        name=row.name,
        others=(row.store_name, row.commune_name, *names),
        categories=categories,
        store=row.store_slug,
        commune=row.commune_code,
        kind=kind,
        price=price,
        popularity=row.popularity,
        rated=rated(row.rating_sum, row.rating_count),
        published=row.published_at,
        in_stock=in_stock,
        stars=stars,
        certificates=sum(CERTIFICATE_BITS[kind] for kind in {one.kind for one in held}),
        preorder=preorder,
        looks=hash(looks),
        changes_at=min(changes, default=None),
    )


def _lapsing(session: Session, level_ids: Sequence[int]) -> dict[int, list[tuple[datetime, int]]]:
    """Open holds on stock rows that have too little: when each ends, and how much it gives back."""
    found: dict[int, list[tuple[datetime, int]]] = {}
    for start in range(0, len(level_ids), BATCH):
        rows = session.execute(
            select(col(StockHold.stock_level_id), col(StockHold.expires_at), func.sum(col(StockHold.quantity)))
            .where(
                col(StockHold.stock_level_id).in_(level_ids[start : start + BATCH]),
                col(StockHold.state) == HoldState.HELD,
            )
            .group_by(col(StockHold.stock_level_id), col(StockHold.expires_at))
        ).all()
        for level_id, expires_at, quantity in rows:
            found.setdefault(level_id, []).append((expires_at, int(quantity)))
    return found


def _turning(session: Session, product_ids: Sequence[int], now: datetime) -> dict[int, list[datetime]]:
    """When sales of any variant of these products begin or end."""
    found: dict[int, list[datetime]] = {}
    rows = session.execute(
        select(col(Sku.product_id), col(Sku.sale_since), col(Sku.sale_until)).where(
            col(Sku.product_id).in_(product_ids), col(Sku.sale_until) > now
        )
    ).all()
    for product_id, since, until in rows:
        found.setdefault(product_id, []).extend(moment for moment in (since, until) if moment > now)
    return found


def _certificates(session: Session, rows: Sequence[Row[Any]], today: date) -> dict[tuple[int, int | None], list[Held]]:
    """What counts today of the certificates of goods and of their shops, by seller and product."""
    of_goods = col(Certificate.product_id).in_([row.id for row in rows])
    of_shops = and_(
        col(Certificate.product_id).is_(None), col(Certificate.seller_id).in_({row.seller_id for row in rows})
    )
    known = session.execute(
        select(
            col(Certificate.seller_id),
            col(Certificate.product_id),
            col(Certificate.kind),
            col(Certificate.stars),
            col(Certificate.expires_on),
        ).where(or_(of_goods, of_shops), col(Certificate.expires_on) >= today)
    )
    found: dict[tuple[int, int | None], list[Held]] = {}
    for seller_id, product_id, kind, stars, expires_on in known:
        held = Held(CertificateKind(kind), stars or 0, expires_on)
        found.setdefault((seller_id, product_id), []).append(held)
    return found


@lru_cache(maxsize=4096)
def _end_of(day: date) -> datetime:
    return clock.day_bounds(day)[1]


def _branches(session: Session) -> dict[int, _Branch]:
    rows = session.execute(
        select(col(Category.id), col(Category.parent_id), col(Category.name_vi), col(Category.name_en))
    ).all()
    nodes = {row.id: row for row in rows}
    found: dict[int, _Branch] = {}
    for row in rows:
        path: list[Any] = [row]
        while path[0].parent_id is not None:
            path.insert(0, nodes[path[0].parent_id])
        names = tuple(name for node in path for name in (node.name_vi, node.name_en))
        found[row.id] = (tuple(node.id for node in path), names)
    return found
