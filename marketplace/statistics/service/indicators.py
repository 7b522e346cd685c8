"""The indicators of a year: what each is made of, where it stands, and how it got there.

Figures of the platform and figures from outside stay apart: a share says which of the two its numerator is. What is
missing is named, and makes the indicator unknown, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from functools import partial

from sqlmodel import Session, col, select

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.text import Locale, Text
from marketplace.statistics import rules
from marketplace.statistics.models import Indicator, IndicatorTarget
from marketplace.statistics.rules import (
    ACTIVE_DAYS,
    CONTRACT_KINDS,
    CONTRACT_MONTHS,
    MEASURES,
    SECTORS,
    SERIES,
    SME_KINDS,
    TREND_MONTHS,
    Direction,
    Measure,
    Origin,
    Period,
    Series,
    Standing,
    month_of,
)
from marketplace.statistics.service import counting
from marketplace.statistics.service.facts import (
    BESIDE,
    DENOMINATOR,
    NUMERATOR,
    cited,
    counted_at,
    outside_fact,
    platform_fact,
)
from marketplace.statistics.service.figures import Figures, common, holding, latest, newest, standing_figures
from marketplace.statistics.service.standings import Goals, Pair, known, unknown, withheld
from marketplace.statistics.views import FactView, IndicatorView, SectorView
from marketplace.ui.chart_shapes import Chart, line_chart

TREND_YEARS = 5

UP_TO = Text("Tính đến {day}", "Up to {day}")
SOLD_HERE = Text(
    "Giá trị hàng bán qua Chợ Quê trong kỳ, bằng {share} tổng mức bán lẻ",
    "Goods sold on Chợ Quê in the period, {share} of total retail sales",
)
TINY = Text("chưa đến 0,01%", "less than 0.01%")
SECTORS_MISSING = Text("Thiếu số liệu của {count} ngành: {names}.", "{count} sectors have no figures: {names}.")
LOWEST = Text("thấp nhất: {name}", "lowest: {name}")
TARGET_LINE = Text("Mục tiêu {year}: {share}", "Target for {year}: {share}")
TREND = Text("Diễn biến: {name}", "Trend: {name}")

Point = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the platform counted up to the end of each month of the trend; None before it existed."""

    last_days: tuple[date, ...]
    numbers: Mapping[str, Sequence[int | None]]


@dataclass(frozen=True, slots=True)
class _Sources:
    figures: Mapping[tuple[str, str], Figures]
    counted: _Counted
    sold: Mapping[Period, counting.Tally]
    year: int
    now: datetime
    locale: Locale
    public: bool

    def outside(self, series: Series, sector: str = "") -> Figures:
        return self.figures.get((series.code, sector), {})


def indicators(session: Session, person: Person, year: int, locale: Locale, now: datetime) -> tuple[IndicatorView, ...]:
    """The indicators of a year for staff; raises NotSignedIn, NotAllowed or YearUnknown."""
    person.require_right(Right.READ_INDICATORS)
    return _indicators(session, year, locale, now, public=False)


def public_indicators(session: Session, year: int, locale: Locale, now: datetime) -> tuple[IndicatorView, ...]:
    """The indicators of a year for everybody: what fewer than three sellers sold is left out. Raises YearUnknown."""
    return _indicators(session, year, locale, now, public=True)


def _indicators(
    session: Session, year: int, locale: Locale, now: datetime, *, public: bool
) -> tuple[IndicatorView, ...]:
    today = clock.local_date(now)
    last_day = min(today, rules.year_of(rules.check_year(year, today)).end)
    rows = session.exec(select(Indicator).order_by(col(Indicator.position))).all()
    targets: dict[str, list[IndicatorTarget]] = {}
    for target in session.exec(select(IndicatorTarget).order_by(col(IndicatorTarget.year))).all():
        targets.setdefault(target.indicator_code, []).append(target)
    figures = standing_figures(session, date(year - TREND_YEARS, 1, 1), rules.year_of(year).end)
    sold = _sold(session, figures, year)
    sources = _Sources(figures, _counted(session, last_day), sold, year, now, locale, public)
    return tuple(
        _view(row, Goals.of(targets.get(row.code, []), Direction(row.direction), year, locale), sources) for row in rows
    )


