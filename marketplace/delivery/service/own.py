"""Whose delivery it is: the owner's shop, and the news that it delivers otherwise."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.money import MoneyUnreadable, read_money
from marketplace.sellers import service as sellers
from marketplace.sellers.views import SellerView

CHANGED = "seller.delivers"
"""`{"seller_id": n}`: it delivers to other places, at other prices, or on other days."""


def own_seller(session: Session, person: Person) -> SellerView:
    """The seller whose delivery the person may arrange; raises NotSignedIn, NotFound, NotAllowed."""
    seller = sellers.seller_of(session, person)
    person.require_seller(seller.id, Right.MANAGE_SHOP)
    return seller


def announce(session: Session, seller_id: int, now: datetime) -> None:
    """Tell those who keep what is public of a shop."""
    outbox.announce(session, CHANGED, {"seller_id": seller_id}, now)


def read_amount(typed: str | None, field: str) -> int | None:
    """Đồng as typed, None where nothing was; raises MoneyUnreadable."""
    if typed is None or not typed.strip():
        return None
    try:
        return read_money(typed)
    except MoneyUnreadable as error:
        error.field = field
        raise
