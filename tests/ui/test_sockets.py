"""What the door of the socket lets through, how much of it, and what it says to the rest."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from limits import RateLimitItemPerSecond
from starlette.types import Message, Receive, Scope, Send

from marketplace.base import ratelimit
from marketplace.base.ratelimit import LIMITS, Counter
from marketplace.settings import settings
from marketplace.ui import sockets
from marketplace.ui.sockets import CONNECT, CONNECT_ERROR, LARGEST_FRAME, SAYING, Door, Sockets

CALL = SAYING + json.dumps(["event", {"name": "shop.find", "payload": {"typed": "xoài"}}])
PHONE, NEIGHBOUR = "203.113.1.1", "203.113.1.2"


class House:
    """Sockets of the app behind the door, held open until let go."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.sockets = Sockets(self._app, {"shop.find": Door(frozenset({"typed"}), frozenset({"typed", "sort"}))})

    async def _app(self, _scope: Scope, receive: Receive, _send: Send) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            if message["type"] == "websocket.receive":
                self.heard.append(message["text"])

    async def visit(self, *frames: str, address: str = PHONE, token: str = "page", language: str = "vi") -> list[str]:
        """What a browser that says these frames is told."""
        waiting = [{"type": "websocket.connect"}, *({"type": "websocket.receive", "text": frame} for frame in frames)]
        told: list[str] = []

        async def receive() -> Message:
            return waiting.pop(0) if waiting else {"type": "websocket.disconnect", "code": 1000}

        async def send(message: Message) -> None:
            told.extend([message["text"]] if message["type"] == "websocket.send" else [])

        await self.sockets(_scope(address, token, language), receive, send)
        return told

    async def hold(self, address: str = PHONE) -> Callable[[], Awaitable[None]]:
        """Open a socket and say nothing; gives what closes it."""
        closed = asyncio.Event()

        async def receive() -> Message:
            await closed.wait()
            return {"type": "websocket.disconnect", "code": 1000}

        async def send(_message: Message) -> None:
            return None

        visit = asyncio.create_task(self.sockets(_scope(address, "held", "vi"), receive, send))
        await asyncio.sleep(0)

        async def close() -> None:
            closed.set()
            await visit

        return close


def _scope(address: str, token: str, language: str) -> dict[str, Any]:
    headers = [(b"host", b"cho-que.example"), (b"cookie", f"language={language}".encode())]
    return {
        "type": "websocket",
        "path": "/_event/",
        "client": (address, 4711),
        "headers": headers,
        "query_string": f"token={token}".encode(),
        "subprotocols": ["0.10.1"],
    }


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter(None)
    monkeypatch.setattr(ratelimit, "_own_counter", lambda: counter)
    monkeypatch.setattr(sockets, "PAUSE_SECONDS", 0)


def _allow(monkeypatch: pytest.MonkeyPatch, name: str, tries: int) -> None:
    usual = ratelimit._item
    monkeypatch.setattr(
        ratelimit, "_item", lambda asked: RateLimitItemPerSecond(tries, 60) if asked == name else usual(asked)
    )


def _words(frame: str) -> str:
    if frame.startswith(CONNECT_ERROR):
        return str(json.loads(frame.removeprefix(CONNECT_ERROR))["data"]["text"])
    return str(json.loads(frame.removeprefix(SAYING))[1]["events"][0]["payload"]["value"]["text"])


def test_what_a_page_says_goes_through_as_it_is() -> None:
    house = House()
    boot = f"{CONNECT},{json.dumps({'event': {'name': 'shop.find', 'payload': {'typed': 'x'}}, 'state_schema': 'a'})}"
    frames = [f"{CONNECT},", boot, CALL, "3", "1"]
    assert asyncio.run(house.visit(*frames)) == []
    assert house.heard == frames


def test_a_page_that_says_too_much_is_told_to_wait_in_its_language_and_others_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _allow(monkeypatch, "event", 3)
    house = House()
    told = asyncio.run(house.visit(*[CALL] * 5))
    assert len(house.heard) == 3
    assert [_words(frame)[:31] for frame in told] == ["Bạn thử quá nhiều lần. Hãy đợi "] * 2
    (english,) = asyncio.run(house.visit(CALL, language="en"))
    assert _words(english).startswith("Too many tries. Wait ")
    assert asyncio.run(house.visit(CALL, token="another page")) == []


def test_many_pages_of_one_address_share_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    _allow(monkeypatch, "event_address", 3)
    house = House()
    told = [asyncio.run(house.visit(CALL, token=str(number))) for number in range(5)]
    assert [len(frames) for frames in told] == [0, 0, 0, 1, 1]
    assert asyncio.run(house.visit(CALL, address=NEIGHBOUR)) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_opens_too_many_sockets_is_told_why_when_it_asks_to_join(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    _allow(monkeypatch, "socket", 2)
    house = House()
    for _ in range(2):
        assert asyncio.run(house.visit(f"{CONNECT},")) == []
    hello, refused = asyncio.run(house.visit(f"{CONNECT},", language=language))
    assert json.loads(hello.removeprefix("0"))["sid"]
    assert ("Hãy đợi" if language == "vi" else "Wait") in _words(refused)
    assert len(house.heard) == 2


def test_sockets_held_open_are_counted_and_counted_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "MOST_SOCKETS", 2)

    async def crowd() -> None:
        house = House()
        closing = [await house.hold(), await house.hold()]
        (_, refused) = await house.visit(f"{CONNECT},")
        assert _words(refused).startswith("Có quá nhiều trang đang mở")
        assert await house.visit(f"{CONNECT},", address=NEIGHBOUR) == []
        await closing[0]()
        assert await house.visit(f"{CONNECT},") == []
        await closing[1]()
        assert not house.sockets._open

    asyncio.run(crowd())


def test_a_message_longer_than_any_form_is_refused_and_the_socket_lives_on() -> None:
    house = House()
    long = SAYING + json.dumps(["event", {"name": "shop.find", "payload": {"typed": "x" * LARGEST_FRAME}}])
    (refused,) = asyncio.run(house.visit(long, CALL))
    assert _words(refused).startswith("Nội dung quá dài")
    assert house.heard == [CALL]


def test_neither_this_machine_nor_a_load_test_of_ones_own_meets_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("socket", "event", "event_address"):
        _allow(monkeypatch, name, 1)
    house = House()
    beside = _scope("127.0.0.1", "page", "vi") | {"headers": [(b"host", b"localhost:3000")]}
    monkeypatch.setattr("tests.ui.test_sockets._scope", lambda *_: beside)
    for _ in range(3):
        assert asyncio.run(house.visit(CALL, CALL)) == []
    monkeypatch.undo()
    monkeypatch.setenv("MARKETPLACE_RATE_LIMITS", "false")
    settings.cache_clear()
    for name in ("socket", "event", "event_address"):
        _allow(monkeypatch, name, 1)
    for _ in range(3):
        assert asyncio.run(house.visit(CALL, CALL)) == []


def test_no_person_meets_the_limits() -> None:
    # Ten key presses a second for a whole minute, and a hundred people at it behind one carrier's address would.
    assert LIMITS["event"].tries >= 10 * LIMITS["event"].seconds
    assert LIMITS["event_address"].tries >= 20 * LIMITS["event"].tries
