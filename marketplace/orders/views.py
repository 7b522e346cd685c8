"""What pages and the API show of orders."""

from __future__ import annotations

from dataclasses import dataclass, field

from marketplace.lots.views import CorrectionView, LotChoice, LotTestView, OwnLot, Passport
from marketplace.reviews.views import OwnReview


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
    review_href: str = ""
    """Where its buyer says what it is like, once it was received."""
    review_text: str = ""
    lot_number: str = ""
    lot_href: str = ""
    """The passport of the lot it was packed from."""
    lot_recalled: bool = False
    measured_text: str = ""
    """`2 kg × 50.000 ₫`, or what it weighs each or weighed."""
    about_text: str = ""
    """Between which amounts goods still to be weighed come to be; `total_text` is the highest."""
    weight_text: str = ""
    """What it weighed, where it is paid by weight."""


@dataclass(frozen=True, slots=True)
class WeighView:
    """A line the seller weighs before packing: the name of its input, and words beside it."""

    field: str = ""
    label: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PackingLine:
    """A line whose lot is chosen as it is packed; `name` of its field, and what to do where no lot is left."""

    field: str = ""
    name: str = ""
    quantity_text: str = ""
    lots: tuple[LotChoice, ...] = ()
    needs_lot: bool = False
    """Whether it cannot be packed without one, since a lot of these goods was recalled."""
    lots_href: str = ""


@dataclass(frozen=True, slots=True)
class RecallView:
    """A recalled lot in an order, as its buyer is told."""

    number: str = ""
    href: str = ""
    goods: str = ""
    reason: str = ""
    advice: str = ""
    at: str = ""
    acknowledged_text: str = ""


@dataclass(frozen=True, slots=True)
class AffectedBuyer:
    """Somebody who has goods of a lot; for its seller and the staff alone. The weight in grams beside its text."""

    number: str = ""
    placed_at: str = ""
    name: str = ""
    phone: str = ""
    phone_href: str = ""
    place: str = ""
    goods: str = ""
    grams: int = 0
    weight_text: str = ""
    status_text: str = ""
    told_text: str = ""
    channel_text: str = ""
    acknowledged_text: str = ""


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
    recalled: bool = False
    """Whether it holds goods of a recalled lot."""
    phone_href: str = ""
    message_href: str = ""
    """To call or write to the buyer; for the seller alone, while the order is open."""


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
    to_weigh: tuple[WeighView, ...] = ()
    estimated: bool = False
    """Some goods are still to be weighed: sums are the highest there may be."""
    steps: tuple[StepView, ...] = ()
    goods_total: int = 0
    delivery_fee: int = 0
    total: int = 0
    goods_total_text: str = ""
    delivery_fee_text: str = ""
    total_text: str = ""
    delivery_text: str = ""
    arrival_text: str = ""
    """When it comes or is fetched, as agreed."""
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
    recalls: tuple[RecallView, ...] = ()
    must_acknowledge: bool = False
    """Whether the buyer has not said yet that they know of a recall."""
    packing: tuple[PackingLine, ...] = ()
    """What the seller chooses lots for, now that the goods are packed, or packed anew."""
    repacking: bool = False
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
    """A way of delivery to choose, in the order of which shop."""

    store: str = ""
    code: str = ""
    label: str = ""
    detail: str = ""
    """When and where."""
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
    closed_text: str = ""
    """When the shop rests, now or soon."""
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
    estimated: bool = False
    """Some goods are paid by weight: sums are the highest there may be."""
    orders: tuple[QuotePage, ...] = ()
    """Of each seller; before the details are known only goods and their sum."""
    total_text: str = ""
    placed: tuple[PlacedPage, ...] = ()
    purchase: str = ""


@dataclass(frozen=True, slots=True)
class LotsPage:
    """The lots of a product as its seller manages them; `drawn` counts fresh drawings of the form."""

    product_id: int = 0
    product_name: str = ""
    goods_href: str = ""
    lots: tuple[OwnLot, ...] = ()
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class LotPage:
    """One lot as its seller manages it, and who has goods of it."""

    lot: OwnLot = field(default_factory=OwnLot)
    tests: tuple[LotTestView, ...] = ()
    corrections: tuple[CorrectionView, ...] = ()
    buyers: tuple[AffectedBuyer, ...] = ()
    buyers_href: str = ""
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class StaffLotPage:
    """A lot that the staff looked up by the code on its label."""

    asked: str = ""
    seller_id: int = 0
    lot: Passport = field(default_factory=Passport)
    holders: int = 0
    """How many orders hold goods of it; who they are is told once it is recalled."""
    buyers: tuple[AffectedBuyer, ...] = ()
    buyers_href: str = ""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A line of a received order with what its buyer says of it."""

    number: str = ""
    line_id: int = 0
    order_href: str = ""
    name: str = ""
    picture: str = ""
    store_name: str = ""
    upload_href: str = ""
    review: OwnReview = field(default_factory=OwnReview)


@dataclass(frozen=True, slots=True)
class RunOrder:
    """An order a run hands over."""

    number: str = ""
    store: str = ""
    buyer: str = ""
    phone: str = ""
    phone_href: str = ""
    total_text: str = ""
    status_text: str = ""


@dataclass(frozen=True, slots=True)
class RunStopList:
    """What is handed over at a stop, and what is collected there."""

    place: str = ""
    hours: str = ""
    sum_text: str = ""
    orders: tuple[RunOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class RunListPage:
    """A run by stop."""

    name: str = ""
    day_text: str = ""
    load_text: str = ""
    stops: tuple[RunStopList, ...] = ()
