"""Pictures: checked by content, stripped of everything but pixels, stored by content in several widths.

A picture's key is a hash of its pixels; its files never change, so browsers keep them for ever.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import re
import secrets
import struct
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime

import pi_heif
from fastapi import HTTPException
from fastapi.responses import FileResponse, Response
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from marketplace.base.apart import Apart, Lost
from marketplace.base.errors import DomainError
from marketplace.base.storage import storage
from marketplace.base.text import Text

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
WIDTHS = (320, 640, 960, 1280)
LARGEST_BYTES = 12 * 1024 * 1024
LARGEST_PIXELS = 40_000_000
SHORTEST_SIDE = 200
QUALITY = 76
PLACEHOLDER_SIDES = (20, 16, 12, 8)
LONGEST_PLACEHOLDER = 200
UPLOAD_SECONDS = 30
PICTURE, PDF = "picture", "pdf"
PDF_BEGINS = re.compile(rb"%PDF-[12]\.\d")
PDF_TAIL = 2048
DOCUMENT = re.compile(r"([0-9a-f]{32})\.pdf")
DRAWN = "-drawn.jpg"
KEY = re.compile(r"[0-9a-f]{32}")
WEBP, AVIF = "webp", "avif"
"""What a picture is kept as: WebP always, AVIF once it was asked for (base/avif.py)."""
FILE = re.compile(r"([0-9a-f]{32})-(320|640|960|1280)\.(webp|avif)")
PRIVATE = re.compile(r"([0-9a-f]{32})-private\.webp")
PRIVATE_QUALITY = 84
"""Small print on papers stays legible."""


# One thread, since uploads are decoded one at a time, and no preview or depth map that a phone keeps beside the photo.
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


class PictureUnreadable(DomainError):
    """Not a picture we take."""

    code = "picture_unreadable"
    message = Text(
        "Tệp này không phải ảnh JPEG, PNG, WebP hay HEIC đọc được. Hãy chọn ảnh khác.",
        "This is not a JPEG, PNG, WebP or HEIC picture that can be read. Choose another one.",
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


class DocumentUnreadable(DomainError):
    """It begins like a PDF and is none, or not a whole one."""

    code = "document_unreadable"
    message = Text(
        "Tệp PDF này hỏng hoặc chưa tải đủ. Hãy chọn tệp khác, hoặc chụp ảnh bản gốc.",
        "This PDF is broken or not complete. Choose another file, or take a picture of the document.",
    )


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A stored picture: key, pixel size, and a tiny data URI to show while it loads."""

    key: str
    width: int
    height: int
    placeholder: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A stored document: its key, and whether it is a picture or a PDF."""

    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Renditions:
    """A checked picture in all its widths, not stored yet."""

    picture: StoredPicture
    files: tuple[tuple[int, bytes], ...]


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
                # A phone's photo may carry previews or depth maps behind it (MPO, HEIF); what opens first is the photo.
                if getattr(opened, "n_frames", 1) != 1 and opened.format not in {"MPO", "HEIF"}:
                    raise PictureUnreadable(field="picture")
                opened.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
                opened.load()
                return _fresh(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge(field="picture") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error):
        raise PictureUnreadable(field="picture") from None


def _fresh(opened: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(opened)
    if upright.mode.startswith("I"):
        # Sixteen bits a channel would be cut off at white instead of scaled.
        upright = upright.point(lambda value: value / 256).convert("L")
    flat = _in_srgb(_on_white(upright), opened.info.get("icc_profile"))
    flat.thumbnail((WIDTHS[-1], WIDTHS[-1] * 2), Image.Resampling.LANCZOS)
    # Pasting onto a new image leaves comments, EXIF, GPS, XMP and profiles behind.
    fresh = Image.new("RGB", flat.size)
    fresh.paste(flat)
    return fresh


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture
    rgba = picture.convert("RGBA")
    flat = Image.new("RGB", rgba.size, (255, 255, 255))
    flat.paste(rgba, mask=rgba.getchannel("A"))
    return flat


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    plain = picture if picture.mode in {"RGB", "CMYK"} else picture.convert("RGB")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A damaged profile, or one of another colour model: colours a little off beat a refusal.
            return plain.convert("RGB")
        return converted or plain.convert("RGB")
    return plain.convert("RGB")


def store_picture(data: bytes) -> StoredPicture:
    """Check, clean and store an untrusted picture; takes tens of milliseconds, so uploads use `store_upload`."""
    return keep(render(data))


def store_pixels(picture: Image.Image) -> StoredPicture:
    """Store clean RGB pixels, such as composed ones."""
    return keep(_renditions(picture))


def render(data: bytes) -> Renditions:
    """Everything that is stored of an untrusted picture; touches no file, so that it may run in another process."""
    return _renditions(read_picture(data))


def _renditions(picture: Image.Image) -> Renditions:
    key = hashlib.sha256(f"{picture.size}".encode() + picture.tobytes()).hexdigest()[:32]
    stored = StoredPicture(key, picture.width, picture.height, _placeholder(picture))
    # A width the picture does not reach holds it at its own width, never enlarged, so that every address answers.
    widths = {width: min(width, picture.width) for width in WIDTHS}
    encoded = {width: _encode(at_width(picture, width), QUALITY) for width in set(widths.values())}
    return Renditions(stored, tuple((width, encoded[own]) for width, own in widths.items()))


def keep(rendered: Renditions) -> StoredPicture:
    """Write what is not there yet; a file appears whole or not at all."""
    for width, data in rendered.files:
        name = picture_name(rendered.picture.key, width)
        if not storage().touch(name):
            storage().write(name, data)
    return rendered.picture


def hold(key: str) -> None:
    """Start the grace time of a picture's files anew: somebody may want it back."""
    for width in WIDTHS:
        storage().touch(picture_name(key, width))


