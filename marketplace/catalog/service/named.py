"""Goods as features above name and weigh them: lots, and what is packed of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.accounts.views import Person
from marketplace.base.errors import Gone, NotFound
from marketplace.base.media import picture_url
from marketplace.catalog.models import Product, Sku
from marketplace.catalog.service.site import product_is_gone
from marketplace.catalog.service.variants import own_product
from marketplace.catalog.views import NamedProduct, WeighedSku


def named_products(session: Session, product_ids: Collection[int]) -> dict[int, NamedProduct]:
    """Products by id, on the market or not; unknown ones are left out."""
    if not product_ids:
        return {}
    found = session.scalars(select(Product).where(col(Product.id).in_(product_ids))).all()
    return {product.id: _named(product) for product in found}


def listed_product(session: Session, slug: str, now: datetime) -> NamedProduct:
    """A product shoppers may find; raises NotFound, Gone."""
    found = session.scalars(select(Product).where(col(Product.slug) == slug, col(Product.listed).is_(True))).first()
    if found is None:
        raise Gone if product_is_gone(session, slug, now) else NotFound
    return _named(found)


def own_named_product(session: Session, person: Person, product_id: int) -> NamedProduct:
    """A product of the person's shop, whose goods they may manage; raises NotSignedIn, NotFound."""
    return _named(own_product(session, person, product_id))


def weighed_skus(session: Session, sku_ids: Collection[int]) -> dict[int, WeighedSku]:
    """Of which product stock keeping units are, and what one unit weighs; by id."""
    if not sku_ids:
        return {}
    rows = session.execute(
        select(col(Sku.id), col(Sku.product_id), col(Sku.unit_grams)).where(col(Sku.id).in_(sku_ids))
    )
    return {row.id: WeighedSku(row.product_id, row.unit_grams) for row in rows}


def _named(product: Product) -> NamedProduct:
    return NamedProduct(
        id=product.id,
        seller_id=product.seller_id,
        name=product.name,
        href=f"/p/{product.slug}",
        edit_href=f"/seller/products/{product.id}",
        picture=picture_url(product.picture),
        listed=product.listed,
        origin=product.origin_name,
    )
