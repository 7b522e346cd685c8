"""Pictures of goods, composed of rendered motifs on a softly lit ground and stored like any seller's photo.

Motifs: Fluent Emoji by Microsoft, MIT licence; see pictures/LICENCE.md.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from marketplace.base.media import StoredPicture, store_pixels

MOTIFS = Path(__file__).with_name("pictures")
SIDE = 960
"""Large enough for a desk; larger only makes whoever seeds wait, since there is no finer detail in the motifs."""
PORTRAIT_SIDE = 480
MOST = 96
FEW = 24
"""Fewer pictures than this are made sooner here than by processes that must start first."""

GROUNDS = (
    ((253, 244, 227), (233, 205, 160)),
    ((250, 246, 233), (205, 217, 176)),
    ((254, 240, 226), (240, 190, 150)),
    ((246, 248, 238), (186, 208, 184)),
    ((253, 243, 236), (222, 190, 176)),
    ((244, 248, 250), (182, 205, 214)),
)
"""Light and edge colours of the ground behind the goods."""

ARRANGEMENTS: tuple[tuple[tuple[float, float, float], ...], ...] = (
    ((0.50, 0.53, 0.62),),
    ((0.34, 0.47, 0.44), (0.66, 0.58, 0.50)),
    ((0.50, 0.36, 0.38), (0.32, 0.64, 0.42), (0.68, 0.64, 0.42)),
    ((0.30, 0.40, 0.32), (0.68, 0.38, 0.34), (0.50, 0.54, 0.40), (0.28, 0.72, 0.34), (0.72, 0.73, 0.34)),
    ((0.24, 0.34, 0.26), (0.50, 0.30, 0.26), (0.76, 0.34, 0.26), (0.36, 0.54, 0.30), (0.64, 0.55, 0.30),
     (0.24, 0.76, 0.28), (0.50, 0.78, 0.30), (0.76, 0.76, 0.28)),
)  # fmt: skip
"""Where the motifs stand and how large they are, as shares of the side; further back comes first."""


BANNER = ((0.10, 0.51, 0.17), (0.29, 0.50, 0.21), (0.50, 0.50, 0.24), (0.71, 0.50, 0.21), (0.90, 0.51, 0.17))
"""Where the motifs of a banner stand: in the third of its height that is kept."""
BANNER_SIDE = 1280


@dataclass(frozen=True, slots=True)
class Composition:
    """A picture to be made."""

    motifs: tuple[str, ...]
    arrangement: int
    ground: int
    seed: int
    side: int = SIDE
    turn: int = 14
    """How far motifs may be turned, in degrees."""
    wide: bool = False
    """Whether it is a banner, three times as wide as high."""


def compositions(wanted: Sequence[tuple[str, ...]], most: int, seed: int) -> dict[tuple[str, ...], list[Composition]]:
    """For each group of motifs its pictures, at most `most` in all: groups share where they are more than that."""
    random = Random(f"pictures {seed}")  # noqa: S311 - scenery, no secret
    # A quarter is left for second views, so that not every product has but one picture.
    shown = _fold(list(dict.fromkeys(wanted)), max(1, most * 3 // 4))
    groups = list(dict.fromkeys(shown.values()))
    made: dict[tuple[str, ...], list[Composition]] = {group: [] for group in groups}
    for number in range(min(most, len(groups) * len(ARRANGEMENTS))):
        group = groups[number % len(groups)]
        free = sorted(set(range(len(ARRANGEMENTS))) - {one.arrangement for one in made[group]})
        made[group].append(
            Composition(group, random.choice(free), random.randrange(len(GROUNDS)), random.randrange(10**6))
        )
    return {group: made[face] for group, face in shown.items()}


def portrait(face: str, ground: int) -> Composition:
    """The picture that stands for a seller: one upright motif on one of the grounds, smaller than goods."""
    return Composition((face,), 0, ground % len(GROUNDS), ground, PORTRAIT_SIDE, turn=0)


def banner(motifs: tuple[str, ...], ground: int) -> Composition:
    """The wide picture on top of a shop's page."""
    return Composition(motifs, 0, ground % len(GROUNDS), ground, BANNER_SIDE, turn=8, wide=True)


