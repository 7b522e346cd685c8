"""Who is acting, for every edge of the app: an HTTP request or an event of a socket."""

from __future__ import annotations

import asyncio
from datetime import datetime

import structlog
from starlette.requests import HTTPConnection

from marketplace.accounts import service as accounts
from marketplace.accounts.cookies import cookie_token
from marketplace.accounts.views import Person
from marketplace.base import clock, db
from marketplace.base.errors import Busy
from marketplace.sellers.service import acting_person

log = structlog.get_logger(__name__)

_touching: dict[int, asyncio.Task[None]] = {}


async def person_of_cookies(cookie_header: str) -> Person:
    """The person behind a Cookie header, of a request or of a socket's handshake; read anew each time."""
    now = clock.now()
    person = await db.reading(acting_person, cookie_token(cookie_header), now)
    if person.touch_due and person.session_id is not None:
        _touch_soon(person.session_id, now)
    return person


async def person_of(connection: HTTPConnection) -> Person:
    """The person behind a request or socket."""
    return await person_of_cookies(connection.headers.get("cookie", ""))


def _touch_soon(session_id: int, now: datetime) -> None:
    # Nobody waits for this write, and a burst of events from one browser makes one of it.
    if session_id not in _touching:
        task = asyncio.create_task(_touch(session_id, now))
        _touching[session_id] = task
        task.add_done_callback(lambda _: _touching.pop(session_id, None))


async def _touch(session_id: int, now: datetime) -> None:
    try:
        await db.writing(accounts.touch_session, session_id, now)
    except Busy:
        log.warning("session not touched", session_id=session_id)
