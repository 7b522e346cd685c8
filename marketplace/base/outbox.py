"""The transactional outbox: events written with the change, handled at least once, idempotently."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, CursorResult, delete, func, update
from sqlalchemy import event as database_events
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from marketplace.base import clock, db
from marketplace.base.models import OutboxEvent

Handler = Callable[[Session, dict[str, Any], datetime], None]
Carrier = Callable[[dict[str, Any]], Awaitable[None]]

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8
MOST_ATTEMPTS_OUTWARD = 36
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(hours=1)
OUTWARD = "message."
"""How topics begin whose events leave the house: they wait for somebody else's machine, so no transaction is held open."""
DONE_KEPT = timedelta(days=90)
ALWAYS_KEPT = 1000

_ANNOUNCED = "marketplace.outbox.announced"

log = structlog.get_logger(__name__)


class Outbox:
    """Handlers by topic; several features may listen to one topic."""

    def __init__(self) -> None:
        self.handlers: dict[str, list[Handler]] = {}
        self.carriers: dict[str, Carrier] = {}

    def listen(self, topic: str, handler: Handler) -> None:
        """Call `handler(session, payload, now)` for every event of `topic`."""
        self.handlers.setdefault(topic, []).append(handler)

    def carry(self, topic: str, carrier: Carrier) -> None:
        """Await `carrier(payload)` for every event of a topic that leaves the house."""
        if not topic.startswith(OUTWARD):
            raise ValueError(f"topics that leave the house begin with {OUTWARD}")
        self.carriers[topic] = carrier

    async def work_off(self, limit: int = 100) -> int:
        """Handle waiting events, each in its own transaction; returns how many were tried.

        Every transaction waits its turn in the process's queue of writers, so that handlers and buyers never meet
        at SQLite's only lock. An event whose handler fails comes back later, and later again, and is put aside at last.
        """
        # Looking takes no lock; leasing takes SQLite's only one, which buyers want too.
        if not await db.reading(_anything_waits, clock.now()):
            return 0
        tried = 0
        while tried < limit and (event := await db.writing(_lease, clock.now())) is not None:
            tried += 1
            try:
                await db.writing(self._handle, event, clock.now())
            except Exception as error:  # a handler may fail in any way; the event must come back
                log.exception("outbox handler failed", topic=event.topic, event_id=event.id)
                await db.writing(_postpone, event, error, clock.now())
        return tried

    async def send_off(self, limit: int = 20) -> int:
        """Carry waiting events out of the house, some at a time; returns how many were tried.

        Beside `work_off`, so that a slow mail server holds up no order. What fails comes back after longer and longer
        rests, for more than a day.
        """
        if not await db.reading(_anything_waits, clock.now(), outward=True):
            return 0
        tried = 0
        while tried < limit and (event := await db.writing(_lease, clock.now(), outward=True)) is not None:
            tried += 1
            try:
                if carrier := self.carriers.get(event.topic):
                    await carrier(event.payload)
                await db.writing(_done, event, clock.now())
            except Exception as error:  # noqa: BLE001 - whoever carries it on may fail in any way
                log.warning(
                    "not carried", topic=event.topic, event_id=event.id, reason=f"{type(error).__name__}: {error}"
                )
                await db.writing(_postpone, event, error, clock.now(), most_attempts=MOST_ATTEMPTS_OUTWARD)
        return tried

    def _handle(self, session: Session, event: OutboxEvent, now: datetime) -> None:
        # Marked before it is handled: whose lease ended meanwhile waits here for the other one, and finds it done.
        mine = _change(session, event, done_at=now)
        for handler in self.handlers.get(event.topic, ()) if mine else ():
            handler(session, event.payload, now)


def emit(session: Session, topic: str, payload: dict[str, Any], now: datetime) -> None:
    """Write an event in the caller's transaction."""
    session.add(OutboxEvent(topic=topic, payload=payload, created_at=now, available_at=now))


def announce(session: Session, topic: str, payload: dict[str, Any], now: datetime) -> None:
    """Tell those who follow along in memory (`base/feed.py`); nobody handles it.

    It is written together with the transaction's other events, at the latest when it commits: a checkout can spare the
    statement.
    """
    session.info.setdefault(_ANNOUNCED, []).append(
        OutboxEvent(topic=topic, payload=payload, created_at=now, available_at=now, done_at=now)
    )


