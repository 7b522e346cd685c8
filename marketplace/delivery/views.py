"""What pages and the API show of delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from marketplace.base.text import Text
from marketplace.delivery.rules import SlotWanted


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """One way a seller can bring these goods to this buyer; fees in đồng, days from the seller's acceptance."""

    code: str
    kind: str
    label: Text
    days: Text
    fee: int
    kilogram_fee: int
    """For each started kilogram after the first."""
    free_above: int | None
    """The total of goods from which on it is free."""
    first: date
    """The first day on which the goods arrive or can be fetched, and the last."""
    last: date
    when: Text
    """Those days in words, with the hours where there are any."""
    place: str = ""
    """Where the goods are fetched: name and address of a point."""
    hours: str = ""
    """Between which hours, where the time is agreed rather than counted from the acceptance."""
    slots: tuple[SlotWanted, ...] = ()
    """What an order takes by choosing it."""
    run_id: int = 0
    """The run it goes along with, whose freight is paid once a purchase."""


@dataclass(frozen=True, slots=True)
class SellersOffer:
    """How one seller's goods can get to a buyer, and on what terms.

    `hours` the seller has to answer, closed days included; `missing` đồng of goods up to what it asks of an order.
    """

    ways: tuple[DeliveryOption, ...]
    hours: int
    minimum_order: int
    missing: int
    closed: Text


@dataclass(frozen=True, slots=True)
class Asks:
    """What a seller asks of every order and says of all: hours to answer, the least it is worth, and when it rests."""

    hours: int
    minimum_order: int
    closed: Text


@dataclass(frozen=True, slots=True)
class WayOffered:
    """A way a seller delivers, and how far; fee in đồng for the first kilogram."""

    label: Text
    reach: Text
    days: Text
    fee: int


@dataclass(frozen=True, slots=True)
class MethodCard:
    """A way of delivery in its owner's list."""

    code: str = ""
    label: str = ""
    reach: str = ""
    fee_text: str = ""
    days_text: str = ""
    active: bool = False
    removable: bool = False


@dataclass(frozen=True, slots=True)
class NamedCommune:
    """A commune a method names."""

    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    """How far a method may reach."""

    value: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class MethodForm:
    """A way of delivery as its form begins; amounts as they stand in an input."""

    code: str = ""
    kind: str = ""
    title: str = ""
    zone: str = ""
    zones: tuple[ZoneChoice, ...] = ()
    communes: tuple[NamedCommune, ...] = ()
    base_fee: str = ""
    kilogram_fee: str = ""
    free_above: str = ""
    days_from: str = ""
    days_to: str = ""
    cutoff: str = ""
    tariff: str = ""
    tariffs: tuple[ZoneChoice, ...] = ()
    bands_commune: str = ""
    bands_province: str = ""
    bands_country: str = ""


@dataclass(frozen=True, slots=True)
class ClosedCard:
    """A rest in its owner's list."""

    id: int = 0
    span_text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WindowCard:
    """A window of a pickup point."""

    id: int = 0
    text: str = ""
    capacity_text: str = ""


@dataclass(frozen=True, slots=True)
class PointCard:
    """A pickup point in its owner's list."""

    id: int = 0
    name: str = ""
    address: str = ""
    active: bool = False
    open: bool = False
    """Whether it has any window."""
    windows: tuple[WindowCard, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnDelivery:
    """How a shop delivers, as its owner arranges it."""

    seller_id: int = 0
    methods: tuple[MethodCard, ...] = ()
    minimum_order: str = ""
    orders_a_day: str = ""
    delivery_days: str = ""
    closed: tuple[ClosedCard, ...] = ()
    points: tuple[PointCard, ...] = ()


@dataclass(frozen=True, slots=True)
class StopCard:
    """A stop of a run, with the code by which buyers chose it."""

    id: int = 0
    code: str = ""
    place: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class RunCard:
    """A run in a list, and for who drives it."""

    id: int = 0
    name: str = ""
    day_text: str = ""
    fee_text: str = ""
    load_text: str = ""
    active: bool = False
    goes_along: bool = False
    sellers_text: str = ""
    stops: tuple[StopCard, ...] = ()
    list_href: str = ""


@dataclass(frozen=True, slots=True)
class RunsPage:
    """Runs of one's own and of others; the one whose form is open, and a count of drawings."""

    own: tuple[RunCard, ...] = ()
    others: tuple[RunCard, ...] = ()
    sells: bool = False
    opened: int = 0
    drawn: int = 0
