"""One product: as shoppers see it, and as baskets and orders need it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.errors import Gone, NotFound
from marketplace.base.quantity import LARGEST
from marketplace.base.ratings import average_rating
from marketplace.base.text import NOTHING, Locale, Text
from marketplace.catalog import search, stock
from marketplace.catalog.models import Product, ProductPicture, Sku, StockLevel
from marketplace.catalog.reading import label_of, piece_of, prices_of
from marketplace.catalog.rules import UNIT_LABELS, Unit, available, in_season
from marketplace.catalog.service import cards, categories, certificates, offers, told
from marketplace.catalog.service.site import product_is_gone
from marketplace.catalog.views import PictureView, ProductCard, ProductView, SkuForSale
from marketplace.settings import settings

RELATED = 6
EXPECTED = Text("Đặt trước · dự kiến {date}", "Order ahead · expected {date}")
OCOP_UNTIL = Text("OCOP {stars}★ đến {date}", "OCOP {stars}★ until {date}")


def skus_for_sale(session: Session, sku_ids: Collection[int], now: datetime) -> dict[int, SkuForSale]:
    """Stock keeping units by id, in one query: price, steps, seller, and what can still be promised."""
    if not sku_ids:
        return {}
    return {sku.sku_id: sku for sku in _skus(session, now, col(Sku.id).in_(sku_ids))}


def sku_ids_of(session: Session, product_id: int) -> tuple[int, ...]:
    """All stock keeping units a product has or had."""
    return tuple(session.scalars(select(col(Sku.id)).where(col(Sku.product_id) == product_id)).all())


def sku_for_sale(session: Session, code: str, now: datetime) -> SkuForSale:
    """A stock keeping unit by its code; raises NotFound."""
    found = _skus(session, now, col(Sku.code) == code)
    if not found:
        raise NotFound(field="sku")
    return found[0]


def _skus(session: Session, now: datetime, *which: Any) -> list[SkuForSale]:
    statement = (
        select(
            Sku, col(Product.slug), col(Product.name), col(Product.seller_id), col(Product.store_slug),
            col(Product.store_name), col(Product.listed), col(Product.picture), col(Product.expected_on),
            col(Product.reach_hours),
            col(StockLevel.on_hand), col(StockLevel.allocated), col(StockLevel.held),
            stock.expired(now).label("expired"), _alone().label("alone"),
        )
        .join(Product, col(Product.id) == col(Sku.product_id))
        .join(StockLevel, col(StockLevel.sku_id) == col(Sku.id))
        .where(*which)
    )  # fmt: skip
    today = clock.local_date(now)
    return [
        SkuForSale(
            sku_id=row.Sku.id,
            code=row.Sku.code,
            product_id=row.Sku.product_id,
            product_slug=row.slug,
            name=row.name,
            variant=NOTHING if row.alone and not row.Sku.label else label_of(row.Sku),
            unit=row.Sku.unit,
            unit_text=UNIT_LABELS[Unit(row.Sku.unit)],
            prices=prices_of(row.Sku),
            step=row.Sku.step,
            minimum=row.Sku.minimum,
            unit_grams=row.Sku.unit_grams,
            piece=piece_of(row.Sku),
            seller_id=row.seller_id,
            store_slug=row.store_slug,
            store_name=row.store_name,
            listed=row.listed and row.Sku.active,
            available=available(on_hand=row.on_hand, allocated=row.allocated, held=row.held, expired=int(row.expired))
            if settings().reservation_guard
            else LARGEST,
            picture=row.picture,
            expected_on=row.expected_on if row.expected_on and row.expected_on > today else None,
            reach_hours=row.reach_hours,
        )
        for row in session.execute(statement).all()
    ]


def _alone() -> ColumnElement[bool]:
    """SQL beside a variant: whether its product has no other."""
    other = aliased(Sku)
    return ~exists().where(col(other.product_id) == col(Sku.product_id), col(other.id) != col(Sku.id))


def product_by_slug(
    session: Session, slug: str, locale: Locale, now: datetime, *, sku: str = "", rather_in_stock: bool = False
) -> ProductView:
    """A listed product in full, with the variant of code `sku` chosen, else the leading one; raises NotFound, Gone.

    With `rather_in_stock`, the first that can be had is chosen where nobody asked for one.
    """
    try:
        found = _in_full(session, locale, now, col(Product.slug) == slug, col(Product.listed).is_(True))
    except NotFound:
        if product_is_gone(session, slug, now):
            raise Gone from None
        raise
    return _choosing(found, sku, rather_in_stock=rather_in_stock)


def preview_product(session: Session, person: Person, product_id: int, locale: Locale, now: datetime) -> ProductView:
    """A product of the person's own shop as shoppers see it or would see it, listed or not; raises NotFound."""
    person.require_account()
    return _in_full(session, locale, now, col(Product.id) == product_id, col(Product.seller_id).in_(person.seller_ids))


