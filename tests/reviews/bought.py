"""Goods in their buyer's hands, for tests of what is said of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from sqlmodel import Session, select

from marketplace.accounts.views import GUEST, Person
from marketplace.delivery import service as delivery
from marketplace.orders.models import OrderLine, SellerOrder
from marketplace.orders.rules import FulfilmentStatus
from marketplace.orders.service import answering, fulfilling
from tests.factories import NOW, make_owner, make_product, make_seller
from tests.orders.shopping import place

HOUR = timedelta(hours=1)
_keys = count(1)


@dataclass(frozen=True)
class Bought:
    """An order of one line, and both its sides."""

    number: str
    key: str
    line_id: int
    product_id: int
    sku: str
    seller_id: int
    owner: Person


def order(
    session: Session,
    buyer: Person = GUEST,
    *,
    of: Bought | None = None,
    seller_id: int | None = None,
    now: datetime = NOW,
) -> Bought:
    """An order just placed, of goods that were bought before, of a shop without delivery yet, or of a new shop."""
    if of is None:
        seller_id = seller_id or make_seller(session)
        delivery.give_default_methods(session, {"seller_id": seller_id}, now)
        sku = make_product(session, seller_id=seller_id)
        product_id, code, owner = sku.product_id, sku.code, make_owner(session, seller_id)
    else:
        product_id, code, seller_id, owner = of.product_id, of.sku, of.seller_id, of.owner
    placed = place(session, [(code, 1000)], buyer, now, key=f"bought-{next(_keys)}")["orders"][0]
    line_id = session.exec(select(OrderLine.id).join(SellerOrder).where(SellerOrder.number == placed["number"])).one()
    return Bought(placed["number"], placed["access_key"], line_id, product_id, code, seller_id, owner)


def deliver(session: Session, bought: Bought, now: datetime = NOW) -> Bought:
    """Hand an order over."""
    answering.accept(session, bought.owner, bought.number, now + HOUR)
    for step in (FulfilmentStatus.PACKED, FulfilmentStatus.SHIPPED, FulfilmentStatus.DELIVERED):
        fulfilling.advance(session, bought.owner, bought.number, step, now + 2 * HOUR)
    return bought


def received(session: Session, buyer: Person = GUEST, *, of: Bought | None = None, now: datetime = NOW) -> Bought:
    """An order in its buyer's hands."""
    return deliver(session, order(session, buyer, of=of, now=now), now)
