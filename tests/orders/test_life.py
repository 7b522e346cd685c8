"""What becomes of an order: answered or not, delivered, paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace.accounts.views import GUEST, Person
from marketplace.base.errors import NotFound
from marketplace.base.state_machine import MoveRefused
from marketplace.catalog.models import StockLevel
from marketplace.contracts import service as contracts
from marketplace.contracts.models import Contract
from marketplace.delivery import service as delivery
from marketplace.ledger import service as ledger
from marketplace.ledger.models import LedgerEntry
from marketplace.orders.models import SellerOrder
from marketplace.orders.rules import (
    CLOSED_REASONS,
    ClosedReason,
    FulfilmentStatus,
    NotDeliveredYet,
    OfferLapsed,
    ShopSuspended,
)
from marketplace.orders.service import answering, fulfilling, placing, reading
from marketplace.payments.models import Payment
from marketplace.sellers import service as sellers
from tests.factories import NOW, make_account, make_owner, make_person, make_product, make_seller, make_staff
from tests.orders.shopping import accept_terms, fill_basket, place

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

    def last_evidence(self) -> tuple[str, str, str]:
        contract = self.session.exec(select(Contract).join(SellerOrder).where(SellerOrder.number == self.number)).one()
        entry = contracts.evidence_of(self.session, contract.id)[-1]
        return entry.kind, entry.actor, entry.detail["reason"]

    def go_through(self, *steps: FulfilmentStatus) -> None:
        for step in steps:
            fulfilling.advance(self.session, self.owner, self.number, step, NOW + 2 * HOUR)


def test_accepting_concludes_the_contract_and_allocates_the_stock(session: Session) -> None:
    sale = Sale(session)
    assert sale.stock() == (10_000, 0, 2000)
    answering.accept(session, sale.owner, sale.number, NOW + HOUR)
    assert sale.state() == ("confirmed", "pending", "pending", "concluded")
    assert sale.stock() == (10_000, 2000, 0)


def test_an_unanswered_order_lapses_and_its_stock_comes_back(session: Session) -> None:
    sale = Sale(session)
    assert answering.due(session, NOW + 11 * HOUR) == []
    assert not answering.expire(session, sale.number, NOW + 11 * HOUR)
    assert answering.due(session, NOW + 12 * HOUR) == [sale.number]
    assert answering.expire(session, sale.number, NOW + 12 * HOUR)
    assert sale.state() == ("expired", "pending", "none", "lapsed")
    assert sale.stock() == (10_000, 0, 0)
    assert session.exec(select(Payment.state)).one() == "expired"
    assert answering.due(session, NOW + 13 * HOUR) == []
    assert not answering.expire(session, sale.number, NOW + 13 * HOUR)


def test_an_acceptance_after_the_deadline_is_refused_even_before_the_sweep(session: Session) -> None:
    sale = Sale(session)
    last_moment = NOW + 12 * HOUR - timedelta(microseconds=1)
    assert reading.order_for_seller(session, sale.owner, sale.number, "vi", last_moment).can_accept
    attempts: list[Callable[[], None]] = [
        lambda: answering.accept(session, sale.owner, sale.number, NOW + 12 * HOUR),
        lambda: answering.refuse(session, sale.owner, sale.number, "", NOW + 12 * HOUR),
        lambda: answering.cancel(session, GUEST, sale.number, sale.key, NOW + 12 * HOUR),
    ]
    for too_late in attempts:
        with pytest.raises(OfferLapsed):
            too_late()
    assert sale.state() == ("placed", "pending", "pending", "offered")
    assert not reading.order_for_buyer(session, GUEST, sale.number, sale.key, "vi", NOW + 12 * HOUR).can_cancel
    answering.accept(session, sale.owner, sale.number, last_moment)
    assert sale.state() == ("confirmed", "pending", "pending", "concluded")


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
    assert other.state() == ("canceled", "pending", "none", "lapsed")
    assert other.stock() == (10_000, 0, 0)
    assert other.last_evidence() == ("lapsed", "guest", "canceled_by_buyer")


def test_what_a_seller_types_as_reason_never_reads_as_another_partys_word(session: Session) -> None:
    sale = Sale(session)
    answering.refuse(session, sale.owner, sale.number, "canceled_by_buyer", NOW + HOUR)
    seen = reading.order_for_buyer(session, GUEST, sale.number, sale.key, "en", NOW + HOUR)
    assert seen.reason_text == "The seller cannot deliver this order. The buyer owes nothing."
    assert sale.last_evidence() == ("lapsed", f"account:{sale.owner.account_id}", "refused_by_seller")


def test_the_second_of_two_phones_is_told_how_the_order_stands_and_changes_nothing(session: Session) -> None:
    sale = Sale(session)
    answering.accept(session, sale.owner, sale.number, NOW + HOUR)
    attempts: list[Callable[[], None]] = [
        lambda: answering.accept(session, sale.owner, sale.number, NOW + 2 * HOUR),
        lambda: answering.cancel(session, GUEST, sale.number, sale.key, NOW + 2 * HOUR),
    ]
    for again in attempts:
        with pytest.raises(MoveRefused) as refused:
            again()
        assert "Đã nhận đơn" in refused.value.say("vi")
    assert sale.stock() == (10_000, 2000, 0)


def test_a_suspended_shop_concludes_nothing_new_and_performs_what_it_concluded(session: Session) -> None:
    concluded = Sale(session)
    answering.accept(session, concluded.owner, concluded.number, NOW + HOUR)
    placed = place(session, [(concluded.sku.code, 1000)], key="second")["orders"][0]
    basket = fill_basket(session, [(concluded.sku.code, 1000)])
    command = accept_terms(session, basket)
    sellers.suspend(session, make_staff(session), concluded.seller_id, "Bị khiếu nại", NOW + HOUR)
    with pytest.raises(ShopSuspended):
        answering.accept(session, concluded.owner, placed["number"], NOW + 2 * HOUR)
    with pytest.raises(ShopSuspended):
        placing.place(session, GUEST, basket, command, "third", NOW + 2 * HOUR)
    concluded.go_through(FulfilmentStatus.PACKED, FulfilmentStatus.SHIPPED, FulfilmentStatus.DELIVERED)
    fulfilling.collect_cash(session, concluded.owner, concluded.number, NOW + 3 * HOUR)
    assert concluded.state() == ("completed", "delivered", "paid", "performed")


def test_a_failed_delivery_can_be_tried_again_and_its_goods_leave_the_store_once(session: Session) -> None:
    sale = Sale(session)
    answering.accept(session, sale.owner, sale.number, NOW + HOUR)
    sale.go_through(FulfilmentStatus.PACKED, FulfilmentStatus.SHIPPED, FulfilmentStatus.FAILED)
    seen = reading.order_for_seller(session, sale.owner, sale.number, "vi", NOW + 3 * HOUR)
    assert (seen.next_step, seen.can_take_back, seen.can_collect) == ("shipped", True, False)
    with pytest.raises(NotDeliveredYet):
        fulfilling.collect_cash(session, sale.owner, sale.number, NOW + 3 * HOUR)
    sale.go_through(FulfilmentStatus.SHIPPED, FulfilmentStatus.DELIVERED)
    assert sale.stock() == (8000, 0, 0)
    fulfilling.collect_cash(session, sale.owner, sale.number, NOW + 4 * HOUR)
    assert sale.state() == ("completed", "delivered", "paid", "performed")


@pytest.mark.parametrize(("sellable", "on_hand"), [(True, 10_000), (False, 8000)])
def test_an_order_whose_goods_come_back_is_closed_without_money_and_its_contract_terminated(
    session: Session, sellable: bool, on_hand: int
) -> None:
    sale = Sale(session)
    answering.accept(session, sale.owner, sale.number, NOW + HOUR)
    sale.go_through(FulfilmentStatus.PACKED, FulfilmentStatus.SHIPPED, FulfilmentStatus.FAILED)
    fulfilling.take_back(session, sale.owner, sale.number, NOW + 5 * HOUR, sellable=sellable)
    assert sale.state() == ("canceled", "returned", "none", "terminated")
    assert sale.stock() == (on_hand, 0, 0)
    assert session.exec(select(Payment.state)).one() == "canceled"
    assert session.exec(select(LedgerEntry)).all() == []
    assert sale.last_evidence() == ("terminated", f"account:{sale.owner.account_id}", "not_delivered")
    assert list(contracts.faults(session)) == []
    seen = reading.order_for_buyer(session, GUEST, sale.number, sale.key, "vi", NOW + 5 * HOUR)
    assert (seen.closed, seen.reason_text) == (True, CLOSED_REASONS[ClosedReason.NOT_DELIVERED].vi)
    attempts: list[Callable[[], None]] = [
        lambda: fulfilling.take_back(session, sale.owner, sale.number, NOW + 6 * HOUR, sellable=True),
        lambda: fulfilling.advance(session, sale.owner, sale.number, FulfilmentStatus.SHIPPED, NOW + 6 * HOUR),
        lambda: fulfilling.collect_cash(session, sale.owner, sale.number, NOW + 6 * HOUR),
    ]
    for too_late in attempts:
        with pytest.raises(MoveRefused):
            too_late()
    assert sale.stock() == (on_hand, 0, 0)


def test_goods_handed_over_but_then_refused_or_not_paid_count_as_not_delivered(session: Session) -> None:
    sale = Sale(session)
    answering.accept(session, sale.owner, sale.number, NOW + HOUR)
    sale.go_through(FulfilmentStatus.PACKED, FulfilmentStatus.SHIPPED, FulfilmentStatus.DELIVERED)
    sale.go_through(FulfilmentStatus.FAILED)
    assert sale.state() == ("confirmed", "failed", "pending", "concluded")
    assert session.exec(select(SellerOrder.delivered_at)).one() is None
    with pytest.raises(MoveRefused):
        fulfilling.advance(session, sale.owner, sale.number, FulfilmentStatus.RETURNED, NOW + 4 * HOUR)


def test_goods_are_not_taken_back_before_their_delivery_failed(session: Session) -> None:
    sale = Sale(session)
    for step in (None, FulfilmentStatus.PACKED, FulfilmentStatus.SHIPPED):
        if step is None:
            answering.accept(session, sale.owner, sale.number, NOW + HOUR)
        else:
            sale.go_through(step)
        with pytest.raises(MoveRefused):
            fulfilling.take_back(session, sale.owner, sale.number, NOW + 2 * HOUR, sellable=True)


def test_a_seller_who_cannot_deliver_after_all_ends_the_contract_until_the_goods_have_left(session: Session) -> None:
    sale = Sale(session)
    answering.accept(session, sale.owner, sale.number, NOW + HOUR)
    sale.go_through(FulfilmentStatus.PACKED)
    assert reading.order_for_seller(session, sale.owner, sale.number, "vi", NOW).can_give_up
    answering.refuse(session, sale.owner, sale.number, "Ngập vườn", NOW + 2 * HOUR)
    assert sale.state() == ("canceled", "packed", "none", "terminated")
    assert sale.stock() == (10_000, 0, 0)
    other = Sale(session)
    answering.accept(session, other.owner, other.number, NOW + HOUR)
    other.go_through(FulfilmentStatus.PACKED, FulfilmentStatus.SHIPPED)
    with pytest.raises(MoveRefused):
        answering.refuse(session, other.owner, other.number, "Ngập vườn", NOW + 3 * HOUR)


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
    assert ledger.unbalanced_transactions(session) == []
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
