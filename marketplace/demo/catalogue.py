"""Products made of kinds of goods: distinct names by grade, packing and growing place, fair prices, free addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from marketplace.base.money import round_half_up
from marketplace.base.text import slugify
from marketplace.catalog.rules import Unit
from marketplace.demo.goods.model import Archetype, Packing

LONGEST_NAME = 120
SLUG_LIMIT = 80


@dataclass(slots=True)
class Goods:
    """A product as the history of orders needs it; quantities in thousandths, money in đồng."""

    product_id: int
    sku_id: int
    level_id: int
    sku_code: str
    slug: str
    name: str
    unit: Unit
    price: int
    step: int
    minimum: int
    unit_grams: int
    picture: str | None
    months: tuple[int, ...]
    weight: int
    published_at: datetime
    sold: int = 0
    held: int = 0
    allocated: int = 0


@dataclass(frozen=True, slots=True)
class Variation:
    """One product-to-be."""

    archetype: Archetype
    packing: Packing
    name: str
    slug: str
    price: int
    grams: int
    ocop: int | None
    ocop_valid_to: date | None


class Namer:
    """Gives every product a name and an address nobody else has; `taken` are addresses of other products."""

    def __init__(self, taken: Collection[str] = ()) -> None:
        self._names: set[str] = set()
        self._slugs = set(taken)

    def name(self, random: Random, archetype: Archetype, places: Sequence[str]) -> tuple[str, Packing, str]:
        """A free name with its packing and grade: the shortest first, growing places where many offer the same."""
        choices = [(grade, packing) for grade in archetype.grades for packing in archetype.packings]
        random.shuffle(choices)
        for place in ("", *places):
            for grade, packing in choices:
                name = _spelt(archetype.name, grade, place, packing.label)
                if name not in self._names:
                    self._names.add(name)
                    return name, packing, grade
        # More products than grades, packings and places make: lots are numbered, as co-operatives do.
        grade, packing = choices[0]
        for lot in count(2):
            name = _spelt(archetype.name, grade, f"lô {lot}", packing.label)
            if name not in self._names:
                self._names.add(name)
                return name, packing, grade
        raise AssertionError("numbers end")

    def slug(self, name: str) -> str:
        """A free address for a name."""
        base = slugify(name, SLUG_LIMIT)
        slug = base
        for number in count(2):
            if slug not in self._slugs:
                self._slugs.add(slug)
                return slug
            slug = f"{base}-{number}"
        raise AssertionError("numbers end")


def _spelt(name: str, grade: str, place: str, packing: str) -> str:
    # A grade, place or lot that the name has already would read twice.
    parts = [name]
    if grade and grade.casefold() not in name.casefold():
        parts.append(grade)
    if place and place.casefold() not in name.casefold():
        parts.append(place)
    spelt = " ".join(parts)
    return f"{spelt}, {packing}"[:LONGEST_NAME] if packing else spelt[:LONGEST_NAME]


def vary(random: Random, namer: Namer, archetype: Archetype, places: Sequence[str], day: date) -> Variation:
    """A product of a kind: its grade and packing decide the price, its stars run out some years from now."""
    name, packing, grade = namer.name(random, archetype, places)
    base = random.randint(archetype.lowest, archetype.highest)
    percent = packing.share + (packing.share * 12 // 100 if grade else 0)
    price = _rounded(round_half_up(base * percent, 100))
    stars = archetype.ocop if archetype.ocop and random.random() < 0.45 else None
    valid_to = day + timedelta(days=random.randint(60, 1000)) if stars else None
    grams = max(1, round_half_up(archetype.grams * packing.grams, 100))
    return Variation(archetype, packing, name, namer.slug(name), price, grams, stars, valid_to)


def _rounded(price: int) -> int:
    step = 1000 if price >= 20_000 else 500
    return max(step, round_half_up(price, step) * step)


def stock_on_hand(random: Random, packing: Packing) -> int:
    """What is free to sell, in thousandths: most goods plenty, some nearly out, a few out."""
    draw = random.random()
    if draw < 0.04:
        return 0
    steps = random.randint(1, 4) if draw < 0.12 else random.randint(20, 400)
    return packing.minimum + packing.step * steps


def dealt(random: Random, archetypes: Sequence[Archetype]) -> Iterator[Archetype]:
    """Kinds of goods for one seller, each once before any comes again."""
    while True:
        yield from random.sample(archetypes, len(archetypes))
