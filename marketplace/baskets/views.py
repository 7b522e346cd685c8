"""What pages and the API show of a basket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from marketplace.base.errors import DomainError
from marketplace.base.money import show_money
from marketplace.base.quantity import show_quantity
from marketplace.base.text import NOTHING, Locale, Text
from marketplace.catalog.views import full_name


@dataclass(frozen=True, slots=True)
class BasketLineView:
    """One line: goods, quantity in thousandths, đồng, and what stands in the way of ordering it."""

    sku_id: int
    sku: str
    product_id: int
    product_slug: str
    name: str
    variant: Text
    expected_on: date | None
    unit: str
    unit_text: Text
    price: int
    before: int | None
    """What was asked before the sale whose price this is."""
    quantity: int
    step: int
    minimum: int
    available: int
    total: int
    grams: int
    picture: str | None
    picture_url: str
    orderable: int
    problem: DomainError | None
    reach_hours: int | None

    @property
    def full_name(self) -> Text:
        """The product with its variant."""
        return full_name(self.name, self.variant)

    @property
    def expected_text(self) -> Text:
        """When goods ordered ahead will be there; empty for goods that are there."""
        if self.expected_on is None:
            return NOTHING
        day = self.expected_on.strftime("%d/%m/%Y")
        return Text(f"Đặt trước · dự kiến {day}", f"Order ahead · expected {day}")


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
    def reach_hours(self) -> int | None:
        """How soon the most delicate of the goods must arrive."""
        return min((line.reach_hours for line in self.lines if line.reach_hours is not None), default=None)

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


@dataclass(frozen=True, slots=True)
class LinePage:
    """A line as the basket page shows it."""

    sku: str = ""
    name: str = ""
    href: str = ""
    picture: str = ""
    price_text: str = ""
    before_text: str = ""
    expected_text: str = ""
    unit_text: str = ""
    quantity_text: str = ""
    total_text: str = ""
    problem: str = ""
    most_text: str = ""
    """What can still be had, where more is in the basket."""


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One seller's part of the basket page."""

    store_name: str = ""
    store_href: str = ""
    goods_total_text: str = ""
    lines: tuple[LinePage, ...] = ()


@dataclass(frozen=True, slots=True)
class BasketPage:
    """The basket page."""

    groups: tuple[GroupPage, ...] = ()
    goods_total_text: str = ""
    filled: bool = False
    ready: bool = False


def basket_page(basket: BasketView | None, locale: Locale) -> BasketPage:
    """The basket in words for a reader."""
    if basket is None or not basket.lines:
        return BasketPage()
    return BasketPage(
        groups=tuple(
            GroupPage(
                group.store_name,
                f"/s/{group.store_slug}",
                show_money(group.goods_total),
                tuple(_line_page(line, locale) for line in group.lines),
            )
            for group in basket.groups
        ),
        goods_total_text=show_money(basket.goods_total),
        filled=True,
        ready=not basket.problems,
    )


def _line_page(line: BasketLineView, locale: Locale) -> LinePage:
    return LinePage(
        sku=line.sku,
        name=line.full_name.say(locale),
        href=f"/p/{line.product_slug}?sku={line.sku}",
        picture=line.picture_url,
        price_text=show_money(line.price),
        before_text=show_money(line.before) if line.before else "",
        expected_text=line.expected_text.say(locale),
        unit_text=line.unit_text.say(locale),
        quantity_text=show_quantity(line.quantity, locale),
        total_text=show_money(line.total),
        problem=line.problem.say(locale) if line.problem else "",
        most_text=show_quantity(line.orderable, locale) if 0 < line.orderable < line.quantity else "",
    )
