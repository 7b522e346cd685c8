"""What a person sees and changes of their own account."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from marketplace.accounts import rules
from marketplace.accounts.models import Account
from marketplace.accounts.service import second_factor
from marketplace.accounts.views import Person, SecurityView


def security(session: Session, person: Person) -> SecurityView:
    """What the person signs in with; raises NotSignedIn."""
    account = session.get_one(Account, person.require_account())
    return SecurityView(
        name=account.name,
        phone_text=rules.show_phone(account.phone) if account.phone else "",
        phone_proven=account.phone_proven_at is not None,
        email=account.email or "",
        email_proven=account.email_proven_at is not None,
        has_password=account.password_hash is not None,
        second_factor=second_factor.is_on(session, account.id),
        must_have_it=second_factor.must_have(session, account.id),
        recovery_left=second_factor.recovery_left(session, account.id),
    )


def rename(session: Session, person: Person, name: str, now: datetime) -> None:
    """Go by another name from now on; orders and contracts keep the one they were made with."""
    account = session.get_one(Account, person.require_account())
    account.name = rules.read_name(name)
    session.add(account)
