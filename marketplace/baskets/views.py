"""What pages and the API show of a basket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from marketplace.base.errors import DomainError
from marketplace.base.money import show_money
from marketplace.base.quantity import THOUSAND, show_quantity
from marketplace.base.text import NOTHING, Locale, Text
from marketplace.catalog.rules import KILOGRAM, PieceWeight, about_text, goods_amount, sum_text, weights_text
from marketplace.catalog.views import full_name


@dataclass(frozen=True, slots=True)
class BasketLineView:
    """One line: goods, quantity in thousandths, đồng, and what stands in the way of ordering it.

    Where `piece` says that goods are paid by weight, `price` is for the kilogram, and `total` the most they may come to.
    """

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
    lowest: int
    piece: PieceWeight | None
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
    def unit_price(self) -> int:
        """Đồng for one unit, at most."""
        return goods_amount(self.price, THOUSAND, self.piece)

    @property
    def price_unit(self) -> Text:
        """What `price` is for."""
        return self.unit_text if self.piece is None else KILOGRAM

    @property
    def weights_text(self) -> Text:
        """What one piece weighs; empty for goods not paid by weight."""
        return NOTHING if self.piece is None else weights_text(self.piece)

    @property
    def about_text(self) -> Text:
        """Between which amounts the line will come to be; empty for goods not paid by weight."""
        return NOTHING if self.piece is None else about_text(self.lowest, self.total)

    @property
    def expected_text(self) -> Text:
        """When goods ordered ahead will be there; empty for goods that are there."""
        if self.expected_on is None:
            return NOTHING
        day = self.expected_on.strftime("%d/%m/%Y")
        return Text(f"Đặt trước · dự kiến {day}", f"Order ahead · expected {day}")


def weighed_terms(line: BasketLineView) -> dict[str, int] | None:
    """How a line is paid by weight, for the API: đồng a kilogram, grams of a piece, and what it may come to."""
    if line.piece is None:
        return None
    return {
        "price_per_kg": line.price,
        "from_grams": line.piece.lightest,
        "to_grams": line.piece.heaviest,
        "lowest": line.lowest,
        "highest": line.total,
    }


@dataclass(frozen=True, slots=True)
class BasketGroup:
    """The lines of one seller; each becomes an order with a contract and a delivery of its own."""

    seller_id: int
    store_slug: str
    store_name: str
    lines: tuple[BasketLineView, ...]

    @property
    def goods_total(self) -> int:
        """Đồng for the goods of this seller, at most where some are to be weighed."""
        return sum(line.total for line in self.lines)

    @property
    def estimated(self) -> bool:
        """Whether some are paid by weight."""
        return any(line.piece is not None for line in self.lines)

    @property
    def reach_hours(self) -> int | None:
        """How soon the most delicate of the goods must arrive."""
        return min((line.reach_hours for line in self.lines if line.reach_hours is not None), default=None)

    @property
    def expected_on(self) -> date | None:
        """When the last of the goods ordered ahead are expected: all of an order comes together."""
        return max((line.expected_on for line in self.lines if line.expected_on is not None), default=None)

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
        """Đồng for all goods, without delivery, at most where some are to be weighed."""
        return sum(group.goods_total for group in self.groups)

    @property
    def estimated(self) -> bool:
        """Whether some are paid by weight."""
        return any(group.estimated for group in self.groups)

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
    price_unit: str = ""
    weights_text: str = ""
    about_text: str = ""
    """Between which amounts goods paid by weight come to be; `total_text` is the highest."""
    quantity_text: str = ""
    total_text: str = ""
    problem: str = ""
    most_text: str = ""
    """What can still be had, where more is in the basket."""


@dataclass(frozen=True, slots=True)
class WayLine:
    """A way in which goods can come, on the basket page."""

    label: str = ""
    detail: str = ""
    fee_text: str = ""


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One seller's part of the basket page; how its goods come is told by who knows (`orders.service.telling`)."""

    store_name: str = ""
    store_href: str = ""
    goods_total_text: str = ""
    lines: tuple[LinePage, ...] = ()
    ways: tuple[WayLine, ...] = ()
    more_ways: str = ""
    """That there are others, told at the checkout."""
    refusal: str = ""
    """Why these goods cannot be ordered to there."""
    hint: str = ""
    """What is missing to free delivery."""
    closed: str = ""
    """When the shop rests."""


@dataclass(frozen=True, slots=True)
class BasketPage:
    """The basket page."""

    groups: tuple[GroupPage, ...] = ()
    goods_total_text: str = ""
    estimated: bool = False
    """Some goods are paid by weight, so that sums are the highest there may be."""
    filled: bool = False
    ready: bool = False
    place: str = ""
    """Where to, where that is known."""


def basket_page(basket: BasketView | None, locale: Locale) -> BasketPage:
    """The basket in words for a reader."""
    if basket is None or not basket.lines:
        return BasketPage()
    return BasketPage(
        groups=tuple(
            GroupPage(
                group.store_name,
                f"/s/{group.store_slug}",
                sum_text(group.goods_total, locale, estimated=group.estimated),
                tuple(_line_page(line, locale) for line in group.lines),
            )
            for group in basket.groups
        ),
        goods_total_text=sum_text(basket.goods_total, locale, estimated=basket.estimated),
        estimated=basket.estimated,
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
        price_unit=line.price_unit.say(locale),
        weights_text=line.weights_text.say(locale),
        about_text=line.about_text.say(locale),
        quantity_text=show_quantity(line.quantity, locale),
        total_text=sum_text(line.total, locale, estimated=line.piece is not None),
        problem=line.problem.say(locale) if line.problem else "",
        most_text=show_quantity(line.orderable, locale) if 0 < line.orderable < line.quantity else "",
    )
