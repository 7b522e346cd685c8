"""Databases with all places: filled once for each kind, and copied for each test."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from marketplace.base import db
from marketplace.places import service
from marketplace.settings import PREFIX
from tests.conftest import forget_process_state
from tests.postgres import PostgresServer

FILLED = "marketplace_places"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def sqlite_places(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """An SQLite file with all places."""
    path = tmp_path_factory.mktemp("places") / "places.sqlite3"
    shutil.copyfile(sqlite_template, path)
    _fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_places(postgres: PostgresServer, postgres_template: str) -> str:
    """The name of a PostgreSQL database with all places."""
    _fill(postgres.create(FILLED, postgres_template))
    return FILLED


@pytest.fixture(params=["sqlite", "postgresql"])
def all_places(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The process works on a database with all places, once of each kind; gives its address."""
    filled = request.getfixturevalue(f"{request.param}_places")
    if request.param == "sqlite":
        path = tmp_path / "places.sqlite3"
        shutil.copyfile(filled, path)
        address = f"sqlite:///{path}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        # A name of its own: what a process keeps of places it keeps by its database's address.
        name = f"{FILLED}_{next(_numbers)}"
        address = server.create(name, filled)
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", address)
    forget_process_state()
    yield address
    if request.param == "postgresql":
        forget_process_state()
        server.drop(name)


def _fill(address: str) -> None:
    engine = db.make_engine(address)
    with Session(engine.execution_options(writes=True)) as session:
        service.sync_reference_data(session)
        session.commit()
    engine.dispose()
