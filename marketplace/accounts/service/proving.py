"""What a code that came back opens: whoever holds the phone or mailbox goes on as its account."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from marketplace.accounts import letters, rules
from marketplace.accounts.models import Account, OneTimeCode, RoleGrant
from marketplace.accounts.rules import Identifier, Purpose
from marketplace.accounts.service import codes, second_factor, telling
from marketplace.accounts.service.sessions import close_all_sessions, require_fresh
from marketplace.accounts.service.signing_in import claims_of
from marketplace.accounts.views import Person, SignedIn
from marketplace.base import outbox
from marketplace.base.errors import Conflict, DomainError
from marketplace.base.text import Locale

log = structlog.get_logger(__name__)

PROVEN = "account.proven"
"""The event that an account has proven a phone or e-mail: {account_id}."""


def sign_in_with_code(
    session: Session, handle: str, typed: str, device: str, now: datetime, *, replacing: str | None = None
) -> SignedIn | DomainError:
    """Sign in whoever holds the phone or mailbox; makes an account where there was none."""
    step = codes.try_code(session, handle, typed, (Purpose.SIGN_IN,), now)
    if isinstance(step, DomainError):
        return step
    account = _account_of_holder(session, step, now)
    if account.disabled_at is not None:
        return rules.AccountClosed(field="code")
    return second_factor.go_on(session, account.id, step.following, device, now, replacing=replacing)


def reset_password(
    session: Session,
    handle: str,
    typed: str,
    password_hash: str,
    device: str,
    locale: Locale,
    now: datetime,
    *,
    replacing: str | None = None,
) -> SignedIn | DomainError:
    """Set the password of whoever holds the phone or mailbox, and sign them in here and out everywhere else."""
    step = codes.try_code(session, handle, typed, (Purpose.RESET,), now)
    if isinstance(step, DomainError):
        return step
    account = _account_of_holder(session, step, now)
    if account.disabled_at is not None:
        return rules.AccountClosed(field="code")
    account.password_hash = password_hash
    session.add(account)
    close_all_sessions(session, account.id, now)
    telling.tell_of_change(session, account.id, letters.Change.PASSWORD, locale, now)
    log.info("password set", account_id=account.id)
    return second_factor.go_on(session, account.id, step.following, device, now, replacing=replacing)


def ask_to_prove(session: Session, person: Person, identifier: str, locale: Locale, now: datetime) -> str:
    """Send a code to a phone or mailbox the person says is theirs; the handle of the step.

    What the account claims already can be proven at any time; another one only right after signing in, since whoever
    holds it from then on opens the account. Raises NotSignedIn, SignInAgain, and as `ask_for_code` does.
    """
    account_id = person.require_account()
    who = rules.parse_identifier(identifier)
    check_may_prove(session, person, who, now)
    return codes.ask_for_code(
        session, Purpose.PROVE, who.text, locale, now, account_id=account_id, following="/account/security"
    )


def check_may_prove(session: Session, person: Person, who: Identifier, now: datetime) -> None:
    """Raise NotSignedIn or SignInAgain unless the person may prove this now; asked before tries are counted."""
    account = session.get_one(Account, person.require_account())
    if who.text not in {account.phone, account.email}:
        require_fresh(session, person, now)


def prove(
    session: Session, person: Person, handle: str, typed: str, locale: Locale, now: datetime
) -> str | DomainError:
    """The phone or mailbox is the account's from now on; where to go on. The address it had before is told."""
    account_id = person.require_account()
    step = codes.try_code(session, handle, typed, (Purpose.PROVE,), now)
    if isinstance(step, DomainError):
        return step
    if step.account_id != account_id:
        return rules.CodeSpent(field="code")
    who = rules.parse_identifier(step.identifier)
    other = _proven_by(session, who)
    if other is not None and other.id != account_id:
        return rules.IdentifierTaken(field="code")
    account = session.get_one(Account, account_id)
    before = Identifier(phone=account.phone) if who.phone else Identifier(email=account.email)
    was_proven = account.phone_proven_at if who.phone else account.email_proven_at
    if was_proven and before.text != who.text:
        telling.tell(session, before, letters.Change.MOVED, locale, now, new=rules.masked(who))
    _mark_proven(session, account, who, now)
    return step.following


def proven_phone(session: Session, account_id: int) -> str | None:
    """The phone an account has proven; what was done with it as a guest is the account's."""
    found = session.exec(
        select(Account.phone).where(Account.id == account_id, col(Account.phone_proven_at).is_not(None))
    )
    return found.first()


def _account_of_holder(session: Session, step: OneTimeCode, now: datetime) -> Account:
    """The account of whoever holds the phone or mailbox of a step: the one that has proven it; else the first that
    claims it, taken out of whoever else's hands; else a new one.
    """
    who = rules.parse_identifier(step.identifier)
    proven = _proven_by(session, who)
    if proven is not None:
        return proven
    account = _first_claim(session, who)
    if account is None:
        account = Account(name=step.name or rules.masked(who), created_at=now)
        session.add(account)
        session.flush()
    else:
        # Anybody may have made it with a number that is not theirs: their password and sessions end here.
        account.password_hash = None
        account.phone, account.email = None, None
        close_all_sessions(session, account.id, now)
        log.info("claimed account went to the holder", account_id=account.id)
    _mark_proven(session, account, who, now)
    return account


def _mark_proven(session: Session, account: Account, who: Identifier, now: datetime) -> None:
    if who.phone:
        account.phone, account.phone_proven_at = who.phone, now
    else:
        account.email, account.email_proven_at = who.email, now
    session.add(account)
    try:
        session.flush()
    except IntegrityError as error:
        # Proven by another account in this very moment.
        raise Conflict from error
    outbox.emit(session, PROVEN, {"account_id": account.id}, now)


def _proven_by(session: Session, who: Identifier) -> Account | None:
    proven = col(Account.phone_proven_at if who.phone else Account.email_proven_at)
    return session.exec(select(Account).where(claims_of(who), proven.is_not(None)).with_for_update()).first()


def _first_claim(session: Session, who: Identifier) -> Account | None:
    """The oldest open account that claims it and has proven nothing else; roles are never given to such ones."""
    return session.exec(
        select(Account)
        .where(
            claims_of(who),
            col(Account.phone_proven_at).is_(None),
            col(Account.email_proven_at).is_(None),
            col(Account.disabled_at).is_(None),
            col(Account.id).not_in(select(RoleGrant.account_id)),
        )
        .order_by(col(Account.id))
        .limit(1)
        .with_for_update()
    ).first()
