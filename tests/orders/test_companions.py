"""What is often bought together, from purchases that were accepted."""

from __future__ import annotations

import itertools

from sqlmodel import Session, select

from marketplace.catalog.models import Product
from marketplace.delivery import service as delivery
from marketplace.orders.models import SellerOrder
from marketplace.orders.service import companions
from marketplace.storefront import service as storefront
from tests.factories import NOW, make_product, make_seller
from tests.orders.shopping import place

_keys = itertools.count()


def test_what_was_bought_together_more_than_once_is_proposed_most_often_first(session: Session) -> None:
    seller_id = make_seller(session)
    delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
    mango, lime, rice, fish = (
        make_product(session, name, seller_id=seller_id) for name in ("Xoài", "Chanh", "Gạo", "Cá")
    )

    def bought(*goods: str) -> None:
        place(session, [(code, 1000) for code in goods], key=f"k{next(_keys)}")

    for _ in range(2):
        bought(mango.code, lime.code)
    bought(mango.code, lime.code, rice.code)
    bought(mango.code, rice.code)
    bought(mango.code, fish.code)
    bought(lime.code, fish.code)
    assert companions.bought_with(session, [mango.id], 6) == ()
    for order in session.exec(select(SellerOrder)).all():
        order.confirmed_at = NOW
        session.add(order)
    session.flush()
    found = companions.bought_with(session, [mango.id], 6)
    assert [slug.rsplit("-", 1)[0] for slug in found] == ["chanh", "gao"]
    assert companions.bought_with(session, [mango.id], 1) == found[:1]
    page = storefront.product(session, _slug(session, seller_id, "Xoài"), "", "vi", NOW)
    assert [card.name for card in page.together] == ["Chanh", "Gạo"]


def _slug(session: Session, seller_id: int, name: str) -> str:
    return session.exec(select(Product.slug).where(Product.seller_id == seller_id, Product.name == name)).one()
