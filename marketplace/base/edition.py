"""Which edition of the public content there is: it moves on with every event in the outbox.

What pages and the API show to everybody changes only together with an outbox row, written in the same transaction. So
an answer made once may be given again until something happens to what it is about.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from sqlalchemy import event
from sqlmodel import Session

from marketplace.base import clock, db
from marketplace.base.feed import Feed, Happening
from marketplace.base.outbox import write_announcements

LOOK_EVERY_SECONDS = 0.1
"""How long another process's change may go unnoticed; one of this process is noticed at once."""
MOST_SUBJECTS = 20_000
ANYTHING: tuple[str, ...] = ()
"""About whatever there is: good until anything happens."""


class Follower(Protocol):
    """Something of this process that is kept in step with the database."""

    topics: frozenset[str]
    """The events it wants to hear of."""

    def follow(self, session: Session, happened: Sequence[Happening], now: datetime) -> Iterable[str]:
        """Get in step with what happened and with the clock; returns the subjects that look different now."""

    def due(self) -> datetime | None:
        """When the clock alone will change something."""

    def forget(self) -> None:
        """Start anew: what was followed was taken back."""


class _Changes:
    """Counts this process's commits and roll-backs, from whichever thread."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def committed(self, session: Session) -> None:
        """What this session showed to followers is true, and there may be more to see."""
        session.info.pop(_SHOWN, None)
        with self._lock:
            self.count += 1

    def ended(self, session: Session, _transaction: object) -> None:
        """What this session showed to followers never happened, unless it was committed."""
        if session.info.pop(_SHOWN, False):
            edition().forget()


_SHOWN = "marketplace.edition.shown"
_changes = _Changes()
event.listen(Session, "after_commit", _changes.committed)
event.listen(Session, "after_transaction_end", _changes.ended)


class Edition:
    """How far this process has followed what happened, and when each subject last changed."""

    def __init__(self) -> None:
        self._feed = Feed()
        self._followers: list[Follower] = []
        self._number = 0
        self._changed: dict[str, int] = {}
        self._floor = 0
        self._changes = -1
        self._looked = 0.0
        self._lock = threading.RLock()

    def add(self, follower: Follower) -> None:
        """Keep one more follower in step from now on."""
        self._followers.append(follower)

    async def current(self) -> int:
        """The edition as of now, all followers in step with it."""
        if self._must_look(clock.now()):
            await db.reading(self.look, clock.now())
        return self._number

    def look(self, session: Session, now: datetime) -> None:
        """Follow what happened since the last time, as this session sees it."""
        writes = bool(session.get_bind().get_execution_options().get("writes"))
        if not writes and not self._must_look(now):
            return
        with self._lock:
            # As counted before looking: a commit meanwhile makes the next caller look again.
            changes = _changes.count
            if writes:
                session.flush()
                write_announcements(session)
                session.info[_SHOWN] = True
            self._tell(session, self._feed.fresh(session), now)
            self._changes, self._looked = changes, time.monotonic()

    def _must_look(self, now: datetime) -> bool:
        if self._changes != _changes.count or time.monotonic() - self._looked > LOOK_EVERY_SECONDS:
            return True
        return any((due := follower.due()) is not None and due <= now for follower in self._followers)

    def _tell(self, session: Session, happened: Sequence[Happening], now: datetime) -> None:
        changed = {happening.topic.split(".", 1)[0] for happening in happened}
        for follower in self._followers:
            mine = [happening for happening in happened if happening.topic in follower.topics]
            due = follower.due()
            if mine or (due is not None and due <= now):
                changed.update(follower.follow(session, mine, now))
        if not changed:
            return
        self._number += 1
        if len(self._changed) + len(changed) > MOST_SUBJECTS:
            self._changed.clear()
            self._floor = self._number
        self._changed.update(dict.fromkeys(changed, self._number))

    def is_good(self, made: int, about: tuple[str, ...]) -> bool:
        """Whether what was made at an edition, about some subjects, still holds."""
        if about == ANYTHING:
            return made == self._number
        return self._floor <= made and all(self._changed.get(subject, 0) <= made for subject in about)

    def forget(self) -> None:
        """Whatever was followed may not have happened: everything is made anew."""
        with self._lock:
            self._feed = Feed()
            self._number += 1
            self._floor = self._number
            self._changes = -1
            for follower in self._followers:
                follower.forget()


@lru_cache(maxsize=1)
def edition() -> Edition:
    """The process's."""
    return Edition()
