"""Which edition of the public content the database holds: it changes with every event in the outbox.

What pages and the API show to everybody changes only together with an outbox row, written in the same transaction. So
an answer made once may be given again while the newest rows are the same ones.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable
from functools import lru_cache

from sqlalchemy import event, func, select
from sqlmodel import Session, col

from marketplace.base import db
from marketplace.base.models import OutboxEvent

LOOK_EVERY_SECONDS = 0.1
"""How long another process's change may go unnoticed; one of this process is noticed at once."""
NEWEST = 64
"""So many of the newest rows are looked at: on PostgreSQL one with a lower id may commit after one with a higher."""


class _Commits:
    """Counts this process's commits, from whichever thread."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def happened(self, _session: object) -> None:
        """One more."""
        with self._lock:
            self.count += 1


_commits = _Commits()
event.listen(Session, "after_commit", _commits.happened)


class Edition:
    """The newest edition this process knows of."""

    def __init__(self) -> None:
        self._known: Hashable = None
        self._commits = -1
        self._looked = 0.0

    async def current(self) -> Hashable:
        """A value that differs whenever something that everybody may see has changed."""
        commits, moment = _commits.count, time.monotonic()
        if commits != self._commits or moment - self._looked > LOOK_EVERY_SECONDS:
            self._known = await db.reading(_newest)
            # As counted before looking: a commit meanwhile makes the next caller look again.
            self._commits, self._looked = commits, moment
        return self._known


def _newest(session: Session) -> Hashable:
    ids = select(col(OutboxEvent.id)).order_by(col(OutboxEvent.id).desc()).limit(NEWEST).subquery()
    return tuple(session.execute(select(func.max(ids.c.id), func.sum(ids.c.id))).one())


@lru_cache(maxsize=1)
def edition() -> Edition:
    """The process's."""
    return Edition()
