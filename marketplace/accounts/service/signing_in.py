"""Signing up, and finding whom a password opens."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from marketplace.accounts import rules
from marketplace.accounts.models import Account
from marketplace.accounts.rules import Identifier
from marketplace.accounts.service.sessions import open_session
from marketplace.accounts.views import Credential
from marketplace.base import crypto


def sign_up(session: Session, name: str, identifier: str, password_hash: str | None, now: datetime) -> int:
    """A new account that claims a phone or e-mail; its id.

    Whoever else claims it is neither looked for nor told of: raises only for the shape of the inputs, and
    SignUpsExhausted once SIGN_IN_SLOTS accounts claim it.
    """
    who = rules.parse_identifier(identifier)
    claims = session.exec(select(func.count()).select_from(Account).where(claims_of(who))).one()
    if claims >= rules.SIGN_IN_SLOTS:
        raise rules.SignUpsExhausted(field="identifier")
    account = Account(
        phone=who.phone, email=who.email, name=rules.read_name(name), password_hash=password_hash, created_at=now
    )
    session.add(account)
    session.flush()
    return account.id


def find_for_sign_in(session: Session, identifier: str) -> tuple[Credential, ...]:
    """The accounts that may be meant, the one that has proven the phone or e-mail first; for `matching_account`."""
    who = rules.parse_identifier(identifier)
    proven = col(Account.phone_proven_at if who.phone else Account.email_proven_at)
    found = session.execute(
        select(Account.id, Account.password_hash)
        .where(claims_of(who), col(Account.disabled_at).is_(None), col(Account.password_hash).is_not(None))
        .order_by(proven.is_(None), col(Account.id))
        .limit(rules.SIGN_IN_SLOTS)
    )
    return tuple(Credential(account_id, password_hash) for account_id, password_hash in found)


async def matching_account(password: str, candidates: Iterable[Credential]) -> int | None:
    """The account this password opens, if any.

    Checks SIGN_IN_SLOTS passwords whatever there is and stops at none, so that the time tells nothing of who exists.
    """
    known = list(candidates)[: rules.SIGN_IN_SLOTS]
    hashes = [candidate.password_hash for candidate in known] + [None] * (rules.SIGN_IN_SLOTS - len(known))
    typed = rules.read_password(password)
    matches = await asyncio.gather(*(crypto.matching(typed, stored) for stored in hashes))
    return next((candidate.account_id for candidate, match in zip(known, matches, strict=False) if match), None)


def sign_up_and_open(
    session: Session,
    name: str,
    identifier: str,
    password_hash: str,
    device: str,
    now: datetime,
    *,
    replacing: str | None = None,
) -> str:
    """`sign_up` and `open_session` in one transaction."""
    account_id = sign_up(session, name, identifier, password_hash, now)
    return open_session(session, account_id, device, now, replacing=replacing)


def claims_of(who: Identifier) -> ColumnElement[bool]:
    """The accounts that claim a phone or e-mail."""
    return col(Account.phone) == who.phone if who.phone else col(Account.email) == who.email