def _counted(session: Session, last_day: date) -> _Counted:
    last_days = tuple(min(month.end, last_day) for month in rules.last_months(last_day, TREND_MONTHS))
    sales = [rules.active_window(day, ACTIVE_DAYS) for day in last_days]
    contracts = [rules.months_window(day, CONTRACT_MONTHS) for day in last_days]
    selling = counting.sales_activity(session, sales)
    concluding = counting.contract_activity(session, contracts)
    began = counting.first_application(session)
    there = [began is not None and began < end for _, end in sales]
    numbers = {
        "active_smes": counting.active_in(sales, selling, SME_KINDS),
        "enterprises_with_contracts": counting.active_in(contracts, concluding, CONTRACT_KINDS),
    }
    return _Counted(
        last_days,
        {
            code: [count if known_then else None for count, known_then in zip(counts, there, strict=True)]
            for code, counts in numbers.items()
        },
    )


def _sold(session: Session, figures: Mapping[tuple[str, str], Figures], year: int) -> Mapping[Period, counting.Tally]:
    """What was sold here in the period the retail figures of the year are for."""
    period = latest(common(figures.get(("ecommerce_sales", ""), {}), figures.get(("retail_sales", ""), {})), year)
    if period is None:
        return {}
    return {period: counting.orders_completed(session, period.bounds())[0]}


def _view(row: Indicator, goals: Goals, sources: _Sources) -> IndicatorView:
    numerator, denominator = SERIES[row.numerator_series], SERIES[row.denominator_series]
    locale = sources.locale
    view = IndicatorView(
        code=row.code,
        name=Text(row.name_vi, row.name_en).say(locale),
        formula=Text(row.formula_vi, row.formula_en).say(locale),
        inclusion=Text(row.inclusion_vi, row.inclusion_en).say(locale),
        source=Text(row.source_vi, row.source_en).say(locale),
        standing=Standing.UNKNOWN.value,
    )
    if denominator.by_sector:
        return _by_sector(view, numerator, denominator, goals, sources)
    if numerator.origin is Origin.PLATFORM:
        return _platform_over_outside(view, numerator, denominator, goals, sources)
    return _outside_over_outside(view, numerator, denominator, goals, sources)


def _outside_over_outside(
    view: IndicatorView, numerator: Series, denominator: Series, goals: Goals, sources: _Sources
) -> IndicatorView:
    locale, year = sources.locale, sources.year
    over, under = sources.outside(numerator), sources.outside(denominator)
    pairs = common(over, under)
    period = latest(pairs, year)
    used = [newest(figures, year) if period is None else figures[period] for figures in (over, under)]
    alike = [] if period is None else [other for other in pairs if other.months == period.months][-TREND_MONTHS:]
    view = replace(
        view,
        facts=(
            outside_fact(NUMERATOR, numerator, used[0], locale),
            outside_fact(DENOMINATOR, denominator, used[1], locale),
        ),
        chart=_trend(view, [(other.say(locale), pairs[other].share) for other in alike], goals),
    )
    if period is None:
        lacking = [series for series, figure in zip((numerator, denominator), used, strict=True) if figure is None]
        return unknown(view, lacking, goals)
    if numerator.code == "ecommerce_sales":
        view = replace(view, facts=(*view.facts, *_sold_beside(period, pairs[period], sources)))
    unit = None if denominator.measure is Measure.DONG else MEASURES[denominator.measure]
    view = replace(view, period_text=period.say(locale), source=cited(used, locale))
    return known(view, pairs[period], goals, unit)


