"""Rules of delivery, with plain values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marketplace.delivery.rules import Place, Zone, fee, lighter_fee, reaches

HERE, NEIGHBOUR, FAR = Place("31117", "92"), Place("31120", "92"), Place("00004", "01")


def test_a_zone_reaches_its_commune_its_province_or_the_country() -> None:
    assert [reaches(Zone.COMMUNE, HERE, place) for place in (HERE, NEIGHBOUR, FAR)] == [True, False, False]
    assert [reaches(Zone.PROVINCE, HERE, place) for place in (HERE, NEIGHBOUR, FAR)] == [True, True, False]
    assert [reaches(Zone.COUNTRY, HERE, place) for place in (HERE, NEIGHBOUR, FAR)] == [True, True, True]


def test_each_started_kilogram_after_the_first_costs_the_kilogram_fee() -> None:
    costs = [
        fee(base_fee=20_000, kilogram_fee=2_000, free_above=None, goods_total=0, grams=g) for g in (1, 1000, 1001, 2500)
    ]
    assert costs == [20_000, 20_000, 22_000, 24_000]


@given(st.integers(0, 10**6), st.integers(0, 10**5), st.integers(0, 10**7), st.integers(0, 10**6))
def test_the_fee_never_falls_with_weight_and_is_nothing_from_the_free_total_on(
    base: int, kilogram: int, goods: int, grams: int
) -> None:
    light = fee(base_fee=base, kilogram_fee=kilogram, free_above=None, goods_total=goods, grams=grams)
    heavy = fee(base_fee=base, kilogram_fee=kilogram, free_above=None, goods_total=goods, grams=grams + 700)
    assert 0 <= light <= heavy
    assert fee(base_fee=base, kilogram_fee=kilogram, free_above=goods, goods_total=goods, grams=grams) == 0


@given(
    st.integers(0, 10**6), st.integers(0, 10**5), st.none() | st.just(0), st.integers(1, 10**6), st.integers(1, 10**6)
)
def test_a_parcel_that_turns_out_lighter_costs_what_a_lighter_one_would_and_never_more(
    base: int, kilogram: int, free_above: int | None, grams: int, weighed: int
) -> None:
    def costs(weight: int) -> int:
        return fee(base_fee=base, kilogram_fee=kilogram, free_above=free_above, goods_total=0, grams=weight)

    assert lighter_fee(costs(grams), kilogram, grams=grams, lighter=weighed) == costs(min(grams, weighed))
