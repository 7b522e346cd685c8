"""A province drawn from the centroids of its communes: each commune the land nearer to its centroid than to any other.

Every piece also stays within a circle around its centroid and within the hull of all of them, so that the province gets
an outline that follows where people live. Boundaries of the real map are not claimed; where a shop is, is.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from marketplace.places.views import CommuneView

Point = tuple[float, float]

WIDTH = 320
MARGIN = 6
REACH = 1.9
"""A commune's circle in distances to a nearest neighbour, the middle one of the province."""
ROUND = 20
"""Corners of a circle."""
FEWEST = 3


@dataclass(frozen=True, slots=True)
class ProvinceMap:
    """A map ready to be drawn: the path of each commune by its code, and how to place a position on it."""

    width: int
    height: int
    shapes: dict[str, str]
    west: float
    north: float
    scale: float
    stretch: float
    """How much narrower a degree of longitude is than one of latitude here."""

    def place(self, latitude: float, longitude: float) -> Point:
        """Where a position is on the map, brought in to its edge where it lies outside."""
        x = (longitude - self.west) * self.stretch * self.scale
        y = (self.north - latitude) * self.scale
        return round(min(max(x, 0), self.width), 1), round(min(max(y, 0), self.height), 1)


@lru_cache(maxsize=64)
def province_map(communes: tuple[CommuneView, ...]) -> ProvinceMap:
    """The map of the communes of one province; some tens of milliseconds once, then kept."""
    stretch = math.cos(math.radians(sum(one.latitude for one in communes) / len(communes)))
    centres = [(one.longitude * stretch, -one.latitude) for one in communes]
    reach = _reach(centres)
    hull = _outline(centres, reach)
    pieces = [_piece(centre, centres, reach, hull) for centre in centres]
    west, north = (min(point[axis] for piece in pieces for point in piece) for axis in (0, 1))
    east, south = (max(point[axis] for piece in pieces for point in piece) for axis in (0, 1))
    scale = (WIDTH - 2 * MARGIN) / (east - west)
    edge = MARGIN / scale
    shapes = {
        one.code: _path([((x - west + edge) * scale, (y - north + edge) * scale) for x, y in piece])
        for one, piece in zip(communes, pieces, strict=True)
    }
    height = round((south - north) * scale) + 2 * MARGIN
    return ProvinceMap(WIDTH, height, shapes, (west - edge) / stretch, -(north - edge), scale, stretch)


def _reach(centres: Sequence[Point]) -> float:
    if len(centres) < FEWEST:
        return 0.1
    nearest = [
        min(math.dist(one, other) for other_number, other in enumerate(centres) if other_number != number)
        for number, one in enumerate(centres)
    ]
    # Neighbours among many stand closer on one side than on the others; wards of a town much closer still.
    return max(REACH * median(nearest), 0.02)


def _outline(centres: Sequence[Point], reach: float) -> list[Point]:
    """The hull of all circles."""
    return _hull([point for centre in centres for point in _circle(centre, reach * 0.75)])


def _circle(centre: Point, radius: float) -> list[Point]:
    turns = [2 * math.pi * number / ROUND for number in range(ROUND)]
    return [(centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)) for turn in turns]


def _hull(points: Sequence[Point]) -> list[Point]:
    """The convex hull, counter-clockwise (Andrew's monotone chain)."""
    ordered = sorted(set(points))

    def chain(way: Sequence[Point]) -> list[Point]:
        kept: list[Point] = []
        for point in way:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
                kept.pop()
            kept.append(point)
        return kept[:-1]

    return chain(ordered) + chain(ordered[::-1])


def _turn(first: Point, second: Point, third: Point) -> float:
    return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0])


def _piece(centre: Point, centres: Sequence[Point], reach: float, hull: Sequence[Point]) -> list[Point]:
    piece = _circle(centre, _wide(centre, centres, reach))
    for first, second in zip(hull, [*hull[1:], hull[0]], strict=True):
        # The inside of a hull lies to the left of each of its sides.
        piece = _cut(piece, (second[1] - first[1], first[0] - second[0]), first)
    for other in centres:
        if other != centre:
            middle = ((centre[0] + other[0]) / 2, (centre[1] + other[1]) / 2)
            piece = _cut(piece, (other[0] - centre[0], other[1] - centre[1]), middle)
    return piece


def _wide(centre: Point, centres: Sequence[Point], reach: float) -> float:
    """A lonely commune reaches as far as its neighbours are away."""
    away = sorted(math.dist(centre, other) for other in centres)[1:5]
    return max(reach, away[-1] * 0.75) if away else reach


def _cut(piece: list[Point], out: Point, on: Point) -> list[Point]:
    """What of a convex piece lies on the inner side of the line through `on` (Sutherland and Hodgman)."""
    sides = [(x - on[0]) * out[0] + (y - on[1]) * out[1] for x, y in piece]
    kept: list[Point] = []
    for number, point in enumerate(piece):
        before, side, last = sides[number - 1], sides[number], piece[number - 1]
        if (before < 0 < side) or (side < 0 < before):
            share = before / (before - side)
            kept.append((last[0] + (point[0] - last[0]) * share, last[1] + (point[1] - last[1]) * share))
        if side <= 0:
            kept.append(point)
    return kept


def _path(points: Sequence[Point]) -> str:
    """A closed path in whole steps, each from the last: a map of a hundred communes is 4 kB."""
    corners = [(round(x), round(y)) for x, y in points]
    corners = [corner for number, corner in enumerate(corners) if corner != corners[number - 1]]
    if not corners:
        return ""
    steps = [f"{x - last_x} {y - last_y}" for (last_x, last_y), (x, y) in itertools.pairwise(corners)]
    return f"M{corners[0][0]} {corners[0][1]}l{' '.join(steps)}z"
