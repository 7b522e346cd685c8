"""Small counts cannot be read from a table, not even by subtraction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marketplace.statistics.rules import disclosive, rows_to_group

tables = st.integers(0, 15).flatmap(
    lambda rows: st.lists(st.lists(st.integers(0, 7), min_size=rows, max_size=rows), min_size=1, max_size=3)
)


@given(tables)
def test_no_row_shown_has_a_cell_of_one_or_two_sellers(columns: list[list[int]]) -> None:
    grouped = rows_to_group(columns)
    assert not any(disclosive(column[row]) for column in columns for row in range(len(column)) if row not in grouped)


@given(tables)
def test_the_sum_of_the_others_has_three_sellers_unless_the_whole_table_has_fewer(columns: list[list[int]]) -> None:
    grouped = rows_to_group(columns)
    for column in columns:
        if disclosive(sum(column[row] for row in grouped)):
            assert len(grouped) == len(column)


@given(st.lists(st.lists(st.sampled_from([0, 3, 4, 9]), min_size=5, max_size=5), min_size=1, max_size=3))
def test_nothing_is_grouped_without_reason(columns: list[list[int]]) -> None:
    assert rows_to_group(columns) == frozenset()


def test_the_next_smallest_row_covers_for_a_single_one() -> None:
    assert rows_to_group([[9, 2, 5, 0, 7]]) == {1, 2, 3}
