"""Indicators: what is known, what is missing, and that the two kinds of figures are never mixed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from marketplace.accounts.rules import Role
from marketplace.accounts.views import GUEST, Person
from marketplace.base.errors import DomainError, NotAllowed, NotSignedIn
from marketplace.sellers.rules import SellerKind
from marketplace.statistics import service
from marketplace.statistics.commands import FigureCommand
from marketplace.statistics.models import Indicator, IndicatorTarget
from marketplace.statistics.rules import SECTORS
from marketplace.statistics.views import IndicatorView
from tests.factories import make_account, make_commune, make_person, make_seller, make_staff
from tests.statistics.history import Sale, write_sale

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
BILLION = 10**9


@pytest.fixture
def staff(session: Session) -> Person:
    service.sync_indicators(session)
    return make_staff(session)


def put(session: Session, staff: Person, series: str, value: str, period: str = "2025", sector: str = "") -> None:
    command = FigureCommand(series=series, sector=sector, period=period, value=value, source="Cục Thống kê, BC 12/2025")
    service.enter_outside_figure(session, staff, command, "vi", NOW)


def one(session: Session, staff: Person, code: str, year: int = 2025, now: datetime = NOW) -> IndicatorView:
    return next(view for view in service.indicators(session, staff, year, "vi", now) if view.code == code)


def sell(session: Session, kind: SellerKind, goods: int = 1000, ending: str = "completed", days: int = 100) -> int:
    seller_id = make_seller(session, kind=kind)
    write_sale(session, Sale(seller_id, "+84912000001", NOW - timedelta(days=days), goods, 0, ending))
    return seller_id


def test_syncing_twice_changes_nothing_and_mends_what_drifted(session: Session) -> None:
    service.sync_indicators(session)

    def rows() -> list[object]:
        indicators = session.exec(select(Indicator).order_by(col(Indicator.code))).all()
        targets = session.exec(select(IndicatorTarget).order_by(col(IndicatorTarget.id))).all()
        return [row.model_dump(warnings=False) for row in (*indicators, *targets)]

    first = rows()
    assert len(first) == 6 + 12
    drifted = session.exec(select(IndicatorTarget)).first()
    assert drifted is not None
    drifted.share += 1
    session.flush()
    service.sync_indicators(session)
    assert rows() == first


def test_without_any_figure_every_indicator_is_unknown_and_says_what_is_missing(
    session: Session, staff: Person
) -> None:
    for view in service.indicators(session, staff, 2025, "vi", NOW):
        assert not view.known
        assert view.share_text == "chưa có số liệu"
        assert view.verdict.startswith("Chưa có số liệu: thiếu ")
        assert {target.standing for target in view.targets} == {"unknown"}


def test_the_share_of_e_commerce_is_made_of_outside_figures_only(session: Session, staff: Person) -> None:
    put(session, staff, "retail_sales", "150.000")
    put(session, staff, "ecommerce_sales", "12.600")
    before = one(session, staff, "ecommerce_retail")
    for _ in range(3):
        sell(session, SellerKind.FARM, goods=500 * BILLION)
    view = one(session, staff, "ecommerce_retail")
    assert (view.share_text, view.verdict) == ("8,4%", "Còn thiếu 1,6 điểm.")
    assert (view.share, view.target_text) == (before.share, "mục tiêu 2025: trên 10%")
    assert [fact.origin for fact in view.facts] == ["outside", "outside", "platform"]
    assert (view.facts[2].value, view.facts[2].role_text) == (1500 * BILLION, "Để đối chiếu, không cộng vào")
    assert "1% tổng mức bán lẻ" in view.facts[2].name


def test_in_public_what_two_sellers_sold_is_not_shown_beside_it(session: Session, staff: Person) -> None:
    put(session, staff, "retail_sales", "150.000")
    put(session, staff, "ecommerce_sales", "12.600")
    for _ in range(2):
        sell(session, SellerKind.FARM, goods=500 * BILLION)
    view = service.public_indicators(session, 2025, "vi", NOW)[0]
    assert view.share_text == "8,4%"
    assert (view.facts[2].known, view.facts[2].value) == (False, 0)
    assert "%" not in view.facts[2].name


def test_a_numerator_without_a_denominator_of_its_period_is_no_share(session: Session, staff: Person) -> None:
    put(session, staff, "ecommerce_sales", "12.600", "2025-H1")
    assert "tổng mức bán lẻ" in one(session, staff, "ecommerce_retail").verdict
    put(session, staff, "retail_sales", "150.000", "2025")
    view = one(session, staff, "ecommerce_retail")
    assert not view.known
    assert view.verdict == "Chưa có số liệu: tử số và mẫu số chưa có cùng kỳ."
    put(session, staff, "retail_sales", "70.000", "2025-H1")
    assert one(session, staff, "ecommerce_retail").share_text == "18%"


def test_the_longest_of_the_latest_periods_speaks_for_the_year(session: Session, staff: Person) -> None:
    for period, value in (("2025-12", "20"), ("2025-Q4", "30"), ("2025", "40"), ("2025-11", "50"), ("2024", "60")):
        put(session, staff, "digital_value_added", value, period)
        put(session, staff, "grdp", "200", period)
    assert one(session, staff, "digital_grdp").share_text == "20%"
    assert one(session, staff, "digital_grdp").verdict == "Đạt mục tiêu."
    view = one(session, staff, "digital_grdp", 2024)
    assert view.share_text == "30%"
    assert [row.value_text for row in one(session, staff, "digital_grdp").chart.rows] == ["20%", "30%"]


def test_who_counts_as_an_enterprise_with_e_contracts(session: Session, staff: Person) -> None:
    put(session, staff, "enterprises", "8", "2025")
    for kind in SellerKind:
        sell(session, kind)
    sell(session, SellerKind.ENTERPRISE, ending="canceled_after")
    sell(session, SellerKind.ENTERPRISE, ending="expired")
    sell(session, SellerKind.ENTERPRISE, days=500)
    view = one(session, staff, "enterprise_contracts", 2026)
    assert view.facts[0].value == 3
    assert view.share_text == "37,5%"
    assert view.verdict == "Còn thiếu 62,5 điểm, tức 5 doanh nghiệp."
    assert "Chợ Quê đếm" in view.source
    assert "Cục Thống kê" in view.source


def test_who_counts_as_an_sme_on_a_platform(session: Session, staff: Person) -> None:
    put(session, staff, "smes", "10", "2025")
    for kind in SellerKind:
        sell(session, kind, days=80)
    sell(session, SellerKind.ENTERPRISE, ending="confirmed", days=89)
    sell(session, SellerKind.ENTERPRISE, ending="canceled_after", days=5)
    sell(session, SellerKind.ENTERPRISE, ending="waiting", days=1)
    sell(session, SellerKind.ENTERPRISE, days=200)
    make_seller(session, kind=SellerKind.ENTERPRISE)
    assert one(session, staff, "sme_platforms", 2026).share_text == "20%"


def test_a_count_of_enterprises_serves_the_next_year_but_not_the_one_after(session: Session, staff: Person) -> None:
    put(session, staff, "smes", "10", "2025")
    sell(session, SellerKind.ENTERPRISE, days=80)
    assert one(session, staff, "sme_platforms", 2026).known
    assert not one(session, staff, "sme_platforms", 2027, NOW + timedelta(days=365)).known


def test_before_the_first_seller_the_platform_has_no_figure_rather_than_zero(session: Session, staff: Person) -> None:
    put(session, staff, "smes", "10", "2024")
    make_seller(session)
    view = one(session, staff, "sme_platforms", 2024)
    assert not view.known
    assert not view.facts[0].known
    assert view.facts[1].known


def test_every_sector_must_be_known_and_reach_the_target(session: Session, staff: Person) -> None:
    def put_sector(sector: str, digital: str) -> None:
        put(session, staff, "sector_digital_value_added", digital, sector=sector)
        put(session, staff, "sector_value_added", "100", sector=sector)

    sectors = list(SECTORS)
    for sector in sectors[:-1]:
        put_sector(sector, "25")
    view = one(session, staff, "digital_sectors")
    assert (view.known, view.share_text, view.standing) == (True, "25%", "unknown")
    assert SECTORS[sectors[-1]].vi in view.verdict
    put_sector(sectors[-1], "9,5")
    view = one(session, staff, "digital_sectors")
    assert (view.share_text, view.standing) == ("9,5%", "short")
    assert SECTORS[sectors[-1]].vi in view.period_text
    put_sector_again = FigureCommand(
        series="sector_digital_value_added", sector=sectors[-1], period="2025", value="10", source="Điều chỉnh"
    )
    service.enter_outside_figure(session, staff, put_sector_again, "vi", NOW)
    assert one(session, staff, "digital_sectors").standing == "reached"


def test_one_sector_below_the_target_decides_even_while_others_are_missing(session: Session, staff: Person) -> None:
    put(session, staff, "sector_digital_value_added", "5", sector="agriculture")
    put(session, staff, "sector_value_added", "100", sector="agriculture")
    view = one(session, staff, "digital_sectors")
    assert view.standing == "short"
    assert "Thiếu số liệu của 10 ngành" in view.verdict


def test_the_next_target_leads_and_all_are_shown(session: Session, staff: Person) -> None:
    put(session, staff, "workforce", "600.000", "2026-02")
    put(session, staff, "digital_workforce", "15.000", "2026-02")
    view = one(session, staff, "digital_workforce", 2026)
    assert view.target_text == "mục tiêu 2030: trên 3%"
    assert view.verdict == "Còn thiếu 0,5 điểm, tức 3.001 người."
    assert [(target.year, target.standing) for target in view.targets] == [(2025, "reached"), (2030, "short")]
    assert all("411/QĐ-TTg" in target.decision for target in view.targets)


def test_english_says_the_same(session: Session, staff: Person) -> None:
    put(session, staff, "workforce", "600.000", "2026-02")
    put(session, staff, "digital_workforce", "15.000", "2026-02")
    view = service.indicators(session, staff, 2026, "en", NOW)[-1]
    assert (view.share_text, view.target_text) == ("2.5%", "target 2030: over 3%")
    assert view.verdict == "0.5 points short; people to go: 3,001."


def test_a_running_day_in_vietnam_counts_to_its_end(session: Session, staff: Person) -> None:
    late = datetime(2026, 3, 10, 16, 59, tzinfo=UTC)
    put(session, staff, "smes", "10", "2025")
    write_sale(
        session,
        Sale(make_seller(session, kind=SellerKind.ENTERPRISE), "+84912", late, 5, 0, "confirmed", timedelta(0)),
    )
    assert one(session, staff, "sme_platforms", 2026, late).facts[0].value == 1


@pytest.mark.parametrize("year", [2021, 2027])
def test_years_without_figures_are_refused(session: Session, staff: Person, year: int) -> None:
    with pytest.raises(DomainError) as refused:
        service.indicators(session, staff, year, "vi", NOW)
    assert refused.value.code == "year_unknown"


def test_only_staff_read_the_staffs_views(session: Session) -> None:
    shopper = make_person(session, make_account(session))
    team = make_staff(session, Role.DIGITAL_TEAM, make_commune(session))
    for person, refusal in ((GUEST, NotSignedIn), (shopper, NotAllowed), (team, NotAllowed)):
        with pytest.raises(refusal):
            service.indicators(session, person, 2025, "vi", NOW)
        with pytest.raises(refusal):
            service.today(session, person, "vi", NOW)
        with pytest.raises(refusal):
            service.by_commune(session, person, NOW.date(), "vi", NOW)
        with pytest.raises(refusal):
            service.outside_figures(session, person, "vi")
