"""How a shop delivers, all on one page for its owner."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from marketplace.accounts.views import Person
from marketplace.base.money import plain_money
from marketplace.base.text import Locale
from marketplace.delivery.service.calendar import closed_of, terms_of
from marketplace.delivery.service.methods import methods_of
from marketplace.delivery.service.own import own_seller
from marketplace.delivery.service.points import points_of
from marketplace.delivery.views import OwnDelivery
from marketplace.sellers import service as sellers
from marketplace.sellers.rules import delivery_days_text


def my_delivery(session: Session, person: Person, locale: Locale, now: datetime) -> OwnDelivery:
    """How the person's shop delivers; raises NotSignedIn, NotFound, NotAllowed."""
    seller = own_seller(session, person)
    terms = terms_of(session, seller.id)
    store = sellers.stores_by_seller(session, [seller.id])[seller.id]
    return OwnDelivery(
        seller_id=seller.id,
        methods=methods_of(session, seller.id, locale),
        minimum_order=plain_money(terms.minimum_order) if terms.minimum_order else "",
        orders_a_day=str(terms.orders_a_day or ""),
        delivery_days=delivery_days_text(store.delivery_days, locale),
        closed=closed_of(session, seller.id, now),
        points=points_of(session, seller.id, locale),
    )
