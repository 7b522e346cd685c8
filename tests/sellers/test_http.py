"""The public view of a store as JSON."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session

from marketplace.base import db
from marketplace.base.web import answer_with_problems
from marketplace.sellers import service
from marketplace.sellers.acting import person_of
from marketplace.sellers.http import seller_routes
from marketplace.sellers.rules import SellerKind, SellerStatus
from tests.factories import make_seller


def opened(session: Session, status: SellerStatus) -> str:
    seller_id = make_seller(session, "Vườn Ba Tám", kind=SellerKind.HOUSEHOLD, status=status)
    return service.stores_by_seller(session, [seller_id])[seller_id].slug


@pytest.fixture
def client(database: object) -> TestClient:
    """A caller of the API."""
    api = FastAPI()
    api.include_router(seller_routes(person_of))
    answer_with_problems(api)
    return TestClient(api)


def test_an_open_store_shows_itself_and_its_seller(client: TestClient) -> None:
    slug = db.write_now(opened, SellerStatus.APPROVED)
    body = client.get(f"/api/v1/stores/{slug}?lang=en").json()
    assert {"slug", "name", "kind", "commune", "story", "portrait", "disclosure"} <= set(body)
    assert (body["slug"], body["name"], body["kind"], body["kind_label"]) == (
        slug,
        "Vườn Ba Tám",
        "household",
        "Household business",
    )
    assert body["commune"] == {"code": "31117", "name": "Phường Ninh Kiều", "province": "Thành phố Cần Thơ"}
    assert body["disclosure"]["legal_name"] == "Vườn Ba Tám – Nguyễn Văn Tám"
    assert body["disclosure"]["address"].startswith("12 ấp Mỹ Thuận, Phường Ninh Kiều")


@pytest.mark.parametrize("status", [status for status in SellerStatus if status is not SellerStatus.APPROVED])
def test_a_store_that_may_not_sell_answers_as_one_that_never_was(client: TestClient, status: SellerStatus) -> None:
    slug = db.write_now(opened, status)
    closed, unknown = client.get(f"/api/v1/stores/{slug}"), client.get("/api/v1/stores/khong-co")
    assert closed.status_code == unknown.status_code == 404
    assert closed.json() == unknown.json()
    assert closed.headers["content-type"] == "application/problem+json"
