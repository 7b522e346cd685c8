"""What a price is said to leave its seller, held to what an order of it leaves."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.money import show_money
from marketplace.catalog.reckoning import Earned, ReckonsEarnings, told_of
from marketplace.catalog.rules import Content, Measure, Unit
from marketplace.sellers.rules import commission, earning


@given(st.integers(0, 10**12), st.integers(0, 3000))
def test_what_is_kept_and_what_the_platform_takes_are_the_price(goods: int, rate: int) -> None:
    found = earning(goods, rate)
    assert found.kept + found.commission == goods
    assert found.commission == commission(goods, rate)
    assert 0 <= found.commission <= goods


def test_the_fee_is_named_with_its_rate_and_the_rest_per_kilogram_where_the_content_is_known() -> None:
    told = told_of(325_000, Unit.BOX, Content(5_000, Measure.GRAM), "vi")
    assert told.kept_text == f"Bạn nhận {show_money(318_500)} mỗi hộp, tức {show_money(63_700)}/kg"
    assert told.fee_text.startswith(f"Giá {show_money(325_000)} trừ phí sàn 2 % là {show_money(6_500)}.")
    english = told_of(65_000, Unit.KILOGRAM, None, "en")
    assert english.kept_text == f"You keep {show_money(63_700)} of each kg"


def _reckoning(**offer: str) -> Any:
    state = SimpleNamespace(earned=Earned("before"), _offer=offer, _locale=lambda: "vi")
    ReckonsEarnings._reckon(state)  # type: ignore[arg-type]
    return state.earned


@pytest.mark.parametrize("price", ["", "abc", "1.2.3", "65.00", "-5", "9" * 30])
def test_what_is_no_price_yet_says_nothing(price: str) -> None:
    assert _reckoning(price=price, unit="kg") == Earned()


def test_a_unit_nobody_knows_says_nothing_and_a_content_that_is_none_is_left_out() -> None:
    assert _reckoning(price="65k", unit="kwz") == Earned()
    assert _reckoning(price="65k", unit="box", content="x", content_measure="g").kept_text.endswith("mỗi hộp")
    assert _reckoning(price="65k", unit="box", content="5.000", content_measure="g").kept_text.endswith("/kg")


def test_paid_by_weight_the_price_is_for_the_kilogram_whatever_a_piece_is_called() -> None:
    assert _reckoning(price="65k", unit="head", weighed="1,6–2,0 kg").kept_text.endswith("mỗi kg")
