"""The database: engines, transactions, column types, and the helper that keeps queries off the event loop.

A use case is a plain function `use_case(session, …)`. `writing` runs one as one transaction that commits or
leaves nothing; `reading` runs one that only looks. Both may be awaited from handlers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy import CursorResult, DateTime, Engine, MetaData, Table, TypeDecorator, create_engine, event, insert
from sqlalchemy.engine import URL, Connection, Dialect, make_url
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.pool import Pool
from sqlmodel import Session, SQLModel

from marketplace.base.errors import Busy, DomainError, InputInvalid, NotFound
from marketplace.settings import settings

log = structlog.get_logger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata = MetaData(naming_convention=NAMING)

BUSY_TIMEOUT_SECONDS = 5
UNKEEPABLE = frozenset({None, "22001", "22003", "22021", "22P05"})
"""SQL states of a value that fits no column: too long, out of range, no character; None is the driver's own refusal."""
POSTGRES_POOL = 8
FORGOTTEN_AT_ONCE = 500
"""How many old rows are deleted in one transaction, so that the one writer of SQLite is never kept for long."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC and always read back with its zone (SQLite forgets it)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def is_sqlite(url: str | URL) -> bool:
    """Whether an address names an SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-65536",
        "mmap_size=268435456",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A read transaction upgraded to a write fails at once with SQLITE_BUSY_SNAPSHOT whatever
    # the busy timeout says, so writers take the lock first.
    immediate = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def make_engine(url: str) -> Engine:
    """An engine with our transaction rules; SQLite gets WAL, foreign keys and full synchronisation."""
    parsed = make_url(url)
    if is_sqlite(parsed):
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"check_same_thread": False}, pool_size=16, max_overflow=16)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_size=POSTGRES_POOL, max_overflow=POSTGRES_POOL, pool_pre_ping=True)


def database_of(session: Session) -> Pool:
    """What tells the databases of this process apart, as a key of what is kept of them."""
    return session.get_bind().engine.pool


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The process's engine."""
    return make_engine(settings().database)


@contextmanager
def _session(bind: Engine, unkeepable: type[DomainError]) -> Iterator[Session]:
    try:
        with Session(bind, expire_on_commit=False) as session:
            yield session
    except OperationalError as error:
        if "locked" in str(error.orig) or "timeout" in str(error.orig):
            raise Busy from error
        raise
    except DataError as error:
        if getattr(error.orig, "sqlstate", None) not in UNKEEPABLE:
            raise
        raise _refused(error, unkeepable) from error
    except (OverflowError, UnicodeEncodeError) as error:
        raise _refused(error, unkeepable) from error


def _refused(error: Exception, reason: type[DomainError]) -> DomainError:
    # Payloads are parsed before they come here, so that whatever does come deserves a look.
    log.warning("a value no column can hold", error=type(error).__name__)
    return reason()


@contextmanager
def write(bind: Engine | None = None) -> Iterator[Session]:
    """One transaction that commits at the end, or leaves nothing when anything is raised."""
    with _session((bind or engine()).execution_options(writes=True), InputInvalid) as session:
        yield session
        session.commit()


def add_rows(session: Session, rows: Sequence[SQLModel]) -> None:
    """Insert rows of one table in one statement, behind all that waits to be written; their ids are not read back.

    A session flushes row by row where ids must come back, which costs a statement a row on SQLite.
    """
    if not rows:
        return
    session.flush()
    table: Table = type(rows[0]).__table__  # type: ignore[attr-defined]
    names = [column.name for column in table.columns if column.name != "id"]
    session.connection().execute(insert(table), [{name: getattr(row, name) for name in names} for row in rows])


def row_count(result: object) -> int:
    """How many rows a statement that changes some has changed."""
    return result.rowcount if isinstance(result, CursorResult) else 0


@contextmanager
def read(bind: Engine | None = None) -> Iterator[Session]:
    """A session for looking only; nothing it changes is kept. What no column can hold is not found in any."""
    with _session(bind or engine(), NotFound) as session:
        yield session
        session.rollback()


@lru_cache(maxsize=1)
def _writers() -> ThreadPoolExecutor:
    # SQLite has one writer at a time: queueing here is fair, waiting in its busy handler is not.
    count = 1 if is_sqlite(settings().database) else POSTGRES_POOL
    return ThreadPoolExecutor(count, thread_name_prefix="writer")


@lru_cache(maxsize=1)
def _readers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(POSTGRES_POOL, thread_name_prefix="reader")


def write_now(use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a use case as one transaction in this thread."""
    with write() as session:
        return use_case(session, *args, **kwargs)


def read_now(use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a look-up in this thread."""
    with read() as session:
        return use_case(session, *args, **kwargs)


async def writing(use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a use case as one transaction, off the event loop."""
    call = partial(write_now, use_case, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_writers(), call)


async def reading(use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a short indexed look-up: inline on SQLite, where a thread hop costs as much as the query."""
    if is_sqlite(settings().database):
        return read_now(use_case, *args, **kwargs)
    return await reading_slowly(use_case, *args, **kwargs)


async def reading_slowly(use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a look-up that may take over a millisecond, always off the event loop."""
    call = partial(read_now, use_case, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_readers(), call)
