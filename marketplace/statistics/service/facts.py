"""The figures an indicator is made of, each with who made it, when and for which period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from marketplace.base import clock
from marketplace.base.money import show_money
from marketplace.base.text import Locale, Text
from marketplace.statistics import rules
from marketplace.statistics.models import OutsideFigure
from marketplace.statistics.rules import MEASURES, Measure, Origin, Period, Series
from marketplace.statistics.views import FactView

NUMERATOR = Text("Tử số", "Numerator")
DENOMINATOR = Text("Mẫu số", "Denominator")
BESIDE = Text("Để đối chiếu, không cộng vào", "For comparison, not added")
ORIGINS = {
    Origin.PLATFORM: Text("Chợ Quê đếm", "counted by Chợ Quê"),
    Origin.OUTSIDE: Text("từ bên ngoài", "from outside"),
}
COUNTED_AT = Text("Chợ Quê đếm lúc {at}", "Counted by Chợ Quê at {at}")
ENTERED = Text("{source} (nhập {day})", "{source} (entered {day})")


def outside_fact(role: Text, series: Series, figure: OutsideFigure | None, locale: Locale) -> FactView:
    """A figure staff entered, or that it is missing."""
    fact = _fact(role, series, locale)
    if figure is None:
        return fact
    period = Period(figure.period_from, figure.period_to)
    return replace(
        fact,
        known=True,
        value=figure.value,
        value_text=_value_text(figure.value, series, locale),
        period_from=period.start.isoformat(),
        period_to=period.end.isoformat(),
        period_text=period.say(locale),
        source=cited([figure], locale),
    )


def platform_fact(
    role: Text, series: Series, value: int | None, period_text: str, last_day: date, now: datetime, locale: Locale
) -> FactView:
    """A figure the platform counted up to a day; None when there was no platform yet."""
    fact = _fact(role, series, locale)
    if value is None:
        return fact
    return replace(
        fact,
        known=True,
        value=value,
        value_text=_value_text(value, series, locale),
        period_to=last_day.isoformat(),
        period_text=period_text,
        source=counted_at(now, locale),
    )


def counted_at(now: datetime, locale: Locale) -> str:
    """When the platform counted."""
    return COUNTED_AT.say(locale, at=clock.show_time(now))


def cited(figures: Iterable[OutsideFigure | None], locale: Locale) -> str:
    """The sources of figures, each once, with the day it was entered."""
    texts = [
        ENTERED.say(locale, source=figure.source, day=clock.show_date(figure.entered_at))
        for figure in figures
        if figure is not None
    ]
    return "; ".join(dict.fromkeys(texts))


def _fact(role: Text, series: Series, locale: Locale) -> FactView:
    return FactView(
        role_text=role.say(locale),
        series=series.code,
        name=series.name.say(locale),
        rule=series.rule.say(locale),
        origin=series.origin.value,
        origin_text=ORIGINS[series.origin].say(locale),
        value_text=rules.NO_FIGURE.say(locale),
    )


def _value_text(value: int, series: Series, locale: Locale) -> str:
    if series.origin is Origin.PLATFORM and series.measure is Measure.DONG:
        # Outside figures come in billions; what is sold here would vanish in them.
        return show_money(value)
    return rules.show_figure(value, series.measure, MEASURES[series.measure], locale)
