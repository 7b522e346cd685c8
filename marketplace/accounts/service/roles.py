"""Roles, staff accounts, and how people can be reached."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import structlog
from sqlmodel import Session, col, select

from marketplace.accounts import rules
from marketplace.accounts.models import Account, RoleGrant
from marketplace.accounts.rules import Identifier, Role
from marketplace.accounts.service import second_factor
from marketplace.accounts.service.sessions import close_all_sessions
from marketplace.accounts.service.signing_in import claims_of
from marketplace.accounts.views import Contact
from marketplace.base.errors import NotFound

log = structlog.get_logger(__name__)


def grant_role(session: Session, account_id: int, role: Role, commune_code: str | None, now: datetime) -> None:
    """Give an account a role; signs it out everywhere, so that no old token carries new rights.

    For the operator's commands and demo data: whoever can call it already rules the database.
    """
    rules.check_role_place(role, commune_code)
    same = select(RoleGrant.id).where(
        RoleGrant.account_id == account_id, RoleGrant.role == role, col(RoleGrant.commune_code) == commune_code
    )
    if session.exec(same).first() is not None:
        return
    session.add(RoleGrant(account_id=account_id, role=role, commune_code=commune_code, granted_at=now))
    close_all_sessions(session, account_id, now)
    log.info("role granted", account_id=account_id, role=role.value, commune_code=commune_code)


def add_staff(
    session: Session,
    name: str,
    identifier: str,
    password_hash: str,
    role: Role,
    commune_code: str | None,
    now: datetime,
) -> tuple[int, bool]:
    """A staff account whose phone or e-mail the operator vouches for: its id, and whether it is new.

    An account that has proven the same phone or e-mail gets the role and keeps its password.
    """
    who = rules.parse_identifier(identifier)
    account = _proven(session, who)
    new = account is None
    if account is None:
        account = Account(
            name=rules.read_name(name),
            phone=who.phone,
            phone_proven_at=now if who.phone else None,
            email=who.email,
            email_proven_at=now if who.email else None,
            password_hash=password_hash,
            created_at=now,
        )
        session.add(account)
        session.flush()
    account_id = account.id
    grant_role(session, account_id, role, commune_code, now)
    return account_id, new


def forget_second_factor_of(session: Session, identifier: str) -> bool:
    """Take the second factor from the account that has proven a phone or e-mail; whether it had one.

    For the operator's command: whoever can call it already rules the database. Raises NotFound.
    """
    account = _proven(session, rules.parse_identifier(identifier))
    if account is None:
        raise NotFound
    return second_factor.forget(session, account.id)


def contacts(session: Session, account_ids: Collection[int]) -> dict[int, Contact]:
    """How to reach accounts, by id; for other features' services, which decide who may see it."""
    if not account_ids:
        return {}
    found = session.execute(
        select(Account.id, Account.name, Account.phone, Account.email).where(col(Account.id).in_(account_ids))
    )
    return {account_id: Contact(account_id, name, phone, email) for account_id, name, phone, email in found}


def _proven(session: Session, who: Identifier) -> Account | None:
    proven = col(Account.phone_proven_at if who.phone else Account.email_proven_at)
    return session.exec(select(Account).where(claims_of(who), proven.is_not(None))).first()