def _fold(groups: list[tuple[str, ...]], most: int) -> dict[tuple[str, ...], tuple[str, ...]]:
    # Goods with the same first motif are the nearest to each other, so they share first.
    shown = {group: group for group in groups}
    for group in reversed(groups):
        if len(set(shown.values())) <= most:
            return shown
        shown[group] = next(other for other in groups if other[0] == group[0])
    kept = list(dict.fromkeys(shown.values()))[:most]
    return {group: face if face in kept else kept[number % most] for number, (group, face) in enumerate(shown.items())}


def compose(composition: Composition) -> Image.Image:
    """Opaque RGB pixels of a picture: ground, then each motif with its shadow."""
    side = composition.side
    random = Random(composition.seed)  # noqa: S311 - scenery, no secret
    picture = _ground(composition.ground, side).copy()
    spots = BANNER if composition.wide else ARRANGEMENTS[composition.arrangement]
    names = composition.motifs if len(spots) > 1 else composition.motifs[:1]
    for number, (x, y, share) in enumerate(spots):
        motif = _motif(names[number % len(names)], max(8, round(side * share * random.uniform(0.94, 1.06))))
        turned = motif.rotate(
            random.uniform(-composition.turn, composition.turn), Image.Resampling.BICUBIC, expand=True
        )
        left, top = round(side * x - turned.width / 2), round(side * y - turned.height / 2)
        _shadow(picture, turned, left, top, side)
        picture.paste(turned, (left, top), turned)
    return picture.crop((0, side // 3, side, side // 3 * 2)) if composition.wide else picture


@lru_cache(maxsize=2 * len(GROUNDS))
def _ground(number: int, side: int) -> Image.Image:
    light, edge = GROUNDS[number]
    # The radial gradient is dark at its centre: light falls in the middle and fades outwards.
    fade = Image.radial_gradient("L").resize((side, side), Image.Resampling.BICUBIC)
    ground = Image.composite(Image.new("RGB", (side, side), edge), Image.new("RGB", (side, side), light), fade)
    table = Image.new("L", (side, side), 0)
    ImageDraw.Draw(table).rectangle((0, round(side * 0.66), side, side), fill=26)
    darker = Image.new("RGB", (side, side), tuple(round(value * 0.72) for value in edge))
    return Image.composite(
        darker, ground, table.resize((side // 8, side // 8)).filter(ImageFilter.GaussianBlur(6)).resize((side, side))
    )


def _shadow(picture: Image.Image, motif: Image.Image, left: int, top: int, side: int) -> None:
    width, height = max(4, motif.width // 4), max(4, motif.height // 4)
    margin = width // 3
    mask = Image.new("L", (width + 2 * margin, height + 2 * margin), 0)
    mask.paste(motif.getchannel("A").resize((width, height)), (margin, margin))
    soft = mask.filter(ImageFilter.GaussianBlur(max(2, width // 14))).point(lambda value: value * 0.34)
    large = soft.resize((soft.width * 4, soft.height * 4), Image.Resampling.BILINEAR)
    x, y = left - margin * 4 + side // 60, top - margin * 4 + side // 30
    picture.paste((74, 52, 34), (x, y, x + large.width, y + large.height), large)


@lru_cache(maxsize=128)
def _motif(name: str, size: int) -> Image.Image:
    with Image.open(MOTIFS / f"{name}.webp") as opened:
        drawn = opened.convert("RGBA")
    large = drawn.resize((size, size), Image.Resampling.LANCZOS)
    # Enlarged emoji look soft; a little sharpening of the colours, never of the outline, brings them back.
    sharp = large.filter(ImageFilter.UnsharpMask(radius=2.2, percent=70, threshold=2))
    sharp.putalpha(ImageChops.darker(large.getchannel("A"), sharp.getchannel("A")))
    return sharp


def store(composition: Composition) -> StoredPicture:
    """Compose and store one picture."""
    return store_pixels(compose(composition))


def store_all(wanted: Sequence[Composition]) -> dict[Composition, StoredPicture]:
    """Compose and store pictures on all cores; the same composition always has the same key."""
    if len(wanted) < FEW:
        return {composition: store(composition) for composition in wanted}
    with ProcessPoolExecutor(min(4, os.cpu_count() or 1), mp_context=get_context("spawn")) as workers:
        return dict(zip(wanted, workers.map(store, wanted, chunksize=4), strict=True))
