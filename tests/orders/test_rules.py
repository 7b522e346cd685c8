"""Rules of orders, with plain values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.state_machine import MoveRefused, move
from marketplace.orders.rules import (
    FULFILMENT_MOVES,
    ORDER_MOVES,
    FulfilmentStatus,
    OfferLapsed,
    OrderStatus,
    PaymentStatus,
    check_in_time,
    deadline,
    next_fulfilment_steps,
    payment_status,
)
from marketplace.sellers.rules import commission

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
AMOUNT = st.integers(0, 10**12)


@pytest.mark.parametrize("table", [ORDER_MOVES, FULFILMENT_MOVES])
def test_only_the_moves_of_the_table_are_possible(table) -> None:  # type: ignore[no-untyped-def]
    states = type(next(iter(table)))
    for current in states:
        for target in states:
            if target in table.get(current, frozenset()):
                assert move(table, current, target) is target
            else:
                with pytest.raises(MoveRefused):
                    move(table, current, target)


def test_an_offer_binds_until_its_deadline_and_not_a_moment_longer() -> None:
    ends = deadline(NOON, 12)
    check_in_time(ends, ends - timedelta(microseconds=1))
    with pytest.raises(OfferLapsed):
        check_in_time(ends, ends)


@given(AMOUNT, AMOUNT)
def test_the_payment_status_says_how_paid_and_expected_compare(expected: int, paid: int) -> None:
    status = payment_status(expected=expected, paid=paid)
    if paid > expected:
        assert status is PaymentStatus.OVERPAID
    elif paid and paid == expected:
        assert status is PaymentStatus.PAID
    elif paid:
        assert status is PaymentStatus.PARTIALLY_PAID
    else:
        assert status is PaymentStatus.PENDING


@given(AMOUNT, st.integers(0, 10_000))
def test_commission_is_never_negative_and_never_more_than_the_goods(goods: int, rate: int) -> None:
    assert 0 <= commission(goods, rate) <= goods
    assert abs(commission(goods, rate) * 10_000 - goods * rate) <= 5_000


def test_goods_fetched_by_the_buyer_are_made_ready_and_carried_goods_are_shipped() -> None:
    packed = FulfilmentStatus.PACKED
    assert next_fulfilment_steps(OrderStatus.CONFIRMED, packed, pickup=True) == {FulfilmentStatus.READY_FOR_PICKUP}
    assert next_fulfilment_steps(OrderStatus.CONFIRMED, packed, pickup=False) == {FulfilmentStatus.SHIPPED}
    assert next_fulfilment_steps(OrderStatus.PLACED, FulfilmentStatus.PENDING, pickup=False) == frozenset()
