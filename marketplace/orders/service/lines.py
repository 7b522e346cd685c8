"""The lines of orders in words: what was ordered, what it weighed, what it comes to."""

from __future__ import annotations

from collections.abc import Iterable

from marketplace.base.money import show_money
from marketplace.base.quantity import show_quantity
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.rules import (
    UNIT_LABELS,
    Unit,
    about_text,
    least_amount,
    sum_text,
    weight_text,
    weights_text,
)
from marketplace.orders.models import OrderLine
from marketplace.orders.service.tracing import named
from marketplace.orders.views import LineView

EXPECTED = Text("Đặt trước · dự kiến {date}", "Order ahead · expected {date}")
COUNTED = Text("{count} × {price}", "{count} × {price}")
ESTIMATED = Text("{count} · mỗi {unit} {weights} × {price}/kg", "{count} · {weights} each × {price}/kg")
WEIGHED = Text("{count} · cân được {weight} × {price}/kg", "{count} · weighed {weight} × {price}/kg")
CAPPED = Text(
    "{count} · cân được {weight}, tính mức cao nhất đã thoả thuận",
    "{count} · weighed {weight}, the agreed maximum counts",
)


def count_text(line: OrderLine, locale: Locale) -> str:
    """`2 con`."""
    return f"{show_quantity(line.quantity, locale)} {UNIT_LABELS[Unit(line.unit)].say(locale)}"


def is_estimated(line: OrderLine) -> bool:
    """Whether its goods are still to be weighed, so that it counts with the highest amount there may be."""
    return line.piece is not None and line.grams_final is None


def estimated(lines: Iterable[OrderLine]) -> bool:
    """Whether some of an order's goods are still to be weighed."""
    return any(map(is_estimated, lines))


def line_view(line: OrderLine, locale: Locale) -> LineView:
    """A line as its parties see it."""
    lowest = least_amount(line.price, line.quantity, line.piece)
    return LineView(
        name=named(line),
        expected_text=EXPECTED.say(locale, date=line.expected_on.strftime("%d/%m/%Y")) if line.expected_on else "",
        href=f"/p/{line.product_slug}",
        quantity_text=show_quantity(line.quantity, locale),
        unit_text=UNIT_LABELS[Unit(line.unit)].say(locale),
        price_text=show_money(line.price),
        measured_text=_measured_text(line, locale),
        about_text=about_text(lowest, line.total).say(locale) if is_estimated(line) else "",
        weight_text=weight_text(line.grams_final).say(locale) if line.grams_final else "",
        total_text=sum_text(line.total, locale, estimated=is_estimated(line)),
        picture=catalog.picture_url(line.picture),
    )


def _measured_text(line: OrderLine, locale: Locale) -> str:
    count, price = count_text(line, locale), show_money(line.price)
    if line.piece is None:
        return COUNTED.say(locale, count=count, price=price)
    if line.grams_final is None:
        unit, weights = UNIT_LABELS[Unit(line.unit)].say(locale), weights_text(line.piece).say(locale)
        return ESTIMATED.say(locale, count=count, unit=unit, weights=weights, price=price)
    words = CAPPED if line.grams_final > line.piece.times(line.quantity).heaviest else WEIGHED
    return words.say(locale, count=count, weight=weight_text(line.grams_final).say(locale), price=price)
