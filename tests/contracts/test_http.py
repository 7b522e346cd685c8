"""Contracts over HTTP: anybody verifies, only parties get the document."""

from __future__ import annotations

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from marketplace.base import clock, db
from marketplace.base.errors import NotFound
from marketplace.base.web import answer_with_problems
from marketplace.contracts import documents
from marketplace.contracts.http import contract_routes
from tests.contracts.agreements import BUYER, make_contract


@pytest.fixture
def client(database: str) -> TestClient:
    async def authorize(request: Request, order_id: int) -> None:
        if request.headers.get("order-access-key") != f"key-{order_id}":
            raise NotFound

    api = FastAPI()
    api.include_router(contract_routes(authorize))
    answer_with_problems(api)
    return TestClient(api)


def test_only_who_may_read_the_order_gets_its_document(client: TestClient) -> None:
    code = db.write_now(make_contract)
    address = f"/api/v1/contracts/{code}/pdf"
    refused, unknown = client.get(address), client.get("/api/v1/contracts/HD-2222-2222-2222-2222/pdf")
    assert (refused.status_code, refused.json()) == (unknown.status_code, unknown.json())
    assert refused.status_code == 404
    given = client.get(address, headers={"order-access-key": "key-1"})
    assert (given.status_code, given.headers["content-type"]) == (200, "application/pdf")
    assert given.headers["cache-control"] == "no-store"
    assert given.content == db.write_now(documents.sealed, code, clock.now())


def test_anybody_may_have_a_document_judged(client: TestClient) -> None:
    code = db.write_now(make_contract, clock.now())
    pdf = db.write_now(documents.sealed, code, clock.now())
    genuine = client.post("/api/v1/contracts/verify", content=pdf).json()
    assert (genuine["valid"], genuine["code"]) == (True, code)
    assert [signature["valid"] for signature in genuine["signatures"]] == [True]
    changed = client.post("/api/v1/contracts/verify", content=pdf + b"\n%", headers={"accept-language": "en"})
    assert (changed.status_code, changed.json()["valid"]) == (200, False)
    assert BUYER not in changed.text


def test_what_is_no_document_is_told_so(client: TestClient) -> None:
    answer = client.post("/api/v1/contracts/verify", content=b"hello")
    assert answer.json()["valid"] is False
    assert "PDF" in answer.json()["reason"]
