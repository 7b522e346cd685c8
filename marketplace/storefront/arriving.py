"""How and for how much one product arrives in a shopper's commune."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from marketplace.base.money import round_half_up, show_money
from marketplace.base.quantity import THOUSAND, line_total
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.rules import unit_price
from marketplace.delivery import service as delivery
from marketplace.delivery.rules import Place
from marketplace.places import service as places
from marketplace.sellers import service as sellers
from marketplace.storefront.views import WayText

FREE = Text("miễn phí", "free")


def ways_to(session: Session, sku_code: str, commune_code: str, locale: Locale, now: datetime) -> tuple[WayText, ...]:
    """The ways the least quantity of a stock keeping unit gets to a commune; empty where none does. Raises NotFound."""
    destination = places.commune(session, commune_code)
    sku = catalog.sku_for_sale(session, sku_code, now)
    store = sellers.stores_by_seller(session, [sku.seller_id])[sku.seller_id]
    parcel = delivery.Parcel(
        Place(store.commune_code, store.province_code),
        line_total(unit_price(sku.prices, sku.minimum, now), sku.minimum),
        round_half_up(sku.unit_grams * sku.minimum, THOUSAND),
        sku.reach_hours,
    )
    ways = delivery.options(session, {sku.seller_id: parcel}, Place(destination.code, destination.province_code))
    return tuple(
        WayText(way.label.say(locale), way.days.say(locale), show_money(way.fee) if way.fee else FREE.say(locale))
        for way in ways[sku.seller_id]
    )
