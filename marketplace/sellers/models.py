"""Tables of sellers, members, invitations and stores."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.base.columns import choice, identity, maybe_moment, moment, one_of, reference
from marketplace.sellers.rules import ApplicationPaper, MemberRole, SellerKind, SellerStatus, ShopTheme


class Seller(SQLModel, table=True):
    """A farm, household business, co-operative or enterprise that sells."""

    __tablename__ = "seller"
    __table_args__ = (
        one_of("kind", SellerKind),
        one_of("status", SellerStatus),
        CheckConstraint("acceptance_hours BETWEEN 1 AND 168", name="acceptance_hours_range"),
        CheckConstraint(
            "(bank IS NULL) = (bank_account IS NULL) AND (bank IS NULL) = (bank_holder IS NULL)", name="bank_whole"
        ),
    )

    id: int = identity()
    kind: SellerKind = choice()
    status: SellerStatus = choice(SellerStatus.APPLIED, index=True)
    legal_name: str = Field(max_length=160)
    tax_code: str | None = Field(default=None, max_length=14, index=True)
    commune_code: str = Field(foreign_key="commune.code", index=True)
    street: str = Field(default="", max_length=200)
    phone: str = Field(max_length=16, index=True)
    acceptance_hours: int = 12
    accepts_automatically: bool = False
    applied_at: datetime = moment()
    decided_at: datetime | None = maybe_moment()
    decision_reason: str | None = Field(default=None, max_length=500)
    asked: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The entries and papers staff asked to mend, by name; empty unless more is needed."""
    bank: str | None = Field(default=None, max_length=6)
    """The BIN of the bank payouts go to; it, the account and its holder are there together or not at all."""
    bank_account: str | None = Field(default=None, max_length=19, index=True)
    bank_holder: str | None = Field(default=None, max_length=100)


class SellerApplication(SQLModel, table=True):
    """An application being filled in: what an account typed so far, on whichever device; gone once it is sent."""

    __tablename__ = "seller_application"

    id: int = identity()
    account_id: int = reference("account.id", unique=True)
    version: int = 0
    """Counts saves, so that a device knows that another one saved since."""
    step: str = Field(default="who", max_length=16)
    typed: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Entries as typed, by name: always read whole, with their application."""
    written: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """The version in which each entry was last written."""
    saved_at: datetime = moment()


class ApplicationPhoto(SQLModel, table=True):
    """A photo of a paper, seen by its owner and by who reviews the application, and never under an open address."""

    __tablename__ = "application_photo"
    __table_args__ = (UniqueConstraint("account_id", "paper"), one_of("paper", ApplicationPaper))

    id: int = identity()
    account_id: int = reference("account.id", index=False)
    seller_id: int | None = reference("seller.id", nullable=True)
    """Set once the application was sent: before, only its owner sees it."""
    paper: ApplicationPaper = choice()
    key: str = Field(max_length=32, unique=True)
    added_at: datetime = moment()


class SellerMember(SQLModel, table=True):
    """A person working for a seller. An account owns at most one seller."""

    __tablename__ = "seller_member"
    __table_args__ = (
        UniqueConstraint("seller_id", "account_id"),
        one_of("role", MemberRole),
        Index(
            "uq_seller_member_owner",
            "account_id",
            unique=True,
            sqlite_where=text("role = 'owner'"),
            postgresql_where=text("role = 'owner'"),
        ),
    )

    id: int = identity()
    seller_id: int = reference("seller.id", index=False)
    account_id: int = reference("account.id")
    role: MemberRole = choice(MemberRole.OWNER)
    tasks: str = Field(default="", max_length=64)
    """What a helper does, by `rules.write_tasks`; an owner does everything."""


class SellerInvitation(SQLModel, table=True):
    """A link by which one more person may join a seller; only the digest of its token is kept."""

    __tablename__ = "seller_invitation"

    id: int = identity()
    token_digest: str = Field(unique=True, max_length=64)
    seller_id: int = reference("seller.id")
    created_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = maybe_moment()
    tasks: str = Field(default="", max_length=64)


class Store(SQLModel, table=True):
    """A seller's public shop, as it presents itself.

    `followers`, `rating_count` and `rating_sum` are counters, kept by whoever writes what they count, in the same
    transaction.
    """

    __tablename__ = "store"
    __table_args__ = (
        one_of("theme", ShopTheme),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="position_whole"),
        CheckConstraint("delivery_days BETWEEN 0 AND 127", name="delivery_days_of_week"),
        CheckConstraint("followers >= 0", name="followers_not_negative"),
        CheckConstraint("rating_sum BETWEEN rating_count AND rating_count * 5", name="rating_possible"),
    )

    id: int = identity()
    seller_id: int = reference("seller.id", unique=True)
    slug: str = Field(unique=True, max_length=80)
    name: str = Field(max_length=120)
    story: str = Field(default="", max_length=2000)
    portrait: str | None = Field(default=None, max_length=80)
    created_at: datetime = moment()
    banner: str | None = Field(default=None, max_length=80)
    theme: ShopTheme = choice(ShopTheme.LEAF)
    opening: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """For each weekday from Monday a pair of minutes, or null: always read whole, with its shop."""
    delivery_days: int = 0
    """A bit each from Monday; 0 where nothing was said."""
    latitude: float | None = None
    longitude: float | None = None
    """Where exactly it is; the commune's centroid where that was not said."""
    followers: int = 0
    rating_count: int = 0
    rating_sum: int = 0


class Follow(SQLModel, table=True):
    """An account that wants to see what is new in a shop.

    `visit_began` is when its owner last came to look, `seen_until` what was known by the end of the visit before: what
    was listed since then is new for the whole of a visit.
    """

    __tablename__ = "follow"
    __table_args__ = (UniqueConstraint("account_id", "store_id"),)

    id: int = identity()
    account_id: int = reference("account.id", index=False)
    store_id: int = reference("store.id")
    followed_at: datetime = moment()
    visit_began: datetime = moment()
    seen_until: datetime = moment()
