"""The shapes of charts, worked out from numbers; marketplace.ui.charts draws them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH = 260
HEIGHT = 96
MARGIN = 6


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A point of a chart in words."""

    label: str = ""
    value_text: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar's box in the chart's own units."""

    x: str = ""
    y: str = ""
    width: str = ""
    height: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to draw: paths in a box of WIDTH by HEIGHT, and the table that says the same."""

    shown: bool = False
    label: str = ""
    line: str = ""
    area: str = ""
    target_y: str = ""
    target_label: str = ""
    """What the dashed line stands for."""
    bars: tuple[Bar, ...] = ()
    rows: tuple[ChartRow, ...] = ()
    first_label: str = ""
    last_label: str = ""
    last_text: str = ""
    """The newest figure in words."""


Points = Sequence[tuple[str, int | None]]


def line_chart(
    points: Points, show: Callable[[int | None], str], *, label: str, target: int | None = None, target_label: str = ""
) -> Chart:
    """A line over a base of zero, broken where a figure is missing, with a dashed line at the target, which is named.

    Shown from two known points on.
    """
    heights = _heights([value for _, value in points], target)
    step = WIDTH / max(len(points) - 1, 1)
    runs: list[list[str]] = [[]]
    for index, height in enumerate(heights):
        if height is None:
            runs.append([])
        else:
            runs[-1].append(f"{index * step:.1f} {height:.1f}")
    drawn = [run for run in runs if run]
    base = HEIGHT - MARGIN
    return Chart(
        shown=sum(height is not None for height in heights) > 1,
        label=label,
        line=" ".join("M" + " L".join(run if len(run) > 1 else run * 2) for run in drawn),
        area=" ".join(
            f"M{run[0].split()[0]} {base} L" + " L".join(run) + f" L{run[-1].split()[0]} {base}Z" for run in drawn
        ),
        target_y="" if target is None else f"{_height(target, _top([value for _, value in points], target)):.1f}",
        target_label="" if target is None else target_label,
        rows=_rows(points, show),
        first_label=points[0][0] if points else "",
        last_label=points[-1][0] if points else "",
        last_text=show(points[-1][1]) if points else "",
    )


def bar_chart(points: Points, show: Callable[[int | None], str], *, label: str) -> Chart:
    """A bar for each point over a base of zero; missing figures have none."""
    heights = _heights([value for _, value in points], None)
    step = WIDTH / max(len(points), 1)
    base = HEIGHT - MARGIN
    bars = tuple(
        Bar(f"{index * step + step * 0.15:.1f}", f"{height:.1f}", f"{step * 0.7:.1f}", f"{base - height:.1f}")
        for index, height in enumerate(heights)
        if height is not None
    )
    return Chart(
        shown=any(value for _, value in points),
        label=label,
        bars=bars,
        rows=_rows(points, show),
        first_label=points[0][0] if points else "",
        last_label=points[-1][0] if points else "",
        last_text=show(points[-1][1]) if points else "",
    )


def _rows(points: Points, show: Callable[[int | None], str]) -> tuple[ChartRow, ...]:
    return tuple(ChartRow(label, show(value)) for label, value in reversed(points))


def _top(values: Sequence[int | None], target: int | None) -> int:
    return max([1, target or 0, *(value for value in values if value is not None)])


def _height(value: int, top: int) -> float:
    return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * value / top


def _heights(values: Sequence[int | None], target: int | None) -> list[float | None]:
    top = _top(values, target)
    return [None if value is None else _height(value, top) for value in values]
