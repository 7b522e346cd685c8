"""Rules of money: every movement sums to zero."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ledger.rules import LedgerAccount, LedgerUnbalanced, Posting, balanced, cash_sale


@given(st.integers(1, 10**12), st.integers(0, 10**12))
def test_a_cash_sale_always_sums_to_zero(total: int, commission: int) -> None:
    postings = cash_sale(7, total=total, commission=min(total, commission))
    assert sum(posting.amount for posting in postings) == 0
    assert all(posting.amount for posting in postings)
    cash = next(posting for posting in postings if posting.account is LedgerAccount.CASH_WITH_SELLER)
    assert cash.amount == total


def test_a_movement_that_does_not_sum_to_zero_is_refused() -> None:
    with pytest.raises(LedgerUnbalanced):
        balanced([Posting(LedgerAccount.CASH_WITH_SELLER, 1, 5), Posting(LedgerAccount.SELLER_EARNINGS, 1, -4)])
