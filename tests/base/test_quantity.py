"""Quantities in thousandths, as people type them and as they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.quantity import (
    LARGEST,
    QuantityOffStep,
    QuantityUnreadable,
    check_step,
    line_total,
    plain_quantity,
    read_quantity,
    show_quantity,
)
from marketplace.base.text import LOCALES

quantities = st.integers(0, LARGEST)


@pytest.mark.parametrize(
    ("typed", "vietnamese", "english"),
    [
        ("1.500", 1_500_000, 1_500),
        ("1,500", 1_500, 1_500_000),
        ("12.500,5", 12_500_500, None),
        ("1.234.567", 1_234_567_000, None),
        ("0.125", 125, 125),
        ("1.5", 1_500, 1_500),
        ("20", 20_000, 20_000),
    ],
)
def test_three_digits_after_a_languages_own_sign_are_thousands(
    typed: str, vietnamese: int, english: int | None
) -> None:
    assert read_quantity(typed, "vi") == vietnamese
    if english is not None:
        assert read_quantity(typed, "en") == english
    else:
        with pytest.raises(QuantityUnreadable):
            read_quantity(typed, "en")


@given(quantities)
def test_what_is_shown_in_a_language_reads_back_in_it(quantity: int) -> None:
    for locale in LOCALES:
        assert read_quantity(show_quantity(quantity, locale), locale) == quantity


@given(quantities)
def test_what_is_shown_reads_back_in_every_form(quantity: int) -> None:
    for shown in (plain_quantity(quantity), show_quantity(quantity, "vi"), show_quantity(quantity, "en")):
        assert read_quantity(shown) == quantity


@pytest.mark.parametrize(
    ("typed", "thousandths"),
    [("1.5", 1500), ("1,5", 1500), ("2", 2000), ("0.005", 5), (" 12 ", 12_000), ("007", 7000), ("0", 0)],
)
def test_a_point_and_a_comma_both_part_the_fraction(typed: str, thousandths: int) -> None:
    assert read_quantity(typed) == thousandths


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "-1",
        "+1",
        "1.2345",
        "1.000,5",
        ".5",
        "1.",
        "1e3",
        "\u0661",
        "\uff12",
        "một",
        "0x10",
        "1 5",
        "999999999",
        "nan",
    ],
)
def test_what_is_no_plain_number_is_refused(typed: str) -> None:
    with pytest.raises(QuantityUnreadable) as refused:
        read_quantity(typed)
    assert refused.value.field == "quantity"


@given(st.text(max_size=12))
def test_anything_typed_is_a_quantity_or_refused(typed: str) -> None:
    try:
        quantity = read_quantity(typed)
    except QuantityUnreadable:
        return
    assert 0 <= quantity < 10**8 * 1000


def test_trailing_zeros_are_not_shown() -> None:
    assert show_quantity(1500) == "1,5"
    assert show_quantity(1500, "en") == "1.5"
    assert show_quantity(2000) == "2"
    assert show_quantity(10_000) == "10"
    assert show_quantity(5) == "0,005"


@given(st.integers(1, 100), st.integers(1, 50), st.integers(0, 10_000))
def test_exactly_the_whole_steps_from_the_minimum_on_pass(step: int, minimum_steps: int, quantity: int) -> None:
    minimum = step * minimum_steps
    allowed = quantity >= minimum and quantity % step == 0
    if allowed:
        check_step(quantity, step=step, minimum=minimum, unit="kg")
        return
    with pytest.raises(QuantityOffStep) as refused:
        check_step(quantity, step=step, minimum=minimum, unit="kg")
    assert "kg" in refused.value.say("vi")


def test_more_than_anybody_can_order_is_refused() -> None:
    check_step(LARGEST, step=1000, minimum=1000, unit="kg")
    with pytest.raises(QuantityOffStep):
        check_step(LARGEST + 1000, step=1000, minimum=1000, unit="kg")


@given(st.integers(0, 10**9), quantities)
def test_a_line_costs_its_price_times_its_quantity_to_half_a_dong(price: int, quantity: int) -> None:
    assert abs(2 * (line_total(price, quantity) * 1000 - price * quantity)) <= 1000


def test_a_line_rounds_half_up_once() -> None:
    assert line_total(45_000, 500) == 22_500
    assert line_total(33_333, 1500) == 50_000
    assert line_total(1, 500) == 1
    assert line_total(1, 499) == 0
