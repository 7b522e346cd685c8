"""Pictures: checked by content, stripped of everything but pixels, stored by content in several widths.

A picture's key is a hash of its pixels; its files never change, so browsers keep them for ever.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import os
import re
import tempfile
import warnings
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, Response
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from marketplace.base.errors import DomainError
from marketplace.base.text import Text
from marketplace.settings import settings

FORMATS = ("JPEG", "PNG", "WEBP")
WIDTHS = (320, 640, 960, 1280)
LARGEST_BYTES = 12 * 1024 * 1024
LARGEST_PIXELS = 40_000_000
SHORTEST_SIDE = 200
QUALITY = 76
PLACEHOLDER_SIDES = (20, 16, 12, 8)
LONGEST_PLACEHOLDER = 200
KEY = re.compile(r"[0-9a-f]{32}")
FILE = re.compile(r"([0-9a-f]{32})-(320|640|960|1280)\.webp")


class PictureUnreadable(DomainError):
    """Not a picture we take."""

    code = "picture_unreadable"
    message = Text(
        "Tệp này không phải ảnh JPEG, PNG hay WebP đọc được. Hãy chọn ảnh khác.",
        "This is not a JPEG, PNG or WebP picture that can be read. Choose another one.",
    )


class PictureTooLarge(DomainError):
    """More bytes or pixels than we take."""

    code = "picture_too_large"
    status = 413
    message = Text(
        "Ảnh lớn quá: nhiều nhất 12 MB và 40 triệu điểm ảnh. Hãy chụp nhỏ hơn.",
        "The picture is too large: at most 12 MB and 40 megapixels. Take a smaller one.",
    )


class PictureTooSmall(DomainError):
    """Too small to show goods."""

    code = "picture_too_small"
    message = Text(
        "Ảnh nhỏ quá: mỗi cạnh ít nhất 200 điểm ảnh. Hãy chụp lại gần hơn.",
        "The picture is too small: each side at least 200 pixels. Take a closer one.",
    )


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A stored picture: key, pixel size, and a tiny data URI to show while it loads."""

    key: str
    width: int
    height: int
    placeholder: str


def read_picture(data: bytes) -> Image.Image:
    """Fresh upright sRGB pixels of an untrusted file; raises PictureUnreadable, PictureTooLarge, PictureTooSmall."""
    if len(data) > LARGEST_BYTES:
        raise PictureTooLarge(field="picture")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                width, height = opened.size
                if width * height > LARGEST_PIXELS:
                    raise PictureTooLarge(field="picture")
                if min(width, height) < SHORTEST_SIDE:
                    raise PictureTooSmall(field="picture")
                if getattr(opened, "n_frames", 1) != 1:
                    raise PictureUnreadable(field="picture")
                opened.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
                opened.load()
                return _fresh(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge(field="picture") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, ImageCms.PyCMSError):
        raise PictureUnreadable(field="picture") from None


def _fresh(opened: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(opened)
    profile = opened.info.get("icc_profile")
    flat = upright
    if upright.mode in {"RGBA", "LA", "P", "PA"}:
        rgba = upright.convert("RGBA")
        flat = Image.new("RGB", rgba.size, (255, 255, 255))
        flat.paste(rgba, mask=rgba.getchannel("A"))
    elif upright.mode != "RGB":
        flat = upright.convert("RGB")
    if profile and upright.mode == "RGB":
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(flat, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        flat = converted or flat
    flat.thumbnail((WIDTHS[-1], WIDTHS[-1] * 2), Image.Resampling.LANCZOS)
    # Pasting onto a new image leaves comments, EXIF, GPS, XMP and profiles behind.
    fresh = Image.new("RGB", flat.size)
    fresh.paste(flat)
    return fresh


def store_picture(data: bytes) -> StoredPicture:
    """Check, clean and store an untrusted picture; takes tens of milliseconds, so uploads use `store_upload`."""
    return store_pixels(read_picture(data))


def store_pixels(picture: Image.Image) -> StoredPicture:
    """Store clean RGB pixels in every width not larger than themselves, and the smallest always."""
    key = hashlib.sha256(f"{picture.size}".encode() + picture.tobytes()).hexdigest()[:32]
    for width in WIDTHS:
        path = picture_path(key, width)
        if not path.exists():
            _write(path, _encode(_at_width(picture, width), QUALITY))
    return StoredPicture(key, picture.width, picture.height, _placeholder(picture))


def _at_width(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    return picture.resize((width, max(1, round(picture.height * width / picture.width))), Image.Resampling.LANCZOS)


def _encode(picture: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality, method=4)
    return buffer.getvalue()


def _placeholder(picture: Image.Image) -> str:
    for side in PLACEHOLDER_SIDES:
        tiny = picture.copy()
        tiny.thumbnail((side, side))
        uri = "data:image/webp;base64," + base64.b64encode(_encode(tiny, 20)).decode()
        if len(uri) <= LONGEST_PLACEHOLDER:
            return uri
    return ""


def picture_path(key: str, width: int) -> Path:
    """Where a rendition lies."""
    return settings().media_folder / key[:2] / f"{key}-{width}.webp"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)


def picture_url(key: str | None, width: int = 640) -> str:
    """The address of a rendition; a drawn stand-in where there is no picture."""
    return f"/media/{key}-{width}.webp" if key else "/no-picture.svg"


def srcset(key: str | None) -> str:
    """All widths for an `<img srcset>`."""
    return ", ".join(f"{picture_url(key, width)} {width}w" for width in WIDTHS) if key else ""


@lru_cache(maxsize=1)
def _workers() -> ProcessPoolExecutor:
    # Decoding an unknown file happens in a process of its own, one at a time: bounded memory, and no request waits.
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


async def store_upload(data: bytes) -> StoredPicture:
    """Store an uploaded picture without blocking anybody."""
    if len(data) > LARGEST_BYTES:
        raise PictureTooLarge(field="picture")
    return await asyncio.get_running_loop().run_in_executor(_workers(), store_picture, data)


def media_routes() -> APIRouter:
    """`/media/…`: stored renditions, immutable."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/media/{name}")
    async def rendition(name: str) -> Response:
        match = FILE.fullmatch(name)
        if match is None:
            raise HTTPException(404)
        path = picture_path(match[1], int(match[2]))
        if not path.exists():
            raise HTTPException(404)
        return FileResponse(
            path,
            media_type="image/webp",
            headers={
                "Cache-Control": "public, max-age=31536000, immutable",
                "Content-Security-Policy": "sandbox; default-src 'none'",
                "X-Content-Type-Options": "nosniff",
            },
        )

    return routes
