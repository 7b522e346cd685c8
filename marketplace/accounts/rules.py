"""Rules of accounts: who may do what, how people are named, passwords, and how long a sign-in lasts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from marketplace.base.errors import DomainError, FieldRequired, TextTooLong
from marketplace.base.inputs import read_line
from marketplace.base.text import Text, fold, words


class Role(StrEnum):
    """What an account may do beyond shopping and selling."""

    PROVINCE_STAFF = "province_staff"
    COMMUNE_STAFF = "commune_staff"
    DIGITAL_TEAM = "digital_team"
    OPERATOR = "operator"


class MemberRole(StrEnum):
    """What a person is to a seller."""

    OWNER = "owner"
    STAFF = "staff"


class Right(StrEnum):
    """Something not everybody may do."""

    REVIEW_SELLERS = "review_sellers"
    SUSPEND_SELLERS = "suspend_sellers"
    MODERATE_GOODS = "moderate_goods"
    RECALL_LOTS = "recall_lots"
    MODERATE_REVIEWS = "moderate_reviews"
    READ_INDICATORS = "read_indicators"
    ENTER_FIGURES = "enter_figures"
    GRANT_ROLES = "grant_roles"
    MANAGE_GOODS = "manage_goods"
    HANDLE_ORDERS = "handle_orders"
    MANAGE_CONTRACTS = "manage_contracts"
    SEE_MONEY = "see_money"
    MANAGE_SHOP = "manage_shop"
    MANAGE_PEOPLE = "manage_people"
    ANSWER_REVIEWS = "answer_reviews"
    ORGANISE_RUNS = "organise_runs"


RIGHTS: Mapping[Right, frozenset[Role | MemberRole]] = MappingProxyType(
    {
        Right.REVIEW_SELLERS: frozenset({Role.PROVINCE_STAFF, Role.COMMUNE_STAFF}),
        Right.SUSPEND_SELLERS: frozenset({Role.PROVINCE_STAFF}),
        Right.MODERATE_GOODS: frozenset({Role.PROVINCE_STAFF}),
        Right.RECALL_LOTS: frozenset({Role.PROVINCE_STAFF}),
        Right.MODERATE_REVIEWS: frozenset({Role.PROVINCE_STAFF}),
        Right.READ_INDICATORS: frozenset({Role.PROVINCE_STAFF, Role.COMMUNE_STAFF, Role.OPERATOR}),
        Right.ENTER_FIGURES: frozenset({Role.PROVINCE_STAFF}),
        Right.GRANT_ROLES: frozenset({Role.OPERATOR}),
        Right.MANAGE_GOODS: frozenset({MemberRole.OWNER, MemberRole.STAFF}),
        Right.HANDLE_ORDERS: frozenset({MemberRole.OWNER, MemberRole.STAFF}),
        Right.MANAGE_CONTRACTS: frozenset({MemberRole.OWNER, MemberRole.STAFF}),
        Right.SEE_MONEY: frozenset({MemberRole.OWNER}),
        Right.MANAGE_SHOP: frozenset({MemberRole.OWNER}),
        Right.MANAGE_PEOPLE: frozenset({MemberRole.OWNER}),
        Right.ANSWER_REVIEWS: frozenset({MemberRole.OWNER, MemberRole.STAFF}),
        Right.ORGANISE_RUNS: frozenset({Role.PROVINCE_STAFF}),
    }
)

COMMUNE_BOUND = frozenset({Role.COMMUNE_STAFF, Role.DIGITAL_TEAM})
"""Roles that count only in the communes they were given for."""


def allowed(right: Right, roles: Collection[Role | MemberRole]) -> bool:
    """Whether one of `roles` has the right."""
    return not RIGHTS[right].isdisjoint(roles)


class RoleNeedsCommune(DomainError):
    """A commune's role was given without a commune, or another role with one."""

    code = "role_needs_commune"
    message = Text(
        "Vai trò cấp xã cần một xã; vai trò khác thì không.",
        "A role for a commune needs a commune; other roles take none.",
    )


def check_role_place(role: Role, commune_code: str | None) -> None:
    """Raise RoleNeedsCommune unless exactly the commune-bound roles come with a commune."""
    if (role in COMMUNE_BOUND) != (commune_code is not None):
        raise RoleNeedsCommune(field="commune")


class PhoneUnreadable(DomainError):
    """What was typed is not a Vietnamese mobile number."""

    code = "phone_unreadable"
    message = Text(
        "Số điện thoại chưa đúng. Hãy gõ số di động Việt Nam, ví dụ 0912 345 678.",
        "That is not a phone number we can use. Type a Vietnamese mobile number, for example 0912 345 678.",
    )


