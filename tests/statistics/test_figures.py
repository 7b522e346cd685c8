"""Figures from outside: entered by the province's staff, superseded by corrections, never overwritten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from marketplace.accounts.rules import Role
from marketplace.accounts.views import GUEST, Person
from marketplace.base import db
from marketplace.base.errors import Conflict, DomainError, InvalidInputs, NotAllowed, NotSignedIn
from marketplace.base.models import OutboxEvent
from marketplace.statistics import service
from marketplace.statistics.commands import FigureCommand
from marketplace.statistics.models import OutsideFigure
from marketplace.statistics.service.figures import keep
from tests.factories import make_account, make_commune, make_person, make_staff

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
RETAIL = FigureCommand(series="retail_sales", period="2025", value="150.000", source="Cục Thống kê, BC 12/2025")


@pytest.fixture
def staff(session: Session) -> Person:
    return make_staff(session)


def test_a_correction_supersedes_and_the_former_figure_stays(session: Session, staff: Person) -> None:
    service.enter_outside_figure(session, staff, RETAIL, "vi", NOW)
    for day, value in ((1, "151.000"), (2, "149.500,5")):
        corrected = RETAIL.model_copy(update={"value": value})
        service.enter_outside_figure(session, staff, corrected, "vi", NOW + timedelta(days=day))
    shown = service.outside_figures(session, staff, "vi")
    assert [(one.value, one.standing) for one in shown] == [
        (149_500_500_000_000, True),
        (151_000 * 10**9, False),
        (150_000 * 10**9, False),
    ]
    assert shown[0].value_text == "149.500,5 tỷ đồng"
    assert shown[0].entered_by == staff.name
    assert shown[1].superseded_text == "Đã thay lúc 16:00 12/03/2026"


def test_two_periods_and_two_sectors_do_not_supersede_each_other(session: Session, staff: Person) -> None:
    service.enter_outside_figure(session, staff, RETAIL, "vi", NOW)
    service.enter_outside_figure(session, staff, RETAIL.model_copy(update={"period": "2025-H1"}), "vi", NOW)
    sector = RETAIL.model_copy(update={"series": "sector_value_added", "sector": "trade"})
    service.enter_outside_figure(session, staff, sector, "vi", NOW)
    service.enter_outside_figure(session, staff, sector.model_copy(update={"sector": "health"}), "vi", NOW)
    assert [one.standing for one in service.outside_figures(session, staff, "vi")] == [True] * 4


def test_the_same_figure_of_the_same_source_is_not_entered_twice(session: Session, staff: Person) -> None:
    service.enter_outside_figure(session, staff, RETAIL, "vi", NOW)
    with pytest.raises(DomainError) as refused:
        service.enter_outside_figure(session, staff, RETAIL, "vi", NOW)
    assert (refused.value.code, refused.value.status) == ("figure_unchanged", 409)


def test_of_two_first_entries_at_once_the_database_keeps_one(session: Session, staff: Person) -> None:
    service.enter_outside_figure(session, staff, RETAIL, "vi", NOW)
    twin = OutsideFigure(
        series="retail_sales",
        period_from=datetime(2025, 1, 1, tzinfo=UTC).date(),
        period_to=datetime(2025, 12, 31, tzinfo=UTC).date(),
        value=1,
        source="cùng lúc",
        entered_at=NOW,
    )
    with pytest.raises(Conflict):
        keep(session, twin)


def test_open_pages_hear_of_a_new_figure(session: Session, staff: Person) -> None:
    service.enter_outside_figure(session, staff, RETAIL, "vi", NOW)
    topics = [(event.topic, event.payload) for event in session.exec(select(OutboxEvent)).all()]
    assert ("statistics.figure_entered", {"series": "retail_sales"}) in topics


def test_each_wrong_entry_is_named_at_once(session: Session, staff: Person) -> None:
    with pytest.raises(InvalidInputs) as refused:
        service.enter_outside_figure(
            session, staff, FigureCommand(series="grdp", period="2031", value="x", source=" "), "vi", NOW
        )
    assert {problem.field for problem in refused.value.problems} == {"period", "value", "source"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"series": "orders_placed"}, "series"),
        ({"series": ""}, "series"),
        ({"series": "sector_value_added"}, "sector"),
        ({"series": "sector_value_added", "sector": "mars"}, "sector"),
        ({"period": "2026"}, "period"),
        ({"value": ""}, "value"),
        ({"value": "-1"}, "value"),
        ({"value": "9" * 25}, "value"),
        ({"series": "smes", "value": "1,5"}, "value"),
        ({"source": "a" * 201}, "source"),
        ({"source": "ngu\u202eồn"}, "source"),
    ],
)
def test_a_wrong_entry_is_refused_beside_its_field(
    session: Session, staff: Person, change: dict[str, str], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        service.enter_outside_figure(session, staff, RETAIL.model_copy(update=change), "vi", NOW)
    assert refused.value.field == field
    assert session.exec(select(OutsideFigure)).all() == []


def test_the_forms_missing_sector_is_no_sector(session: Session, staff: Person) -> None:
    command = FigureCommand.model_validate({**RETAIL.model_dump(), "sector": None})
    assert service.enter_outside_figure(session, staff, command, "vi", NOW).sector == ""


def test_only_the_provinces_staff_enter_figures(session: Session) -> None:
    commune = make_staff(session, Role.COMMUNE_STAFF, make_commune(session))
    shopper = make_person(session, make_account(session))
    for person, refusal in ((GUEST, NotSignedIn), (shopper, NotAllowed), (commune, NotAllowed)):
        with pytest.raises(refusal):
            service.enter_outside_figure(session, person, RETAIL, "vi", NOW)
    assert service.outside_figures(session, commune, "vi") == ()


@pytest.mark.usefixtures("database")
def test_an_entry_is_there_for_everybody_once_it_is_written() -> None:
    staff = db.write_now(make_staff)
    db.write_now(service.enter_outside_figure, staff, RETAIL, "vi", NOW)
    assert db.read_now(service.outside_figures, staff, "vi")[0].value == 150_000 * 10**9
