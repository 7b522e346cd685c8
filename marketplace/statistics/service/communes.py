"""Figures by commune; communes with few shops are summed, so that no shop's turnover can be read from the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
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
from marketplace.statistics.rules import ACTIVE_DAYS, FEW, HIDDEN, month_of, month_start
from marketplace.statistics.service import counting
from marketplace.statistics.service.counting import Tally
from marketplace.statistics.views import CommuneRow, CommuneTable

TOTAL = Text("Cả tỉnh", "Whole province")
REST = Text("{count} xã, phường còn lại", "{count} other communes")
NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class _Row:
    """What a commune, or several together, did in a month."""

    active: int
    sold: Tally
    sold_before: Tally
    ordered: Tally


def by_commune(session: Session, person: Person, month: date, locale: Locale, now: datetime) -> CommuneTable:
    """A month's figures by the commune sellers are in, most active shops first.

    Raises NotSignedIn or NotAllowed.
    """
    person.require_right(Right.READ_INDICATORS)
    period, before = month_of(month), month_of(month_start(month, 1))
    bounds = counting.slices([before.bounds(), period.bounds()])
    goods = col(SellerOrder.goods_total)
    sold = counting.tallies_by_commune(session, col(SellerOrder.completed_at), goods, bounds)
    ordered = counting.tallies_by_commune(session, col(SellerOrder.placed_at), goods, bounds)
    window = rules.active_window(min(period.end, clock.local_date(now)), ACTIVE_DAYS)
    activity = counting.sales_activity(session, [window])
    active = Counter(seller.commune_code for seller in activity)
    codes = {*sold, *ordered, *active}
    names = dict(session.exec(select(Commune.code, Commune.name).where(col(Commune.code).in_(codes))).all())
    rows = {
        code: _Row(active[code], _cell(sold, code, 1), _cell(sold, code, 0), _cell(ordered, code, 1)) for code in names
    }
    return _table(period.say(locale), names, rows, locale)


def _table(period_text: str, names: Mapping[str, str], rows: Mapping[str, _Row], locale: Locale) -> CommuneTable:
    # By shops, not by value: an order by value would tell where a summed figure lies.
    codes = sorted(rows, key=lambda code: (-rows[code].active, names[code], code))
    columns = [
        [rows[code].sold.sellers for code in codes],
        [rows[code].sold_before.sellers for code in codes],
        [rows[code].ordered.sellers for code in codes],
    ]
    grouped = rules.rows_to_group(columns) if codes else frozenset()
    rest = [code for index, code in enumerate(codes) if index in grouped]
    return CommuneTable(
        period_text=period_text,
        there=bool(codes),
        rows=tuple(
            _shown(code, names[code], rows[code], locale) for index, code in enumerate(codes) if index not in grouped
        ),
        rest=_shown("", REST.say(locale, count=len(rest)), _sum([rows[code] for code in rest]), locale),
        rest_names=", ".join(sorted(names[code] for code in rest)),
        total=_shown("", TOTAL.say(locale), _sum(rows.values()), locale),
    )


def _shown(code: str, name: str, row: _Row, locale: Locale) -> CommuneRow:
    comparable = not rules.disclosive(row.sold.sellers) and not rules.disclosive(row.sold_before.sellers)
    return CommuneRow(
        code=code,
        name=name,
        sellers_text=(FEW.say(locale) if rules.disclosive(row.active) else rules.show_number(row.active, locale)),
        value_text=HIDDEN.say(locale) if rules.disclosive(row.sold.sellers) else show_money(row.sold.value),
        change_text=rules.show_change(row.sold.value, row.sold_before.value, locale) if comparable else "",
        orders_text=HIDDEN.say(locale)
        if rules.disclosive(row.ordered.sellers)
        else rules.show_number(row.ordered.count, locale),
    )


def _cell(tallies: Mapping[str, list[Tally]], code: str, index: int) -> Tally:
    return tallies[code][index] if code in tallies else NOTHING


def _sum(rows: Collection[_Row]) -> _Row:
    return _Row(
        sum(row.active for row in rows),
        _together([row.sold for row in rows]),
        _together([row.sold_before for row in rows]),
        _together([row.ordered for row in rows]),
    )


def _together(tallies: Collection[Tally]) -> Tally:
    # Sellers add up: each has one commune.
    return Tally(
        sum(tally.count for tally in tallies),
        sum(tally.value for tally in tallies),
        sum(tally.sellers for tally in tallies),
    )
