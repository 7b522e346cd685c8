"""Tables of how sellers deliver: methods, terms, closed days, pickup points, and what is limited."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.base.columns import choice, dong, identity, maybe_moment, moment, one_of, reference
from marketplace.delivery.rules import MethodKind, Tariff, Zone


class DeliveryMethod(SQLModel, table=True):
    """A way of delivery with its price: a base fee, a fee for each started kilogram, free above a goods total.

    Orders that come from `cutoff` on, in minutes from midnight, count as of the next day.
    """

    __tablename__ = "delivery_method"
    __table_args__ = (
        UniqueConstraint("seller_id", "code"),
        one_of("kind", MethodKind),
        one_of("zone", Zone),
        one_of("tariff", Tariff),
        CheckConstraint("base_fee >= 0 AND kilogram_fee >= 0", name="fees_not_negative"),
        CheckConstraint("cutoff BETWEEN 0 AND 1440", name="cutoff_of_day"),
        CheckConstraint("days_from >= 0 AND days_to >= days_from", name="days_in_order"),
    )

    id: int = identity()
    seller_id: int = reference("seller.id", index=False)
    code: str = Field(max_length=32)
    kind: MethodKind = choice()
    zone: Zone = choice()
    base_fee: int = dong(0)
    kilogram_fee: int = dong(0)
    free_above: int | None = Field(default=None, sa_type=BigInteger)
    days_from: int = 0
    days_to: int = 1
    active: bool = True
    cutoff: int | None = None
    tariff: Tariff = choice(Tariff.KILOGRAM)
    """How its fee is reckoned: by the started kilogram, or by the rates of its table."""


class DeliveryRate(SQLModel, table=True):
    """A band of a method's table: what a parcel up to so many grams costs into a zone, the seller's commune nearest."""

    __tablename__ = "delivery_rate"
    __table_args__ = (
        UniqueConstraint("method_id", "zone", "up_to_grams"),
        one_of("zone", Zone),
        CheckConstraint("up_to_grams > 0 AND fee >= 0", name="band_possible"),
    )

    id: int = identity()
    method_id: int = reference("delivery_method.id", index=False)
    zone: Zone = choice()
    up_to_grams: int = Field(sa_type=BigInteger)
    fee: int = dong()


class DeliveryCommune(SQLModel, table=True):
    """A commune that a method names."""

    __tablename__ = "delivery_commune"
    __table_args__ = (UniqueConstraint("method_id", "commune_code"),)

    id: int = identity()
    method_id: int = reference("delivery_method.id", index=False)
    commune_code: str = Field(foreign_key="commune.code", index=True)


class DeliveryTerms(SQLModel, table=True):
    """What a seller asks of every order, whatever way it takes; no row where a seller asks nothing."""

    __tablename__ = "delivery_terms"
    __table_args__ = (
        CheckConstraint("minimum_order >= 0", name="minimum_not_negative"),
        CheckConstraint("orders_a_day > 0", name="orders_positive"),
    )

    id: int = identity()
    seller_id: int = reference("seller.id", unique=True)
    minimum_order: int = dong(0)
    orders_a_day: int | None = None


class ClosedDays(SQLModel, table=True):
    """Days on which a seller rests, first and last included; the reason is shown to shoppers."""

    __tablename__ = "closed_days"
    __table_args__ = (CheckConstraint("last >= first", name="days_in_order"),)

    id: int = identity()
    seller_id: int = reference("seller.id")
    first: date
    last: date
    reason: str = Field(default="", max_length=120)


class PickupPoint(SQLModel, table=True):
    """A place where a seller's goods can be fetched."""

    __tablename__ = "pickup_point"

    id: int = identity()
    seller_id: int = reference("seller.id")
    name: str = Field(max_length=80)
    commune_code: str = Field(foreign_key="commune.code")
    street: str = Field(max_length=200)
    active: bool = True


class PickupWindow(SQLModel, table=True):
    """Hours of a weekday at a point, in minutes from midnight, and how many orders can be handed over in them.

    One that orders were promised in is retired, never changed: they keep what they agreed.
    """

    __tablename__ = "pickup_window"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_of_week"),
        CheckConstraint("opens >= 0 AND closes > opens AND closes <= 1440", name="hours_in_order"),
        CheckConstraint("capacity > 0", name="capacity_positive"),
    )

    id: int = identity()
    point_id: int = reference("pickup_point.id")
    weekday: int
    opens: int
    closes: int
    capacity: int
    active: bool = True


class DeliverySlot(SQLModel, table=True):
    """What of something limited is taken: orders of a day, of a window on a day, or what a run carries.

    Made when the first order asks for it. The CHECK stands behind the conditional UPDATE of `service/limiting.py`.
    """

    __tablename__ = "delivery_slot"
    __table_args__ = (
        CheckConstraint("orders >= 0 AND grams >= 0", name="taken_not_negative"),
        CheckConstraint(
            "(orders_room IS NULL OR orders <= orders_room) AND (grams_room IS NULL OR grams <= grams_room)",
            name="never_above",
        ),
    )

    id: int = identity()
    code: str = Field(unique=True, max_length=64)
    orders_room: int | None = None
    grams_room: int | None = Field(default=None, sa_type=BigInteger)
    orders: int = 0
    grams: int = Field(default=0, sa_type=BigInteger)


class DeliveryHold(SQLModel, table=True):
    """What an order, by its number, takes of a slot until it is released."""

    __tablename__ = "delivery_hold"
    __table_args__ = (UniqueConstraint("reference", "slot_id"), Index("ix_delivery_hold_slot", "slot_id"))

    id: int = identity()
    slot_id: int = reference("delivery_slot.id", index=False)
    reference: str = Field(max_length=24)
    grams: int = Field(default=0, sa_type=BigInteger)
    released_at: datetime | None = maybe_moment()


class PickupRun(SQLModel, table=True):
    """One drive for several sellers, with a window of orders and what it carries; organised by a shop, or by staff.

    `fee` is paid once a purchase and shared by its orders. One that is called off takes no more orders.
    """

    __tablename__ = "pickup_run"
    __table_args__ = (
        CheckConstraint("orders_room > 0 AND grams_room > 0 AND fee >= 0", name="load_possible"),
        CheckConstraint("closes_at > opens_at", name="window_in_order"),
        Index("ix_pickup_run_day", "day"),
    )

    id: int = identity()
    name: str = Field(max_length=80)
    account_id: int = reference("account.id", index=False)
    seller_id: int | None = reference("seller.id", index=False, nullable=True)
    day: date
    opens_at: datetime = moment()
    closes_at: datetime = moment()
    fee: int = dong()
    orders_room: int
    grams_room: int = Field(sa_type=BigInteger)
    active: bool = True


class RunStop(SQLModel, table=True):
    """Where a run hands goods over, and between which minutes of its day."""

    __tablename__ = "run_stop"
    __table_args__ = (CheckConstraint("opens >= 0 AND closes > opens AND closes <= 1440", name="hours_in_order"),)

    id: int = identity()
    run_id: int = reference("pickup_run.id")
    name: str = Field(max_length=80)
    street: str = Field(max_length=200)
    commune_code: str = Field(foreign_key="commune.code", index=True)
    opens: int
    closes: int


class RunMember(SQLModel, table=True):
    """A seller that sends goods along with a run."""

    __tablename__ = "run_member"
    __table_args__ = (UniqueConstraint("run_id", "seller_id"),)

    id: int = identity()
    run_id: int = reference("pickup_run.id", index=False)
    seller_id: int = reference("seller.id")
