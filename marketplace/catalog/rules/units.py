"""Units as farmers speak, what is in one of them, and what that makes a kilogram, a litre or a piece cost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from marketplace.base.errors import DomainError
from marketplace.base.money import round_half_up
from marketplace.base.quantity import show_quantity
from marketplace.base.text import Text
from marketplace.catalog.rules.goods import HEAVIEST_GRAMS


class Unit(StrEnum):
    """The unit a product is sold in."""

    KILOGRAM = "kg"
    GRAM = "g"
    FRUIT = "fruit"
    BOX = "box"
    BOTTLE = "bottle"
    BUNCH = "bunch"
    DOZEN = "dozen"
    BAG = "bag"
    JAR = "jar"
    PIECE = "piece"
    LITRE = "litre"
    HEAD = "head"
    DOZEN_OF_TWELVE = "dozen12"
    CRATE = "crate"
    HANDFUL = "handful"
    YEN = "yen"
    QUINTAL = "quintal"
    TON = "ton"
    CUT = "cut"


UNIT_LABELS: dict[Unit, Text] = {
    Unit.KILOGRAM: Text("kg", "kg"),
    Unit.GRAM: Text("g", "g"),
    Unit.FRUIT: Text("trái", "fruit"),
    Unit.BOX: Text("hộp", "box"),
    Unit.BOTTLE: Text("chai", "bottle"),
    Unit.BUNCH: Text("bó", "bunch"),
    Unit.DOZEN: Text("chục (10)", "set of 10"),
    Unit.BAG: Text("túi", "bag"),
    Unit.JAR: Text("hũ", "jar"),
    Unit.PIECE: Text("cái", "piece"),
    Unit.LITRE: Text("lít", "litre"),
    Unit.HEAD: Text("con", "head"),
    Unit.DOZEN_OF_TWELVE: Text("chục (12)", "set of 12"),
    Unit.CRATE: Text("thùng", "crate"),
    Unit.HANDFUL: Text("mớ", "handful"),
    Unit.YEN: Text("yến (10 kg)", "yến (10 kg)"),
    Unit.QUINTAL: Text("tạ (100 kg)", "quintal (100 kg)"),
    Unit.TON: Text("tấn", "ton"),
    Unit.CUT: Text("khúc", "cut"),
}


class Measure(StrEnum):
    """What the content of a unit is counted in."""

    GRAM = "g"
    MILLILITRE = "ml"
    FRUIT = "fruit"
    PIECE = "piece"


MEASURE_LABELS: dict[Measure, Text] = {
    Measure.GRAM: Text("g", "g"),
    Measure.MILLILITRE: Text("ml", "ml"),
    Measure.FRUIT: Text("trái", "fruit"),
    Measure.PIECE: Text("cái", "pieces"),
}

BASES: dict[Measure, tuple[int, Text]] = {
    Measure.GRAM: (1000, Text("kg", "kg")),
    Measure.MILLILITRE: (1000, Text("lít", "litre")),
    Measure.FRUIT: (1, Text("trái", "fruit")),
    Measure.PIECE: (1, Text("cái", "piece")),
}
"""What prices are compared by: how many of a measure it holds, and its name."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is in one unit: so many grams, millilitres or pieces."""

    amount: int
    measure: Measure


CONTENTS: dict[Unit, Content] = {
    Unit.KILOGRAM: Content(1_000, Measure.GRAM),
    Unit.GRAM: Content(1, Measure.GRAM),
    Unit.YEN: Content(10_000, Measure.GRAM),
    Unit.QUINTAL: Content(100_000, Measure.GRAM),
    Unit.TON: Content(1_000_000, Measure.GRAM),
    Unit.LITRE: Content(1_000, Measure.MILLILITRE),
    Unit.DOZEN: Content(10, Measure.FRUIT),
    Unit.DOZEN_OF_TWELVE: Content(12, Measure.FRUIT),
    Unit.FRUIT: Content(1, Measure.FRUIT),
    Unit.PIECE: Content(1, Measure.PIECE),
    Unit.HEAD: Content(1, Measure.PIECE),
    Unit.CUT: Content(1, Measure.PIECE),
}
"""Units whose name says what is in them."""

LARGEST_CONTENT = 10_000_000


class ContentInvalid(DomainError):
    """No such amount is in any unit goods are sold in."""

    code = "content_invalid"
    message = Text(
        "Hãy ghi một đơn vị có bao nhiêu: ví dụ 500 ml, 5000 g, 30 cái.",
        "Say how much is in one unit: 500 ml, 5000 g or 30 pieces, for example.",
    )


@dataclass(frozen=True, slots=True)
class BasePrice:
    """Đồng for a kilogram, a litre or a piece."""

    amount: int
    base: Text


def content_of(unit: Unit, said: Content | None) -> Content | None:
    """What is in one unit: what its name says, else what the seller says, else nobody knows."""
    return CONTENTS.get(unit, said)


def check_content(content: Content | None) -> Content | None:
    """Raise ContentInvalid for an amount nothing holds."""
    if content is not None and not 0 < content.amount <= LARGEST_CONTENT:
        raise ContentInvalid(field="content")
    return content


def base_price(price: int, unit: Unit, said: Content | None) -> BasePrice | None:
    """What a unit's price comes to for a kilogram, a litre or a piece, rounded half up; None where it is that already."""
    content = content_of(unit, said)
    if content is None:
        return None
    size, base = BASES[content.measure]
    if content.amount == size:
        return None
    return BasePrice(round_half_up(price * size, content.amount), base)


def unit_grams(unit: Unit, said: Content | None, usual: int) -> int:
    """What one unit weighs in a parcel: its content where that says it, water's weight for litres, else `usual`."""
    content = content_of(unit, said)
    if content is None or content.measure not in {Measure.GRAM, Measure.MILLILITRE}:
        return usual
    return min(content.amount, HEAVIEST_GRAMS)


def content_text(content: Content) -> Text:
    """`500 ml`, `5 kg`, `30 cái`."""
    size, base = BASES[content.measure]
    if size > 1 and content.amount >= size:
        large = content.amount * 1000 // size
        return Text(f"{show_quantity(large, 'vi')} {base.vi}", f"{show_quantity(large, 'en')} {base.en}")
    label = MEASURE_LABELS[content.measure]
    return Text(f"{content.amount} {label.vi}", f"{content.amount} {label.en}")


def variant_label(label: str, unit: Unit, said: Content | None) -> Text:
    """What a variant is called: its own name, else its unit with what is in it (`hộp 5 kg`)."""
    if label:
        return Text(label, label)
    name = UNIT_LABELS[unit]
    if said is None or unit in CONTENTS:
        return name
    inside = content_text(said)
    return Text(f"{name.vi} {inside.vi}", f"{name.en} of {inside.en}")
