"""The picture that a shared link to a product or a shop shows, in the size that link previews take.

Its address carries a hash of all it shows, so that it never changes and a new price makes a new one.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont, ImageOps

from marketplace.base import media
from marketplace.base.ratings import MOST_STARS
from marketplace.base.sheets import FONTS
from marketplace.base.storage import storage
from marketplace.storefront.views import ProductPage, StorePage
from marketplace.ui.shell import PRODUCT_NAME

SIZE = (1200, 630)
"""What Facebook, Zalo and X show without cutting."""
LOOKS = 1
"""Counts changes of how the picture is drawn, which make all of them anew."""
PHOTO = 630
MARGIN = 56
GREEN, PAPER, INK, QUIET, ORANGE = (21, 115, 71), (253, 252, 247), (34, 40, 36), (91, 99, 93), (246, 199, 68)
WIDTH = SIZE[0] - PHOTO - 2 * MARGIN
NAME_SIZES = (56, 48, 42)
LINES = 2
QUALITY = 84


@dataclass(frozen=True, slots=True)
class ShareCard:
    """All that the picture shows."""

    name: str
    price: str
    """Of a shop what is thought of it, or how much it sells."""
    beside: str
    """What stands smaller beside that: the unit, or how many think so."""
    shop: str
    place: str
    picture: str
    """Key of the photo; empty where there is none."""

    @property
    def key(self) -> str:
        """What names the picture: the same for the same content."""
        shown = "\0".join((str(LOOKS), self.name, self.price, self.beside, self.shop, self.place, self.picture))
        return hashlib.sha256(shown.encode()).hexdigest()[:32]


def card_of(page: ProductPage) -> ShareCard:
    """What the picture of a product shows."""
    product = page.product
    return ShareCard(
        product.name,
        product.chosen.price_text,
        f"/ {product.chosen.price_unit}",
        page.seller.name,
        page.seller.place,
        product.pictures[0].key if product.pictures else "",
    )


def card_of_store(page: StorePage) -> ShareCard:
    """What the picture of a shop shows: what is thought of it, or else how much it sells."""
    told = f"{page.rating_text}/{MOST_STARS}" if page.reviews else page.total_text
    return ShareCard(
        page.name, told, page.reviews_text if page.reviews else "", page.kind, page.place, page.share_picture
    )


def share_path(page: ProductPage) -> str:
    """Where the picture of a product is."""
    return f"{page.product.href}/share-{card_of(page).key}.jpg"


def share_path_of_store(page: StorePage) -> str:
    """Where the picture of a shop is."""
    return f"/s/{page.slug}/share-{card_of_store(page).key}.jpg"


@lru_cache(maxsize=1)
def _artist() -> ThreadPoolExecutor:
    # One at a time: whoever crawls all links at once must not take the processor from shoppers.
    return ThreadPoolExecutor(1, "share-picture")


async def share_picture(card: ShareCard) -> str:
    """The name of the stored picture of a card, drawn off the event loop when it is not there yet."""
    name = media.drawn_name(card.key)
    if not await asyncio.to_thread(storage().holds, name):
        await asyncio.get_running_loop().run_in_executor(_artist(), _draw_and_keep, card, name)
    return name


def _draw_and_keep(card: ShareCard, name: str) -> None:
    if not storage().holds(name):
        storage().write(name, draw(card))


def draw(card: ShareCard) -> bytes:
    """The picture as a JPEG."""
    picture = Image.new("RGB", SIZE, PAPER)
    picture.paste(_photo(card.picture), (0, 0))
    pen = ImageDraw.Draw(picture)
    left, bottom = PHOTO + MARGIN, SIZE[1] - MARGIN
    _mark(pen, left, MARGIN)
    font, lines = _fitted(card.name)
    top = 172
    for line in lines:
        pen.text((left, top), line, INK, font)
        top += round(font.size * 1.28)
    _price(pen, left, top + 22, card)
    pen.text((left, bottom - 84), _cut(card.shop, _font("SemiBold", 32), WIDTH), INK, _font("SemiBold", 32))
    pen.text((left, bottom - 38), _cut(card.place, _font("Regular", 28), WIDTH), QUIET, _font("Regular", 28))
    pen.rectangle((PHOTO, SIZE[1] - 14, SIZE[0], SIZE[1]), fill=GREEN)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()


def _mark(pen: ImageDraw.ImageDraw, left: int, top: int) -> None:
    """The market's mark and name, as on its icon."""
    pen.rounded_rectangle((left, top, left + 64, top + 64), 16, fill=GREEN)
    pen.line((left + 24, top + 28, left + 32, top + 13, left + 40, top + 28), fill=ORANGE, width=4, joint="curve")
    pen.polygon(
        ((left + 14, top + 28), (left + 50, top + 28), (left + 45, top + 52), (left + 19, top + 52)), fill=PAPER
    )
    pen.text((left + 82, top + 32), PRODUCT_NAME, GREEN, _font("SemiBold", 38), anchor="lm")


def _price(pen: ImageDraw.ImageDraw, left: int, top: int, card: ShareCard) -> None:
    large, small = _font("SemiBold", 54), _font("Regular", 30)
    price = card.price.replace("\u00a0", " ")
    pen.text((left, top + 54), price, GREEN, large, anchor="ls")
    beside = left + large.getlength(price) + 12
    if beside + small.getlength(card.beside) <= left + WIDTH:
        pen.text((beside, top + 54), card.beside, QUIET, small, anchor="ls")
    else:
        pen.text((left, top + 96), _cut(card.beside, small, WIDTH), QUIET, small, anchor="ls")


def _photo(key: str) -> Image.Image:
    stored = storage().read(media.picture_name(key, media.WIDTHS[-1])) if key else None
    if stored is not None:
        with Image.open(io.BytesIO(stored), formats=("WEBP",)) as opened:
            return ImageOps.fit(opened.convert("RGB"), (PHOTO, PHOTO), Image.Resampling.LANCZOS)
    blank = Image.new("RGB", (PHOTO, PHOTO), GREEN)
    pen = ImageDraw.Draw(blank)
    pen.text((PHOTO // 2, PHOTO // 2), PRODUCT_NAME, PAPER, _font("SemiBold", 92), anchor="mm")
    return blank


@lru_cache(maxsize=16)
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"BeVietnamPro-{weight}.ttf", size)


def _fitted(name: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest letters in which the whole name takes two lines; the smallest, cut, when none does."""
    fonts = [_font("SemiBold", size) for size in NAME_SIZES]
    for font in fonts:
        lines = wrap(name, font.getlength, WIDTH)
        if len(lines) <= LINES and all(font.getlength(line) <= WIDTH for line in lines):
            return font, lines
    font = fonts[-1]
    lines = wrap(name, font.getlength, WIDTH)
    # Empty where the name is one word longer than a line.
    shown = [*lines[: LINES - 1], *filter(None, [" ".join(lines[LINES - 1 :])])]
    return font, [_cut(line, font, WIDTH) for line in shown]


def wrap(text: str, measure: Callable[[str], float], width: float) -> list[str]:
    """Words in lines no longer than `width`, but for a word that is longer by itself."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    if font.getlength(text) <= width:
        return text
    kept = text
    while kept and font.getlength(f"{kept.rstrip()}…") > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
