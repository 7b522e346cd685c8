"""The second factor: set up, asked for, never taken twice, and needed by the staff before anything opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
import pytest
import time_machine
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as some
from sqlmodel import Session, select

from marketplace.accounts import command, rules, service
from marketplace.accounts.models import RecoveryCode, SecondFactor
from marketplace.accounts.rules import Right, Role
from marketplace.accounts.rules import second_factor as factor_rules
from marketplace.accounts.views import Access
from marketplace.base import clock, crypto, db, ratelimit
from marketplace.base.errors import NotAllowed
from marketplace.base.ratelimit import LIMITS, Counter
from tests.accounts.signing import BROWSER, PASSWORD, PHONE, app, post, sent, sign_in, who
from tests.accounts.test_command import parsed
from tests.factories import NOW, make_account, make_person, make_staff

SET_UP = "/account/second-factor/set-up"
STAFF = "minh@cantho.gov.vn"


@pytest.fixture
def browser(database: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser at a still moment, with limits of its own; a staff account is there."""
    counter = Counter(None)
    monkeypatch.setattr(ratelimit, "_counter", lambda: counter)
    with (
        time_machine.travel(datetime(2026, 1, 5, 9, tzinfo=UTC), tick=False) as moving,
        TestClient(app(), base_url="http://localhost:3000", follow_redirects=False) as client,
    ):
        db.write_now(
            service.add_staff,
            "Trần Văn Minh",
            STAFF,
            crypto.hash_password(PASSWORD),
            Role.PROVINCE_STAFF,
            None,
            clock.now(),
        )
        client.moving = moving
        yield client


def later(client: TestClient, by: timedelta = timedelta(seconds=30)) -> None:
    client.moving.shift(by)


def key_on(page: httpx.Response) -> str:
    found = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page.text)
    assert found is not None
    return found[1].replace(" ", "")


def app_shows(secret: str) -> str:
    """As another implementation of the standard would have it: the library, not our rules."""
    return pyotp.TOTP(secret).at(clock.now())


def set_up(client: TestClient) -> tuple[str, list[str]]:
    """Sign the staff in and set the second factor up; the secret and the recovery codes."""
    assert sign_in(client, identifier=STAFF).json()["next"] == f"{SET_UP}?next=%2Faccount"
    secret = key_on(client.get(SET_UP))
    answer = client.post(f"{SET_UP}?next=/staff", data={"code": app_shows(secret)}, headers=BROWSER)
    assert answer.status_code == 200
    codes = re.findall(r"<code[^>]*>([0-9]{5}-[0-9]{5})</code>", answer.text)
    assert 'href="/staff"' in answer.text
    return secret, codes


def test_staff_have_no_rights_until_it_is_set_up_and_all_of_them_at_once_then(browser: TestClient) -> None:
    sign_in(browser, identifier=STAFF)
    assert (who(browser)["roles"], who(browser)["withheld"]) == ([], ["province_staff"])
    weak = browser.cookies["sid"]
    _, codes = set_up(browser)
    assert browser.cookies["sid"] != weak
    assert (who(browser)["roles"], who(browser)["withheld"]) == (["province_staff"], [])
    assert len(set(codes)) == factor_rules.RECOVERY_CODES
    browser.cookies.clear()
    browser.cookies["sid"] = weak
    assert who(browser)["account"] is None


def test_from_then_on_a_password_alone_opens_nothing(browser: TestClient) -> None:
    secret, _ = set_up(browser)
    browser.cookies.clear()
    browser.get("/visit")
    guest = browser.cookies["sid"]
    later(browser)
    answer = post(browser, "/account/sign-in", identifier=STAFF, password=PASSWORD, next="/staff")
    assert answer.json() == {"next": "/account/second-factor"}
    assert browser.cookies["sid"] == guest
    assert who(browser)["account"] is None
    assert post(browser, "/account/second-factor", code="000000").json()["code"] == "factor_wrong"
    assert post(browser, "/account/second-factor", code=app_shows(secret)).json() == {"next": "/staff"}
    assert who(browser)["roles"] == ["province_staff"]
    assert browser.cookies["sid"] != guest


def test_nor_does_a_code_sent_to_the_mailbox(browser: TestClient) -> None:
    set_up(browser)
    browser.cookies.clear()
    post(browser, "/account/code", identifier=STAFF)
    code = re.search(r"\b[0-9]{6}\b", sent()[-1]["text"])
    assert code is not None
    assert post(browser, "/account/code/check", code=code[0]).json() == {"next": "/account/second-factor"}
    assert who(browser)["account"] is None


