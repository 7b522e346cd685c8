"""Databases and settings for tests: each test its own var folder, each data test its own database."""

from __future__ import annotations

import functools
import gc
import itertools
import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlmodel import Session
from xdist.scheduler import LoadScopeScheduling

import marketplace.tables
from marketplace.base import db
from marketplace.settings import PREFIX
from tests.postgres import PostgresServer

hypothesis.settings.register_profile(
    "marketplace",
    deadline=None,
    # Rows left by one example are the next one's past; tests that mind begin each example with a savepoint.
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("marketplace")

_numbers = itertools.count(1)
TOGETHER = ("e2e", "demo")
"""Folders whose tests share what is slow to make: a running app, a seeded database."""
LONGEST = (
    "e2e",
    "orders/test_crowds.py",
    "demo",
    "contracts/test_documents.py",
    "security/test_routes.py",
    "statistics/test_recount.py",
    "operations/test_commands.py",
    "catalog/test_stock.py",
    "orders/test_any_sequence.py",
)
"""What takes longest, the longest first: given out last, it would keep one process busy while the other has ended."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first; what is not among them keeps its order."""
    tests = Path(__file__).parent

    def turn(item: pytest.Item) -> int:
        path = item.path.relative_to(tests)
        known = (place for place, name in enumerate(LONGEST) if path.is_relative_to(name))
        return next(known, len(LONGEST))

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: the collector need not walk it again at every turn."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Two processes share the tests by file, and some folders whole."""

    def _split_scope(self, nodeid: str) -> str:
        path = Path(nodeid.split("::", 1)[0])
        return path.parent.name if path.parent.name in TOGETHER else str(path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """How tests are shared when there are several processes."""
    return ByFile(config, log)


@functools.cache
def _made_once(module: str) -> list[Any]:
    return [
        value
        for value in vars(sys.modules[module]).values()
        if isinstance(value, functools._lru_cache_wrapper)
        and value.__module__ == module
        and not value.__wrapped__.__code__.co_argcount
    ]


def forget_process_state() -> None:
    """Drop everything a process makes once from its settings: engines, threads, keys, counters."""
    for name in [name for name in sys.modules if name.startswith("marketplace.")]:
        for cached in _made_once(name):
            if not cached.cache_info().currsize:
                continue
            made = cached()
            if isinstance(made, Executor):
                made.shutdown()
            elif isinstance(made, Engine):
                made.dispose()
            cached.cache_clear()


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing of the machine's settings reaches a test, nothing of a test reaches the checkout's `var/`."""
    for name in [*os.environ]:
        if name.startswith(PREFIX) or name == "PORT":
            monkeypatch.delenv(name)
    monkeypatch.setenv(f"{PREFIX}VAR", str(tmp_path / "var"))
    forget_process_state()
    yield
    forget_process_state()
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with our schema and nothing in it."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    engine = db.make_engine(f"sqlite:///{path}")
    marketplace.tables.metadata.create_all(engine)
    # The last connection to close moves the write-ahead log into the file, so that one file is the whole database.
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of our own, started when the first test asks for it."""
    with PostgresServer.started() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """The name of a database with our schema and nothing in it."""
    name = "marketplace_template"
    engine = db.make_engine(postgres.create(name))
    marketplace.tables.metadata.create_all(engine)
    engine.dispose()
    return name


@pytest.fixture
def sqlite_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_template: Path) -> str:
    """The process works on a fresh SQLite file; returns its address."""
    path = tmp_path / "var" / "marketplace.sqlite3"
    path.parent.mkdir(exist_ok=True)
    shutil.copyfile(sqlite_template, path)
    return _work_on(monkeypatch, f"sqlite:///{path}")


@pytest.fixture
def postgresql_database(monkeypatch: pytest.MonkeyPatch, postgres: PostgresServer, postgres_template: str) -> str:
    """The process works on a fresh PostgreSQL database; returns its address."""
    address = make_url(postgres.fresh("marketplace", postgres_template))
    # What a process keeps by its database's address is kept for this test alone.
    address = address.update_query_dict({"application_name": f"test-{next(_numbers)}"})
    return _work_on(monkeypatch, address.render_as_string(hide_password=False))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The process works on a fresh database, once of each kind; returns its address.

    `db.write_now`, `db.read_now` and everything above them then work on it.
    """
    address: str = request.getfixturevalue(f"{request.param}_database")
    return address


@pytest.fixture
def session(database: str) -> Iterator[Session]:
    """A writing session on a fresh database of each kind; what is not committed is rolled back.

    On SQLite it holds the write lock from its first statement on: commit before calling `db.write_now` beside it.
    """
    with Session(db.engine().execution_options(writes=True), expire_on_commit=False) as opened:
        yield opened
        opened.rollback()


def _work_on(monkeypatch: pytest.MonkeyPatch, address: str) -> str:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", address)
    forget_process_state()
    return address
