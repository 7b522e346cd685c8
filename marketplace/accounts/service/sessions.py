"""Sessions: opening and closing them, and who acts with one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from marketplace.accounts import rules
from marketplace.accounts.models import Account, AccountSession, RoleGrant
from marketplace.accounts.rules import SECOND_FACTOR_ROLES, MemberRole, Role, Task
from marketplace.accounts.views import GUEST, Person, SessionView
from marketplace.base import clock, crypto, db, outbox
from marketplace.base.errors import NotFound

DEVICE_LIMIT = 200
DEAD_SESSIONS_KEPT = timedelta(days=30)

Memberships = Callable[[Session, int], Collection[tuple[int, MemberRole | Task]]]
"""For an account: each seller it works for, with what it is and each thing it does there."""


def open_session(
    session: Session, account_id: int, device: str, now: datetime, *, replacing: str | None = None, strong: bool = False
) -> str:
    """Sign a browser in: a new token for its cookie, never one it brought along; `strong` with a second factor.

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
        strong_at=now if strong else None,
    )
    session.add(opened)
    session.flush()
    if replacing is not None:
        close_session(session, replacing, now)
        payload = {"account_id": account_id, "visitor_digest": crypto.digest(replacing)}
        outbox.emit(session, "account.signed_in", payload, now)
    return token


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
        col(AccountSession.strong_at),
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


def _no_memberships(session: Session, account_id: int) -> Collection[tuple[int, MemberRole | Task]]:
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
    session_id, account_id, created_at, last_seen_at, strong_at, name, _, _ = rows[0]
    grants = [(Role(role), commune) for *_, role, commune in rows if role is not None]
    given = frozenset(role for role, _ in grants)
    withheld = given & SECOND_FACTOR_ROLES if strong_at is None else frozenset()
    member_roles = frozenset(memberships(session, account_id))
    kind = rules.session_kind(given, sells=bool(member_roles))
    if now >= rules.session_ends(kind, created_at=created_at, last_seen_at=last_seen_at):
        return Person(visitor_digest=digest)
    return Person(
        account_id=account_id,
        name=name,
        roles=given - withheld,
        withheld=withheld,
        role_communes=frozenset(
            (role, commune) for role, commune in grants if commune is not None and role not in withheld
        ),
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
    kind = rules.session_kind(person.roles | person.withheld, sells=bool(person.seller_ids))
    found = session.exec(
        select(AccountSession)
        .where(AccountSession.account_id == account_id, col(AccountSession.revoked_at).is_(None))
        .order_by(col(AccountSession.last_seen_at).desc(), col(AccountSession.id).desc())
    )
    return [
        SessionView(
            id=one.id,
            device=rules.device_name(one.device),
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


def revoke_others(session: Session, person: Person, now: datetime) -> int:
    """End all of the person's sign-ins but this one; how many they were."""
    account_id = person.require_account()
    return _revoke(
        session, now, col(AccountSession.account_id) == account_id, col(AccountSession.id) != person.session_id
    )


def require_fresh(session: Session, person: Person, now: datetime) -> int:
    """The account's id; raises NotSignedIn, or SignInAgain unless the person signed in a moment ago."""
    account_id = person.require_account()
    opened = session.exec(select(AccountSession.created_at).where(AccountSession.id == person.session_id)).first()
    if opened is None or now - opened > rules.FRESH_FOR:
        raise rules.SignInAgain
    return account_id


def forget_dead_sessions(session: Session, now: datetime) -> int:
    """Delete sessions that ended long ago; for the worker. Returns how many."""
    edge = now - DEAD_SESSIONS_KEPT
    ended = or_(col(AccountSession.expires_at) < edge, col(AccountSession.revoked_at) < edge)
    return db.row_count(session.execute(delete(AccountSession).where(ended)))


def _revoke(session: Session, now: datetime, *which: ColumnElement[bool]) -> int:
    ending = update(AccountSession).where(col(AccountSession.revoked_at).is_(None), *which).values(revoked_at=now)
    return db.row_count(session.execute(ending))


def _device(user_agent: str) -> str:
    return "".join(character for character in user_agent if character.isprintable())[:DEVICE_LIMIT]
