"""Products made of kinds of goods: distinct names by grade, packing and growing place, fair prices, free addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from marketplace.base.money import round_half_up
from marketplace.base.text import Text, slugify
from marketplace.catalog.rules import Asked, CertificateKind, PieceWeight, Prices, Sale, Tier, Unit, price_before
from marketplace.demo.goods.model import Archetype, Packing
from marketplace.demo.lots import Harvests
from marketplace.sellers.rules import SellerKind

LONGEST_NAME = 120
SLUG_LIMIT = 80
SEVERAL = 0.3
"""So many products come in more than one packing."""
QUALITY_CENTRE = "Trung tâm Chất lượng nông lâm thủy sản vùng 6"
GROWING = frozenset({"trai-cay", "gao-hat", "thuy-san", "rau-cu", "trung-gia-cam", "tra-ca-phe"})
"""What good agricultural practices are certified for."""
CERTIFIED = {
    SellerKind.FARM: 0.25,
    SellerKind.HOUSEHOLD: 0.1,
    SellerKind.COOPERATIVE: 0.7,
    SellerKind.ENTERPRISE: 0.4,
}
"""How many shops of each kind have VietGAP for all they grow."""
NAMELESS = Packing("", Unit.PIECE, 100, 100)
"""What stands in the name of a product that comes in several packings: none of them."""


@dataclass(slots=True)
class Goods:
    """A product as the history of orders needs it; quantities in thousandths, money in đồng."""

    product_id: int
    sku_id: int
    level_id: int
    sku_code: str
    slug: str
    name: str
    variant: Text
    unit: Unit
    prices: Prices
    step: int
    minimum: int
    unit_grams: int
    picture: str | None
    months: tuple[int, ...]
    weight: int
    published_at: datetime
    harvests: Harvests | None = None
    piece: PieceWeight | None = None
    """Paid by weight: prices are for the kilogram."""
    sold: int = 0
    held: int = 0
    allocated: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """One variant-to-be; its price in đồng, its weight in grams; with `piece` it is paid by weight, the price a kilogram's."""

    packing: Packing
    label: str
    price: int
    grams: int
    piece: PieceWeight | None = None


@dataclass(frozen=True, slots=True)
class Variation:
    """One product-to-be."""

    archetype: Archetype
    offers: tuple[Offer, ...]
    name: str
    slug: str
    ocop: int | None
    ocop_valid_to: date | None


class Namer:
    """Gives every product a name and an address nobody else has; `taken` are addresses of other products."""

    def __init__(self, taken: Collection[str] = ()) -> None:
        self._names: set[str] = set()
        self._slugs = set(taken)

    def name(
        self, random: Random, archetype: Archetype, places: Sequence[str], packings: Sequence[Packing]
    ) -> tuple[str, Packing, str]:
        """A free name with one of the packings, and its grade: the shortest first, growing places where many offer it."""
        choices = [(grade, packing) for grade in archetype.grades for packing in packings]
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

    def instead(self, name: str, packing: Packing, other: Packing) -> str:
        """The name in another packing, numbered where somebody has it already."""
        bare = name.removesuffix(f", {packing.label}") if packing.label else name
        for number in count(1):
            spelt = _spelt(bare, "", "" if number == 1 else f"lô {number}", other.label)
            if spelt not in self._names:
                self._names.add(spelt)
                return spelt
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
    """A product of a kind: its grade and packing decide the price, its stars run out some years from now.

    Where a kind is also sold whole, every product of it in one packing is, and is paid by weight.
    """
    several = random.random() < SEVERAL
    name, packing, grade = namer.name(random, archetype, places, (NAMELESS,) if several else archetype.packings)
    if archetype.whole is not None and not several:
        name, packing = namer.instead(name, packing, archetype.whole), archetype.whole
    base = random.randint(archetype.lowest, archetype.highest)
    packings = _some(random, archetype.packings) if several else (packing,)
    offers = tuple(_offer(archetype, one, base, one.label if several else "", graded=bool(grade)) for one in packings)
    stars = archetype.ocop if archetype.ocop and random.random() < 0.45 else None
    valid_to = day + timedelta(days=random.randint(60, 1000)) if stars else None
    return Variation(archetype, offers, name, namer.slug(name), stars, valid_to)


