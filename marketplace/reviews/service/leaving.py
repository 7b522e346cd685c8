"""What somebody wrote, for their own file; and their name taken from it when they leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from marketplace.accounts.rules import ERASED
from marketplace.reviews.models import Review
from marketplace.reviews.service.counting import tell


def written_by(session: Session, account_id: int) -> list[dict[str, Any]]:
    """All reviews of an account, as plain values."""
    found = session.exec(select(Review).where(Review.account_id == account_id)).all()
    return [
        {"written_at": one.written_at, "author": one.author, "stars": one.stars, "text": one.text, "state": one.state}
        for one in found
    ]


def forget_author(session: Session, account_id: int, now: datetime) -> None:
    """Let an account's reviews stand without a name: they are of goods, which others go by."""
    for review in session.exec(select(Review).where(Review.account_id == account_id)).all():
        review.author = ERASED
        session.add(review)
        tell(session, review, now)
