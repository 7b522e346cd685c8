"""Tables of payments."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from marketplace.base.columns import choice, dong, identity, maybe_moment, moment, one_of, reference
from marketplace.payments.rules import PaymentMethod, PaymentState


class Payment(SQLModel, table=True):
    """Money a buyer owes or paid for one order, in đồng."""

    __tablename__ = "payment"
    __table_args__ = (
        one_of("method", PaymentMethod),
        one_of("state", PaymentState),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
    )

    id: int = identity()
    order_id: int = reference("seller_order.id")
    method: PaymentMethod = choice()
    state: PaymentState = choice(PaymentState.CREATED, index=True)
    amount: int = dong()
    created_at: datetime = moment()
    confirmed_at: datetime | None = maybe_moment()
