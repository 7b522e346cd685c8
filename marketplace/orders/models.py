"""Tables of purchases, orders, lines and charges."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.base.columns import choice, dong, identity, maybe_moment, moment, one_of, reference, thousandths
from marketplace.catalog.rules import PieceWeight
from marketplace.lots.rules import RecallChannel
from marketplace.orders.rules import ChargeKind, FulfilmentStatus, OrderStatus, PaymentStatus
from marketplace.payments.rules import PaymentMethod


class Purchase(SQLModel, table=True):
    """One checkout. Its status is derived from its orders."""

    __tablename__ = "purchase"

    id: int = identity()
    number: str = Field(unique=True, max_length=24)
    basket_id: int = reference("basket.id", unique=True)
    account_id: int | None = reference("account.id", nullable=True)
    buyer_name: str = Field(max_length=120)
    buyer_phone: str = Field(max_length=16, index=True)
    buyer_email: str | None = Field(default=None, max_length=254)
    commune_code: str = Field(foreign_key="commune.code")
    commune_name: str = Field(max_length=120)
    street: str = Field(max_length=200)
    payment_method: PaymentMethod = choice()
    total: int = dong()
    placed_at: datetime = moment(index=True)
    sealed_buyer: str | None = Field(default=None, sa_type=Text, nullable=True)
    """Who bought, once they had their account erased; the columns above then name nobody."""


class SellerOrder(SQLModel, table=True):
    """The part of a purchase that one seller answers and delivers."""

    __tablename__ = "seller_order"
    __table_args__ = (
        one_of("status", OrderStatus),
        one_of("fulfilment_status", FulfilmentStatus),
        one_of("payment_status", PaymentStatus),
        CheckConstraint("goods_total >= 0 AND delivery_fee >= 0", name="totals_not_negative"),
        CheckConstraint("total = goods_total + delivery_fee", name="total_adds_up"),
        Index("ix_seller_order_seller_placed", "seller_id", "placed_at"),
        # Statistics sum over these without touching the rows, and ask of each seller whether it sold lately.
        Index("ix_seller_order_placed", "placed_at", "seller_id", "goods_total"),
        Index("ix_seller_order_confirmed", "confirmed_at", "seller_id", "goods_total"),
        Index("ix_seller_order_completed", "completed_at", "seller_id", "goods_total"),
        Index("ix_seller_order_seller_confirmed", "seller_id", "confirmed_at", "status"),
        Index("ix_seller_order_seller_completed", "seller_id", "completed_at", "status"),
        Index("ix_seller_order_seller_status", "seller_id", "status", "placed_at"),
        Index(
            "ix_seller_order_unanswered",
            "accept_by",
            sqlite_where=text("status = 'placed'"),
            postgresql_where=text("status = 'placed'"),
        ),
    )

    id: int = identity()
    number: str = Field(unique=True, max_length=24)
    purchase_id: int = reference("purchase.id")
    seller_id: int = reference("seller.id", index=False)
    store_slug: str = Field(max_length=80)
    store_name: str = Field(max_length=120)
    status: OrderStatus = choice(OrderStatus.PLACED)
    fulfilment_status: FulfilmentStatus = choice(FulfilmentStatus.PENDING)
    payment_status: PaymentStatus = choice(PaymentStatus.NONE)
    goods_total: int = dong()
    delivery_fee: int = dong()
    total: int = dong()
    """What the buyer pays: at most while goods paid by weight are not weighed, exactly from then on."""
    delivery_code: str = Field(max_length=32)
    delivery_kind: str = Field(max_length=32)
    note: str = Field(default="", max_length=500)
    accept_by: datetime = moment()
    placed_at: datetime = moment()
    confirmed_at: datetime | None = maybe_moment()
    shipped_at: datetime | None = maybe_moment()
    delivered_at: datetime | None = maybe_moment()
    completed_at: datetime | None = maybe_moment()
    closed_reason: str | None = Field(default=None, max_length=500)
    kilogram_fee: int = dong(0)
    parcel_grams: int = Field(default=0, sa_type=BigInteger)
    """What the delivery fee was reckoned by, so that it falls with the weight by the terms of the sale."""
    arrives_from: date | None = None
    """The first and last day of arrival as agreed; none for orders of before these were agreed."""
    arrives_to: date | None = None
    delivery_place: str = Field(default="", max_length=400)
    """Where the goods are fetched, and between which hours, where that was agreed."""
    delivery_hours: str = Field(default="", max_length=16)


class OrderLine(SQLModel, table=True):
    """What was ordered, as it read then.

    Paid by weight where a piece weighs between two weights: `price` is for the kilogram, and `total`, which every sum reads, is
    the highest amount until `grams_final` is known.
    """

    __tablename__ = "order_line"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("total >= 0", name="total_not_negative"),
        CheckConstraint("(lot_id IS NULL) = (lot_grams IS NULL)", name="lot_with_weight"),
        CheckConstraint(
            "(lightest_grams IS NULL) = (heaviest_grams IS NULL) AND (lightest_grams IS NOT NULL OR grams_final IS NULL) "
            "AND (lightest_grams IS NULL OR (lightest_grams > 0 AND heaviest_grams > lightest_grams)) "
            "AND (grams_final IS NULL OR grams_final > 0)",
            name="pieces_weigh",
        ),
    )

    id: int = identity()
    order_id: int = reference("seller_order.id")
    sku_id: int = reference("sku.id")
    product_slug: str = Field(max_length=96)
    name: str = Field(max_length=120)
    unit: str = Field(max_length=16)
    price: int = dong()
    quantity: int = thousandths()
    grams_final: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    """What all its pieces weighed together when they were packed."""
    total: int = dong()
    picture: str | None = Field(default=None, max_length=80)
    variant: str = Field(default="", max_length=60)
    expected_on: date | None = None
    """When the goods were expected, where they were ordered ahead."""
    lot_id: int | None = reference("lot.id", nullable=True)
    """The lot it was packed from."""
    lot_grams: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    """What it took of that lot, in grams, as it was packed."""
    lightest_grams: int | None = None
    """What one piece was said to weigh at least, and at most, where it is paid by weight."""
    heaviest_grams: int | None = None

    @property
    def piece(self) -> PieceWeight | None:
        """What one piece was said to weigh, where it is paid by weight."""
        if self.lightest_grams is None or self.heaviest_grams is None:
            return None
        return PieceWeight(self.lightest_grams, self.heaviest_grams)


class RecallNotice(SQLModel, table=True):
    """That the buyer of an order was told of a recalled lot in it: when, how, and when they said that they know."""

    __tablename__ = "recall_notice"
    __table_args__ = (UniqueConstraint("lot_id", "order_id"), one_of("channel", RecallChannel))

    id: int = identity()
    lot_id: int = reference("lot.id", index=False)
    order_id: int = reference("seller_order.id")
    channel: RecallChannel = choice(RecallChannel.PAGE)
    told_at: datetime = moment()
    acknowledged_at: datetime | None = maybe_moment()


class OrderCharge(SQLModel, table=True):
    """A typed charge frozen at the sale, or when goods were weighed; `rate` in ten-thousandths where it is one."""

    __tablename__ = "order_charge"
    __table_args__ = (
        one_of("kind", ChargeKind),
        UniqueConstraint("order_id", "kind"),
        CheckConstraint("amount <= 0 OR kind IN ('delivery', 'commission')", name="weighing_lowers"),
    )

    id: int = identity()
    order_id: int = reference("seller_order.id", index=False)
    kind: ChargeKind = choice()
    amount: int = dong()
    rate: int | None = None


class CheckoutReplay(SQLModel, table=True):
    """The answer given to an Idempotency-Key, so that a repeated checkout gets the same one."""

    __tablename__ = "checkout_replay"

    key_digest: str = Field(primary_key=True, max_length=64)
    body_digest: str = Field(max_length=64)
    purchase_id: int = reference("purchase.id")
    answer: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    created_at: datetime = moment(index=True)
