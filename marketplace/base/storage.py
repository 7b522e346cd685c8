"""Where pictures and documents lie: a folder of this machine, or a bucket of anything that speaks S3.

Both hold the same names (`ab/abcdef…-640.webp`), so that a folder can be copied into a bucket and back. What is under a
name never changes. All calls block; whoever must not wait makes them in a thread.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from marketplace.base.errors import DomainError
from marketplace.base.text import Text
from marketplace.settings import settings

KINDS = {
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}


class StorageUnreachable(DomainError):
    """The bucket does not answer; nothing was stored."""

    code = "storage_unreachable"
    status = 503
    message = Text(
        "Kho ảnh đang bận, chưa lưu được. Hãy thử lại sau giây lát.",
        "The store of pictures is busy and saved nothing. Try again in a moment.",
    )


class Storage(Protocol):
    """What pictures and documents are kept in."""

    def file(self, name: str) -> Path | None:
        """Where a name lies as a file that can be sent as it is; None where it has to be read."""

    def holds(self, name: str) -> bool:
        """Whether there is something under a name."""

    def read(self, name: str) -> bytes | None:
        """What is under a name."""

    def write(self, name: str, data: bytes) -> None:
        """Put something under a name; it appears whole or not at all."""

    def touch(self, name: str) -> bool:
        """Start the grace time of a name anew; False when nothing is there."""

    def remove(self, name: str, before: datetime) -> bool:
        """Take away what nobody wrote or touched since; returns whether it is gone."""

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every name with the moment it was last written or touched."""


@lru_cache(maxsize=1)
def storage() -> Storage:
    """The one the settings name."""
    chosen = settings()
    if not chosen.media_bucket:
        return Folder(chosen.media_folder)
    # Read only where there is one: its library is of no use elsewhere.
    from marketplace.base.bucket import Bucket

    return Bucket(chosen.media_bucket)


class Folder:
    """A folder of this machine."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def file(self, name: str) -> Path | None:
        """Where a name lies."""
        return self._path / name

    def holds(self, name: str) -> bool:
        """Whether there is a file of a name."""
        return (self._path / name).exists()

    def read(self, name: str) -> bytes | None:
        """What is in a file."""
        try:
            return (self._path / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Write a file; it appears whole or not at all."""
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)

    def touch(self, name: str) -> bool:
        """Make a file as good as new."""
        try:
            os.utime(self._path / name)
        except FileNotFoundError:
            return False
        return True

    def remove(self, name: str, before: datetime) -> bool:
        """Delete a file, unless somebody stores it at this very moment."""
        path = self._path / name
        aside = path.with_suffix(f"{path.suffix}.going")
        with contextlib.suppress(FileNotFoundError):
            # Out of the way first: whoever stores the same picture now either touched it before, or writes it anew.
            path.rename(aside)
            if aside.stat().st_mtime < before.timestamp():
                aside.unlink()
                return True
            aside.replace(path)
        return False

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every file that is whole."""
        for path in self._path.glob("*/*"):
            with contextlib.suppress(FileNotFoundError):
                if path.suffix in KINDS:
                    moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                    yield path.relative_to(self._path).as_posix(), moment
