"""Tables of the catalogue and of stock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, String, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.base.columns import (
    choice,
    dong,
    identity,
    maybe_moment,
    moment,
    one_of,
    reference,
    thousandths,
)
from marketplace.catalog.rules import CertificateKind, HoldState, Measure, ProductStatus, SectionKind, Unit


class Category(SQLModel, table=True):
    """A node of the category tree."""

    __tablename__ = "category"

    id: int = identity()
    slug: str = Field(unique=True, max_length=80)
    parent_id: int | None = reference("category.id", nullable=True)
    name_vi: str = Field(max_length=80)
    name_en: str = Field(max_length=80)
    icon: str = Field(max_length=40)
    position: int = 0


class Product(SQLModel, table=True):
    """What a store offers. Price, unit and availability are those of its leading variant.

    `listed` is the one flag listings filter by: active, and its seller approved. `popularity` orders listings. `price`
    is what a unit of the leading variant costs now, at most where it is paid by weight; a sale that begins or ends
    brings it up to date (`variants.turn_prices`). The store's and the commune's names are kept here too, so that a
    listing reads one row a product. Who changes a product says so in the outbox (`news.py`), for those who keep goods in
    memory.
    """

    __tablename__ = "product"
    __table_args__ = (
        one_of("status", ProductStatus),
        # The key a seller's form was opened with: sent twice, it still makes one product.
        Index("ix_product_creation", "seller_id", "creation_key", unique=True),
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("season BETWEEN 0 AND 4095", name="season_of_months"),
        CheckConstraint("rating_sum BETWEEN rating_count AND rating_count * 5", name="rating_possible"),
        # The price is in it so that a range of prices is looked for without reading the rows.
        Index("ix_product_listed_popularity", "listed", "popularity", "id", "price"),
        Index("ix_product_listed_price", "listed", "price", "id"),
        Index("ix_product_listed_published", "listed", "published_at", "id"),
        Index("ix_product_category_popularity", "category_id", "listed", "popularity", "id"),
        Index("ix_product_top_category_popularity", "top_category_id", "listed", "popularity", "id"),
        Index("ix_product_store_popularity", "store_slug", "listed", "popularity", "id"),
        Index("ix_product_commune_popularity", "commune_code", "listed", "popularity", "id"),
    )

    id: int = identity()
    store_id: int = reference("store.id", index=False)
    seller_id: int = reference("seller.id")
    store_slug: str = Field(max_length=80)
    store_name: str = Field(max_length=120)
    commune_name: str = Field(max_length=120)
    category_id: int = reference("category.id", index=False)
    top_category_id: int = reference("category.id", index=False)
    slug: str = Field(unique=True, max_length=96)
    name: str = Field(max_length=120)
    description: str = Field(default="", max_length=4000)
    commune_code: str = Field(foreign_key="commune.code")
    status: ProductStatus = choice(ProductStatus.DRAFT)
    listed: bool = False
    unit: Unit = choice()
    price: int = dong()
    sold: int = thousandths(0)
    popularity: int = dong(0)
    picture: str | None = Field(default=None, max_length=80)
    placeholder: str | None = Field(default=None, max_length=200)
    created_at: datetime = moment()
    updated_at: datetime = moment()
    published_at: datetime | None = maybe_moment()
    creation_key: str | None = Field(default=None, max_length=32)
    expected_on: date | None = None
    """When a harvest that is sold ahead will be there; until then stock counts what may be ordered ahead."""
    attributes: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """By the keys of its category's attributes; shown with the product, never looked for by the database."""
    season: int = 0
    """The months of its season, a bit each; 0 when it is there all year."""
    shelf_life_days: int | None = None
    storage: str = Field(default="", max_length=120)
    reach_hours: int | None = None
    """Fresh goods arrive within so many hours or are not sent."""
    origin_code: str | None = Field(default=None, foreign_key="commune.code")
    origin_name: str = Field(default="", max_length=120)
    rating_count: int = 0
    rating_sum: int = 0
    """How many shoppers rated it, and their stars together; kept by `reviews` in the transaction of each review."""


class ProductPicture(SQLModel, table=True):
    """A picture of a product; `key` names its stored renditions by content."""

    __tablename__ = "product_picture"
    __table_args__ = (UniqueConstraint("product_id", "position"),)

    id: int = identity()
    product_id: int = reference("product.id")
    key: str = Field(max_length=80)
    width: int = 0
    height: int = 0
    placeholder: str = Field(default="", max_length=200)
    position: int = 0


