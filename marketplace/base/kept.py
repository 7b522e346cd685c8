"""Public answers and read models that are made once, and given again until something happens to what they are about.

Facts that change by the clock alone and that nobody follows are at most `LASTS_SECONDS` old.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace.base import db
from marketplace.base.edition import ANYTHING, edition
from marketplace.base.web import request_locale, request_place

P = ParamSpec("P")
R = TypeVar("R")

LASTS_SECONDS = 5.0
ANSWERS_BYTES = 64 * 1024 * 1024
LARGEST_ANSWER = 1024 * 1024
MOST_MODELS = 2000
WORTH_SQUEEZING = 1024
SQUEEZE_LEVEL = 6
LONGEST_QUERY = 300
_MAY_KEEP = "marketplace.may_keep"


About = tuple[str, ...]
"""The subjects something tells of (`base/edition.py`)."""


@dataclass(frozen=True, slots=True)
class _Kept:
    made: int
    about: About
    until: float
    size: int
    value: Any


class Shelf:
    """Values by key, each good for a few seconds and until its subjects change; the least used go first when it is full."""

    def __init__(self, room: int, *, seconds: float = LASTS_SECONDS) -> None:
        self._room = room
        self._seconds = seconds
        self._taken = 0
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    def find(self, key: Hashable) -> Any:
        """What was kept; None when there is nothing, or nothing that still holds."""
        found = self._kept.get(key)
        if found is None or found.until < time.monotonic() or not edition().is_good(found.made, found.about):
            return None
        self._kept.move_to_end(key)
        return found.value

    def keep(self, key: Hashable, made: int, about: About, value: Any, size: int = 1) -> None:
        """Keep a value of some size that was made at an edition and tells of some subjects."""
        before = self._kept.pop(key, None)
        self._taken += size - (before.size if before else 0)
        self._kept[key] = _Kept(made, about, time.monotonic() + self._seconds, size, value)
        while self._taken > self._room and self._kept:
            _, left = self._kept.popitem(last=False)
            self._taken -= left.size

    def __len__(self) -> int:
        """How many values there are."""
        return len(self._kept)


@lru_cache(maxsize=1)
def _models() -> Shelf:
    return Shelf(MOST_MODELS)


@lru_cache(maxsize=1)
def _flights() -> dict[Hashable, asyncio.Future[Any]]:
    return {}


@lru_cache(maxsize=1)
def _answers() -> Shelf:
    return Shelf(ANSWERS_BYTES)


class Subjects:
    """What some answers tell of: they hold until one of these changes."""

    def __init__(self, *about: str) -> None:
        self._about: About = about

    async def reading(self, use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """A read model that everybody may see, made once while it holds.

        Like `db.reading`; a moment among the arguments (`now`) does not tell one question from another.
        """
        return await _reading(db.reading, self._about, use_case, *args, **kwargs)

    async def reading_slowly(
        self, use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Like `reading`, for what takes over a millisecond to make: always off the event loop."""
        return await _reading(db.reading_slowly, self._about, use_case, *args, **kwargs)

    def may_keep(self, request: Request) -> None:
        """Say of the answer about to be given: it holds nothing that not everybody may see."""
        if _MAY_KEEP in request.scope:
            request.scope[_MAY_KEEP] = self._about


ANY = Subjects(*ANYTHING)
"""Answers that hold until anything happens at all."""


async def _reading(
    make: Callable[..., Awaitable[R]], about: About, use_case: Callable[..., R], *args: Any, **named: Any
) -> R:
    current = await edition().current()
    key = (use_case, *(_part(value) for value in args), *((name, _part(value)) for name, value in named.items()))
    found = _models().find(key)
    if found is not None:
        return found  # type: ignore[no-any-return]  # what is under this key came from this use case
    # Those who ask for the same while it is made wait for it instead of making it too.
    flights = _flights()
    flight = flights.get((key, current))
    if flight is None or flight.get_loop() is not asyncio.get_running_loop():

        async def fly() -> R:
            made = await make(use_case, *args, **named)
            # Kept before the flight ends, so that nobody finds neither.
            _models().keep(key, current, about, made)
            return made

        flight = flights[key, current] = asyncio.ensure_future(fly())
        flight.add_done_callback(lambda _: flights.pop((key, current), None))
    landed: R = await asyncio.shield(flight)
    return landed


def _part(value: Any) -> Hashable:
    return "now" if isinstance(value, datetime) else value


@dataclass(slots=True)
class Answer:
    """A whole 200 answer: its headers, its body, and the same squeezed when it was asked for."""

    headers: list[tuple[bytes, bytes]]
    body: bytes
    tag: bytes
    _squeezed: bytes | None = field(default=None)

    def squeezed(self) -> bytes:
        """The body for those who take gzip."""
        if self._squeezed is None:
            self._squeezed = gzip.compress(self.body, SQUEEZE_LEVEL, mtime=0)
        return self._squeezed


class KeptAnswers:
    """Gives public answers again until the content changes, with an ETag, and as 304 to those who have them."""

    def __init__(self, app: ASGIApp, by_place: str = "/p/") -> None:
        self.app = app
        self.by_place = by_place
        """Where answers differ by the commune that goods should be brought to."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look on the shelf first; keep what a route says may be kept."""
        if scope["type"] != "http" or scope["method"] != "GET" or len(scope["query_string"]) > LONGEST_QUERY:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        place = request_place(request) if scope["path"].startswith(self.by_place) else ""
        theme = request.cookies.get("theme", "")[:16]
        key = (scope["path"], scope["query_string"], request_locale(request), theme, place)
        current = await edition().current()
        answer = _answers().find(key)
        if answer is None:
            answer = await self._asked(scope, receive, send)
            if answer is None:
                return
            if len(answer.body) <= LARGEST_ANSWER:
                _answers().keep(key, current, scope[_MAY_KEEP], answer, len(answer.body) * 2)
        await _give(answer, request, send)

    async def _asked(self, scope: Scope, receive: Receive, send: Send) -> Answer | None:
        """The route's answer when it may be kept; any other is sent as it comes."""
        scope[_MAY_KEEP] = None
        headers: list[tuple[bytes, bytes]] = []
        body: list[bytes] = []
        held = False

        async def caught(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and scope[_MAY_KEEP] is not None and message["status"] == 200:
                held = True
                headers.extend(message["headers"])
            elif held:
                body.append(message.get("body", b""))
            else:
                await send(message)

        await self.app(scope, receive, caught)
        if not held:
            return None
        whole = b"".join(body)
        kept = [(name, value) for name, value in headers if name not in {b"content-length", b"etag"}]
        return Answer(kept, whole, f'W/"{hashlib.blake2b(whole, digest_size=12).hexdigest()}"'.encode())


async def _give(answer: Answer, request: Request, send: Send) -> None:
    headers = [*answer.headers, (b"etag", answer.tag)]
    if _has(request, answer.tag):
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    body = answer.body
    if len(body) >= WORTH_SQUEEZING and "gzip" in request.headers.get("accept-encoding", ""):
        body = answer.squeezed()
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _has(request: Request, tag: bytes) -> bool:
    # Compared weakly (RFC 9110, 13.1.2): squeezed or not, it is the same content.
    known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    return "*" in known or tag.decode().removeprefix("W/") in known
