"""Charts made on the server from numbers, each with its table: drawn without colour alone, read without sight."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.ui.blocks import fold
from marketplace.ui.chart_shapes import HEIGHT, WIDTH
from marketplace.ui.markup import Node, each, h, when

SHOW_TABLE = Text("Xem bảng số", "Show the figures")
PERIOD = Text("Kỳ", "Period")
FIGURE = Text("Số liệu", "Figure")
TOO_FEW = Text("Chưa đủ kỳ để vẽ đường xu hướng.", "Too few periods yet to draw a trend.")


def sparkline(chart: Node, *, tone: Node = "text-primary") -> Node:
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


def bars(chart: Node, nothing: Text, *, tone: Node = "text-primary") -> Node:
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


def _drawing(chart: Node, *shapes: Node, tone: Node) -> Node:
    drawing = h.svg(
        *shapes,
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=chart.label,
        class_name="w-full h-24",
        custom_attrs={"preserveAspectRatio": "none"},
    )
    return h.div(drawing, class_name=tone)


def _figure(chart: Node, drawing: Node, nothing: Text) -> Node:
    return h.div(
        when(
            chart.shown,
            h.div(
                drawing,
                when(
                    chart.target_label,
                    h.p(
                        h.span(class_name="w-6 border-t border-dashed border-base-content opacity-60"),
                        chart.target_label,
                        class_name="flex items-center gap-2 text-xs text-quiet num",
                    ),
                ),
                h.p(
                    h.span(chart.first_label),
                    h.span(chart.last_label),
                    aria_hidden="true",
                    class_name="flex justify-between text-xs text-quiet num",
                ),
            ),
            h.p(nothing, class_name="text-sm text-quiet min-h-24 flex items-center"),
        ),
        when(
            chart.rows,
            fold(
                SHOW_TABLE,
                h.table(
                    h.caption(chart.label, class_name="sr-only"),
                    h.thead(
                        h.tr(h.th(PERIOD, scope="col"), h.th(FIGURE, scope="col", class_name="text-right")),
                        class_name="text-quiet",
                    ),
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
        ),
    )


def newest(chart: Node, *aside: Node) -> Node:
    """The newest figure of a chart, large, and its period."""
    return h.p(
        h.span(chart.last_text, class_name="num text-xl font-semibold"),
        h.span(chart.last_label, *aside, class_name="num text-sm text-quiet"),
        class_name="flex flex-wrap items-baseline gap-x-2",
    )
