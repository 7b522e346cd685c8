"""Spans of a seller's report and the slices they are drawn in."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.statistics.rules import Period, SpanWrong, last_days, read_span, slices_of, span_before

TODAY = date(2026, 12, 1)
SPANS = st.builds(
    lambda first, days: Period(first, first + timedelta(days=days)),
    st.dates(date(2023, 1, 1), date(2026, 1, 1)),
    st.integers(0, 730),
)


def test_nothing_asked_for_is_the_last_thirty_days() -> None:
    assert read_span("", "", TODAY) == Period(date(2026, 11, 2), TODAY) == last_days(TODAY, 30)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-02", "2026-11-01"),
        ("2026-11-30", "2026-12-02"),
        ("2026-11-31", "2026-12-01"),
        ("", "2026-12-01"),
        ("01/11/2026", "01/12/2026"),
        ("2024-01-01", "2026-12-01"),
        ("0001-01-01", "0001-01-02"),
        ("'; DROP", "x"),
    ],
)
def test_what_is_no_span_up_to_today_is_refused(first: str, last: str) -> None:
    with pytest.raises(SpanWrong):
        read_span(first, last, TODAY)


@given(SPANS)
def test_slices_follow_each_other_and_are_the_span_together(span: Period) -> None:
    slices = slices_of(span)
    assert slices[0].start == span.start
    assert slices[-1].end == span.end
    assert all(one.start <= one.end for one in slices)
    assert all(one.end + timedelta(days=1) == after.start for one, after in itertools.pairwise(slices))
    assert len(slices) <= 31


@given(SPANS)
def test_the_days_before_are_as_many_and_end_the_day_before(span: Period) -> None:
    before = span_before(span)
    assert before.end + timedelta(days=1) == span.start
    assert before.end - before.start == span.end - span.start


def test_half_a_year_is_drawn_by_weeks_from_monday_and_more_by_months() -> None:
    weeks = slices_of(Period(date(2026, 7, 1), date(2026, 9, 30)))
    assert weeks[1].start.weekday() == 0
    assert weeks[1].end.weekday() == 6
    months = slices_of(Period(date(2026, 1, 15), TODAY))
    assert [one.start for one in months[:2]] == [date(2026, 1, 15), date(2026, 2, 1)]
    assert months[-1] == Period(TODAY, TODAY)
