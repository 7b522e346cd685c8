"""`python -m marketplace restore ARCHIVE`: a backup brought back to where there is nothing yet."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sqlite3
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path, PurePosixPath

from sqlalchemy import inspect
from sqlalchemy.engine import URL, make_url

from marketplace.base import db
from marketplace.base.storage import storage
from marketplace.operations.archives import (
    CHUNK,
    CONTENTS,
    FORMAT,
    PICTURES,
    POSTGRESQL_COPY,
    PRIVATE,
    SECRET,
    SQLITE_COPY,
    ArchiveProblem,
    call_postgresql,
)
from marketplace.settings import settings

KNOWN = {SQLITE_COPY, POSTGRESQL_COPY, SECRET, CONTENTS}
AFTERWARDS = "Now run `migrate`, `verify-ledger` and `verify-contracts`, then `serve`."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `restore`."""
    parser.add_argument("archive", type=Path, help="a file that `backup` wrote")
    parser.epilog = (
        "Never writes over anything: the folder of data (MARKETPLACE_VAR) must hold none of it yet, and a PostgreSQL "
        "database no table. Every file is compared with its sum before the first is put in its place. For PostgreSQL "
        "it calls pg_restore, which must be on the PATH."
    )


def run(arguments: argparse.Namespace) -> int:
    """Check the whole archive, then put everything in its place."""
    try:
        number = restore(arguments.archive)
    except (ArchiveProblem, tarfile.TarError, EOFError, OSError, ValueError) as error:
        print(f"{arguments.archive}: {error}", file=sys.stderr)
        print("Nothing was restored.", file=sys.stderr)
        return 1
    print(f"Restored the database and {number - 1} files into {settings().var}. {AFTERWARDS}")
    return 0


def restore(archive: Path) -> int:
    """Restore an archive; returns how many files it held. Raises ArchiveProblem, and leaves nothing then."""
    var, url = settings().var, make_url(settings().database)
    _refuse_to_overwrite(var, url)
    var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=var) as folder:
        unpacked = Path(folder)
        sums = _unpack(archive, unpacked)
        database = SQLITE_COPY if db.is_sqlite(url) else POSTGRESQL_COPY
        if database not in sums:
            kind = "SQLite" if SQLITE_COPY in sums else "PostgreSQL"
            raise ArchiveProblem(f"it holds a {kind} database; set MARKETPLACE_DATABASE_URL to one.")
        if database == SQLITE_COPY:
            _check_sqlite(unpacked / database)
        else:
            whole = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
            call_postgresql("pg_restore", url, *whole, f"--dbname={url.database}", str(unpacked / database))
        if settings().media_bucket:
            _upload(unpacked / PICTURES)
        else:
            _put(unpacked, PICTURES, settings().media_folder)
        for name in (*PRIVATE, SECRET):
            _put(unpacked, name, var / name)
        if database == SQLITE_COPY:
            # Last: a restore that was interrupted has no database, and so nobody takes it for whole.
            _put(unpacked, database, Path(url.database or ""))
    return len(sums)


def _refuse_to_overwrite(var: Path, url: URL) -> None:
    places = [var / name for name in (*PRIVATE, SECRET)]
    if not settings().media_bucket:
        places.append(settings().media_folder)
    if db.is_sqlite(url):
        places.append(Path(url.database or ""))
    else:
        engine = db.make_engine(settings().database)
        try:
            if inspect(engine).get_table_names():
                raise ArchiveProblem("the database has tables already; restore into an empty one.")
        finally:
            engine.dispose()
    for place in places:
        if place.exists() and (place.is_file() or any(place.iterdir())):
            raise ArchiveProblem(f"{place} is there already; restore into an empty MARKETPLACE_VAR.")


def _unpack(archive: Path, folder: Path) -> dict[str, str]:
    """Unpack what an archive of ours may hold, and nothing else; returns the sums, which hold."""
    found: dict[str, str] = {}
    with tarfile.open(archive, "r:gz") as packed:
        for entry in packed:
            inside = PurePosixPath(entry.name)
            known = entry.name in KNOWN or inside.parts[0] in {*PRIVATE, PICTURES}
            source = packed.extractfile(entry) if entry.isreg() and known and ".." not in inside.parts else None
            if source is None or inside.is_absolute() or entry.name in found:
                raise ArchiveProblem(f"{entry.name} does not belong in a backup.")
            path = folder / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.parent.chmod(0o700)
            digest = hashlib.sha256()
            with source, path.open("xb") as file:
                path.chmod(0o644 if inside.parts[0] == PICTURES else 0o600)
                while data := source.read(CHUNK):
                    digest.update(data)
                    file.write(data)
            found[entry.name] = digest.hexdigest()
    if found.pop(CONTENTS, None) is None:
        raise ArchiveProblem("it is not a backup, or its end is missing.")
    contents = json.loads((folder / CONTENTS).read_bytes())
    if contents["format"] != FORMAT:
        raise ArchiveProblem("it was written by another version.")
    if contents["sha256"] != found:
        wrong = sorted(
            name for name in {*found, *contents["sha256"]} if found.get(name) != contents["sha256"].get(name)
        )
        raise ArchiveProblem(f"damaged: {', '.join(wrong[:5])}")
    return found


def _check_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise ArchiveProblem("its database is damaged.")


def _upload(folder: Path) -> None:
    """Put the pictures of a folder into the bucket: an archive of an installation without one may go on with one."""
    for path in sorted(folder.glob("*/*")):
        storage().write(path.relative_to(folder).as_posix(), path.read_bytes())


def _put(unpacked: Path, name: str, place: Path) -> None:
    source = unpacked / name
    if not source.exists():
        return
    if place.is_dir():
        place.rmdir()
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, place)
