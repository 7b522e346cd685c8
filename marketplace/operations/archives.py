"""What a backup holds, under which names, and how PostgreSQL's own programs are called for it."""

from __future__ import annotations

import os
import shutil
import subprocess

from sqlalchemy.engine import URL

FORMAT = 1
CONTENTS = "contents.json"
"""The last file of an archive: its format, its moment, and the sum of every other file."""
SQLITE_COPY, POSTGRESQL_COPY = "database.sqlite3", "database.dump"
PRIVATE = ("keys", "contracts")
"""Folders below the folder of data, beside the pictures: seals, and documents that are never made twice."""
SECRET = "secret.key"  # noqa: S105 - the name of a file
PICTURES = "media"
CHUNK = 1024 * 1024


class ArchiveProblem(Exception):
    """A backup cannot be made or restored; says why and what to do."""


def call_postgresql(name: str, url: URL, *arguments: str) -> None:
    """Run pg_dump or pg_restore against the database at an address; raises ArchiveProblem."""
    tool = shutil.which(name)
    if tool is None:
        raise ArchiveProblem(f"{name} is not on the PATH. Install PostgreSQL's client programs.")
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, with arguments of ours
        [tool, *arguments], env=_environment(url), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ArchiveProblem(f"{name}: {done.stderr.strip()}")


def _environment(url: URL) -> dict[str, str]:
    # By environment, since every user of the machine can read a program's arguments.
    named = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": str(url.port) if url.port else url.query.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": url.query.get("sslmode"),
    }
    return {**os.environ, **{name: value for name, value in named.items() if isinstance(value, str)}}
