"""People who ask for a page get a page, whatever happens to it; programs get problem+json."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.responses import HTMLResponse

from marketplace.base.errors import TooManyTries
from marketplace.base.web import answer_with_problems
from marketplace.storefront.trouble import PagesInTrouble

PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def client() -> TestClient:
    """A small app with pages that cannot be shown."""
    api = FastAPI()
    answer_with_problems(api)

    @api.get("/p/{slug}")
    async def broken(slug: str) -> None:
        raise RuntimeError("a secret of the house")

    @api.get("/search")
    async def refused() -> None:
        raise TooManyTries(seconds=7)

    @api.get("/lost")
    async def lost() -> HTMLResponse:
        return HTMLResponse("bare", 404, headers={"Accept-Ranges": "bytes"})

    @api.get("/fine")
    async def fine() -> HTMLResponse:
        return HTMLResponse("<h1>Xoài</h1>")

    @api.get("/api/v1/broken")
    async def program() -> None:
        raise RuntimeError

    return TestClient(PagesInTrouble(api), raise_server_exceptions=False)


@pytest.mark.parametrize(("language", "words"), [("vi", "Có lỗi ở phía chúng tôi"), ("en", "went wrong on our side")])
def test_a_broken_page_says_so_in_the_readers_language_and_leads_on(
    client: TestClient, language: str, words: str
) -> None:
    answer = client.get("/p/xoai", headers=PERSON, params={"lang": language})
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/html")
    assert words in answer.text
    assert 'href="/"' in answer.text
    assert "secret" not in answer.text


def test_a_refused_page_keeps_its_status_and_its_reason(client: TestClient) -> None:
    answer = client.get("/search", headers=PERSON)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "7"
    assert "<h1" in answer.text


def test_programs_and_other_readers_of_problems_get_them_as_they_are(client: TestClient) -> None:
    for path, headers in (("/p/xoai", {"Accept": "application/json"}), ("/api/v1/broken", PERSON)):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 500
        assert answer.headers["content-type"] == "application/problem+json"


def test_pages_pass_and_a_bare_404_is_one_that_leads_on(client: TestClient) -> None:
    assert client.get("/fine", headers=PERSON).text == "<h1>Xoài</h1>"
    lost = client.get("/lost", headers=PERSON)
    assert (lost.status_code, "bare" in lost.text) == (404, False)
