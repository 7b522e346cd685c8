"""Tables of accounts, roles and sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.accounts.rules import Purpose, Role
from marketplace.base.columns import choice, identity, maybe_moment, moment, one_of, reference


def _once_where(name: str, column: str, condition: str) -> Index:
    return Index(name, column, unique=True, sqlite_where=text(condition), postgresql_where=text(condition))


class Account(SQLModel, table=True):
    """A person who can sign in.

    A phone or e-mail is a claim until it is proven: several accounts may claim one, only one may have proven it. So a
    sign-up never has to say that somebody else was first; see docs/decisions/0007-unproven-identifiers.md.
    """

    __tablename__ = "account"
    __table_args__ = (
        _once_where("uq_account_proven_phone", "phone", "phone_proven_at IS NOT NULL"),
        _once_where("uq_account_proven_email", "email", "email_proven_at IS NOT NULL"),
    )

    id: int = identity()
    phone: str | None = Field(default=None, index=True, max_length=16)
    phone_proven_at: datetime | None = maybe_moment()
    email: str | None = Field(default=None, index=True, max_length=254)
    email_proven_at: datetime | None = maybe_moment()
    name: str = Field(max_length=120)
    password_hash: str | None = None
    created_at: datetime = moment()
    disabled_at: datetime | None = maybe_moment()
    sealed: str | None = Field(default=None, sa_type=Text, nullable=True)
    """Who it was, once its person had it erased."""


class RoleGrant(SQLModel, table=True):
    """A role given to an account, for a commune where it has one."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account_id", "role", "commune_code"), one_of("role", Role))

    id: int = identity()
    account_id: int = reference("account.id")
    role: Role = choice()
    commune_code: str | None = Field(default=None, foreign_key="commune.code")
    granted_at: datetime = moment()


class AccountSession(SQLModel, table=True):
    """A signed-in browser: an opaque token, of which only the digest is kept."""

    __tablename__ = "account_session"

    id: int = identity()
    token_digest: str = Field(unique=True, max_length=64)
    account_id: int = reference("account.id")
    created_at: datetime = moment()
    last_seen_at: datetime = moment()
    expires_at: datetime = moment(index=True)
    revoked_at: datetime | None = maybe_moment()
    device: str = Field(default="", max_length=200)
    strong_at: datetime | None = maybe_moment()
    """When the second factor was given; roles of the staff count only in such a session."""


class SavedAddress(SQLModel, table=True):
    """Where an account has goods brought to; one of them is the usual one."""

    __tablename__ = "saved_address"
    __table_args__ = (_once_where("uq_saved_address_usual", "account_id", "usual"),)

    id: int = identity()
    account_id: int = reference("account.id")
    name: str = Field(max_length=120)
    phone: str = Field(max_length=16)
    commune_code: str = Field(foreign_key="commune.code")
    street: str = Field(max_length=200)
    usual: bool = False
    used_at: datetime = moment()


class OneTimeCode(SQLModel, table=True):
    """A step between two pages: a code that was sent, or a sign-in that waits for its second factor.

    The browser holds its handle in a cookie, of which only the digest is kept, as of the code: nobody else can try.
    """

    __tablename__ = "one_time_code"
    __table_args__ = (
        one_of("purpose", Purpose),
        CheckConstraint("(purpose = 'second_step') = (code_digest IS NULL)", name="code_where_sent"),
    )

    id: int = identity()
    handle_digest: str = Field(unique=True, max_length=64)
    purpose: Purpose = choice()
    identifier: str = Field(default="", max_length=254)
    account_id: int | None = reference("account.id", nullable=True)
    name: str = Field(default="", max_length=120)
    code_digest: str | None = Field(default=None, max_length=64)
    following: str = Field(default="", max_length=500)
    tries: int = 0
    created_at: datetime = moment()
    expires_at: datetime = moment(index=True)
    used_at: datetime | None = maybe_moment()


class SecondFactor(SQLModel, table=True):
    """The secret an account shares with an authenticator app, sealed; it counts once a first code confirmed it."""

    __tablename__ = "second_factor"

    id: int = identity()
    account_id: int = reference("account.id", unique=True)
    sealed: str = Field(max_length=200)
    created_at: datetime = moment()
    confirmed_at: datetime | None = maybe_moment()
    last_step: int = Field(default=0, sa_type=BigInteger)
    """The last step of 30 seconds a code was taken of: none is taken twice."""


class RecoveryCode(SQLModel, table=True):
    """One of the codes for whoever lost the app, good once; only its digest is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "code_digest"),)

    id: int = identity()
    account_id: int = reference("account.id", index=False)
    code_digest: str = Field(max_length=64)
    created_at: datetime = moment()
    used_at: datetime | None = maybe_moment()