def test_a_code_is_never_taken_twice(browser: TestClient) -> None:
    secret, _ = set_up(browser)
    used = app_shows(secret)
    browser.cookies.clear()
    sign_in(browser, identifier=STAFF)
    # The one it was set up with counts as used too.
    assert post(browser, "/account/second-factor", code=used).json()["code"] == "factor_wrong"
    later(browser)
    code = app_shows(secret)
    assert post(browser, "/account/second-factor", code=code).status_code == 200
    browser.cookies.clear()
    sign_in(browser, identifier=STAFF)
    assert post(browser, "/account/second-factor", code=code).json()["code"] == "factor_wrong"


def test_of_two_at_once_with_one_code_one_gets_in(browser: TestClient) -> None:
    secret, codes = set_up(browser)
    later(browser)
    with db.read() as session:
        account_id = session.exec(select(SecondFactor.account_id)).one()
    for typed in (app_shows(secret), codes[0]):
        with ThreadPoolExecutor(4) as pool:
            taken = list(
                pool.map(
                    lambda _, typed=typed: db.write_now(service.second_factor.take, account_id, typed, clock.now()),
                    range(4),
                )
            )
        assert sum(one is not None for one in taken) == 1


def test_a_recovery_code_stands_in_once_and_its_person_hears_of_it(browser: TestClient) -> None:
    _, codes = set_up(browser)
    browser.cookies.clear()
    sign_in(browser, identifier=STAFF)
    step = browser.cookies["step"]
    assert post(browser, "/account/second-factor", code=codes[3].replace("-", " ")).status_code == 200
    assert who(browser)["roles"] == ["province_staff"]
    assert "mã dự phòng" in sent()[-1]["text"]
    browser.cookies.clear()
    browser.cookies["step"] = step
    assert post(browser, "/account/second-factor", code=codes[4]).json()["code"] == "code_spent"
    browser.cookies.clear()
    sign_in(browser, identifier=STAFF)
    assert post(browser, "/account/second-factor", code=codes[3]).json()["code"] == "factor_wrong"


