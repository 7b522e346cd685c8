"""How long a sign-in lasts, and what refuses one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from marketplace.accounts.rules.rights import Role
from marketplace.base.errors import DomainError
from marketplace.base.text import Text


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


_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("coc_coc", "Cốc Cốc"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


def device_name(user_agent: str) -> str:
    """`Chrome · Android` of what a browser says of itself; what says nothing known is shown as it is."""
    if not user_agent.startswith("Mozilla/"):
        return user_agent
    known = [next((name for sign, name in signs if sign in user_agent), "") for signs in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, known))


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
