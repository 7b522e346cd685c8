"""Shares, gaps and the sentences that say them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.text import Text
from marketplace.statistics.rules import (
    INDICATORS,
    Direction,
    Standing,
    Target,
    gap,
    missing_count,
    share_of,
    show_change,
    show_points,
    show_share,
    standing,
    verdict,
)

counts = st.integers(0, 10**15)
wholes = st.integers(1, 10**15)
targets = st.builds(Target, st.just(2030), st.integers(0, 10_000), st.booleans(), st.sampled_from(Direction))
ENTERPRISES = Text("doanh nghiệp", "enterprises")


@given(counts, wholes)
def test_a_share_is_the_nearest_ten_thousandth_and_halves_go_up(numerator: int, denominator: int) -> None:
    share = share_of(numerator, denominator)
    assert share is not None
    exact = Fraction(numerator * 10_000, denominator)
    assert Fraction(-1, 2) <= exact - share < Fraction(1, 2)


@pytest.mark.parametrize(("numerator", "denominator"), [(None, 5), (5, None), (None, None), (5, 0), (0, 0)])
def test_what_is_missing_is_unknown_and_never_zero(numerator: int | None, denominator: int | None) -> None:
    assert share_of(numerator, denominator) is None
    assert standing(numerator, denominator, Target(2025, 1000)) is Standing.UNKNOWN
    assert show_share(share_of(numerator, denominator), "vi") == "chưa có số liệu"


def test_nothing_of_something_is_zero() -> None:
    assert show_share(share_of(0, 8120), "vi") == "0%"


@given(counts, wholes, targets)
def test_a_target_is_reached_by_the_exact_fraction(numerator: int, denominator: int, target: Target) -> None:
    share, goal = Fraction(numerator, denominator), Fraction(target.share, 10_000)
    if target.direction is Direction.BELOW:
        share, goal = -share, -goal
    reached = share > goal or (share == goal and not target.strict)
    assert standing(numerator, denominator, target) is (Standing.REACHED if reached else Standing.SHORT)


@given(counts, wholes, st.integers(1, 10_000), st.booleans())
def test_as_many_as_are_missing_reach_the_target_and_one_fewer_does_not(
    numerator: int, denominator: int, share: int, strict: bool
) -> None:
    target = Target(2030, share, strict)
    missing = missing_count(numerator, denominator, target)
    assert standing(numerator + missing, denominator, target) is Standing.REACHED
    if missing:
        assert standing(numerator + missing - 1, denominator, target) is Standing.SHORT


@given(counts, wholes, targets)
def test_the_gap_is_what_a_reader_gets_by_subtracting_the_figures_shown(
    numerator: int, denominator: int, target: Target
) -> None:
    share = share_of(numerator, denominator)
    assert share is not None
    if gap(share, target):
        assert standing(numerator, denominator, target) is Standing.SHORT
        assert gap(share, target) == abs(target.share - share)


@pytest.mark.parametrize(
    ("numerator", "denominator", "target", "unit", "vietnamese", "english"),
    [
        (84, 1000, Target(2025, 1000, strict=True), None, "Còn thiếu 1,6 điểm.", "1.6 points short."),
        (812, 1000, Target(2025, 8000, strict=True), None, "Đạt mục tiêu.", "Target reached."),
        (
            1739,
            3715,
            Target(2025, 5000, strict=True),
            ENTERPRISES,
            "Còn thiếu 3,19 điểm, tức 119 doanh nghiệp.",
            "3.19 points short; enterprises to go: 119.",
        ),
        (
            1,
            10,
            Target(2025, 1000, strict=True),
            None,
            "Vừa đúng 10%, mục tiêu là vượt mức này.",
            "Exactly 10%; the target is to exceed it.",
        ),
        (1, 10, Target(2025, 1000), None, "Đạt mục tiêu.", "Target reached."),
        (99_999, 1_000_000, Target(2025, 1000), None, "Còn thiếu chưa đến 0,01 điểm.", "Less than 0.01 points short."),
        (
            15,
            100,
            Target(2025, 1000, direction=Direction.BELOW),
            None,
            "Còn cao hơn mục tiêu 5 điểm.",
            "Still 5 points above the target.",
        ),
    ],
)
def test_the_sentence_says_how_far_it_is(
    numerator: int, denominator: int, target: Target, unit: Text | None, vietnamese: str, english: str
) -> None:
    assert verdict(numerator, denominator, target, unit, "vi") == vietnamese
    assert verdict(numerator, denominator, target, unit, "en") == english


@given(counts, wholes, targets)
def test_only_a_reached_target_is_called_reached(numerator: int, denominator: int, target: Target) -> None:
    said = verdict(numerator, denominator, target, None, "vi") == "Đạt mục tiêu."
    assert said == (standing(numerator, denominator, target) is Standing.REACHED)


@pytest.mark.parametrize(
    ("share", "vietnamese", "english"),
    [(840, "8,4", "8.4"), (10_000, "100", "100"), (3, "0,03", "0.03"), (0, "0", "0"), (-250, "−2,5", "−2.5")],
)
def test_points_are_written_the_readers_way(share: int, vietnamese: str, english: str) -> None:
    assert (show_points(share, "vi"), show_points(share, "en")) == (vietnamese, english)


def test_a_change_against_nothing_is_left_out() -> None:
    assert show_change(5, 0, "vi") == ""
    assert show_change(1062, 1000, "vi") == "+6,2%"
    assert show_change(979, 1000, "vi") == "−2,1%"
    assert show_change(1000, 1000, "vi") == "0%"


def test_the_six_indicators_have_the_targets_of_decision_411() -> None:
    assert {one.code: [(target.year, target.share, target.strict) for target in one.targets] for one in INDICATORS} == {
        "ecommerce_retail": [(2025, 1000, True), (2030, 2000, True)],
        "enterprise_contracts": [(2025, 8000, True), (2030, 10_000, False)],
        "sme_platforms": [(2025, 5000, True), (2030, 7000, True)],
        "digital_grdp": [(2025, 2000, False), (2030, 3000, False)],
        "digital_sectors": [(2025, 1000, False), (2030, 2000, False)],
        "digital_workforce": [(2025, 200, True), (2030, 300, True)],
    }
