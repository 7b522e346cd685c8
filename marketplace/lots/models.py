"""Tables of lots, their tests, and what was corrected of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.base.columns import choice, dong, identity, maybe_moment, moment, one_of, reference
from marketplace.base.schema import append_only
from marketplace.lots.rules import LotState


class Lot(SQLModel, table=True):
    """A harvest of one product, as it stands now; what was sold of it is the sum of the order lines that name it.

    `code` is its passport's public, unguessable one, `number` the seller's own. Once something was packed of it
    (`first_packed_at`), what changes leaves its old value in `LotCorrection`.
    """

    __tablename__ = "lot"
    __table_args__ = (
        one_of("state", LotState),
        UniqueConstraint("seller_id", "number"),
        Index("ix_lot_product_state", "product_id", "state"),
        CheckConstraint("harvested_grams > 0", name="harvest_positive"),
        CheckConstraint("(last_sprayed_on IS NULL) = (waiting_days IS NULL)", name="spray_with_waiting_days"),
        CheckConstraint("waiting_days >= 0", name="waiting_days_not_negative"),
        CheckConstraint("(state = 'recalled') = (recalled_at IS NOT NULL)", name="recalled_when"),
    )

    id: int = identity()
    code: str = Field(unique=True, max_length=16)
    seller_id: int = reference("seller.id", index=False)
    product_id: int = reference("product.id", index=False)
    number: str = Field(max_length=20)
    state: LotState = choice(LotState.OPEN)
    area_code: str = Field(default="", max_length=30)
    plot: str = Field(default="", max_length=120)
    sown_on: date | None = None
    inputs: str = Field(default="", max_length=1000)
    spray: str = Field(default="", max_length=120)
    last_sprayed_on: date | None = None
    waiting_days: int | None = None
    harvested_on: date
    harvested_grams: int = dong()
    packed_on: date | None = None
    packer: str = Field(default="", max_length=120)
    expires_on: date | None = None
    created_at: datetime = moment()
    first_packed_at: datetime | None = maybe_moment()
    recalled_at: datetime | None = maybe_moment()
    recall_reason: str = Field(default="", max_length=300)
    recall_advice: str = Field(default="", max_length=600)
    recalled_by_staff: bool = False


class LotTest(SQLModel, table=True):
    """A laboratory's finding on a lot; `document` names a stored file."""

    __tablename__ = "lot_test"

    id: int = identity()
    lot_id: int = reference("lot.id")
    subject: str = Field(max_length=120)
    laboratory: str = Field(max_length=120)
    tested_on: date
    result: str = Field(max_length=120)
    passed: bool = True
    document: str | None = Field(default=None, max_length=80)
    document_kind: str | None = Field(default=None, max_length=32)
    created_at: datetime = moment()


class LotCorrection(SQLModel, table=True):
    """One entry of a lot that was corrected after goods of it had been packed: what it said, what it says, who and why."""

    __tablename__ = "lot_correction"

    id: int = identity()
    lot_id: int = reference("lot.id")
    field: str = Field(max_length=32)
    before: str = Field(max_length=1000)
    after: str = Field(max_length=1000)
    reason: str = Field(max_length=300)
    by_account_id: int | None = reference("account.id", nullable=True, index=False)
    at: datetime = moment()


append_only(LotCorrection)
