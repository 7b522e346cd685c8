"""Figures from outside: entered, corrected by superseding, and read back with all that came before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from marketplace.accounts.models import Account
from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import clock, outbox
from marketplace.base.errors import Conflict
from marketplace.base.inputs import Problems, read_line
from marketplace.base.text import Locale, Text
from marketplace.statistics import rules
from marketplace.statistics.commands import FigureCommand
from marketplace.statistics.models import OutsideFigure
from marketplace.statistics.rules import MEASURES, OUTSIDE_SERIES, SECTORS, Period, Series
from marketplace.statistics.service.standings import Pair
from marketplace.statistics.views import OutsideFigureView

Figures = dict[Period, OutsideFigure]

SOURCE_LIMIT = 200
MOST_OF_SERIES = 300
MOST_OF_ALL = 30
UNKNOWN_AUTHOR = Text("dữ liệu ban đầu", "initial data")
SUPERSEDED = Text("Đã thay lúc {at}", "Superseded at {at}")


def enter_outside_figure(
    session: Session, person: Person, command: FigureCommand, locale: Locale, now: datetime
) -> OutsideFigureView:
    """Enter a figure for a period, or correct the one that stands by superseding it; nothing is overwritten.

    Emits `statistics.figure_entered` {series}. Raises NotSignedIn, NotAllowed, FigureUnchanged, Conflict when somebody
    else corrected the same figure at this moment, or each entry's problem by field.
    """
    account_id = person.require_right(Right.ENTER_FIGURES)
    series, figure = _read(command, locale, now)
    figure.entered_by = account_id
    former = session.exec(
        select(OutsideFigure).where(
            OutsideFigure.series == figure.series,
            OutsideFigure.sector == figure.sector,
            OutsideFigure.period_from == figure.period_from,
            OutsideFigure.period_to == figure.period_to,
            _stands(),
        )
    ).first()
    if former is not None:
        if (former.value, former.source) == (figure.value, figure.source):
            raise rules.FigureUnchanged(field="value")
        figure.supersedes_id = former.id
    keep(session, figure)
    outbox.emit(session, "statistics.figure_entered", {"series": figure.series}, now)
    return _view(figure, series, person.name, None, locale)


def keep(session: Session, figure: OutsideFigure) -> None:
    """Add a figure; raises Conflict when one for the same period was added at this moment."""
    session.add(figure)
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict from error


def outside_figures(
    session: Session, person: Person, locale: Locale, series: str = ""
) -> tuple[OutsideFigureView, ...]:
    """The figures entered last, of one series or of all, superseded ones too; raises NotSignedIn or NotAllowed."""
    person.require_right(Right.READ_INDICATORS)
    later = aliased(OutsideFigure)
    statement = (
        select(OutsideFigure, Account.name, later.entered_at)
        .join(Account, col(Account.id) == col(OutsideFigure.entered_by), isouter=True)
        .join(later, col(later.supersedes_id) == col(OutsideFigure.id), isouter=True)
        .order_by(col(OutsideFigure.entered_at).desc(), col(OutsideFigure.id).desc())
        .limit(MOST_OF_SERIES if series else MOST_OF_ALL)
    )
    if series:
        statement = statement.where(OutsideFigure.series == series)
    return tuple(
        _view(figure, OUTSIDE_SERIES[figure.series], name, superseded_at, locale)
        for figure, name, superseded_at in session.exec(statement).all()
        if figure.series in OUTSIDE_SERIES
    )


def standing_figures(session: Session, first: date, last: date) -> dict[tuple[str, str], Figures]:
    """Figures that stand for periods ending between two days, by series and sector, by period in order."""
    statement = (
        select(OutsideFigure)
        .where(OutsideFigure.period_to >= first, OutsideFigure.period_to <= last, _stands())
        .order_by(col(OutsideFigure.period_to), col(OutsideFigure.period_from).desc())
    )
    found: dict[tuple[str, str], Figures] = {}
    for figure in session.exec(statement).all():
        found.setdefault((figure.series, figure.sector), {})[Period(figure.period_from, figure.period_to)] = figure
    return found


def common(over: Figures, under: Figures) -> dict[Period, Pair]:
    """Periods for which both have a figure; a denominator of zero is none."""
    return {
        period: Pair(figure.value, under[period].value)
        for period, figure in over.items()
        if period in under and under[period].value > 0
    }


def latest(periods: Iterable[Period], year: int) -> Period | None:
    """The period of the year that ends last; of two, the longer."""
    ending = [period for period in periods if period.end.year == year]
    return max(ending, key=lambda period: (period.end, period.months), default=None)


def newest(figures: Figures, year: int) -> OutsideFigure | None:
    """The figure of the year's latest period."""
    period = latest(figures, year)
    return None if period is None else figures[period]


def holding(figures: Figures, day: date) -> OutsideFigure | None:
    """The count that holds on a day: the latest of a period begun by then, not older than the year before."""
    since = date(day.year - rules.OLDEST_COUNT_YEARS, 1, 1)
    fitting = [period for period in figures if since <= period.end and period.start <= day]
    period = max(fitting, key=lambda period: (period.end, -period.months), default=None)
    return None if period is None else figures[period]


def _stands() -> ColumnElement[bool]:
    later = aliased(OutsideFigure)
    return ~exists().where(col(later.supersedes_id) == col(OutsideFigure.id))


def _read(command: FigureCommand, locale: Locale, now: datetime) -> tuple[Series, OutsideFigure]:
    problems = Problems()
    figure = OutsideFigure(series="", period_from=date.min, period_to=date.min, value=0, source="", entered_at=now)
    series: Series | None = None
    with problems.noting():
        series = rules.outside_series(command.series)
        figure.series = series.code
        figure.sector = rules.check_sector(series, command.sector or "")
    with problems.noting():
        period = rules.parse_period(command.period, clock.local_date(now))
        figure.period_from, figure.period_to = period.start, period.end
    with problems.noting():
        typed = read_line(command.value, field="value", limit=60)
        if series is not None:
            figure.value = rules.read_figure(typed, series.measure, locale)
    with problems.noting():
        figure.source = read_line(command.source, field="source", limit=SOURCE_LIMIT)
    problems.refuse()
    return rules.outside_series(command.series), figure


def _view(
    figure: OutsideFigure, series: Series, author: str | None, superseded_at: datetime | None, locale: Locale
) -> OutsideFigureView:
    return OutsideFigureView(
        id=figure.id or 0,
        series=series.code,
        name=series.name.say(locale),
        sector=SECTORS[figure.sector].say(locale) if figure.sector else "",
        period_text=Period(figure.period_from, figure.period_to).say(locale),
        value=figure.value,
        value_text=rules.show_figure(figure.value, series.measure, MEASURES[series.measure], locale),
        source=figure.source,
        entered_by=author or UNKNOWN_AUTHOR.say(locale),
        entered_text=clock.show_time(figure.entered_at),
        standing=superseded_at is None,
        superseded_text="" if superseded_at is None else SUPERSEDED.say(locale, at=clock.show_time(superseded_at)),
    )
