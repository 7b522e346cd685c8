"""Use cases of accounts: signing up and in, sessions, roles."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, CursorResult, Result, bindparam, delete, func, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from marketplace.accounts import rules
from marketplace.accounts.models import Account, AccountSession, RoleGrant
from marketplace.accounts.rules import Identifier, MemberRole, Role
from marketplace.accounts.views import GUEST, Contact, Credential, Person, SessionView
from marketplace.base import clock, crypto, outbox
from marketplace.base.errors import NotFound

log = structlog.get_logger(__name__)

DEVICE_LIMIT = 200
DEAD_SESSIONS_KEPT = timedelta(days=30)

Memberships = Callable[[Session, int], Collection[tuple[int, MemberRole]]]
"""For an account: each seller it works for and what it is there."""


def sign_up(session: Session, name: str, identifier: str, password_hash: str | None, now: datetime) -> int:
    """A new account that claims a phone or e-mail; its id.

    Whoever else claims it is neither looked for nor told of: raises only for the shape of the inputs, and
    SignUpsExhausted once SIGN_IN_SLOTS accounts claim it.
    """
    who = rules.parse_identifier(identifier)
    claims = session.exec(select(func.count()).select_from(Account).where(_claims(who))).one()
    if claims >= rules.SIGN_IN_SLOTS:
        raise rules.SignUpsExhausted(field="identifier")
    account = Account(
        phone=who.phone, email=who.email, name=rules.read_name(name), password_hash=password_hash, created_at=now
    )
    session.add(account)
    session.flush()
    return _saved(account.id)


def find_for_sign_in(session: Session, identifier: str) -> tuple[Credential, ...]:
    """The accounts that may be meant, the one that has proven the phone or e-mail first; for `matching_account`."""
    who = rules.parse_identifier(identifier)
    proven = col(Account.phone_proven_at if who.phone else Account.email_proven_at)
    found = session.execute(
        select(Account.id, Account.password_hash)
        .where(_claims(who), col(Account.disabled_at).is_(None), col(Account.password_hash).is_not(None))
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


def open_session(session: Session, account_id: int, device: str, now: datetime, *, replacing: str | None = None) -> str:
    """Sign a browser in: a new token for its cookie, never one it brought along.

    `replacing` is the token of the cookie so far: a session behind it ends, and what a guest collected under it follows
    into the account through the event `account.signed_in` {account_id, visitor_digest}.
    """
    token = crypto.new_token()
    opened = AccountSession(
        token_digest=crypto.digest(token),
        account_id=account_id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + rules.LIFETIMES[rules.SessionKind.SHOPPER].absolute,
        device=_device(device),
    )
    session.add(opened)
    session.flush()
    if replacing is not None:
        close_session(session, replacing, now)
        payload = {"account_id": account_id, "visitor_digest": crypto.digest(replacing)}
        outbox.emit(session, "account.signed_in", payload, now)
    return token


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


def close_session(session: Session, token: str, now: datetime) -> None:
    """Sign out; a token without a session is fine."""
    _revoke(session, now, col(AccountSession.token_digest) == crypto.digest(token))


def close_all_sessions(session: Session, account_id: int, now: datetime) -> None:
    """Sign an account out everywhere, as after a change of its rights."""
    _revoke(session, now, col(AccountSession.account_id) == account_id)


_BEHIND_TOKEN = (
    select_columns(
        col(AccountSession.id),
        col(AccountSession.account_id),
        col(AccountSession.created_at),
        col(AccountSession.last_seen_at),
        col(Account.name),
        col(RoleGrant.role),
        col(RoleGrant.commune_code),
    )
    .join(Account, col(Account.id) == col(AccountSession.account_id))
    .join(RoleGrant, col(RoleGrant.account_id) == col(AccountSession.account_id), isouter=True)
    .where(
        col(AccountSession.token_digest) == bindparam("digest"),
        col(AccountSession.revoked_at).is_(None),
        col(Account.disabled_at).is_(None),
    )
)


def _no_memberships(session: Session, account_id: int) -> Collection[tuple[int, MemberRole]]:
    return ()


def person_for_token(
    session: Session, token: str | None, now: datetime, memberships: Memberships = _no_memberships
) -> Person:
    """Who acts with this cookie: a guest unless its session is open and fresh.

    Sellers stand above accounts, so they hand in their look-up: call `sellers.service.acting_person`, which does.
    How long a session may rest follows the person's rights of this moment, so new rights shorten it at once.
    """
    if token is None:
        return GUEST
    digest = crypto.digest(token)
    rows = session.execute(_BEHIND_TOKEN, {"digest": digest}).all()
    if not rows:
        return Person(visitor_digest=digest)
    session_id, account_id, created_at, last_seen_at, name, _, _ = rows[0]
    grants = [(Role(role), commune) for *_, role, commune in rows if role is not None]
    roles = frozenset(role for role, _ in grants)
    member_roles = frozenset(memberships(session, account_id))
    kind = rules.session_kind(roles, sells=bool(member_roles))
    if now >= rules.session_ends(kind, created_at=created_at, last_seen_at=last_seen_at):
        return Person(visitor_digest=digest)
    return Person(
        account_id=account_id,
        name=name,
        roles=roles,
        role_communes=frozenset((role, commune) for role, commune in grants if commune is not None),
        seller_ids=frozenset(seller_id for seller_id, _ in member_roles),
        member_roles=member_roles,
        visitor_digest=digest,
        session_id=session_id,
        touch_due=now - last_seen_at >= rules.TOUCH_EVERY,
    )


def touch_session(session: Session, session_id: int, now: datetime) -> None:
    """Write down that a session is in use; at most once a minute, however many ask."""
    session.execute(
        update(AccountSession)
        .where(
            col(AccountSession.id) == session_id,
            col(AccountSession.revoked_at).is_(None),
            col(AccountSession.last_seen_at) <= now - rules.TOUCH_EVERY,
        )
        .values(last_seen_at=now)
    )


def list_sessions(session: Session, person: Person, now: datetime) -> list[SessionView]:
    """The person's open sign-ins, the latest used first."""
    account_id = person.require_account()
    kind = rules.session_kind(person.roles, sells=bool(person.seller_ids))
    found = session.exec(
        select(AccountSession)
        .where(AccountSession.account_id == account_id, col(AccountSession.revoked_at).is_(None))
        .order_by(col(AccountSession.last_seen_at).desc(), col(AccountSession.id).desc())
    )
    return [
        SessionView(
            id=_saved(one.id),
            device=one.device,
            created_text=clock.show_time(one.created_at),
            last_seen_text=clock.show_time(one.last_seen_at),
            current=one.id == person.session_id,
        )
        for one in found
        if now < rules.session_ends(kind, created_at=one.created_at, last_seen_at=one.last_seen_at)
    ]


