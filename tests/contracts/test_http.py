"""Contracts over HTTP: anybody verifies, only parties get the document."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from sqlalchemy import text

from marketplace.base import clock, db, ratelimit
from marketplace.base.errors import NotFound
from marketplace.base.ratelimit import LIMITS, Counter
from marketplace.base.web import answer_with_problems
from marketplace.contracts import documents
from marketplace.contracts.http import contract_routes
from tests.contracts.agreements import BUYER, BUYER_PHONE, GOODS, STREET, make_contract


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


def test_a_document_may_come_as_the_file_of_a_form(client: TestClient) -> None:
    code = db.write_now(make_contract, clock.now())
    pdf = db.write_now(documents.sealed, code, clock.now())
    answer = client.post("/api/v1/contracts/verify", files={"file": ("hop-dong.pdf", pdf, "application/pdf")})
    assert (answer.status_code, answer.json()["valid"], answer.json()["code"]) == (200, True, code)
    assert answer.json()["finding"] == "genuine"


@pytest.mark.parametrize(
    "form",
    [
        {"files": {"other": ("a.pdf", b"%PDF-1.7", "application/pdf")}},
        {"files": {"x": ("a", b"1")}, "data": {"file": "not a file"}},
    ],
    ids=["another part", "a word"],
)
def test_a_form_without_the_file_is_told_so_beside_it(client: TestClient, form: dict[str, Any]) -> None:
    answer = client.post("/api/v1/contracts/verify", **form)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "required", "file")


@pytest.mark.parametrize(
    "body",
    [b"", b"--x", b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nnever ends'],
    ids=["empty", "cut", "endless"],
)
def test_a_broken_form_is_the_callers_fault(client: TestClient, body: bytes) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = client.post("/api/v1/contracts/verify", content=body, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("as_form", [False, True], ids=["body", "form"])
def test_a_file_over_ten_megabytes_is_told_so(client: TestClient, as_form: bool) -> None:
    large = b"%PDF-1.7\n" + bytes(10_000_000)
    sent: dict[str, Any] = {"files": {"file": ("a.pdf", large)}} if as_form else {"content": large}
    answer = client.post("/api/v1/contracts/verify", **sent).json()
    assert (answer["valid"], answer["finding"]) == (False, "too_large")
    assert "10 MB" in answer["reason"]


def test_who_sends_file_after_file_has_to_wait(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter(None)
    monkeypatch.setattr(ratelimit, "_counter", lambda: counter)
    tries = LIMITS["verify"].tries
    for _ in range(tries):
        assert client.post("/api/v1/contracts/verify", content=b"x").status_code == 200
    refused = client.post("/api/v1/contracts/verify", content=b"x")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_tries")
    assert int(refused.headers["retry-after"]) > 0


def test_a_document_made_before_is_handed_out_while_somebody_writes(client: TestClient) -> None:
    code = db.write_now(make_contract, clock.now())
    address, headers = f"/api/v1/contracts/{code}/pdf", {"order-access-key": "key-1"}
    first = client.get(address, headers=headers)
    with db.write() as busy:
        busy.execute(text("UPDATE contract SET lapses_at = lapses_at"))
        again = client.get(address, headers=headers)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content


def test_anybody_may_ask_by_code_as_they_type_it_and_learns_nothing_private(client: TestClient) -> None:
    code = db.write_now(make_contract, clock.now())
    answer = client.get(f"/api/v1/contracts/%20{code.lower()}%20")
    known = answer.json()
    assert (known["known"], known["valid"], known["state"], known["evidence"]) == (True, True, "offered", 2)
    assert [word for word in (BUYER, GOODS, STREET, BUYER_PHONE) if word in answer.text] == []
    unknown = client.get("/api/v1/contracts/HD-2222-2222-2222-2222")
    assert unknown.status_code == answer.status_code == 200
    assert unknown.json().keys() == known.keys()
    assert unknown.json()["known"] is False


def test_the_body_that_verification_takes_is_documented(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths["/api/v1/contracts/verify"]["post"]["requestBody"]["content"]) == {
        "application/pdf",
        "multipart/form-data",
    }


def test_what_is_no_document_is_told_so(client: TestClient) -> None:
    answer = client.post("/api/v1/contracts/verify", content=b"hello")
    assert answer.json()["valid"] is False
    assert "PDF" in answer.json()["reason"]
