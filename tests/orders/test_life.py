"""What becomes of an order: answered or not, delivered, paid."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace.accounts.views import GUEST, Person
from marketplace.base.errors import NotFound
from marketplace.base.state_machine import MoveRefused
from marketplace.catalog.models import StockLevel
from marketplace.contracts.models import Contract
from marketplace.delivery import service as delivery
from marketplace.orders.models import SellerOrder
from marketplace.orders.rules import FulfilmentStatus, NotDeliveredYet, OfferLapsed
from marketplace.orders.service import answering, fulfilling, reading
from marketplace.payments import service as payments
from marketplace.payments.models import LedgerEntry, Payment
from tests.factories import NOW, make_account, make_owner, make_person, make_product, make_seller
from tests.orders.shopping import place

HOUR = timedelta(hours=1)


class Sale:
    """One order of two kilograms, from its seller's and its buyer's side."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.seller_id = make_seller(session)
        delivery.give_default_methods(session, {"seller_id": self.seller_id}, NOW)
        self.sku = make_product(session, seller_id=self.seller_id, on_hand=10_000, price=50_000)
        self.owner = make_owner(session, self.seller_id)
        placed = place(session, [(self.sku.code, 2000)])["orders"][0]
        self.number, self.key = placed["number"], placed["access_key"]

    def stock(self) -> tuple[int, int, int]:
        level = self.session.exec(select(StockLevel).where(StockLevel.sku_id == self.sku.id)).one()
        self.session.refresh(level)
        return level.on_hand, level.allocated, level.held

    def state(self) -> tuple[str, str, str, str]:
        order = self.session.exec(select(SellerOrder).where(SellerOrder.number == self.number)).one()
        contract = self.session.exec(select(Contract).where(Contract.order_id == order.id)).one()
        return order.status, order.fulfilment_status, order.payment_status, contract.state


def test_accepting_concludes_the_contract_and_allocates_the_stock(session: Session) -> None:
    sale = Sale(session)
    assert sale.stock() == (10_000, 0, 2000)
    answering.accept(session, sale.owner, sale.number, NOW + HOUR)
    assert sale.state() == ("confirmed", "pending", "pending", "concluded")
    assert sale.stock() == (10_000, 2000, 0)


def test_an_unanswered_order_lapses_and_its_stock_comes_back(session: Session) -> None:
    sale = Sale(session)
    assert answering.expire_due(session, NOW + 11 * HOUR) == 0
    assert answering.expire_due(session, NOW + 12 * HOUR) == 1
    assert sale.state() == ("expired", "pending", "none", "lapsed")
    assert sale.stock() == (10_000, 0, 0)
    assert session.exec(select(Payment.state)).one() == "expired"
    assert answering.expire_due(session, NOW + 13 * HOUR) == 0


def test_an_acceptance_after_the_deadline_is_refused_even_before_the_sweep(session: Session) -> None:
    sale = Sale(session)
    with pytest.raises(OfferLapsed):
        answering.accept(session, sale.owner, sale.number, NOW + 12 * HOUR)


def test_a_refused_order_gives_its_stock_back_and_needs_no_money(session: Session) -> None:
    sale = Sale(session)
    answering.refuse(session, sale.owner, sale.number, "Hết trái chín", NOW + HOUR)
    assert sale.state() == ("canceled", "pending", "none", "lapsed")
    assert sale.stock() == (10_000, 0, 0)


def test_a_buyer_may_cancel_until_the_seller_has_accepted(session: Session) -> None:
    sale = Sale(session)
    answering.accept(session, sale.owner, sale.number, NOW + HOUR)
    with pytest.raises(MoveRefused):
        answering.cancel(session, GUEST, sale.number, sale.key, NOW + HOUR)
    other = Sale(session)
    answering.cancel(session, GUEST, other.number, other.key, NOW + HOUR)
    assert other.state()[0] == "canceled"


def test_goods_leave_when_shipped_and_money_is_posted_when_collected(session: Session) -> None:
    sale = Sale(session)
    answering.accept(session, sale.owner, sale.number, NOW + HOUR)
    for step in (FulfilmentStatus.PACKED, FulfilmentStatus.SHIPPED):
        fulfilling.advance(session, sale.owner, sale.number, step, NOW + 2 * HOUR)
    assert sale.stock() == (8000, 0, 0)
    with pytest.raises(NotDeliveredYet):
        fulfilling.collect_cash(session, sale.owner, sale.number, NOW + 3 * HOUR)
    fulfilling.advance(session, sale.owner, sale.number, FulfilmentStatus.DELIVERED, NOW + 3 * HOUR)
    fulfilling.collect_cash(session, sale.owner, sale.number, NOW + 3 * HOUR)
    assert sale.state() == ("completed", "delivered", "paid", "performed")
    amounts = session.exec(select(LedgerEntry.amount)).all()
    assert sum(amounts) == 0
    assert sorted(amounts) == [-122_000 + 2000, -2000, 122_000]
    assert payments.unbalanced_transactions(session) == []
    with pytest.raises(MoveRefused):
        fulfilling.collect_cash(session, sale.owner, sale.number, NOW + 4 * HOUR)


def test_steps_cannot_be_skipped_or_taken_before_the_acceptance(session: Session) -> None:
    sale = Sale(session)
    with pytest.raises(MoveRefused):
        fulfilling.advance(session, sale.owner, sale.number, FulfilmentStatus.PACKED, NOW)
    answering.accept(session, sale.owner, sale.number, NOW)
    with pytest.raises(MoveRefused):
        fulfilling.advance(session, sale.owner, sale.number, FulfilmentStatus.SHIPPED, NOW)


def test_another_seller_a_shopper_and_a_guest_find_no_such_order(session: Session) -> None:
    sale = Sale(session)
    stranger = make_person(session, make_account(session, "Người lạ"))
    rival = Sale(session).owner
    for person in (stranger, rival):
        for refused in (
            lambda who=person: answering.accept(session, who, sale.number, NOW),
            lambda who=person: answering.refuse(session, who, sale.number, "", NOW),
            lambda who=person: fulfilling.collect_cash(session, who, sale.number, NOW),
            lambda who=person: reading.order_for_seller(session, who, sale.number, "vi", NOW),
            lambda who=person: reading.order_for_buyer(session, who, sale.number, "", "vi", NOW),
        ):
            with pytest.raises(NotFound):
                refused()
    assert sale.state() == ("placed", "pending", "pending", "offered")


def test_both_sides_see_the_same_order_with_what_each_may_do(session: Session) -> None:
    sale = Sale(session)
    seller = reading.order_for_seller(session, sale.owner, sale.number, "vi", NOW)
    buyer = reading.order_for_buyer(session, GUEST, sale.number, sale.key, "en", NOW)
    assert (seller.total, seller.can_accept, seller.can_cancel) == (buyer.total, True, False)
    assert (buyer.can_accept, buyer.can_cancel, buyer.commission_text) == (False, True, "")
    assert seller.net_text == "120.000\u00a0₫"
    assert [card.number for card in reading.today(session, sale.owner, "vi", NOW).waiting] == [sale.number]


def test_a_signed_in_buyer_finds_the_order_among_their_own(session: Session) -> None:
    buyer: Person = make_person(session, make_account(session, "Lan"))
    seller_id = make_seller(session)
    delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
    sku = make_product(session, seller_id=seller_id)
    number = place(session, [(sku.code, 1000)], person=buyer)["orders"][0]["number"]
    assert [card.number for card in reading.buyer_orders(session, buyer, "vi", NOW)] == [number]
    assert reading.order_for_buyer(session, buyer, number, "", "vi", NOW).number == number
