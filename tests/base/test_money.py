"""Whole đồng, shared and rounded without losing any."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.money import MoneyUnreadable, plain_money, read_money, round_half_up, share, show_money

amounts = st.integers(-(10**15), 10**15)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=40)


@given(amounts, weights)
def test_shared_parts_sum_to_the_whole(total: int, by: list[int]) -> None:
    assert sum(share(total, by)) == total


@given(amounts, weights)
def test_no_part_is_more_than_a_dong_from_its_exact_share(total: int, by: list[int]) -> None:
    whole = sum(by)
    used = by if whole else [1] * len(by)
    for part, weight in zip(share(total, by), used, strict=True):
        assert abs(part - Fraction(total * weight, sum(used))) < 1


@given(st.integers(0, 10**15), weights)
def test_a_larger_weight_never_gets_less(total: int, by: list[int]) -> None:
    parts = sorted(zip(by, share(total, by), strict=True))
    assert [part for _, part in parts] == sorted(part for _, part in parts)


@given(amounts, weights)
def test_taking_back_what_was_shared_leaves_nothing(total: int, by: list[int]) -> None:
    assert [out + back for out, back in zip(share(total, by), share(-total, by), strict=True)] == [0] * len(by)


def test_a_leftover_dong_goes_to_the_earlier_of_equals() -> None:
    assert share(100, [1, 1, 1]) == [34, 33, 33]
    assert share(100, [0, 0, 0]) == [34, 33, 33]
    assert share(7, [0, 5]) == [0, 7]


def test_nothing_is_shared_between_nobody_and_something_cannot_be() -> None:
    assert share(0, []) == []
    with pytest.raises(ValueError, match="nothing to share between"):
        share(1, [])
    with pytest.raises(ValueError, match="negative"):
        share(10, [1, -1])


@given(st.integers(-(10**18), 10**18), st.integers(1, 10**9))
def test_rounding_is_half_up_exactly(numerator: int, denominator: int) -> None:
    exact = Decimal(abs(numerator) * 10**30 // denominator) / 10**30
    floor, rest = divmod(abs(numerator), denominator)
    expected = floor + (2 * rest >= denominator)
    assert round_half_up(numerator, denominator) == (expected if numerator >= 0 else -expected)
    assert abs(Decimal(expected) - exact) <= Decimal("0.5")


@pytest.mark.parametrize(("numerator", "expected"), [(5, 1), (4, 0), (15, 2), (-5, -1), (-4, 0), (0, 0)])
def test_half_a_dong_rounds_away_from_zero(numerator: int, expected: int) -> None:
    assert round_half_up(numerator, 10) == expected
    assert Decimal(numerator).scaleb(-1).quantize(Decimal(1), ROUND_HALF_UP) == expected


def test_a_denominator_must_be_positive() -> None:
    with pytest.raises(ValueError, match="denominator"):
        round_half_up(1, 0)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "0"), (999, "999"), (1000, "1.000"), (1_234_000, "1.234.000"), (-25_500, "−25.500")],
)
def test_money_is_shown_with_points_and_a_sign_that_stays_with_it(amount: int, shown: str) -> None:
    assert show_money(amount) == f"{shown}\u00a0₫"


@given(st.integers(0, 10**11))
def test_an_amount_reads_back_from_every_form_it_is_shown_in(amount: int) -> None:
    assert {read_money(typed) for typed in (show_money(amount), plain_money(amount), str(amount), f"{amount:,}")} == {
        amount
    }


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("65k", 65_000),
        (" 65 K ", 65_000),
        ("65,5k", 65_500),
        ("65.5k", 65_500),
        ("65k5", 65_500),
        ("1.200k", 1_200_000),
        ("65 ngàn", 65_000),
        ("65 nghìn đồng", 65_000),
        ("65.000đ", 65_000),
        ("65 000 VND", 65_000),
        ("₫65,000", 65_000),
        ("1tr2", 1_200_000),
        ("1,25tr", 1_250_000),
        ("2 triệu", 2_000_000),
    ],
)
def test_an_amount_is_read_as_sellers_type_it(typed: str, amount: int) -> None:
    assert read_money(typed) == amount


@pytest.mark.parametrize(
    "typed", ["", "k", "-5", "65.5", "65.00", "1.2345", "1,234.5", "6 k 5 k", "65,5k5", "٩", "9" * 13]
)
def test_what_could_be_read_two_ways_or_not_at_all_is_refused(typed: str) -> None:
    with pytest.raises(MoneyUnreadable):
        read_money(typed)
