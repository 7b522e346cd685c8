"""Signing up, in and out over HTTP: cookies, enumeration, limits, and forms without JavaScript."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from fastapi.testclient import TestClient

from marketplace.accounts import rules, service
from marketplace.accounts.cookies import cookie_token
from marketplace.base import clock, crypto, db, ratelimit
from marketplace.base.ratelimit import LIMITS, Counter
from marketplace.sellers.acting import person_of_cookies
from tests.accounts.signing import BROWSER, JSON, PASSWORD, PHONE, app, sign_in, sign_up, who


@pytest.fixture
def browser(database: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser that keeps cookies and does not follow redirects, with limits of its own."""
    counter = Counter(None)
    monkeypatch.setattr(ratelimit, "_counter", lambda: counter)
    with TestClient(app(), base_url="http://localhost:3000", follow_redirects=False) as client:
        yield client


def test_a_newcomer_is_in_at_once_under_a_new_token(browser: TestClient) -> None:
    browser.get("/visit")
    guest = browser.cookies["sid"]
    answer = sign_up(browser)
    assert (answer.status_code, answer.json()) == (200, {"next": "/seller"})
    assert answer.headers["cache-control"] == "no-store"
    assert browser.cookies["sid"] != guest
    assert who(browser)["name"] == "Nguyễn Thị Lan"


def test_the_cookie_cannot_be_read_by_scripts_or_sent_from_elsewhere(browser: TestClient) -> None:
    cookie = sign_up(browser).headers["set-cookie"]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= parts
    assert not any(part.startswith("domain") for part in parts)
    token = cookie.partition("=")[2].partition(";")[0]
    assert cookie_token(f"a=b; sid={token}") == token


