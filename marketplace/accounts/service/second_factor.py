"""The second factor of an account: set up with an authenticator app, asked for at every sign-in from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog
from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from marketplace.accounts import letters, rules
from marketplace.accounts.models import Account, AccountSession, OneTimeCode, RecoveryCode, RoleGrant, SecondFactor
from marketplace.accounts.rules import SECOND_FACTOR_ROLES, Purpose
from marketplace.accounts.rules import second_factor as factor_rules
from marketplace.accounts.service import codes, telling
from marketplace.accounts.service.sessions import close_all_sessions, open_session, require_fresh
from marketplace.accounts.views import Person, SignedIn
from marketplace.base import crypto, db
from marketplace.base.errors import DomainError, NotFound
from marketplace.base.text import Locale

log = structlog.get_logger(__name__)

SEAL = "second factor"


class Taken(StrEnum):
    """Which kind of second factor was used."""

    APP = "app"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What an authenticator app is given once."""

    secret: str
    address: str


def go_on(
    session: Session, account_id: int, following: str, device: str, now: datetime, *, replacing: str | None = None
) -> SignedIn:
    """After a right first factor: a session, or the step that asks for the second factor where the account has one."""
    if is_on(session, account_id):
        return SignedIn(following, handle=codes.begin_second_step(session, account_id, following, now))
    token = open_session(session, account_id, device, now, replacing=replacing)
    return SignedIn(following, token=token, weak=must_have(session, account_id))


def is_on(session: Session, account_id: int) -> bool:
    """Whether the account is asked for a second factor."""
    confirmed = select(SecondFactor.id).where(
        SecondFactor.account_id == account_id, col(SecondFactor.confirmed_at).is_not(None)
    )
    return session.exec(confirmed).first() is not None


def must_have(session: Session, account_id: int) -> bool:
    """Whether a role of the account needs a second factor."""
    held = select(RoleGrant.id).where(
        RoleGrant.account_id == account_id, col(RoleGrant.role).in_([*SECOND_FACTOR_ROLES])
    )
    return session.exec(held.limit(1)).first() is not None


def set_up(session: Session, person: Person, now: datetime) -> SetUp:
    """A secret for the person's app, the same until it is confirmed.

    Raises NotSignedIn, SignInAgain, ProofNeeded, or NotFound where it is on already.
    """
    account_id = require_fresh(session, person, now)
    account = session.get_one(Account, account_id)
    if account.phone_proven_at is None and account.email_proven_at is None:
        raise factor_rules.ProofNeeded
    row = session.exec(select(SecondFactor).where(SecondFactor.account_id == account_id)).first()
    if row is not None and row.confirmed_at is not None:
        raise NotFound
    if row is None:
        row = SecondFactor(account_id=account_id, sealed=sealed(factor_rules.new_secret()), created_at=now)
        session.add(row)
        session.flush()
    secret = crypto.unseal(SEAL, row.sealed)
    return SetUp(secret, letters.otp_address(secret, account.phone, account.email, account.name))


def confirm(
    session: Session, person: Person, typed: str, device: str, locale: Locale, now: datetime
) -> tuple[str, list[str]]:
    """The app shows the right code: from now on it is asked for. A new session's token, and ten recovery codes.

    Every other session ends. Raises as `set_up` does, and FactorWrong.
    """
    account_id = require_fresh(session, person, now)
    row = session.exec(select(SecondFactor).where(SecondFactor.account_id == account_id).with_for_update()).first()
    if row is None or row.confirmed_at is not None:
        raise NotFound
    step = factor_rules.matching_step(crypto.unseal(SEAL, row.sealed), typed, now, row.last_step)
    if step is None:
        raise factor_rules.FactorWrong(field="code")
    row.confirmed_at, row.last_step = now, step
    session.add(row)
    close_all_sessions(session, account_id, now)
    telling.tell_of_change(session, account_id, letters.Change.FACTOR_ON, locale, now)
    log.info("second factor on", account_id=account_id)
    return open_session(session, account_id, device, now, strong=True), _new_recovery_codes(session, account_id, now)


def sealed(secret: str) -> str:
    """A secret as it is kept."""
    return crypto.seal(SEAL, secret)


def account_behind(session: Session, handle: str) -> int | None:
    """Whose second factor a step asks for, so that tries can be counted by account; None for a step that is over."""
    found = select(OneTimeCode.account_id).where(
        OneTimeCode.handle_digest == crypto.digest(handle), OneTimeCode.purpose == Purpose.SECOND_STEP
    )
    return session.exec(found).first()


