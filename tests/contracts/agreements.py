"""Contracts as they come about: by an order, and what its parties do afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from marketplace.contracts import service
from marketplace.delivery import service as delivery
from tests.factories import NOW, make_product, make_seller
from tests.orders.shopping import place

BUYER = "Trần Thị Bưởi"
BUYER_PHONE = "912345678"
STREET = "12 Trần Hưng Đạo"
GOODS = "Xoài cát Hòa Lộc"
STORE = "Vườn Ba Tám"
PRICE = 65_000


def make_contract(session: Session, now: datetime = NOW, key: str = "first", note: str = "") -> str:
    """An offered contract over one and a half kilograms of mangoes; returns its code."""
    seller_id = make_seller(session, STORE)
    delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
    sku = make_product(session, GOODS, seller_id=seller_id, price=PRICE)
    notes = {f"gian-hang-{seller_id}": note} if note else {}
    answer = place(session, [(sku.code, 1500)], now=now, key=key, note=notes)
    return str(answer["orders"][0]["contract"])


def make_concluded(session: Session, now: datetime = NOW) -> str:
    """A contract whose seller accepted at `now`."""
    code = make_contract(session)
    service.conclude(session, service.order_of(session, code), None, now)
    return code
