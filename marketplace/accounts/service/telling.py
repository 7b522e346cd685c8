"""Word of changes to an account, sent to where its person can be reached (ASVS 6.3.7)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from marketplace.accounts import letters
from marketplace.accounts.models import Account
from marketplace.accounts.rules import Identifier
from marketplace.base import messages
from marketplace.base.text import Locale, Text


def tell(session: Session, who: Identifier, change: Text, locale: Locale, now: datetime, *, new: str = "") -> None:
    """Send word of a change, where messages go out that way."""
    channel = letters.channel_of(who)
    if messages.is_open(channel):
        messages.post(session, channel, letters.change_message(who, change, locale, new), "change", now)


def tell_of_change(session: Session, account_id: int, change: Text, locale: Locale, now: datetime) -> None:
    """Send word of a change to all that the account has proven."""
    account = session.get_one(Account, account_id)
    if account.email and account.email_proven_at:
        tell(session, Identifier(email=account.email), change, locale, now)
    if account.phone and account.phone_proven_at:
        tell(session, Identifier(phone=account.phone), change, locale, now)
