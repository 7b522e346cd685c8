"""What a sale leaves its seller: the price less what the platform keeps."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.base.money import round_half_up


def commission(goods_total: int, rate: int) -> int:
    """The platform's share of a goods total, `rate` in ten-thousandths, rounded half up."""
    return round_half_up(goods_total * rate, 10_000)


@dataclass(frozen=True, slots=True)
class Earning:
    """Đồng of a sale: what the buyer pays for the goods, and the platform's part of it."""

    goods: int
    commission: int

    @property
    def kept(self) -> int:
        """What remains for the seller."""
        return self.goods - self.commission


def earning(goods_total: int, rate: int) -> Earning:
    """What an order of these goods leaves its seller; delivery is paid on top by the buyer and not part of it."""
    return Earning(goods_total, commission(goods_total, rate))