def revoke_session(session: Session, person: Person, session_id: int, now: datetime) -> None:
    """End one of the person's own sign-ins; raises NotFound for anybody else's."""
    account_id = person.require_account()
    if not _revoke(session, now, col(AccountSession.id) == session_id, col(AccountSession.account_id) == account_id):
        raise NotFound


def forget_dead_sessions(session: Session, now: datetime) -> int:
    """Delete sessions that ended long ago; for the worker. Returns how many."""
    edge = now - DEAD_SESSIONS_KEPT
    ended = or_(col(AccountSession.expires_at) < edge, col(AccountSession.revoked_at) < edge)
    return _rows(session.execute(delete(AccountSession).where(ended)))


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
    proven = col(Account.phone_proven_at if who.phone else Account.email_proven_at)
    account = session.exec(select(Account).where(_claims(who), proven.is_not(None))).first()
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
    account_id = _saved(account.id)
    grant_role(session, account_id, role, commune_code, now)
    return account_id, new


def contacts(session: Session, account_ids: Collection[int]) -> dict[int, Contact]:
    """How to reach accounts, by id; for other features' services, which decide who may see it."""
    if not account_ids:
        return {}
    found = session.execute(
        select(Account.id, Account.name, Account.phone, Account.email).where(col(Account.id).in_(account_ids))
    )
    return {account_id: Contact(account_id, name, phone, email) for account_id, name, phone, email in found}


def _claims(who: Identifier) -> ColumnElement[bool]:
    return col(Account.phone) == who.phone if who.phone else col(Account.email) == who.email


def _revoke(session: Session, now: datetime, *which: ColumnElement[bool]) -> int:
    ending = update(AccountSession).where(col(AccountSession.revoked_at).is_(None), *which).values(revoked_at=now)
    return _rows(session.execute(ending))


def _rows(result: Result[Any]) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0


def _device(user_agent: str) -> str:
    return "".join(character for character in user_agent if character.isprintable())[:DEVICE_LIMIT]


def _saved(identity: int | None) -> int:
    if identity is None:
        raise RuntimeError("a row was used before it was saved")
    return identity
