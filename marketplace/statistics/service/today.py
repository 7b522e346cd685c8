"""What happens on the platform today, beside yesterday and the months before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.money import show_money
from marketplace.base.text import Locale, Text
from marketplace.sellers.rules import SellerKind
from marketplace.statistics import rules
from marketplace.statistics.rules import ACTIVE_DAYS, PUBLIC_SERIES, TREND_MONTHS
from marketplace.statistics.service import counting
from marketplace.statistics.views import TodayFigure, TodayView
from marketplace.ui.chart_shapes import bar_chart

BUYERS = Text("Người mua", "Buyers")
BUYERS_RULE = Text("Số điện thoại khác nhau đã đặt hàng trong ngày.", "Different phone numbers that ordered that day.")
ORDERS_BY_MONTH = Text("Đơn đã đặt theo tháng", "Orders placed by month")
VALUE_BY_MONTH = Text("Giá trị hàng bán xong theo tháng", "Value of goods sold by month")
EVERY_KIND = frozenset(SellerKind)


def today(session: Session, person: Person, locale: Locale, now: datetime) -> TodayView:
    """Today's figures, yesterday's beside them, and fourteen months; raises NotSignedIn, NotAllowed."""
    figures = today_figures(session, person, locale, now)
    months = rules.last_months(clock.local_date(now), TREND_MONTHS)
    bounds = counting.slices([month.bounds() for month in months])
    return replace(
        figures,
        orders=bar_chart(
            [
                (month.say(locale), tally.count)
                for month, tally in zip(months, counting.orders_placed(session, bounds), strict=True)
            ],
            lambda value: rules.show_number(value or 0, locale),
            label=ORDERS_BY_MONTH.say(locale),
        ),
        value=bar_chart(
            [
                (month.say(locale), tally.value)
                for month, tally in zip(months, counting.orders_completed(session, bounds), strict=True)
            ],
            lambda value: show_money(value or 0),
            label=VALUE_BY_MONTH.say(locale),
        ),
    )


def today_figures(session: Session, person: Person, locale: Locale, now: datetime) -> TodayView:
    """Today's figures and yesterday's, without the months; raises NotSignedIn or NotAllowed."""
    person.require_right(Right.READ_INDICATORS)
    day = clock.local_date(now)
    before = day - timedelta(days=1)
    bounds = counting.slices([clock.day_bounds(before), clock.day_bounds(day)])
    windows = [rules.active_window(before, ACTIVE_DAYS), rules.active_window(day, ACTIVE_DAYS)]
    activity = counting.sales_activity(session, windows)
    placed = counting.orders_placed(session, bounds)
    confirmed = counting.orders_confirmed(session, bounds)
    completed = counting.orders_completed(session, bounds)
    concluded = counting.contracts_concluded(session, bounds)
    active = counting.active_in(windows, activity, EVERY_KIND)
    number = partial(rules.show_number, locale=locale)
    return TodayView(
        day_text=clock.show_date(now),
        at_text=now.astimezone(clock.VIETNAM).strftime("%H:%M:%S"),
        figures=(
            _figure("orders_placed", [tally.count for tally in placed], number, locale),
            _figure("contracts_concluded", [tally.count for tally in concluded], number, locale),
            _figure("value_confirmed", [tally.value for tally in confirmed], show_money, locale),
            _figure("value_completed", [tally.value for tally in completed], show_money, locale),
            _figure("active_sellers", active, number, locale),
            _figure("buyers", counting.buyers(session, bounds), number, locale),
        ),
    )


def _figure(code: str, pair: Sequence[int], show: Callable[[int], str], locale: Locale) -> TodayFigure:
    name, rule = (BUYERS, BUYERS_RULE) if code == "buyers" else (PUBLIC_SERIES[code].name, PUBLIC_SERIES[code].rule)
    yesterday, value = pair
    return TodayFigure(
        code=code,
        name=name.say(locale),
        rule=rule.say(locale),
        value=value,
        value_text=show(value),
        yesterday=yesterday,
        yesterday_text=show(yesterday),
    )
