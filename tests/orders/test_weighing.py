"""Orders whose goods are paid by weight: at most until they are weighed, one final figure from then on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from marketplace.accounts.views import GUEST
from marketplace.base.errors import Conflict, DomainError, InvalidInputs
from marketplace.base.models import OutboxEvent
from marketplace.base.state_machine import MoveRefused
from marketplace.catalog.models import StockLevel
from marketplace.catalog.rules import PieceWeight, Unit, WeightMissing, WeightUnlikely
from marketplace.contracts import documents, weighing
from marketplace.contracts import service as contracts
from marketplace.contracts.documents.checking import Finding
from marketplace.contracts.models import Contract
from marketplace.contracts.rules import record_fault
from marketplace.delivery import service as delivery
from marketplace.ledger.models import LedgerEntry
from marketplace.orders.commands import read_weights
from marketplace.orders.http import order_json, quote_json
from marketplace.orders.models import OrderCharge, OrderLine, Purchase, SellerOrder
from marketplace.orders.rules import ChargeKind, FulfilmentStatus
from marketplace.orders.service import answering, fulfilling, placing, reading
from marketplace.payments.models import Payment
from tests.factories import NOW, make_owner, make_product, make_seller
from tests.orders.shopping import details, fill_basket, place

CHICKEN = PieceWeight(1600, 2000)
HIGHEST = 360_000
PACKED = FulfilmentStatus.PACKED


class Sale:
    """Two chickens by weight and a kilogram of mangoes, sent by a carrier that asks for every kilogram."""

    def __init__(self, session: Session, count: int = 2, carrier: bool = True) -> None:
        self.session = session
        self.seller_id = make_seller(session)
        delivery.give_default_methods(session, {"seller_id": self.seller_id}, NOW)
        self.owner = make_owner(session, self.seller_id)
        self.chicken = make_product(
            session, "Gà ta", seller_id=self.seller_id, unit=Unit.HEAD, price=180_000, piece=CHICKEN, on_hand=10_000
        )
        self.mango = make_product(session, seller_id=self.seller_id, price=50_000)
        self.goods = [(self.chicken.code, count * 1000), (self.mango.code, 1000)]
        self.ways = {f"gian-hang-{self.seller_id}": "carrier"} if carrier else {}
        self.placed = place(session, self.goods, delivery=self.ways)["orders"][0]
        self.number, self.key = self.placed["number"], self.placed["access_key"]

    @property
    def order(self) -> SellerOrder:
        return self.session.exec(select(SellerOrder).where(SellerOrder.number == self.number)).one()

    @property
    def line(self) -> OrderLine:
        return self.session.exec(
            select(OrderLine).where(OrderLine.order_id == self.order.id, OrderLine.sku_id == self.chicken.id)
        ).one()

    @property
    def contract(self) -> Contract:
        return self.session.exec(select(Contract).where(Contract.order_id == self.order.id)).one()

    def accept(self) -> Sale:
        answering.accept(self.session, self.owner, self.number, NOW)
        return self

    def pack(self, grams: int) -> None:
        fulfilling.advance(self.session, self.owner, self.number, PACKED, NOW, weights={self.line.id: grams})
        self.session.flush()

    def go_on(self, *steps: FulfilmentStatus) -> None:
        for step in steps:
            fulfilling.advance(self.session, self.owner, self.number, step, NOW)

    def charges(self) -> dict[str, int]:
        rows = self.session.exec(select(OrderCharge).where(OrderCharge.order_id == self.order.id)).all()
        return {ChargeKind(row.kind).value: row.amount for row in rows}

    def due(self) -> int:
        return self.session.exec(select(Payment.amount).where(Payment.order_id == self.order.id)).one()


def test_before_they_are_weighed_goods_count_with_the_most_they_may_cost(session: Session) -> None:
    sale = Sale(session)
    # Five kilograms: the carrier's 32.000 ₫ and four times 6.000 ₫.
    assert (sale.order.goods_total, sale.order.delivery_fee, sale.order.total) == (770_000, 56_000, 826_000)
    assert sale.due() == sale.placed["total"] == sale.contract.total == 826_000
    assert sale.placed["estimated"] is True
    assert sale.charges() == {"delivery": 56_000, "commission": 15_400}
    seen = reading.order_for_buyer(session, GUEST, sale.number, sale.key, "vi", NOW)
    assert seen.total_text == "tối đa 826.000\u00a0₫"
    assert seen.lines[0].measured_text == "2 con · mỗi con 1,6–2,0\u00a0kg × 180.000\u00a0₫/kg"
    assert seen.lines[0].about_text == "khoảng 576.000–720.000\u00a0₫"
    assert (seen.estimated, order_json(seen)["estimated"]) == (True, True)


def test_review_and_contract_say_range_and_highest_amount(session: Session) -> None:
    sale = Sale(session)
    basket = fill_basket(session, sale.goods)
    quoted = placing.review(session, basket, details(delivery=sale.ways), NOW)
    body = quote_json(quoted, "vi")
    line = body["orders"][0]["lines"][0]
    assert (line["price"], line["total"]) == (HIGHEST, 720_000)
    assert line["weighed"] == {
        "price_per_kg": 180_000, "from_grams": 1600, "to_grams": 2000, "lowest": 576_000, "highest": 720_000,
    }  # fmt: skip
    words = " ".join(
        text for clause in body["orders"][0]["contract"]["clauses"] for text in clause["paragraphs"]
    ).replace("\u00a0", " ")
    for said in (
        "Gà ta: 2 con, mỗi con nặng 1,6–2,0 kg, giá 180.000 ₫ một kg; ước tính từ 576.000 ₫, cao nhất 720.000 ₫.",
        "Xoài cát Hòa Lộc: 1 kg × 50.000 ₫ = 50.000 ₫.",
        "không bao giờ vượt mức cao nhất",
        "Tiền hàng cao nhất: 770.000 ₫.",
        "tổng cộng cao nhất: 826.000 ₫",
        "giảm 6.000 ₫ mỗi kg",
    ):
        assert said in words
    assert "phải trả: 826.000" not in words


def test_what_was_weighed_is_the_one_figure_every_sum_reads(session: Session) -> None:
    sale = Sale(session).accept()
    sale.pack(3450)
    order = sale.order
    assert (sale.line.grams_final, sale.line.total) == (3450, 621_000)
    # Half a kilogram lighter is still a fifth kilogram begun.
    assert (order.goods_total, order.delivery_fee, order.total) == (671_000, 56_000, 727_000)
    assert sale.due() == 727_000
    assert session.exec(select(Purchase.total).where(Purchase.id == order.purchase_id)).one() == 727_000
    assert sale.charges() == {
        "delivery": 56_000, "commission": 15_400, "goods_weighed": -99_000, "delivery_weighed": 0,
        "commission_weighed": -1980,
    }  # fmt: skip
    assert sale.contract.final_total == 727_000
    sale.go_on(FulfilmentStatus.SHIPPED, FulfilmentStatus.DELIVERED)
    fulfilling.collect_cash(session, sale.owner, sale.number, NOW)
    assert (order.payment_status, order.status, sale.contract.state) == ("paid", "completed", "performed")
    assert sorted(session.exec(select(LedgerEntry.amount)).all()) == [-713_580, -13_420, 727_000]
    assert list(contracts.faults(session)) == []
    level = session.exec(select(StockLevel).where(StockLevel.sku_id == sale.chicken.id)).one()
    assert level.on_hand == 8000


def test_freight_falls_by_the_kilograms_saved_at_the_fee_of_the_sale(session: Session) -> None:
    sale = Sale(session).accept()
    sale.pack(2950)
    # 3,95 kg instead of five.
    assert (sale.order.delivery_fee, sale.charges()["delivery_weighed"]) == (50_000, -6000)
    assert sale.order.total == sale.due() == 531_000 + 50_000 + 50_000


def test_goods_that_went_free_stay_free_when_they_come_to_less(session: Session) -> None:
    sale = Sale(session, carrier=False).accept()
    assert sale.order.delivery_fee == 0
    sale.pack(700)
    assert (sale.order.goods_total, sale.order.delivery_fee) == (176_000, 0)


def test_heavier_goods_cost_no_more_and_their_freight_neither(session: Session) -> None:
    sale = Sale(session).accept()
    sale.pack(6100)
    assert (sale.line.grams_final, sale.order.total, sale.due()) == (6100, 826_000, 826_000)
    assert {sale.charges()[kind] for kind in ("goods_weighed", "delivery_weighed", "commission_weighed")} == {0}
    seen = reading.order_for_buyer(session, GUEST, sale.number, sale.key, "vi", NOW)
    assert seen.lines[0].measured_text == "2 con · cân được 6,1\u00a0kg, tính mức cao nhất đã thoả thuận"


def test_nothing_is_packed_unweighed_and_each_line_says_what_it_lacks(session: Session) -> None:
    sale = Sale(session).accept()
    seen = reading.order_for_seller(session, sale.owner, sale.number, "vi", NOW)
    (asked,) = seen.to_weigh
    assert asked.field == f"weight_{sale.line.id}"
    assert "3,2–4,0\u00a0kg" in asked.hint
    for weights, refusal in (
        ({}, WeightMissing),
        ({sale.line.id: 35}, WeightUnlikely),
        ({10**17: 3500}, WeightMissing),
    ):
        with pytest.raises(refusal) as refused, session.begin_nested():
            fulfilling.advance(session, sale.owner, sale.number, PACKED, NOW, weights=weights)
        assert refused.value.field == asked.field
    assert (sale.order.fulfilment_status, sale.due(), len(sale.charges())) == ("pending", 826_000, 2)
    sale.pack(3500)
    assert reading.order_for_seller(session, sale.owner, sale.number, "vi", NOW).to_weigh == ()


def test_what_was_weighed_is_weighed_once(session: Session) -> None:
    sale = Sale(session).accept()
    sale.pack(3500)
    with pytest.raises(MoveRefused):
        sale.pack(3300)
    with pytest.raises(Conflict):
        contracts.weigh(
            session, sale.order.id, {sale.chicken.code: 3300}, delivery_fee=0, total=1, now=NOW, by_account_id=None
        )
    assert sale.line.grams_final == 3500


def test_orders_of_other_goods_are_packed_as_ever_whatever_weights_are_sent(session: Session) -> None:
    sale = Sale(session)
    number = place(session, [(sale.mango.code, 1000)], key="mango")["orders"][0]["number"]
    answering.accept(session, sale.owner, number, NOW)
    fulfilling.advance(session, sale.owner, number, PACKED, NOW, weights={sale.line.id: 3000})
    session.flush()
    order = session.exec(select(SellerOrder).where(SellerOrder.number == number)).one()
    assert (order.fulfilment_status, sale.line.grams_final) == ("packed", None)


def test_both_sides_see_weight_and_final_amount_and_hear_of_it(session: Session) -> None:
    sale = Sale(session).accept()
    sale.pack(3450)
    for seen in (
        reading.order_for_buyer(session, GUEST, sale.number, sale.key, "vi", NOW),
        reading.order_for_seller(session, sale.owner, sale.number, "vi", NOW),
    ):
        assert (seen.total_text, seen.estimated) == ("727.000\u00a0₫", False)
        assert seen.lines[0].measured_text == "2 con · cân được 3,45\u00a0kg × 180.000\u00a0₫/kg"
        assert (seen.lines[0].total_text, seen.lines[0].about_text) == ("621.000\u00a0₫", "")
    assert seen.net_text == "713.580\u00a0₫"
    assert order_json(seen)["lines"][0]["weight"] == "3,45\u00a0kg"
    topics = session.exec(select(OutboxEvent.topic).order_by(col(OutboxEvent.id).desc()).limit(2)).all()
    assert set(topics) == {"order.packed", "contract.weighed"}


def test_the_annex_is_evidence_and_the_earlier_document_stays_valid(session: Session) -> None:
    sale = Sale(session).accept()
    code = sale.contract.code
    before = documents.sealed(session, code, NOW)
    sale.pack(3450)
    after = documents.sealed(session, code, NOW)
    assert after != before
    assert documents.sealed(session, code, NOW) == after
    entry = contracts.evidence_of(session, sale.contract.id)[-1]
    assert (entry.kind, entry.actor) == ("weighed", f"account:{sale.owner.account_id}")
    assert entry.detail["lines"] == [{"sku": sale.chicken.code, "grams": 3450, "amount": 621_000}]
    assert (entry.detail["total"], sale.contract.state) == (727_000, "concluded")
    first, second = (documents.verdict(session, data, NOW) for data in (before, after))
    assert (first.valid, first.finding) == (True, Finding.WEIGHED)
    assert (second.valid, second.finding) == (True, Finding.GENUINE)
    assert contracts.verification(session, code, "vi", NOW).genuine
    sale.go_on(FulfilmentStatus.SHIPPED, FulfilmentStatus.DELIVERED)
    fulfilling.collect_cash(session, sale.owner, sale.number, NOW)
    first, second = (documents.verdict(session, data, NOW) for data in (before, after))
    assert (first.valid, first.finding, second.finding) == (True, Finding.WEIGHED, Finding.FULFILLED)


def test_a_weighing_that_was_changed_added_or_left_out_is_found(session: Session) -> None:
    sale = Sale(session).accept()
    unweighed, _ = contracts.recorded(session, sale.contract.code) or (None, [])
    assert unweighed is not None
    sale.pack(3450)
    found = contracts.recorded(session, sale.contract.code)
    assert found is not None
    record, entries = contracts._record(found[0]), found[1]
    assert record_fault(record, entries) is None
    assert record_fault(replace(record, final_total=None), entries)
    assert record_fault(replace(record, final_total=726_999), entries)
    assert record_fault(replace(record, final_total=None), entries[:-1]) is None
    assert record_fault(record, entries[:-1])
    detail = {**entries[-1].detail}
    assert weighing.follows(record.terms, detail)
    changes: list[dict[str, Any]] = [
        {"total": 1},
        {"lines": []},
        {"lines": [{"sku": sale.chicken.code, "grams": 3450, "amount": 1}]},
        {"lines": [{"sku": sale.mango.code, "grams": 3450, "amount": 621_000}]},
        {"delivery_fee": 56_001},
        {"delivery_fee": "x"},
    ]
    for change in changes:
        assert not weighing.follows(record.terms, {**detail, **change})


@given(grams=st.integers(700, 20_000), fee=st.integers(0, 56_000))
def test_a_contract_never_comes_to_more_than_was_agreed(grams: int, fee: int) -> None:
    terms = {
        "lines": [
            {"sku": "G", "quantity": "2", "price": 180_001, "total": 720_004,
             "weighed": {"from_grams": 1600, "to_grams": 2000, "lowest": 576_003}},
            {"sku": "X", "quantity": "1.5", "price": 50_000, "total": 75_000, "weighed": None},
        ],
        "delivery": {"fee": 56_000},
    }  # fmt: skip
    found = weighing.settled(terms, {"G": grams}, fee)
    assert found["total"] == found["goods_total"] + fee <= 720_004 + 75_000 + 56_000
    assert found["goods_total"] == found["lines"][0]["amount"] + 75_000
    assert weighing.follows(terms, found)


def test_a_packing_form_is_read_beside_its_inputs() -> None:
    assert read_weights({"weight_3": "1,85", "weight_4": " ", "other": "x"}) == {3: 1850}
    with pytest.raises(InvalidInputs) as refused:
        read_weights({"weight_3": "nặng", "weight_4": "1,8,5"})
    assert [problem.field for problem in refused.value.problems] == ["weight_3", "weight_4"]
    everything: tuple[Any, ...] = (
        None,
        [],
        "x",
        {"weight_x": "1"},
        {"weight_3": 5},
        {"weight_3": "1" * 30},
        {"weight_": "1"},
    )
    for junk in everything:
        with pytest.raises(DomainError):
            read_weights(junk)
