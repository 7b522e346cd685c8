"""A seller's own goods as they manage them: lists under headings, counts, and one product with its variants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, select
from sqlmodel import Session, col

from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.errors import NotFound
from marketplace.base.media import picture_url
from marketplace.base.money import plain_money, show_money
from marketplace.base.quantity import show_quantity
from marketplace.base.text import Locale, Text, fold, words
from marketplace.catalog.models import Product, Sku, StockLevel
from marketplace.catalog.reading import content_said, label_of, piece_of, prices_of
from marketplace.catalog.rules import (
    KILOGRAM,
    LONGEST_NAME,
    LOW_STOCK_STEPS,
    MOST_TIERS,
    UNIT_LABELS,
    GoodsShown,
    ProductStatus,
    Tier,
    Unit,
    weights_text,
)
from marketplace.catalog.service import categories, told
from marketplace.catalog.service.products import pictures_of
from marketplace.catalog.views import GoodsCounts, OwnGoods, OwnProduct, OwnVariant, TypedTier
from marketplace.sellers import service as sellers

PAGE = 50
SALE = Text("Giá khuyến mãi {price} từ {since} đến {until}", "Sale price {price} from {since} until {until}")

STATUS_LABELS: dict[ProductStatus, Text] = {
    ProductStatus.DRAFT: Text("Nháp", "Draft"),
    ProductStatus.ACTIVE: Text("Đang bán", "On sale"),
    ProductStatus.PAUSED: Text("Tạm ngưng", "Paused"),
}


def my_products(
    session: Session,
    person: Person,
    locale: Locale,
    *,
    show: GoodsShown = GoodsShown.ALL,
    q: str = "",
    before: int | None = None,
    limit: int = PAGE,
) -> OwnGoods:
    """The products of the person's shop, newest first: under one heading, with the words of `q` in their names.

    Those older than the one of id `before`, where it is given.
    """
    seller = sellers.seller_of(session, person)
    wanted: list[ColumnElement[bool]] = [col(Product.seller_id) == seller.id, _heading(show)]
    if sought := words(q[:LONGEST_NAME]):
        wanted.append(col(Product.id).in_(_named(session, wanted, sought)))
    if before is not None:
        wanted.append(col(Product.id) < before)
    rows = session.execute(_own_rows().where(*wanted).order_by(col(Product.id).desc()).limit(limit + 1)).all()
    goods = tuple(_own_view(row, locale) for row in rows[:limit])
    return OwnGoods(goods, goods[-1].id if len(rows) > limit else 0, _counts(session, seller.id))


def my_product(session: Session, person: Person, product_id: int, locale: Locale) -> OwnProduct:
    """One product of the person's shop, to edit; raises NotFound."""
    person.require_account()
    row = session.execute(
        _own_rows().where(col(Product.id) == product_id, col(Product.seller_id).in_(person.seller_ids))
    ).first()
    if row is None:
        raise NotFound
    return replace(
        _own_view(row, locale),
        category_slug=categories.by_id(session, row.Product.category_id).slug,
        pictures=pictures_of(session, product_id),
        description=row.Product.description,
        variants=_variants(session, product_id, locale),
        **_told(session, row.Product, locale),
    )


def _told(session: Session, product: Product, locale: Locale) -> dict[str, Any]:
    category = categories.by_id(session, product.category_id).slug
    return {
        "attributes": told.attribute_fields(session, category, product.attributes, locale),
        "season": told.calendar_of(product.season, locale),
        "shelf_life_typed": str(product.shelf_life_days or ""),
        "storage": product.storage,
        "reach_typed": str(product.reach_hours or ""),
        "expected_typed": product.expected_on.isoformat() if product.expected_on else "",
        "origin_code": product.origin_code or "",
    }


def _variants(session: Session, product_id: int, locale: Locale) -> tuple[OwnVariant, ...]:
    rows = session.execute(
        select(Sku, StockLevel)
        .join(StockLevel, col(StockLevel.sku_id) == col(Sku.id))
        .where(col(Sku.product_id) == product_id)
        .order_by(col(Sku.position), col(Sku.id))
    ).all()
    return tuple(
        _own_variant(sku, level, locale, first=number == 0, last=number == len(rows) - 1)
        for number, (sku, level) in enumerate(rows)
    )


def typed_tiers(tiers: Sequence[Tier], locale: Locale) -> tuple[TypedTier, ...]:
    """Wholesale prices for the inputs of a form."""
    typed = [(show_quantity(tier.quantity, locale), plain_money(tier.price)) for tier in tiers]
    typed.extend([("", "")] * (MOST_TIERS - len(typed)))
    return tuple(TypedTier(str(number), *texts) for number, texts in enumerate(typed, start=1))


