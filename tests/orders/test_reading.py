"""What a seller's pages show of orders and of the shop."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace.accounts.rules import Task
from marketplace.accounts.views import Person
from marketplace.base.errors import NotAllowed, NotFound
from marketplace.delivery import service as delivery
from marketplace.orders.models import SellerOrder
from marketplace.orders.service import answering, reading
from marketplace.sellers import service as sellers
from marketplace.sellers.rules import SellerStatus
from tests.factories import NOW, make_account, make_owner, make_person, make_product, make_seller, make_staff
from tests.orders.shopping import place


def test_a_seller_reads_where_the_shop_stands_and_why_it_was_refused(session: Session) -> None:
    seller_id = make_seller(session, status=SellerStatus.APPLIED)
    owner, staff = make_owner(session, seller_id), make_staff(session)
    before = reading.today(session, owner, "vi", NOW)
    assert (before.selling, before.standing, before.reason) == (False, "Chờ duyệt", "")
    sellers.refuse(session, staff, seller_id, "Chưa rõ địa chỉ gian hàng.", NOW)
    refused = reading.today(session, owner, "vi", NOW + timedelta(minutes=1))
    assert (refused.selling, refused.standing, refused.reason) == (
        False,
        "Chưa được duyệt",
        "Chưa rõ địa chỉ gian hàng.",
    )


def test_an_open_shop_needs_no_reason(session: Session) -> None:
    seller_id = make_seller(session)
    today = reading.today(session, make_owner(session, seller_id), "en", NOW)
    assert (today.selling, today.standing, today.reason) == (True, "Selling", "")


def test_a_helper_sees_orders_money_and_contracts_only_as_their_tasks_say(session: Session) -> None:
    seller_id = make_seller(session)
    delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
    placed = place(session, [(make_product(session, seller_id=seller_id).code, 1000)])["orders"][0]
    order_id = session.exec(select(SellerOrder.id)).one()
    owner = make_owner(session, seller_id)

    def helper(*tasks: Task) -> Person:
        link = sellers.invite_member(session, owner, seller_id, tasks, NOW)
        account_id = make_account(session)
        sellers.join_seller(session, make_person(session, account_id), link, NOW)
        return make_person(session, account_id)

    goods, orders, money, contracts = (helper(task) for task in (Task.GOODS, Task.ORDERS, Task.MONEY, Task.CONTRACTS))
    assert reading.order_for_seller(session, owner, placed["number"], "vi", NOW).net_text
    seen = reading.order_for_seller(session, orders, placed["number"], "vi", NOW)
    assert (seen.number, seen.net_text, seen.commission_text) == (placed["number"], "", "")
    both = reading.order_for_seller(session, helper(Task.ORDERS, Task.MONEY), placed["number"], "vi", NOW)
    assert both.net_text
    for person in (goods, money, contracts):
        with pytest.raises(NotAllowed):
            reading.order_for_seller(session, person, placed["number"], "vi", NOW)
        with pytest.raises(NotAllowed):
            answering.accept(session, person, placed["number"], NOW)
        assert reading.seller_orders(session, person, "vi", NOW) == ()
        assert reading.today(session, person, "vi", NOW).waiting == ()
    assert len(reading.seller_orders(session, orders, "vi", NOW)) == 1
    assert [bool(reading.today(session, one, "vi", NOW).earned_text) for one in (owner, money, orders)] == [
        True,
        True,
        False,
    ]
    for person in (owner, orders, contracts):
        reading.party_may_read(session, person, "", order_id)
    for person in (goods, money):
        with pytest.raises(NotFound):
            reading.party_may_read(session, person, "", order_id)
