"""The door of the socket: what a browser may say there, how much and how often, and a word to whoever is not let in.

Reflex takes whatever is sent: an event of another shape ends in the log and is never answered, an unknown name leaves
a record behind for good, and nothing is counted. So only frames that a page of ours sends go through, and each of the
others is answered at once (docs/decisions/0011-the-sockets-door.md).
"""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import structlog
from reflex_base.event import Event
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace.base import ratelimit
from marketplace.base.callers import THIS_MACHINE, request_caller
from marketplace.base.errors import DomainError, TooManyTries
from marketplace.base.text import Locale, Text, as_locale
from marketplace.base.web import JSON_BODY_LIMIT, cookie_value
from marketplace.settings import settings
from marketplace.ui.faults import notice

log = structlog.get_logger(__name__)

SPACE = "/_event"
LARGEST_FRAME = JSON_BODY_LIMIT
MOST_SOCKETS = 1000
"""Open at a time from one address; thousands of phones may share their carrier's."""
PAUSE_SECONDS = 1.0
"""How long a socket that says too much is not listened to."""
JOINING_SECONDS = 5.0
"""How long whoever is to be turned away has to say hello, over a slow network too."""
LONGEST_ADDRESS = 4000

OPEN, CLOSE, PING, PONG = "0", "1", "2", "3"
CONNECT, DISCONNECT, CONNECT_ERROR = f"40{SPACE}", f"41{SPACE}", f"44{SPACE},"
EVENT = re.compile(rf"42{SPACE},\d{{0,9}}(\[)")
SAYING = f"42{SPACE},"


class NotUnderstood(DomainError):
    """What was sent is nothing a page of this version says."""

    code = "not_understood"
    status = 400
    message = Text(
        "Trang này có lẽ đã cũ nên máy chủ không hiểu điều vừa gửi. Hãy chép lại những gì đang gõ dở rồi tải lại trang.",
        "This page may be out of date: the server did not understand it. Copy what you are typing, then load it again.",
    )


class TooMuchAtOnce(DomainError):
    """More was sent in one go than any form holds."""

    code = "too_much_at_once"
    status = 413
    message = Text(
        "Nội dung quá dài nên chưa được nhận. Những gì bạn gõ vẫn còn, hãy rút ngắn rồi gửi lại.",
        "This is too long and was not taken. What you typed is still here; shorten it and send it again.",
    )


class TooManyPages(DomainError):
    """One address holds more sockets open than so many people would."""

    code = "too_many_pages"
    status = 429
    message = Text(
        "Có quá nhiều trang đang mở từ mạng của bạn. Hãy đóng bớt; trang này sẽ tự thử lại.",
        "Too many pages are open from your network. Close some; this page tries again by itself.",
    )


@dataclass(frozen=True, slots=True)
class Door:
    """An event handler anybody may call: the arguments it must and may be given."""

    required: frozenset[str]
    known: frozenset[str]

    @classmethod
    def of(cls, handler: Callable[..., Any]) -> Door:
        """As its signature says, after the state."""
        parameters = list(inspect.signature(handler).parameters.values())[1:]
        return cls(
            frozenset(item.name for item in parameters if item.default is inspect.Parameter.empty),
            frozenset(item.name for item in parameters),
        )


