"""Charts made on the server from numbers, each with its table: drawn without colour alone, read without sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marketplace.base.text import Text
from marketplace.ui.markup import Node, each, h, when

WIDTH = 260
HEIGHT = 96
MARGIN = 6

SHOW_TABLE = Text("Xem bảng số", "Show the figures")
PERIOD = Text("Kỳ", "Period")
FIGURE = Text("Số liệu", "Figure")
TOO_FEW = Text("Chưa đủ kỳ để vẽ đường xu hướng.", "Too few periods yet to draw a trend.")


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
    bars: tuple[Bar, ...] = ()
    rows: tuple[ChartRow, ...] = ()
    first_label: str = ""
    last_label: str = ""


Points = Sequence[tuple[str, int | None]]


def line_chart(points: Points, show: Callable[[int | None], str], *, label: str, target: int | None = None) -> Chart:
    """A line over a base of zero, broken where a figure is missing, with a dashed line at the target.

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
        rows=_rows(points, show),
        first_label=points[0][0] if points else "",
        last_label=points[-1][0] if points else "",
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


def sparkline(chart: Node, *, tone: str = "text-primary") -> Node:
    """A trend with its target line, and the table behind it."""
    return _figure(
        chart,
        _drawing(
            chart,
            h.path(d=chart.area, class_name="fill-current opacity-10"),
            h.path(
                d=chart.line,
                class_name="fill-none stroke-current stroke-[2.5] [stroke-linejoin:round] [stroke-linecap:round]",
            ),
            when(
                chart.target_y,
                h.line(
                    x1="0",
                    x2=str(WIDTH),
                    y1=chart.target_y,
                    y2=chart.target_y,
                    class_name="stroke-base-content [stroke-dasharray:4_4] opacity-60",
                ),
            ),
            tone=tone,
        ),
        TOO_FEW,
    )


def bars(chart: Node, nothing: Text, *, tone: str = "text-primary") -> Node:
    """Bars of one series, and the table behind them; `nothing` when all are zero."""
    return _figure(
        chart,
        _drawing(
            chart,
            each(
                chart.bars,
                lambda bar: h.rect(
                    x=bar.x, y=bar.y, width=bar.width, height=bar.height, rx="1.5", class_name="fill-current"
                ),
            ),
            tone=tone,
        ),
        nothing,
    )


def _drawing(chart: Node, *shapes: Node, tone: str) -> Node:
    return h.svg(
        *shapes,
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=chart.label,
        class_name=f"w-full h-24 {tone}",
        custom_attrs={"preserveAspectRatio": "none"},
    )


def _figure(chart: Node, drawing: Node, nothing: Text) -> Node:
    return h.div(
        when(
            chart.shown,
            h.div(
                drawing,
                h.p(
                    h.span(chart.first_label),
                    h.span(chart.last_label),
                    aria_hidden="true",
                    class_name="flex justify-between text-xs text-quiet num",
                ),
            ),
            h.p(nothing, class_name="text-sm text-quiet min-h-24 flex items-center"),
        ),
        h.details(
            h.summary(
                SHOW_TABLE, class_name="cursor-pointer text-sm link link-hover min-h-11 inline-flex items-center"
            ),
            h.table(
                h.caption(chart.label, class_name="sr-only"),
                h.thead(h.tr(h.th(PERIOD, scope="col"), h.th(FIGURE, scope="col", class_name="text-right"))),
                h.tbody(
                    each(
                        chart.rows,
                        lambda row: h.tr(
                            h.th(row.label, scope="row", class_name="font-normal num"),
                            h.td(row.value_text, class_name="num text-right"),
                        ),
                    )
                ),
                class_name="table table-xs",
            ),
        ),
    )
