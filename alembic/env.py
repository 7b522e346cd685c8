"""How Alembic reaches our database and compares it with our models."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from marketplace import tables
from marketplace.base import db, schema
from marketplace.settings import settings

OWN_TABLES = schema.own_tables(tables.metadata)


def include_object(item: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """Leave alone what search keeps for itself: its tables and their shadows are no model's."""
    own = kind == "table" and any(name == table or str(name).startswith(f"{table}_") for table in OWN_TABLES)
    return not (own and reflected and compared is None)


def render_item(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write plain SQLAlchemy types, so that a migration means the same when our classes have moved on."""
    if kind == "type" and isinstance(item, db.UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def migrate(connection: sa.Connection) -> None:
    """Run what is asked for in one transaction: all of it or nothing."""
    sqlite = connection.dialect.name == "sqlite"
    is_new = set(sa.inspect(connection).get_table_names()) <= {"alembic_version"}
    connection.rollback()
    if sqlite:
        # Rebuilding a table in batch mode drops it, which must not cascade; a pragma counts outside transactions only.
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=tables.metadata,
        include_object=include_object,
        render_item=render_item,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
        template_args={
            "own_statements": {
                dialect: schema.own_statements(tables.metadata, dialect) if is_new else []
                for dialect in schema.DIALECTS
            }
        },
    )
    with context.begin_transaction():
        if not sqlite:
            # Two processes that start together migrate one after the other; on SQLite the write lock sees to it.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(7_163_082_451)"))
        context.run_migrations()
        if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
            raise RuntimeError(f"a migration left rows pointing nowhere: {broken[:5]}")


def main() -> None:
    """Migrate the database a caller named, else the one of the settings."""
    engine = db.make_engine(context.config.attributes.get("database", settings().database))
    try:
        with engine.execution_options(writes=True).connect() as connection:
            migrate(connection)
    finally:
        engine.dispose()


main()
