"""A small HTTP/1.1 load generator: keep-alive connections, bounded in number and count. It shares the machine with the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """One request."""

    path: str
    method: str = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    def wire(self) -> bytes:
        """As it goes over the socket."""
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run of requests cost; times in milliseconds."""

    per_second: float
    p50: float
    p95: float
    p99: float
    errors: int


def figures(times: Sequence[float], took: float, errors: int) -> Figures:
    """Figures from each request's seconds and the seconds of the whole run."""
    ranked = sorted(times) or [0.0]

    def at(share: float) -> float:
        return ranked[min(len(ranked) - 1, int(len(ranked) * share))] * 1000

    return Figures(len(times) / took if took else 0.0, at(0.5), at(0.95), at(0.99), errors)


def every(_: Ask) -> bool:
    """Count each request."""
    return True


async def _one(
    port: int, asks: Sequence[Ask], first: int, step: int, times: list[float], counts: Callable[[Ask], bool]
) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    errors = 0
    try:
        for index in range(first, len(asks), step):
            began = time.perf_counter()
            writer.write(asks[index].wire())
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head.split(b" ", 2)[1])
            length = next(
                (
                    int(line.split(b":")[1])
                    for line in head.lower().split(b"\r\n")
                    if line.startswith(b"content-length")
                ),
                0,
            )
            await reader.readexactly(length)
            if counts(asks[index]):
                times.append(time.perf_counter() - began)
            errors += status >= 400
    finally:
        writer.close()
    return errors


async def _all(port: int, asks: Sequence[Ask], connections: int, counts: Callable[[Ask], bool]) -> Figures:
    times: list[float] = []
    began = time.perf_counter()
    lines = (_one(port, asks, number, connections, times, counts) for number in range(connections))
    errors = sum(await asyncio.gather(*lines))
    return figures(times, time.perf_counter() - began, errors)


def load(
    port: int, asks: Sequence[Ask], connections: int, *, warm: bool = True, counts: Callable[[Ask], bool] = every
) -> Figures:
    """Send all requests over so many connections at once, after a few to warm up unless each may be sent only once.

    Figures are of the requests that count; the others are what goes on beside them.
    """
    if warm:
        asyncio.run(_all(port, asks[:connections], connections, counts))
    return asyncio.run(_all(port, asks, connections, counts))
