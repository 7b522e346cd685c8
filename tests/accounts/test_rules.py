"""Names, passwords, rights and lifetimes."""

from __future__ import annotations

import string
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from marketplace.accounts import rules
from marketplace.accounts.rules import Identifier, MemberRole, Right, Role, SessionKind, Task
from marketplace.accounts.views import Person
from marketplace.base.errors import DomainError, FieldRequired, NotAllowed, NotFound, NotSignedIn

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
MOBILE_PREFIXES = ["32", "39", "56", "70", "79", "81", "88", "90", "91", "98"]
mobiles = st.builds(
    lambda prefix, rest: prefix + rest,
    st.sampled_from(MOBILE_PREFIXES),
    st.text(string.digits, min_size=7, max_size=7),
)


@given(
    mobiles,
    st.sampled_from(["0{}", "+84{}", "84{}", "0084{}", "(+84){}", "+84 0{}"]),
    st.sampled_from(["", " ", ".", "-"]),
)
def test_every_usual_spelling_of_a_mobile_number_is_the_same_number(digits: str, shape: str, gap: str) -> None:
    grouped = gap.join([digits[:2], digits[2:5], digits[5:]])
    assert rules.parse_phone(shape.format(grouped)) == f"+84{digits}"


@given(mobiles)
def test_a_shown_number_reads_back_as_itself(digits: str) -> None:
    phone = f"+84{digits}"
    shown = rules.show_phone(phone)
    assert len(shown) == len("0912 345 678")
    assert rules.parse_phone(shown) == phone
    assert rules.parse_phone(phone) == phone


@given(mobiles)
def test_a_masked_number_keeps_only_its_ends(digits: str) -> None:
    masked = rules.mask_phone(f"+84{digits}")
    assert masked == f"0{digits[0]}•• ••• {digits[-3:]}"


def test_a_phone_is_shown_as_people_write_it() -> None:
    assert rules.show_phone("+84912345678") == "0912 345 678"
    assert rules.mask_phone("+84912345678") == "09•• ••• 678"


@pytest.mark.parametrize(
    "typed",
    [
        "0123 456 789",
        "01634567890",
        "02923 123 456",
        "+1 650 253 0000",
        "0912ABC678",
        "0912345678 ext. 5",
        "0912345678;phone-context=evil.example",
        "tel:0912345678",
        "091234567",
        "09123456789012345678901234567890",
        "0912\n345\x00678",
        "một hai ba",
    ],
)
def test_what_is_no_vietnamese_mobile_number_is_refused(typed: str) -> None:
    with pytest.raises(rules.PhoneUnreadable):
        rules.parse_phone(typed)


def test_full_width_digits_of_a_keyboard_are_read() -> None:
    assert rules.parse_phone("０９１２３４５６７８") == "+84912345678"


@pytest.mark.parametrize("typed", ["", "  ", "\t"])
def test_an_empty_phone_is_said_to_be_empty(typed: str) -> None:
    with pytest.raises(FieldRequired):
        rules.parse_phone(typed)


@given(st.text())
@example("\ud800")
def test_any_text_is_an_identifier_or_a_domain_error(typed: str) -> None:
    try:
        who = rules.parse_identifier(typed)
    except DomainError:
        return
    assert (who.phone is None) != (who.email is None)
    assert rules.parse_identifier(who.text) == who


@given(st.emails(domains=st.sampled_from(["gmail.com", "htx-xoai.vn", "mail.cantho.gov.vn"])))
def test_an_address_is_kept_in_lower_case(address: str) -> None:
    try:
        read = rules.parse_email(address)
    except rules.EmailUnreadable:
        # Quoted local parts and the like, which browsers refuse as well.
        assert len(address.partition("@")[0]) > 64 or not address.isascii()
        return
    assert read == address.lower()
    assert rules.parse_email(f"  {address.upper()} ") == read


