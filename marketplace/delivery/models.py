"""Tables of delivery methods a seller offers."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.base.columns import choice, dong, identity, one_of, reference
from marketplace.delivery.rules import MethodKind, Zone


class DeliveryMethod(SQLModel, table=True):
    """A way of delivery with its price: a base fee, a fee for each started kilogram, free above a goods total."""

    __tablename__ = "delivery_method"
    __table_args__ = (
        UniqueConstraint("seller_id", "code"),
        one_of("kind", MethodKind),
        one_of("zone", Zone),
        CheckConstraint("base_fee >= 0 AND kilogram_fee >= 0", name="fees_not_negative"),
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
