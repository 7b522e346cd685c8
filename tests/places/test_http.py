"""Communes as JSON."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from marketplace.base.web import answer_with_problems
from marketplace.places.http import place_routes


@pytest.fixture
def client(all_places: str) -> TestClient:
    """A caller of the API on a database with all places."""
    api = FastAPI()
    api.include_router(place_routes())
    answer_with_problems(api)
    return TestClient(api)


def test_a_former_name_answers_with_the_new_commune(client: TestClient) -> None:
    first = client.get("/api/v1/communes", params={"q": "hưng lợi ninh kiều"}).json()[0]
    assert set(first) == {"code", "name", "province", "former"}
    assert (first["name"], first["province"]) == ("Phường Tân An", "Thành phố Cần Thơ")
    assert first["former"][0] == "Phường Hưng Lợi, Quận Ninh Kiều, Thành phố Cần Thơ"


def test_one_letter_answers_with_a_few_and_none_with_nothing(client: TestClient) -> None:
    assert len(client.get("/api/v1/communes?q=n").json()) == 10
    assert client.get("/api/v1/communes?q=").json() == []
    assert client.get("/api/v1/communes").json() == []


def test_what_nobody_types_is_refused_or_finds_nothing(client: TestClient) -> None:
    assert client.get("/api/v1/communes", params={"q": "a" * 81}).status_code == 422
    assert client.get("/api/v1/communes", params={"q": "%' OR 1=1 --"}).json() == []
    assert client.get("/api/v1/communes", params={"q": "\x00"}).json() == []
