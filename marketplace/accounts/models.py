"""Tables of accounts, roles and sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.base.columns import choice, identity, maybe_moment, moment, one_of, reference
from marketplace.accounts.rules import Role


class Account(SQLModel, table=True):
    """A person who can sign in."""

    __tablename__ = "account"

    id: int | None = identity()
    phone: str | None = Field(default=None, unique=True, max_length=16)
    email: str | None = Field(default=None, unique=True, max_length=254)
    name: str = Field(max_length=120)
    password_hash: str | None = None
    created_at: datetime = moment()
    disabled_at: datetime | None = maybe_moment()


class RoleGrant(SQLModel, table=True):
    """A role given to an account, for a commune where it has one."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account_id", "role", "commune_code"), one_of("role", Role))

    id: int | None = identity()
    account_id: int = reference("account.id")
    role: Role = choice()
    commune_code: str | None = Field(default=None, foreign_key="commune.code")
    granted_at: datetime = moment()


class AccountSession(SQLModel, table=True):
    """A signed-in browser: an opaque token, of which only the digest is kept."""

    __tablename__ = "account_session"

    id: int | None = identity()
    token_digest: str = Field(unique=True, max_length=64)
    account_id: int = reference("account.id")
    created_at: datetime = moment()
    last_seen_at: datetime = moment()
    expires_at: datetime = moment(index=True)
    revoked_at: datetime | None = maybe_moment()
    device: str = Field(default="", max_length=200)
