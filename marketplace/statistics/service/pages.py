"""What each page shows, put together from the use cases; texts ready in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from marketplace.accounts.rules import Right, allowed
from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.text import Locale, Text
from marketplace.sellers import service as sellers
from marketplace.sellers.rules import FIELD_LABELS, PAPER_LABELS, SellerStatus, points_of
from marketplace.sellers.views import ApplicationView, paper_url
from marketplace.statistics import rules
from marketplace.statistics.rules import BILLION_DONG, MEASURES, OUTSIDE_SERIES, SECTORS, TREND_MONTHS, Measure, Period
from marketplace.statistics.service.communes import by_commune
from marketplace.statistics.service.figures import outside_figures
from marketplace.statistics.service.indicators import indicators, public_indicators
from marketplace.statistics.service.series import all_public_series
from marketplace.statistics.service.today import today
from marketplace.statistics.views import (
    ApplicationCard,
    ApplicationsPage,
    Choice,
    FiguresPage,
    MoveShown,
    PaperShown,
    PointChoice,
    ReviewPage,
    SeriesCard,
    StaffPage,
    StatisticsPage,
    YearLink,
)

YEARS_SHOWN = 4
NONE_GIVEN = Text("chưa khai", "not given")
SAME_TAX_CODE = Text("{count} gian hàng khác dùng mã số thuế này", "{count} other shops use this tax code")
SAME_PHONE = Text("{count} gian hàng khác dùng số điện thoại này", "{count} other shops use this phone number")
SAME_ACCOUNT = Text("{count} gian hàng khác dùng tài khoản ngân hàng này", "{count} other shops use this bank account")
PAPERS = Text("{count} ảnh giấy tờ", "{count} pictures of papers")
NO_PAPERS = Text("chưa gửi giấy tờ", "no papers sent")
WAITING = Text("{count} đơn đang chờ", "{count} waiting")


def public_page(session: Session, year: int, locale: Locale, now: datetime) -> StatisticsPage:
    """The page everybody may read; raises YearUnknown."""
    views = public_indicators(session, year, locale, now)
    cards = tuple(
        SeriesCard(series.title, series.rule, f"/api/v1/statistics/series/{series.name}", series.chart)
        for series in all_public_series(session, locale, now)
    )
    years = tuple(YearLink(one, f"/statistics?year={one}", one == year) for one in _years(now))
    return StatisticsPage(year=year, years=years, indicators=views, there=bool(views), series=cards)


def staff_page(session: Session, person: Person, year: int, month: date, locale: Locale, now: datetime) -> StaffPage:
    """The staff's overview of a year, with a month's table by commune; raises NotSignedIn, NotAllowed, YearUnknown."""
    views = indicators(session, person, year, locale, now)
    months = rules.last_months(clock.local_date(now), TREND_MONTHS)
    return StaffPage(
        year=year,
        years=tuple(Choice(str(one), str(one)) for one in _years(now)),
        month=rules.month_of(month).code,
        months=tuple(_choice(one, locale) for one in reversed(months)),
        today=today(session, person, locale, now),
        indicators=views,
        there=bool(views),
        communes=by_commune(session, person, month, locale, now),
    )


def figures_page(session: Session, person: Person, series: str, locale: Locale, now: datetime) -> FiguresPage:
    """Figures from outside, and the choices for entering one of a series; raises NotSignedIn or NotAllowed."""
    chosen = OUTSIDE_SERIES.get(series)
    found = outside_figures(session, person, locale, chosen.code if chosen else "")
    unit = None if chosen is None else BILLION_DONG if chosen.measure is Measure.DONG else MEASURES[chosen.measure]
    return FiguresPage(
        may_enter=allowed(Right.ENTER_FIGURES, person.roles),
        series=tuple(Choice(code, one.name.say(locale)) for code, one in OUTSIDE_SERIES.items()),
        sectors=tuple(Choice(code, name.say(locale)) for code, name in SECTORS.items()),
        periods=tuple(_choice(period, locale) for period in rules.reportable(clock.local_date(now))),
        unit=unit.say(locale) if unit else "",
        rule=chosen.rule.say(locale) if chosen else "",
        by_sector=chosen is not None and chosen.by_sector,
        chosen_name=chosen.name.say(locale) if chosen else "",
        figures=found,
        there=bool(found),
    )


def applications_page(session: Session, person: Person, locale: Locale) -> ApplicationsPage:
    """Applications that wait for the person's decision; raises NotSignedIn or NotAllowed."""
    waiting = sellers.applications(session, person)
    return ApplicationsPage(
        there=bool(waiting),
        count_text=WAITING.say(locale, count=len(waiting)),
        applications=_cards(waiting, locale),
    )


def review_page(session: Session, person: Person, seller_id: int, locale: Locale) -> ReviewPage:
    """One application for whom it waits; raises as `application`."""
    file = sellers.application_file(session, person, seller_id)
    status = file.facts.status
    return ReviewPage(
        there=True,
        waits=status is SellerStatus.APPLIED,
        may_refuse=status in {SellerStatus.APPLIED, SellerStatus.NEEDS_MORE},
        status_text=file.facts.status_label.say(locale),
        card=_cards([file.facts], locale)[0],
        bank_text=file.bank_name or NONE_GIVEN.say(locale),
        bank_account=file.bank_account,
        bank_holder=file.bank_holder,
        papers=tuple(PaperShown(PAPER_LABELS[paper].say(locale), paper_url(key)) for paper, key in file.papers),
        missing=tuple(PAPER_LABELS[paper].say(locale) for paper in file.missing),
        points=tuple(
            PointChoice(name, FIELD_LABELS[name].say(locale), name in file.missing)
            for name in points_of(file.facts.kind)
        ),
        moves=tuple(MoveShown(move.state.say(locale), move.at_text, move.by, move.reason) for move in file.moves),
    )


def _cards(waiting: Sequence[ApplicationView], locale: Locale) -> tuple[ApplicationCard, ...]:
    return tuple(
        ApplicationCard(
            seller_id=one.seller_id,
            store_name=one.store_name,
            legal_name=one.legal_name,
            kind_text=one.kind_label.say(locale),
            tax_code=one.tax_code or NONE_GIVEN.say(locale),
            street=one.street,
            commune=one.commune_name,
            phone_text=one.phone_text,
            applied_text=one.applied_text,
            same_tax_code_text=SAME_TAX_CODE.say(locale, count=one.same_tax_code) if one.same_tax_code else "",
            same_phone_text=SAME_PHONE.say(locale, count=one.same_phone) if one.same_phone else "",
            same_bank_account_text=SAME_ACCOUNT.say(locale, count=one.same_bank_account)
            if one.same_bank_account
            else "",
            papers_text=PAPERS.say(locale, count=one.papers) if one.papers else NO_PAPERS.say(locale),
            href=f"/staff/sellers/{one.seller_id}",
        )
        for one in waiting
    )


def _years(now: datetime) -> list[int]:
    this = clock.local_date(now).year
    return [year for year in range(this, this - YEARS_SHOWN, -1) if year >= rules.FIRST_YEAR]


def _choice(period: Period, locale: Locale) -> Choice:
    return Choice(period.code, period.say(locale))
