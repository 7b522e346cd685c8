"""Small counts are hidden, so that nobody's turnover can be read from a table, not even by subtraction."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.base.text import Text

FEWEST_SELLERS = 3

HIDDEN = Text("ẩn, ít hơn 3 gian hàng", "hidden, fewer than 3 shops")
HIDDEN_BESIDE = Text("ẩn để giữ kín số bên cạnh", "hidden to keep a neighbour private")
FEW = Text("< 3", "< 3")


def disclosive(sellers: int) -> bool:
    """Whether a figure made by this many sellers would say too much of one of them."""
    return 0 < sellers < FEWEST_SELLERS


def hidden_cells(sellers: Sequence[int]) -> frozenset[int] | None:
    """Which cells of a column with a total to hide, by the number of sellers behind each.

    Cells of fewer than three sellers, and with them as many of the next smallest as keep what the total minus the
    shown cells reveals a figure of at least two cells and three sellers. None: even the total must be hidden.
    """
    hidden = {index for index, count in enumerate(sellers) if disclosive(count)}
    if not hidden:
        return frozenset()
    candidates = sorted(
        (index for index, count in enumerate(sellers) if count and index not in hidden),
        key=lambda index: (sellers[index], index),
    )
    while len(hidden) < 2 or sum(sellers[index] for index in hidden) < FEWEST_SELLERS:
        if not candidates:
            return None
        hidden.add(candidates.pop(0))
    return frozenset(hidden)
