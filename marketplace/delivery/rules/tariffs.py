"""What a parcel costs: carriers are adapters of one small protocol, their rates are data, their quotes pure.

Two are built in: by the started kilogram, and by a table of zones and weight bands. A carrier with an interface of its own
is one more class with `quote`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from marketplace.base.errors import DomainError
from marketplace.base.money import MoneyUnreadable, plain_money, read_money
from marketplace.base.text import Text
from marketplace.delivery.rules.methods import Place, Zone, fee

LARGEST_BAND_GRAMS = 1_000_000
MOST_BANDS = 20
RINGS = (Zone.COMMUNE, Zone.PROVINCE, Zone.COUNTRY)
"""The zones of a table, the nearest first."""


class Tariff(StrEnum):
    """How a fee is reckoned."""

    KILOGRAM = "kilogram"
    TABLE = "table"


TARIFF_LABELS: dict[Tariff, Text] = {
    Tariff.KILOGRAM: Text("Phí đầu và phí mỗi kg", "A base fee and a fee each kilogram"),
    Tariff.TABLE: Text("Bảng giá theo vùng và cân nặng", "A table of zones and weights"),
}


class BandsInvalid(DomainError):
    """Lines of a table that are no bands, or that would cost less for more weight."""

    code = "bands_invalid"
    message = Text(
        "Dòng {line} chưa đúng. Mỗi dòng một mức như “2 = 25.000” (đến 2 kg giá 25.000 ₫), cân nặng tăng dần, giá không giảm.",
        "Line {line} is not right. One band a line like “2 = 25.000” (up to 2 kg for 25.000 ₫), weights rising, fees not falling.",
    )


@dataclass(frozen=True, slots=True)
class Shipment:
    """What is to be carried, and between which places."""

    origin: Place
    destination: Place
    grams: int


class Carrier(Protocol):
    """Somebody who carries parcels for a fee."""

    def quote(self, shipment: Shipment) -> int | None:
        """Đồng for a shipment, None where it is not carried; the same answer whenever it is asked."""
        ...


@dataclass(frozen=True, slots=True)
class ByKilogram:
    """A base fee for the first kilogram, and a fee for each further started one."""

    base_fee: int
    kilogram_fee: int

    def quote(self, shipment: Shipment) -> int | None:
        """Đồng for a shipment of any weight."""
        return fee(
            base_fee=self.base_fee,
            kilogram_fee=self.kilogram_fee,
            free_above=None,
            goods_total=0,
            grams=shipment.grams,
        )


@dataclass(frozen=True, slots=True)
class Band:
    """What a parcel up to so many grams costs, in đồng."""

    up_to_grams: int
    fee: int


@dataclass(frozen=True, slots=True)
class TableRate:
    """Zone by weight band. Of a zone without bands the next farther one counts; heavier parcels are not carried."""

    bands: Mapping[Zone, Sequence[Band]]

    def quote(self, shipment: Shipment) -> int | None:
        """Đồng of the first band that takes the weight: a parcel of exactly its grams still is in it."""
        bands = self._of(ring(shipment.origin, shipment.destination))
        return next((band.fee for band in bands if shipment.grams <= band.up_to_grams), None)

    def _of(self, zone: Zone) -> Sequence[Band]:
        farther = RINGS[RINGS.index(zone) :]
        found = next((self.bands[one] for one in farther if self.bands.get(one)), ())
        return sorted(found, key=lambda band: band.up_to_grams)


def ring(origin: Place, destination: Place) -> Zone:
    """The nearest zone that holds both places."""
    if origin.commune == destination.commune:
        return Zone.COMMUNE
    return Zone.PROVINCE if origin.province == destination.province else Zone.COUNTRY


def read_bands(typed: str, *, field: str) -> list[Band]:
    """Bands as typed, one a line, `2 = 25.000` or `0,5: 18k`; raises BandsInvalid with the number of the line."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    bands: list[Band] = []
    for number, line in enumerate(lines, start=1):
        kilograms, sign, amount = (part.strip() for part in line.replace(":", "=").partition("="))
        grams = _grams(kilograms)
        before = bands[-1] if bands else Band(0, 0)
        try:
            cost = read_money(amount)
        except MoneyUnreadable:
            cost = -1
        if not sign or not before.up_to_grams < grams <= LARGEST_BAND_GRAMS or cost < before.fee or number > MOST_BANDS:
            raise BandsInvalid(field=field, line=number)
        bands.append(Band(grams, cost))
    return bands


def _grams(typed: str) -> int:
    whole, _, part = typed.lower().removesuffix("kg").strip().replace(",", ".").partition(".")
    digits = f"{whole}{part.ljust(3, '0')}"
    return int(digits) if digits.isascii() and digits.isdigit() and whole and len(part) <= 3 and len(whole) <= 4 else 0


def show_bands(bands: Sequence[Band]) -> str:
    """Bands as they are typed."""
    return "\n".join(f"{kilograms_text(band.up_to_grams)} = {plain_money(band.fee)}" for band in bands)


def kilograms_text(grams: int) -> str:
    """`2` or `0,5`."""
    whole, part = divmod(grams, 1000)
    return f"{whole},{part:03}".rstrip("0") if part else str(whole)
