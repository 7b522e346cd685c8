"""How goods get to the shopper's commune: the ways, fees and days the checkout would offer."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from sqlmodel import Session

from marketplace.base.money import show_money
from marketplace.base.quantity import show_quantity
from marketplace.base.text import Locale, Text
from marketplace.baskets import service as baskets
from marketplace.delivery import service as delivery
from marketplace.delivery.views import DeliveryOption
from marketplace.orders.service import placing
from marketplace.orders.service.telling import FREE, fee_text, way_detail
from marketplace.places import service as places
from marketplace.sellers import service as sellers
from marketplace.sellers.views import StoreView
from marketplace.storefront.views import DeliveryPart, PlaceChoice, WayText

MOST_CHOICES = 6
FROM_FEE = Text("từ {fee}", "from {fee}")
EACH_KILOGRAM = Text("mỗi kg sau kg đầu thêm {fee}", "{fee} for each further kg")
FREE_FROM = Text("miễn phí từ {amount} tiền hàng", "free from {amount} of goods")
ANYWHERE = Text(
    "Phí chính xác tính theo xã, phường và cân nặng, cho bạn biết trước khi đặt.",
    "The exact fee follows your commune and the weight; you see it before ordering.",
)
FEE_FOR = Text(
    "Phí cho {amount}, nếu đặt hôm nay. Hàng khác của gian hàng đi chung một chuyến.",
    "Fee for {amount}, if ordered today. Other goods of this shop come along in one delivery.",
)
FROM_ORDER = Text("Gian hàng nhận đơn từ {amount} tiền hàng.", "The shop takes orders from {amount} of goods.")
NOT_THERE = Text(
    "Gian hàng chưa giao đến {place}. Hãy chọn nơi nhận khác, hoặc xem món cùng loại giao được đến đó.",
    "The shop does not deliver to {place} yet. Choose another place, or see goods of this kind that come there.",
)
TOO_FAR = Text(
    "Hàng tươi, phải tới trong {hours} giờ: chưa có chuyến nào kịp đến {place}. Hãy chọn nơi nhận khác, hoặc xem món cùng "
    "loại giao được đến đó.",
    "Fresh goods that must arrive within {hours} hours: no delivery to {place} is fast enough. Choose another place, or see "
    "goods of this kind that come there.",
)


def anywhere(
    session: Session, store: StoreView, reach_hours: int | None, locale: Locale, now: datetime
) -> DeliveryPart:
    """How a seller delivers, while nobody said where to."""
    asks = delivery.asks_of(session, store, now)
    notes = [ANYWHERE.say(locale)]
    if asks.minimum_order:
        notes.append(FROM_ORDER.say(locale, amount=show_money(asks.minimum_order)))
    return DeliveryPart(
        ways=tuple(
            WayText(
                way.label.say(locale),
                " · ".join((way.reach.say(locale), way.days.say(locale))),
                FROM_FEE.say(locale, fee=show_money(way.fee)) if way.fee else FREE.say(locale),
            )
            for way in delivery.offered(session, store.seller_id, reach_hours)
        ),
        note=" ".join(notes),
        closed=asks.closed.say(locale),
    )


def to_commune(
    session: Session, sku: str, category: str, code: str, locale: Locale, now: datetime
) -> DeliveryPart | None:
    """How the least of some goods gets to a commune, as a basket of nothing else would; None for an unknown commune.

    `category` is the slug of where to look for others of their kind. Raises NotFound for unknown goods.
    """
    commune = places.communes(session, [code]).get(code)
    if commune is None:
        return None
    place = f"{commune.name}, {commune.province}"
    group = baskets.least_of(session, sku, now)
    store = sellers.stores_by_seller(session, [group.seller_id])[group.seller_id]
    offer = placing.offers_to(session, [group], {store.seller_id: store}, commune, now)[store.seller_id]
    if not offer.ways:
        told = TOO_FAR if group.reach_hours is not None else NOT_THERE
        return DeliveryPart(
            place=place,
            refusal=told.say(locale, place=commune.name, hours=group.reach_hours),
            instead_href=f"/c/{category}?{urlencode({'deliver_to': code})}",
        )
    line = group.lines[0]

    def told_of(way: DeliveryOption) -> WayText:
        parts = [way_detail(way, locale)]
        if way.fee and way.kilogram_fee:
            parts.append(EACH_KILOGRAM.say(locale, fee=show_money(way.kilogram_fee)))
        if way.fee and way.free_above is not None:
            parts.append(FREE_FROM.say(locale, amount=show_money(way.free_above)))
        return WayText(way.label.say(locale), " · ".join(parts), fee_text(way, locale))

    amount = f"{show_quantity(line.quantity, locale)} {line.unit_text.say(locale)}"
    notes = [FEE_FOR.say(locale, amount=amount)]
    if offer.minimum_order:
        notes.append(FROM_ORDER.say(locale, amount=show_money(offer.minimum_order)))
    return DeliveryPart(
        place=place,
        ways=tuple(told_of(way) for way in offer.ways),
        note=" ".join(notes),
        closed=offer.closed.say(locale),
    )


def communes_like(session: Session, typed: str, back: str, locale: Locale) -> tuple[PlaceChoice, ...]:
    """The communes that fit what was typed, as links that remember one and lead back."""
    return tuple(
        PlaceChoice(choice.name, choice.hint, f"/preferences?{urlencode({'commune': choice.code, 'next': back})}")
        for choice in places.choices(session, typed, locale, MOST_CHOICES)
    )
