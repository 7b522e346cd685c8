"""Public series: whole months only, small counts hidden.

The running month is left out, since looking twice would show a single sale.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from sqlmodel import Session

from marketplace.base import clock
from marketplace.base.errors import NotFound
from marketplace.base.money import show_money
from marketplace.base.text import Locale
from marketplace.sellers.rules import SellerKind
from marketplace.statistics import rules
from marketplace.statistics.rules import (
    ACTIVE_DAYS,
    HIDDEN,
    MEASURES,
    PUBLIC_SERIES,
    TREND_MONTHS,
    Measure,
    Period,
    month_start,
)
from marketplace.statistics.service import counting
from marketplace.statistics.service.counting import Tally
from marketplace.statistics.views import SeriesPoint, SeriesView
from marketplace.ui.chart_shapes import bar_chart

EVERY_KIND = frozenset(SellerKind)


def public_series(session: Session, name: str, locale: Locale, now: datetime) -> SeriesView:
    """A series of the last fourteen whole months; raises NotFound for a name that is none."""
    series = PUBLIC_SERIES.get(name)
    if series is None:
        raise NotFound
    months = _whole_months(now)
    values = _values(session, name, months)
    return _view(name, months, values, locale)


def all_public_series(session: Session, locale: Locale, now: datetime) -> tuple[SeriesView, ...]:
    """Every public series."""
    return tuple(public_series(session, name, locale, now) for name in PUBLIC_SERIES)


def _whole_months(now: datetime) -> list[Period]:
    return rules.last_months(month_start(clock.local_date(now), 1), TREND_MONTHS)


def _values(session: Session, name: str, months: Sequence[Period]) -> list[int | None]:
    if name == "active_sellers":
        windows = [rules.active_window(month.end, ACTIVE_DAYS) for month in months]
        activity = counting.sales_activity(session, windows)
        return [
            None if rules.disclosive(count) else count for count in counting.active_in(windows, activity, EVERY_KIND)
        ]
    count, measure = _COUNTS[name]
    tallies = count(session, counting.slices([month.bounds() for month in months]))
    return [None if rules.disclosive(tally.sellers) else measure(tally) for tally in tallies]


_COUNTS: dict[str, tuple[Callable[[Session, Sequence[datetime]], list[Tally]], Callable[[Tally], int]]] = {
    "orders_placed": (counting.orders_placed, lambda tally: tally.count),
    "contracts_concluded": (counting.contracts_concluded, lambda tally: tally.count),
    "value_confirmed": (counting.orders_confirmed, lambda tally: tally.value),
    "value_completed": (counting.orders_completed, lambda tally: tally.value),
}


def _view(name: str, months: Sequence[Period], values: Sequence[int | None], locale: Locale) -> SeriesView:
    series = PUBLIC_SERIES[name]
    plain = show_money if series.measure is Measure.DONG else partial(rules.show_number, locale=locale)

    def show(value: int | None) -> str:
        return HIDDEN.say(locale) if value is None else plain(value)

    points = tuple(
        SeriesPoint(month.code, month.start.isoformat(), month.end.isoformat(), value, show(value))
        for month, value in zip(months, values, strict=True)
    )
    return SeriesView(
        name=name,
        title=series.name.say(locale),
        rule=series.rule.say(locale),
        unit=MEASURES[series.measure].say(locale),
        points=points,
        chart=bar_chart(
            [(month.say(locale), value) for month, value in zip(months, values, strict=True)],
            show,
            label=series.name.say(locale),
        ),
    )