class Sku(SQLModel, table=True):
    """A stock keeping unit: a variant of a product as it is put into a basket, with its own price, unit and stock.

    The first active one leads: its price and unit stand for the product in lists.
    """

    __tablename__ = "sku"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("step > 0", name="step_positive"),
        CheckConstraint("minimum > 0 AND minimum % step = 0", name="minimum_on_step"),
        CheckConstraint("unit_grams > 0", name="unit_grams_positive"),
        CheckConstraint("content_amount IS NULL OR content_amount > 0", name="content_positive"),
        CheckConstraint(
            "(lightest_grams IS NULL) = (heaviest_grams IS NULL) AND (lightest_grams IS NULL OR (lightest_grams > 0 AND "
            "heaviest_grams > lightest_grams AND unit_grams = heaviest_grams AND step % 1000 = 0 AND "
            "minimum % 1000 = 0 AND content_amount IS NULL))",
            name="pieces_weigh",
        ),
        CheckConstraint(
            "(sale_price IS NULL AND sale_since IS NULL AND sale_until IS NULL) "
            "OR (sale_price > 0 AND sale_price < price AND sale_since < sale_until)",
            name="sale_lowers",
        ),
        Index(
            "uq_sku_leading",
            "product_id",
            unique=True,
            sqlite_where=text("leads"),
            postgresql_where=text("leads"),
        ),
        Index(
            "ix_sku_sale",
            "sale_until",
            sqlite_where=text("sale_until IS NOT NULL"),
            postgresql_where=text("sale_until IS NOT NULL"),
        ),
    )

    id: int = identity()
    code: str = Field(unique=True, max_length=24)
    product_id: int = reference("product.id")
    price: int = dong()
    step: int = thousandths(1000)
    minimum: int = thousandths(1000)
    unit_grams: int = 1000
    label: str = Field(default="", max_length=60)
    position: int = 0
    active: bool = True
    leads: bool = True
    unit: Unit = choice()
    content_amount: int | None = None
    content_measure: Measure | None = Field(default=None, sa_type=String(32), nullable=True)
    sale_price: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    sale_since: datetime | None = maybe_moment()
    sale_until: datetime | None = maybe_moment()
    price_before: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    """What was really asked before the sale, so that it may be struck through."""
    tiers: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Wholesale prices as pairs of quantity and price: always read whole, with their variant, never looked for."""
    lightest_grams: int | None = None
    """Ordered by the piece and paid by weight: what a piece weighs at least. All prices are for the kilogram then."""
    heaviest_grams: int | None = None


class Certificate(SQLModel, table=True):
    """A certificate of a product, or of a whole shop where no product is named; `document` names a stored file."""

    __tablename__ = "certificate"
    __table_args__ = (
        one_of("kind", CertificateKind),
        CheckConstraint(
            "(kind = 'ocop') = (stars IS NOT NULL) AND (stars IS NULL OR stars BETWEEN 3 AND 5)", name="stars_of_ocop"
        ),
    )

    id: int = identity()
    seller_id: int = reference("seller.id")
    product_id: int | None = reference("product.id", nullable=True)
    kind: CertificateKind = choice()
    stars: int | None = None
    number: str = Field(max_length=60)
    issuer: str = Field(max_length=120)
    issued_on: date | None = None
    expires_on: date
    document: str | None = Field(default=None, max_length=80)
    document_kind: str | None = Field(default=None, max_length=32)
    created_at: datetime = moment()


class StoreSection(SQLModel, table=True):
    """A part of a shop's page: a title, and how its goods are chosen."""

    __tablename__ = "store_section"
    __table_args__ = (
        one_of("kind", SectionKind),
        CheckConstraint("(kind = 'category') = (category_id IS NOT NULL)", name="category_of_category"),
    )

    id: int = identity()
    seller_id: int = reference("seller.id")
    title: str = Field(max_length=60)
    kind: SectionKind = choice()
    category_id: int | None = reference("category.id", nullable=True, index=False)
    position: int = 0


class StoreSectionProduct(SQLModel, table=True):
    """A product a seller put into a section, in its place."""

    __tablename__ = "store_section_product"
    __table_args__ = (UniqueConstraint("section_id", "product_id"),)

    id: int = identity()
    section_id: int = reference("store_section.id", index=False)
    product_id: int = reference("product.id")
    position: int = 0


class PriceAsked(SQLModel, table=True):
    """A price that was asked for a variant, and when: only such a price may be struck through later."""

    __tablename__ = "price_asked"

    id: int = identity()
    sku_id: int = reference("sku.id")
    price: int = dong()
    since: datetime = moment()
    until: datetime | None = maybe_moment()


class StockLevel(SQLModel, table=True):
    """Stock of one unit, in thousandths: on hand, allocated to confirmed orders, held for open ones."""

    __tablename__ = "stock_level"
    __table_args__ = (
        CheckConstraint("on_hand >= 0", name="on_hand_not_negative"),
        CheckConstraint("allocated >= 0", name="allocated_not_negative"),
        CheckConstraint("held >= 0", name="held_not_negative"),
        CheckConstraint("allocated + held <= on_hand", name="not_oversold"),
    )

    id: int = identity()
    sku_id: int = reference("sku.id", unique=True)
    on_hand: int = thousandths(0)
    allocated: int = thousandths(0)
    held: int = thousandths(0)


class StockHold(SQLModel, table=True):
    """A quantity of one stock row promised to an order: held until it is answered, then allocated until it leaves.

    A hold never counts after `expires_at`, swept or not.
    """

    __tablename__ = "stock_hold"
    __table_args__ = (
        one_of("state", HoldState),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        UniqueConstraint("reference", "stock_level_id"),
        Index(
            "ix_stock_hold_open",
            "stock_level_id",
            "expires_at",
            sqlite_where=text("state = 'held'"),
            postgresql_where=text("state = 'held'"),
        ),
    )

    id: int = identity()
    stock_level_id: int = reference("stock_level.id", index=False)
    reference: str = Field(max_length=32)
    quantity: int = thousandths()
    state: HoldState = choice(HoldState.HELD)
    expires_at: datetime = moment()
    closed_at: datetime | None = maybe_moment()
