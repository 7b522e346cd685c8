"""Events written with the change: handled after it, at least once, and never lost."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlmodel import Session, col, select

from marketplace.base import clock, db
from marketplace.base.models import OutboxEvent
from marketplace.base.outbox import (
    DONE_KEPT,
    FIRST_DELAY,
    LEASE,
    MOST_ATTEMPTS,
    Outbox,
    _lease,
    _postpone,
    count_put_aside,
    emit,
    forget_done,
    put_aside,
    try_again,
)

pytestmark = pytest.mark.usefixtures("database")


def _emit(*topics: str) -> None:
    with db.write() as session:
        for topic in topics:
            emit(session, topic, {"number": topic}, clock.now())


def _events() -> list[OutboxEvent]:
    with db.read() as session:
        events = list(session.exec(select(OutboxEvent).order_by(col(OutboxEvent.id))).all())
        session.expunge_all()
    return events


def work_off(outbox: Outbox, limit: int = 100) -> int:
    return asyncio.run(outbox.work_off(limit))


def _note(seen: list[str]) -> Any:
    def handler(session: Session, payload: dict[str, Any], now: datetime) -> None:
        seen.append(payload["number"])

    return handler


def test_an_event_of_a_transaction_that_failed_never_happened() -> None:
    with pytest.raises(RuntimeError), db.write() as session:
        emit(session, "order.placed", {}, clock.now())
        session.flush()
        raise RuntimeError
    assert _events() == []


def test_every_listener_hears_every_event_of_its_topic_once_and_in_order() -> None:
    outbox, first, second = Outbox(), list[str](), list[str]()
    outbox.listen("a", _note(first))
    outbox.listen("a", _note(second))
    outbox.listen("b", _note(second))
    _emit("a", "b", "a", "nobody listens")
    assert work_off(outbox) == 4
    assert work_off(outbox) == 0
    assert (first, second) == (["a", "a"], ["a", "b", "a"])
    assert all(event.done_at is not None and event.attempts == 1 for event in _events())


def test_what_a_handler_wrote_goes_when_it_fails_and_the_event_comes_back_later() -> None:
    outbox = Outbox()
    tries = list[int]()

    def handler(session: Session, payload: dict[str, Any], now: datetime) -> None:
        emit(session, "written", {"number": "written"}, now)
        session.flush()
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError("mail server")

    outbox.listen("a", handler)
    with time_machine.travel("2026-01-05T09:00:00Z", tick=False) as now:
        _emit("a")
        assert work_off(outbox) == 1
        assert [event.topic for event in _events()] == ["a"]
        assert _events()[0].error == "ConnectionError: mail server"
        assert work_off(outbox) == 0
        now.shift(FIRST_DELAY * 2)
        assert work_off(outbox) == 2
    assert [(event.topic, event.done_at is not None) for event in _events()] == [("a", True), ("written", True)]


def test_an_event_that_always_fails_is_put_aside_and_holds_up_no_other() -> None:
    outbox, seen = Outbox(), list[str]()

    def broken(session: Session, payload: dict[str, Any], now: datetime) -> None:
        raise ValueError("for ever")

    outbox.listen("broken", broken)
    outbox.listen("fine", _note(seen))
    with time_machine.travel("2026-01-05T09:00:00Z", tick=False) as now:
        _emit("broken", "fine")
        for _ in range(MOST_ATTEMPTS + 3):
            work_off(outbox)
            now.shift(timedelta(days=1))
    assert seen == ["fine"]
    put_aside, done = _events()
    assert (put_aside.attempts, put_aside.done_at) == (MOST_ATTEMPTS, None)
    assert put_aside.failed_at is not None
    assert done.done_at is not None


def test_a_worker_that_died_gives_its_event_back_when_its_lease_ends() -> None:
    outbox, seen = Outbox(), list[str]()

    def dies(session: Session, payload: dict[str, Any], now: datetime) -> None:
        # Not an Exception: nothing in the worker gets to tidy up, as after kill -9.
        raise SystemExit

    outbox.listen("a", dies)
    with time_machine.travel("2026-01-05T09:00:00Z", tick=False) as now:
        _emit("a")
        with pytest.raises(SystemExit):
            work_off(outbox)
        outbox.handlers["a"] = [_note(seen)]
        now.shift(LEASE - timedelta(seconds=1))
        assert work_off(outbox) == 0
        now.shift(timedelta(seconds=1))
        assert work_off(outbox) == 1
    assert seen == ["a"]


def test_workers_side_by_side_share_the_events_without_doubling_any() -> None:
    outbox, seen = Outbox(), list[str]()
    outbox.listen("a", _note(seen))
    with db.write() as session:
        for number in range(60):
            emit(session, "a", {"number": f"{number}"}, clock.now())

    async def side_by_side() -> None:
        await asyncio.gather(*(outbox.work_off() for _ in range(4)))

    asyncio.run(side_by_side())
    assert sorted(seen, key=int) == [f"{number}" for number in range(60)]


def test_a_batch_ends_where_it_was_told_to() -> None:
    outbox, seen = Outbox(), list[str]()
    outbox.listen("a", _note(seen))
    _emit(*["a"] * 5)
    assert work_off(outbox, 3) == 3
    assert len(seen) == 3


def test_who_comes_late_to_an_event_does_not_do_it_again() -> None:
    outbox, seen = Outbox(), list[str]()
    outbox.listen("a", _note(seen))
    with time_machine.travel("2026-01-05T09:00:00Z", tick=False) as now:
        _emit("a")
        leased = db.write_now(_lease, clock.now())
        assert leased is not None
        # The lease ends before the one who has it gets to work; another one does it all.
        now.shift(LEASE)
        assert work_off(outbox) == 1
        db.write_now(outbox._handle, leased, clock.now())
        db.write_now(_postpone, leased, ValueError("too late"), clock.now())
    assert seen == ["a"]
    assert [(event.attempts, event.error) for event in _events()] == [(2, None)]


def test_handlers_wait_their_turn_in_the_queue_of_writers() -> None:
    outbox, threads = Outbox(), set[str]()

    def where(session: Session, payload: dict[str, Any], now: datetime) -> None:
        threads.add(threading.current_thread().name.rsplit("_", 1)[0])

    outbox.listen("a", where)
    _emit("a", "a")
    assert work_off(outbox) == 2
    assert threads == {"writer"}


def test_an_event_put_aside_is_shown_to_the_operator_and_can_be_tried_again() -> None:
    outbox, seen = Outbox(), list[str]()

    def broken(session: Session, payload: dict[str, Any], now: datetime) -> None:
        raise ValueError("for ever")

    outbox.listen("broken", broken)
    with time_machine.travel("2026-01-05T09:00:00Z", tick=False) as now:
        _emit("broken", "fine")
        for _ in range(MOST_ATTEMPTS):
            work_off(outbox)
            now.shift(timedelta(days=1))
        (letter,) = db.read_now(put_aside)
        assert (letter.topic, letter.error, db.read_now(count_put_aside)) == ("broken", "ValueError: for ever", 1)
        assert db.write_now(try_again, [letter.id, letter.id + 1], clock.now()) == 1
        outbox.handlers["broken"] = [_note(seen)]
        assert work_off(outbox) == 1
    assert seen == ["broken"]
    assert db.read_now(put_aside) == []


def test_events_handled_long_ago_are_forgotten_but_never_the_newest_nor_one_that_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("marketplace.base.outbox.ALWAYS_KEPT", 2)
    outbox = Outbox()
    outbox.listen("a", lambda session, payload, now: None)
    with time_machine.travel(datetime(2026, 1, 5, 9, tzinfo=UTC), tick=False) as clock_of_test:
        _emit("a", "a")
        work_off(outbox)
        _emit("a", "a", "a")
        clock_of_test.shift(DONE_KEPT + timedelta(seconds=1))
        assert db.write_now(forget_done, clock.now()) == 2
        assert [event.id for event in _events()] == [3, 4, 5]
        work_off(outbox)
        assert db.write_now(forget_done, clock.now()) == 0
        clock_of_test.shift(DONE_KEPT + timedelta(seconds=1))
        assert db.write_now(forget_done, clock.now()) == 1
    assert [event.id for event in _events()] == [4, 5]
