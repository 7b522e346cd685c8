"""Every figure counted a second time, in plain Python over the orders as they were thought up, and compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import Session

from marketplace.base.money import show_money
from marketplace.sellers.rules import SellerKind
from marketplace.statistics import service
from marketplace.statistics.rules import HIDDEN, PUBLIC_SERIES
from tests.factories import make_commune, make_seller, make_staff
from tests.statistics.history import ENDINGS, Sale, write_sale

VIETNAM = timedelta(hours=7)
NOW = datetime(2026, 3, 10, 16, 59, 30, tzinfo=UTC)
TODAY = date(2026, 3, 10)
COMMUNES = {"31117": "Phường Ninh Kiều", "31120": "Phường Cái Khế", "31135": "Xã Phong Điền"}
KINDS = (SellerKind.ENTERPRISE, SellerKind.COOPERATIVE, SellerKind.HOUSEHOLD, SellerKind.FARM, SellerKind.ENTERPRISE)

EDGES = [
    datetime(2026, 3, 9, 17, tzinfo=UTC),
    datetime(2026, 3, 8, 17, tzinfo=UTC),
    datetime(2026, 2, 28, 17, tzinfo=UTC),
    datetime(2025, 12, 31, 17, tzinfo=UTC),
    datetime(2025, 12, 10, 17, tzinfo=UTC),
    datetime(2025, 3, 10, 17, tzinfo=UTC),
    datetime(2025, 1, 31, 17, tzinfo=UTC),
]
moments = st.one_of(
    st.timedeltas(timedelta(0), timedelta(days=464)).map(lambda back: NOW - back),
    st.timedeltas(timedelta(0), timedelta(days=2)).map(lambda back: NOW - back),
    st.builds(
        lambda edge, off: edge + timedelta(microseconds=off), st.sampled_from(EDGES), st.sampled_from([-1, 0, 1])
    ),
)
sales = st.builds(
    Sale,
    seller_id=st.integers(0, 8),
    buyer=st.sampled_from(["+84912000001", "+84912000002", "+84912000003"]),
    placed_at=moments,
    goods=st.integers(0, 10**10),
    fee=st.integers(0, 10**6),
    ending=st.sampled_from(ENDINGS),
    answer=st.timedeltas(timedelta(0), timedelta(hours=12)),
    rest=st.timedeltas(timedelta(0), timedelta(days=9)),
)


def day_of(moment: datetime) -> date:
    """The day in Vietnam, the plainest way."""
    return (moment + VIETNAM).date()


def month_of(moment: datetime) -> str:
    return f"{day_of(moment):%Y-%m}"


def active(history: list[Sale], last_day: date) -> set[int]:
    """Sellers with an order confirmed or completed in ninety days, that still stands."""
    first = last_day - timedelta(days=89)
    return {
        sale.seller_id
        for sale in history
        if sale.stands
        for moment in (sale.confirmed_at, sale.completed_at)
        if moment is not None and first <= day_of(moment) <= last_day
    }


@dataclass(frozen=True)
class Market:
    """Sellers, each with its commune and kind, in the order of their making."""

    home: dict[int, str]
    kinds: dict[int, SellerKind]


@pytest.fixture
def market(session: Session) -> Market:
    """Nine sellers over three communes."""
    for code, name in COMMUNES.items():
        make_commune(session, code, name)
    home, kinds = {}, {}
    for index, commune in enumerate(["31117"] * 4 + ["31120"] * 3 + ["31135"] * 2):
        kind = KINDS[index % len(KINDS)]
        seller_id = make_seller(session, f"Gian hàng {index}", kind=kind, commune_code=commune)
        home[seller_id], kinds[seller_id] = commune, kind
    return Market(home, kinds)


def write_history(session: Session, market: Market, drawn: list[Sale]) -> list[Sale]:
    """The orders those sellers got; nothing later than now."""
    ids = [*market.home]
    history = []
    for sale in drawn:
        latest = max(moment for moment in (sale.placed_at, sale.confirmed_at, sale.completed_at) if moment is not None)
        if latest <= NOW:
            history.append(replace(sale, seller_id=ids[sale.seller_id]))
    for sale in history:
        write_sale(session, sale)
    return history


@contextmanager
def fresh(session: Session) -> Iterator[None]:
    """Each example begins with sellers and nothing sold."""
    savepoint = session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        session.expunge_all()


@settings(max_examples=40)
@given(drawn=st.lists(sales, max_size=30))
def test_today_and_yesterday_are_what_the_rows_say(session: Session, market: Market, drawn: list[Sale]) -> None:
    with fresh(session):
        history = write_history(session, market, drawn)
        view = service.today(session, make_staff(session), "vi", NOW)
        shown = {figure.code: (figure.value, figure.yesterday) for figure in view.figures}
        days = (TODAY, TODAY - timedelta(days=1))

        def on(day: date, moment: Callable[[Sale], datetime | None]) -> list[Sale]:
            return [sale for sale in history if (at := moment(sale)) is not None and day_of(at) == day]

        assert shown == {
            "orders_placed": tuple(len(on(day, lambda sale: sale.placed_at)) for day in days),
            "contracts_concluded": tuple(len(on(day, lambda sale: sale.confirmed_at)) for day in days),
            "value_confirmed": tuple(sum(s.goods for s in on(day, lambda sale: sale.confirmed_at)) for day in days),
            "value_completed": tuple(sum(s.goods for s in on(day, lambda sale: sale.completed_at)) for day in days),
            "active_sellers": tuple(len(active(history, day)) for day in days),
            "buyers": tuple(len({s.buyer for s in on(day, lambda sale: sale.placed_at)}) for day in days),
        }
        by_month: dict[str, int] = defaultdict(int)
        for sale in history:
            if sale.completed_at is not None:
                by_month[month_of(sale.completed_at)] += sale.goods
        months = [f"{2025 + (index + 1) // 12}-{(index + 1) % 12 + 1:02d}" for index in range(14)]
        assert [row.value_text for row in reversed(view.value.rows)] == [show_money(by_month[m]) for m in months]


@settings(max_examples=25)
@given(drawn=st.lists(sales, max_size=30))
def test_public_series_are_what_the_rows_say_without_small_counts(
    session: Session, market: Market, drawn: list[Sale]
) -> None:
    with fresh(session):
        history = write_history(session, market, drawn)
        moments_of: dict[str, Callable[[Sale], datetime | None]] = {
            "orders_placed": lambda sale: sale.placed_at,
            "contracts_concluded": lambda sale: sale.confirmed_at,
            "value_confirmed": lambda sale: sale.confirmed_at,
            "value_completed": lambda sale: sale.completed_at,
        }
        for name in PUBLIC_SERIES:
            points = service.public_series(session, name, "vi", NOW).points
            assert len(points) == 14
            assert points[-1].period == "2026-02"
            for point in points:
                last_day = date.fromisoformat(point.period_to)
                if name == "active_sellers":
                    sellers, value = active(history, last_day), len(active(history, last_day))
                else:
                    moment = moments_of[name]
                    mine = [s for s in history if (at := moment(s)) is not None and month_of(at) == point.period]
                    sellers = {sale.seller_id for sale in mine}
                    value = sum(sale.goods for sale in mine) if name.startswith("value") else len(mine)
                assert point.value == (None if 0 < len(sellers) < 3 else value)


@settings(max_examples=25)
@given(drawn=st.lists(sales, max_size=40))
def test_the_table_by_commune_is_what_the_rows_say_and_gives_no_shop_away(
    session: Session, market: Market, drawn: list[Sale]
) -> None:
    with fresh(session):
        history, home = write_history(session, market, drawn), market.home
        table = service.by_commune(session, make_staff(session), TODAY, "vi", NOW)
        done = [s for s in history if s.completed_at is not None and month_of(s.completed_at) == "2026-03"]
        worth: dict[str, int] = defaultdict(int)
        sellers: dict[str, set[int]] = defaultdict(set)
        for sale in done:
            worth[home[sale.seller_id]] += sale.goods
            sellers[home[sale.seller_id]].add(sale.seller_id)
        busy = active(history, TODAY)
        shown = {row.code: row for row in table.rows}
        for code, row in shown.items():
            count = len([seller for seller in busy if home[seller] == code])
            assert row.sellers_text == ("< 3" if 0 < count < 3 else str(count))
            assert row.value_text == show_money(worth[code])
            assert len(sellers[code]) not in {1, 2}
        others = [code for code in COMMUNES if code not in shown]
        behind = sum(len(sellers[code]) for code in others)
        if table.rest_names:
            small = behind in {1, 2}
            assert table.rest.value_text == (HIDDEN.vi if small else show_money(sum(worth[code] for code in others)))
            assert not (small and shown)
        else:
            assert behind == 0
        everybody = sum(len(found) for found in sellers.values())
        assert table.total.value_text == (HIDDEN.vi if everybody in {1, 2} else show_money(sum(worth.values())))


@settings(max_examples=25)
@given(drawn=st.lists(sales, max_size=30))
def test_the_platforms_numerators_are_what_the_rows_say(session: Session, market: Market, drawn: list[Sale]) -> None:
    with fresh(session):
        history, kinds = write_history(session, market, drawn), market.kinds
        service.sync_indicators(session)
        views = {view.code: view for view in service.indicators(session, make_staff(session), 2026, "vi", NOW)}
        a_year_ago = date(2025, 3, 11)
        contracting = {
            sale.seller_id
            for sale in history
            if sale.confirmed_at is not None and a_year_ago <= day_of(sale.confirmed_at) <= TODAY
        }
        registered = {SellerKind.ENTERPRISE, SellerKind.COOPERATIVE}
        expected = {
            "enterprise_contracts": len({one for one in contracting if kinds[one] in registered}),
            "sme_platforms": len({one for one in active(history, TODAY) if kinds[one] is SellerKind.ENTERPRISE}),
        }
        for code, count in expected.items():
            fact = views[code].facts[0]
            assert (fact.known, fact.value) == (True, count)
            assert not views[code].known
            assert views[code].share_text == "chưa có số liệu"


@pytest.mark.parametrize("orders", [2, 40])
def test_pages_ask_the_database_the_same_number_of_questions_however_much_was_sold(
    session: Session, market: Market, orders: int
) -> None:
    drawn = [
        Sale(
            number % 9,
            f"+8491200{number:04d}",
            NOW - timedelta(days=number * 9, hours=number),
            1000 * number,
            0,
            "completed",
        )
        for number in range(1, orders)
    ]
    write_history(session, market, drawn)
    service.sync_indicators(session)
    staff = make_staff(session)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    try:
        service.today(session, staff, "vi", NOW)
        service.indicators(session, staff, 2026, "vi", NOW)
        service.by_commune(session, staff, TODAY, "vi", NOW)
        service.all_public_series(session, "vi", NOW)
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", note)
    assert len(asked) == 23
