"""Days of delivery: nothing leaves or arrives on days when nobody works, and nothing travels longer than it may."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.clock import VIETNAM
from marketplace.delivery.rules import (
    Closed,
    Days,
    DaysInvalid,
    Order,
    answer_hours,
    arrival,
    closed_text,
    read_days,
)

MONDAY = date(2026, 1, 5)
NOON, EVENING = 12 * 60, 18 * 60
RESTS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 6)).map(
        lambda one: Closed(MONDAY + timedelta(days=one[0]), MONDAY + timedelta(days=one[0] + one[1]), "Tết")
    ),
    max_size=4,
)
CALENDARS = st.builds(
    Days,
    st.builds(tuple, RESTS),
    st.frozensets(st.integers(0, 30).map(lambda number: MONDAY + timedelta(days=number)), max_size=8),
    st.integers(0, 127),
)
ORDERS = st.builds(
    lambda later, minute, answer, expected: Order(
        MONDAY + timedelta(days=later),
        minute,
        MONDAY + timedelta(days=later + answer),
        None if expected is None else MONDAY + timedelta(days=expected),
    ),
    st.integers(0, 10),
    st.integers(0, 1439),
    st.integers(0, 7),
    st.none() | st.integers(0, 30),
)


def _on(day: date = MONDAY, minute: int = NOON, *, answered: int = 0, expected: date | None = None) -> Order:
    return Order(day, minute, day + timedelta(days=answered), expected)


def _span(days: Days, order: Order, least: int, most: int, **how: object) -> tuple[date, date]:
    found = arrival(days, order, least, most, **how)  # type: ignore[arg-type]
    assert found is not None
    return found.first, found.last


def test_days_run_from_the_ordering_and_from_the_answer() -> None:
    assert _span(Days(), _on(answered=1), 1, 2) == (date(2026, 1, 6), date(2026, 1, 8))


def test_from_the_cut_off_hour_on_they_count_from_the_next_day() -> None:
    assert _span(Days(), _on(minute=15 * 60 - 1), 0, 0, cutoff=15 * 60) == (MONDAY, MONDAY)
    assert _span(Days(), _on(minute=15 * 60), 0, 0, cutoff=15 * 60) == (date(2026, 1, 6), date(2026, 1, 6))


def test_goods_leave_on_open_days_and_a_seller_arrives_on_a_day_of_delivery() -> None:
    closed = (Closed(date(2026, 1, 6), date(2026, 1, 7)),)
    assert _span(Days(closed), _on(date(2026, 1, 6)), 1, 1) == (date(2026, 1, 9), date(2026, 1, 9))
    fridays = Days(weekdays=0b0010000)
    assert _span(fridays, _on(), 1, 2, own=True) == (date(2026, 1, 9), date(2026, 1, 9))
    # A carrier drives on every day, whatever days the seller itself does.
    assert _span(fridays, _on(), 1, 2) == (date(2026, 1, 6), date(2026, 1, 7))


def test_where_a_day_is_full_the_next_is_offered() -> None:
    assert _span(Days(full={MONDAY}), _on(), 1, 1) == (date(2026, 1, 7), date(2026, 1, 7))


def test_goods_of_a_coming_harvest_leave_once_they_are_there() -> None:
    harvest = date(2026, 2, 2)
    assert _span(Days(), _on(expected=harvest), 1, 2) == (date(2026, 2, 3), date(2026, 2, 4))
    resting = Days((Closed(harvest, harvest),))
    assert _span(resting, _on(expected=harvest), 0, 0) == (date(2026, 2, 3), date(2026, 2, 3))


def test_a_shop_that_rests_for_ever_promises_nothing() -> None:
    assert arrival(Days((Closed(MONDAY, date(2030, 1, 1)),)), _on(), 1, 2) is None


@given(CALENDARS, ORDERS, st.integers(0, 4), st.integers(0, 4), st.none() | st.integers(0, 1439), st.booleans())
def test_whatever_the_calendar_goods_travel_no_longer_and_arrive_when_somebody_works(
    days: Days, order: Order, least: int, more: int, cutoff: int | None, own: bool
) -> None:
    found = arrival(days, order, least, least + more, cutoff=cutoff, own=own)
    assert found is not None
    late = cutoff is not None and order.minute >= cutoff
    assert found.leaves >= max(order.day + timedelta(days=late), order.expected_on or order.day)
    assert days.has_room(found.leaves)
    assert least <= (found.first - found.leaves).days <= least + more
    assert found.first <= found.last
    if own:
        assert days.delivers(found.first)


@given(CALENDARS, ORDERS, st.integers(0, 4), st.booleans(), RESTS)
def test_more_closed_days_never_bring_goods_sooner(
    days: Days, order: Order, travel: int, own: bool, more: list[Closed]
) -> None:
    before = arrival(days, order, travel, travel, own=own)
    after = arrival(Days((*days.closed, *more), days.full, days.weekdays), order, travel, travel, own=own)
    assert before is not None
    assert after is None or after.first >= before.first


def test_a_closed_day_gives_a_day_more_to_answer() -> None:
    noon = datetime(2026, 1, 5, 12, tzinfo=VIETNAM)
    tomorrow = Days((Closed(date(2026, 1, 6), date(2026, 1, 7)),))
    assert answer_hours(Days(), noon, 14) == 14
    assert answer_hours(tomorrow, noon, 10) == 10, "it is due before the shop closes"
    assert answer_hours(tomorrow, noon, 14) == 14 + 48


@given(st.builds(Days, st.builds(tuple, RESTS)), st.integers(0, 40 * 24), st.integers(1, 168))
def test_nobody_has_to_answer_on_a_closed_day(days: Days, later: int, hours: int) -> None:
    now = datetime(2026, 1, 5, tzinfo=VIETNAM) + timedelta(hours=later)
    given_hours = answer_hours(days, now, hours)
    assert given_hours >= hours
    assert (given_hours - hours) % 24 == 0
    assert days.open((now + timedelta(hours=given_hours)).date())


def test_shoppers_read_of_the_rest_that_is_or_comes_next() -> None:
    rests = (Closed(date(2026, 2, 14), date(2026, 2, 20), "nghỉ Tết"), Closed(date(2026, 1, 9), date(2026, 1, 9)))
    assert closed_text(rests, MONDAY).vi == "Nghỉ 09/01/2026"
    assert closed_text(rests, date(2026, 2, 1)).en == "Closed 14/02 – 20/02/2026: nghỉ Tết"
    assert closed_text(rests, date(2026, 3, 1)).vi == closed_text(rests[:1], MONDAY).vi == ""


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (None, None),
        (date(2026, 1, 7), date(2026, 1, 6)),
        (date(2026, 1, 1), date(2026, 1, 4)),
        (MONDAY, date(2026, 9, 1)),
    ],
)
def test_closed_days_run_forwards_are_not_over_and_end(first: date | None, last: date | None) -> None:
    with pytest.raises(DaysInvalid):
        read_days(first, last, MONDAY, field="last")
