"""Small counts cannot be read from a table, not even by subtraction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marketplace.statistics.rules import FEWEST_SELLERS, hidden_cells

columns = st.lists(st.integers(0, 8), max_size=20)


@given(columns)
def test_a_cell_of_one_or_two_sellers_is_always_hidden(sellers: list[int]) -> None:
    hidden = hidden_cells(sellers)
    small = {index for index, count in enumerate(sellers) if 0 < count < FEWEST_SELLERS}
    assert hidden is None or small <= hidden


@given(columns)
def test_the_total_minus_the_cells_shown_is_never_one_cell_nor_two_sellers(sellers: list[int]) -> None:
    hidden = hidden_cells(sellers)
    if hidden:
        assert len(hidden) >= 2
        assert sum(sellers[index] for index in hidden) >= FEWEST_SELLERS


@given(columns)
def test_the_total_is_hidden_only_when_no_other_cells_could_cover(sellers: list[int]) -> None:
    if hidden_cells(sellers) is None:
        filled = [count for count in sellers if count]
        assert len(filled) < 2 or sum(filled) < FEWEST_SELLERS


@given(st.lists(st.sampled_from([0, 3, 4, 9]), max_size=20))
def test_nothing_is_hidden_without_reason(sellers: list[int]) -> None:
    assert hidden_cells(sellers) == frozenset()


def test_the_next_smallest_cell_covers_for_a_single_one() -> None:
    assert hidden_cells([9, 2, 5, 0, 7]) == {1, 2}
