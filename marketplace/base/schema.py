"""What the database holds beside tables: guards and search indexes, defined once for models and migrations."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import DDL, MetaData, create_mock_engine, event
from sqlalchemy.schema import SchemaItem
from sqlmodel import SQLModel

DIALECTS = ("sqlite", "postgresql")

_POSTGRESQL_REFUSAL = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'restrict_violation';
END $$"""


def append_only(*models: type[SQLModel]) -> None:
    """Let the database itself refuse to change or remove rows of these tables, whoever asks."""
    for model in models:
        table = model.__table__  # type: ignore[attr-defined]
        for action in ("UPDATE", "DELETE"):
            _after_create(
                table,
                "sqlite",
                f"CREATE TRIGGER {table.name}_keeps_{action.lower()} BEFORE {action} ON {table.name} "
                f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END",
            )
        _after_create(table, "postgresql", _POSTGRESQL_REFUSAL)
        _after_create(
            table,
            "postgresql",
            f"CREATE TRIGGER {table.name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        )


def own_statements(metadata: MetaData, dialect: str) -> list[str]:
    """The statements that creating `metadata` runs beside those for tables and indexes, in order and once each."""
    found: list[str] = []

    def collect(element: SchemaItem, *_: Any, **__: Any) -> None:
        if isinstance(element, DDL):
            found.append(str(element.compile(dialect=engine.dialect)))

    engine = create_mock_engine(f"{dialect}://", collect)
    metadata.create_all(engine, checkfirst=False)
    return list(dict.fromkeys(found))


def own_tables(metadata: MetaData) -> frozenset[str]:
    """Names of tables that such statements create, which no model describes."""
    statements = [statement for dialect in DIALECTS for statement in own_statements(metadata, dialect)]
    pattern = re.compile(r"\s*CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?(\w+)", re.IGNORECASE)
    return frozenset(match[1] for statement in statements if (match := pattern.match(statement)))


def _after_create(table: Any, dialect: str, statement: str) -> None:
    event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))
