"""A small demo, seeded once for each kind of database; what a test changes is rolled back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from marketplace.base import db
from marketplace.demo.seed import Plan, seed
from marketplace.settings import PREFIX
from tests.conftest import forget_process_state

NOW = datetime(2026, 3, 15, 3, 30, tzinfo=UTC)
PLAN = Plan(sellers=16, products=120, orders=420, seed=7, now=NOW, pictures=3)
NAME = "marketplace_demo"


@dataclass(frozen=True)
class Seeded:
    """Where a seeded database and its pictures are."""

    address: str
    var: Path


def quiet(_: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def seeded_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """A database of each kind with the demo of `PLAN` in it."""
    var = tmp_path_factory.mktemp(f"demo-{request.param}")
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), var / "demo.sqlite3")
        address = f"sqlite:///{var / 'demo.sqlite3'}"
    else:
        server = request.getfixturevalue("postgres")
        address = server.create(NAME, template=request.getfixturevalue("postgres_template"))
    with pytest.MonkeyPatch.context() as patch:
        _work_on(patch, Seeded(address, var))
        db.write_now(seed, PLAN, quiet)
        forget_process_state()
    yield Seeded(address, var)
    if request.param == "postgresql":
        server.drop(NAME)


@pytest.fixture
def seeded(seeded_database: Seeded, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A writing session on the seeded database, on which the process works too; rolled back in the end."""
    _work_on(monkeypatch, seeded_database)
    with Session(db.engine().execution_options(writes=True), expire_on_commit=False) as session:
        yield session
        session.rollback()


def _work_on(patch: pytest.MonkeyPatch, seeded: Seeded) -> None:
    patch.setenv(f"{PREFIX}DATABASE_URL", seeded.address)
    patch.setenv(f"{PREFIX}VAR", str(seeded.var))
    forget_process_state()
