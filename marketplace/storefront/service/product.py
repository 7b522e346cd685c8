"""A product's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from sqlmodel import Session

from marketplace.accounts.views import Person
from marketplace.base.quantity import plain_quantity, show_quantity
from marketplace.base.ratings import rating_text
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.service import ListQuery
from marketplace.catalog.views import ProductView
from marketplace.delivery import service as delivery
from marketplace.orders.service import companions, tracing
from marketplace.sellers import service as sellers
from marketplace.settings import settings
from marketplace.storefront.service import delivering
from marketplace.storefront.service.reviews import reviews_part
from marketplace.storefront.views import ProductPage, ReviewsPart, SellerCard

ON_SHELF = 6
TOGETHER = 4
LOT = Text("Lô {number}, thu hoạch {harvested}", "Lot {number}, harvested {harvested}")
ANSWERS_WITHIN = Text("Trả lời đơn trong {hours} giờ", "Answers orders within {hours} hours")


def product(session: Session, slug: str, sku: str, locale: Locale, now: datetime) -> ProductPage:
    """A product with the variant asked for, its seller and how it can arrive; raises NotFound."""
    found = catalog.product_by_slug(session, slug, locale, now, sku=sku, rather_in_stock=True)
    return _product(session, found, locale, now)


def preview(session: Session, person: Person, product_id: int, locale: Locale, now: datetime) -> ProductPage:
    """The page of a product of the person's own shop, on the market or not; raises NotFound."""
    return _product(session, catalog.preview_product(session, person, product_id, locale, now), locale, now)


def _product(session: Session, found: ProductView, locale: Locale, now: datetime) -> ProductPage:
    store = sellers.stores_by_seller(session, [found.seller_id])[found.seller_id]
    companions_of = companions.bought_with(session, catalog.sku_ids_of(session, found.id), TOGETHER)
    together = catalog.cards_by_slug(session, companions_of, locale, now)
    # What is on a shelf above is not shown, nor sent, again.
    shown = {found.href, *(card.href for card in (*together, *found.related))}
    own = ListQuery(store=found.store_slug, limit=ON_SHELF + len(shown))
    others = catalog.list_products(session, own, locale, now).cards
    lot = tracing.current_lot(session, found.id, now)
    return ProductPage(
        # What nobody chooses from need not travel.
        product=found if found.several_variants else replace(found, variants=()),
        seller=SellerCard(
            name=store.name,
            # A shop that is not approved yet has no page to lead to from its preview.
            href=store.href if store.selling else "",
            kind=store.kind_label.say(locale),
            place=store.commune_name,
            portrait=catalog.picture_url(store.portrait, 320) if store.portrait else "",
            hours_text=ANSWERS_WITHIN.say(locale, hours=delivery.asks_of(session, store, now).hours),
            rating_text=rating_text(store.rating_sum, store.rating_count, locale),
        ),
        minimum_text=show_quantity(found.chosen.minimum, locale),
        step_text=plain_quantity(found.chosen.step),
        available_text=plain_quantity(found.chosen.available),
        delivery=delivering.anywhere(session, store, found.reach_hours, locale, now),
        zalo_href=f"https://zalo.me/share?{_shared(url=found.href)}",
        facebook_href=f"https://www.facebook.com/sharer/sharer.php?{_shared(u=found.href)}",
        lot_text=LOT.say(locale, number=lot.number, harvested=lot.harvested_text) if lot else "",
        lot_href=lot.href if lot else "",
        together=together,
        same_shop=tuple(card for card in others if card.href not in shown)[:ON_SHELF],
        reviews=reviews_part(session, found.id, found.slug, locale) if found.reviews else ReviewsPart(),
    )


def _shared(**path: str) -> str:
    """The query by which other sites are told of a page of ours."""
    return urlencode({name: settings().public + value for name, value in path.items()})