def test_over_tls_the_cookie_is_bound_to_the_host(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from marketplace.settings import settings

    monkeypatch.setenv("MARKETPLACE_PUBLIC_URL", "https://choque.example")
    settings.cache_clear()
    try:
        cookie = sign_up(browser).headers["set-cookie"]
        token = cookie.partition("=")[2].partition(";")[0]
        assert cookie.startswith("__Host-sid=")
        assert "secure" in cookie.lower()
        assert cookie_token(f"__Host-sid={token}") == token
        assert cookie_token(f"sid={token}") is None
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_signing_out_ends_the_session_and_takes_the_cookie(browser: TestClient) -> None:
    sign_up(browser)
    token = browser.cookies["sid"]
    answer = browser.post("/account/sign-out", headers=JSON)
    assert answer.json() == {"next": "/"}
    assert "sid" not in browser.cookies
    assert who(browser)["account"] is None
    browser.cookies["sid"] = token
    assert who(browser)["account"] is None


def test_a_wrong_password_and_an_unknown_number_get_one_answer(browser: TestClient) -> None:
    sign_up(browser)
    browser.cookies.clear()
    wrong, unknown = sign_in(browser, "sai mật khẩu rồi"), sign_in(browser, identifier="0987 654 321")
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.headers["content-type"] == "application/problem+json"
    assert wrong.json() == unknown.json()
    assert wrong.json()["field"] == "password"
    assert "set-cookie" not in wrong.headers
    assert sorted(wrong.headers) == sorted(unknown.headers)


def test_a_sign_up_answers_alike_whether_or_not_the_number_is_known(browser: TestClient) -> None:
    first = sign_up(browser)
    owner = who(browser)["account"]
    browser.cookies.clear()
    taken = sign_up(browser, name="Kẻ tò mò", password="vườn xoài trĩu quả")
    curious = who(browser)
    browser.cookies.clear()
    fresh = sign_up(browser, name="Kẻ tò mò", password="vườn xoài trĩu quả", identifier="0987 654 321")
    assert first.status_code == taken.status_code == fresh.status_code == 200
    assert taken.json() == fresh.json()
    assert sorted(taken.headers) == sorted(fresh.headers)
    assert curious["account"] not in {None, owner}
    browser.cookies.clear()
    # Nor does signing in afterwards tell: both work, and each opens its own account.
    assert sign_in(browser, "vườn xoài trĩu quả").status_code == 200
    assert who(browser)["account"] == curious["account"]
    browser.cookies.clear()
    assert sign_in(browser).status_code == 200
    assert who(browser)["account"] == owner


def test_signing_up_again_with_the_same_password_is_signing_in(browser: TestClient) -> None:
    sign_up(browser)
    account = who(browser)["account"]
    browser.cookies.clear()
    assert sign_up(browser).status_code == 200
    assert who(browser)["account"] == account


def test_as_many_hashes_are_made_for_a_known_number_as_for_a_new_one(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[str] = []
    genuine_match, genuine_hash = crypto.password_matches, crypto.hash_password

    def matching(password: str, stored: str | None) -> bool:
        work.append("match")
        return genuine_match(password, stored)

    def hashing(password: str) -> str:
        work.append("hash")
        return genuine_hash(password)

    monkeypatch.setattr(crypto, "password_matches", matching)
    monkeypatch.setattr(crypto, "hash_password", hashing)
    counts = []
    # A new number; a known one with its password; a known one with another.
    for name, identifier, password in (
        ("Lan", PHONE, PASSWORD),
        ("Lan", PHONE, PASSWORD),
        ("Kẻ tò mò", "0987 654 321", PASSWORD),
        ("Kẻ tò mò", "0987 654 321", "vườn xoài trĩu quả"),
    ):
        work.clear()
        browser.cookies.clear()
        assert sign_up(browser, name=name, identifier=identifier, password=password).status_code == 200
        counts.append(sorted(work))
    assert counts == [["hash", *["match"] * rules.SIGN_IN_SLOTS]] * 4


def test_all_that_is_wrong_with_a_sign_up_is_said_by_field(browser: TestClient) -> None:
    answer = sign_up(browser, name=" ", identifier="123", password="ngắn")
    body = answer.json()
    assert answer.status_code == 422
    assert body["field"] == "name"
    assert {problem["field"] for problem in body["problems"]} == {"name", "identifier", "password"}
    assert all(problem["title"] for problem in body["problems"])


def test_refusals_speak_the_readers_language(browser: TestClient) -> None:
    browser.cookies["language"] = "en"
    english = sign_in(browser, "sai mật khẩu rồi").json()["title"]
    browser.cookies["language"] = "vi"
    vietnamese = sign_in(browser, "sai mật khẩu rồi").json()["title"]
    assert english == rules.SignInRefused.message.en
    assert vietnamese == rules.SignInRefused.message.vi


def test_guessing_one_persons_password_soon_has_to_wait(browser: TestClient) -> None:
    sign_up(browser)
    browser.cookies.clear()
    assert sign_in(browser).status_code == 200
    browser.cookies.clear()
    statuses = [sign_in(browser, f"mật khẩu đoán mò {number}").status_code for number in range(LIMITS["sign_in"].tries)]
    assert set(statuses) == {422}
    refused = sign_in(browser)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) == refused.json()["retry_after"] > 0
    assert "sid" not in browser.cookies
    # Signing up must not be a way round.
    assert sign_up(browser).status_code == 429


def test_guessing_at_an_unknown_number_has_to_wait_alike(browser: TestClient) -> None:
    for _ in range(LIMITS["sign_in"].tries):
        assert sign_in(browser, identifier="0987 654 321").status_code == 422
    assert sign_in(browser, identifier="0987.654.321").status_code == 429


def test_one_number_can_be_signed_up_twice_a_day(browser: TestClient) -> None:
    answers = [sign_up(browser, password=f"mùa nước nổi lần {number}").status_code for number in range(3)]
    assert answers == [200, 200, 429]


@pytest.mark.parametrize(
    "following", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_off_the_site(browser: TestClient, following: str) -> None:
    assert sign_up(browser, next=following).json() == {"next": "/account"}
    answer = browser.post("/account/sign-out", data={"next": following}, headers=BROWSER)
    assert answer.headers["location"] == "/"


def test_a_form_without_javascript_is_redirected(browser: TestClient) -> None:
    form = {"name": "Nguyễn Thị Lan", "identifier": PHONE, "password": PASSWORD, "next": "/seller?new=1"}
    answer = browser.post("/account/sign-up", data=form, headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (303, "/seller?new=1")
    assert who(browser)["account"] is not None


def test_a_refused_form_comes_back_with_what_was_typed_except_the_password(browser: TestClient) -> None:
    form = {"name": 'Lan "><script>alert(1)</script>', "identifier": "123", "password": PASSWORD, "next": "/seller"}
    answer = browser.post("/account/sign-up", data=form, headers=BROWSER)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script>" not in answer.text
    assert 'value="123"' in answer.text
    assert "&lt;script&gt;" in answer.text
    assert 'value="/seller"' in answer.text
    assert PASSWORD not in answer.text
    assert rules.PhoneUnreadable.message.vi in answer.text
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"[]", "application/json"),
        (b"{", "application/json"),
        (b'{"identifier": {"$ne": 1}, "password": ["a"]}', "application/json"),
        (b'{"identifier": "\\ud800", "password": "\\ud800"}', "application/json"),
        (b'{"identifier": "0912345678", "password": "\\ud800\\u0000"}', "application/json"),
        (json.dumps({"identifier": "0" * 300, "password": "a" * 5000}).encode(), "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"identifier=%FF%00&password=%FF", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % number for number in range(2000)), "application/x-www-form-urlencoded"),
        (
            b'--x\r\nContent-Disposition: form-data; name="password"; filename="p"\r\n\r\nhi\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"junk", "multipart/form-data; boundary=x"),
        (b"junk", "multipart/form-data"),
        (b"junk", "text/plain"),
    ],
)
@pytest.mark.parametrize("path", ["/account/sign-in", "/account/sign-up"])
def test_junk_is_refused_and_breaks_nothing(browser: TestClient, path: str, body: bytes, kind: str) -> None:
    answer = browser.post(path, content=body, headers={"content-type": kind, **JSON})
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in answer.text
    assert "set-cookie" not in answer.headers


def test_a_password_in_any_script_signs_in_again(browser: TestClient) -> None:
    sign_up(browser, password="大きな市場🥭の果物")
    browser.cookies.clear()
    assert sign_in(browser, "大きな市場🥭の果物").status_code == 200


def test_a_visitor_gets_one_token_and_keeps_it(browser: TestClient) -> None:
    first = browser.get("/visit")
    assert "set-cookie" in first.headers
    assert "set-cookie" not in browser.get("/visit").headers
    assert who(browser)["visitor"] == crypto.digest(browser.cookies["sid"])


@pytest.mark.parametrize(
    "header",
    [
        "",
        "sid",
        "sid=",
        "sid=short",
        "sid=" + "a" * 44,
        "other=" + "a" * 43,
        "sid=" + "é" * 43,
        ";;=;",
        'sid="' + "a" * 43,
    ],
)
def test_a_header_without_our_token_is_nobody(header: str) -> None:
    assert cookie_token(header) is None


def test_our_token_is_found_among_odd_cookies() -> None:
    token = crypto.new_token()
    assert cookie_token(f'[x]=1; tên=Lan; j={{"a": "b"}}; sid={token}; z') == token


def test_an_event_of_a_socket_keeps_the_session_awake(browser: TestClient) -> None:
    with time_machine.travel("2026-01-05T09:00:00Z", tick=False) as moving:
        sign_up(browser)
        header = f"sid={browser.cookies['sid']}"
        idle = rules.LIFETIMES[rules.SessionKind.SHOPPER].idle

        async def event_later() -> int | None:
            person = await person_of_cookies(header)
            for _ in range(100):
                if not db.read_now(due, header):
                    break
                await asyncio.sleep(0.02)
            return person.account_id

        def due(session: Any, cookie_header: str) -> bool:
            return service.person_for_token(session, cookie_token(cookie_header), clock.now()).touch_due

        for _ in range(3):
            moving.shift(idle - timedelta(hours=1))
            assert asyncio.run(event_later()) is not None
        moving.shift(idle)
        assert asyncio.run(event_later()) is None
