"""One-time codes over HTTP: signing in, proving, resetting; nobody learns who has an account."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
import time_machine
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlmodel import Session, col, select

from marketplace import background
from marketplace.accounts import rules, service
from marketplace.accounts.models import Account, OneTimeCode
from marketplace.base import clock, crypto, db, ratelimit
from marketplace.base.models import OutboxEvent, OutgoingMessage
from marketplace.base.ratelimit import LIMITS, Counter
from marketplace.delivery import service as delivery
from marketplace.orders.models import Purchase
from marketplace.settings import settings
from tests.accounts.signing import (
    BROWSER,
    PASSWORD,
    PHONE,
    app,
    last_code,
    post,
    sent,
    sign_in,
    sign_in_with_code,
    sign_up,
    who,
)
from tests.factories import make_product, make_seller
from tests.orders.shopping import place

STORED = "+84912345678"
NEW = "vườn xoài trĩu quả"


@pytest.fixture
def browser(database: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser, with limits of its own; codes may follow one another at once."""
    counter = Counter(None)
    monkeypatch.setattr(ratelimit, "_counter", lambda: counter)
    with TestClient(app(), base_url="http://localhost:3000", follow_redirects=False) as client:
        yield client


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Codes may follow one another without a pause."""
    monkeypatch.setattr(ratelimit, "LIMITS", {**LIMITS, "code_pause": ratelimit.Limit(1000, 60)})
    ratelimit._item.cache_clear()
    yield
    ratelimit._item.cache_clear()


def other_browser() -> TestClient:
    return TestClient(app(), base_url="http://localhost:3000", follow_redirects=False)


def account(phone: str = STORED) -> Account:
    with db.read() as session:
        found = session.exec(select(Account).where(Account.phone == phone, col(Account.phone_proven_at).is_not(None)))
        one = found.one()
        session.expunge(one)
    return one


def test_whoever_holds_the_phone_gets_an_account_without_a_password(browser: TestClient) -> None:
    browser.get("/visit")
    guest = browser.cookies["sid"]
    answer = sign_in_with_code(browser, following="/seller/start")
    assert (answer.status_code, answer.json()) == (200, {"next": "/seller/start"})
    assert browser.cookies["sid"] != guest
    assert "step" not in browser.cookies
    assert who(browser)["account"] == account().id
    assert account().password_hash is None
    assert who(browser)["name"] == "09•• ••• 678"


@pytest.mark.usefixtures("at_once")
def test_the_next_code_opens_the_same_account(browser: TestClient) -> None:
    sign_in_with_code(browser)
    first = who(browser)["account"]
    browser.cookies.clear()
    assert sign_in_with_code(browser, "+84 912 345 678").status_code == 200
    assert who(browser)["account"] == first


def test_signing_up_without_a_password_sends_a_code_and_keeps_the_name(browser: TestClient) -> None:
    answer = sign_up(browser, password="", identifier="lan@example.vn")
    assert answer.json() == {"next": "/account/code"}
    assert who(browser)["account"] is None
    message = sent()[-1]
    assert (message["channel"], message["to"]) == ("mail", "lan@example.vn")
    assert post(browser, "/account/code/check", code=f" {last_code()[:3]} {last_code()[3:]} ").json() == {
        "next": "/seller"
    }
    assert who(browser)["name"] == "Nguyễn Thị Lan"


def test_asking_is_the_same_for_a_known_and_for_an_unknown_number(browser: TestClient) -> None:
    sign_up(browser)
    browser.cookies.clear()
    asked: list[list[str]] = []
    answers: list[httpx.Response] = []
    for path, (identifier, _) in itertools.product(
        ("/account/code", "/account/reset"), ((PHONE, True), ("0987 654 321", False))
    ):
        statements: list[str] = []

        def note(*call: object, into: list[str] = statements) -> None:
            into.append(str(call[2]))

        event.listen(db.engine(), "before_cursor_execute", note)
        try:
            with time_machine.travel(clock.now() + timedelta(hours=len(answers)), tick=False):
                answers.append(post(browser, path, identifier=identifier))
        finally:
            event.remove(db.engine(), "before_cursor_execute", note)
        browser.cookies.clear()
        asked.append(statements)
    assert [answer.status_code for answer in answers] == [200] * 4
    for known, unknown in ((0, 1), (2, 3)):
        assert answers[known].json() == answers[unknown].json()
        assert sorted(answers[known].headers) == sorted(answers[unknown].headers)
        assert asked[known] == asked[unknown]
        assert asked[known]
    assert not any("FROM account" in statement for statement in itertools.chain(*asked))


def test_a_code_is_no_use_in_another_browser(browser: TestClient) -> None:
    post(browser, "/account/code", identifier=PHONE)
    code = last_code()
    with other_browser() as thief:
        assert post(thief, "/account/code/check", code=code).json()["code"] == "code_spent"
        thief.cookies["step"] = crypto.new_token()
        assert post(thief, "/account/code/check", code=code).json()["code"] == "code_spent"
    assert post(browser, "/account/code/check", code=code).status_code == 200


def test_a_code_is_good_once(browser: TestClient) -> None:
    post(browser, "/account/code", identifier=PHONE)
    step, code = browser.cookies["step"], last_code()
    assert post(browser, "/account/code/check", code=code).status_code == 200
    browser.cookies.clear()
    browser.cookies["step"] = step
    assert post(browser, "/account/code/check", code=code).json()["code"] == "code_spent"
    assert who(browser)["account"] is None


def test_a_code_can_be_tried_five_times_and_the_tries_left_are_told(browser: TestClient) -> None:
    post(browser, "/account/code", identifier=PHONE)
    code = last_code()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    titles = [post(browser, "/account/code/check", code=wrong).json()["title"] for _ in range(rules.MOST_TRIES)]
    assert titles[0] == rules.CodeWrong(left=4).say("vi")
    assert titles[-1] == rules.CodeSpent().say("vi")
    assert post(browser, "/account/code/check", code=code).json()["code"] == "code_spent"


def test_a_code_runs_out(browser: TestClient) -> None:
    with time_machine.travel(clock.now(), tick=False) as moving:
        post(browser, "/account/code", identifier=PHONE)
        code = last_code()
        step = browser.cookies["step"]
        moving.shift(rules.CODE_LASTS)
        answer = browser.post(
            "/account/code/check", json={"code": code}, headers={"Accept": "application/json", "Cookie": f"step={step}"}
        )
        assert answer.json()["code"] == "code_spent"
        assert db.write_now(service.forget_old_codes, clock.now()) == 0
        moving.shift(timedelta(seconds=1))
        assert db.write_now(service.forget_old_codes, clock.now()) == 1


def test_the_code_is_kept_nowhere_in_the_open(browser: TestClient) -> None:
    post(browser, "/account/code", identifier=PHONE)
    with db.read() as session:
        rows = [
            repr(row.model_dump())
            for table in (OneTimeCode, OutboxEvent, OutgoingMessage)
            for row in session.exec(select(table)).all()
        ]
    handle = browser.cookies["step"]
    code = last_code()
    assert len(rows) == 3
    assert not any(code in row or handle in row for row in rows)


def test_soon_again_has_to_wait_and_is_told_how_long(browser: TestClient) -> None:
    assert post(browser, "/account/code", identifier=PHONE).status_code == 200
    for path in ("/account/code", "/account/reset"):
        refused = post(browser, path, identifier="0912.345.678")
        assert refused.status_code == 429
        assert 0 < refused.json()["retry_after"] <= 60
        assert "giây" in refused.json()["title"]
    assert post(browser, "/account/code", identifier="0987 654 321").status_code == 200


@pytest.mark.usefixtures("at_once")
def test_one_number_gets_five_codes_an_hour_whoever_asks(browser: TestClient) -> None:
    for _ in range(LIMITS["code_identifier"].tries):
        browser.cookies.clear()
        assert post(browser, "/account/code", identifier=PHONE).status_code == 200
    refused = post(browser, "/account/reset", identifier=PHONE)
    assert refused.status_code == 429
    assert "phút" in refused.json()["title"]


def test_a_claim_made_with_a_password_goes_to_whoever_holds_the_phone(browser: TestClient) -> None:
    sign_up(browser, name="Kẻ tò mò")
    claimed = who(browser)["account"]
    with other_browser() as holder:
        assert sign_in_with_code(holder).status_code == 200
        assert who(holder)["account"] == claimed
    # Whoever made it with a number that is not theirs is out, and their password opens nothing.
    assert who(browser)["account"] is None
    assert sign_in(browser).status_code == 422


@pytest.mark.usefixtures("at_once")
def test_a_later_claim_takes_nothing_from_whoever_has_proven_the_phone(browser: TestClient) -> None:
    sign_in_with_code(browser)
    owner = who(browser)["account"]
    with other_browser() as curious:
        sign_up(curious)
        assert who(curious)["account"] != owner
    browser.cookies.clear()
    sign_in_with_code(browser)
    assert who(browser)["account"] == owner


def test_a_password_is_set_with_a_code_and_every_other_device_is_out(browser: TestClient) -> None:
    sign_in_with_code(browser)
    owner = who(browser)["account"]
    with other_browser() as forgetful, time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert post(forgetful, "/account/reset", identifier=PHONE).json() == {"next": "/account/reset/code"}
        code = last_code()
        short = post(forgetful, "/account/reset/code", code=code, password="ngắn")
        assert short.json()["field"] == "password"
        assert post(forgetful, "/account/reset/code", code=code, password=NEW).status_code == 200
        assert who(forgetful)["account"] == owner
        assert who(browser)["account"] is None
        forgetful.cookies.clear()
        assert sign_in(forgetful, NEW).status_code == 200
        assert who(forgetful)["account"] == owner
        # Its person hears of it.
        assert "dat lai" in sent()[-1]["text"]


def test_a_code_to_sign_in_with_sets_no_password_and_the_other_way_round(browser: TestClient) -> None:
    post(browser, "/account/code", identifier=PHONE)
    assert post(browser, "/account/reset/code", code=last_code(), password=NEW).json()["code"] == "code_spent"
    post(browser, "/account/reset", identifier="0987654321")
    assert post(browser, "/account/code/check", code=last_code()).json()["code"] == "code_spent"


def test_a_person_proves_the_phone_they_signed_up_with(browser: TestClient) -> None:
    sign_up(browser)
    me = who(browser)["account"]
    assert post(browser, "/account/prove", identifier=PHONE).json() == {"next": "/account/code"}
    assert post(browser, "/account/code/check", code=last_code()).json() == {"next": "/account/security"}
    assert account().id == me
    browser.cookies.clear()
    assert sign_in(browser).status_code == 200


def test_a_guest_proves_nothing(browser: TestClient) -> None:
    assert post(browser, "/account/prove", identifier=PHONE).status_code == 401


def test_a_code_that_proves_is_no_use_to_another_account(browser: TestClient) -> None:
    sign_up(browser)
    post(browser, "/account/prove", identifier=PHONE)
    code, step = last_code(), browser.cookies["step"]
    with other_browser() as thief:
        sign_up(thief, identifier="0987 654 321", name="Kẻ tò mò")
        thief.cookies["step"] = step
        assert post(thief, "/account/code/check", code=code).json()["code"] == "code_spent"


def test_another_address_is_added_only_right_after_signing_in_and_the_old_one_is_told(browser: TestClient) -> None:
    with time_machine.travel(clock.now(), tick=False) as moving:
        sign_in_with_code(browser, "lan@example.vn")
        moving.shift(rules.FRESH_FOR + timedelta(seconds=1))
        assert post(browser, "/account/prove", identifier="moi@example.vn").json()["code"] == "sign_in_again"
        sign_in_with_code(browser, "lan@example.vn")
        assert post(browser, "/account/prove", identifier="moi@example.vn").status_code == 200
        assert post(browser, "/account/code/check", code=last_code("moi@example.vn")).status_code == 200
        told = sent()[-1]
        assert told["to"] == "lan@example.vn"
        assert "mo•••@example.vn" in told["text"]
        assert "moi@" not in told["text"]


@pytest.mark.usefixtures("at_once")
def test_what_another_account_has_proven_is_not_taken_from_it(browser: TestClient) -> None:
    sign_in_with_code(browser)
    first = who(browser)["account"]
    browser.cookies.clear()
    sign_in_with_code(browser, "khac@example.vn")
    post(browser, "/account/prove", identifier=PHONE)
    assert post(browser, "/account/code/check", code=last_code(STORED)).json()["code"] == "identifier_taken"
    assert account().id == first


def test_a_closed_account_is_not_opened_by_a_code(browser: TestClient) -> None:
    sign_in_with_code(browser)

    def close(session: Session) -> None:
        one = session.exec(select(Account)).one()
        one.disabled_at = clock.now()
        session.add(one)

    db.write_now(close)
    browser.cookies.clear()
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert sign_in_with_code(browser).json()["code"] == "account_closed"


def test_where_no_text_messages_go_out_everybody_is_told_so_alike(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKETPLACE_PUBLIC_URL", "https://choque.example")
    settings.cache_clear()
    try:
        assert post(browser, "/account/code", identifier=PHONE).json()["code"] == "channel_closed"
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_orders_of_a_guest_join_the_account_that_has_proven_their_phone_and_no_other(browser: TestClient) -> None:
    def order(session: Session) -> None:
        seller_id = make_seller(session)
        delivery.give_default_methods(session, {"seller_id": seller_id}, clock.now())
        code = make_product(session, seller_id=seller_id).code
        for number, phone in enumerate((PHONE, "0987 654 321")):
            place(session, [(code, 1000)], now=clock.now(), key=str(number), buyer={"name": "Lan", "phone": phone})

    db.write_now(order)

    def owners() -> dict[str, int | None]:
        import asyncio

        asyncio.run(background.outbox.work_off())
        with db.read() as session:
            return {one.buyer_phone: one.account_id for one in session.exec(select(Purchase)).all()}

    sign_up(browser)
    assert owners() == {STORED: None, "+84987654321": None}
    post(browser, "/account/prove", identifier=PHONE)
    post(browser, "/account/code/check", code=last_code())
    assert owners() == {STORED: who(browser)["account"], "+84987654321": None}


def test_it_all_works_without_javascript(browser: TestClient) -> None:
    asked = browser.post("/account/code", data={"identifier": PHONE, "next": "/seller"}, headers=BROWSER)
    assert (asked.status_code, asked.headers["location"]) == (303, "/account/code")
    wrong = browser.post("/account/code/check", data={"code": "x"}, headers=BROWSER)
    assert wrong.status_code == 422
    assert 'autocomplete="one-time-code" inputmode="numeric"' in wrong.text
    assert 'action="/account/code/check"' in wrong.text
    assert 'value="x"' not in wrong.text
    done = browser.post("/account/code/check", data={"code": last_code()}, headers=BROWSER)
    assert (done.status_code, done.headers["location"]) == (303, "/seller")
    waiting = browser.post("/account/code", data={"identifier": PHONE}, headers=BROWSER)
    assert waiting.status_code == 429
    assert f'value="{PHONE}"' in waiting.text


@pytest.mark.parametrize("path", ["/account/code/check", "/account/reset/code", "/account/second-factor"])
@pytest.mark.parametrize("code", ["", " ", "0" * 41, "\x00", "１２３４５６", "' OR 1=1", None, 123456, ["1"]])
def test_junk_for_a_code_is_refused(browser: TestClient, path: str, code: object) -> None:
    answer = post(browser, path, code=code, password=PASSWORD)
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers
