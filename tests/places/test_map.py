"""A province drawn from centroids: every commune has its piece, and a place lies in its own."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.places.map import WIDTH, province_map
from marketplace.places.service import _rows
from marketplace.places.views import CommuneView

PROVINCES = ("92", "79", "01", "11")


def communes_of(province: str) -> tuple[CommuneView, ...]:
    """All communes of a province of the packaged data."""
    return tuple(
        CommuneView(code, name, "", owner, float(latitude), float(longitude))
        for code, owner, name, latitude, longitude in _rows("communes.tsv.gz")
        if owner == province
    )


def corners(path: str) -> list[tuple[int, int]]:
    """The corners of a piece."""
    match = re.fullmatch(r"M(-?\d+) (-?\d+)l((?:-?\d+ -?\d+ ?)+)z", path)
    assert match, path
    x, y = int(match[1]), int(match[2])
    found = [(x, y)]
    steps = [int(number) for number in match[3].split()]
    for across, down in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + across, y + down
        found.append((x, y))
    return found


@pytest.mark.parametrize("province", PROVINCES)
def test_every_commune_has_a_piece_with_its_centroid_in_it(province: str) -> None:
    communes = communes_of(province)
    drawn = province_map(communes)
    assert set(drawn.shapes) == {commune.code for commune in communes}
    for commune in communes:
        piece = corners(drawn.shapes[commune.code])
        x, y = drawn.place(commune.latitude, commune.longitude)
        assert all(0 <= across <= WIDTH and 0 <= down <= drawn.height for across, down in piece)
        left, right = min(across for across, _ in piece), max(across for across, _ in piece)
        top, bottom = min(down for _, down in piece), max(down for _, down in piece)
        # Corners stand in whole steps, so the smallest pieces may miss by one.
        assert left - 1 <= x <= right + 1
        assert top - 1 <= y <= bottom + 1


def test_a_map_is_light_enough_to_stand_in_a_page() -> None:
    assert sum(len(path) for path in province_map(communes_of("92")).shapes.values()) < 5_000


@given(latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))
def test_a_place_is_on_the_map_wherever_it_is(latitude: float, longitude: float) -> None:
    drawn = province_map(communes_of("92"))
    x, y = drawn.place(latitude, longitude)
    assert 0 <= x <= drawn.width
    assert 0 <= y <= drawn.height


def test_north_is_up_and_east_is_right() -> None:
    drawn = province_map(communes_of("92"))
    assert drawn.place(10.2, 105.6)[1] < drawn.place(9.6, 105.6)[1]
    assert drawn.place(9.9, 105.4)[0] < drawn.place(9.9, 105.9)[0]
    assert math.isfinite(drawn.scale)


def test_a_province_of_one_commune_is_a_round_piece() -> None:
    only = CommuneView("1", "Xã Một", "", "1", 10.0, 105.0)
    drawn = province_map((only,))
    assert len(corners(drawn.shapes["1"])) > 8
