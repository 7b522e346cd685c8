"""Draws what a seller prints for several orders: the picking list, and labels for the parcels."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from marketplace.base import sheets
from marketplace.base.text import Locale, Text

PICKING = Path(__file__).with_name("picking.typ")
LABELS = Path(__file__).with_name("parcel_labels.typ")
WORDS: Mapping[str, Text] = {
    "title": Text("Phiếu soạn hàng", "Picking list"),
    "goods": Text("Lấy từ kho", "Take from stock"),
    "quantity": Text("Số lượng", "Quantity"),
    "orders": Text("Cho đơn", "For orders"),
    "each": Text("Từng đơn", "Order by order"),
    "unanswered": Text("chưa nhận", "not accepted yet"),
    "note": Text("Ghi chú", "Note"),
    "from": Text("Người gửi", "From"),
    "to": Text("Người nhận", "To"),
    "page": Text("Trang", "Page"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A stock keeping unit and how much of it all the orders need."""

    name: str
    quantity: str
    orders: str


@dataclass(frozen=True, slots=True)
class PickedOrder:
    """An order to be packed."""

    number: str
    buyer: str
    phone: str
    place: str
    way: str
    note: str
    accepted: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PickingList:
    """What to take for several orders, and each of them."""

    shop: str
    printed: str
    taken: tuple[Taken, ...]
    orders: tuple[PickedOrder, ...]


@dataclass(frozen=True, slots=True)
class ParcelLabel:
    """What stands on a parcel; `address` behind the QR code opens the order for its seller."""

    number: str
    shop: str
    buyer: str
    phone: str
    street: str
    commune: str
    way: str
    collect: str
    goods: str
    note: str
    address: str


def draw_picking_list(picking: PickingList, locale: Locale) -> bytes:
    """The PDF of a picking list on A4 paper."""
    return _drawn(PICKING, asdict(picking), locale)


def draw_parcel_labels(labels: Sequence[ParcelLabel], locale: Locale) -> bytes:
    """The PDF of labels, four on a sheet of A4 paper."""
    codes = json.dumps([sheets.square_code(label.address) for label in labels])
    return _drawn(LABELS, {"labels": [asdict(label) for label in labels]}, locale, codes=codes)


def _drawn(layout: Path, data: dict[str, Any], locale: Locale, **more: str) -> bytes:
    words = {name: text.say(locale) for name, text in WORDS.items()}
    return sheets.draw(layout, {**data, "words": words}, inputs=more)
