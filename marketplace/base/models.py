"""Tables every feature writes to: the outbox and the history of moves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, Text, text
from sqlmodel import Field, SQLModel

from marketplace.base.columns import identity, maybe_moment, moment


class OutboxEvent(SQLModel, table=True):
    """Something that happened, to be handled at least once after its transaction committed."""

    __tablename__ = "outbox_event"
    __table_args__ = (
        Index(
            "ix_outbox_event_waiting",
            "available_at",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: int = identity()
    topic: str = Field(max_length=64)
    payload: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    created_at: datetime = moment()
    available_at: datetime = moment()
    attempts: int = 0
    done_at: datetime | None = maybe_moment()
    failed_at: datetime | None = maybe_moment()
    error: str | None = None


class OutgoingMessage(SQLModel, table=True):
    """A mail or text message on its way; what it says and to whom is there, sealed, only until it has ended."""

    __tablename__ = "outgoing_message"

    id: int = identity()
    channel: str = Field(max_length=8)
    kind: str = Field(max_length=32)
    sealed: str | None = Field(default=None, sa_type=Text, nullable=True)
    written_at: datetime = moment()
    expires_at: datetime = moment(index=True)
    ended_at: datetime | None = maybe_moment()
    ended: str | None = Field(default=None, max_length=16)


class Transition(SQLModel, table=True):
    """One move of one state machine: who, when, why."""

    __tablename__ = "transition"
    __table_args__ = (Index("ix_transition_subject", "subject", "subject_id"),)

    id: int = identity()
    subject: str = Field(max_length=32)
    subject_id: int
    from_state: str | None = Field(default=None, max_length=32)
    to_state: str = Field(max_length=32)
    by_account_id: int | None = Field(default=None, index=True)
    reason: str | None = None
    at: datetime = moment()
