"""Baskets: what may be in one, and whose it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, col

from marketplace.accounts.rules import GUEST_COOKIE_LASTS
from marketplace.accounts.views import Person
from marketplace.base.errors import NotFound
from marketplace.base.quantity import QuantityOffStep, read_quantity
from marketplace.baskets import service as baskets
from marketplace.baskets.http import basket_json
from marketplace.baskets.rules import NotForSale
from marketplace.baskets.views import basket_page
from marketplace.catalog.models import StockLevel
from marketplace.catalog.rules import PieceWeight, ProductStatus, Unit
from tests.factories import NOW, make_account, make_person, make_product

VISITOR = Person(visitor_digest="a" * 64)
OTHER = Person(visitor_digest="b" * 64)


def test_a_quantity_is_put_in_steps_and_from_the_minimum_on(session: Session) -> None:
    sku = make_product(session, step=500, minimum=1000)
    basket = baskets.create(session, VISITOR, NOW)
    baskets.put_line(session, basket, sku.code, 1500, NOW)
    assert baskets.view(session, basket, NOW).lines[0].quantity == 1500
    for wrong in (500, 1250):
        with pytest.raises(QuantityOffStep):
            baskets.put_line(session, basket, sku.code, wrong, NOW)
    baskets.put_line(session, basket, sku.code, 0, NOW)
    assert baskets.view(session, basket, NOW).lines == ()


def test_half_a_kilogram_costs_half_the_price(session: Session) -> None:
    sku = make_product(session, price=65_000, step=500, minimum=500)
    basket = baskets.create(session, VISITOR, NOW)
    baskets.put_line(session, basket, sku.code, 500, NOW)
    line = baskets.view(session, basket, NOW).lines[0]
    assert (line.total, line.grams) == (32_500, 500)


def test_goods_paid_by_weight_go_in_whole_pieces_and_count_with_the_most_they_may_cost(session: Session) -> None:
    sku = make_product(session, "Gà ta", price=180_000, unit=Unit.HEAD, piece=PieceWeight(1600, 2000))
    basket = baskets.create(session, VISITOR, NOW)
    with pytest.raises(QuantityOffStep):
        baskets.put_line(session, basket, sku.code, 1500, NOW)
    baskets.put_line(session, basket, sku.code, 2000, NOW)
    seen = baskets.view(session, basket, NOW)
    (line,) = seen.lines
    assert (line.price, line.unit_price, line.lowest, line.total, line.grams) == (
        180_000,
        360_000,
        576_000,
        720_000,
        4000,
    )
    shown = basket_page(seen, "vi")
    assert shown.goods_total_text == shown.groups[0].lines[0].total_text == "tối đa 720.000\u00a0₫"
    assert shown.groups[0].lines[0].about_text == "khoảng 576.000–720.000\u00a0₫"
    body = basket_json(seen, "en")["groups"][0]["lines"][0]
    assert (body["price"], body["total"], body["weighed"]["price_per_kg"]) == (360_000, 720_000, 180_000)


def test_more_than_is_left_stays_in_the_basket_and_is_said(session: Session) -> None:
    sku = make_product(session, on_hand=2000)
    basket = baskets.create(session, VISITOR, NOW)
    baskets.put_line(session, basket, sku.code, 3000, NOW)
    problem = baskets.view(session, basket, NOW).lines[0].problem
    assert problem is not None
    assert "chỉ còn 2 kg" in problem.say("vi")
    assert "Only 2 kg" in problem.say("en")


def test_a_line_of_which_some_is_left_offers_the_rest_and_a_sold_out_one_offers_nothing(session: Session) -> None:
    some, none = make_product(session, on_hand=2500, step=1000, minimum=1000), make_product(session, on_hand=2000)
    basket = baskets.create(session, VISITOR, NOW)
    for sku in (some, none):
        baskets.put_line(session, basket, sku.code, 2000 if sku is none else 5000, NOW)
    session.execute(update(StockLevel).where(col(StockLevel.sku_id) == none.id).values(on_hand=0))
    seen = {
        line.sku: line for group in basket_page(baskets.view(session, basket, NOW), "vi").groups for line in group.lines
    }
    assert (seen[some.code].most_text, seen[none.code].most_text) == ("2", "")
    assert "hết" in seen[none.code].problem
    baskets.put_line(session, basket, some.code, read_quantity(seen[some.code].most_text), NOW)
    left = baskets.view(session, basket, NOW).lines
    assert [(line.quantity, line.problem is None) for line in left if line.sku == some.code] == [(2000, True)]


def test_goods_that_are_not_on_sale_cannot_be_put(session: Session) -> None:
    sku = make_product(session, status=ProductStatus.PAUSED)
    basket = baskets.create(session, VISITOR, NOW)
    with pytest.raises(NotForSale):
        baskets.put_line(session, basket, sku.code, 1000, NOW)


def test_a_browser_finds_its_own_basket_and_no_other(session: Session) -> None:
    sku = make_product(session)
    baskets.add_for(session, VISITOR, sku.code, 1000, NOW)
    baskets.add_for(session, VISITOR, sku.code, 500, NOW)
    assert baskets.count_lines(session, VISITOR) == 1
    assert baskets.of_visitor(session, OTHER) is None
    view = baskets.of_visitor_view(session, VISITOR, NOW)
    assert view is not None
    assert view.lines[0].quantity == 1500
    with pytest.raises(NotFound):
        baskets.step_line(session, OTHER, sku.code, 1, NOW)


def test_a_guests_basket_joins_the_account_that_signs_in(session: Session) -> None:
    sku = make_product(session)
    baskets.add_for(session, VISITOR, sku.code, 1000, NOW)
    account_id = make_account(session)
    baskets.adopt(session, {"visitor_digest": VISITOR.visitor_digest, "account_id": account_id}, NOW)
    person = make_person(session, account_id)
    assert baskets.count_lines(session, person) == 1
    assert baskets.of_visitor(session, VISITOR) is None


def test_one_step_below_the_minimum_takes_the_line_away(session: Session) -> None:
    sku = make_product(session, step=500, minimum=1000)
    baskets.add_for(session, VISITOR, sku.code, 1000, NOW)
    baskets.step_line(session, VISITOR, sku.code, 1, NOW)
    stepped = baskets.of_visitor_view(session, VISITOR, NOW)
    assert stepped is not None
    assert stepped.lines[0].quantity == 1500
    baskets.step_line(session, VISITOR, sku.code, -1, NOW)
    baskets.step_line(session, VISITOR, sku.code, -1, NOW)
    assert baskets.count_lines(session, VISITOR) == 0


def test_a_guests_basket_is_forgotten_when_no_cookie_can_name_it_and_an_accounts_never(session: Session) -> None:
    sku = make_product(session)
    account = make_person(session, make_account(session))
    abandoned, kept = (baskets.create(session, person, NOW) for person in (VISITOR, account))
    for basket in (abandoned, kept):
        baskets.put_line(session, basket, sku.code, 1000, NOW)
    later = NOW + GUEST_COOKIE_LASTS
    fresh = baskets.create(session, OTHER, later)
    assert baskets.forget_abandoned(session, later) == 0
    assert baskets.forget_abandoned(session, later + timedelta(seconds=1)) == 1
    with pytest.raises(NotFound):
        baskets.view(session, abandoned, later)
    assert len(baskets.view(session, kept, later).lines) == 1
    assert baskets.view(session, fresh, later).lines == ()


def test_an_ordered_basket_is_never_forgotten(session: Session) -> None:
    basket = baskets.create(session, VISITOR, NOW)
    baskets.put_line(session, basket, make_product(session).code, 1000, NOW)
    baskets.claim(session, basket, NOW)
    assert baskets.forget_abandoned(session, NOW + 2 * GUEST_COOKIE_LASTS) == 0
