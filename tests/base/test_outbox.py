"""Events written with the change: handled after it, at least once, and never lost."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlmodel import Session, col, select

from marketplace.base import clock, db
from marketplace.base.models import OutboxEvent
from marketplace.base.outbox import FIRST_DELAY, LEASE, MOST_ATTEMPTS, Outbox, emit

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
    assert outbox.work_off() == 4
    assert outbox.work_off() == 0
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
        assert outbox.work_off() == 1
        assert [event.topic for event in _events()] == ["a"]
        assert _events()[0].error == "ConnectionError: mail server"
        assert outbox.work_off() == 0
        now.shift(FIRST_DELAY * 2)
        assert outbox.work_off() == 2
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
            outbox.work_off()
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
            outbox.work_off()
        outbox.handlers["a"] = [_note(seen)]
        now.shift(LEASE - timedelta(seconds=1))
        assert outbox.work_off() == 0
        now.shift(timedelta(seconds=1))
        assert outbox.work_off() == 1
    assert seen == ["a"]


def test_workers_side_by_side_share_the_events_without_doubling_any() -> None:
    outbox, seen = Outbox(), list[str]()
    outbox.listen("a", _note(seen))
    with db.write() as session:
        for number in range(60):
            emit(session, "a", {"number": f"{number}"}, clock.now())
    workers = [threading.Thread(target=outbox.work_off) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(seen, key=int) == [f"{number}" for number in range(60)]


def test_a_batch_ends_where_it_was_told_to() -> None:
    outbox, seen = Outbox(), list[str]()
    outbox.listen("a", _note(seen))
    _emit(*["a"] * 5)
    assert outbox.work_off(limit=3) == 3
    assert len(seen) == 3
