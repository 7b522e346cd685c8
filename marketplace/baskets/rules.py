"""Rules of baskets: who may use one, and what stands in the way of a line."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.base.errors import DomainError
from marketplace.base.quantity import QuantityOffStep, check_step, show_quantity
from marketplace.base.text import Text

MOST_LINES = 60


class BasketFull(DomainError):
    """More different goods than one basket takes."""

    code = "basket_full"
    message = Text(
        "Giỏ đã có {limit} mặt hàng. Hãy đặt bớt rồi thêm tiếp.",
        "The basket has {limit} different goods. Order some first.",
    )


class BasketEmpty(DomainError):
    """Nothing to order."""

    code = "basket_empty"
    message = Text("Giỏ hàng đang trống. Hãy thêm sản phẩm.", "The basket is empty. Add something first.")


class BasketOrdered(DomainError):
    """The basket was already ordered."""

    code = "basket_ordered"
    status = 409
    message = Text(
        "Giỏ này đã đặt hàng rồi. Hãy xem đơn hàng của bạn.", "This basket has been ordered. See your orders."
    )


class NotForSale(DomainError):
    """The goods are no longer offered."""

    code = "not_for_sale"
    status = 409
    message = Text(
        "{name} hiện không bán nữa. Hãy bỏ ra khỏi giỏ.", "{name} is no longer sold. Remove it from the basket."
    )


class NotEnough(DomainError):
    """Less is left than asked for."""

    code = "out_of_stock"
    status = 409
    message = Text(
        "{name} chỉ còn {available} {unit}. Hãy giảm số lượng.",
        "Only {available} {unit} of {name} is left. Choose less.",
    )


class SoldOut(NotEnough):
    """Nothing is left that could be ordered."""

    message = Text("{name} vừa hết hàng. Hãy bỏ ra khỏi giỏ.", "{name} has sold out. Remove it from the basket.")


@dataclass(frozen=True, slots=True)
class Offer:
    """What decides whether a line can be ordered; quantities in thousandths."""

    code: str
    name: Text
    unit: Text
    listed: bool
    step: int
    minimum: int
    available: int


def orderable(offer: Offer) -> int:
    """The most that can be ordered now, in thousandths; 0 when it is less than the minimum."""
    most = max(offer.available, 0) // offer.step * offer.step
    return most if most >= offer.minimum else 0


def line_problem(offer: Offer, quantity: int) -> DomainError | None:
    """Why this quantity of this offer cannot be ordered, or None when it can."""
    if not offer.listed:
        return NotForSale(field=offer.code, name=offer.name)
    if quantity > offer.available:
        if orderable(offer) == 0:
            return SoldOut(field=offer.code, name=offer.name)
        return NotEnough(
            field=offer.code, name=offer.name, available=show_quantity(max(offer.available, 0)), unit=offer.unit
        )
    try:
        check_step(quantity, step=offer.step, minimum=offer.minimum, unit=offer.unit)
    except QuantityOffStep as error:
        error.field = offer.code
        return error
    return None
