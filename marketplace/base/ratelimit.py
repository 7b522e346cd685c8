"""How often one person or address may try something: the table of limits.

Counted in Redis where there is one, else in this process. While Redis is down each process counts for itself: guessing
passwords stays limited, and nobody who browses is turned away for our fault.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, TypeVar

import structlog
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from marketplace.base.callers import THIS_MACHINE
from marketplace.base.crypto import keyed_token
from marketplace.base.errors import TooManyTries
from marketplace.settings import settings

log = structlog.get_logger(__name__)

R = TypeVar("R")
Name = Literal[
    "sign_in",
    "sign_in_address",
    "sign_up",
    "sign_up_identifier",
    "code_pause",
    "code_identifier",
    "code_address",
    "code_account",
    "code_all",
    "second_factor",
    "own_data",
    "basket",
    "checkout",
    "checkout_account",
    "search",
    "upload",
    "review",
    "follow",
    "report",
    "verify",
    "socket",
    "event",
    "event_address",
]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tries` within any `seconds`.

    `spares_this_machine`: processes beside ours are not counted. `by_process`: each of ours counts for itself, for what
    happens too often to ask Redis each time.
    """

    tries: int
    seconds: int
    spares_this_machine: bool = False
    by_process: bool = False


MINUTE, HOUR, DAY = 60, 3600, 86_400

# Thousands of Vietnamese phones share one address of their carrier, so limits on addresses are wide.
LIMITS: Mapping[Name, Limit] = MappingProxyType(
    {
        "sign_in": Limit(10, 15 * MINUTE),
        "sign_in_address": Limit(300, 15 * MINUTE),
        "sign_up": Limit(100, HOUR),
        "sign_up_identifier": Limit(2, DAY),
        "code_pause": Limit(1, MINUTE),
        "code_identifier": Limit(5, HOUR),
        "code_address": Limit(100, HOUR),
        "code_account": Limit(10, DAY),
        # Every text message costs money: whatever goes wrong, it is not a fortune (ASVS 6.6.3).
        "code_all": Limit(3000, HOUR),
        "second_factor": Limit(10, 15 * MINUTE),
        "own_data": Limit(5, HOUR),
        "basket": Limit(600, 10 * MINUTE, spares_this_machine=True),
        "checkout": Limit(300, 10 * MINUTE, spares_this_machine=True),
        "checkout_account": Limit(60, 10 * MINUTE),
        "search": Limit(240, MINUTE, spares_this_machine=True),
        "upload": Limit(120, 10 * MINUTE),
        "review": Limit(300, HOUR),
        "follow": Limit(60, 10 * MINUTE),
        "report": Limit(20, HOUR),
        "verify": Limit(60, MINUTE, spares_this_machine=True),
        "socket": Limit(600, 10 * MINUTE, spares_this_machine=True, by_process=True),
        "event": Limit(600, MINUTE, by_process=True),
        "event_address": Limit(12_000, MINUTE, spares_this_machine=True, by_process=True),
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


@lru_cache(maxsize=1)
def _own_counter() -> Counter:
    return Counter(None)


def check(name: Name, key: str) -> None:
    """Count a try of `key`; raises TooManyTries with the seconds to wait.

    May wait for Redis, so handlers await `checking` instead.
    """
    if not settings().rate_limits or (LIMITS[name].spares_this_machine and key == THIS_MACHINE):
        return
    counter = _own_counter() if LIMITS[name].by_process else _counter()
    seconds = counter.count(_item(name), _private(key))
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
    if settings().redis_url is None or LIMITS[name].by_process:
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
