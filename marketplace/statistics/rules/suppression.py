"""Small counts are shown only in sums, so that nobody's turnover can be read from a table, not even by subtraction."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.base.text import Text

FEWEST_SELLERS = 3

HIDDEN = Text("ẩn, ít hơn 3 gian hàng", "hidden, fewer than 3 shops")
FEW = Text("< 3", "< 3")


def disclosive(sellers: int) -> bool:
    """Whether a figure made by this many sellers would say too much of one of them."""
    return 0 < sellers < FEWEST_SELLERS


def rows_to_group(columns: Sequence[Sequence[int]]) -> frozenset[int]:
    """Which rows of a table with a total to show only as one sum, by the number of sellers behind each cell.

    Rows with a cell of fewer than three sellers, and with them the next smallest until in every column their sum, which
    is also the total minus the rows shown, has none or at least three sellers behind it. No seller is in two rows.
    """
    rows = range(len(columns[0]))
    grouped = {row for row in rows if any(disclosive(column[row]) for column in columns)}
    others = sorted(
        (row for row in rows if row not in grouped), key=lambda row: (sum(column[row] for column in columns), row)
    )
    while grouped and others and any(disclosive(sum(column[row] for row in grouped)) for column in columns):
        grouped.add(others.pop(0))
    return frozenset(grouped)
