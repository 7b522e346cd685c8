"""Open data over HTTP: complete pages without JavaScript, problems as problem+json, nothing private."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from marketplace.accounts.views import GUEST, Person
from marketplace.base import clock, db
from marketplace.base.web import answer_with_problems
from marketplace.sellers.rules import SellerKind
from marketplace.statistics import service
from marketplace.statistics.commands import FigureCommand
from marketplace.statistics.http import statistics_routes
from marketplace.statistics.rules import INDICATORS, PUBLIC_SERIES, last_months
from tests.factories import make_seller, make_staff
from tests.statistics.history import Sale, write_sale


async def nobody(_: Request) -> Person:
    return GUEST


@pytest.fixture
def client(database: str) -> Iterator[TestClient]:
    assert database
    api = FastAPI()
    answer_with_problems(api)
    api.include_router(statistics_routes(nobody))
    db.write_now(service.sync_indicators)
    with TestClient(api) as opened:
        yield opened


def sell(sellers: int, goods: int) -> None:
    month = last_months(clock.local_date(clock.now()), 2)[0]

    def write(session: object) -> None:
        for number in range(sellers):
            seller_id = make_seller(session, kind=SellerKind.FARM)  # type: ignore[arg-type]
            at = month.bounds()[0] + timedelta(days=2)
            write_sale(session, Sale(seller_id, f"+8491200000{number}", at, goods, 0, "completed"))  # type: ignore[arg-type]

    db.write_now(write)


def test_the_indicators_are_open_to_everybody(client: TestClient) -> None:
    answer = client.get("/api/v1/statistics/indicators", params={"year": 2025})
    assert answer.status_code == 200
    body = answer.json()
    assert body["year"] == 2025
    assert [one["code"] for one in body["indicators"]] == [one.code for one in INDICATORS]
    for one in body["indicators"]:
        assert one["share"] is None
        assert [target["year"] for target in one["targets"]] == [2025, 2030]


def test_an_entered_figure_reaches_the_api_with_its_source(client: TestClient) -> None:
    staff = db.write_now(make_staff)
    for series, value in (("digital_value_added", "20"), ("grdp", "200")):
        command = FigureCommand(series=series, period="2025", value=value, source="Cục Thống kê, BC 7")
        db.write_now(service.enter_outside_figure, staff, command, "vi", clock.now())
    one = client.get("/api/v1/statistics/indicators?year=2025").json()["indicators"][3]
    assert (one["share"], one["text"]) == (1000, "10%")
    assert [(fact["origin"], fact["value"]) for fact in one["made_of"]] == [
        ("outside", 20 * 10**9),
        ("outside", 200 * 10**9),
    ]
    assert one["made_of"][0]["source"].startswith("Cục Thống kê, BC 7")
    assert staff.name not in client.get("/api/v1/statistics/indicators?year=2025").text


@pytest.mark.parametrize("year", ["1999", "9999", "abc", "-1", "99999999999999999999"])
def test_a_year_that_is_none_gets_a_problem(client: TestClient, year: str) -> None:
    answer = client.get("/api/v1/statistics/indicators", params={"year": year})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_series_that_is_listed_is_there_and_no_other(client: TestClient) -> None:
    listed = client.get("/api/v1/statistics/series").json()["series"]
    assert [one["name"] for one in listed] == list(PUBLIC_SERIES)
    for one in listed:
        assert len(client.get(one["href"]).json()["points"]) == 14
    assert client.get("/api/v1/statistics/series/active_smes").status_code == 404
    assert client.get("/api/v1/statistics/series/grdp").status_code == 404


@pytest.mark.parametrize(("sellers", "value"), [(1, None), (2, None), (3, 3_000_000)])
def test_what_one_or_two_shops_sold_is_hidden(client: TestClient, sellers: int, value: int | None) -> None:
    sell(sellers, 1_000_000)
    last = client.get("/api/v1/statistics/series/value_completed").json()["points"][-1]
    assert (last["value"], last["hidden"]) == (value, value is None)
    page = client.get("/statistics").text
    assert ("1.000.000" in page) is False
    assert ("3.000.000" in page) is (value is not None)


def test_the_public_page_is_complete_without_javascript(client: TestClient) -> None:
    answer = client.get("/statistics?year=2025")
    assert answer.status_code == 200
    for definition in INDICATORS:
        assert definition.name.vi in answer.text
    assert "chưa có số liệu" in answer.text
    assert '"@type": "Dataset"' in answer.text
    assert 'href="/statistics?year=2024"' in answer.text
    client.cookies.set("language", "en")
    english = client.get("/statistics?year=2025").text
    assert "no figure yet" in english
    assert "chưa có số liệu" not in english


@pytest.mark.parametrize("year", ["", "x", "1900", "9999", "<script>", "٢٠٢٥", "0" * 5000])
def test_nonsense_in_the_address_shows_the_present_year(client: TestClient, year: str) -> None:
    answer = client.get("/statistics", params={"year": year})
    assert answer.status_code == 200
    assert f"Chỉ tiêu năm {clock.local_date(clock.now()).year}" in answer.text
    assert "<script>&" not in answer.text
