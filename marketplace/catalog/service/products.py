"""One product: as shoppers see it, and as baskets and orders need it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.errors import NotFound
from marketplace.base.media import picture_url, srcset
from marketplace.base.money import show_money
from marketplace.base.quantity import LARGEST, THOUSAND, show_quantity
from marketplace.base.text import Locale, Text
from marketplace.catalog import search, stock
from marketplace.catalog.models import Product, ProductPicture, Sku, StockLevel
from marketplace.catalog.rules import UNIT_LABELS, Unit, available
from marketplace.catalog.service import cards, categories
from marketplace.catalog.views import PictureView, ProductCard, ProductView, SkuForSale
from marketplace.settings import settings

RELATED = 6
LEFT = Text("còn {quantity} {unit}", "{quantity} {unit} left")
SOLD_OUT = Text("tạm hết hàng", "sold out")
STEPS = Text("bước {step} {unit}, ít nhất {minimum} {unit}", "steps of {step} {unit}, at least {minimum} {unit}")
OCOP_UNTIL = Text("OCOP {stars}★ đến {date}", "OCOP {stars}★ until {date}")


def skus_for_sale(session: Session, sku_ids: Collection[int], now: datetime) -> dict[int, SkuForSale]:
    """Stock keeping units by id, in one query: price, steps, seller, and what can still be promised."""
    if not sku_ids:
        return {}
    return {sku.sku_id: sku for sku in _skus(session, now, col(Sku.id).in_(sku_ids))}


def sku_for_sale(session: Session, code: str, now: datetime) -> SkuForSale:
    """A stock keeping unit by its code; raises NotFound."""
    found = _skus(session, now, col(Sku.code) == code)
    if not found:
        raise NotFound(field="sku")
    return found[0]


def _skus(session: Session, now: datetime, *which: Any) -> list[SkuForSale]:
    statement = (
        select(
            col(Sku.id), col(Sku.code), col(Sku.product_id), col(Product.slug), col(Product.name), col(Product.unit),
            col(Sku.price), col(Sku.step), col(Sku.minimum), col(Sku.unit_grams), col(Product.seller_id),
            col(Product.store_slug), col(Product.store_name), col(Product.listed), col(Product.picture),
            col(StockLevel.on_hand), col(StockLevel.allocated), col(StockLevel.held),
            stock.expired(now).label("expired"),
        )
        .join(Product, col(Product.id) == col(Sku.product_id))
        .join(StockLevel, col(StockLevel.sku_id) == col(Sku.id))
        .where(*which)
    )  # fmt: skip
    return [
        SkuForSale(
            sku_id=row.id,
            code=row.code,
            product_id=row.product_id,
            product_slug=row.slug,
            name=row.name,
            unit=row.unit,
            unit_text=UNIT_LABELS[Unit(row.unit)],
            price=row.price,
            step=row.step,
            minimum=row.minimum,
            unit_grams=row.unit_grams,
            seller_id=row.seller_id,
            store_slug=row.store_slug,
            store_name=row.store_name,
            listed=row.listed,
            available=available(on_hand=row.on_hand, allocated=row.allocated, held=row.held, expired=int(row.expired))
            if settings().reservation_guard
            else LARGEST,
            picture=row.picture,
        )
        for row in session.execute(statement).all()
    ]


def product_by_slug(session: Session, slug: str, locale: Locale, now: datetime) -> ProductView:
    """A listed product in full; raises NotFound."""
    return _in_full(session, locale, now, col(Product.slug) == slug, col(Product.listed).is_(True))


def preview_product(session: Session, person: Person, product_id: int, locale: Locale, now: datetime) -> ProductView:
    """A product of the person's own shop as shoppers see it or would see it, listed or not; raises NotFound."""
    person.require_account()
    return _in_full(session, locale, now, col(Product.id) == product_id, col(Product.seller_id).in_(person.seller_ids))


def _in_full(session: Session, locale: Locale, now: datetime, *which: Any) -> ProductView:
    statement = (
        select(Product, Sku, StockLevel, stock.expired(now))
        .join(Sku, col(Sku.product_id) == col(Product.id))
        .join(StockLevel, col(StockLevel.sku_id) == col(Sku.id))
        .where(*which)
    )
    row = session.execute(statement).first()
    if row is None:
        raise NotFound
    product, sku, level, expired = row
    free = available(on_hand=level.on_hand, allocated=level.allocated, held=level.held, expired=int(expired))
    unit = UNIT_LABELS[Unit(product.unit)].say(locale)
    in_stock = free >= sku.minimum
    category = categories.by_id(session, product.category_id)
    stars = product.ocop_stars if product.ocop_valid_to and product.ocop_valid_to >= clock.local_date(now) else None
    return ProductView(
        id=product.id,
        slug=product.slug,
        href=f"/p/{product.slug}",
        name=product.name,
        description=tuple(part.strip() for part in product.description.split("\n") if part.strip()),
        sku=sku.code,
        price=sku.price,
        price_text=show_money(sku.price),
        unit=product.unit,
        unit_text=unit,
        step=sku.step,
        minimum=sku.minimum,
        available=free,
        steps_text=""
        if sku.step == sku.minimum == THOUSAND
        else STEPS.say(
            locale, step=show_quantity(sku.step, locale), minimum=show_quantity(sku.minimum, locale), unit=unit
        ),
        stock_text=LEFT.say(locale, quantity=show_quantity(free, locale), unit=unit)
        if in_stock
        else SOLD_OUT.say(locale),
        in_stock=in_stock,
        ocop_stars=stars or 0,
        ocop_text=OCOP_UNTIL.say(locale, stars=stars, date=product.ocop_valid_to.strftime("%d/%m/%Y")) if stars else "",
        sold_text=cards.sold_text(product.sold, locale),
        seller_id=product.seller_id,
        store_slug=product.store_slug,
        store_name=product.store_name,
        commune_name=product.commune_name,
        category=category.link(locale),
        top_category=categories.top_of(session, category).link(locale),
        pictures=(pictures := pictures_of(session, product.id)),
        several_pictures=len(pictures) > 1,
        related=_related(session, product, locale, now),
    )


def _related(session: Session, product: Product, locale: Locale, now: datetime) -> tuple[ProductCard, ...]:
    """What else there is of its kind."""
    question = search.Question(category=product.category_id, limit=RELATED + 1)
    others = [number for number in search.keeper().find(session, question, now).products if number != product.id]
    return cards.cards_by_id(session, others[:RELATED], locale, now)


def pictures_of(session: Session, product_id: int) -> tuple[PictureView, ...]:
    """A product's pictures in their order."""
    rows = session.scalars(
        select(ProductPicture)
        .where(col(ProductPicture.product_id) == product_id)
        .order_by(col(ProductPicture.position))
    ).all()
    return tuple(
        PictureView(
            row.id,
            row.key,
            picture_url(row.key, 640),
            srcset(row.key),
            picture_url(row.key, 1280),
            row.placeholder,
            row.width,
            row.height,
        )
        for row in rows
    )