class EmailUnreadable(DomainError):
    """What was typed is not an e-mail address."""

    code = "email_unreadable"
    message = Text(
        "E-mail chưa đúng, ví dụ ten@gmail.com.", "That is not an e-mail address, for example name@gmail.com."
    )


VIETNAM_CODE = 84
_PHONE_SHAPE = re.compile(r"[\d\s.\-()+\uff0b]{9,30}")


def parse_phone(typed: str, *, field: str = "phone") -> str:
    """E.164 (`+84912345678`) of a Vietnamese mobile number; raises FieldRequired or PhoneUnreadable.

    Landlines are refused: neither a code nor a courier's call reaches a person there.
    """
    if not typed.strip():
        raise FieldRequired(field=field)
    # The library also reads letters (0912-ABC) and extensions; people here never mean those.
    if _PHONE_SHAPE.fullmatch(typed.strip()) is None:
        raise PhoneUnreadable(field=field)
    try:
        number = phonenumbers.parse(typed, "VN")
    except NumberParseException as error:
        raise PhoneUnreadable(field=field) from error
    if (
        number.country_code != VIETNAM_CODE
        or not phonenumbers.is_valid_number(number)
        or phonenumbers.number_type(number) != PhoneNumberType.MOBILE
    ):
        raise PhoneUnreadable(field=field)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def show_phone(phone: str) -> str:
    """`0912 345 678` from E.164; numbers of another shape are shown as they are."""
    digits = _national(phone)
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}" if len(digits) == 10 else phone


def mask_phone(phone: str) -> str:
    """`09•• ••• 678`: enough to recognise one's own number, not enough to call it."""
    digits = _national(phone)
    return f"{digits[:2]}•• ••• {digits[-3:]}" if len(digits) == 10 else "•••"


def _national(phone: str) -> str:
    return "0" + phone.removeprefix("+84") if phone.startswith("+84") else phone


EMAIL_LIMIT = 254
# The shape browsers check in <input type=email> (WHATWG HTML, "valid e-mail address"), with a dot in the domain.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL_SHAPE = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")


def parse_email(typed: str, *, field: str = "email") -> str:
    """The address in lower case; raises FieldRequired or EmailUnreadable."""
    address = typed.strip().lower()
    if not address:
        raise FieldRequired(field=field)
    if len(address) > EMAIL_LIMIT or _EMAIL_SHAPE.fullmatch(address) is None:
        raise EmailUnreadable(field=field)
    return address


@dataclass(frozen=True, slots=True)
class Identifier:
    """What a person signs in with: one of the two is set."""

    phone: str | None = None
    email: str | None = None

    @property
    def text(self) -> str:
        """The stored form, also the key of rate limits."""
        return self.phone or self.email or ""


def parse_identifier(typed: str, *, field: str = "identifier") -> Identifier:
    """A phone number or an e-mail address, told apart by the @; raises as `parse_phone` and `parse_email` do."""
    if "@" in typed:
        return Identifier(email=parse_email(typed, field=field))
    return Identifier(phone=parse_phone(typed, field=field))


NAME_LIMIT = 120


def read_name(typed: str, *, field: str = "name") -> str:
    """A person's name, NFC on one line; raises FieldRequired, TextTooLong or InputInvalid."""
    return read_line(typed, field=field, limit=NAME_LIMIT)


SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200


class PasswordTooShort(DomainError):
    """Fewer characters than can hold against guessing (ASVS 6.2.1)."""

    code = "password_too_short"
    message = Text(
        "Mật khẩu cần ít nhất {least} ký tự. Một câu ngắn là dễ nhớ nhất.",
        "The password needs at least {least} characters. A short sentence is easiest to remember.",
    )


class PasswordTooCommon(DomainError):
    """One of the first passwords anybody would try (ASVS 6.2.4)."""

    code = "password_too_common"
    message = Text(
        "Mật khẩu này quá nhiều người dùng. Hãy thêm vài từ của riêng bạn.",
        "Too many people use this password. Add a few words of your own.",
    )


class PasswordNamesPerson(DomainError):
    """The password is the person's own name, phone number or e-mail address."""

    code = "password_names_person"
    message = Text(
        "Mật khẩu không được là tên, số điện thoại hay e-mail của bạn.",
        "The password must not be your name, phone number or e-mail address.",
    )


def read_password(typed: str) -> str:
    """NFC and nothing else, so that every keyboard's spelling of an accent signs in; for sign-in too.

    Half a surrogate pair, which JSON can carry and no hash takes, becomes a replacement character.
    """
    return unicodedata.normalize("NFC", typed).encode("utf-8", "replace").decode()