def _platform_over_outside(
    view: IndicatorView, numerator: Series, denominator: Series, goals: Goals, sources: _Sources
) -> IndicatorView:
    locale, under = sources.locale, sources.outside(denominator)
    days, counts = sources.counted.last_days, sources.counted.numbers[numerator.code]
    bases = [holding(under, day) for day in days]
    figure, count = bases[-1], counts[-1]
    up_to = UP_TO.say(locale, day=days[-1].strftime("%d/%m/%Y"))
    points: list[Point] = [
        (month_of(day).say(locale), None if base is None else rules.share_of(counted, base.value))
        for day, base, counted in zip(days, bases, counts, strict=True)
    ]
    view = replace(
        view,
        facts=(
            platform_fact(NUMERATOR, numerator, count, up_to, days[-1], sources.now, locale),
            outside_fact(DENOMINATOR, denominator, figure, locale),
        ),
        chart=_trend(view, points, goals),
    )
    if figure is None or count is None or figure.value == 0:
        complete = {numerator: count is not None, denominator: figure is not None and figure.value > 0}
        return unknown(view, [series for series, there in complete.items() if not there], goals)
    view = replace(view, period_text=up_to, source=f"{counted_at(sources.now, locale)}; {cited([figure], locale)}")
    return known(view, Pair(count, figure.value), goals, MEASURES[denominator.measure])


def _by_sector(
    view: IndicatorView, numerator: Series, denominator: Series, goals: Goals, sources: _Sources
) -> IndicatorView:
    locale = sources.locale
    pairs: dict[str, tuple[Period, Pair]] = {}
    for sector in SECTORS:
        found = common(sources.outside(numerator, sector), sources.outside(denominator, sector))
        period = latest(found, sources.year)
        if period is not None:
            pairs[sector] = (period, found[period])
    view = replace(
        view,
        sectors=tuple(_sector(name, pairs.get(sector), locale) for sector, name in SECTORS.items()),
        has_sectors=bool(pairs),
        chart=_trend(view, [], goals),
    )
    if not pairs:
        return unknown(view, [numerator, denominator], goals)
    lowest = min(pairs, key=lambda sector: Fraction(pairs[sector][1].numerator, pairs[sector][1].denominator))
    period, pair = pairs[lowest]
    used = [sources.outside(one, sector)[pairs[sector][0]] for sector in pairs for one in (numerator, denominator)]
    name = SECTORS[lowest].say(locale)
    facts = (
        outside_fact(NUMERATOR, numerator, sources.outside(numerator, lowest)[period], locale),
        outside_fact(DENOMINATOR, denominator, sources.outside(denominator, lowest)[period], locale),
    )
    view = replace(
        view,
        facts=tuple(replace(fact, name=f"{fact.name}: {name}") for fact in facts),
        period_text=f"{period.say(locale)}, {LOWEST.say(locale, name=name)}",
        source=cited(used, locale),
    )
    view = known(view, pair, goals, None)
    lacking = [name.say(locale) for sector, name in SECTORS.items() if sector not in pairs]
    if lacking:
        why = SECTORS_MISSING.say(locale, count=len(lacking), names=", ".join(lacking))
        return withheld(view, why, goals)
    return view


def _sector(name: Text, found: tuple[Period, Pair] | None, locale: Locale) -> SectorView:
    share = None if found is None else found[1].share
    return SectorView(
        name=name.say(locale), known=share is not None, share=share or 0, share_text=rules.show_share(share, locale)
    )


def _sold_beside(period: Period, pair: Pair, sources: _Sources) -> tuple[FactView, ...]:
    tally = sources.sold.get(period)
    if tally is None:
        return ()
    locale, series = sources.locale, SERIES["value_completed"]
    # A period that still runs is left out in public: looking twice would show a single sale.
    running = period.end >= clock.local_date(sources.now)
    fact = platform_fact(BESIDE, series, tally.value, period.say(locale), period.end, sources.now, locale)
    fact = replace(fact, period_from=period.start.isoformat())
    if sources.public and (running or rules.disclosive(tally.sellers)):
        return (replace(fact, known=False, value=0, value_text=rules.HIDDEN.say(locale)),)
    share = rules.share_of(tally.value, pair.denominator)
    # A share too small for two decimals is still not zero.
    said = TINY.say(locale) if share == 0 and tally.value else rules.show_share(share, locale)
    return (replace(fact, name=SOLD_HERE.say(locale, share=said)),)


def _trend(view: IndicatorView, points: Sequence[Point], goals: Goals) -> Chart:
    return line_chart(
        points,
        partial(rules.show_share, locale=goals.locale),
        label=TREND.say(goals.locale, name=view.name),
        target=goals.current_share,
        target_label=TARGET_LINE.say(
            goals.locale, year=goals.current_year, share=rules.show_share(goals.current_share, goals.locale)
        ),
    )
