"""What migrations make is what the models say, on both databases, and the guards in it hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    MetaData,
    Table,
    insert,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine
from sqlmodel import Session

from marketplace import tables
from marketplace.base import db, schema
from marketplace.base.clock import now
from marketplace.operations.migrate import upgrade_schema
from tests.postgres import PostgresServer

FILLING = {
    "seller.status": "approved",
    "seller.kind": "farm",
    "seller_order.status": "placed",
    "seller_order.fulfilment_status": "pending",
    "seller_order.payment_status": "none",
    "seller_order.delivery_fee": 0,
}
"""What columns take that do not take anything."""
_numbers = count(1)
GUARDED = ("ledger_transaction", "ledger_entry", "contract_event", "outside_figure", "lot_correction")


@pytest.fixture
def migrated(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A second database beside `database`, made by the migrations."""
    yield from _migrated(database, request, tmp_path, "head")


@pytest.fixture
def at_0003(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A second database beside `database`, as it was before products had variants."""
    yield from _migrated(database, request, tmp_path, "0003")


def _migrated(database: str, request: pytest.FixtureRequest, tmp_path: Path, revision: str) -> Iterator[Engine]:
    server: PostgresServer | None = None if db.is_sqlite(database) else request.getfixturevalue("postgres")
    address = f"sqlite:///{tmp_path / 'migrated.sqlite3'}" if server is None else server.create("marketplace_migrated")
    upgrade_schema(address, revision)
    engine = db.make_engine(address)
    yield engine
    engine.dispose()
    if server is not None:
        server.drop("marketplace_migrated")


def _shape(engine: Engine) -> set[tuple[str, ...]]:
    """Everything the database knows of its schema, as it tells it."""
    return _sqlite_shape(engine) if engine.dialect.name == "sqlite" else _postgresql_shape(engine)


def _sqlite_shape(engine: Engine) -> set[tuple[str, ...]]:
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'")
        ).all()
    # Migrations write the same clauses of a table in their own order, and everything with their own breaks.
    return {
        (kind, name, table, *(sorted(_clauses(sql)) if kind == "table" else [_in_a_row(sql or "")]))
        for kind, name, table, sql in rows
    }


def _clauses(sql: str) -> list[str]:
    """What stands between the commas that no inner bracket holds."""
    clauses, depth, start = [], 0, 0
    for at, sign in enumerate(sql):
        depth += (sign == "(") - (sign == ")")
        if depth == 1 and sign in "(,":
            clauses.append(sql[start:at])
            start = at + 1
    return [_in_a_row(clause) for clause in (*clauses, sql[start : sql.rindex(")")])]


def _in_a_row(sql: str) -> str:
    # SQLite writes the name of a table that was rebuilt between quotation marks.
    return re.sub(r'^CREATE TABLE "(\w+)"$', r"CREATE TABLE \1", re.sub(r"\s+", " ", sql).strip())


POSTGRESQL_SCHEMA = """
    SELECT 'column', table_name, column_name,
           -- A column that went leaves its number behind: what counts is the order of the others.
           row_number() OVER (PARTITION BY table_name ORDER BY ordinal_position)::text, data_type,
           coalesce(character_maximum_length::text, ''), is_nullable, coalesce(column_default, '')
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', '', ''
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'index', tablename, indexname, indexdef, '', '', '', '' FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', '', '', ''
      FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT 'function', '', proname, prosrc, '', '', '', '' FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def _postgresql_shape(engine: Engine) -> set[tuple[str, ...]]:
    with engine.connect() as connection:
        rows = connection.execute(text(POSTGRESQL_SCHEMA)).all()
    return {tuple(row) for row in rows if "alembic_version" not in row[1]}


@pytest.mark.usefixtures("database")
def test_migrations_make_the_schema_of_the_models(migrated: Engine) -> None:
    by_models, by_migrations = _shape(db.engine()), _shape(migrated)
    assert by_migrations - by_models == set()
    assert by_models - by_migrations == set()
    assert {"index", "trigger"} < {entry[0] for entry in by_models}
    named = {entry[1] for entry in by_models if entry[0] in {"table", "column"}}
    assert named >= set(tables.metadata.tables)


@pytest.mark.usefixtures("database")
def test_goods_of_before_become_variants_that_lead_with_the_price_they_had(at_0003: Engine) -> None:
    with at_0003.execution_options(writes=True).begin() as connection:
        product_id = _put(connection, "product", unit="bottle", status="active", slug="mam")
        sku_id = _put(connection, "sku", product_id=product_id, price=65_000)
        _put(connection, "order_line", sku_id=sku_id)
    upgrade_schema(at_0003.url.render_as_string(hide_password=False))
    with at_0003.connect() as connection:
        sku = connection.execute(
            text("SELECT label, position, active, leads, unit, content_amount, price FROM sku")
        ).one()
        asked = connection.execute(text("SELECT sku_id, price, until FROM price_asked")).one()
        line = connection.execute(text("SELECT variant, expected_on FROM order_line")).one()
    assert tuple(sku) == ("", 0, True, True, "bottle", None, 65_000)
    assert tuple(asked) == (sku_id, 65_000, None)
    assert tuple(line) == ("", None)


def test_a_check_or_trigger_that_a_migration_forgot_is_noticed(migrated: Engine) -> None:
    whole = _shape(migrated)
    trigger = next(entry for entry in sorted(whole) if entry[0] == "trigger")
    with migrated.execution_options(writes=True).begin() as connection:
        on_table = f" ON {trigger[1]}" if migrated.dialect.name == "postgresql" else ""
        name = trigger[2] if on_table else trigger[1]
        connection.exec_driver_sql(f"DROP TRIGGER {name}{on_table}")
    assert whole - _shape(migrated) == {trigger}


def test_migrating_again_changes_nothing(migrated: Engine) -> None:
    before = _shape(migrated)
    upgrade_schema(migrated.url.render_as_string(hide_password=False))
    assert _shape(migrated) == before


@pytest.mark.parametrize("table", GUARDED)
def test_guarded_rows_are_neither_changed_nor_removed_by_anybody(session: Session, table: str) -> None:
    _put_guarded_rows(session)
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match=f"{table} is append-only"), session.begin_nested():
            session.execute(text(statement))
        assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() > 0


