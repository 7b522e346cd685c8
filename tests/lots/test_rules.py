"""Rules of lots, with plain values: when a harvest was safe, which lot goes first, what a correction records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.errors import DomainError
from marketplace.lots.commands import LotDraft
from marketplace.lots.rules import (
    Change,
    DaysOutOfOrder,
    HarvestToCome,
    HarvestTooEarly,
    LotNumberUnreadable,
    LotState,
    LotStock,
    WaitingDaysMissing,
    changes,
    check_days,
    check_waiting,
    first_expired_first_out,
    grams_of,
    may_be_packed,
    read_lot_number,
    safe_from,
)

TODAY = date(2026, 11, 25)
DRAFT = LotDraft(number="XC-1", harvested_on=date(2026, 11, 20), harvested_grams=200_000)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
LOTS = st.lists(
    st.builds(
        LotStock,
        id=st.integers(1, 10**6),
        state=st.sampled_from(LotState),
        harvested_on=st.dates(date(2026, 10, 1), TODAY),
        expires_on=st.none() | st.dates(date(2026, 11, 15), date(2026, 12, 31)),
        left=st.integers(-5_000, 50_000),
    ),
    unique_by=lambda lot: lot.id,
    max_size=8,
)


def test_sprayed_on_the_first_with_seven_days_to_wait_the_eighth_is_the_first_safe_day() -> None:
    sprayed = date(2026, 11, 1)
    assert safe_from(sprayed, 7) == date(2026, 11, 8)
    check_waiting(sprayed, 7, date(2026, 11, 8))
    with pytest.raises(HarvestTooEarly) as refused:
        check_waiting(sprayed, 7, date(2026, 11, 7))
    assert refused.value.field == "harvested_on"
    assert "08/11/2026" in refused.value.say("vi")
    assert "08/11/2026" in refused.value.say("en")


@given(sprayed=DAYS, waiting=st.integers(0, 365), harvested=DAYS)
def test_a_harvest_is_refused_exactly_within_the_waiting_days(sprayed: date, waiting: int, harvested: date) -> None:
    if (harvested - sprayed).days >= waiting:
        check_waiting(sprayed, waiting, harvested)
    else:
        with pytest.raises(HarvestTooEarly):
            check_waiting(sprayed, waiting, harvested)


def test_goods_sprayed_after_their_harvest_are_refused_too() -> None:
    with pytest.raises(HarvestTooEarly):
        check_waiting(date(2026, 11, 21), 0, date(2026, 11, 20))


@pytest.mark.parametrize(("sprayed", "waiting"), [(date(2026, 11, 1), None), (None, 7)])
def test_a_spray_and_its_waiting_days_are_told_together(sprayed: date | None, waiting: int | None) -> None:
    with pytest.raises(WaitingDaysMissing):
        check_waiting(sprayed, waiting, TODAY)
    check_waiting(None, None, TODAY)


@pytest.mark.parametrize(
    ("entries", "error", "field"),
    [
        ({"harvested_on": TODAY + timedelta(days=1)}, HarvestToCome, "harvested_on"),
        ({"sown_on": date(2026, 11, 21)}, DaysOutOfOrder, "sown_on"),
        ({"packed_on": date(2026, 11, 19)}, DaysOutOfOrder, "packed_on"),
        ({"packed_on": TODAY + timedelta(days=1)}, DaysOutOfOrder, "packed_on"),
        ({"expires_on": date(2026, 11, 19)}, DaysOutOfOrder, "expires_on"),
        ({"packed_on": date(2026, 11, 22), "expires_on": date(2026, 11, 21)}, DaysOutOfOrder, "expires_on"),
    ],
)
def test_days_that_cannot_follow_each_other_are_refused(
    entries: dict[str, date], error: type[DomainError], field: str
) -> None:
    with pytest.raises(error) as refused:
        check_days(replace(DRAFT, **entries), TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_days_in_their_order_are_taken() -> None:
    check_days(
        replace(DRAFT, sown_on=date(2026, 8, 1), packed_on=TODAY, expires_on=TODAY),
        TODAY,
    )


@given(lots=LOTS, grams=st.integers(0, 20_000))
def test_what_expires_first_goes_first_and_only_what_holds_enough(lots: list[LotStock], grams: int) -> None:
    found = first_expired_first_out(lots, grams, TODAY)
    assert {lot.id for lot in found} == {
        lot.id
        for lot in lots
        if lot.state is LotState.OPEN
        and (lot.expires_on is None or lot.expires_on >= TODAY)
        and lot.left >= grams
        and lot.left > 0
    }
    for earlier, later in pairwise(found):
        assert earlier.expires_on is not None or later.expires_on is None
        if earlier.expires_on and later.expires_on:
            assert earlier.expires_on <= later.expires_on
        if earlier.expires_on == later.expires_on:
            assert earlier.harvested_on <= later.harvested_on


def test_a_lot_may_be_packed_to_the_end_of_its_last_day() -> None:
    lot = LotStock(1, LotState.OPEN, date(2026, 11, 20), TODAY, 1000)
    assert may_be_packed(lot, TODAY)
    assert not may_be_packed(lot, TODAY + timedelta(days=1))
    assert not may_be_packed(replace(lot, state=LotState.RECALLED), TODAY)
    assert not may_be_packed(replace(lot, state=LotState.CLOSED), TODAY)


@pytest.mark.parametrize(("typed", "number"), [(" xc-2611.01 ", "XC-2611.01"), ("L1", "L1"), ("A/B_2", "A/B_2")])
def test_a_lot_number_reads_as_labels_carry_it(typed: str, number: str) -> None:
    assert read_lot_number(typed) == number


@pytest.mark.parametrize("typed", ["", "-", "XC 1", "LÔ1", "X" * 21, "X-", "<b>", "X\n1"])
def test_a_lot_number_no_label_can_carry_is_refused(typed: str) -> None:
    with pytest.raises(LotNumberUnreadable):
        read_lot_number(typed)


def test_a_correction_names_each_entry_that_differs_and_never_the_number() -> None:
    after = replace(DRAFT, number="OTHER", harvested_on=date(2026, 11, 19), waiting_days=7, plot="Thửa 7")
    assert changes(DRAFT, after) == (
        Change("harvested_on", "2026-11-20", "2026-11-19"),
        Change("plot", "", "Thửa 7"),
        Change("waiting_days", "", "7"),
    )
    assert changes(DRAFT, DRAFT) == ()


def test_a_quantity_weighs_what_its_units_weigh() -> None:
    assert grams_of(1500, 1000) == 1500
    assert grams_of(2000, 5000) == 10_000
    assert grams_of(1, 500) == 1
