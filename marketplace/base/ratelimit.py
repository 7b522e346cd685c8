"""How often one person or address may try something: the table of limits, and who an address is.

Counted in Redis where there is one, else in this process. While Redis is down each process counts for itself: guessing
passwords stays limited, and nobody who browses is turned away for our fault.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address
from types import MappingProxyType
from typing import Literal, TypeVar

import structlog
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection

from marketplace.base.crypto import keyed_token
from marketplace.base.errors import TooManyTries
from marketplace.settings import settings

log = structlog.get_logger(__name__)

R = TypeVar("R")
Name = Literal["sign_in", "sign_in_address", "sign_up", "sign_up_identifier", "checkout", "verify", "search"]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tries` within any `seconds`. `spares_this_machine`: addresses of the machine itself are not counted."""

    tries: int
    seconds: int
    spares_this_machine: bool = False


MINUTE, HOUR, DAY = 60, 3600, 86_400

# Thousands of Vietnamese phones share one address of their carrier, so limits on addresses are wide.
LIMITS: Mapping[Name, Limit] = MappingProxyType(
    {
        "sign_in": Limit(10, 15 * MINUTE),
        "sign_in_address": Limit(300, 15 * MINUTE),
        "sign_up": Limit(100, HOUR),
        "sign_up_identifier": Limit(2, DAY),
        "checkout": Limit(300, 10 * MINUTE, spares_this_machine=True),
        "verify": Limit(60, MINUTE, spares_this_machine=True),
        "search": Limit(240, MINUTE, spares_this_machine=True),
    }
)

REDIS_PATIENCE_SECONDS = 0.5
REDIS_RETRY_SECONDS = 10


class Counter:
    """Counts tries in Redis, or in memory without it and while it is down."""

    def __init__(self, redis_url: str | None) -> None:
        self._memory = MovingWindowRateLimiter(MemoryStorage())
        self._redis: MovingWindowRateLimiter | None = None
        self._redis_url = redis_url
        self._down_until = 0.0

    def count(self, item: RateLimitItem, key: str) -> int | None:
        """Count a try; None when it is within the limit, else the seconds until the next one is."""
        return self._within(lambda limiter: _hit(limiter, item, key))

    def forgive(self, item: RateLimitItem, key: str) -> None:
        """Forget the tries so far."""
        self._within(lambda limiter: limiter.clear(item, key))

    def _within(self, act: Callable[[MovingWindowRateLimiter], R]) -> R:
        if self._redis_url is not None and time.monotonic() >= self._down_until:
            try:
                return act(self._remote(self._redis_url))
            except StorageError as error:
                self._down_until = time.monotonic() + REDIS_RETRY_SECONDS
                log.warning("rate limits counted in memory", reason=str(error), retry_in=REDIS_RETRY_SECONDS)
        return act(self._memory)

    def _remote(self, url: str) -> MovingWindowRateLimiter:
        if self._redis is None:
            storage = storage_from_string(
                url,
                wrap_exceptions=True,
                socket_timeout=REDIS_PATIENCE_SECONDS,
                socket_connect_timeout=REDIS_PATIENCE_SECONDS,
            )
            self._redis = MovingWindowRateLimiter(storage)
        return self._redis


def _hit(limiter: MovingWindowRateLimiter, item: RateLimitItem, key: str) -> int | None:
    if limiter.hit(item, key):
        return None
    free_again = limiter.get_window_stats(item, key).reset_time
    return max(1, math.ceil(free_again - time.time()))


@lru_cache(maxsize=1)
def _counter() -> Counter:
    return Counter(settings().redis_url)


def check(name: Name, key: str) -> None:
    """Count a try of `key`; raises TooManyTries with the seconds to wait.

    May wait for Redis, so handlers await `checking` instead.
    """
    limit = LIMITS[name]
    if limit.spares_this_machine and _is_this_machine(key):
        return
    seconds = _counter().count(_item(name), _private(key))
    if seconds is not None:
        raise TooManyTries(seconds=seconds)


def forgive(name: Name, key: str) -> None:
    """Forget the tries of `key`, once it has shown who it is."""
    _counter().forgive(_item(name), _private(key))


async def checking(name: Name, key: str) -> None:
    """`check`, off the event loop where it asks Redis."""
    await _off_loop(check, name, key)


async def forgiving(name: Name, key: str) -> None:
    """`forgive`, off the event loop where it asks Redis."""
    await _off_loop(forgive, name, key)


async def _off_loop(act: Callable[[Name, str], None], name: Name, key: str) -> None:
    if settings().redis_url is None:
        act(name, key)
    else:
        await asyncio.to_thread(act, name, key)


@lru_cache(maxsize=len(LIMITS))
def _item(name: Name) -> RateLimitItem:
    limit = LIMITS[name]
    return RateLimitItemPerSecond(limit.tries, limit.seconds, namespace=f"limit:{name}")


def _private(key: str) -> str:
    # Phone numbers and addresses are guessable, so a plain digest in Redis would give them away.
    return keyed_token("rate limit", key)


def client_address(peer: str | None, forwarded: Iterable[str], hops: int) -> str:
    """Who called: the peer, or with `hops` trusted proxies the entry the outermost of them added to X-Forwarded-For.

    `forwarded` are the header's values as received. Whatever stands left of that entry was written by the caller and is
    not read; an entry that is missing or no address falls back to the peer. IPv6 counts by its /64, one customer's.
    """
    if hops:
        entries = [entry.strip() for value in forwarded for entry in value.split(",")]
        if len(entries) >= hops and (named := _network(entries[-hops])) is not None:
            return named
    return _network(peer or "") or "unknown"


def request_address(connection: HTTPConnection) -> str:
    """Who sent this request or opened this socket, by the configured number of proxies."""
    peer = connection.client.host if connection.client else None
    return client_address(peer, connection.headers.getlist("x-forwarded-for"), settings().trusted_proxy_hops)


def _network(text: str) -> str | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        if not address.is_loopback:
            return str(IPv6Network((int(address), 64), strict=False))
    return str(address)


def _is_this_machine(key: str) -> bool:
    try:
        return ip_address(key).is_loopback
    except ValueError:
        return False
