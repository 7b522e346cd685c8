"""Work that no request waits for."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlmodel import Session, col, select

from marketplace import background
from marketplace.accounts import service as accounts
from marketplace.accounts.views import Person
from marketplace.base import db
from marketplace.baskets import service as baskets
from marketplace.delivery import service as delivery
from marketplace.orders.models import SellerOrder
from marketplace.orders.service import answering
from tests.factories import NOW, make_account, make_product, make_seller
from tests.orders.shopping import place


@pytest.mark.usefixtures("sqlite_database")
def test_an_order_that_cannot_lapse_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with db.write() as session:
        seller_id = make_seller(session)
        delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
        code = make_product(session, seller_id=seller_id).code
        numbers = [place(session, [(code, 1000)], key=key)["orders"][0]["number"] for key in ("a", "b")]
    expire = answering.expire

    def broken(session: Session, number: str, now: datetime) -> bool:
        if number == numbers[0]:
            raise RuntimeError("its record is damaged")
        return expire(session, number, now)

    monkeypatch.setattr(answering, "expire", broken)
    with time_machine.travel(NOW + timedelta(hours=13), tick=False):
        assert asyncio.run(background.sweep()) == 1
    with db.read() as session:
        statuses = session.exec(select(SellerOrder.status).order_by(col(SellerOrder.id))).all()
    assert list(statuses) == ["placed", "expired"]


@pytest.mark.usefixtures("sqlite_database")
def test_tidying_deletes_what_nobody_can_use_any_more() -> None:
    with db.write() as session:
        account_id = make_account(session)
        accounts.open_session(session, account_id, "test", NOW)
        baskets.create(session, Person(visitor_digest="a" * 64), NOW)
    with time_machine.travel(NOW, tick=False):
        assert asyncio.run(background.tidy()) == 0
    with time_machine.travel(NOW + timedelta(days=365), tick=False):
        assert asyncio.run(background.tidy()) == 2
