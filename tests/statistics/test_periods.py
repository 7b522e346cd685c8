"""Periods, windows and what staff may type."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.errors import DomainError
from marketplace.statistics.rules import (
    MEASURES,
    Measure,
    active_window,
    check_year,
    last_months,
    month_of,
    months_window,
    parse_period,
    read_figure,
    reportable,
    show_figure,
)

days = st.dates(date(2022, 2, 1), date(2060, 12, 31))


@given(days)
def test_every_period_offered_is_read_back_from_its_code(today: date) -> None:
    offered = reportable(today)
    assert offered
    assert len({period.code for period in offered}) == len(offered)
    for period in offered:
        assert parse_period(period.code, today) == period
        assert period.start <= today


@pytest.mark.parametrize(
    "code",
    ["", "2025-13", "2025-Q5", "2025-H2", "1999", "2021", "2027", "2026-Q1", "２０２５", "2025\n"],
)
def test_other_periods_and_periods_to_come_are_refused(code: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_period(code, date(2026, 2, 3))
    assert refused.value.field == "period"


@given(days)
def test_fourteen_months_follow_each_other_without_gap(day: date) -> None:
    months = last_months(day, 14)
    assert len(months) == 14
    assert months[-1] == month_of(day)
    for before, after in pairwise(months):
        assert before.bounds()[1] == after.bounds()[0]


def test_a_vietnamese_month_begins_seven_hours_before_that_of_greenwich() -> None:
    assert month_of(date(2026, 1, 5)).bounds() == (
        datetime(2025, 12, 31, 17, tzinfo=UTC),
        datetime(2026, 1, 31, 17, tzinfo=UTC),
    )


@given(days)
def test_ninety_days_are_ninety_days_with_the_last_one(day: date) -> None:
    start, end = active_window(day, 90)
    assert end - start == timedelta(days=90)
    assert (end + timedelta(hours=7)).date() == day + timedelta(days=1)


def test_twelve_months_end_with_the_day_and_begin_a_year_before() -> None:
    assert months_window(date(2025, 12, 31), 12) == (
        datetime(2024, 12, 31, 17, tzinfo=UTC),
        datetime(2025, 12, 31, 17, tzinfo=UTC),
    )
    # The day after 28/02/2028 is a leap day, which the year before does not have.
    assert months_window(date(2028, 2, 28), 12)[0] == datetime(2027, 2, 27, 17, tzinfo=UTC)


@given(days)
def test_a_window_of_twelve_months_is_a_year_long(day: date) -> None:
    start, end = months_window(day, 12)
    assert timedelta(days=365) <= end - start <= timedelta(days=367)


def test_periods_read_as_officials_write_them() -> None:
    today = date(2026, 10, 5)
    said = {code: parse_period(code, today).say("vi") for code in ("2025", "2026-H1", "2026-9M", "2026-Q3", "2026-07")}
    assert said == {
        "2025": "Năm 2025",
        "2026-H1": "6 tháng đầu năm 2026",
        "2026-9M": "9 tháng đầu năm 2026",
        "2026-Q3": "Quý III/2026",
        "2026-07": "Tháng 7/2026",
    }


@pytest.mark.parametrize("year", [2021, 2027, -1, 10**9])
def test_a_year_without_figures_is_refused(year: int) -> None:
    with pytest.raises(DomainError) as refused:
        check_year(year, date(2026, 1, 5))
    assert refused.value.field == "year"


@given(st.integers(0, 10**17), st.sampled_from(["vi", "en"]))
def test_money_reads_back_as_it_is_shown(dong: int, locale: str) -> None:
    shown = show_figure(dong, Measure.DONG, MEASURES[Measure.DONG], locale).split(" ")[0]
    assert read_figure(shown, Measure.DONG, locale) == dong


@pytest.mark.parametrize(
    ("typed", "locale", "dong"),
    [
        ("12.345,6", "vi", 12_345_600_000_000),
        ("12345,6", "vi", 12_345_600_000_000),
        ("12 345", "vi", 12_345_000_000_000),
        ("12,345.6", "en", 12_345_600_000_000),
        ("0,000000001", "vi", 1),
    ],
)
def test_money_is_typed_in_billions(typed: str, locale: str, dong: int) -> None:
    assert read_figure(typed, Measure.DONG, locale) == dong


@pytest.mark.parametrize("typed", ["", "-5", "1e9", "1,2,3", "1.23", "12.3456", "١٢", "5 tỷ", "1" * 40, "0x1f", "nan"])
def test_what_is_not_a_figure_is_refused(typed: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_figure(typed, Measure.DONG, "vi")
    assert refused.value.field == "value"


def test_people_and_enterprises_come_whole() -> None:
    assert read_figure("8.120", Measure.ENTERPRISES, "vi") == 8120
    with pytest.raises(DomainError):
        read_figure("8.120,5", Measure.ENTERPRISES, "vi")
