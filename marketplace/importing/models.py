"""Tables of files of goods that were brought in, and of the codes sellers know their goods by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.base.columns import choice, identity, maybe_moment, moment, one_of, reference
from marketplace.importing.rules import GoodsState, ImportState


class GoodsImport(SQLModel, table=True):
    """A file of goods on its way in. `done` counts products within the present stage, so that it goes on after a stop.

    `columns` says by place what each column of the file is taken for, empty where it is left out.
    """

    __tablename__ = "goods_import"
    __table_args__ = (
        one_of("state", ImportState),
        CheckConstraint("decimal IN ('vi', 'en')", name="decimal_known"),
        Index("ix_goods_import_moving", "state", "moved_at"),
    )

    id: int = identity()
    seller_id: int = reference("seller.id")
    account_id: int | None = reference("account.id", nullable=True, index=False)
    file_name: str = Field(max_length=120)
    kind: str = Field(max_length=8)
    state: ImportState = choice(ImportState.MATCHING)
    decimal: str = Field(default="vi", max_length=2)
    headers: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    columns: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    rows: int = 0
    """How many there are once all were received; 0 until then."""
    goods: int = 0
    done: int = 0
    archive: str | None = Field(default=None, max_length=80)
    """Where the photos sent along lie until they were unpacked."""
    photos: int = 0
    photos_done: int = 0
    created_at: datetime = moment()
    moved_at: datetime = moment()
    applied_at: datetime | None = maybe_moment()


class GoodsImportRow(SQLModel, table=True):
    """A row of a file; `faults` say of each a column's place (-1 for none), what is wrong in both languages, and who noted it."""

    __tablename__ = "goods_import_row"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        Index("ix_goods_import_row_place", "import_id", "place", "number"),
    )

    id: int = identity()
    import_id: int = reference("goods_import.id", index=False)
    number: int
    cells: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    place: int | None = None
    """Which product of the file it is of."""
    code: str = Field(default="", max_length=24)
    """The variant it is of, where there is one already."""
    faults: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class GoodsImportProduct(SQLModel, table=True):
    """A product of a file and what became of it; `before` is all that was said of it, `after` a digest of what is since."""

    __tablename__ = "goods_import_product"
    __table_args__ = (one_of("state", GoodsState), UniqueConstraint("import_id", "place"))

    id: int = identity()
    import_id: int = reference("goods_import.id", index=False)
    place: int
    state: GoodsState = choice(GoodsState.WAITING)
    product_id: int | None = reference("product.id", nullable=True)
    before: Any = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    after: str = Field(default="", max_length=64)


class GoodsImportPhoto(SQLModel, table=True):
    """A photo that came along with a file by its folded name; without one, a photo that undoing would need."""

    __tablename__ = "goods_import_photo"
    __table_args__ = (Index("ix_goods_import_photo_name", "import_id", "name"),)

    id: int = identity()
    import_id: int = reference("goods_import.id", index=False)
    name: str = Field(max_length=200)
    key: str = Field(max_length=80)
    width: int = 0
    height: int = 0
    placeholder: str = Field(default="", max_length=200)


class OwnSkuCode(SQLModel, table=True):
    """What a seller calls a stock keeping unit in their own books; `folded` is how it is compared."""

    __tablename__ = "own_sku_code"
    __table_args__ = (UniqueConstraint("seller_id", "folded"),)

    id: int = identity()
    seller_id: int = reference("seller.id", index=False)
    sku_id: int = reference("sku.id", unique=True)
    code: str = Field(max_length=40)
    folded: str = Field(max_length=40)


class OwnProductCode(SQLModel, table=True):
    """What a seller calls a product in their own books."""

    __tablename__ = "own_product_code"
    __table_args__ = (UniqueConstraint("seller_id", "folded"),)

    id: int = identity()
    seller_id: int = reference("seller.id", index=False)
    product_id: int = reference("product.id", unique=True)
    code: str = Field(max_length=40)
    folded: str = Field(max_length=40)