class Sockets:
    """Lets through what pages say, counts it, and answers the rest."""

    def __init__(self, app: ASGIApp, doors: Mapping[str, Door]) -> None:
        self.app = app
        self.doors = doors
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Listen at sockets; everything else passes."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        address = request_caller(HTTPConnection(scope))
        try:
            ratelimit.check("socket", address)
            if self._open[address] >= MOST_SOCKETS and address != THIS_MACHINE and settings().rate_limits:
                raise TooManyPages
        except DomainError as refusal:
            await _turn_away(scope, receive, send, refusal)
            return
        self._open[address] += 1
        try:
            await self.app(scope, self._listener(scope, receive, send, address), send)
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]

    def _listener(self, scope: Scope, receive: Receive, send: Send, address: str) -> Receive:
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        locale = _locale(scope)

        async def listen() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                try:
                    if address != THIS_MACHINE:
                        ratelimit.check("event", token)
                        ratelimit.check("event_address", address)
                    self._understand(message)
                except DomainError as refusal:
                    log.info("not taken at the socket", reason=refusal.code)
                    await send({"type": "websocket.send", "text": _refusal(message, refusal, locale)})
                    if isinstance(refusal, TooManyTries):
                        # Not reading holds the sender back; answering each of a flood would be one of our own.
                        await asyncio.sleep(PAUSE_SECONDS)
                else:
                    return message

        return listen

    def _understand(self, message: Message) -> None:
        """Raise NotUnderstood or TooMuchAtOnce for what no page of ours says."""
        frame = message.get("text")
        if frame is None:
            raise TooMuchAtOnce if len(message.get("bytes") or b"") > LARGEST_FRAME else NotUnderstood
        if len(frame) > LARGEST_FRAME:
            raise TooMuchAtOnce
        if frame in {CLOSE, PING, PONG} or frame.rstrip(",") in {CONNECT, DISCONNECT}:
            return
        if frame.startswith(f"{CONNECT},"):
            self._boots(_read(frame, len(CONNECT) + 1))
        elif event := EVENT.match(frame):
            said = _read(frame, event.start(1))
            match said:
                case ["event", dict() as asked]:
                    self._calls(asked)
                case ["client_error", dict()]:
                    pass
                case _:
                    raise NotUnderstood
        else:
            raise NotUnderstood

    def _boots(self, said: Any) -> None:
        match said:
            case dict() if isinstance(said.get("state_schema"), str | None):
                if said.get("event") is not None:
                    self._calls(said["event"])
            case _:
                raise NotUnderstood

    def _calls(self, asked: Any) -> None:
        if not isinstance(asked, dict):
            raise NotUnderstood
        name, payload = asked.get("name"), asked.get("payload", {})
        door = self.doors.get(name) if isinstance(name, str) else None
        if door is None or not isinstance(payload, dict) or not door.required <= payload.keys() <= door.known:
            raise NotUnderstood
        if not _is_address(asked.get("router_data", {})):
            raise NotUnderstood


def _is_address(said: Any) -> bool:
    """Whether it says where the browser is and nothing else; who it is, is read from the handshake."""
    if not isinstance(said, dict) or not said.keys() <= {"pathname", "asPath", "query"}:
        return False
    query = said.get("query", {})
    paths = (said.get("pathname", ""), said.get("asPath", ""))
    return (
        isinstance(query, dict)
        and all(isinstance(part, str) and len(part) <= LONGEST_ADDRESS for part in (*paths, *query.values()))
        and all(path.isprintable() for path in paths)
    )


def _read(frame: str, start: int) -> Any:
    try:
        return json.loads(frame[start:])
    except (ValueError, RecursionError) as error:
        raise NotUnderstood from error


def _locale(scope: Scope) -> Locale:
    return as_locale(cookie_value(scope["headers"], "language"))


def _refusal(message: Message, refusal: DomainError, locale: Locale) -> str:
    if (message.get("text") or "").startswith(CONNECT):
        return _connect_error(refusal, locale)
    told = notice(refusal.say(locale), leads_anew=isinstance(refusal, NotUnderstood))
    events = [{"name": event.name, "payload": event.payload} for event in Event.from_event_type(told)]
    return SAYING + json.dumps(["event", {"delta": {}, "events": events}])


def _connect_error(refusal: DomainError, locale: Locale) -> str:
    return CONNECT_ERROR + json.dumps({"message": refusal.code, "data": {"text": refusal.say(locale)}})


async def _turn_away(scope: Scope, receive: Receive, send: Send, refusal: DomainError) -> None:
    """Tell why in the words a page understands: a bare refusal reads as a lost connection."""
    if (await receive())["type"] != "websocket.connect":
        return
    subprotocol = next(iter(scope.get("subprotocols", ())), None)
    await send({"type": "websocket.accept", "subprotocol": subprotocol})
    hello = {"sid": "none", "upgrades": [], "pingInterval": 25_000, "pingTimeout": 20_000, "maxPayload": LARGEST_FRAME}
    await send({"type": "websocket.send", "text": OPEN + json.dumps(hello)})
    try:
        # Whoever asks to join is answered; whoever only holds the line is not waited for.
        await asyncio.wait_for(receive(), JOINING_SECONDS)
    except TimeoutError:
        pass
    else:
        await send({"type": "websocket.send", "text": _connect_error(refusal, _locale(scope))})
    await send({"type": "websocket.close", "code": 1013})
