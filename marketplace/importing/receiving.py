"""A file arrives, from a browser or from whoever runs the machine: opened apart, its rows kept a thousand at a time."""

from __future__ import annotations

from pathlib import Path

from marketplace.accounts.views import Person
from marketplace.base import clock, db
from marketplace.base.apart import Apart, Lost
from marketplace.importing import service
from marketplace.importing.opening import ZIP, Opened, open_bounded
from marketplace.importing.photos import keep_archive
from marketplace.importing.rules import FileUnreadable

ROWS_AT_ONCE = 1_000
OPEN_SECONDS = 30
FILES = Apart(OPEN_SECONDS, gently=True)
"""An unknown file is opened away from everything else."""


async def open_apart(data: bytes) -> Opened:
    """The rows of an untrusted file, opened in a bounded process; raises as `opening.open_file`."""
    try:
        return await FILES.run(open_bounded, data)
    except Lost:
        raise FileUnreadable(field="file") from None


async def bring(person: Person, name: str, data: bytes, photos: bytes = b"") -> int:
    """A file arrives, with or without an archive of photos; its id."""
    opened = await open_apart(data)
    archive = await keep_archive(photos) if photos else None
    kind = "xlsx" if data.startswith(ZIP) else "csv"
    short = Path(name.replace("\\", "/")).name
    import_id = await db.writing(service.begin, person, short, kind, opened.headers, clock.now())
    if archive is not None:
        await db.writing(service.attach_photos, person, import_id, *archive)
    for start in range(0, len(opened.rows), ROWS_AT_ONCE):
        rows = opened.rows[start : start + ROWS_AT_ONCE]
        last = start + ROWS_AT_ONCE >= len(opened.rows)
        await db.writing(service.add_rows, person, import_id, rows, last=last)
    return import_id