def _offer(archetype: Archetype, packing: Packing, base: int, label: str, *, graded: bool) -> Offer:
    price = round_half_up(base * (packing.share + (packing.share * 12 // 100 if graded else 0)), 100)
    if packing.lightest:
        lightest, heaviest = (
            archetype.grams * percent // 10_000 * 100 for percent in (packing.lightest, packing.grams)
        )
        per_kilogram = _rounded(round_half_up(price * 1000, archetype.grams))
        return Offer(packing, label, per_kilogram, heaviest, PieceWeight(lightest, heaviest))
    return Offer(packing, label, _rounded(price), max(1, round_half_up(archetype.grams * packing.grams, 100)))


def _some(random: Random, packings: Sequence[Packing]) -> tuple[Packing, ...]:
    """Two or three packings that read differently, in their order."""
    distinct = {packing.label: packing for packing in packings}
    chosen = random.sample(list(distinct), min(len(distinct), random.choice((2, 3))))
    return tuple(packing for label, packing in distinct.items() if label in chosen)


def prices_for(random: Random, offer: Offer, asked_since: datetime, now: datetime) -> Prices:
    """What a variant costs: some have a sale on these days or in the next ones, some have wholesale prices."""
    sale, tiers, draw = None, [], random.random()
    lowered = _rounded(offer.price * random.choice((80, 85, 90)) // 100)
    if draw < 0.08 and lowered < offer.price:
        begun = now - timedelta(days=random.randint(1, 9), hours=random.randint(0, 12))
        since = begun if draw < 0.06 else now + timedelta(days=random.randint(1, 6))
        sale = Sale(lowered, since, max(since, now) + timedelta(days=random.randint(2, 12)))
    if 0.08 < draw < 0.22:
        below = offer.price
        for times, percent in ((10, 95), (50, 90)):
            price = _rounded(offer.price * percent // 100)
            if price < below:
                tiers.append(Tier(offer.packing.minimum * times, price))
                below = price
    before = price_before([Asked(offer.price, asked_since)], sale) if sale else None
    return Prices(offer.price, sale, tuple(tiers), before)


def certificates_for(random: Random, variation: Variation, today: date) -> list[dict[str, Any]]:
    """What a product's stars and name claim, with number, issuer and days."""
    found: list[_Proof] = []
    later = today + timedelta(days=random.randint(90, 900))
    if variation.ocop and variation.ocop_valid_to:
        number = f"{random.randint(100, 3999)}/QĐ-UBND"
        found.append((CertificateKind.OCOP, number, "UBND thành phố Cần Thơ", variation.ocop_valid_to))
    if "VietGAP" in variation.name:
        number = f"VietGAP-TT-{random.randint(10, 99)}-{random.randint(1000, 9999)}"
        found.append((CertificateKind.VIETGAP, number, QUALITY_CENTRE, later))
    if "hữu cơ" in variation.name:
        number = f"TCVN 11041-{random.randint(100, 999)}"
        found.append((CertificateKind.ORGANIC, number, "Công ty CP Chứng nhận và Giám định Vinacert", later))
    return [_entered(one, variation.ocop if one[0] is CertificateKind.OCOP else None) for one in found]


_Proof = tuple[CertificateKind, str, str, date]
"""Kind, number, issuer and last day."""


def _entered(proof: _Proof, stars: int | None = None) -> dict[str, Any]:
    kind, number, issuer, until = proof
    return {
        "kind": kind,
        "stars": stars,
        "number": number,
        "issuer": issuer,
        "issued_on": until - timedelta(days=1095),
        "expires_on": until,
    }


def shop_certificates(random: Random, theme: str, kind: SellerKind, today: date) -> list[dict[str, Any]]:
    """What covers all a shop grows: co-operatives are certified together, exporters by the standard abroad."""
    if theme not in GROWING:
        return []
    found: list[_Proof] = []
    if random.random() < CERTIFIED[kind]:
        number = f"VietGAP-TT-{random.randint(10, 99)}-{random.randint(1000, 9999)}"
        found.append((CertificateKind.VIETGAP, number, QUALITY_CENTRE, today + timedelta(days=random.randint(40, 700))))
    if kind in {SellerKind.COOPERATIVE, SellerKind.ENTERPRISE} and random.random() < 0.4:
        number = f"GGN {random.randint(4_050_000_000_000, 4_069_999_999_999)}"
        issuer = "Control Union Certifications"
        found.append((CertificateKind.GLOBALGAP, number, issuer, today + timedelta(days=random.randint(40, 360))))
    return [_entered(one) for one in found]


def expected_on(random: Random, archetype: Archetype, today: date) -> date | None:
    """When the next harvest of goods out of season is expected, where it is sold ahead."""
    if not archetype.months or today.month in archetype.months or random.random() > 0.3:
        return None
    for ahead in (1, 2, 3):
        month = (today.month - 1 + ahead) % 12 + 1
        if month in archetype.months:
            return date(today.year + (today.month + ahead > 12), month, random.randint(1, 25))
    return None


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
