"""Files of goods that are brought in."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "goods_import",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=False),
        sa.Column("account_id", IDENTITY, nullable=True),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("decimal", sa.String(length=2), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("goods", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("archive", sa.String(length=80), nullable=True),
        sa.Column("photos", sa.Integer(), nullable=False),
        sa.Column("photos_done", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("decimal IN ('vi', 'en')", name=op.f("ck_goods_import_decimal_known")),
        sa.CheckConstraint(
            "state IN ('matching', 'checking', 'checked', 'applying', 'applied', 'undoing', 'undone')",
            name=op.f("ck_goods_import_state_known"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_goods_import_account_id_account")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_goods_import_seller_id_seller")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_import")),
    )
    with op.batch_alter_table("goods_import", schema=None) as batch_op:
        batch_op.create_index("ix_goods_import_moving", ["state", "moved_at"])
        batch_op.create_index(batch_op.f("ix_goods_import_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "goods_import_photo",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("import_id", IDENTITY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("placeholder", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["goods_import.id"], name=op.f("fk_goods_import_photo_import_id_goods_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_import_photo")),
    )
    with op.batch_alter_table("goods_import_photo", schema=None) as batch_op:
        batch_op.create_index("ix_goods_import_photo_name", ["import_id", "name"], unique=False)

    op.create_table(
        "goods_import_row",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("import_id", IDENTITY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["goods_import.id"], name=op.f("fk_goods_import_row_import_id_goods_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_import_row")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_goods_import_row_import_id_number")),
    )
    with op.batch_alter_table("goods_import_row", schema=None) as batch_op:
        batch_op.create_index("ix_goods_import_row_place", ["import_id", "place", "number"], unique=False)

    op.create_table(
        "goods_import_product",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("import_id", IDENTITY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("product_id", IDENTITY, nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'good', 'faulty', 'made', 'changed', 'same', 'taken_back', 'left')",
            name=op.f("ck_goods_import_product_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["goods_import.id"], name=op.f("fk_goods_import_product_import_id_goods_import")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_goods_import_product_product_id_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_import_product")),
        sa.UniqueConstraint("import_id", "place", name=op.f("uq_goods_import_product_import_id_place")),
    )
    with op.batch_alter_table("goods_import_product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goods_import_product_product_id"), ["product_id"], unique=False)

    op.create_table(
        "own_product_code",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=False),
        sa.Column("product_id", IDENTITY, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("folded", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_own_product_code_product_id_product")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_own_product_code_seller_id_seller")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_product_code")),
        sa.UniqueConstraint("product_id", name=op.f("uq_own_product_code_product_id")),
        sa.UniqueConstraint("seller_id", "folded", name=op.f("uq_own_product_code_seller_id_folded")),
    )
    op.create_table(
        "own_sku_code",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=False),
        sa.Column("sku_id", IDENTITY, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("folded", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_own_sku_code_seller_id_seller")),
        sa.ForeignKeyConstraint(["sku_id"], ["sku.id"], name=op.f("fk_own_sku_code_sku_id_sku")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_sku_code")),
        sa.UniqueConstraint("seller_id", "folded", name=op.f("uq_own_sku_code_seller_id_folded")),
        sa.UniqueConstraint("sku_id", name=op.f("uq_own_sku_code_sku_id")),
    )
