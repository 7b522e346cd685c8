"""How the goods of a basket can come, in words: what is possible to the buyer's commune, when, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from marketplace.base.errors import DomainError
from marketplace.base.money import show_money
from marketplace.base.text import Locale, Text
from marketplace.baskets.views import BasketGroup, BasketPage, BasketView, GroupPage, WayLine, basket_page
from marketplace.delivery.views import DeliveryOption, SellersOffer
from marketplace.orders.service import placing
from marketplace.places import service as places
from marketplace.sellers import service as sellers

FREE = Text("miễn phí", "free")
TO_FREE = Text("Thêm {missing} nữa thì {label} miễn phí.", "{missing} more and {label} is free.")
MORE = Text("Còn {count} cách nữa để chọn khi đặt hàng.", "{count} more to choose from at the checkout.")
MOST_TOLD = 3
"""Ways shown in the basket; the checkout shows all."""


def way_detail(way: DeliveryOption, locale: Locale) -> str:
    """When goods come by a way, and where they are fetched."""
    return " · ".join(filter(None, (way.when.say(locale), way.place)))


def fee_text(way: DeliveryOption, locale: Locale) -> str:
    """What a way costs."""
    return show_money(way.fee) if way.fee else FREE.say(locale)


def told_basket(
    session: Session, basket: BasketView | None, commune_code: str, locale: Locale, now: datetime
) -> BasketPage:
    """The basket in words, with what delivery to a commune is possible for each seller's goods; an unknown one tells none."""
    page = basket_page(basket, locale)
    commune = places.communes(session, [commune_code]).get(commune_code) if commune_code else None
    if basket is None or commune is None or not basket.lines:
        return page
    stores = sellers.stores_by_seller(session, [group.seller_id for group in basket.groups])
    offers = placing.offers_to(session, basket.groups, stores, commune, now)
    groups = tuple(
        _told(shown, group, offers[group.seller_id], locale)
        for shown, group in zip(page.groups, basket.groups, strict=True)
    )
    possible = not any(group.refusal for group in groups)
    return replace(page, groups=groups, ready=page.ready and possible, place=f"{commune.name}, {commune.province}")


def _told(shown: GroupPage, group: BasketGroup, offer: SellersOffer, locale: Locale) -> GroupPage:
    refusal = ""
    try:
        placing.check_offer(group, offer)
    except DomainError as error:
        refusal = error.say(locale)
    return replace(
        shown,
        ways=tuple(
            WayLine(way.label.say(locale), way_detail(way, locale), fee_text(way, locale))
            for way in offer.ways[:MOST_TOLD]
        ),
        more_ways=MORE.say(locale, count=len(offer.ways) - MOST_TOLD) if len(offer.ways) > MOST_TOLD else "",
        refusal=refusal,
        hint="" if refusal else _to_free(group, offer, locale),
        closed=offer.closed.say(locale),
    )


def _to_free(group: BasketGroup, offer: SellersOffer, locale: Locale) -> str:
    """What is missing until the nearest free delivery, where one has a price and a total from which on it has none."""
    missing = [
        (way.free_above - group.goods_total, way) for way in offer.ways if way.fee and way.free_above is not None
    ]
    if not missing:
        return ""
    least, way = min(missing, key=lambda one: one[0])
    return TO_FREE.say(locale, missing=show_money(least), label=way.label.say(locale).lower())
