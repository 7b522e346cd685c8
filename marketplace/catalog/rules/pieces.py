"""Goods ordered by the piece and paid by weight: a price for the kilogram, and what one piece weighs at least and at most.

Before it is weighed a piece counts with its heaviest weight, so that nobody ever pays more than was said; after it the net
weight counts (Commercial Law 36/2005/QH11, article 53), never beyond that amount. Each amount rounds half up, once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from marketplace.base.errors import DomainError
from marketplace.base.money import NO_BREAK_SPACE, plain_money, round_half_up, show_money
from marketplace.base.quantity import THOUSAND, line_total, quantity_text, read_quantity, show_quantity
from marketplace.base.text import LOCALES, Locale, Text
from marketplace.catalog.rules.goods import HEAVIEST_GRAMS
from marketplace.catalog.rules.units import UNIT_LABELS, Content, Unit, variant_label

PIECES = frozenset({Unit.HEAD, Unit.FRUIT, Unit.PIECE, Unit.CUT, Unit.BUNCH})
"""Units that can be ordered by number and paid by weight."""
WIDEST = 3
"""The heaviest piece weighs at most so many times the lightest: a wider range tells a buyer nothing."""
SLIP = 5
"""A weight so many times below or above the range is a slip of the comma, not a weight."""
KILOGRAM = Text("kg", "kg")
OF_WEIGHT = Text("{unit} {weights}", "{unit} of {weights}")
AT_MOST = Text("tối đa {amount}", "at most {amount}")
_GRAMS = re.compile(r"([0-9]{1,6})\s*(?:g|gr|gam|gram)", re.ASCII)
ABOUT = Text("khoảng {amounts}", "about {amounts}")


class PieceInvalid(DomainError):
    """A range of weights that no piece has, or that tells a buyer nothing."""

    code = "piece_invalid"
    message = Text(
        "Hãy ghi từ nhẹ đến nặng, bằng kg, ví dụ 1,6 đến 2,0; nặng nhất không quá {widest} lần nhẹ nhất. Bán theo đúng đơn vị "
        "thì để trống cả hai.",
        "Type lightest and heaviest in kg, 1.6 to 2.0 for example, the heaviest at most {widest} times the lightest. "
        "Leave both empty for goods not paid by weight.",
    )


class PieceUnitInvalid(DomainError):
    """A unit that is not a piece, or whose content is said already."""

    code = "piece_unit_invalid"
    message = Text(
        "Hàng tính tiền theo cân phải bán theo con, trái, cái, khúc hoặc bó. Hãy đổi đơn vị, hoặc bỏ khoảng cân nặng.",
        "Goods paid by weight are sold by head, fruit, piece, cut or bunch. Change the unit, or remove the weights.",
    )


class PieceStepInvalid(DomainError):
    """Parts of a piece."""

    code = "piece_step_invalid"
    message = Text(
        "Hàng đặt theo con, theo trái thì bước và mức ít nhất là số nguyên.",
        "Goods ordered by the piece go in whole pieces: step and minimum must be whole numbers.",
    )


class WeightMissing(DomainError):
    """A line that must be weighed was not."""

    code = "weight_missing"
    message = Text(
        "Hãy cân rồi ghi khối lượng của {goods}, bằng kg, ví dụ 1,85.",
        "Weigh {goods} and type the weight in kg, 1.85 for example.",
    )


class WeightUnlikely(DomainError):
    """A weight that these pieces cannot have."""

    code = "weight_unlikely"
    message = Text(
        "{goods} nặng {weight} kg thì khác xa mức {weights} đã ghi. Hãy xem lại dấu phẩy và đơn vị: ghi bằng kg.",
        "{weight} kg is far from the {weights} stated for {goods}. Check the decimal sign, and that it is in kg.",
    )


@dataclass(frozen=True, slots=True)
class PieceWeight:
    """What one piece weighs, in grams."""

    lightest: int
    heaviest: int

    def times(self, quantity: int) -> PieceWeight:
        """What so many thousandths of a piece weigh together."""
        return PieceWeight(self.lightest * quantity // THOUSAND, self.heaviest * quantity // THOUSAND)


def check_piece(piece: PieceWeight | None, unit: Unit, *, step: int, minimum: int, content_said: bool) -> None:
    """Raise what stands in the way of selling a unit by the piece and by weight, beside its field."""
    if piece is None:
        return
    if not 0 < piece.lightest < piece.heaviest <= min(HEAVIEST_GRAMS, piece.lightest * WIDEST):
        raise PieceInvalid(field="lightest", widest=WIDEST)
    if unit not in PIECES or content_said:
        raise PieceUnitInvalid(field="unit")
    if step % THOUSAND or minimum % THOUSAND:
        raise PieceStepInvalid(field="step")


def goods_amount(price: int, quantity: int, piece: PieceWeight | None) -> int:
    """Đồng for so many thousandths of a unit: exactly, or at most where pieces are paid by weight."""
    return line_total(price, quantity) if piece is None else _pieces(price, quantity, piece.heaviest)


def least_amount(price: int, quantity: int, piece: PieceWeight | None) -> int:
    """Đồng for so many thousandths of a unit if every piece is one of the lightest."""
    return line_total(price, quantity) if piece is None else _pieces(price, quantity, piece.lightest)


def weighed_amount(price: int, quantity: int, piece: PieceWeight, grams: int) -> int:
    """Đồng for pieces that weigh so many grams together, never more than they were said to cost at most."""
    return min(round_half_up(price * grams, THOUSAND), goods_amount(price, quantity, piece))


def _pieces(price: int, quantity: int, grams: int) -> int:
    return round_half_up(price * quantity * grams, THOUSAND * THOUSAND)


def read_weight(typed: str) -> int:
    """Grams from `1,85`, `1.850`, `1,85 kg` or `1850 g`, kilograms where nothing is said; raises QuantityUnreadable.

    A sign before three digits is a decimal one in any language: nobody weighs a piece of a thousand kilograms.
    """
    bare = typed.strip().casefold()
    if grams := _GRAMS.fullmatch(bare):
        return int(grams[1])
    return read_quantity(bare.removesuffix("kg"))


def check_weighed(grams: int, quantity: int, piece: PieceWeight, *, goods: str, field: str) -> None:
    """Raise WeightUnlikely unless these pieces can weigh so many grams together."""
    together = piece.times(quantity)
    if not together.lightest <= grams * SLIP or not grams <= together.heaviest * SLIP:
        raise WeightUnlikely(field=field, goods=goods, weight=quantity_text(grams), weights=weights_text(together))


def weights_text(piece: PieceWeight) -> Text:
    """`1,6–2,0 kg`: both with as many decimals as the finer one has; grams below a kilogram."""
    if piece.heaviest < THOUSAND:
        both = f"{piece.lightest}–{piece.heaviest}{NO_BREAK_SPACE}g"
        return Text(both, both)
    said = {locale: f"{_even(piece, locale)}{NO_BREAK_SPACE}kg" for locale in LOCALES}
    return Text(said["vi"], said["en"])


def _even(piece: PieceWeight, locale: Locale) -> str:
    sign = "." if locale == "en" else ","
    shown = [show_quantity(grams, locale).partition(sign) for grams in (piece.lightest, piece.heaviest)]
    width = max(len(decimals) for _, _, decimals in shown)
    return "–".join(f"{whole}{sign}{decimals.ljust(width, '0')}" if width else whole for whole, _, decimals in shown)


def weight_text(grams: int) -> Text:
    """`1,85 kg`."""
    return Text(
        f"{show_quantity(grams, 'vi')}{NO_BREAK_SPACE}kg",
        f"{show_quantity(grams, 'en')}{NO_BREAK_SPACE}kg",
    )


def amounts_text(lowest: int, highest: int) -> str:
    """`288.000–360.000 ₫`."""
    return f"{plain_money(lowest)}–{show_money(highest)}"


def estimate_text(price: int, unit: Unit, piece: PieceWeight, locale: Locale) -> str:
    """`con 1,6–2,0 kg · khoảng 288.000–360.000 ₫`: what one piece weighs and comes to."""
    lowest, highest = least_amount(price, THOUSAND, piece), goods_amount(price, THOUSAND, piece)
    return f"{piece_label('', unit, None, piece).say(locale)} · {about_text(lowest, highest).say(locale)}"


def sum_text(amount: int, locale: Locale, *, estimated: bool) -> str:
    """`360.000 ₫`, or `tối đa 360.000 ₫` while goods in it are still to be weighed."""
    return AT_MOST.say(locale, amount=show_money(amount)) if estimated else show_money(amount)


def about_text(lowest: int, highest: int) -> Text:
    """`khoảng 288.000–360.000 ₫`."""
    amounts = amounts_text(lowest, highest)
    return Text(ABOUT.say("vi", amounts=amounts), ABOUT.say("en", amounts=amounts))


def piece_label(label: str, unit: Unit, said: Content | None, piece: PieceWeight | None) -> Text:
    """What a variant is called, `con 1,6–2,0 kg` where it is paid by weight and has no name of its own."""
    if label or piece is None:
        return variant_label(label, unit, said)
    name, weights = UNIT_LABELS[unit], weights_text(piece)
    return Text(
        OF_WEIGHT.say("vi", unit=name.vi, weights=weights.vi), OF_WEIGHT.say("en", unit=name.en, weights=weights.en)
    )
