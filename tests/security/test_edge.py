"""What every answer and socket obeys, whatever the route."""

from __future__ import annotations

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from fastapi.testclient import TestClient

from marketplace.base.web import (
    JSON_BODY_LIMIT,
    Guard,
    HeadAsGet,
    _varied_once,
    answer_with_problems,
    bound_query,
    cookie_value,
)
from marketplace.settings import settings


@pytest.fixture
def client() -> TestClient:
    """A small app behind the guard."""
    api = FastAPI()
    answer_with_problems(api)

    @api.post("/echo")
    async def echo(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    @api.get("/broken")
    async def broken() -> None:
        raise RuntimeError("a secret of the house")

    @api.get("/assets/style-x.css")
    async def style() -> Response:
        return Response("", media_type="text/css", headers={"ETag": '"x"'})

    @api.get("/icon.svg")
    async def icon() -> Response:
        return Response("<svg/>", media_type="image/svg+xml", headers={"ETag": '"x"'})

    return TestClient(HeadAsGet(Guard(api, lambda: ("'sha256-x'",))), raise_server_exceptions=False)


def _scope(query: str, cookie: str = "") -> dict[str, object]:
    return {"query_string": query.encode(), "headers": [(b"cookie", cookie.encode())] if cookie else []}


def test_one_client_token_names_another_state_with_another_cookie_and_none_without() -> None:
    mine, again, theirs = (
        bound_query(_scope("token=abc", f"sid={cookie}")) for cookie in ("a" * 43, "a" * 43, "b" * 43)
    )
    nobody, nobody_again = (bound_query(_scope("token=abc")) for _ in range(2))
    assert mine == again
    assert len({mine, theirs, nobody, nobody_again}) == 4
    assert b"abc" not in mine


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_write_from_a_foreign_page_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/echo", content=b"x", headers=headers).status_code == 403


def test_head_is_answered_as_get_would_be_but_without_the_body(client: TestClient) -> None:
    got, headed = client.get("/icon.svg"), client.head("/icon.svg")
    assert (headed.status_code, headed.headers, headed.content) == (200, got.headers, b"")


def test_a_write_from_our_own_page_or_from_a_program_goes_through(client: TestClient) -> None:
    for headers in ({"Origin": settings().public}, {"Sec-Fetch-Site": "same-origin"}, {}):
        assert client.post("/echo", content=b"x", headers=headers).text == "1"


def test_a_body_over_the_limit_is_refused_whether_declared_or_sent_in_pieces(client: TestClient) -> None:
    assert client.post("/echo", content=b"x" * (JSON_BODY_LIMIT + 1)).status_code == 413
    pieces = (b"x" * 65_536 for _ in range(8))
    assert client.post("/echo", content=pieces).status_code == 413


def test_every_answer_carries_the_security_headers_and_no_fault_carries_a_trace(client: TestClient) -> None:
    for answer in (client.get("/broken"), client.get("/nowhere"), client.post("/echo", content=b"")):
        assert "object-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe-eval" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "secret of the house" not in answer.text
        assert "Traceback" not in answer.text
    assert client.get("/broken").headers["content-type"] == "application/problem+json"


def test_what_an_answer_varies_by_is_said_once() -> None:
    given = [
        (b"vary", b"Origin"),
        (b"content-type", b"text/html"),
        (b"Vary", b"Cookie, origin"),
        (b"vary", b"Accept-Language, Cookie"),
    ]
    assert _varied_once(given) == [(b"content-type", b"text/html"), (b"vary", b"Accept-Language, Cookie")]
    assert _varied_once(given[:2]) == given[1:2]


def test_what_is_never_a_page_carries_no_policy_for_pages(client: TestClient) -> None:
    style = client.get("/assets/style-x.css").headers
    assert "content-security-policy" not in style
    assert style["x-content-type-options"] == "nosniff"
    assert "content-security-policy" in client.get("/icon.svg").headers


def test_only_files_named_after_their_content_are_kept_unasked(client: TestClient) -> None:
    assert "immutable" in client.get("/assets/style-x.css").headers["cache-control"]
    assert "must-revalidate" in client.get("/icon.svg").headers["cache-control"]
    assert "immutable" not in client.get("/assets/gone.css").headers.get("cache-control", "")


@pytest.mark.parametrize("path", ["/_upload", "/_upload/x", "/_health"])
def test_reflexs_own_routes_are_closed(client: TestClient, path: str) -> None:
    assert client.post(path, content=b"x").status_code == 404
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "headers", "body", "words"),
    [
        ("/_upload", {}, b"", {"vi": "Không tìm thấy.", "en": "Not found."}),
        (
            "/echo",
            {"Origin": "https://elsewhere.example"},
            b"",
            {
                "vi": "Yêu cầu đến từ trang khác nên không được nhận.",
                "en": "The request came from another site and is not taken.",
            },
        ),
        (
            "/echo",
            {},
            b"x" * (JSON_BODY_LIMIT + 1),
            {"vi": "Dữ liệu gửi lên quá lớn.", "en": "What was sent is too large."},
        ),
    ],
    ids=["404", "403", "413"],
)
def test_the_guards_own_refusals_carry_every_header_and_speak_the_readers_language(
    client: TestClient, path: str, headers: dict[str, str], body: bytes, words: dict[str, str]
) -> None:
    usual = client.get("/nowhere").headers
    for language, title in words.items():
        answer = client.post(path, content=body, headers={**headers, "Cookie": f"language={language}"})
        assert answer.json()["title"] == title
        for name in ("content-security-policy", "referrer-policy", "permissions-policy", "cross-origin-opener-policy"):
            assert answer.headers[name] == usual[name]


def test_one_cookie_is_found_among_others_however_they_are_sent() -> None:
    headers = [(b"cookie", b"odd=a b,c; ="), (b"cookie", b"sid=abc; language=vi")]
    assert cookie_value(headers, "sid") == "abc"
    assert cookie_value(headers, "absent") is None


def test_over_tls_cookies_carry_the_host_prefix_and_browsers_are_told_to_stay(
    monkeypatch: pytest.MonkeyPatch, client: TestClient
) -> None:
    monkeypatch.setenv("MARKETPLACE_PUBLIC_URL", "https://cho-que.example")
    settings.cache_clear()
    assert "max-age" in client.get("/nowhere").headers["strict-transport-security"]
    assert bound_query(_scope("token=abc", "sid=" + "a" * 43)) != bound_query(
        _scope("token=abc", "__Host-sid=" + "a" * 43)
    )
