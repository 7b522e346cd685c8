"""What nobody means well by, in every entry and every paper of an application: refused, or harmless where it is shown."""

from __future__ import annotations

import asyncio
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from PIL import Image
from sqlmodel import Session

from marketplace.base import media
from marketplace.base.errors import DomainError
from marketplace.base.inputs import parse
from marketplace.base.storage import storage
from marketplace.sellers import rules, service
from marketplace.sellers.rules import ApplicationStep
from marketplace.sellers.state import Typed
from tests.factories import NOW
from tests.sellers.test_applying import BANK, WHERE, WHO, newcomer

SCRIPT = b"<script>alert(document.cookie)</script>"


def _jpeg() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 400), (90, 160, 60)).save(buffer, "JPEG", comment=SCRIPT)
    return buffer.getvalue()


def _png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x", bytes(1_000_000))
    return buffer.getvalue()


REFUSED: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "svg with script": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500">' + SCRIPT + b"</svg>"
    ),
    "svg that says it is a jpeg": lambda: b"\xff\xd8\xff<svg onload=alert(1)>",
    "html": lambda: b"<!doctype html>" + SCRIPT,
    "pdf with script": lambda: b"%PDF-1.7\n/JS (app.alert(1))\n%%EOF\n",
    "zip": _zip,
    "program": lambda: b"MZ" + bytes(1000),
    "gif that is script": lambda: b"GIF89a/*" + bytes(100) + b"*/=1;alert(1)",
    "bomb of pixels": lambda: _png(60_000, 60_000, b""),
    "half a jpeg": lambda: _jpeg()[:400],
    "png of lies": lambda: _png(640, 400, b"\x00" * 10),
    "too many bytes": lambda: _jpeg() + bytes(media.LARGEST_BYTES),
    "too small to read": lambda: _png(20, 20, b"\x00" * 61 * 20),
}


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_of_a_paper_is_refused_and_leaves_nothing(name: str) -> None:
    before = set(storage().names())
    with pytest.raises(DomainError) as refused:
        asyncio.run(media.store_private(REFUSED[name]()))
    assert refused.value.field == "picture"
    assert set(storage().names()) == before


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize("behind", [SCRIPT, _zip(), b"%PDF-1.7\n%%EOF\n", b"<svg onload=alert(1)>"])
def test_of_a_photo_that_is_something_else_too_only_the_pixels_are_kept(behind: bytes) -> None:
    key = asyncio.run(media.store_private(_jpeg() + behind))
    kept = storage().read(media.private_name(key))
    assert kept is not None
    assert kept.startswith(b"RIFF")
    assert kept[8:12] == b"WEBP"
    for trace in (b"script", b"PK\x03\x04", b"%PDF", b"<svg"):
        assert trace not in kept


HIDING = ("Vườn\u202e Tám", "Vườn\u2066Tám\u2069", "Vườn\u200fTám", "Vườn\x00Tám", "Vườn\x1b[31m", "\ud800", "\ue000")
ENTRIES = sorted(rules.TYPED)


@pytest.mark.parametrize("hidden", HIDING)
@pytest.mark.parametrize("name", ENTRIES)
def test_what_hides_or_turns_the_reading_is_refused_at_the_door_and_never_kept(
    session: Session, name: str, hidden: str
) -> None:
    with pytest.raises(DomainError):
        parse(Typed, {"name": name, "typed": hidden})
    person = newcomer(session)
    service.save_application(session, person, {name: hidden}, ApplicationStep.WHO, 0, NOW)
    shown = str(service.start_of_application(session, person))
    assert not any(sign in shown for sign in "\u202e\u2066\u2069\u200f\x00\x1b\ud800\ue000")


@pytest.mark.parametrize("name", ENTRIES)
@pytest.mark.parametrize("typed", ["x" * 1001, "<script>alert(1)</script>" * 50, "a" * 100_000])
def test_endless_text_is_refused_beside_its_entry(session: Session, name: str, typed: str) -> None:
    person = newcomer(session)
    with pytest.raises(DomainError) as refused:
        service.save_application(session, person, {name: typed}, ApplicationStep.WHO, 0, NOW)
    assert refused.value.field == name


@pytest.mark.parametrize("name", ["kind", "commune", "phone", "tax_code", "bank", "bank_account", "bank_holder"])
@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "'; DROP TABLE seller; --", "=HYPERLINK(1)", "Нгуен"])
def test_script_formulas_and_other_scripts_never_leave_an_entry_that_has_a_shape(
    session: Session, name: str, typed: str
) -> None:
    person = newcomer(session)
    entries = {**WHO, **WHERE, **BANK, name: typed}
    service.save_application(session, person, entries, ApplicationStep.SEND, 0, NOW)
    try:
        sent = service.send_application(session, person, NOW)
    except DomainError as refused:
        assert refused.field == name  # noqa: PT017
    else:
        # A kind nobody offers counts as none chosen.
        assert name == "kind"
        assert sent.kind.value == "farm"
