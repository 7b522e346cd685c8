"""What a parcel costs, by whoever carries it: never less than nothing, never less for more weight, exact at the edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.delivery.rules import (
    Band,
    BandsInvalid,
    ByKilogram,
    Carrier,
    Place,
    Shipment,
    TableRate,
    Zone,
    read_bands,
    show_bands,
)

HERE, NEIGHBOUR, FAR = Place("31117", "92"), Place("31120", "92"), Place("00004", "01")
BANDS = st.lists(st.tuples(st.integers(1, 5_000), st.integers(0, 50_000)), min_size=1, max_size=8).map(
    lambda steps: [
        Band(sum(s[0] for s in steps[: n + 1]), sum(s[1] for s in steps[: n + 1])) for n in range(len(steps))
    ]
)
CARRIERS = st.one_of(
    st.builds(ByKilogram, st.integers(0, 10**6), st.integers(0, 10**5)),
    BANDS.map(lambda bands: TableRate({Zone.PROVINCE: bands})),
)


def _quote(carrier: Carrier, grams: int, destination: Place = NEIGHBOUR) -> int | None:
    return carrier.quote(Shipment(HERE, destination, grams))


@given(CARRIERS, st.integers(0, 60_000), st.integers(0, 60_000))
def test_a_fee_is_never_below_nothing_and_never_falls_with_weight(carrier: Carrier, grams: int, more: int) -> None:
    light, heavy = _quote(carrier, grams), _quote(carrier, grams + more)
    if light is None:
        assert heavy is None, "what is too heavy does not become lighter"
    elif heavy is not None:
        assert 0 <= light <= heavy


@given(BANDS)
def test_a_parcel_of_exactly_the_weight_is_in_the_band_and_one_gram_more_in_the_next(bands: list[Band]) -> None:
    table = TableRate({Zone.PROVINCE: list(reversed(bands))})
    for band, following in zip(bands, [*bands[1:], None], strict=True):
        assert _quote(table, band.up_to_grams) == band.fee
        assert _quote(table, band.up_to_grams + 1) == (following.fee if following else None)


def test_the_nearest_zone_with_rates_counts_and_none_beyond_the_farthest() -> None:
    table = TableRate({Zone.COMMUNE: [Band(5000, 8_000)], Zone.PROVINCE: [Band(5000, 18_000)]})
    assert [_quote(table, 900, place) for place in (HERE, NEIGHBOUR, FAR)] == [8_000, 18_000, None]
    assert _quote(TableRate({Zone.COUNTRY: [Band(5000, 30_000)]}), 900, HERE) == 30_000
    assert _quote(TableRate({}), 1) is None


@given(BANDS)
def test_a_table_reads_as_it_was_written(bands: list[Band]) -> None:
    assert read_bands(show_bands(bands), field="bands") == bands


def test_a_table_is_typed_as_people_write() -> None:
    assert read_bands("0,5: 15k\n 2 kg = 25.000\n\n5=40000", field="x") == [
        Band(500, 15_000),
        Band(2000, 25_000),
        Band(5000, 40_000),
    ]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("2", 1),
        ("2 = x", 1),
        ("x = 2", 1),
        ("0 = 5k", 1),
        ("2 = 25k\n2 = 30k", 2),
        ("2 = 25k\n3 = 20k", 2),
        ("2 = -5", 1),
    ],
)
def test_a_line_that_is_no_band_is_named(typed: str, line: int) -> None:
    with pytest.raises(BandsInvalid) as caught:
        read_bands(typed, field="bands_province")
    assert (caught.value.field, caught.value.values["line"]) == ("bands_province", line)