def test_guessing_soon_has_to_wait_however_often_the_password_is_right(browser: TestClient) -> None:
    set_up(browser)
    statuses = []
    for _ in range(LIMITS["second_factor"].tries // rules.MOST_TRIES + 1):
        browser.cookies.clear()
        sign_in(browser, identifier=STAFF)
        statuses += [post(browser, "/account/second-factor", code="000000") for _ in range(rules.MOST_TRIES)]
    assert [answer.status_code for answer in statuses] == [422] * 10 + [429] * 5
    assert statuses[-1].json()["retry_after"] > 0


def test_the_step_ends_after_five_wrong_codes(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, _ = set_up(browser)
    later(browser)
    browser.cookies.clear()
    sign_in(browser, identifier=STAFF)
    for _ in range(rules.MOST_TRIES):
        post(browser, "/account/second-factor", code="000000")
    assert post(browser, "/account/second-factor", code=app_shows(secret)).json()["code"] == "code_spent"


def test_the_page_shows_one_secret_until_it_is_confirmed_and_never_after(browser: TestClient) -> None:
    sign_in(browser, identifier=STAFF)
    page = browser.get(SET_UP)
    assert page.headers["cache-control"] == "no-store"
    secret = key_on(page)
    assert key_on(browser.get(SET_UP)) == secret
    wrong = browser.post(SET_UP, data={"code": "000000"}, headers=BROWSER)
    assert wrong.status_code == 422
    assert key_on(wrong) == secret
    assert factor_rules.FactorWrong.message.vi in wrong.text
    with db.read() as session:
        sealed = session.exec(select(SecondFactor.sealed)).one()
    assert secret not in sealed
    browser.post(SET_UP, data={"code": app_shows(secret)}, headers=BROWSER)
    after = browser.get(SET_UP)
    assert (after.status_code, after.headers["location"]) == (303, "/account/security")
    assert browser.post(SET_UP, data={"code": app_shows(secret)}, headers=BROWSER).status_code == 404


def test_what_the_qr_code_says_is_what_apps_read(session: Session) -> None:
    account_id = make_account(session)
    person = make_person(session, account_id)
    with pytest.raises(factor_rules.ProofNeeded):
        service.second_factor.set_up(session, person, NOW)
    staff, _ = service.add_staff(session, "Minh", STAFF, "x", Role.OPERATOR, None, NOW)
    given = service.second_factor.set_up(session, make_person(session, staff, strong=False), NOW)
    parts = urlsplit(given.address)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query)["secret"] == [given.secret]
    assert parse_qs(parts.query)["issuer"] == ["Cho Que"]
    assert pyotp.TOTP(given.secret).at(NOW) == factor_rules.code_at(given.secret, factor_rules.step_of(NOW))


def test_it_is_set_up_only_right_after_signing_in(browser: TestClient) -> None:
    assert browser.get(SET_UP).headers["location"].startswith("/account/sign-in?next=%2Faccount%2Fsecond-factor")
    sign_in(browser, identifier=STAFF)
    later(browser, rules.FRESH_FOR + timedelta(seconds=1))
    late = browser.get(SET_UP)
    assert late.status_code == 403
    assert "<code" not in late.text


def test_new_recovery_codes_take_the_place_of_the_old_ones(browser: TestClient) -> None:
    secret, old = set_up(browser)
    later(browser)
    answer = browser.post("/account/second-factor/codes", data={"code": app_shows(secret)}, headers=BROWSER)
    new = re.findall(r"<code[^>]*>([0-9]{5}-[0-9]{5})</code>", answer.text)
    assert len(new) == factor_rules.RECOVERY_CODES
    assert not set(new) & set(old)
    with db.read() as session:
        assert len(session.exec(select(RecoveryCode)).all()) == len(new)
    refused = browser.post("/account/second-factor/codes", data={"code": old[0]}, headers=BROWSER)
    assert refused.status_code == 422


def test_staff_cannot_turn_it_off_and_sellers_can(browser: TestClient) -> None:
    set_up(browser)
    assert post(browser, "/account/second-factor/off", code="000000").json()["code"] == "second_factor_required"
    browser.cookies.clear()
    post(browser, "/account/code", identifier=PHONE)
    code = re.search(r"\b[0-9]{6}\b", sent()[-1]["text"])
    assert code is not None
    post(browser, "/account/code/check", code=code[0])
    secret = key_on(browser.get(SET_UP))
    browser.post(SET_UP, data={"code": app_shows(secret)}, headers=BROWSER)
    later(browser)
    assert post(browser, "/account/second-factor/off", code="000000").json()["code"] == "factor_wrong"
    assert post(browser, "/account/second-factor/off", code=app_shows(secret)).json() == {"next": "/account/security"}
    with db.read() as session:
        assert len(session.exec(select(SecondFactor)).all()) == 1


def test_the_operator_takes_it_from_who_lost_everything(
    browser: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(browser)
    assert command.run(parsed("forget-second-factor", "--email", STAFF)) == 0
    # The session it opened counts as one without.
    assert (who(browser)["roles"], who(browser)["withheld"]) == ([], ["province_staff"])
    browser.cookies.clear()
    assert sign_in(browser, identifier=STAFF).json()["next"].startswith(SET_UP)
    assert command.run(parsed("forget-second-factor", "--phone", "0987654321")) == 1
    assert capsys.readouterr().err


def test_a_right_that_only_lacks_it_says_so(session: Session) -> None:
    staff = make_staff(session)
    assert staff.account_id is not None
    weak = make_person(session, staff.account_id, strong=False)
    with pytest.raises(factor_rules.SecondFactorNeeded):
        weak.require_right(Right.SUSPEND_SELLERS)
    with pytest.raises(factor_rules.SecondFactorNeeded):
        weak.require_role(Role.PROVINCE_STAFF)
    with pytest.raises(NotAllowed):
        weak.require_right(Right.GRANT_ROLES)
    assert weak.communes_for(Right.REVIEW_SELLERS) == frozenset()
    assert [one.access_to(Right.SUSPEND_SELLERS) for one in (staff, weak)] == [Access.GRANTED, Access.WEAK]
    assert weak.access_to(Right.GRANT_ROLES) is Access.STRANGER


@given(some.integers(0, 2**31), some.integers(-120, 120))
def test_a_code_counts_within_a_step_of_its_own_and_never_beyond(at: int, apart: int) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    shown, typed = datetime.fromtimestamp(at + 600, UTC), datetime.fromtimestamp(at + 600 + apart, UTC)
    code = pyotp.TOTP(secret).at(shown)
    found = factor_rules.matching_step(secret, code, typed, 0)
    if abs(factor_rules.step_of(typed) - factor_rules.step_of(shown)) <= factor_rules.DRIFT:
        assert found is not None
        assert factor_rules.matching_step(secret, code, typed, factor_rules.step_of(typed) + 1) is None
    else:
        # Another step may show the same digits, once in a million.
        assert found is None or factor_rules.code_at(secret, found) == code