@pytest.mark.parametrize(
    "typed",
    ["lan@", "@vn", "lan@gmail", "lan nguyen@gmail.com", "lan@gmail..com", "a@b@c.vn", "lan@-x.vn", "l\r\nBcc:x@y.vn"],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(rules.EmailUnreadable):
        rules.parse_email(typed)


LAN = Identifier(phone="+84912345678")


def check(password: str, name: str = "Nguyễn Thị Lan", who: Identifier = LAN) -> None:
    rules.check_new_password(password, name=name, identifier=who)


@pytest.mark.parametrize(
    "password",
    [
        "xoài cát Hòa Lộc chín",
        "ruộng lúa bát ngát",
        "x" * 63 + "yz",
        "Zq7#mw2!",
        "大きな市場の果物",
        "🥭🍍🥥🍌🥬🌾🍚🐟",
    ],
)
def test_a_long_enough_password_of_any_characters_is_taken(password: str) -> None:
    check(password)


def test_a_password_of_two_hundred_characters_is_taken_and_no_longer() -> None:
    words = "mùa nước nổi về đồng bằng sông Cửu Long " * 6
    check(words[: rules.LONGEST_PASSWORD])
    with pytest.raises(DomainError) as refused:
        check(words[: rules.LONGEST_PASSWORD + 1])
    assert refused.value.code == "too_long"


@pytest.mark.parametrize("password", ["", "ngắn", "1234567"])
def test_a_short_password_is_refused(password: str) -> None:
    with pytest.raises(rules.PasswordTooShort):
        check(password)


@pytest.mark.parametrize(
    "password",
    [
        "12345678",
        "matkhau123",
        "Mật Khẩu 123",
        "anhyeuem",
        "Anh Yêu Em",
        "vietnam2026",
        "Password!",
        "qwertyuiop",
        "87654321",
        "abcabcabc",
        "aaaaaaaaaaaa",
        "choque2026",
    ],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    with pytest.raises(rules.PasswordTooCommon):
        check(password)


@pytest.mark.parametrize(
    "password", ["nguyenthilan", "Nguyễn Thị Lan", "0912345678", "0912 345 678", "+84912345678", "912345678"]
)
def test_ones_own_name_and_number_are_no_password(password: str) -> None:
    with pytest.raises(rules.PasswordNamesPerson):
        check(password)


def test_ones_own_mail_address_is_no_password() -> None:
    for password in ("lan.vuonxoai@gmail.com", "lanvuonxoai"):
        with pytest.raises(rules.PasswordNamesPerson):
            check(password, who=Identifier(email="lan.vuonxoai@gmail.com"))


@given(st.text(min_size=1))
@example("\udc80")
def test_every_spelling_of_an_accent_is_one_password_that_can_be_hashed(typed: str) -> None:
    read = rules.read_password(typed)
    read.encode()
    assert rules.read_password(unicodedata.normalize("NFD", typed)) == read
    assert rules.read_password(read) == read


def test_every_right_is_somebodys_and_no_right_is_everybodys() -> None:
    assert set(rules.RIGHTS) == set(Right)
    for holders in rules.RIGHTS.values():
        assert holders
        # A right is either the staff's or a seller's, never both: a shop's owner gains nothing over the province.
        assert all(isinstance(holder, Role) for holder in holders) or all(
            isinstance(holder, MemberRole | Task) for holder in holders
        )


def test_a_shops_helper_does_what_the_tasks_say_and_never_runs_the_shop() -> None:
    held: frozenset[tuple[int, MemberRole | Task]] = frozenset({(7, MemberRole.STAFF), (7, Task.ORDERS)})
    helper = Person(account_id=1, seller_ids=frozenset({7}), member_roles=held)
    assert helper.require_seller(7, Right.HANDLE_ORDERS) == 1
    for right in (Right.SEE_MONEY, Right.MANAGE_PEOPLE, Right.MANAGE_SHOP):
        with pytest.raises(NotAllowed):
            helper.require_seller(7, right)


def test_an_owners_rights_end_at_the_door_of_the_next_shop() -> None:
    owner_and_helper = Person(
        account_id=1,
        seller_ids=frozenset({7, 8}),
        member_roles=frozenset({(7, MemberRole.OWNER), (8, MemberRole.STAFF)}),
    )
    owner_and_helper.require_seller(7, Right.SEE_MONEY)
    with pytest.raises(NotAllowed):
        owner_and_helper.require_seller(8, Right.SEE_MONEY)
    with pytest.raises(NotFound):
        owner_and_helper.require_seller(9)
    with pytest.raises(NotSignedIn):
        Person().require_seller(7)


def test_a_communes_right_reaches_that_commune_only() -> None:
    officer = Person(
        account_id=2, roles=frozenset({Role.COMMUNE_STAFF}), role_communes=frozenset({(Role.COMMUNE_STAFF, "31117")})
    )
    assert officer.require_right_in(Right.REVIEW_SELLERS, "31117") == 2
    with pytest.raises(NotFound):
        officer.require_right_in(Right.REVIEW_SELLERS, "31120")
    with pytest.raises(NotAllowed):
        officer.require_right_in(Right.SUSPEND_SELLERS, "31117")
    assert officer.communes_for(Right.SUSPEND_SELLERS) == frozenset()


def test_one_role_does_not_lend_its_communes_to_another() -> None:
    person = Person(
        account_id=3,
        roles=frozenset({Role.COMMUNE_STAFF, Role.DIGITAL_TEAM}),
        role_communes=frozenset({(Role.COMMUNE_STAFF, "31117"), (Role.DIGITAL_TEAM, "31120")}),
    )
    assert person.communes_for(Right.REVIEW_SELLERS) == frozenset({"31117"})


def test_the_provinces_right_reaches_everywhere() -> None:
    officer = Person(account_id=4, roles=frozenset({Role.PROVINCE_STAFF}))
    assert officer.communes_for(Right.REVIEW_SELLERS) is None
    assert officer.require_right_in(Right.REVIEW_SELLERS, "00001") == 4


@pytest.mark.parametrize("role", list(Role))
def test_a_role_comes_with_a_commune_exactly_when_it_is_bound_to_one(role: Role) -> None:
    commune = "31117" if role in rules.COMMUNE_BOUND else None
    rules.check_role_place(role, commune)
    with pytest.raises(rules.RoleNeedsCommune):
        rules.check_role_place(role, None if commune else "31117")


@pytest.mark.parametrize(
    ("roles", "sells", "kind"),
    [
        ((), False, SessionKind.SHOPPER),
        ((), True, SessionKind.SELLER),
        ((Role.DIGITAL_TEAM,), False, SessionKind.SELLER),
        ((Role.COMMUNE_STAFF,), False, SessionKind.STAFF),
        ((Role.OPERATOR,), True, SessionKind.STAFF),
    ],
)
def test_the_strictest_kind_of_session_holds(roles: tuple[Role, ...], sells: bool, kind: SessionKind) -> None:
    assert rules.session_kind(roles, sells=sells) is kind


@given(
    st.sampled_from(SessionKind),
    st.timedeltas(timedelta(0), timedelta(days=400)),
    st.timedeltas(timedelta(0), timedelta(days=400)),
)
def test_no_amount_of_use_makes_a_session_last_beyond_its_end(
    kind: SessionKind, used: timedelta, later: timedelta
) -> None:
    lifetime = rules.LIFETIMES[kind]
    ends = rules.session_ends(kind, created_at=START, last_seen_at=START + used)
    assert ends <= START + lifetime.absolute
    assert ends <= START + used + lifetime.idle
    assert rules.session_ends(kind, created_at=START, last_seen_at=START + used + later) >= ends


@pytest.mark.parametrize(
    "path",
    ["/", "/account", "/p/xoai-cat?from=home#reviews", "/search?q=s%E1%BA%A7u&next=https://x.vn/y", "/s/vuon-ba-tam"],
)
def test_a_path_of_this_site_is_followed(path: str) -> None:
    assert rules.local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/.//evil.example",
        "/..//evil.example",
        "/a/../..//evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "/p\r\nSet-Cookie: a=b",
        "/\u2044evil.example",
        "account",
        "/account/sign-out",
        "/" + "a" * 600,
    ],
)
def test_a_way_off_this_site_is_not_followed(path: str) -> None:
    assert rules.local_path(path, "/account") == "/account"
