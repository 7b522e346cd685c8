"""What goods cost: sales with their moments, wholesale prices, struck prices that were really asked, price per base."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.base.quantity import line_total
from marketplace.catalog.rules import (
    LONGEST_SALE,
    Asked,
    Content,
    ContentInvalid,
    Measure,
    Prices,
    Sale,
    SaleInvalid,
    Tier,
    TiersInvalid,
    Unit,
    base_price,
    check_content,
    check_sale,
    check_tiers,
    content_of,
    price_before,
    struck_price,
    unit_grams,
    unit_price,
    variant_label,
)

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SALE = Sale(45_000, NOW, NOW + DAY)

money = st.integers(500, 500_000_000)
quantities = st.integers(1, 10**10)
moments = st.integers(-200, 200).map(lambda hours: NOW + timedelta(hours=hours))


@st.composite
def prices(draw: st.DrawFn) -> Prices:
    since, length = draw(moments), draw(st.integers(1, 300))
    sale = draw(st.none() | st.builds(Sale, money, st.just(since), st.just(since + timedelta(hours=length))))
    tiers = draw(st.lists(st.builds(Tier, quantities, money), max_size=5))
    return Prices(draw(money), sale, tuple(sorted(tiers, key=lambda tier: tier.quantity)), draw(st.none() | money))


@settings(max_examples=60)
@given(prices(), quantities, quantities, moments)
def test_nobody_pays_more_a_unit_for_more_nor_more_than_any_price_in_force(
    offered: Prices, less: int, more: int, now: datetime
) -> None:
    less, more = sorted((less, more))
    assert unit_price(offered, more, now) <= unit_price(offered, less, now) <= offered.regular
    if offered.sale and offered.sale.holds(now):
        assert unit_price(offered, less, now) <= offered.sale.price
    reached = [tier.price for tier in offered.tiers if tier.quantity <= more]
    assert unit_price(offered, more, now) in {
        offered.regular, *reached, *([offered.sale.price] if offered.sale else []),
    }  # fmt: skip


@settings(max_examples=60)
@given(prices(), quantities, moments)
def test_only_a_higher_price_is_struck_through_and_only_during_its_sale(
    offered: Prices, quantity: int, now: datetime
) -> None:
    struck = struck_price(offered, quantity, now)
    if struck is not None:
        assert offered.sale is not None
        assert offered.sale.holds(now)
        assert struck == offered.before
        assert struck > unit_price(offered, quantity, now)


def test_a_sale_holds_from_its_first_moment_and_no_longer_at_its_last() -> None:
    offered = Prices(60_000, SALE)
    asked = [unit_price(offered, 1000, SALE.since + shift) for shift in (-timedelta(microseconds=1), timedelta())]
    assert asked == [60_000, 45_000]
    asked = [unit_price(offered, 1000, SALE.until + shift) for shift in (-timedelta(microseconds=1), timedelta())]
    assert asked == [45_000, 60_000]


def test_wholesale_prices_begin_at_their_quantity_and_the_sum_rounds_once() -> None:
    offered = Prices(33_333, tiers=(Tier(10_000, 30_001), Tier(50_000, 25_000)))
    assert [unit_price(offered, quantity, NOW) for quantity in (9_999, 10_000, 49_999, 50_000)] == [
        33_333, 30_001, 30_001, 25_000,
    ]  # fmt: skip
    assert line_total(unit_price(offered, 10_500, NOW), 10_500) == 315_011


def test_what_was_never_asked_long_enough_is_not_struck_through() -> None:
    asked = [Asked(60_000, NOW - 40 * DAY)]
    assert price_before(asked, SALE) == 60_000
    assert price_before([Asked(60_000, NOW - 6 * DAY)], SALE) is None
    assert price_before([], SALE) is None


def test_a_price_raised_before_a_sale_or_lowered_by_the_sale_before_it_deceives_nobody() -> None:
    raised = [Asked(50_000, NOW - 90 * DAY, NOW - 2 * DAY), Asked(90_000, NOW - 2 * DAY)]
    assert price_before(raised, SALE) == 50_000
    earlier_sale = [Asked(60_000, NOW - 90 * DAY), Asked(45_000, NOW - 20 * DAY, NOW - 10 * DAY)]
    assert price_before(earlier_sale, SALE) == 45_000
    forgotten = [Asked(60_000, NOW - 90 * DAY), Asked(45_000, NOW - 60 * DAY, NOW - 31 * DAY)]
    assert price_before(forgotten, SALE) == 60_000


@pytest.mark.parametrize(
    "sale",
    [
        Sale(60_000, NOW, NOW + DAY),
        Sale(100, NOW, NOW + DAY),
        Sale(50_000, NOW, NOW),
        Sale(50_000, NOW, NOW + LONGEST_SALE + DAY),
    ],
    ids=["lowers nothing", "below any price", "has no length", "never ends"],
)
def test_a_sale_that_is_none_is_refused(sale: Sale) -> None:
    with pytest.raises(SaleInvalid):
        check_sale(sale, 60_000, 500)


@pytest.mark.parametrize(
    "tiers",
    [
        [Tier(1_000, 50_000)],
        [Tier(1_250, 50_000)],
        [Tier(5_000, 60_000)],
        [Tier(5_000, 50_000), Tier(5_000, 40_000)],
        [Tier(5_000, 50_000), Tier(9_000, 50_000)],
        [Tier(number * 5_000, 50_000 - number) for number in range(1, 7)],
    ],
    ids=["at the minimum", "off the step", "lowers nothing", "twice", "no lower for more", "too many"],
)
def test_wholesale_prices_that_are_none_are_refused(tiers: list[Tier]) -> None:
    with pytest.raises(TiersInvalid):
        check_tiers(tiers, 60_000, step=500, minimum=1_000, lowest=500)


@pytest.mark.parametrize(
    ("price", "unit", "said", "amount", "base"),
    [
        (45_000, Unit.BOTTLE, Content(500, Measure.MILLILITRE), 90_000, "lít"),
        (130_000, Unit.BOX, Content(5_000, Measure.GRAM), 26_000, "kg"),
        (10_000, Unit.BUNCH, Content(300, Measure.GRAM), 33_333, "kg"),
        (20_000, Unit.BAG, Content(300, Measure.GRAM), 66_667, "kg"),
        (72_000, Unit.DOZEN_OF_TWELVE, None, 6_000, "trái"),
        (60_000, Unit.DOZEN, None, 6_000, "trái"),
        (180_000, Unit.YEN, None, 18_000, "kg"),
        (1_700_000, Unit.QUINTAL, None, 17_000, "kg"),
        (16_000_000, Unit.TON, None, 16_000, "kg"),
        (120, Unit.GRAM, None, 120_000, "kg"),
    ],
)
def test_goods_are_compared_by_the_kilogram_the_litre_or_the_piece(
    price: int, unit: Unit, said: Content | None, amount: int, base: str
) -> None:
    found = base_price(price, unit, said)
    assert found is not None
    assert (found.amount, found.base.vi) == (amount, base)


@pytest.mark.parametrize("unit", [Unit.KILOGRAM, Unit.LITRE, Unit.FRUIT, Unit.PIECE, Unit.HEAD, Unit.BOX])
def test_what_is_sold_by_its_base_or_says_nothing_of_its_content_is_compared_by_nothing(unit: Unit) -> None:
    assert base_price(65_000, unit, None) is None


@given(st.integers(500, 1_000_000), st.integers(1, 500))
def test_two_dozens_of_twelve_cost_what_twenty_four_pieces_cost(piece: int, dozens: int) -> None:
    content = content_of(Unit.DOZEN_OF_TWELVE, None)
    assert content is not None
    dozen = piece * content.amount
    assert line_total(dozen, dozens * 1000) == piece * 12 * dozens
    found = base_price(dozen, Unit.DOZEN_OF_TWELVE, None)
    assert found is not None
    assert found.amount == piece


def test_a_variant_without_a_name_is_called_after_its_unit_and_what_is_in_it() -> None:
    assert variant_label("Loại 1", Unit.BOX, None).vi == "Loại 1"
    assert variant_label("", Unit.BOX, Content(5_000, Measure.GRAM)).vi == "hộp 5 kg"
    assert variant_label("", Unit.BOX, Content(5_500, Measure.GRAM)).en == "box of 5.5 kg"
    assert variant_label("", Unit.BOTTLE, Content(500, Measure.MILLILITRE)).vi == "chai 500 ml"
    assert variant_label("", Unit.CRATE, Content(30, Measure.PIECE)).vi == "thùng 30 cái"
    assert variant_label("", Unit.KILOGRAM, None).vi == "kg"


def test_a_parcel_weighs_what_its_units_say_else_what_is_usual() -> None:
    assert unit_grams(Unit.YEN, None, 1) == 10_000
    assert unit_grams(Unit.BOX, Content(5_000, Measure.GRAM), 1) == 5_000
    assert unit_grams(Unit.BOTTLE, Content(500, Measure.MILLILITRE), 1) == 500
    assert unit_grams(Unit.BOX, Content(30, Measure.PIECE), 1_800) == 1_800
    assert unit_grams(Unit.TON, None, 1) == 1_000_000


@pytest.mark.parametrize("amount", [0, -1, 10**9])
def test_a_content_nothing_holds_is_refused(amount: int) -> None:
    with pytest.raises(ContentInvalid):
        check_content(Content(amount, Measure.GRAM))
