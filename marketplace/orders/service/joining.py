"""What somebody ordered as a guest becomes their account's once they have proven the phone they ordered with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from marketplace.accounts import service as accounts
from marketplace.orders.models import Purchase


def join_guest_orders(session: Session, payload: dict[str, Any], now: datetime) -> None:
    """Give an account the purchases guests made with its proven phone; for the outbox, idempotent.

    Never by a number it only claims: who typed somebody else's would read their orders. See docs/decisions/0019.
    """
    account_id = int(payload["account_id"])
    phone = accounts.proven_phone(session, account_id)
    if phone is None:
        return
    session.execute(
        update(Purchase)
        .where(col(Purchase.buyer_phone) == phone, col(Purchase.account_id).is_(None))
        .values(account_id=account_id)
    )
