"""Signing up and in, sessions, roles."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from marketplace.accounts import rules, service
from marketplace.accounts.models import Account, AccountSession
from marketplace.accounts.rules import LIFETIMES, Role, SessionKind
from marketplace.accounts.views import GUEST, Person
from marketplace.base import crypto
from marketplace.base.errors import NotFound, NotSignedIn
from marketplace.base.models import OutboxEvent
from marketplace.sellers.service import acting_person
from tests.factories import NOW, make_account, make_commune, make_person, make_seller

MINUTE = timedelta(minutes=1)
PHONE = "0912 345 678"


def sign_up(session: Session, password: str = "ruộng lúa bát ngát", phone: str = PHONE) -> int:
    return service.sign_up(session, "Nguyễn Thị Lan", phone, crypto.hash_password(password), NOW)


def opened_by(session: Session, password: str, identifier: str = PHONE) -> int | None:
    return asyncio.run(service.matching_account(password, service.find_for_sign_in(session, identifier)))


def test_the_one_who_signed_up_signs_in_with_any_spelling_of_the_number(session: Session) -> None:
    account_id = sign_up(session)
    for typed in ("0912345678", "+84 912 345 678", "0912.345.678"):
        assert opened_by(session, "ruộng lúa bát ngát", typed) == account_id
    assert opened_by(session, "ruong lua bat ngat") is None
    assert opened_by(session, "ruộng lúa bát ngát", "0987 654 321") is None


def test_a_mail_address_signs_in_as_well(session: Session) -> None:
    account_id = sign_up(session, phone="Lan.Vuon@gmail.com")
    assert opened_by(session, "ruộng lúa bát ngát", "lan.vuon@GMAIL.com") == account_id


def test_a_second_sign_up_on_one_number_is_another_account_and_neither_loses_its_own(session: Session) -> None:
    first = sign_up(session, "ruộng lúa bát ngát")
    second = sign_up(session, "vườn xoài trĩu quả")
    assert first != second
    assert opened_by(session, "ruộng lúa bát ngát") == first
    assert opened_by(session, "vườn xoài trĩu quả") == second


def test_one_number_cannot_be_claimed_without_end(session: Session) -> None:
    for number in range(rules.SIGN_IN_SLOTS):
        sign_up(session, f"mùa nước nổi {number}")
    with pytest.raises(rules.SignUpsExhausted):
        sign_up(session, "mùa nước nổi nữa")
    assert opened_by(session, "mùa nước nổi 0") is not None


def test_only_one_account_can_have_proven_a_number(session: Session) -> None:
    session.add(Account(name="Lan", phone="+84912345678", phone_proven_at=NOW, created_at=NOW))
    session.flush()
    session.add(Account(name="Không phải Lan", phone="+84912345678", phone_proven_at=NOW, created_at=NOW))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize("claims", [0, 1, 3])
def test_every_sign_in_checks_as_many_passwords_as_any_other(
    session: Session, monkeypatch: pytest.MonkeyPatch, claims: int
) -> None:
    for number in range(claims):
        sign_up(session, f"mùa nước nổi {number}")
    checked = []

    def counting(password: str, stored: str | None) -> bool:
        checked.append(stored)
        return genuine(password, stored)

    genuine = crypto.password_matches
    monkeypatch.setattr(crypto, "password_matches", counting)
    for password in ("mùa nước nổi 0", "sai mật khẩu rồi"):
        checked.clear()
        opened_by(session, password)
        assert len(checked) == rules.SIGN_IN_SLOTS


def test_an_unknown_accounts_password_takes_as_long_to_refuse_as_a_known_ones(session: Session) -> None:
    sign_up(session)
    verified = []
    genuine = crypto._passwords.verify

    class Watching:
        def verify(self, password: str, stored: str) -> bool:
            verified.append(stored.rsplit("$", 2)[0])
            return genuine(password, stored)

        def hash(self, password: str) -> str:
            return hashing(password)

    hashing = crypto._passwords.hash
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crypto, "_passwords", Watching())
        opened_by(session, "sai mật khẩu rồi")
        known = list(verified)
        verified.clear()
        opened_by(session, "sai mật khẩu rồi", "0987654321")
    assert sorted(known) == sorted(verified)
    assert len(known) == rules.SIGN_IN_SLOTS


def test_a_token_is_never_stored_and_never_comes_twice(session: Session) -> None:
    account_id = make_account(session)
    tokens = {service.open_session(session, account_id, "Firefox", NOW) for _ in range(5)}
    assert len(tokens) == 5
    stored = session.exec(select(AccountSession)).all()
    assert {row.token_digest for row in stored} == {crypto.digest(token) for token in tokens}


def test_signing_in_ends_the_session_the_browser_had(session: Session) -> None:
    account_id = make_account(session)
    old = service.open_session(session, account_id, "", NOW)
    new = service.open_session(session, account_id, "", NOW + MINUTE, replacing=old)
    assert new != old
    assert not acting_person(session, old, NOW + MINUTE).signed_in
    assert acting_person(session, new, NOW + MINUTE).account_id == account_id


def test_a_token_brought_along_by_the_browser_never_becomes_a_session(session: Session) -> None:
    planted = crypto.new_token()
    service.open_session(session, make_account(session), "", NOW, replacing=planted)
    assert not acting_person(session, planted, NOW).signed_in


def test_what_a_guest_collected_is_announced_to_follow_into_the_account(session: Session) -> None:
    account_id = make_account(session)
    guest = crypto.new_token()
    service.open_session(session, account_id, "", NOW, replacing=guest)
    session.flush()
    event_row = session.exec(select(OutboxEvent).where(OutboxEvent.topic == "account.signed_in")).one()
    assert event_row.payload == {"account_id": account_id, "visitor_digest": crypto.digest(guest)}
    assert acting_person(session, guest, NOW).visitor_digest == crypto.digest(guest)


def test_a_closed_session_is_a_guest_at_once(session: Session) -> None:
    token = service.open_session(session, make_account(session), "", NOW)
    service.close_session(session, token, NOW)
    assert not acting_person(session, token, NOW).signed_in
    service.close_session(session, crypto.new_token(), NOW)


def test_nobody_without_a_token_is_a_plain_guest(session: Session) -> None:
    assert acting_person(session, None, NOW) == GUEST


@pytest.mark.parametrize("kind", list(SessionKind))
def test_a_session_rests_no_longer_than_its_kind_allows(session: Session, kind: SessionKind) -> None:
    make_commune(session)
    account_id = make_account(session)
    if kind is SessionKind.SELLER:
        make_seller(session, owner_id=account_id)
    if kind is SessionKind.STAFF:
        service.grant_role(session, account_id, Role.PROVINCE_STAFF, None, NOW)
    token = service.open_session(session, account_id, "", NOW)
    idle = LIFETIMES[kind].idle
    assert acting_person(session, token, NOW + idle - MINUTE).signed_in
    assert not acting_person(session, token, NOW + idle).signed_in


@pytest.mark.parametrize("kind", [SessionKind.SHOPPER, SessionKind.STAFF])
def test_a_session_in_use_ends_all_the_same(session: Session, kind: SessionKind) -> None:
    account_id = make_account(session)
    if kind is SessionKind.STAFF:
        service.grant_role(session, account_id, Role.PROVINCE_STAFF, None, NOW)
    token = service.open_session(session, account_id, "", NOW)
    lifetime = LIFETIMES[kind]
    moment = NOW
    while (moment := moment + lifetime.idle - MINUTE) < NOW + lifetime.absolute:
        person = acting_person(session, token, moment)
        assert person.signed_in
        assert person.session_id is not None
        service.touch_session(session, person.session_id, moment)
    assert not acting_person(session, token, NOW + lifetime.absolute).signed_in


def last_seen(session: Session, session_id: int) -> datetime:
    return session.exec(select(AccountSession.last_seen_at).where(AccountSession.id == session_id)).one()


def test_use_is_written_down_at_most_once_a_minute(session: Session) -> None:
    person = make_person(session, make_account(session))
    assert person.session_id is not None
    assert not person.touch_due
    service.touch_session(session, person.session_id, NOW + timedelta(seconds=59))
    assert last_seen(session, person.session_id) == NOW
    service.touch_session(session, person.session_id, NOW + MINUTE)
    assert last_seen(session, person.session_id) == NOW + MINUTE


def test_a_touch_is_due_after_a_minute(session: Session) -> None:
    token = service.open_session(session, make_account(session), "", NOW)
    assert not acting_person(session, token, NOW + timedelta(seconds=59)).touch_due
    assert acting_person(session, token, NOW + MINUTE).touch_due


def test_people_see_and_end_their_own_sign_ins_only(session: Session) -> None:
    lan_id, minh_id = make_account(session), make_account(session, "Minh")
    lan = make_person(session, lan_id)
    phone_token = service.open_session(session, lan_id, "Chrome trên Android\n", NOW + MINUTE)
    minh = make_person(session, minh_id)
    listed = service.list_sessions(session, lan, NOW + MINUTE)
    assert [(one.device, one.current) for one in listed] == [("Chrome trên Android", False), ("test", True)]
    with pytest.raises(NotFound):
        service.revoke_session(session, minh, listed[0].id, NOW)
    assert acting_person(session, phone_token, NOW + MINUTE).signed_in
    service.revoke_session(session, lan, listed[0].id, NOW + MINUTE)
    assert not acting_person(session, phone_token, NOW + MINUTE).signed_in
    with pytest.raises(NotFound):
        service.revoke_session(session, lan, listed[0].id, NOW + MINUTE)
    with pytest.raises(NotSignedIn):
        service.list_sessions(session, GUEST, NOW)


def test_new_rights_need_a_new_sign_in(session: Session) -> None:
    make_commune(session)
    account_id = make_account(session)
    token = service.open_session(session, account_id, "", NOW)
    service.grant_role(session, account_id, Role.COMMUNE_STAFF, "31117", NOW)
    assert not acting_person(session, token, NOW).signed_in
    person = make_person(session, account_id)
    assert person.roles == {Role.COMMUNE_STAFF}
    assert person.role_communes == {(Role.COMMUNE_STAFF, "31117")}


def test_a_role_given_twice_is_one_role_and_ends_no_session(session: Session) -> None:
    account_id = make_account(session)
    service.grant_role(session, account_id, Role.OPERATOR, None, NOW)
    token = service.open_session(session, account_id, "", NOW, strong=True)
    service.grant_role(session, account_id, Role.OPERATOR, None, NOW)
    assert acting_person(session, token, NOW).roles == {Role.OPERATOR}


def test_a_disabled_account_is_out_at_once_and_cannot_come_back(session: Session) -> None:
    account_id = sign_up(session)
    token = service.open_session(session, account_id, "", NOW)
    account = session.exec(select(Account).where(Account.id == account_id)).one()
    account.disabled_at = NOW
    session.add(account)
    session.flush()
    assert not acting_person(session, token, NOW).signed_in
    assert opened_by(session, "ruộng lúa bát ngát") is None


def test_an_account_vouched_for_signs_in_before_those_that_only_claim_its_number(session: Session) -> None:
    sign_up(session, "vườn xoài trĩu quả")
    staff_id, new = service.add_staff(
        session, "Trần Văn Minh", PHONE, crypto.hash_password("trụ sở một hai ba"), Role.PROVINCE_STAFF, None, NOW
    )
    assert new
    assert service.find_for_sign_in(session, PHONE)[0].account_id == staff_id
    again, new = service.add_staff(
        session, "Khác", PHONE, crypto.hash_password("không dùng đến"), Role.OPERATOR, None, NOW
    )
    assert (again, new) == (staff_id, False)
    assert opened_by(session, "trụ sở một hai ba") == staff_id
    assert opened_by(session, "không dùng đến") is None


def test_long_dead_sessions_are_forgotten_and_open_ones_kept(session: Session) -> None:
    account_id = make_account(session)
    dead = service.open_session(session, account_id, "", NOW)
    service.close_session(session, dead, NOW)
    month = service.DEAD_SESSIONS_KEPT
    open_token = service.open_session(session, account_id, "", NOW + month)
    assert service.forget_dead_sessions(session, NOW + month) == 0
    assert service.forget_dead_sessions(session, NOW + month + MINUTE) == 1
    assert acting_person(session, open_token, NOW + month + MINUTE).signed_in


def test_finding_the_person_takes_two_queries_and_one_for_a_guest(session: Session) -> None:
    make_commune(session)
    account_id = make_account(session)
    make_seller(session, owner_id=account_id)
    token = service.open_session(session, account_id, "", NOW)
    session.flush()
    statements: list[str] = []

    def note(*call: object) -> None:
        statements.append(str(call[2]))

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    try:
        assert acting_person(session, token, NOW).seller_ids
        assert len(statements) == 2
        statements.clear()
        assert isinstance(acting_person(session, crypto.new_token(), NOW), Person)
        assert len(statements) == 1
    finally:
        event.remove(bind, "before_cursor_execute", note)


def test_a_person_without_roles_or_shop_has_none(session: Session) -> None:
    person = make_person(session, make_account(session))
    assert (person.roles, person.seller_ids, person.role_communes, person.member_roles) == (frozenset(),) * 4


def test_contacts_leave_out_who_is_not_there(session: Session) -> None:
    account_id = make_account(session, phone="+84912345678")
    found = service.contacts(session, [account_id, 999_999])
    assert set(found) == {account_id}
    assert found[account_id].phone == "+84912345678"
    assert service.contacts(session, []) == {}


def test_names_are_kept_whole_and_hidden_characters_refused(session: Session) -> None:
    account_id = service.sign_up(session, "  Nguyễn   Thị Lan ", PHONE, None, NOW)
    assert session.exec(select(Account.name).where(col(Account.id) == account_id)).one() == "Nguyễn Thị Lan"
    for name in ("Lan\u202egnp.exe", "Lan\x00", "Lan\ud800"):
        with pytest.raises(Exception, match="invalid"):
            service.sign_up(session, name, PHONE, None, NOW)
