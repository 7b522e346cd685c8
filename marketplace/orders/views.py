"""What pages and the API show of orders."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as it was ordered."""

    sku: str = ""
    name: str = ""
    href: str = ""
    quantity_text: str = ""
    unit_text: str = ""
    price_text: str = ""
    total_text: str = ""
    picture: str = ""
    expected_text: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """One stage of the timeline: done with its time, or still to come."""

    label: str = ""
    at: str = ""
    done: bool = False
    trouble: bool = False


@dataclass(frozen=True, slots=True)
class OrderCard:
    """An order in a list."""

    number: str = ""
    href: str = ""
    placed_at: str = ""
    status: str = ""
    status_text: str = ""
    total_text: str = ""
    summary: str = ""
    buyer: str = ""
    place: str = ""
    payment_text: str = ""
    deadline_text: str = ""
    urgent: bool = False
    can_accept: bool = False
    store_name: str = ""
    fulfilment: str = ""
    troubled: bool = False


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order in full, for its buyer or its seller. Money in đồng beside its text."""

    number: str = ""
    purchase: str = ""
    store_name: str = ""
    store_href: str = ""
    status: str = ""
    status_text: str = ""
    fulfilment: str = ""
    fulfilment_text: str = ""
    payment_status: str = ""
    payment_text: str = ""
    payment_method_text: str = ""
    placed_at: str = ""
    deadline_text: str = ""
    lines: tuple[LineView, ...] = ()
    steps: tuple[StepView, ...] = ()
    goods_total: int = 0
    delivery_fee: int = 0
    total: int = 0
    goods_total_text: str = ""
    delivery_fee_text: str = ""
    total_text: str = ""
    delivery_text: str = ""
    note: str = ""
    buyer_name: str = ""
    buyer_phone: str = ""
    buyer_phone_href: str = ""
    address: str = ""
    contract: str = ""
    contract_state: str = ""
    contract_text: str = ""
    contract_href: str = ""
    pdf_href: str = ""
    can_accept: bool = False
    can_give_up: bool = False
    can_cancel: bool = False
    next_step: str = ""
    next_step_text: str = ""
    fail_text: str = ""
    can_take_back: bool = False
    can_collect: bool = False
    commission_text: str = ""
    net_text: str = ""
    reason_text: str = ""
    closed: bool = False
    troubled: bool = False
    by_link: bool = False
    """Opened by its private link, which the buyer should keep."""


@dataclass(frozen=True, slots=True)
class SellerToday:
    """What a seller should do now."""

    store_name: str = ""
    store_href: str = ""
    selling: bool = False
    standing: str = ""
    reason: str = ""
    """Why the staff refused or suspended the shop."""
    waiting: tuple[OrderCard, ...] = field(default_factory=tuple)
    to_ship: int = 0
    underway: int = 0
    to_collect: int = 0
    failed: int = 0
    earned_text: str = ""
    low_stock: int = 0


@dataclass(frozen=True, slots=True)
class WayPage:
    """A way of delivery to choose."""

    code: str = ""
    label: str = ""
    fee_text: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ClausePage:
    """A clause of a contract."""

    title: str = ""
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotePage:
    """One seller's order at checkout: what is in it, how it comes, and its whole contract."""

    store_slug: str = ""
    store_name: str = ""
    lines: tuple[LineView, ...] = ()
    ways: tuple[WayPage, ...] = ()
    note: str = ""
    goods_total_text: str = ""
    delivery_fee_text: str = ""
    total_text: str = ""
    acceptance_text: str = ""
    """How long the seller takes to answer at most."""
    clauses: tuple[ClausePage, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """An order just placed: its number, its private link, its contract."""

    number: str = ""
    store: str = ""
    total_text: str = ""
    href: str = ""
    pdf_href: str = ""
    contract: str = ""
    accepted: bool = False
    answer_text: str = ""
    """By when the seller answers."""


@dataclass(frozen=True, slots=True)
class CheckoutPage:
    """The checkout page in one of its steps: details, review, done, empty."""

    step: str = "details"
    goods_total_text: str = ""
    orders: tuple[QuotePage, ...] = ()
    """Of each seller; before the details are known only goods and their sum."""
    total_text: str = ""
    placed: tuple[PlacedPage, ...] = ()
    purchase: str = ""
