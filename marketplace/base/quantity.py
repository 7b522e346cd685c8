"""Exact quantities: integer thousandths of the unit a product is sold in."""

from __future__ import annotations

import re
from decimal import Decimal

from marketplace.base.errors import DomainError
from marketplace.base.money import round_half_up
from marketplace.base.text import Locale, Text

THOUSAND = 1000
LARGEST = 10_000_000 * THOUSAND


class QuantityUnreadable(DomainError):
    """What was typed is not a quantity."""

    code = "quantity_unreadable"
    message = Text(
        "Số lượng chưa đúng. Hãy gõ một số, ví dụ 1,5.", "That is not a quantity. Type a number, for example 1.5."
    )


class QuantityOffStep(DomainError):
    """The quantity is below the minimum or not a whole number of steps."""

    code = "quantity_off_step"
    message = Text(
        "Hãy chọn từ {minimum} {unit} trở lên, mỗi bước {step} {unit}.",
        "Choose at least {minimum} {unit}, in steps of {step} {unit}.",
    )


def read_quantity(typed: str, locale: Locale | None = None) -> int:
    """Thousandths from `1.5`, `1,5` or `2`; raises QuantityUnreadable.

    Where goods are counted by the ton, name the locale: its own sign before three digits then parts thousands, so that
    `1.500` is fifteen hundred in Vietnamese and one and a half in English.
    """
    bare = typed.strip()
    if locale is not None:
        sign = "," if locale == "en" else "."
        if re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:\{sign}[0-9]{{3}})+(?:[.,][0-9]{{1,3}})?", bare, re.ASCII):
            bare = bare.replace(sign, "")
    match = re.fullmatch(r"([0-9]{1,8})(?:[.,]([0-9]{1,3}))?", bare, re.ASCII)
    if match is None:
        raise QuantityUnreadable(field="quantity")
    return int(match[1]) * THOUSAND + int((match[2] or "").ljust(3, "0"))


def show_quantity(thousandths: int, locale: str = "vi") -> str:
    """`1,5` in Vietnamese, `1.5` in English, without trailing zeros."""
    plain = plain_quantity(thousandths)
    return plain if locale == "en" else plain.replace(".", ",")


def quantity_text(thousandths: int) -> Text:
    """The quantity in both languages, for messages."""
    return Text(show_quantity(thousandths, "vi"), show_quantity(thousandths, "en"))


def plain_quantity(thousandths: int) -> str:
    """The quantity as the API writes it: `1.5`, `2`."""
    text = f"{Decimal(thousandths) / THOUSAND:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def check_step(quantity: int, *, step: int, minimum: int, unit: str | Text) -> None:
    """Raise QuantityOffStep unless `quantity` is at least `minimum` and a whole number of steps.

    All in thousandths of the unit.
    """
    if quantity < minimum or quantity % step or quantity > LARGEST:
        raise QuantityOffStep(field="quantity", minimum=show_quantity(minimum), step=show_quantity(step), unit=unit)


def line_total(price: int, quantity: int) -> int:
    """Đồng for `quantity` thousandths at `price` đồng a unit, rounded half up, once."""
    return round_half_up(price * quantity, THOUSAND)
