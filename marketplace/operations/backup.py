"""`python -m marketplace backup ARCHIVE`: everything that cannot be made again, in one file, while all goes on."""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import sqlite3
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from sqlalchemy.engine import URL, make_url

from marketplace.base import clock, db
from marketplace.operations.archives import (
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

LEFT_OUT = (".draft", "", ".avif")
"""Suffixes of files that are still being written, and of pictures that are made again when somebody asks for them."""
SQUEEZE_LEVEL = 1
"""Most of it is pictures and sealed documents, which do not get smaller."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `backup`."""
    parser.add_argument("archive", type=Path, help="the file to write, for example backup.tar.gz; it must not be there")
    parser.epilog = (
        "Holds the database, the pictures, the sealed contracts and the keys: whoever has it can seal in your name, so "
        "keep it as you keep the keys. Pictures in a bucket (MARKETPLACE_MEDIA_URL=s3://…) are not in it. Orders go on "
        "meanwhile; what was answered before it began is in it. For PostgreSQL it calls pg_dump, which must be on the "
        "PATH."
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the archive whole, or not at all."""
    archive: Path = arguments.archive
    if archive.exists():
        print(f"{archive} is there already. Nothing was written.", file=sys.stderr)
        return 1
    archive.parent.mkdir(parents=True, exist_ok=True)
    draft = archive.with_name(f".{archive.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
            number = write_archive(file, archive.parent)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(archive)
    except ArchiveProblem as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        draft.unlink(missing_ok=True)
    size = archive.stat().st_size // 1024
    print(f"{archive}: the database and {number - 1} files, {size} kB. Try it: `restore` it elsewhere and verify.")
    if settings().media_bucket:
        print(f"Pictures lie in {settings().media_bucket} and are not in it: keep versions of that bucket, or a copy.")
    return 0


def write_archive(file: IO[bytes], room: Path) -> int:
    """Write everything into an open file; returns how many files it holds. `room` has place for the database."""
    sums: dict[str, str] = {}
    with (
        tempfile.TemporaryDirectory(prefix=".backup-", dir=room) as folder,
        tarfile.open(fileobj=file, mode="w:gz", compresslevel=SQUEEZE_LEVEL) as archive,
    ):
        # The database first: whatever file it speaks of was written before it spoke.
        name, copy = copy_database(make_url(settings().database), Path(folder))
        for inside, path in [(name, copy), *_files()]:
            digest = _add(archive, inside, path)
            if digest is not None:
                sums[inside] = digest
        contents = json.dumps({"format": FORMAT, "made_at": clock.now().isoformat(), "sha256": sums}, indent=1).encode()
        entry = tarfile.TarInfo(CONTENTS)
        entry.size, entry.mtime = len(contents), int(time.time())
        archive.addfile(entry, io.BytesIO(contents))
    return len(sums)


def copy_database(url: URL, folder: Path) -> tuple[str, Path]:
    """A copy of the database at one moment, by its name in the archive; raises ArchiveProblem."""
    if db.is_sqlite(url):
        return SQLITE_COPY, _copy_sqlite(url, folder / SQLITE_COPY)
    copy = folder / POSTGRESQL_COPY
    call_postgresql("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}")
    return POSTGRESQL_COPY, copy


def _copy_sqlite(url: URL, copy: Path) -> Path:
    source_path = Path(url.database or "")
    if not source_path.is_file():
        raise ArchiveProblem(f"There is no database at {source_path}.")
    with closing(sqlite3.connect(source_path)) as source, closing(sqlite3.connect(copy)) as target:
        # All pages in one step: one moment is read, writers go on in the write-ahead log.
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=DELETE")
        if target.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise ArchiveProblem(f"The database at {source_path} is damaged. Keep the last good backup.")
    return copy


def _files() -> Iterator[tuple[str, Path]]:
    """Every file beside the database: its name in the archive, and where it lies."""
    var = settings().var
    yield SECRET, var / SECRET
    folders = [(name, var / name) for name in PRIVATE]
    if not settings().media_bucket:
        folders.append((PICTURES, settings().media_folder))
    for inside, folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in LEFT_OUT:
                yield f"{inside}/{path.relative_to(folder).as_posix()}", path


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str | None:
    """Add a file; returns its sum, or None when it is gone: what is on record is never taken away."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mtime, entry.mode = os.fstat(file.fileno()).st_size, int(time.time()), 0o600
        digest = hashlib.sha256()
        archive.addfile(entry, _Summing(file, digest))
    return digest.hexdigest()


class _Summing(io.RawIOBase):
    """A file whose sum is made while it is read."""

    def __init__(self, file: io.BufferedReader, digest: hashlib._Hash) -> None:
        super().__init__()
        self._file, self._digest = file, digest

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._file.read(size)
        self._digest.update(data)
        return data
