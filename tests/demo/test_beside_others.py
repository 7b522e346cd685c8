"""Demo data beside data of others, only when asked for, and without touching any of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session

from marketplace.demo import people
from marketplace.demo.accounts import are_here
from marketplace.demo.figures import figures
from marketplace.demo.seed import HereAlready, NotEmpty, Plan, seed
from marketplace.places import service as places
from marketplace.statistics.models import OutsideFigure
from marketplace.tables import metadata
from tests.demo.conftest import NOW, quiet
from tests.factories import make_product, make_seller

PLAN = Plan(sellers=14, products=60, orders=40, seed=7, now=NOW, pictures=2)
BESIDE = replace(PLAN, beside_others=True)
MINE = ("seller", "store", "account", "product", "sku", "stock_level", "outside_figure")


def contents(session: Session) -> dict[str, Sequence[Any]]:
    """All rows of the tables that the test fills."""
    session.flush()
    return {name: session.execute(select(metadata.tables[name])).all() for name in MINE}


@pytest.fixture
def used(session: Session) -> Session:
    """A session on a database that somebody works with: a shop, a product, a figure."""
    places.sync_reference_data(session)
    make_product(session, seller_id=make_seller(session, "Nhà vườn Ba Tám"))
    session.add(
        OutsideFigure(
            series="grdp",
            period_from=date(2025, 1, 1),
            period_to=date(2025, 12, 31),
            value=123,
            source="Niên giám thống kê",
            entered_at=NOW,
        )
    )
    session.flush()
    return session


def test_without_being_told_it_leaves_a_used_database_alone(used: Session) -> None:
    before = contents(used)
    with pytest.raises(NotEmpty):
        seed(used, PLAN, quiet)
    assert contents(used) == before


def test_when_told_it_adds_and_changes_nothing_that_was_there(used: Session) -> None:
    before = contents(used)
    seed(used, BESIDE, quiet)
    after = contents(used)
    for name in MINE:
        assert {str(tuple(row)) for row in before[name]} < {str(tuple(row)) for row in after[name]}
    assert len(after["seller"]) == len(before["seller"]) + 14
    assert len(after["product"]) == len(before["product"]) + 60
    of_grdp = [row for row in after["outside_figure"] if (row.series, row.period_to) == ("grdp", date(2025, 12, 31))]
    assert [row.value for row in of_grdp] == [123]
    assert are_here(used)


def test_a_second_time_it_refuses_even_when_told(used: Session) -> None:
    seed(used, BESIDE, quiet)
    before = contents(used)
    with pytest.raises(HereAlready):
        seed(used, replace(BESIDE, seed=8), quiet)
    assert contents(used) == before


def test_names_tell_whose_face_to_show() -> None:
    assert people.is_woman("Nguyễn Thị Ngọc Hân")
    assert people.is_woman("Trần Bảo Trân")
    assert not people.is_woman("Trần Văn Tám")
    assert not people.is_woman("Lâm Gia Bảo")


def test_invented_figures_say_that_they_are_and_no_year_has_two_of_one() -> None:
    found = list(figures(date(2026, 3, 15), 40, 20))
    assert len({(figure.series, figure.sector, figure.first, figure.last) for figure in found}) == len(found)
    assert all(figure.value > 0 and figure.first < figure.last < date(2026, 3, 15) for figure in found)
    whole = {figure.last.year: figure.value for figure in found if figure.series == "grdp" and figure.last.month == 12}
    added: dict[int, int] = {}
    for figure in found:
        if figure.series == "sector_value_added":
            added[figure.last.year] = added.get(figure.last.year, 0) + figure.value
    assert added == whole
