"""Rules of goods: statuses, what a seller may enter, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from marketplace.base.errors import DomainError, NotFound
from marketplace.base.money import show_money
from marketplace.base.quantity import LARGEST
from marketplace.base.text import Text


class ProductStatus(StrEnum):
    """Whether a product is offered."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"


class HoldState(StrEnum):
    """What has become of a quantity promised to an order."""

    HELD = "held"
    ALLOCATED = "allocated"
    CONSUMED = "consumed"
    RELEASED = "released"
    EXPIRED = "expired"
    RETURNED = "returned"


class GoodsShown(StrEnum):
    """Which of their goods sellers look at. Running low includes what is sold out."""

    ALL = ""
    ON_SALE = "on_sale"
    LOW = "low"
    SOLD_OUT = "sold_out"
    PAUSED = "paused"


PRODUCT_MOVES: dict[ProductStatus, frozenset[ProductStatus]] = {
    ProductStatus.DRAFT: frozenset({ProductStatus.ACTIVE}),
    ProductStatus.ACTIVE: frozenset({ProductStatus.PAUSED}),
    ProductStatus.PAUSED: frozenset({ProductStatus.ACTIVE}),
}

LOWEST_PRICE = 500
HIGHEST_PRICE = 500_000_000
MOST_PICTURES = 9
LOW_STOCK_STEPS = 5
"""Goods run low when they can be ordered fewer times than this beyond the minimum."""
HEAVIEST_GRAMS = 1_000_000
MOST_VARIANTS = 20
LONGEST_NAME = 120
LONGEST_LABEL = 60


class PriceOutOfRange(DomainError):
    """A price nobody means."""

    code = "price_out_of_range"
    message = Text("Giá phải từ {lowest} đến {highest}.", "The price must be from {lowest} to {highest}.")


class MinimumOffStep(DomainError):
    """A minimum that no whole number of steps reaches."""

    code = "minimum_off_step"
    message = Text(
        "Mức đặt ít nhất phải là bội số của bước, ví dụ bước 0,5 thì ít nhất 0,5 hoặc 1.",
        "The minimum must be a multiple of the step: with a step of 0.5 it is 0.5 or 1.",
    )


class CategoryUnknown(DomainError):
    """A category that is not in the tree."""

    code = "category_unknown"
    message = Text("Hãy chọn một danh mục trong danh sách.", "Choose a category from the list.")


class WeightOutOfRange(DomainError):
    """A weight of one unit that no parcel has."""

    code = "weight_out_of_range"
    message = Text(
        "Khối lượng một đơn vị phải từ 1 gam đến {highest} kg.", "One unit must weigh from 1 gram to {highest} kg."
    )


class TooManyPictures(DomainError):
    """More pictures than a product shows."""

    code = "too_many_pictures"
    message = Text(
        "Mỗi sản phẩm nhiều nhất {limit} ảnh. Hãy xoá bớt.", "At most {limit} pictures a product. Remove one."
    )


class TooManyVariants(DomainError):
    """More variants than one product shows."""

    code = "too_many_variants"
    message = Text(
        "Mỗi sản phẩm nhiều nhất {limit} loại. Hãy đăng thêm một sản phẩm khác.",
        "At most {limit} variants a product. Offer another product.",
    )


class VariantTwice(DomainError):
    """Two variants of a product that read the same."""

    code = "variant_twice"
    message = Text(
        "Đã có loại “{label}”. Hãy đặt tên khác, ví dụ “Loại 1” hay “Hộp 5 kg”.",
        "There is a variant “{label}” already. Call it otherwise, for example “Grade 1” or “Box of 5 kg”.",
    )


class LastVariant(DomainError):
    """A product on sale offers at least one variant."""

    code = "last_variant"
    status = 409
    message = Text(
        "Đây là loại duy nhất còn bán. Muốn ngưng hẳn, hãy tạm ngưng cả sản phẩm.",
        "This is the only variant on sale. To stop selling, pause the whole product.",
    )


class OutOfStock(DomainError):
    """Less is left than asked for."""

    code = "out_of_stock"
    status = 409
    message = Text(
        "{name} vừa hết hoặc không đủ số lượng. Hãy giảm bớt hoặc bỏ ra khỏi giỏ.",
        "{name} has just sold out or too little is left. Choose less or remove it.",
    )


class StockBelowPromised(DomainError):
    """Stock cannot be set below what orders already hold."""

    code = "stock_below_promised"
    status = 409
    message = Text(
        "Đã có đơn giữ {promised}. Tồn kho không thể thấp hơn số đó.",
        "Orders already hold {promised}. Stock cannot be set lower.",
    )


class StockMoved(DomainError):
    """Stock has changed since the seller looked at it, so what was typed may rest on a figure that no longer holds."""

    code = "stock_moved"
    status = 409
    message = Text(
        "Tồn kho vừa đổi: lúc bạn xem là {shown}, giờ là {now}. Số bạn gõ chưa lưu; nếu vẫn đúng, hãy lưu lần nữa.",
        "Stock has just changed: you saw {shown}, now it is {now}. What you typed is not saved; if it is right, save again.",
    )


def check_price(price: int) -> int:
    """The price in đồng if somebody could mean it; raises PriceOutOfRange."""
    if not LOWEST_PRICE <= price <= HIGHEST_PRICE:
        raise PriceOutOfRange(field="price", lowest=show_money(LOWEST_PRICE), highest=show_money(HIGHEST_PRICE))
    return price


def check_weight(grams: int) -> int:
    """The weight of one unit in grams; raises WeightOutOfRange."""
    if not 1 <= grams <= HEAVIEST_GRAMS:
        raise WeightOutOfRange(field="unit_grams", highest=HEAVIEST_GRAMS // 1000)
    return grams


def check_steps(step: int, minimum: int) -> None:
    """Raise MinimumOffStep unless the minimum is a positive multiple of the step, in thousandths."""
    if not 0 < step <= LARGEST or not 0 < minimum <= LARGEST or minimum % step:
        raise MinimumOffStep(field="minimum")


def move_within(order: Sequence[int], item: int, places: int) -> list[int]:
    """The order with one item some places further on, or back when negative; it stops at the ends."""
    others = [other for other in order if other != item]
    if len(others) == len(order):
        raise NotFound
    others.insert(max(0, order.index(item) + places), item)
    return others


def available(*, on_hand: int, allocated: int, held: int, expired: int) -> int:
    """What can still be promised: expired holds never count, even before they are swept."""
    return max(0, on_hand - allocated - held + expired)


def is_listed(status: ProductStatus, *, seller_sells: bool) -> bool:
    """Whether shoppers find a product."""
    return status is ProductStatus.ACTIVE and seller_sells
