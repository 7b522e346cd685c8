"""`python -m marketplace migrate`: the newest schema, and the reference data that belongs to it."""

from __future__ import annotations

import argparse

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlmodel import Session

from marketplace.base import db
from marketplace.catalog import service as catalog
from marketplace.places import service as places
from marketplace.settings import ROOT, settings
from marketplace.statistics import service as statistics

LOCK = 7_163_082_452
REFERENCE_DATA = (places.sync_reference_data, catalog.sync_reference_data, statistics.sync_indicators)
"""What belongs to every installation; a second run of each changes nothing."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `migrate`."""
    parser.epilog = "Safe to run again, and from several processes at once: all of it happens or nothing."


def run(_: argparse.Namespace) -> int:
    """Migrate the database of the settings."""
    print(f"Migrating {make_url(settings().database).render_as_string()}")
    upgrade_schema(settings().database)
    db.write_now(_sync_reference_data)
    return 0


def upgrade_schema(database: str, revision: str = "head") -> None:
    """Run what is missing of the migrations in alembic/versions, up to one, on the database at an address."""
    config = _config()
    config.attributes["database"] = database
    command.upgrade(config, revision)


def _sync_reference_data(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        # On SQLite the write lock sees to it that those who start together do this one after the other.
        session.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    for sync in REFERENCE_DATA:
        sync(session)


def schema_is_newest(database: str) -> bool:
    """Whether all migrations have run on the database at an address."""
    engine = db.make_engine(database)
    try:
        with engine.connect() as connection:
            done = MigrationContext.configure(connection).get_current_heads()
    finally:
        engine.dispose()
    return set(done) == set(ScriptDirectory.from_config(_config()).get_heads())


def _config() -> Config:
    return Config(ROOT / "alembic.ini")
