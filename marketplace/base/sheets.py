"""What every drawn sheet (PDF by typst) shares: its fonts, text they can show, and square codes (QR) of addresses."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import segno
import typst

FONTS = Path(__file__).with_name("fonts")
LONGEST_WORD = 30


def draw(layout: Path, data: Any, *, inputs: Mapping[str, str] = MappingProxyType({}), **options: Any) -> bytes:
    """The PDF of a layout with its data, every text in it made `drawable`; `options` go to typst.

    Data, never source: nothing a person typed is ever read as mark-up.
    """
    pdf: bytes = typst.compile(
        str(layout),
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(drawable_data(data), ensure_ascii=False), **inputs},
        format="pdf",
        **options,
    )
    return pdf


def drawable_data(value: Any) -> Any:
    """Plain data with every text in it made `drawable`."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {key: drawable_data(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [drawable_data(inner) for inner in value]
    return value


def drawable(text: str) -> str:
    """Text with nothing the fonts cannot show: what they lack is named like `[U+1F96D]`, overlong words are broken.

    PDF/A refuses characters without a glyph, and what turns the reading direction could make a contract read otherwise
    than it was accepted; nothing is left out silently.
    """
    known = _characters()
    spelled = "".join(
        character if character in known else f"[U+{ord(character):04X}]"
        for character in " ".join(unicodedata.normalize("NFC", text).split())
    )
    return " ".join(
        " ".join(word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))
        if len(word) > 2 * LONGEST_WORD
        else word
        for word in spelled.split(" ")
    )


@lru_cache(maxsize=1)
def _characters() -> frozenset[str]:
    return frozenset((FONTS / "characters.txt").read_text("utf-8").rstrip("\n"))


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The only fonts a sheet is drawn with, so that it looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def square_code(address: str) -> str:
    """The QR code of an address as SVG."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=2, xmldecl=False)
    return picture.getvalue().decode()
