"""Tables of reviews, their photos, answers and reports, and of how many there are of each number of stars."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.base.columns import Identity, choice, identity, maybe_moment, moment, one_of, reference
from marketplace.reviews.rules import ReportReason, ReviewState


class Review(SQLModel, table=True):
    """What the buyer of one order line says of it. `author` is the shortened name, as it was then."""

    __tablename__ = "review"
    __table_args__ = (
        one_of("state", ReviewState),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars_range"),
        Index("ix_review_product_written", "product_id", "state", "written_at", "id"),
        Index("ix_review_product_stars", "product_id", "state", "stars", "written_at", "id"),
        Index("ix_review_seller_written", "seller_id", "written_at", "id"),
    )

    id: int = identity()
    order_line_id: int = reference("order_line.id", unique=True)
    product_id: int = reference("product.id", index=False)
    seller_id: int = reference("seller.id", index=False)
    account_id: int | None = reference("account.id", nullable=True)
    author: str = Field(max_length=40)
    variant: str = Field(default="", max_length=60)
    stars: int
    text: str = Field(default="", max_length=2000)
    state: ReviewState = choice(ReviewState.SHOWN)
    written_at: datetime = moment()
    edited_at: datetime | None = maybe_moment()
    hidden_reason: str | None = Field(default=None, max_length=500)


class ReviewPhoto(SQLModel, table=True):
    """A photo of a review; `key` names its stored renditions."""

    __tablename__ = "review_photo"

    id: int = identity()
    review_id: int = reference("review.id")
    key: str = Field(max_length=80)
    position: int = 0


class ReviewAnswer(SQLModel, table=True):
    """What the seller answers, once."""

    __tablename__ = "review_answer"

    id: int = identity()
    review_id: int = reference("review.id", unique=True)
    account_id: int = reference("account.id", index=False)
    text: str = Field(max_length=1000)
    written_at: datetime = moment()
    edited_at: datetime | None = maybe_moment()


class ReviewReport(SQLModel, table=True):
    """Somebody who wants staff to look at a review; settled when they did."""

    __tablename__ = "review_report"
    __table_args__ = (
        one_of("reason", ReportReason),
        UniqueConstraint("review_id", "account_id"),
        Index(
            "ix_review_report_open",
            "review_id",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    id: int = identity()
    review_id: int = reference("review.id", index=False)
    account_id: int = reference("account.id", index=False)
    reason: ReportReason = choice()
    note: str = Field(default="", max_length=300)
    reported_at: datetime = moment()
    settled_at: datetime | None = maybe_moment()


class ReviewCount(SQLModel, table=True):
    """How many shown reviews of a product have so many stars; kept in the transaction of each review."""

    __tablename__ = "review_count"
    __table_args__ = (
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars_range"),
        CheckConstraint("number >= 0", name="number_not_negative"),
    )

    product_id: int = Field(foreign_key="product.id", primary_key=True, sa_type=Identity)
    stars: int = Field(primary_key=True)
    number: int = 0
