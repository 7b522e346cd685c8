"""`python -m marketplace migrate`: the newest schema, and the reference data that belongs to it."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url
from sqlmodel import Session

from marketplace.base import db
from marketplace.settings import ROOT, settings

REFERENCE_DATA = ("places", "catalog", "statistics")
"""Features with packaged data; their `service.sync_reference_data(session)` changes nothing on a second run."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `migrate`."""
    parser.epilog = "Safe to run again, and from several processes at once: all of it happens or nothing."


def run(_: argparse.Namespace) -> int:
    """Migrate the database of the settings."""
    print(f"Migrating {make_url(settings().database).render_as_string()}")
    upgrade_schema(settings().database)
    for feature in REFERENCE_DATA:
        db.write_now(_sync_of(feature))
    return 0


def upgrade_schema(database: str) -> None:
    """Run what is missing of the migrations in alembic/versions on the database at an address."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["database"] = database
    command.upgrade(config, "head")


def _sync_of(feature: str) -> Callable[[Session], None]:
    sync: Callable[[Session], None] = importlib.import_module(f"marketplace.{feature}.service").sync_reference_data
    return sync
