"""A seller's report: counted once more by hand, for nobody else, and a workbook that says the same."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from marketplace.accounts.rules import MemberRole
from marketplace.accounts.views import GUEST
from marketplace.base import clock
from marketplace.base.errors import NotAllowed, NotFound, NotSignedIn
from marketplace.base.money import show_money
from marketplace.sellers.models import SellerMember
from marketplace.statistics import service, workbooks
from marketplace.statistics.rules import SpanWrong
from marketplace.statistics.sales_views import ReportRow, SalesReport
from tests.factories import make_account, make_owner, make_person, make_product, make_seller
from tests.statistics.history import ENDINGS, Sale, write_sale

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
FIRST, LAST = "2026-02-01", "2026-03-10"
MOMENTS = st.integers(0, 48 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 20, tzinfo=UTC) + timedelta(minutes=minutes)
)
SALES = st.lists(
    st.tuples(st.booleans(), MOMENTS, st.integers(1_000, 900_000), st.sampled_from(ENDINGS)), min_size=1, max_size=25
)


@given(drawn=SALES)
@settings(max_examples=25)
def test_orders_accepted_on_the_days_asked_for_are_counted_once_each_and_no_others(
    session: Session, drawn: list[tuple[bool, datetime, int, str]]
) -> None:
    with session.begin_nested() as example:
        mine, other = make_seller(session), make_seller(session)
        sales = [
            Sale(mine if own else other, "+84912000001", moment, goods, 20_000, ending)
            for own, moment, goods, ending in drawn
        ]
        for sale in sales:
            write_sale(session, sale)
        report = service.sales_report(session, make_owner(session, mine), FIRST, LAST, "vi", NOW)
        counted = [
            sale
            for sale in sales
            if sale.seller_id == mine
            and sale.stands
            and sale.confirmed_at is not None
            and date(2026, 2, 1) <= clock.local_date(sale.confirmed_at) <= date(2026, 3, 10)
        ]
        goods = sum(sale.goods for sale in counted)
        assert report.figures[0].text == str(len(counted))
        assert report.figures[1].text == show_money(goods)
        assert report.figures[3].text == show_money(20_000 * len(counted))
        assert sum(row.value for row in report.slices) == goods
        assert sum(row.orders for row in report.slices) == len(counted)
        assert sum(row.value for row in report.communes) == goods
        assert report.sold == bool(counted)
        example.rollback()


def test_the_days_before_stand_beside(session: Session) -> None:
    seller_id = make_seller(session)
    for days, goods in ((3, 500_000), (10, 200_000), (11, 100_000)):
        write_sale(session, Sale(seller_id, "+84912000001", NOW - timedelta(days=days), goods, 0, "completed"))
    report = service.sales_report(session, make_owner(session, seller_id), "2026-03-04", "2026-03-10", "vi", NOW)
    assert report.figures[1].text == show_money(500_000)
    assert report.figures[1].before_text == f"{show_money(300_000)} kỳ trước"
    assert report.figures[2].before_text == f"{show_money(150_000)} kỳ trước"


def test_only_who_may_see_the_shops_money_reads_it(session: Session) -> None:
    seller_id = make_seller(session)
    with pytest.raises(NotSignedIn):
        service.sales_report(session, GUEST, "", "", "vi", NOW)
    with pytest.raises(NotFound):
        service.sales_report(session, make_person(session, make_account(session)), "", "", "vi", NOW)
    helper = make_account(session)
    session.add(SellerMember(seller_id=seller_id, account_id=helper, role=MemberRole.STAFF))
    session.flush()
    with pytest.raises(NotAllowed):
        service.sales_report(session, make_person(session, helper), "", "", "vi", NOW)


def test_a_span_that_is_none_is_refused(session: Session) -> None:
    owner = make_owner(session, make_seller(session))
    with pytest.raises(SpanWrong):
        service.sales_report(session, owner, "2026-03-10", "2026-03-01", "vi", NOW)


def test_a_shop_without_sales_has_an_empty_report(session: Session) -> None:
    seller_id = make_seller(session)
    make_product(session, seller_id=seller_id)
    report = service.sales_report(session, make_owner(session, seller_id), "", "", "en", NOW)
    assert not report.sold
    assert report.figures[2].text == "–"
    assert report.products == ()


def test_the_workbook_has_numbers_as_numbers_and_names_as_text() -> None:
    report = SalesReport(
        store_name='=HYPERLINK("http://x","y")',
        span_text="01/03/2026 – 10/03/2026",
        products=(ReportRow("=1+1", "2 kg", 3, "3", 65_000, "65.000 ₫"), ReportRow("@cmd", "1 trái", 1, "1", 7, "7 ₫")),
        communes=(ReportRow("Xã Phong Điền", "", 4, "4", 65_007, ""),),
    )
    book = openpyxl.load_workbook(io.BytesIO(workbooks.write(report, "vi")))
    assert book.sheetnames == ["Tóm tắt", "Theo thời gian", "Theo sản phẩm", "Theo nơi nhận"]
    assert [cell.value for cell in book["Theo sản phẩm"][2]] == ["=1+1", "2 kg", 3, 65_000]
    assert [cell.data_type for cell in book["Theo sản phẩm"][2]] == ["s", "s", "n", "n"]
    assert book["Tóm tắt"]["B2"].data_type == "s"
    assert [cell.value for cell in book["Theo nơi nhận"][2]] == ["Xã Phong Điền", 4, 65_007]
    assert book["Theo sản phẩm"]["D2"].number_format == "#,##0"
