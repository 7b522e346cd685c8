"""Writes the history of moves."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from marketplace.base.models import Transition


def record_move(
    session: Session,
    subject: str,
    subject_id: int,
    *,
    from_state: StrEnum | None,
    to_state: StrEnum,
    at: datetime,
    by_account_id: int | None = None,
    reason: str | None = None,
) -> None:
    """Keep who moved what from where to where, when and why."""
    session.add(
        Transition(
            subject=subject,
            subject_id=subject_id,
            from_state=from_state.value if from_state else None,
            to_state=to_state.value,
            by_account_id=by_account_id,
            reason=reason,
            at=at,
        )
    )
