"""Writes the history of moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from marketplace.base import db
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


def record_beginnings(
    session: Session,
    subject: str,
    subject_ids: Iterable[int],
    state: StrEnum,
    at: datetime,
    *,
    from_state: StrEnum | None = None,
    by_account_id: int | None = None,
) -> None:
    """Keep that several subjects came into being at once, in one statement."""
    db.add_rows(
        session,
        [
            Transition(
                subject=subject,
                subject_id=subject_id,
                from_state=from_state.value if from_state else None,
                to_state=state.value,
                by_account_id=by_account_id,
                at=at,
            )
            for subject_id in subject_ids
        ],
    )


def moves_of(session: Session, subject: str, subject_id: int) -> list[Transition]:
    """Every move of a subject, the first one first."""
    found = select(Transition).where(Transition.subject == subject, Transition.subject_id == subject_id)
    return list(session.exec(found.order_by(col(Transition.at), col(Transition.id))).all())
