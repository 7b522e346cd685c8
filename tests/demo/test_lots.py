"""The demo's lots, read a second time: grown, waited for, packed and recalled as the services would have it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlmodel import Session

from marketplace.base.clock import local_date
from marketplace.demo.lots import ADVICE
from marketplace.orders.service import reading, recalling, tracing
from tests.demo.conftest import NOW
from tests.demo.test_invariants import by, grouped, person, rows

ENDED = {"canceled", "expired"}


def test_lots_are_there_for_fruit_rice_and_vegetables(seeded: Session) -> None:
    products = by(rows(seeded, "product"), "id")
    categories = by(rows(seeded, "category"), "id")
    themes = Counter(categories[products[lot["product_id"]]["top_category_id"]]["slug"] for lot in rows(seeded, "lot"))
    assert set(themes) <= {"trai-cay", "gao-hat", "rau-cu"}
    assert len(themes) >= 2
    assert len({lot["code"] for lot in rows(seeded, "lot")}) == len(rows(seeded, "lot"))
    numbers = [(lot["seller_id"], lot["number"]) for lot in rows(seeded, "lot")]
    assert len(set(numbers)) == len(numbers)


def test_no_lot_was_harvested_before_it_was_safe_or_after_it_was_packed(seeded: Session) -> None:
    sprayed = 0
    for lot in rows(seeded, "lot"):
        if lot["last_sprayed_on"] is not None:
            sprayed += 1
            assert (lot["harvested_on"] - lot["last_sprayed_on"]).days >= lot["waiting_days"]
        assert lot["harvested_on"] <= local_date(NOW)
        assert lot["expires_on"] is None or lot["expires_on"] > lot["harvested_on"]
        assert lot["sown_on"] is None or lot["sown_on"] < lot["harvested_on"]
    assert sprayed


def test_what_was_packed_of_a_lot_is_of_its_goods_in_its_days_and_never_more_than_its_harvest(seeded: Session) -> None:
    lots, orders = by(rows(seeded, "lot"), "id"), by(rows(seeded, "seller_order"), "id")
    skus = by(rows(seeded, "sku"), "id")
    packed = {
        move["subject_id"]: move["at"]
        for move in rows(seeded, "transition")
        if (move["subject"], move["to_state"]) == ("fulfilment", "packed")
    }
    sold: Counter[int] = Counter()
    lines = [line for line in rows(seeded, "order_line") if line["lot_id"] is not None]
    assert lines
    for line in lines:
        lot, sku = lots[line["lot_id"]], skus[line["sku_id"]]
        assert lot["product_id"] == sku["product_id"]
        by_unit = (line["quantity"] * sku["unit_grams"] * 2 + 1000) // 2000
        assert line["lot_grams"] == (line["grams_final"] or by_unit)
        day = local_date(packed[line["order_id"]])
        assert lot["harvested_on"] <= day
        assert lot["expires_on"] is None or day <= lot["expires_on"]
        assert lot["first_packed_at"] is not None
        sold[lot["id"]] += 0 if orders[line["order_id"]]["status"] in ENDED else line["lot_grams"]
    for lot_id, grams in sold.items():
        assert grams <= lots[lot_id]["harvested_grams"]
    assert tracing.sold(seeded, list(lots)) == {lot_id: grams for lot_id, grams in sold.items() if grams}


def test_one_lot_is_recalled_and_everybody_who_has_goods_of_it_was_told(seeded: Session) -> None:
    (recalled,) = [lot for lot in rows(seeded, "lot") if lot["state"] == "recalled"]
    orders = by(rows(seeded, "seller_order"), "id")
    holding = {
        line["order_id"]
        for line in rows(seeded, "order_line")
        if line["lot_id"] == recalled["id"] and orders[line["order_id"]]["status"] not in ENDED
    }
    notices = grouped(rows(seeded, "recall_notice"), "lot_id")
    assert set(notices) == {recalled["id"]}
    assert {notice["order_id"] for notice in notices[recalled["id"]]} == holding
    assert all(orders[order_id]["shipped_at"] is not None for order_id in holding)
    buyers = recalling.buyers_of_lot(seeded, person(seeded, "province"), recalled["code"], "vi")
    assert len(buyers) == len(holding) > 0
    shopper = person(seeded, "shopper")
    mine = [card for card in reading.buyer_orders(seeded, shopper, "vi", NOW) if card.recalled]
    for card in mine:
        view = reading.order_for_buyer(seeded, shopper, card.number, "", "vi", NOW)
        assert view.recalls[0].advice == ADVICE


def test_goods_with_lots_can_be_packed_from_one_today(seeded: Session) -> None:
    for product_id in {lot["product_id"] for lot in rows(seeded, "lot")}:
        current = tracing.current_lot(seeded, product_id, NOW + timedelta(minutes=1))
        assert current is not None
        assert not current.recalled
