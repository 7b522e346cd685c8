"""The transactional outbox: events written with the change, handled at least once, idempotently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import update
from sqlmodel import Session, col, select

from marketplace.base import clock, db
from marketplace.base.models import OutboxEvent

Handler = Callable[[Session, dict[str, Any], datetime], None]

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8
FIRST_DELAY = timedelta(seconds=5)

log = structlog.get_logger(__name__)


class Outbox:
    """Handlers by topic; several features may listen to one topic."""

    def __init__(self) -> None:
        self.handlers: dict[str, list[Handler]] = {}

    def listen(self, topic: str, handler: Handler) -> None:
        """Call `handler(session, payload, now)` for every event of `topic`."""
        self.handlers.setdefault(topic, []).append(handler)

    def work_off(self, limit: int = 100) -> int:
        """Handle waiting events, each in its own transaction; returns how many were tried."""
        # Looking takes no lock; leasing takes SQLite's only one, which buyers want too.
        if not db.read_now(_anything_waits, clock.now()):
            return 0
        tried = 0
        while tried < limit and (event := db.write_now(_lease, clock.now())) is not None:
            tried += 1
            try:
                db.write_now(self._handle, event, clock.now())
            except Exception as error:  # a handler may fail in any way; the event must come back
                log.exception("outbox handler failed", topic=event.topic, event_id=event.id)
                db.write_now(_postpone, event, error, clock.now())
        return tried

    def _handle(self, session: Session, event: OutboxEvent, now: datetime) -> None:
        for handler in self.handlers.get(event.topic, ()):
            handler(session, event.payload, now)
        session.execute(update(OutboxEvent).where(col(OutboxEvent.id) == event.id).values(done_at=now))


def emit(session: Session, topic: str, payload: dict[str, Any], now: datetime) -> None:
    """Write an event in the caller's transaction."""
    session.add(OutboxEvent(topic=topic, payload=payload, created_at=now, available_at=now))


def emit_all(session: Session, topic: str, payloads: Sequence[dict[str, Any]], now: datetime) -> None:
    """Write several events of one topic in the caller's transaction, in one statement."""
    db.add_rows(
        session, [OutboxEvent(topic=topic, payload=payload, created_at=now, available_at=now) for payload in payloads]
    )


def _anything_waits(session: Session, now: datetime) -> bool:
    waiting = select(OutboxEvent.id).where(
        col(OutboxEvent.done_at).is_(None), col(OutboxEvent.failed_at).is_(None), OutboxEvent.available_at <= now
    )
    return session.exec(waiting.limit(1)).first() is not None


def _lease(session: Session, now: datetime) -> OutboxEvent | None:
    waiting = (
        select(OutboxEvent)
        .where(
            col(OutboxEvent.done_at).is_(None), col(OutboxEvent.failed_at).is_(None), OutboxEvent.available_at <= now
        )
        .order_by(col(OutboxEvent.available_at), col(OutboxEvent.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    event = session.exec(waiting).first()
    if event is not None:
        event.available_at = now + LEASE
        event.attempts += 1
        session.add(event)
    return event


def _postpone(session: Session, event: OutboxEvent, error: Exception, now: datetime) -> None:
    dead = event.attempts >= MOST_ATTEMPTS
    session.execute(
        update(OutboxEvent)
        .where(col(OutboxEvent.id) == event.id)
        .values(
            available_at=now + FIRST_DELAY * 2**event.attempts,
            failed_at=now if dead else None,
            error=f"{type(error).__name__}: {error}"[:500],
        )
    )
