"""A product's page as its first view and its live form show it: the same for everybody who asks from the same commune."""

from __future__ import annotations

from dataclasses import dataclass, replace

from marketplace.base import clock, db
from marketplace.base.text import Locale
from marketplace.catalog.views import CategoryLink, VariantView
from marketplace.storefront import service
from marketplace.storefront.subjects import of_product
from marketplace.storefront.views import ProductPage


@dataclass(frozen=True, slots=True)
class Asked:
    """Which product, in which variant, brought to which commune (by code); `typed` is the beginning of a commune's name."""

    slug: str
    sku: str = ""
    commune: str = ""
    typed: str = ""


async def read_product(asked: Asked, locale: Locale) -> ProductPage:
    """The page; raises NotFound. Whoever hands in something `typed` has counted it (`base.ratelimit`)."""
    kept, now = of_product(asked.slug), clock.now()
    page = await kept.reading(service.product, asked.slug, asked.sku, locale, now)
    chosen, delivery = page.product.chosen, page.delivery
    if asked.commune:
        there = await kept.reading(
            service.to_commune, chosen.sku, page.product.category.slug, asked.commune, locale, now
        )
        delivery = there or delivery
    if asked.typed:
        found = await db.reading(service.communes_like, asked.typed, chosen.href, locale)
        delivery = replace(delivery, choices=found, unknown=not found)
    return replace(page, delivery=delivery)


def as_told(page: ProductPage) -> ProductPage:
    """What the live page shows of it: words over a socket are not squeezed, and what no part of the page reads only weighs."""
    product = page.product
    return replace(
        page,
        product=replace(
            product,
            slug="",
            store_slug="",
            store_name="",
            commune_name="",
            variants=tuple(
                VariantView(
                    label=one.label, href=one.href, chosen=one.chosen, price_text=one.price_text, in_stock=one.in_stock
                )
                for one in product.variants
            ),
            # The picture has come by the time the app is alive.
            pictures=tuple(replace(picture, placeholder="") for picture in product.pictures),
            path=tuple(CategoryLink(name=step.name, href=step.href) for step in product.path),
        ),
    )
