"""One-time codes: sent to a phone or mailbox, tried in the browser that asked for them, good once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from marketplace.accounts import letters, rules
from marketplace.accounts.models import OneTimeCode
from marketplace.accounts.rules import Purpose
from marketplace.base import crypto, db, messages
from marketplace.base.errors import DomainError
from marketplace.base.text import Locale


def ask_for_code(
    session: Session,
    purpose: Purpose,
    identifier: str,
    locale: Locale,
    now: datetime,
    *,
    account_id: int | None = None,
    name: str = "",
    following: str = "",
) -> str:
    """Send a code; returns the handle the browser keeps. Raises for the identifier's shape, and ChannelClosed.

    Nobody's account is looked for: whoever is asked about, the same happens in the same time. What the code opens is
    decided once it came back.
    """
    who = rules.parse_identifier(identifier)
    channel = letters.channel_of(who)
    if not messages.is_open(channel):
        raise messages.ChannelClosed(field="identifier")
    handle, code = crypto.new_token(), crypto.new_digits(rules.CODE_LENGTH)
    session.add(
        OneTimeCode(
            handle_digest=crypto.digest(handle),
            purpose=purpose,
            identifier=who.text,
            account_id=account_id,
            name=name,
            code_digest=_code_digest(handle, code),
            following=following,
            created_at=now,
            expires_at=now + rules.CODE_LASTS,
        )
    )
    message = letters.code_message(who, purpose, code, locale)
    messages.post(session, channel, message, f"code_{purpose}", now, lasts=rules.CODE_LASTS)
    return handle


def begin_second_step(session: Session, account_id: int, following: str, now: datetime) -> str:
    """The first factor was right: the handle of the step that asks for the second one."""
    handle = crypto.new_token()
    session.add(
        OneTimeCode(
            handle_digest=crypto.digest(handle),
            purpose=Purpose.SECOND_STEP,
            account_id=account_id,
            following=following,
            created_at=now,
            expires_at=now + rules.CODE_LASTS,
        )
    )
    return handle


def count_try(session: Session, handle: str, purposes: tuple[Purpose, ...], now: datetime) -> OneTimeCode | None:
    """The step behind a handle with one try more on it; None when it is over. Two tries at once count as two."""
    digest = crypto.digest(handle)
    counting = update(OneTimeCode).where(
        col(OneTimeCode.handle_digest) == digest,
        col(OneTimeCode.purpose).in_(purposes),
        col(OneTimeCode.used_at).is_(None),
        col(OneTimeCode.expires_at) > now,
        col(OneTimeCode.tries) < rules.MOST_TRIES,
    )
    if not db.row_count(session.execute(counting.values(tries=OneTimeCode.tries + 1))):
        return None
    return session.exec(
        select(OneTimeCode)
        .where(OneTimeCode.handle_digest == digest)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def try_code(
    session: Session, handle: str, typed: str, purposes: tuple[Purpose, ...], now: datetime
) -> OneTimeCode | DomainError:
    """The step whose code this is, now used; else what to tell. Returned, not raised: the try must stay counted."""
    step = count_try(session, handle, purposes, now)
    if step is None or step.code_digest is None:
        return rules.CodeSpent(field="code")
    if not crypto.same(step.code_digest, _code_digest(handle, typed)):
        left = rules.MOST_TRIES - step.tries
        return rules.CodeWrong(field="code", left=left) if left else rules.CodeSpent(field="code")
    step.used_at = now
    session.add(step)
    return step


def purpose_behind(session: Session, handle: str) -> Purpose | None:
    """What a step is for; None for one nobody knows."""
    found = select(OneTimeCode.purpose).where(OneTimeCode.handle_digest == crypto.digest(handle))
    purpose = session.exec(found).first()
    return None if purpose is None else Purpose(purpose)


def forget_old_codes(session: Session, now: datetime) -> int:
    """Delete steps that are over; for the background. Returns how many."""
    return db.row_count(session.execute(delete(OneTimeCode).where(col(OneTimeCode.expires_at) < now)))


def _code_digest(handle: str, code: str) -> str:
    # Six digits are quickly tried through, so the digest needs our key; and the handle, so that each stands alone.
    return crypto.keyed_token("one-time code", f"{handle}:{code}")