def test_every_table_that_says_append_only_is_guarded(session: Session) -> None:
    statements = schema.own_statements(tables.metadata, session.get_bind().dialect.name)
    guarded = {match[1] for item in statements if (match := re.search(r"CREATE TRIGGER \w+ BEFORE .* ON (\w+)", item))}
    assert guarded == set(GUARDED)


def _put(connection: Connection, table: str, **values: Any) -> Any:
    """A row of a table as it is by now, with whatever it needs and refers to; returns its key."""
    reflected = Table(table, MetaData(), autoload_with=connection)
    row: dict[str, Any] = {}
    for column in reflected.c:
        if column.name in values:
            row[column.name] = values[column.name]
        elif column.foreign_keys and not column.nullable:
            row[column.name] = _put(connection, next(iter(column.foreign_keys)).column.table.name)
        elif not column.nullable and not (column.name == "id" and isinstance(column.type, Integer)):
            row[column.name] = FILLING.get(f"{table}.{column.name}", _any(column.type))
    connection.execute(insert(reflected).values(row))
    key = next(iter(reflected.primary_key.columns))
    return connection.execute(select(key).order_by(key.desc()).limit(1)).scalar_one()


def _any(kind: TypeEngine[Any]) -> Any:
    """A value that a column of a kind takes."""
    if isinstance(kind, DateTime):
        return now()
    if isinstance(kind, Date):
        return now().date()
    if isinstance(kind, Boolean):
        return True
    number = next(_numbers)
    return 1 if isinstance(kind, Integer | Float) else f"{chr(97 + number // 26)}{chr(97 + number % 26)}"


def _put_guarded_rows(session: Session) -> None:
    """Rows in guarded tables, with what they refer to left out: constraints are not what is tried here."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
    else:
        session.execute(text("SET LOCAL session_replication_role = replica"))
    session.execute(
        text("INSERT INTO ledger_transaction (id, key, kind, occurred_at) VALUES (1, 'k', 'test', :now)"),
        {"now": now()},
    )
    session.execute(
        text("INSERT INTO ledger_entry (id, transaction_id, account, amount) VALUES (1, 1, 'cash', 5)"),
    )
    session.execute(
        text(
            "INSERT INTO contract_event (id, contract_id, sequence, kind, at, actor, detail, previous_hash, hash)"
            " VALUES (1, 1, 1, 'offered', :now, 'test', '{}', '', 'h')"
        ),
        {"now": now()},
    )
    session.execute(
        text(
            "INSERT INTO outside_figure (id, series, sector, period_from, period_to, value, source, entered_at)"
            " VALUES (1, 'grdp', '', '2025-01-01', '2025-12-31', 5, 'test', :now)"
        ),
        {"now": now()},
    )
    session.execute(
        text(
            "INSERT INTO lot_correction (id, lot_id, field, before, after, reason, at)"
            " VALUES (1, 1, 'plot', 'a', 'b', 'test', :now)"
        ),
        {"now": now()},
    )
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL session_replication_role = origin"))
