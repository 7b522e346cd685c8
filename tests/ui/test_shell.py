"""The document around pages, and what a phone is told to put the market on its home screen."""

from __future__ import annotations

import pytest
from PIL import Image

from marketplace.base.text import LOCALES, Locale
from marketplace.settings import ROOT
from marketplace.ui.shell import PRODUCT_NAME, Head, document, manifest


@pytest.mark.parametrize("locale", LOCALES)
def test_a_phone_finds_icons_of_the_sizes_it_was_promised(locale: Locale) -> None:
    said = manifest(locale)
    assert (said["short_name"], said["lang"], said["start_url"], said["display"]) == (
        PRODUCT_NAME,
        locale,
        "/",
        "standalone",
    )
    drawn = [icon for icon in said["icons"] if icon["type"] == "image/png"]
    assert {(icon["sizes"], icon["purpose"]) for icon in drawn} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in drawn:
        with Image.open(ROOT / "assets" / icon["src"].lstrip("/")) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]


def test_a_maskable_icon_has_no_corner_to_see_through_and_its_mark_in_the_safe_circle() -> None:
    with Image.open(ROOT / "assets" / "icons" / "app-maskable-512.png") as picture:
        assert picture.mode == "RGB"
        ground = picture.getpixel((0, 0))
        for x in range(0, 512, 8):
            for y in range(0, 512, 8):
                if (x - 256) ** 2 + (y - 256) ** 2 > (0.4 * 512) ** 2:
                    assert picture.getpixel((x, y)) == ground


def test_every_document_leads_to_the_manifest() -> None:
    page = document(Head("Chợ"), "", locale="vi", theme=None)
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert 'rel="apple-touch-icon"' in page
