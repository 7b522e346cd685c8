"""Transactions: all or nothing, moments with a zone, and the settings SQLite needs."""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError, StatementError
from sqlmodel import Session, col, func, select

from marketplace.base import clock, db
from marketplace.base.errors import Busy, InputInvalid, NotFound
from marketplace.base.models import OutboxEvent, Transition
from marketplace.catalog.models import Category

WHEN = datetime(2026, 1, 5, 16, 7, 8, 123456, timezone(timedelta(hours=7)))


def _event(at: datetime) -> OutboxEvent:
    return OutboxEvent(topic="test", payload={"chữ": "đ"}, created_at=at, available_at=at)


def _count(session: Session) -> int:
    return session.exec(select(func.count()).select_from(OutboxEvent)).one()


def test_a_moment_comes_back_the_same_and_in_utc(session: Session) -> None:
    session.add(_event(WHEN))
    session.commit()
    session.expire_all()
    event = session.exec(select(OutboxEvent)).one()
    assert event.created_at == WHEN
    assert event.created_at.tzinfo is UTC
    assert event.payload == {"chữ": "đ"}


def test_a_moment_without_a_zone_is_refused(session: Session) -> None:
    session.add(_event(WHEN.replace(tzinfo=None)))
    with pytest.raises(StatementError, match="without a zone"):
        session.flush()


def test_moments_compare_in_time_whatever_zone_they_were_given_in(session: Session) -> None:
    session.add(_event(WHEN))
    session.flush()
    same_in_utc = WHEN.astimezone(UTC)
    found = select(OutboxEvent).where(col(OutboxEvent.created_at) == same_in_utc)
    assert session.exec(found).one().created_at == WHEN
    assert session.exec(select(OutboxEvent).where(col(OutboxEvent.created_at) < same_in_utc)).first() is None


@pytest.mark.usefixtures("database")
def test_a_use_case_that_fails_leaves_nothing_and_one_that_ends_is_kept() -> None:
    def fails(session: Session) -> None:
        session.add(_event(WHEN))
        session.flush()
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        db.write_now(fails)
    assert db.read_now(_count) == 0
    db.write_now(lambda session: session.add(_event(WHEN)))
    assert db.read_now(_count) == 1


@pytest.mark.usefixtures("database")
def test_what_is_changed_while_reading_is_not_kept() -> None:
    def meddles(session: Session) -> None:
        session.add(_event(WHEN))
        session.flush()

    db.read_now(meddles)
    assert db.read_now(_count) == 0


@pytest.mark.usefixtures("database")
def test_handlers_await_the_same_use_cases() -> None:
    def add(session: Session, at: datetime, *, times: int) -> int:
        session.add_all([_event(at) for _ in range(times)])
        return times

    async def handler() -> tuple[int, int, int]:
        return await db.writing(add, WHEN, times=3), await db.reading(_count), await db.reading_slowly(_count)

    assert asyncio.run(handler()) == (3, 3, 3)


@pytest.mark.usefixtures("database")
def test_writers_in_many_threads_all_get_through() -> None:
    def add_some() -> None:
        for _ in range(10):
            db.write_now(lambda session: session.add(_event(WHEN)))

    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(add_some) for _ in range(8)]:
            done.result()
    assert db.read_now(_count) == 80


def test_rows_point_somewhere(session: Session) -> None:
    session.add(
        Category(slug="gao", parent_id=4711, name_vi="Gạo", name_en="Rice", icon="rice"),
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_sqlite_keeps_what_it_acknowledged_and_lets_readers_read(sqlite_database: str) -> None:
    with db.engine().connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_the_sqlite_in_use_has_no_wal_reset_bug() -> None:
    assert sqlite3.sqlite_version_info >= (3, 51, 3)
    assert sqlite3.__name__ == "pysqlite3"


def test_a_database_locked_by_another_process_answers_busy(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "BUSY_TIMEOUT_SECONDS", 0.05)
    other = sqlite3.connect(sqlite_database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Busy) as refused:
            db.write_now(lambda session: session.add(_event(WHEN)))
        assert refused.value.status == 503
    finally:
        other.execute("ROLLBACK")
        other.close()
    db.write_now(lambda session: session.add(_event(WHEN)))


@pytest.mark.usefixtures("sqlite_database")
def test_a_reader_does_not_wait_for_a_writer() -> None:
    db.write_now(lambda session: session.add(_event(WHEN)))
    with db.write() as writer:
        writer.add(_event(WHEN))
        writer.flush()
        assert db.read_now(_count) == 1
    assert db.read_now(_count) == 2


@pytest.mark.usefixtures("database")
def test_a_ready_server_answers_a_simple_question() -> None:
    assert db.read_now(lambda session: session.execute(text("SELECT 1")).scalar_one()) == 1


def test_who_moved_what_is_kept_in_order(session: Session) -> None:
    now = clock.now()
    for number, state in enumerate(("placed", "confirmed", "completed")):
        session.add(Transition(subject="order", subject_id=1, to_state=state, at=now + timedelta(seconds=number)))
    session.flush()
    kept = session.exec(select(Transition.to_state).order_by(col(Transition.at))).all()
    assert list(kept) == ["placed", "confirmed", "completed"]


def _write_down(session: Session, word: str, number: int) -> None:
    session.add(Transition(subject=word, subject_id=number, to_state="x", at=WHEN))
    session.flush()


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("word", "number"), [("\ud800", 1), ("x", 10**30)], ids=["half a surrogate", "beyond 64 bits"])
def test_what_no_column_can_hold_is_refused_when_written_and_not_found_when_looked_for(word: str, number: int) -> None:
    with pytest.raises(InputInvalid):
        db.write_now(_write_down, word, number)
    with pytest.raises(NotFound):
        db.read_now(_write_down, word, number)


def test_a_name_with_a_nul_in_it_is_not_found(database: str) -> None:
    def looks(session: Session) -> object:
        return session.exec(select(Category.id).where(col(Category.slug) == "trai\x00cay")).first()

    if db.is_sqlite(database):
        assert db.read_now(looks) is None
    else:
        with pytest.raises(NotFound):
            db.read_now(looks)


def test_a_fault_of_ours_is_not_taken_for_a_visitors(database: str) -> None:
    if db.is_sqlite(database):
        pytest.skip("SQLite divides by zero without a word")
    with pytest.raises(DataError):
        db.read_now(lambda session: session.execute(text("SELECT 1 / 0")))
