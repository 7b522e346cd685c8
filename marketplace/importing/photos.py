"""Photos sent along with a file of goods: an archive that is checked before anything in it is unpacked."""

from __future__ import annotations

import asyncio
import hashlib
import io
import zipfile
from datetime import UTC, datetime

from marketplace.base import media
from marketplace.base.errors import DomainError
from marketplace.base.media import StoredPicture
from marketplace.base.storage import StorageUnreachable, storage
from marketplace.importing.opening import check_archive
from marketplace.importing.rules import (
    LARGEST_PHOTOS,
    LARGEST_PHOTOS_UNPACKED,
    MOST_PHOTOS,
    MOST_RATIO,
    FileTooLarge,
    FileUnreadable,
    PhotosTooLarge,
    PhotosUnreadable,
)
from marketplace.importing.rules.cells import photo_name

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
AT_ONCE = 4
_opened: dict[str, bytes] = {}
"""The archive that is being worked on, so that it is not fetched anew for each photo."""


async def keep_archive(data: bytes) -> tuple[str, int]:
    """Keep an archive until it is unpacked; its name and how many photos it holds. Raises PhotosUnreadable, PhotosTooLarge."""
    if len(data) > LARGEST_PHOTOS:
        raise PhotosTooLarge(field="photos")
    photos = await asyncio.to_thread(_photos_in, data)
    digest = hashlib.sha256(data).hexdigest()[:32]
    name = f"{digest[:2]}/{digest}.zip"
    await asyncio.to_thread(storage().write, name, data)
    return name, len(photos)


def _photos_in(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = check_archive(archive, members=MOST_PHOTOS * 2, unpacked=LARGEST_PHOTOS_UNPACKED, ratio=MOST_RATIO)
    except FileTooLarge:
        raise PhotosTooLarge(field="photos") from None
    except (zipfile.BadZipFile, FileUnreadable, NotImplementedError, ValueError, OSError):
        raise PhotosUnreadable(field="photos") from None
    # What Macs put beside each file is no photo.
    photos = [
        info
        for info in infos
        if info.filename.lower().endswith(ENDINGS) and not info.is_dir() and "__MACOSX" not in info.filename
    ]
    if not photos:
        raise PhotosUnreadable(field="photos")
    if len(photos) > MOST_PHOTOS or any(info.file_size > media.LARGEST_BYTES for info in photos):
        raise PhotosTooLarge(field="photos")
    return photos


async def unpack_some(name: str, done: int) -> list[tuple[str, StoredPicture | None]]:
    """The next photos of an archive by the name rows give them; nothing for one that cannot be read as a picture.

    Each is decoded in the process for uploads, one at a time, like every picture a person sends.
    """
    if name not in _opened:
        _opened.clear()
        kept = await asyncio.to_thread(storage().read, name)
        _opened[name] = kept or b""
    data = _opened[name]
    try:
        photos = await asyncio.to_thread(_photos_in, data)
    except DomainError:
        # It is gone: rows that name its photos will say that they are missing.
        return [("", None)] * AT_ONCE
    return [(photo_name(info.filename), await _picture(data, info)) for info in photos[done : done + AT_ONCE]]


async def discard(name: str) -> None:
    """Delete an archive whose photos are all kept by now."""
    _opened.clear()
    await asyncio.to_thread(storage().remove, name, datetime.max.replace(tzinfo=UTC))


async def _picture(data: bytes, info: zipfile.ZipInfo) -> StoredPicture | None:
    try:
        raw = await asyncio.to_thread(_read, data, info)
        return await media.store_upload(raw)
    except StorageUnreachable:
        raise
    except (DomainError, zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError):
        return None


def _read(data: bytes, info: zipfile.ZipInfo) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(info) as member:
        return member.read(media.LARGEST_BYTES + 1)
