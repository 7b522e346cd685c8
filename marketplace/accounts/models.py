"""Tables of accounts, roles and sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.accounts.rules import Role
from marketplace.base.columns import choice, identity, maybe_moment, moment, one_of, reference


def _once_where(name: str, column: str, condition: str) -> Index:
    return Index(name, column, unique=True, sqlite_where=text(condition), postgresql_where=text(condition))


class Account(SQLModel, table=True):
    """A person who can sign in.

    A phone or e-mail is a claim until it is proven: several accounts may claim one, only one may have proven it. So a
    sign-up never has to say that somebody else was first; see docs/decisions/unproven-identifiers.md.
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
