"""What happened lately, read from the outbox in the order it grows, for those who follow along in memory."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from marketplace.base.models import OutboxEvent

WINDOW = 200
"""So many ids back are looked at again: on PostgreSQL a row with a lower id may commit after one with a higher."""
MOST_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the outbox."""

    id: int
    topic: str
    payload: dict[str, Any]


class Feed:
    """Tells every event once, from the first call on."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._seen: deque[int] = deque(maxlen=WINDOW * 2)

    def fresh(self, session: Session) -> list[Happening]:
        """Events since the last call; none at the first."""
        if self._last is None:
            ids = session.exec(select(OutboxEvent.id).order_by(col(OutboxEvent.id).desc()).limit(WINDOW)).all()
            self._last = ids[0] if ids else 0
            self._seen.extend(reversed(ids))
            return []
        found: list[Happening] = []
        while rows := self._rows(session, self._last - WINDOW):
            self._seen.extend(row.id for row in rows)
            self._last = max(self._last, rows[-1].id)
            found.extend(rows)
            if len(rows) < MOST_AT_ONCE:
                break
        return found

    def _rows(self, session: Session, beyond: int) -> list[Happening]:
        ids = session.exec(
            select(OutboxEvent.id).where(col(OutboxEvent.id) > beyond).order_by(col(OutboxEvent.id)).limit(MOST_AT_ONCE)
        ).all()
        seen = set(self._seen)
        wanted = [number for number in ids if number not in seen]
        if not wanted:
            return []
        rows = session.exec(
            select(OutboxEvent.id, OutboxEvent.topic, OutboxEvent.payload)
            .where(col(OutboxEvent.id).in_(wanted))
            .order_by(col(OutboxEvent.id))
        ).all()
        return [Happening(number, topic, dict(payload)) for number, topic, payload in rows]
