"""Moments in UTC, days in Vietnam."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import time_machine
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base import clock

moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_now_has_a_zone_and_is_utc() -> None:
    with time_machine.travel("2026-07-01T00:30:00+07:00", tick=False):
        assert clock.now() == datetime(2026, 6, 30, 17, 30, tzinfo=UTC)
        assert clock.now().utcoffset() == timedelta()


def test_a_day_begins_at_midnight_in_vietnam() -> None:
    assert clock.local_date(datetime(2026, 6, 30, 16, 59, 59, tzinfo=UTC)) == date(2026, 6, 30)
    assert clock.local_date(datetime(2026, 6, 30, 17, 0, tzinfo=UTC)) == date(2026, 7, 1)


@given(moments)
def test_every_moment_lies_within_the_bounds_of_its_day_and_of_no_other(moment: datetime) -> None:
    day = clock.local_date(moment)
    start, end = clock.day_bounds(day)
    assert start <= moment < end
    assert clock.day_bounds(day + timedelta(days=1))[0] == end
    assert end - start == timedelta(days=1)


def test_dates_are_shown_day_first_in_vietnamese_time() -> None:
    moment = datetime(2026, 1, 4, 17, 5, tzinfo=UTC)
    assert clock.show_date(moment) == "05/01/2026"
    assert clock.show_time(moment) == "00:05 05/01/2026"
