"""Draws the labels of a lot: a sheet of 24 on A4 paper, or one alone for a label printer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from marketplace.base import sheets
from marketplace.base.text import Text

LAYOUT = Path(__file__).with_name("labels.typ")
ON_SHEET = 24
"""Three by eight, each 70 by 37 mm: the commonest sheet of labels there is."""

WORDS = {
    "number": Text("Lô", "Lot"),
    "harvested": Text("Thu hoạch", "Harvested"),
    "expires": Text("Dùng trước", "Best before"),
    "area": Text("Vùng trồng", "Growing area"),
    "scan": Text("Quét để xem nguồn gốc", "Scan for its origin"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """All that a label shows; days as people read them, `address` behind the QR code."""

    product: str
    number: str
    harvested: str
    expires: str
    area_code: str
    shop: str
    place: str
    address: str


def draw(label: Label, *, sheet: bool) -> bytes:
    """The PDF of a sheet of labels, or of one. In Vietnamese, as goods sold here are labelled (Decree 43/2017, article 7)."""
    data = {"label": asdict(label), "words": {name: text.vi for name, text in WORDS.items()}}
    count = str(ON_SHEET if sheet else 1)
    return sheets.draw(LAYOUT, data, inputs={"code": sheets.square_code(label.address), "count": count})