def emit_all(session: Session, topic: str, payloads: Sequence[dict[str, Any]], now: datetime) -> None:
    """Write several events of one topic in the caller's transaction, in one statement."""
    events = [OutboxEvent(topic=topic, payload=payload, created_at=now, available_at=now) for payload in payloads]
    db.add_rows(session, [*events, *session.info.pop(_ANNOUNCED, ())])


def write_announcements(session: Session) -> None:
    """Write what was announced so far."""
    db.add_rows(session, session.info.pop(_ANNOUNCED, ()))


database_events.listen(Session, "before_commit", write_announcements)


def forget_done(session: Session, now: datetime) -> int:
    """Delete events handled long ago, a bounded number at a time; for the background. Returns how many.

    The newest stay however old they are: readers of news and editions go by ids that only grow.
    """
    done = select(col(OutboxEvent.id), col(OutboxEvent.done_at)).where(
        col(OutboxEvent.done_at).is_not(None),
        col(OutboxEvent.id) <= select(func.max(col(OutboxEvent.id)) - ALWAYS_KEPT).scalar_subquery(),
    )
    first = done.order_by(col(OutboxEvent.id)).limit(db.FORGOTTEN_AT_ONCE).subquery()
    old = session.scalars(select(first.c.id).where(first.c.done_at < now - DONE_KEPT)).all()
    session.execute(delete(OutboxEvent).where(col(OutboxEvent.id).in_(old)))
    return len(old)


def _waits(now: datetime, *, outward: bool) -> tuple[ColumnElement[bool], ...]:
    leaves = col(OutboxEvent.topic).startswith(OUTWARD)
    return (
        col(OutboxEvent.done_at).is_(None),
        col(OutboxEvent.failed_at).is_(None),
        col(OutboxEvent.available_at) <= now,
        leaves if outward else ~leaves,
    )


def _anything_waits(session: Session, now: datetime, *, outward: bool = False) -> bool:
    waiting = select(OutboxEvent.id).where(*_waits(now, outward=outward))
    return session.exec(waiting.limit(1)).first() is not None


def _lease(session: Session, now: datetime, *, outward: bool = False) -> OutboxEvent | None:
    waiting = (
        select(OutboxEvent)
        .where(*_waits(now, outward=outward))
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


def _postpone(
    session: Session, event: OutboxEvent, error: Exception, now: datetime, *, most_attempts: int = MOST_ATTEMPTS
) -> None:
    dead = event.attempts >= most_attempts
    _change(
        session,
        event,
        available_at=now + min(FIRST_DELAY * 2**event.attempts, LONGEST_DELAY),
        failed_at=now if dead else None,
        error=f"{type(error).__name__}: {error}"[:500],
    )


def _done(session: Session, event: OutboxEvent, now: datetime) -> None:
    _change(session, event, done_at=now)


def _change(session: Session, event: OutboxEvent, **values: object) -> bool:
    """Change an event that is not done yet and that nobody leased since; False when somebody was faster."""
    changed = session.execute(
        update(OutboxEvent)
        .where(
            col(OutboxEvent.id) == event.id,
            col(OutboxEvent.done_at).is_(None),
            col(OutboxEvent.attempts) == event.attempts,
        )
        .values(**values)
    )
    return isinstance(changed, CursorResult) and changed.rowcount == 1


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that failed so often that it was put aside."""

    id: int
    topic: str
    payload: dict[str, Any]
    failed_at: datetime
    error: str


def put_aside(session: Session, limit: int = 100) -> list[DeadLetter]:
    """Events that wait for the operator, the oldest first."""
    rows = session.exec(_dead().order_by(col(OutboxEvent.id)).limit(limit)).all()
    return [DeadLetter(row.id, row.topic, row.payload, row.failed_at, row.error or "") for row in rows if row.failed_at]


def count_put_aside(session: Session) -> int:
    """How many events wait for the operator."""
    return session.exec(select(func.count()).select_from(_dead().subquery())).one()


def try_again(session: Session, event_ids: Collection[int], now: datetime) -> int:
    """Let events that were put aside be handled anew; returns how many."""
    changed = session.execute(
        update(OutboxEvent)
        .where(
            col(OutboxEvent.id).in_(event_ids),
            col(OutboxEvent.done_at).is_(None),
            col(OutboxEvent.failed_at).is_not(None),
        )
        .values(failed_at=None, attempts=0, available_at=now)
    )
    return changed.rowcount if isinstance(changed, CursorResult) else 0


def _dead() -> SelectOfScalar[OutboxEvent]:
    return select(OutboxEvent).where(col(OutboxEvent.done_at).is_(None), col(OutboxEvent.failed_at).is_not(None))
