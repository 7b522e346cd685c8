"""What is kept of a person here, and how it goes; what orders keep is decided above (`orders/service/leaving.py`)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import delete
from sqlmodel import Session, SQLModel, select

from marketplace.accounts import rules
from marketplace.accounts.models import (
    Account,
    AccountSession,
    OneTimeCode,
    RecoveryCode,
    RoleGrant,
    SavedAddress,
    SecondFactor,
)
from marketplace.accounts.service.addresses import my_addresses
from marketplace.accounts.views import Person
from marketplace.base import crypto

log = structlog.get_logger(__name__)

SEAL = "erased account"
GOES: tuple[type[SQLModel], ...] = (AccountSession, OneTimeCode, SecondFactor, RecoveryCode, SavedAddress)
"""What nobody needs once its person is gone."""


def own_account(session: Session, person: Person) -> dict[str, Any]:
    """What is kept of the person's account, for their own file; raises NotSignedIn."""
    account = session.get_one(Account, person.require_account())
    sessions = session.exec(select(AccountSession).where(AccountSession.account_id == account.id)).all()
    return {
        "name": account.name,
        "phone": account.phone,
        "phone_proven_at": account.phone_proven_at,
        "email": account.email,
        "email_proven_at": account.email_proven_at,
        "created_at": account.created_at,
        "roles": sorted(person.roles | person.withheld),
        "addresses": [
            {"name": one.name, "phone": one.phone_text, "street": one.street, "commune": one.commune_text}
            for one in my_addresses(session, person)
        ],
        "sign_ins": [
            {"device": one.device, "from": one.created_at, "last_used": one.last_seen_at, "ended": one.revoked_at}
            for one in sessions
        ],
    }


def erase_account(session: Session, person: Person, now: datetime) -> None:
    """Close an account for good: who it was is sealed, all that opens it goes. Raises NotSignedIn, StaffStay.

    The row stays, nameless, since orders, contracts and the ledger say by its number who did what.
    """
    account_id = person.require_account()
    if session.exec(select(RoleGrant.id).where(RoleGrant.account_id == account_id)).first() is not None:
        raise rules.StaffStay(field="form")
    for table in GOES:
        session.execute(delete(table).where(table.account_id == account_id))  # type: ignore[attr-defined]
    account = session.get_one(Account, account_id)
    who = {"name": account.name, "phone": account.phone, "email": account.email}
    account.sealed = crypto.seal(SEAL, json.dumps(who))
    account.name = rules.ERASED
    account.phone = account.phone_proven_at = account.email = account.email_proven_at = account.password_hash = None
    account.disabled_at = now
    session.add(account)
    log.info("account erased", account_id=account_id)
