"""What a seller says of a lot, parsed from an untrusted payload."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class LotDraft:
    """A lot as its seller enters it; the harvest in grams."""

    number: str
    harvested_on: date
    harvested_grams: int
    area_code: str = ""
    """Mã số vùng trồng, as the authority gave it."""
    plot: str = ""
    sown_on: date | None = None
    inputs: str = ""
    spray: str = ""
    last_sprayed_on: date | None = None
    waiting_days: int | None = None
    packed_on: date | None = None
    packer: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDraft:
    """A laboratory's finding on a lot."""

    subject: str
    laboratory: str
    tested_on: date
    result: str
    passed: bool