def _in_full(session: Session, locale: Locale, now: datetime, *which: Any) -> ProductView:
    statement = (
        select(Product, Sku, StockLevel, stock.expired(now))
        .join(Sku, col(Sku.product_id) == col(Product.id))
        .join(StockLevel, col(StockLevel.sku_id) == col(Sku.id))
        .where(*which, col(Sku.active).is_(True))
        .order_by(col(Sku.position), col(Sku.id))
    )
    rows = session.execute(statement).all()
    if not rows:
        raise NotFound
    product: Product = rows[0][0]
    variants = [
        offers.variant_view(
            found,
            available(on_hand=level.on_hand, allocated=level.allocated, held=level.held, expired=int(expired)),
            product.slug,
            locale,
            now,
        )
        for _, found, level, expired in rows
    ]
    category = categories.by_id(session, product.category_id)
    today = clock.local_date(now)
    held = certificates.certificates_of(session, product, locale, today)
    stars, last_day = certificates.worn_stars(held)
    return ProductView(
        id=product.id,
        slug=product.slug,
        href=f"/p/{product.slug}",
        name=product.name,
        description=tuple(part.strip() for part in product.description.split("\n") if part.strip()),
        chosen=variants[0],
        variants=tuple(replace(variant, chosen=variant is variants[0]) for variant in variants),
        several_variants=len(variants) > 1,
        in_stock=any(variant.in_stock for variant in variants),
        expected_on=product.expected_on if product.expected_on and product.expected_on > today else None,
        expected_text=EXPECTED.say(locale, date=product.expected_on.strftime("%d/%m/%Y"))
        if product.expected_on and product.expected_on > today
        else "",
        ocop_stars=stars,
        ocop_text=OCOP_UNTIL.say(locale, stars=stars, date=last_day) if stars else "",
        sold_text=cards.sold_text(product.sold, locale),
        rating=average_rating(product.rating_sum, product.rating_count),
        reviews=product.rating_count,
        seller_id=product.seller_id,
        store_slug=product.store_slug,
        store_name=product.store_name,
        commune_name=product.commune_name,
        category=category.link(locale),
        path=tuple(node.link(locale) for node in categories.path_of(session, product.category_id)),
        facts=told.facts_of(session, product, locale),
        season=told.calendar_of(product.season, locale, today) if product.season else (),
        in_season=in_season(product.season, today.month),
        certificates=held,
        reach_hours=product.reach_hours,
        pictures=(pictures := pictures_of(session, product.id)),
        picture_count=len(pictures),
        several_pictures=len(pictures) > 1,
        related=_related(session, product, locale, now),
    )


def _related(session: Session, product: Product, locale: Locale, now: datetime) -> tuple[ProductCard, ...]:
    """What else there is of its kind."""
    # The third level is often too narrow to find something else in.
    kind = categories.path_of(session, product.category_id)[:2][-1]
    question = search.Question(category=kind.id, limit=RELATED + 1)
    others = [number for number in search.keeper().find(session, question, now).products if number != product.id]
    return cards.cards_by_id(session, others[:RELATED], locale, now)


def _choosing(product: ProductView, sku: str, *, rather_in_stock: bool) -> ProductView:
    asked = [variant for variant in product.variants if variant.sku == sku]
    to_be_had = [variant for variant in product.variants if variant.in_stock or not rather_in_stock]
    chosen = (*asked, *to_be_had, product.chosen)[0]
    variants = tuple(replace(variant, chosen=variant.sku == chosen.sku) for variant in product.variants)
    return replace(product, chosen=chosen, variants=variants)


def pictures_of(session: Session, product_id: int) -> tuple[PictureView, ...]:
    """A product's pictures in their order."""
    rows = session.scalars(
        select(ProductPicture)
        .where(col(ProductPicture.product_id) == product_id)
        .order_by(col(ProductPicture.position))
    ).all()
    return tuple(
        PictureView(
            row.id, row.key, str(number), number == 1, row.placeholder if number == 1 else "", row.width, row.height
        )
        for number, row in enumerate(rows, 1)
    )
