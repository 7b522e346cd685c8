"""A seller's own report: what it sold in a span of days, by time, by product and by where its buyers are.

An order counts on the day the seller accepted it, as long as it stands; goods count without delivery, at what they weighed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, func, literal, select, union_all
from sqlmodel import Session, col

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.money import show_money
from marketplace.base.quantity import show_quantity
from marketplace.base.text import Locale, Text
from marketplace.catalog.rules import UNIT_LABELS, Unit
from marketplace.orders.models import OrderCharge, OrderLine, Purchase, SellerOrder
from marketplace.orders.rules import COMMISSIONS
from marketplace.sellers import service as sellers
from marketplace.statistics import rules
from marketplace.statistics.rules import Period
from marketplace.statistics.sales_views import ReportFigure, ReportRow, SalesReport, SliceRow, SpanChoice
from marketplace.statistics.service.counting import CONFIRMED
from marketplace.ui.chart_shapes import bar_chart

MOST_ROWS = 10
ORDERS = Text("Đơn đã nhận", "Orders accepted")
GOODS = Text("Tiền hàng", "Goods")
AVERAGE = Text("Trung bình một đơn", "An average order")
DELIVERY = Text("Phí giao", "Delivery fees")
COMMISSION = Text("Phí sàn", "The platform's fee")
BEFORE = Text("{figure} kỳ trước", "{figure} in the days before")
DAYS = Text("{days} ngày", "{days} days")
THIS_YEAR = Text("Năm nay", "This year")
MORE_ROWS = Text("và {count} dòng nữa trong tệp Excel", "and {count} more in the Excel file")
BY_TIME = Text("Tiền hàng theo thời gian", "Goods over time")
USUAL_SPANS = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class _Sums:
    orders: int = 0
    goods: int = 0
    delivery: int = 0
    commission: int = 0


def sales_report(
    session: Session, person: Person, first: str, last: str, locale: Locale, now: datetime, *, whole: bool = False
) -> SalesReport:
    """What the person's shop sold from one day to another (dates as inputs write them; the last days where empty).

    Raises NotSignedIn, NotFound without a shop, NotAllowed without SEE_MONEY, SpanWrong.
    """
    seller = sellers.seller_of(session, person)
    person.require_seller(seller.id, Right.SEE_MONEY)
    today = clock.local_date(now)
    span = rules.read_span(first, last, today)
    sums = _sums(session, seller.id, span)
    before = _sums(session, seller.id, rules.span_before(span))
    slices = _by_time(session, seller.id, span)
    most = None if whole else MOST_ROWS
    products = _by_product(session, seller.id, span, locale)
    communes = _by_commune(session, seller.id, span, locale)
    return SalesReport(
        store_name=seller.store_name,
        since=span.start.isoformat(),
        until=span.end.isoformat(),
        span_text=_say(span),
        choices=_choices(span, today, locale),
        figures=_figures(sums, before, locale),
        sold=bool(sums.orders),
        chart=bar_chart(
            [(row.label, row.value) for row in slices], lambda value: show_money(value or 0), label=BY_TIME.say(locale)
        ),
        slices=tuple(slices),
        products=tuple(products[:most]),
        products_left=_left(products, most, locale),
        communes=tuple(communes[:most]),
        communes_left=_left(communes, most, locale),
        workbook_href=f"/seller/reports.xlsx?{_query(span)}",
    )


def _accepted(seller_id: int, span: Period) -> tuple[ColumnElement[bool], ...]:
    since, until = span.bounds()
    moment = col(SellerOrder.confirmed_at)
    return (
        col(SellerOrder.seller_id) == seller_id,
        moment >= since,
        moment < until,
        col(SellerOrder.status).in_(CONFIRMED),
    )


def _sums(session: Session, seller_id: int, span: Period) -> _Sums:
    accepted = _accepted(seller_id, span)
    orders, goods, delivery = session.execute(
        select(func.count(), func.sum(col(SellerOrder.goods_total)), func.sum(col(SellerOrder.delivery_fee))).where(
            *accepted
        )
    ).one()
    commission = session.scalar(
        select(func.sum(col(OrderCharge.amount)))
        .join(SellerOrder, col(SellerOrder.id) == col(OrderCharge.order_id))
        .where(*accepted, col(OrderCharge.kind).in_(COMMISSIONS))
    )
    return _Sums(int(orders), int(goods or 0), int(delivery or 0), int(commission or 0))


def _by_time(session: Session, seller_id: int, span: Period) -> list[SliceRow]:
    slices = rules.slices_of(span)
    statement = union_all(
        *(
            select(literal(number), func.count(), func.sum(col(SellerOrder.goods_total))).where(
                *_accepted(seller_id, one)
            )
            for number, one in enumerate(slices)
        )
    )
    found = {number: (int(count), int(value or 0)) for number, count, value in session.execute(statement)}
    return [SliceRow(_say(one), *found[number]) for number, one in enumerate(slices)]


def _by_product(session: Session, seller_id: int, span: Period, locale: Locale) -> list[ReportRow]:
    value, quantity = func.sum(col(OrderLine.total)), func.sum(col(OrderLine.quantity))
    # Named as the latest of them is, since names may have been mended meanwhile.
    found = session.execute(
        select(
            func.max(col(OrderLine.name)),
            func.max(col(OrderLine.variant)),
            col(OrderLine.unit),
            quantity,
            func.count(func.distinct(col(OrderLine.order_id))),
            value,
        )
        .join(SellerOrder, col(SellerOrder.id) == col(OrderLine.order_id))
        .where(*_accepted(seller_id, span))
        .group_by(col(OrderLine.sku_id), col(OrderLine.unit))
        .order_by(value.desc(), col(OrderLine.sku_id))
    ).all()
    return _rows(
        [
            (
                f"{name} – {variant}" if variant else name,
                f"{show_quantity(int(many), locale)} {UNIT_LABELS[Unit(unit)].say(locale)}",
                orders,
                worth,
            )
            for name, variant, unit, many, orders, worth in found
        ]
    )


def _by_commune(session: Session, seller_id: int, span: Period, locale: Locale) -> list[ReportRow]:
    value = func.sum(col(SellerOrder.goods_total))
    found = session.execute(
        select(func.max(col(Purchase.commune_name)), func.count(), value)
        .join(SellerOrder, col(SellerOrder.purchase_id) == col(Purchase.id))
        .where(*_accepted(seller_id, span))
        .group_by(col(Purchase.commune_code))
        .order_by(value.desc(), col(Purchase.commune_code))
    ).all()
    return _rows([(name, "", orders, worth) for name, orders, worth in found])


def _rows(found: Sequence[tuple[Any, str, Any, Any]]) -> list[ReportRow]:
    top = max((int(value or 0) for *_, value in found), default=0) or 1
    return [
        ReportRow(
            name,
            detail,
            int(orders),
            str(orders),
            int(value or 0),
            show_money(int(value or 0)),
            int(value) * 100 // top,
        )
        for name, detail, orders, value in found
    ]


def _figures(sums: _Sums, before: _Sums, locale: Locale) -> tuple[ReportFigure, ...]:
    def figure(label: Text, now: str, then: str) -> ReportFigure:
        return ReportFigure(label.say(locale), now, BEFORE.say(locale, figure=then))

    def average(of: _Sums) -> str:
        return show_money(of.goods // of.orders) if of.orders else "–"

    return (
        figure(ORDERS, str(sums.orders), str(before.orders)),
        figure(GOODS, show_money(sums.goods), show_money(before.goods)),
        figure(AVERAGE, average(sums), average(before)),
        figure(DELIVERY, show_money(sums.delivery), show_money(before.delivery)),
        figure(COMMISSION, show_money(sums.commission), show_money(before.commission)),
    )


def _choices(span: Period, today: date, locale: Locale) -> tuple[SpanChoice, ...]:
    usual = [(DAYS.say(locale, days=days), rules.last_days(today, days)) for days in USUAL_SPANS]
    usual.append((THIS_YEAR.say(locale), Period(date(today.year, 1, 1), today)))
    return tuple(SpanChoice(label, f"/seller/reports?{_query(one)}", one == span) for label, one in usual)


def _query(span: Period) -> str:
    return urlencode({"from": span.start.isoformat(), "to": span.end.isoformat()})


def _say(span: Period) -> str:
    first, last = span.start, span.end
    return f"{last:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"


def _left(rows: Sequence[ReportRow], most: int | None, locale: Locale) -> str:
    left = 0 if most is None else len(rows) - most
    return MORE_ROWS.say(locale, count=left) if left > 0 else ""
