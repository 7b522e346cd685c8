"""Windows of pickup points: which are offered."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from marketplace.base.clock import VIETNAM
from marketplace.delivery.rules import Closed, Days, Window, check_window, openings
from marketplace.delivery.rules.windows import CapacityInvalid, WindowInvalid, read_capacity

SATURDAY = Window(1, 5, 7 * 60, 10 * 60, 3)
MONDAY = Window(2, 0, 16 * 60, 18 * 60, 3)
ALWAYS = Days()
AT_NOON = datetime(2026, 1, 5, 12, tzinfo=VIETNAM)


def _offered(
    days: Days = ALWAYS, not_before: datetime = AT_NOON, expected: date | None = None
) -> list[tuple[int, int]]:
    return [(day.day, window.id) for day, window in openings([SATURDAY, MONDAY], days, not_before, expected)]


def test_windows_of_two_weeks_are_offered_in_their_order() -> None:
    assert _offered() == [(5, 2), (10, 1), (12, 2), (17, 1), (19, 2)]


def test_one_that_opens_before_the_seller_must_have_answered_is_not() -> None:
    assert _offered(not_before=datetime(2026, 1, 5, 16, 1, tzinfo=VIETNAM))[0] == (10, 1)
    assert _offered(not_before=datetime(2026, 1, 5, 16, tzinfo=VIETNAM))[0] == (5, 2)


def test_nor_one_on_a_closed_or_full_day_or_before_the_harvest() -> None:
    closed = Days((Closed(date(2026, 1, 10), date(2026, 1, 12)),), full={date(2026, 1, 5)})
    assert _offered(closed) == [(17, 1), (19, 2)]
    assert _offered(expected=date(2026, 1, 11))[0] == (12, 2)


@pytest.mark.parametrize(("opens", "closes"), [(None, 60), (60, None), (60, 60), (90, 60), (None, None)])
def test_a_window_begins_before_it_ends(opens: int | None, closes: int | None) -> None:
    with pytest.raises(WindowInvalid):
        check_window(opens, closes, field="opens")


@pytest.mark.parametrize("typed", ["0", "-1", "1001", "x", "1.5", "٣"])
def test_a_capacity_is_a_number_of_orders(typed: str) -> None:
    with pytest.raises(CapacityInvalid):
        read_capacity(typed, field="capacity")
    assert read_capacity(" 12 ", field="capacity") == 12
    assert read_capacity("", field="capacity") is None