def sign_in_with_factor(
    session: Session,
    handle: str,
    typed: str,
    device: str,
    locale: Locale,
    now: datetime,
    *,
    replacing: str | None = None,
) -> SignedIn | DomainError:
    """The second step of a sign-in: a code of the app, or a recovery code. A right one is never taken again."""
    step = codes.count_try(session, handle, (Purpose.SECOND_STEP,), now)
    if step is None or step.account_id is None:
        return rules.CodeSpent(field="code")
    account = session.get_one(Account, step.account_id)
    taken = None if account.disabled_at else take(session, step.account_id, typed, now)
    if taken is None:
        return factor_rules.FactorWrong(field="code")
    if taken is Taken.RECOVERY:
        telling.tell_of_change(session, step.account_id, letters.Change.RECOVERED, locale, now)
    step.used_at = now
    session.add(step)
    token = open_session(session, step.account_id, device, now, replacing=replacing, strong=True)
    return SignedIn(step.following, token=token)


def take(session: Session, account_id: int, typed: str, now: datetime) -> Taken | None:
    """Use the account's second factor up; None when it is not right, or was used. Of two at once one gets it."""
    row = session.exec(
        select(SecondFactor).where(SecondFactor.account_id == account_id, col(SecondFactor.confirmed_at).is_not(None))
    ).first()
    if row is None:
        return None
    step = factor_rules.matching_step(crypto.unseal(SEAL, row.sealed), typed, now, row.last_step)
    if step is not None:
        using = update(SecondFactor).where(col(SecondFactor.id) == row.id, col(SecondFactor.last_step) < step)
        return Taken.APP if db.row_count(session.execute(using.values(last_step=step))) else None
    spending = update(RecoveryCode).where(
        col(RecoveryCode.account_id) == account_id,
        col(RecoveryCode.code_digest) == _recovery_digest(account_id, factor_rules.read_recovery(typed)),
        col(RecoveryCode.used_at).is_(None),
    )
    return Taken.RECOVERY if db.row_count(session.execute(spending.values(used_at=now))) else None


def renew_recovery_codes(session: Session, person: Person, typed: str, now: datetime) -> list[str] | DomainError:
    """Ten new recovery codes for the second factor typed; the old ones are no longer good."""
    account_id = person.require_account()
    if take(session, account_id, typed, now) is None:
        return factor_rules.FactorWrong(field="code")
    return _new_recovery_codes(session, account_id, now)


def turn_off(session: Session, person: Person, typed: str, locale: Locale, now: datetime) -> DomainError | None:
    """No longer ask for it; needs it once more. Raises NotSignedIn, or SecondFactorRequired for staff."""
    account_id = person.require_account()
    if must_have(session, account_id):
        raise factor_rules.SecondFactorRequired(field="code")
    if take(session, account_id, typed, now) is None:
        return factor_rules.FactorWrong(field="code")
    forget(session, account_id)
    telling.tell_of_change(session, account_id, letters.Change.FACTOR_OFF, locale, now)
    return None


def forget(session: Session, account_id: int) -> bool:
    """Take the second factor from an account, as the operator does for whoever lost app and recovery codes."""
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    gone = db.row_count(session.execute(delete(SecondFactor).where(col(SecondFactor.account_id) == account_id)))
    # A session that was opened with it counts as one without from now on.
    session.execute(update(AccountSession).where(col(AccountSession.account_id) == account_id).values(strong_at=None))
    log.info("second factor off", account_id=account_id)
    return gone > 0


def recovery_left(session: Session, account_id: int) -> int:
    """How many recovery codes are still good."""
    good = select(func.count()).where(col(RecoveryCode.account_id) == account_id, col(RecoveryCode.used_at).is_(None))
    return session.exec(good).one()


def _new_recovery_codes(session: Session, account_id: int, now: datetime) -> list[str]:
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    made = [crypto.new_digits(factor_rules.RECOVERY_LENGTH) for _ in range(factor_rules.RECOVERY_CODES)]
    session.add_all(_recovery_rows(account_id, made, now))
    return [factor_rules.show_recovery(code) for code in made]


def _recovery_rows(account_id: int, made: Sequence[str], now: datetime) -> list[RecoveryCode]:
    return [
        RecoveryCode(account_id=account_id, code_digest=_recovery_digest(account_id, code), created_at=now)
        for code in made
    ]


def _recovery_digest(account_id: int, code: str) -> str:
    return crypto.keyed_token("recovery code", f"{account_id}:{code}")