def check_new_password(password: str, *, name: str, identifier: Identifier) -> None:
    """Raise PasswordTooShort, TextTooLong, PasswordTooCommon or PasswordNamesPerson; any characters are welcome."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(field="password", least=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise TextTooLong(field="password", limit=LONGEST_PASSWORD)
    if is_common(password):
        raise PasswordTooCommon(field="password")
    bare = _bare(password)
    own = {_bare(name)}
    if identifier.phone:
        own |= {_bare(identifier.phone), _national(identifier.phone), _national(identifier.phone).removeprefix("0")}
    if identifier.email:
        own |= {_bare(identifier.email), _bare(identifier.email.partition("@")[0])}
    if bare in own - {""}:
        raise PasswordNamesPerson(field="password")


def is_common(password: str) -> bool:
    """Whether it is on the shipped list, but for accents, capitals and trailing digits, or one thing repeated."""
    plain = fold(password)
    bare = _bare(password)
    stem = bare.rstrip("0123456789")
    return (
        not {plain, bare, stem}.isdisjoint(_common_passwords())
        or re.fullmatch(r"(.{1,4}?)\1+.?", plain, re.DOTALL) is not None
        or (len(bare) >= SHORTEST_PASSWORD and (bare in _ROWS or bare in _ROWS[::-1]))
    )


def _bare(text: str) -> str:
    return "".join(words(text))


# Rows of the keyboard, the digits and the alphabet, read in either direction.
_ROWS = "01234567890123456789 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm"


@lru_cache(maxsize=1)
def _common_passwords() -> frozenset[str]:
    listed = files("marketplace.accounts").joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in listed.splitlines() if line and not line.startswith("#"))


class SessionKind(StrEnum):
    """Whose sign-in it is; decides how long it lasts."""

    SHOPPER = "shopper"
    SELLER = "seller"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a sign-in lasts unused, and at most."""

    idle: timedelta
    absolute: timedelta


# ASVS 7.3.1 and 7.3.2 ask for both limits; the figures follow what each kind of person can do to others.
LIFETIMES: Mapping[SessionKind, Lifetime] = MappingProxyType(
    {
        SessionKind.SHOPPER: Lifetime(idle=timedelta(days=30), absolute=timedelta(days=180)),
        SessionKind.SELLER: Lifetime(idle=timedelta(days=7), absolute=timedelta(days=30)),
        SessionKind.STAFF: Lifetime(idle=timedelta(minutes=30), absolute=timedelta(hours=12)),
    }
)
TOUCH_EVERY = timedelta(minutes=1)
GUEST_COOKIE_LASTS = LIFETIMES[SessionKind.SHOPPER].absolute


def session_kind(roles: Collection[Role], *, sells: bool) -> SessionKind:
    """The strictest kind that fits; a digital team works on a phone in the field and counts as a seller."""
    if any(role is not Role.DIGITAL_TEAM for role in roles):
        return SessionKind.STAFF
    return SessionKind.SELLER if roles or sells else SessionKind.SHOPPER


def session_ends(kind: SessionKind, *, created_at: datetime, last_seen_at: datetime) -> datetime:
    """The first moment a session no longer counts."""
    lifetime = LIFETIMES[kind]
    return min(created_at + lifetime.absolute, last_seen_at + lifetime.idle)


SIGN_IN_SLOTS = 3
"""How many accounts may claim one unproven phone or e-mail; a sign-in always checks exactly this many passwords."""


class SignUpsExhausted(DomainError):
    """Several accounts already claim this phone or e-mail."""

    code = "sign_ups_exhausted"
    status = 429
    message = Text(
        "Số hoặc e-mail này đã được đăng ký quá nhiều lần. Hãy đăng nhập, hoặc dùng số hay e-mail khác.",
        "This phone or e-mail has been signed up too often. Sign in, or use another one.",
    )


class SignInRefused(DomainError):
    """No account has this phone or e-mail with this password; which of the two is wrong is never said."""

    code = "sign_in_refused"
    message = Text(
        "Số điện thoại, e-mail hoặc mật khẩu chưa đúng. Hãy kiểm tra rồi thử lại.",
        "The phone, e-mail or password is not right. Check them and try again.",
    )


LONGEST_PATH = 500


def local_path(typed: str, default: str = "/", *, may_sign_in: bool = False) -> str:
    """`typed` when it is a path on this site, else `default`: never another host, a scheme or a way round either.

    Browsers read a backslash as a slash and drop tabs and line ends, so none may occur; nor may the sign-in pages,
    unless somebody who is there stays there.
    """
    path = typed.partition("?")[0].partition("#")[0]
    safe = (
        path.startswith("/")
        and "//" not in path
        and "/." not in path
        and "\\" not in typed
        and len(typed) <= LONGEST_PATH
        and typed.isascii()
        and typed.isprintable()
        and " " not in typed
        and (may_sign_in or not path.startswith("/account/sign-"))
    )
    return typed if safe else default
