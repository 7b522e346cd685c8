"""What pages and the API show of a basket."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.base.errors import DomainError
from marketplace.base.text import Text


@dataclass(frozen=True, slots=True)
class BasketLineView:
    """One line: goods, quantity in thousandths, đồng, and what stands in the way of ordering it."""

    sku_id: int
    sku: str
    product_id: int
    product_slug: str
    name: str
    unit: str
    unit_text: Text
    price: int
    quantity: int
    step: int
    minimum: int
    available: int
    total: int
    grams: int
    picture: str | None
    problem: DomainError | None


@dataclass(frozen=True, slots=True)
class BasketGroup:
    """The lines of one seller; each becomes an order with a contract and a delivery of its own."""

    seller_id: int
    store_slug: str
    store_name: str
    lines: tuple[BasketLineView, ...]

    @property
    def goods_total(self) -> int:
        """Đồng for the goods of this seller."""
        return sum(line.total for line in self.lines)

    @property
    def grams(self) -> int:
        """Weight of the parcel."""
        return sum(line.grams for line in self.lines)


@dataclass(frozen=True, slots=True)
class BasketView:
    """A basket by seller, in a fixed order."""

    id: int
    public_id: str
    ordered: bool
    groups: tuple[BasketGroup, ...]

    @property
    def lines(self) -> tuple[BasketLineView, ...]:
        """All lines."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def goods_total(self) -> int:
        """Đồng for all goods, without delivery."""
        return sum(group.goods_total for group in self.groups)

    @property
    def problems(self) -> list[DomainError]:
        """All that stands in the way of ordering."""
        return [line.problem for line in self.lines if line.problem is not None]