def untouched(before: datetime) -> set[str]:
    """Keys of the pictures, private ones too, that nobody stored or held since."""
    newest: dict[str, datetime] = {}
    for name, at in storage().names():
        file = name.rpartition("/")[2]
        match = PRIVATE.fullmatch(file) or FILE.fullmatch(file)
        if match is not None and file.endswith(f".{WEBP}"):
            newest[match[1]] = max(newest.get(match[1], at), at)
    return {key for key, at in newest.items() if at < before}


def forget(key: str, before: datetime) -> None:
    """Delete a picture's files, except those stored or held since."""
    storage().remove(private_name(key), before)
    for width in WIDTHS:
        # An AVIF is made from it, and goes with it.
        if storage().remove(picture_name(key, width), before):
            storage().remove(picture_name(key, width, AVIF), datetime.max.replace(tzinfo=UTC))


def at_width(picture: Image.Image, width: int) -> Image.Image:
    """The picture at most so wide."""
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


def picture_name(key: str, width: int, kind: str = WEBP) -> str:
    """Under which name a rendition lies."""
    return f"{key[:2]}/{key}-{width}.{kind}"


def drawn_name(key: str) -> str:
    """Under which name a picture lies that is drawn from what the database says; deleted, it is drawn again when asked for."""
    return f"{key[:2]}/{key}{DRAWN}"


def forget_drawn(before: datetime) -> int:
    """Delete the drawn pictures made before; returns how many."""
    return sum(storage().remove(name, before) for name, at in storage().names() if name.endswith(DRAWN) and at < before)


async def answer(name: str, media_type: str, *, save_as: str | None = None, shared: bool = True) -> Response:
    """What is stored under a name as it is served: for ever, and as nothing but what it is; 404 where nothing is.

    What is not `shared` is kept by browsers alone.
    """
    headers = {
        "Cache-Control": f"{'public' if shared else 'private'}, max-age=31536000, immutable",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    path = storage().file(name)
    if path is not None:
        if not path.exists():
            raise HTTPException(404)
        return FileResponse(path, media_type=media_type, filename=save_as, headers=headers)
    data = await asyncio.to_thread(storage().read, name)
    if data is None:
        raise HTTPException(404)
    if save_as is not None:
        headers["Content-Disposition"] = f'attachment; filename="{save_as}"'
    return Response(data, media_type=media_type, headers=headers)


def picture_url(key: str | None, width: int = 640) -> str:
    """The address of a rendition; a drawn stand-in where there is no picture."""
    return f"/media/{key}-{width}.webp" if key else "/no-picture.svg"


UPLOADS = Apart(UPLOAD_SECONDS)
"""An unknown file is decoded away from everything else."""


async def store_upload(data: bytes) -> StoredPicture:
    """Store an uploaded picture without blocking anybody; raises as `read_picture`.

    A picture that kills its worker or keeps it busy too long is refused, and the next one finds a fresh worker.
    """
    if len(data) > LARGEST_BYTES:
        raise PictureTooLarge(field="picture")
    try:
        rendered = await UPLOADS.run(render, data)
    except Lost:
        raise PictureUnreadable(field="picture") from None
    return await asyncio.to_thread(keep, rendered)


def render_private(data: bytes) -> bytes:
    """The one file that is kept of an untrusted picture not everybody may see: its pixels, and nothing that came with them."""
    return _encode(read_picture(data), PRIVATE_QUALITY)


async def store_private(data: bytes) -> str:
    """Store a picture that is shown to few, and return its key; raises as `store_upload`.

    The key is random, not a hash of the pixels: whoever has the same picture cannot tell that it is here.
    """
    if len(data) > LARGEST_BYTES:
        raise PictureTooLarge(field="picture")
    try:
        pixels = await UPLOADS.run(render_private, data)
    except Lost:
        raise PictureUnreadable(field="picture") from None
    key = secrets.token_hex(16)
    await asyncio.to_thread(storage().write, private_name(key), pixels)
    return key


async def answer_private(key: str) -> Response:
    """A private picture for whom it may be shown to; kept by nobody, and served as nothing but a picture."""
    data = await asyncio.to_thread(storage().read, private_name(key))
    if data is None:
        raise HTTPException(404)
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'; object-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(data, media_type="image/webp", headers=headers)


def private_name(key: str) -> str:
    """Under which name a private picture lies; no open address leads there."""
    return f"{key[:2]}/{key}-private.{WEBP}"


async def store_document(data: bytes) -> StoredDocument:
    """Store a picture or a PDF of a document, known by its content; raises as `store_upload`, or DocumentUnreadable.

    A PDF is never opened here: it is kept as it is and sent as a file to save, which no browser runs in our name.
    """
    if not data.startswith(b"%PDF-"):
        return StoredDocument((await store_upload(data)).key, PICTURE)
    if len(data) > LARGEST_BYTES:
        raise PictureTooLarge(field="picture")
    if PDF_BEGINS.match(data) is None or b"%%EOF" not in data[-PDF_TAIL:]:
        raise DocumentUnreadable(field="picture")
    key = hashlib.sha256(data).hexdigest()[:32]
    await asyncio.to_thread(storage().write, document_name(key), data)
    return StoredDocument(key, PDF)


def document_name(key: str) -> str:
    """Under which name a PDF lies."""
    return f"{key[:2]}/{key}.pdf"


def document_url(key: str | None, kind: str | None) -> str:
    """The address of a document; empty where there is none."""
    if not key:
        return ""
    return f"/media/documents/{key}.pdf" if kind == PDF else picture_url(key, WIDTHS[-1])
