"""Goods ordered by the piece and paid by weight: what they may cost, how they read, and how lists take them."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from marketplace.base.errors import DomainError, InvalidInputs
from marketplace.catalog import service as catalog
from marketplace.catalog.commands import VariantDraft
from marketplace.catalog.finding_http import card_json
from marketplace.catalog.http import product_json
from marketplace.catalog.models import PriceAsked, Product
from marketplace.catalog.rules import (
    PIECES,
    Content,
    Measure,
    PieceInvalid,
    PieceStepInvalid,
    PieceUnitInvalid,
    PieceWeight,
    Sale,
    Tier,
    Unit,
    WeightUnlikely,
    check_piece,
    check_weighed,
    estimate_text,
    goods_amount,
    least_amount,
    read_weight,
    weighed_amount,
    weights_text,
)
from marketplace.catalog.service import ListQuery, Sort
from marketplace.catalog.variants_state import VariantForm, read_variant
from tests.factories import NOW, make_owner, make_product, make_seller

CHICKEN = PieceWeight(1600, 2000)
WEEK = timedelta(days=7)

pieces = st.integers(1, 100_000).flatmap(
    lambda lightest: st.builds(
        PieceWeight, st.just(lightest), st.integers(lightest + 1, min(300_000, 3 * lightest + 1))
    )
)
prices, counts = st.integers(500, 500_000_000), st.integers(1, 500)


def _half_up(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


@given(prices, counts, pieces, st.integers(1, 10_000_000))
def test_what_was_weighed_costs_its_weight_and_never_more_than_was_said(
    price: int, count: int, piece: PieceWeight, grams: int
) -> None:
    highest = goods_amount(price, count * 1000, piece)
    lowest = least_amount(price, count * 1000, piece)
    final = weighed_amount(price, count * 1000, piece, grams)
    by_weight = _half_up(Decimal(price) * grams / 1000)
    assert highest == _half_up(Decimal(price) * count * piece.heaviest / 1000)
    assert lowest == _half_up(Decimal(price) * count * piece.lightest / 1000)
    assert final == min(by_weight, highest)
    assert lowest <= highest
    assert (final >= lowest) == (by_weight >= lowest)
    if grams >= piece.times(count * 1000).heaviest:
        assert final == highest


@given(prices, counts, pieces)
def test_several_pieces_round_once_not_once_each(price: int, count: int, piece: PieceWeight) -> None:
    assert abs(goods_amount(price, count * 1000, piece) - count * goods_amount(price, 1000, piece)) <= count // 2 + 1


def test_goods_that_are_not_weighed_cost_what_they_did() -> None:
    assert goods_amount(65_000, 1500, None) == least_amount(65_000, 1500, None) == 97_500


def test_weights_read_with_as_many_decimals_as_the_finer_one() -> None:
    assert weights_text(CHICKEN).vi == "1,6–2,0\u00a0kg"
    assert weights_text(CHICKEN).en == "1.6–2.0\u00a0kg"
    assert weights_text(PieceWeight(1550, 2000)).vi == "1,55–2,00\u00a0kg"
    assert weights_text(PieceWeight(2000, 3000)).vi == "2–3\u00a0kg"
    assert weights_text(PieceWeight(300, 500)).vi == "300–500\u00a0g"
    shown = "con 1,6–2,0\u00a0kg · khoảng 288.000–360.000\u00a0₫"
    assert estimate_text(180_000, Unit.HEAD, CHICKEN, "vi") == shown


@pytest.mark.parametrize(
    ("typed", "grams"),
    [
        ("1,85", 1850),
        ("1.85", 1850),
        ("1.850", 1850),
        (" 2 ", 2000),
        ("1,85 kg", 1850),
        ("1850 g", 1850),
        ("950gr", 950),
    ],
)
def test_a_weight_is_read_as_people_write_it(typed: str, grams: int) -> None:
    assert read_weight(typed) == grams


@pytest.mark.parametrize("typed", ["", "kg", "một ký", "1,8,5", "-1", "1e3"])
def test_what_is_no_weight_is_refused(typed: str) -> None:
    with pytest.raises(DomainError):
        read_weight(typed)


@pytest.mark.parametrize(
    ("grams", "likely"), [(319, False), (320, True), (1500, True), (2300, True), (10_000, True), (10_001, False)]
)
def test_a_weight_far_from_what_pieces_weigh_is_a_slip(grams: int, likely: bool) -> None:
    if likely:
        check_weighed(grams, 1000, CHICKEN, goods="Gà ta", field="weight_1")
    else:
        with pytest.raises(WeightUnlikely) as refused:
            check_weighed(grams, 1000, CHICKEN, goods="Gà ta", field="weight_1")
        assert refused.value.field == "weight_1"


@pytest.mark.parametrize(
    "piece", [PieceWeight(2000, 2000), PieceWeight(2000, 1600), PieceWeight(0, 100), PieceWeight(500, 1501)]
)
def test_a_range_that_says_nothing_is_refused(piece: PieceWeight) -> None:
    with pytest.raises(PieceInvalid):
        check_piece(piece, Unit.HEAD, step=1000, minimum=1000, content_said=False)


def test_only_whole_pieces_without_another_content_are_weighed() -> None:
    for unit in PIECES:
        check_piece(CHICKEN, unit, step=1000, minimum=2000, content_said=False)
    for unit, said in ((Unit.KILOGRAM, False), (Unit.BOX, False), (Unit.BUNCH, True)):
        with pytest.raises(PieceUnitInvalid):
            check_piece(CHICKEN, unit, step=1000, minimum=1000, content_said=said)
    with pytest.raises(PieceStepInvalid):
        check_piece(CHICKEN, Unit.HEAD, step=500, minimum=1000, content_said=False)


DRAFT = VariantDraft(unit=Unit.HEAD, price=180_000, stock=10_000, piece=CHICKEN)


def test_a_seller_sets_a_price_a_kilogram_and_lists_take_what_a_piece_costs_at_most(session: Session) -> None:
    seller_id = make_seller(session)
    owner, sku = make_owner(session, seller_id), make_product(session, "Gà ta", seller_id=seller_id)
    rival = make_product(session, "Gà công nghiệp", seller_id=seller_id, price=350_000, unit=Unit.HEAD)
    catalog.change_variant(session, owner, sku.product_id, sku.code, DRAFT, NOW, stock_shown=100_000)
    session.flush()
    product = session.get_one(Product, sku.product_id)
    assert (sku.price, sku.unit_grams, product.price) == (180_000, 2000, 360_000)

    def listed(**asked: Any) -> list[str]:
        found = catalog.list_products(session, ListQuery(sort=Sort.PRICE_ASCENDING, **asked), "vi", NOW)
        return [card.sku for card in found.cards]

    assert listed() == [rival.code, sku.code]
    assert listed(max_price=359_999) == [rival.code]
    assert sku.code in listed(min_price=360_000, max_price=360_000)
    card = next(card for card in catalog.list_products(session, ListQuery(), "vi", NOW).cards if card.sku == sku.code)
    assert (card.price_text, card.price_unit) == ("180.000\u00a0₫", "kg")
    assert card.base_text == "con 1,6–2,0\u00a0kg · khoảng 288.000–360.000\u00a0₫"
    weighed = {
        "price_per_kg": 180_000, "from_grams": 1600, "to_grams": 2000, "lowest": 288_000, "highest": 360_000,
    }  # fmt: skip
    assert (card_json(card)["price"], card_json(card)["unit"], card_json(card)["weighed"]) == (360_000, "con", weighed)
    shown = catalog.product_by_slug(session, product.slug, "vi", NOW)
    body = product_json(shown)
    assert (body["price"], body["weighed"], body["variants"][0]["price_per_base"]) == (360_000, weighed, 180_000)
    assert (shown.chosen.total_of, shown.chosen.by_weight) == ("360000", True)


def test_a_sale_of_goods_paid_by_weight_reaches_lists_once(session: Session) -> None:
    seller_id = make_seller(session)
    owner, sku = make_owner(session, seller_id), make_product(session, "Vịt", seller_id=seller_id, piece=CHICKEN)
    sale = Sale(150_001, NOW + timedelta(hours=1), NOW + WEEK)
    draft = VariantDraft(
        unit=Unit.HEAD, price=180_000, stock=100_000, piece=CHICKEN, sale=sale, tiers=(Tier(5000, 140_000),)
    )
    catalog.change_variant(session, owner, sku.product_id, sku.code, draft, NOW, stock_shown=100_000)
    session.flush()
    during = NOW + timedelta(hours=2)
    assert catalog.turn_prices(session, during) == 1
    session.flush()
    assert session.get_one(Product, sku.product_id).price == 300_002
    assert catalog.turn_prices(session, during) == 0
    found = catalog.sku_for_sale(session, sku.code, during)
    assert (found.piece, found.prices.sale) == (CHICKEN, sale)


def test_what_a_piece_cost_is_never_struck_through_beside_the_price_of_a_kilogram(session: Session) -> None:
    seller_id = make_seller(session)
    owner = make_owner(session, seller_id)
    sku = make_product(session, "Gà", seller_id=seller_id, unit=Unit.HEAD, price=300_000, at=NOW - 4 * WEEK)
    sale = Sale(150_000, NOW, NOW + WEEK)
    draft = VariantDraft(unit=Unit.HEAD, price=180_000, stock=100_000, piece=CHICKEN, sale=sale)
    catalog.change_variant(session, owner, sku.product_id, sku.code, draft, NOW, stock_shown=100_000)
    assert sku.price_before is None
    assert session.exec(select(PriceAsked.price).where(PriceAsked.sku_id == sku.id)).all() == [180_000]


def test_the_form_of_one_variant_keeps_how_it_is_weighed(session: Session) -> None:
    seller_id = make_seller(session)
    owner = make_owner(session, seller_id)
    sku = make_product(session, "Gà", seller_id=seller_id, unit=Unit.HEAD, price=180_000, piece=CHICKEN)
    own = catalog.my_product(session, owner, sku.product_id, "vi")
    (variant,) = own.variants
    assert (variant.lightest_typed, variant.heaviest_typed, variant.price_unit) == ("1,6", "2", "kg")
    typed = VariantForm(
        unit="head", price="190k", stock="7", lightest=variant.lightest_typed, heaviest=variant.heaviest_typed
    )
    draft = read_variant(typed, "vi", NOW)
    assert draft == VariantDraft(unit=Unit.HEAD, price=190_000, stock=7000, unit_grams=draft.unit_grams, piece=CHICKEN)
    for lightest, heaviest in (("1,6", ""), ("nhẹ", "nặng")):
        with pytest.raises(PieceInvalid):
            read_variant(typed.model_copy(update={"lightest": lightest, "heaviest": heaviest}), "vi", NOW)


def test_a_variant_that_cannot_be_weighed_is_refused_beside_its_field(session: Session) -> None:
    seller_id = make_seller(session)
    owner, sku = make_owner(session, seller_id), make_product(session, "Gà ta", seller_id=seller_id)
    draft = VariantDraft(label="x", unit=Unit.HEAD, price=1, stock=0, piece=CHICKEN, content=Content(1, Measure.PIECE))
    with pytest.raises(InvalidInputs) as refused:
        catalog.add_variant(session, owner, sku.product_id, draft, NOW)
    assert {problem.field for problem in refused.value.problems} == {"price", "unit"}


@pytest.mark.parametrize(
    "changes",
    [
        {"heaviest_grams": None},
        {"lightest_grams": 2000},
        {"unit_grams": 1000},
        {"step": 500},
        {"content_amount": 5},
    ],
)
def test_the_database_refuses_pieces_that_do_not_add_up(session: Session, changes: dict[str, int]) -> None:
    sku = make_product(session, unit=Unit.HEAD, piece=CHICKEN)
    for name, value in changes.items():
        setattr(sku, name, value)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()
