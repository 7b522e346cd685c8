"""The accounts to try the demo with, and how they are shown. Their password is public: never for real data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from marketplace.accounts.models import Account
from marketplace.accounts.rules import SECOND_FACTOR_ROLES, Role, second_factor, show_phone
from marketplace.base import clock
from marketplace.demo import people
from marketplace.settings import settings

PASSWORD = "cho-que-demo-2026"  # noqa: S105 - printed for everybody to use
SECOND_FACTOR_SECRET = "CHOQUE7DEMO7STAFF7CHOQUE7DEMO777"  # noqa: S105 - likewise
"""What the demo's staff share with an authenticator app, so that the demo can be tried without one."""
FIRST_SERIAL = 900_001


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account to sign in with: by phone, or by e-mail where it has one."""

    key: str
    name: str
    phone: str | None
    email: str | None
    what: str
    start: str
    role: Role | None = None
    in_commune: bool = False

    @property
    def has_second_factor(self) -> bool:
        """Whether its role needs a second factor."""
        return self.role in SECOND_FACTOR_ROLES


def _phone(number: int) -> str:
    return people.phone(FIRST_SERIAL + number)


DEMO_ACCOUNTS = (
    DemoAccount("shopper", "Nguyễn Thị Ngọc Hân", _phone(0), None, "shopper, with orders old and open", "/"),
    DemoAccount("seller", "Trần Văn Tám", _phone(1), None, "owner of the busiest shop, with open orders", "/seller"),
    DemoAccount("applicant", "Lê Thị Diễm My", _phone(2), None, "has applied for a shop, not approved yet", "/seller"),
    DemoAccount(
        "province", "Phạm Quốc Việt", None, "tinh@choque.example", "province staff", "/staff", Role.PROVINCE_STAFF
    ),
    DemoAccount(
        "commune",
        "Huỳnh Thị Thu Hà",
        None,
        "xa@choque.example",
        "commune staff of the busiest shop's commune",
        "/staff",
        Role.COMMUNE_STAFF,
        in_commune=True,
    ),
    DemoAccount(
        "digital",
        "Võ Nhật Trường",
        None,
        "to-cong-nghe-so@choque.example",
        "community digital team of that commune",
        "/staff",
        Role.DIGITAL_TEAM,
        in_commune=True,
    ),
    DemoAccount("operator", "Đỗ Minh Khang", None, "van-hanh@choque.example", "operator", "/staff", Role.OPERATOR),
)


def are_here(session: Session) -> bool:
    """Whether this database has them, so that they may be shown."""
    emails = [account.email for account in DEMO_ACCOUNTS if account.email]
    found = session.exec(select(Account.id).where(col(Account.email).in_(emails)).limit(1)).first()
    return found is not None


def lines() -> Iterator[str]:
    """The accounts as a table to be printed."""
    yield f"Demo accounts at {settings().public}, password of all: {PASSWORD}"
    for account in DEMO_ACCOUNTS:
        who = show_phone(account.phone) if account.phone else account.email or ""
        role = account.role.value if account.role else "-"
        yield f"  {account.key:<10} {who:<32} {role:<15} {account.what}; start at {settings().public}{account.start}"
    yield (
        "  Province and commune staff and the operator also type a code of an authenticator app, whose key is "
        f"{SECOND_FACTOR_SECRET}."
    )
    yield f"  It is {present_code()} now; `python -m marketplace seed --accounts` prints the present one."


def present_code() -> str:
    """What an app with the demo's key shows at this moment."""
    return second_factor.code_at(SECOND_FACTOR_SECRET, second_factor.step_of(clock.now()))