def _own_variant(sku: Sku, level: StockLevel, locale: Locale, *, first: bool, last: bool) -> OwnVariant:
    unit, said, prices, piece = Unit(sku.unit), content_said(sku), prices_of(sku), piece_of(sku)
    unit_text = UNIT_LABELS[unit].say(locale)
    return OwnVariant(
        sku=sku.code,
        label=sku.label,
        shown_label=label_of(sku).say(locale),
        unit=unit.value,
        unit_text=unit_text,
        price_unit=KILOGRAM.say(locale) if piece else unit_text,
        weights_text=weights_text(piece).say(locale) if piece else "",
        lightest_typed=show_quantity(piece.lightest, locale) if piece else "",
        heaviest_typed=show_quantity(piece.heaviest, locale) if piece else "",
        price_text=show_money(sku.price),
        price_typed=plain_money(sku.price),
        on_hand_text=show_quantity(level.on_hand, locale),
        step_text=show_quantity(sku.step, locale),
        minimum_text=show_quantity(sku.minimum, locale),
        content_typed=str(said.amount) if said else "",
        content_measure=said.measure.value if said else "",
        sale_price_typed=plain_money(prices.sale.price) if prices.sale else "",
        sale_since=clock.write_local(prices.sale.since) if prices.sale else "",
        sale_until=clock.write_local(prices.sale.until) if prices.sale else "",
        sale_text=SALE.say(
            locale,
            price=show_money(prices.sale.price),
            since=clock.show_time(prices.sale.since),
            until=clock.show_time(prices.sale.until),
        )
        if prices.sale
        else "",
        struck_text=show_money(prices.before) if prices.before else "",
        tiers=typed_tiers(prices.tiers, locale),
        active=sku.active,
        sold_out=level.on_hand - level.allocated - level.held < sku.minimum,
        first=first,
        last=last,
    )


def count_low_stock(session: Session, person: Person, seller_id: int) -> int:
    """How many products on sale can be ordered only a few more times."""
    person.require_seller(seller_id)
    return _counts(session, seller_id).low


def _counts(session: Session, seller_id: int) -> GoodsCounts:
    every = [func.count(case((_heading(show), 1))) for show in GoodsShown]
    statement = select(*every).select_from(Product).where(col(Product.seller_id) == seller_id)
    counted = dict(zip(GoodsShown, session.execute(statement).one(), strict=True))
    return GoodsCounts(**{show.name.lower(): int(count) for show, count in counted.items()})


def _heading(show: GoodsShown) -> ColumnElement[bool]:
    on_sale = col(Product.status) == ProductStatus.ACTIVE
    conditions: dict[GoodsShown, ColumnElement[bool]] = {
        GoodsShown.ALL: literal(True),
        GoodsShown.ON_SALE: on_sale,
        GoodsShown.LOW: and_(on_sale, _low()),
        GoodsShown.SOLD_OUT: and_(on_sale, _sold_out()),
        GoodsShown.PAUSED: col(Product.status) == ProductStatus.PAUSED,
    }
    return conditions[show]


FREE = col(StockLevel.on_hand) - col(StockLevel.allocated) - col(StockLevel.held)


def _low() -> ColumnElement[bool]:
    """SQL beside a product: any variant that is offered can be ordered only a few more times."""
    return _variant_with(col(Sku.minimum) + col(Sku.step) * LOW_STOCK_STEPS > FREE)


def _sold_out() -> ColumnElement[bool]:
    """SQL beside a product: no variant that is offered can be ordered any more."""
    return ~_variant_with(col(Sku.minimum) <= FREE)


def _variant_with(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        exists()
        .where(col(Sku.product_id) == col(Product.id), col(Sku.active).is_(True))
        .where(col(StockLevel.sku_id) == col(Sku.id), condition)
        .correlate(Product)
    )


def _named(session: Session, wanted: Sequence[ColumnElement[bool]], sought: Sequence[str]) -> list[int]:
    """A shop has few enough goods to fold their names here; the search index knows only what shoppers may find."""
    names = session.execute(select(col(Product.id), col(Product.name)).where(*wanted))
    found = ((product_id, fold(name)) for product_id, name in names)
    return [product_id for product_id, name in found if all(word in name for word in sought)]


def _own_rows() -> Any:
    return (
        select(Product, Sku, StockLevel, _low().label("low"), _sold_out().label("sold_out"), _others().label("others"))
        .join(Sku, and_(col(Sku.product_id) == col(Product.id), col(Sku.leads).is_(True)))
        .join(StockLevel, col(StockLevel.sku_id) == col(Sku.id))
    )


def _own_view(row: Any, locale: Locale) -> OwnProduct:
    product, sku, level = row.Product, row.Sku, row.StockLevel
    piece, unit_text = piece_of(sku), UNIT_LABELS[Unit(sku.unit)].say(locale)
    status = ProductStatus(product.status)
    return OwnProduct(
        id=product.id or 0,
        name=product.name,
        href=f"/p/{product.slug}",
        edit_href=f"/seller/products/{product.id}",
        preview_href=f"/seller/products/{product.id}/preview",
        sku=sku.code,
        status=status.value,
        status_text=STATUS_LABELS[status].say(locale),
        listed=product.listed,
        price=sku.price,
        price_text=show_money(sku.price),
        content_typed=str(sku.content_amount or ""),
        content_measure=sku.content_measure or "",
        creation_key=product.creation_key or "",
        price_typed=plain_money(sku.price),
        upload_href=f"/seller/products/{product.id}/pictures",
        unit=sku.unit,
        unit_text=unit_text,
        price_unit=KILOGRAM.say(locale) if piece else unit_text,
        weights_text=weights_text(piece).say(locale) if piece else "",
        step_text=show_quantity(sku.step, locale),
        minimum_text=show_quantity(sku.minimum, locale),
        on_hand_text=show_quantity(level.on_hand, locale),
        promised_text=show_quantity(level.allocated + level.held, locale),
        low=status is ProductStatus.ACTIVE and row.low,
        sold_out=status is ProductStatus.ACTIVE and row.sold_out,
        others=row.others,
        picture=picture_url(product.picture, 320),
    )


def _others() -> ColumnElement[int]:
    """SQL beside a product: how many variants it has beside the leading one."""
    return (
        select(func.count()).where(col(Sku.product_id) == col(Product.id), col(Sku.leads).is_(False)).correlate(Product)
    ).scalar_subquery()
