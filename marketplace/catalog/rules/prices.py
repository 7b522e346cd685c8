"""What one unit costs: its regular price, a sale between two moments, wholesale prices from a quantity on.

A price struck through must have been asked: Decree 81/2018/NĐ-CP compares a promotion with the price right before it,
and Law 19/2023/QH15 forbids misleading buyers about prices. So only the lowest price really asked in the thirty days
before a sale is struck through, and only if the goods were offered for a week of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.base.errors import DomainError
from marketplace.base.text import Text

MOST_TIERS = 3
LONGEST_SALE = timedelta(days=120)
"""Decree 81/2018/NĐ-CP, article 10: at most so many days a year of lowered prices."""
LOOKED_BACK = timedelta(days=30)
LEAST_ASKED = timedelta(days=7)


class SaleInvalid(DomainError):
    """A sale that lowers nothing, or has no beginning before its end."""

    code = "sale_invalid"
    message = Text(
        "Giá khuyến mãi phải thấp hơn giá thường, và ngày kết thúc phải sau ngày bắt đầu, nhiều nhất {days} ngày.",
        "The sale price must be below the regular one, and the sale must end after it begins, within {days} days.",
    )


class TiersInvalid(DomainError):
    """Wholesale prices that do not fall as quantities rise."""

    code = "tiers_invalid"
    message = Text(
        "Giá sỉ: số lượng phải tăng dần, trên mức đặt ít nhất và đúng bước; giá phải giảm dần, dưới giá thường.",
        "Wholesale: quantities must rise, above the minimum and on a step; prices must fall, below the regular one.",
    )


@dataclass(frozen=True, slots=True)
class Sale:
    """A lowered price from one moment on, until another."""

    price: int
    since: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        """Whether it is in force: from its first moment, no longer at its last."""
        return self.since <= now < self.until


@dataclass(frozen=True, slots=True)
class Tier:
    """A wholesale price from a quantity on, in thousandths."""

    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class Prices:
    """All that decides what one unit costs, in đồng; `before` is what was asked before the sale."""

    regular: int
    sale: Sale | None = None
    tiers: tuple[Tier, ...] = ()
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A price that was asked from one moment on, until another or until now."""

    price: int
    since: datetime
    until: datetime | None = None


def unit_price(prices: Prices, quantity: int, now: datetime) -> int:
    """Đồng a unit for so many thousandths at this moment: the lowest of what is in force."""
    offers = [prices.regular]
    if prices.sale is not None and prices.sale.holds(now):
        offers.append(prices.sale.price)
    offers.extend(tier.price for tier in prices.tiers if quantity >= tier.quantity)
    return min(offers)


def struck_price(prices: Prices, quantity: int, now: datetime) -> int | None:
    """The former price to strike through, where a sale is in force and that price was really asked."""
    if prices.sale is None or prices.before is None or not prices.sale.holds(now):
        return None
    return prices.before if prices.before > unit_price(prices, quantity, now) else None


def price_before(asked: Sequence[Asked], sale: Sale) -> int | None:
    """The lowest price asked in the thirty days before a sale, if it was offered for a week of them."""
    first = sale.since - LOOKED_BACK
    seen = [one for one in asked if one.since < sale.since and (one.until is None or one.until > first)]
    if not seen or sale.since - min(one.since for one in seen) < LEAST_ASKED:
        return None
    return min(one.price for one in seen)


def check_sale(sale: Sale | None, regular: int, lowest: int) -> None:
    """Raise SaleInvalid unless it lowers the regular price for a time that has an end."""
    if sale is None:
        return
    if not lowest <= sale.price < regular or not timedelta() < sale.until - sale.since <= LONGEST_SALE:
        raise SaleInvalid(field="sale_price", days=LONGEST_SALE.days)


def check_tiers(tiers: Sequence[Tier], regular: int, *, step: int, minimum: int, lowest: int) -> None:
    """Raise TiersInvalid unless quantities rise above the minimum, on steps, and prices fall below the regular one."""
    last = Tier(minimum, regular)
    for tier in tiers:
        if tier.quantity <= last.quantity or tier.quantity % step or not lowest <= tier.price < last.price:
            raise TiersInvalid(field="tiers")
        last = tier
    if len(tiers) > MOST_TIERS:
        raise TiersInvalid(field="tiers")
