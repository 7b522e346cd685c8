"""Live sessions: shoppers with an open page, what each costs in memory, and how long an event takes among them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from benchmarks.client import Figures, figures
from benchmarks.servers import Served
from marketplace.storefront.state import ListingState, ProductState

SPACE = "/_event"
SAYING = f"42{SPACE},"
SHOWS_NOTICE = "_set_value"
HYDRATE = "reflex___state____state.hydrate_and_load"
ACTIVE = 16
"""How many of the connected shoppers do something at the same time."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """What so many open pages cost: bytes each, seconds until all were served, and an event's figures among them."""

    pages: int
    bytes_each: float
    opened_in: float
    event: Figures


class Shopper:
    """An open page, spoken to as a browser does: Socket.IO in a web socket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, path: str) -> None:
        self._socket = socket
        self._path = path

    async def ask(self, handler: str) -> None:
        """Send one event and wait until its state answers; an answer in words is a fault of this program."""
        event = {
            "name": handler,
            "payload": {},
            "router_data": {"pathname": self._path, "asPath": self._path, "query": {}},
        }
        await self._socket.send_str(SAYING + json.dumps(["event", event]))
        state = handler.rpartition(".")[0]
        while True:
            _, update = json.loads((await self._told(SAYING)).removeprefix(SAYING))
            if refusals := [told["payload"] for told in update.get("events", ()) if told["name"] == SHOWS_NOTICE]:
                raise SystemExit(f"{handler} was refused: {refusals}")
            if state in update.get("delta", {}):
                return

    async def _told(self, beginning: str) -> str:
        while True:
            message = str((await self._socket.receive(timeout=30)).data)
            if message == "2":
                await self._socket.send_str("3")
            elif message.startswith(beginning):
                return message

    async def arrive(self) -> None:
        """Greet the server, as Socket.IO wants it."""
        await self._told("0")
        await self._socket.send_str(f"40{SPACE},")
        await self._told(f"40{SPACE}")
        await self.ask(HYDRATE)


async def _open(browser: aiohttp.ClientSession, served: Served, number: int, path: str, load: str) -> Shopper:
    address = f"http://127.0.0.1:{served.port}"
    socket = await browser.ws_connect(
        f"{address}{SPACE}/?EIO=4&transport=websocket&token=shopper-{number}",
        headers={"Origin": address, "Cookie": f"sid={number:043d}"},
        max_msg_size=0,
    )
    shopper = Shopper(socket, path)
    await shopper.arrive()
    await shopper.ask(load)
    return shopper


async def _measure(served: Served, pages: int, paths: Sequence[tuple[str, str]], rounds: int) -> Sessions:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as browser:
        before, began = served.memory(), time.perf_counter()
        shoppers: list[tuple[Shopper, str]] = []
        for first in range(0, pages, ACTIVE):
            batch = [(number, *paths[number % len(paths)]) for number in range(first, min(first + ACTIVE, pages))]
            opened = await asyncio.gather(*(_open(browser, served, number, path, load) for number, path, load in batch))
            shoppers.extend((shopper, load) for shopper, (_, _, load) in zip(opened, batch, strict=True))
        opened_in = time.perf_counter() - began
        each = (served.memory() - before) / pages
        times: list[float] = []

        async def act(shopper: Shopper, load: str) -> None:
            for _ in range(rounds):
                start = time.perf_counter()
                await shopper.ask(load)
                times.append(time.perf_counter() - start)

        keeping = asyncio.create_task(_keep_alive(shoppers[ACTIVE:]))
        began = time.perf_counter()
        await asyncio.gather(*(act(*shopper) for shopper in shoppers[:ACTIVE]))
        event = figures(times, time.perf_counter() - began, 0)
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping
        return Sessions(pages, each, opened_in, event)


async def _keep_alive(shoppers: Sequence[tuple[Shopper, str]]) -> None:
    """Answer the pings of those who only look."""

    async def listen(shopper: Shopper) -> None:
        async for message in shopper._socket:
            if message.data == "2":
                await shopper._socket.send_str("3")

    await asyncio.gather(*(listen(shopper) for shopper, _ in shoppers))


def measure(served: Served, pages: int, slugs: Sequence[str], rounds: int = 60) -> Sessions:
    """Open so many pages, half of them listings of 24 goods and half products, and let a few of them act."""
    listing = ("/search", f"{ListingState.get_full_name()}.load")
    products: list[tuple[str, str]] = [(f"/p/{slug}", f"{ProductState.get_full_name()}.load") for slug in slugs]
    paths: list[Any] = [part for product in products for part in (listing, product)]
    return asyncio.run(_measure(served, pages, paths, rounds))
