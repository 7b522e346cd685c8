"""A shopper with a basket, for tests of what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from marketplace.accounts.views import GUEST, Person
from marketplace.baskets import service as baskets
from marketplace.orders.commands import CheckoutCommand, CheckoutDetails
from marketplace.orders.service import placing
from tests.factories import NOW, make_commune

DETAILS: dict[str, Any] = {
    "buyer": {"name": "Trần Thị Bưởi", "phone": "0912 345 678"},
    "address": {"commune": "31117", "street": "12 Trần Hưng Đạo"},
    "payment": "cod",
}


def details(**changes: Any) -> CheckoutDetails:
    """What a shopper fills in."""
    return CheckoutDetails.model_validate({**DETAILS, **changes})


def fill_basket(session: Session, goods: Sequence[tuple[str, int]], person: Person = GUEST, now: datetime = NOW) -> str:
    """A basket with quantities (in thousandths) of stock keeping units, by code."""
    make_commune(session)
    public_id = baskets.create(session, person, now)
    for code, quantity in goods:
        baskets.put_line(session, public_id, code, quantity, now)
    return public_id


def accept_terms(session: Session, basket: str, now: datetime = NOW, **changes: Any) -> CheckoutCommand:
    """The command of a shopper who reviewed the contracts and accepts them."""
    reviewed = placing.review(session, basket, details(**changes), now)
    return CheckoutCommand(**details(**changes).model_dump(), accepted_terms_hash=reviewed.terms_hash)


def place(
    session: Session,
    goods: Sequence[tuple[str, int]],
    person: Person = GUEST,
    now: datetime = NOW,
    key: str = "first",
    **changes: Any,
) -> dict[str, Any]:
    """A checkout from nothing to its answer."""
    basket = fill_basket(session, goods, person, now)
    return placing.place(session, person, basket, accept_terms(session, basket, now, **changes), key, now)
