"""A shop with goods that come in lots, and buyers of them, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlmodel import Session, select

from marketplace.accounts.views import GUEST, Person
from marketplace.delivery import service as delivery
from marketplace.lots import service as lots
from marketplace.lots.commands import LotDraft
from marketplace.lots.models import Lot
from marketplace.orders.models import OrderLine, SellerOrder
from marketplace.orders.rules import FulfilmentStatus
from marketplace.orders.service import answering, fulfilling, tracing
from tests.factories import NOW, make_owner, make_product, make_seller
from tests.orders.shopping import place

HOUR = timedelta(hours=1)
DRAFT = LotDraft(
    number="XC-1",
    harvested_on=date(2026, 1, 4),
    harvested_grams=10_000,
    area_code="VN-CTOR-0032",
    plot="Thửa 7",
    spray="Abamectin 1,8EC",
    last_sprayed_on=date(2025, 12, 20),
    waiting_days=7,
    expires_on=date(2026, 1, 20),
)
REASON, ADVICE = "Dư lượng vượt mức cho phép.", "Không ăn. Giữ bao bì, chúng tôi đến nhận lại."
_keys = count(1)


class Orchard:
    """A seller with one product sold by the kilogram."""

    def __init__(self, session: Session, name: str = "Xoài cát Hòa Lộc") -> None:
        self.session = session
        self.seller_id = make_seller(session)
        delivery.give_default_methods(session, {"seller_id": self.seller_id}, NOW)
        self.sku = make_product(session, name, seller_id=self.seller_id, on_hand=100_000, price=50_000)
        self.owner: Person = make_owner(session, self.seller_id)

    def enter(self, now: datetime = NOW, **entries: Any) -> str:
        """Enter a lot; returns its passport's code."""
        return lots.add_lot(self.session, self.owner, self.sku.product_id, replace(DRAFT, **entries), now)

    def lot(self, code: str) -> Lot:
        """The row of a lot, as it is now."""
        found = self.session.exec(select(Lot).where(Lot.code == code)).one()
        self.session.refresh(found)
        return found

    def order(self, kilograms: int = 2, person: Person = GUEST, **changes: Any) -> tuple[str, str]:
        """An accepted order; returns its number and the key of its private link."""
        goods = [(self.sku.code, kilograms * 1000)]
        placed = place(self.session, goods, person, key=f"orchard-{next(_keys)}", **changes)["orders"][0]
        answering.accept(self.session, self.owner, placed["number"], NOW)
        return placed["number"], placed["access_key"]

    def line(self, number: str) -> OrderLine:
        """The one line of an order."""
        found = self.session.exec(select(OrderLine).join(SellerOrder).where(SellerOrder.number == number)).one()
        self.session.refresh(found)
        return found

    def pack(self, number: str, code: str = "") -> None:
        """Pack an order, from a chosen lot or from the one to be used first."""
        chosen = {tracing.field_of(self.line(number).id): code} if code else {}
        fulfilling.advance(self.session, self.owner, number, FulfilmentStatus.PACKED, NOW + HOUR, lots=chosen)

    def send(self, number: str) -> None:
        """Hand an order to the carrier."""
        fulfilling.advance(self.session, self.owner, number, FulfilmentStatus.SHIPPED, NOW + HOUR)

    def packed(self, kilograms: int = 2, code: str = "", person: Person = GUEST, **changes: Any) -> tuple[str, str]:
        """An order that was packed."""
        number, key = self.order(kilograms, person, **changes)
        self.pack(number, code)
        return number, key
