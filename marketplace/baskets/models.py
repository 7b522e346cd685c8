"""Tables of baskets. A basket has no status; a purchase that came of it points to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.base.columns import identity, maybe_moment, moment, reference, thousandths


class Basket(SQLModel, table=True):
    """An open basket. Its public id is a secret: whoever holds it may use it."""

    __tablename__ = "basket"

    id: int = identity()
    public_id: str = Field(unique=True, max_length=48)
    visitor_digest: str | None = Field(default=None, max_length=64, index=True)
    account_id: int | None = reference("account.id", nullable=True)
    created_at: datetime = moment()
    updated_at: datetime = moment(index=True)
    ordered_at: datetime | None = maybe_moment()


class BasketLine(SQLModel, table=True):
    """A quantity of one stock keeping unit in a basket."""

    __tablename__ = "basket_line"
    __table_args__ = (
        UniqueConstraint("basket_id", "sku_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    id: int = identity()
    basket_id: int = reference("basket.id", index=False)
    sku_id: int = reference("sku.id")
    quantity: int = thousandths()
    added_at: datetime = moment()
