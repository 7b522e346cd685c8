"""Figures by commune, small counts hidden so that no shop's turnover can be read, not even by subtraction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.money import show_money
from marketplace.base.text import Locale, Text
from marketplace.orders.models import SellerOrder
from marketplace.places.models import Commune
from marketplace.statistics import rules
from marketplace.statistics.rules import ACTIVE_DAYS, FEW, HIDDEN, HIDDEN_BESIDE, month_of, month_start
from marketplace.statistics.service import counting
from marketplace.statistics.service.counting import Tally
from marketplace.statistics.views import CommuneRow, CommuneTable

TOTAL = Text("Cả tỉnh", "Whole province")
NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class _Column:
    """A measure of every commune, with what has to stay hidden of it."""

    tallies: Sequence[Tally]
    measure: Callable[[Tally], int]

    @property
    def hidden(self) -> frozenset[int] | None:
        return rules.hidden_cells([tally.sellers for tally in self.tallies])

    @property
    def total(self) -> int:
        return sum(self.measure(tally) for tally in self.tallies)


def by_commune(session: Session, person: Person, month: date, locale: Locale, now: datetime) -> CommuneTable:
    """A month's figures by the commune sellers are in, most active shops first.

    Raises NotSignedIn or NotAllowed.
    """
    person.require_right(Right.READ_INDICATORS)
    period, before = month_of(month), month_of(month_start(month, 1))
    last_day = min(period.end, clock.local_date(now))
    bounds = counting.slices([before.bounds(), period.bounds()])
    value = counting.tallies_by_commune(session, col(SellerOrder.completed_at), col(SellerOrder.goods_total), bounds)
    orders = counting.tallies_by_commune(session, col(SellerOrder.placed_at), col(SellerOrder.goods_total), bounds)
    window = rules.active_window(last_day, ACTIVE_DAYS)
    activity = counting.sales_activity(session, counting.slices([window]))
    active = Counter(seller.commune_code for seller in activity if seller.active(0, window[0]))
    codes = {*value, *orders, *active}
    names = dict(session.exec(select(Commune.code, Commune.name).where(col(Commune.code).in_(codes))).all())
    return _table(period.say(locale), names, active, value, orders, locale)


def _table(
    period_text: str,
    names: Mapping[str, str],
    active: Mapping[str, int],
    value: Mapping[str, list[Tally]],
    orders: Mapping[str, list[Tally]],
    locale: Locale,
) -> CommuneTable:
    # By shops, not by value: an order by value would tell where a hidden figure lies.
    codes = sorted(names, key=lambda code: (-active.get(code, 0), names[code], code))
    worth = _Column([_cell(value, code, 1) for code in codes], lambda tally: tally.value)
    worth_before = _Column([_cell(value, code, 0) for code in codes], lambda tally: tally.value)
    placed = _Column([_cell(orders, code, 1) for code in codes], lambda tally: tally.count)
    rows = tuple(
        CommuneRow(
            code=code,
            name=names[code],
            sellers_text=_few(active.get(code, 0), locale),
            value_text=_shown(worth, index, show_money, locale),
            change_text=_change(worth, worth_before, index, locale),
            orders_text=_shown(placed, index, lambda count: rules.show_number(count, locale), locale),
        )
        for index, code in enumerate(codes)
    )
    total = CommuneRow(
        name=TOTAL.say(locale),
        sellers_text=_few(sum(active.values()), locale),
        value_text=HIDDEN.say(locale) if worth.hidden is None else show_money(worth.total),
        change_text=""
        if worth.hidden is None or worth_before.hidden is None
        else rules.show_change(worth.total, worth_before.total, locale),
        orders_text=HIDDEN.say(locale) if placed.hidden is None else rules.show_number(placed.total, locale),
    )
    return CommuneTable(
        period_text=period_text,
        rows=rows,
        total=total,
        some_hidden=any(column.hidden != frozenset() for column in (worth, placed)),
    )


def _cell(tallies: Mapping[str, list[Tally]], code: str, index: int) -> Tally:
    return tallies[code][index] if code in tallies else NOTHING


def _few(sellers: int, locale: Locale) -> str:
    return FEW.say(locale) if rules.disclosive(sellers) else rules.show_number(sellers, locale)


def _shown(column: _Column, index: int, show: Callable[[int], str], locale: Locale) -> str:
    tally = column.tallies[index]
    if _is_hidden(column, index):
        return (HIDDEN if rules.disclosive(tally.sellers) else HIDDEN_BESIDE).say(locale)
    return show(column.measure(tally))


def _change(worth: _Column, before: _Column, index: int, locale: Locale) -> str:
    if _is_hidden(worth, index) or _is_hidden(before, index):
        return ""
    return rules.show_change(worth.measure(worth.tallies[index]), before.measure(before.tallies[index]), locale)


def _is_hidden(column: _Column, index: int) -> bool:
    hidden = column.hidden
    if hidden is None:
        return column.tallies[index].sellers > 0
    return index in hidden
