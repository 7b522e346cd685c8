"""Products come in variants with prices of their own, and a price asked is remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SALE_LOWERS = (
    "(sale_price IS NULL AND sale_since IS NULL AND sale_until IS NULL) "
    "OR (sale_price > 0 AND sale_price < price AND sale_since < sale_until)"
)


def upgrade() -> None:
    with op.batch_alter_table("product") as batch_op:
        batch_op.add_column(sa.Column("expected_on", sa.Date(), nullable=True))

    with op.batch_alter_table("order_line") as batch_op:
        batch_op.add_column(sa.Column("variant", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("expected_on", sa.Date(), nullable=True))
    op.execute("UPDATE order_line SET variant = ''")
    with op.batch_alter_table("order_line") as batch_op:
        batch_op.alter_column("variant", existing_type=sa.String(length=60), nullable=False)

    with op.batch_alter_table("sku") as batch_op:
        batch_op.add_column(sa.Column("label", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("position", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("active", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("leads", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("unit", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("content_amount", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("content_measure", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("sale_price", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("sale_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("sale_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("price_before", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("tiers", sa.JSON(), nullable=True))
    op.execute(
        "UPDATE sku SET label = '', position = 0, active = true, leads = true, tiers = '[]', "
        "unit = (SELECT product.unit FROM product WHERE product.id = sku.product_id)"
    )
    # Until now a product had one stock keeping unit; should somebody have written a second one, the first leads.
    op.execute(
        "UPDATE sku SET leads = false, position = 1 "
        "WHERE id NOT IN (SELECT first FROM (SELECT min(id) AS first FROM sku GROUP BY product_id) AS firsts)"
    )
    with op.batch_alter_table("sku") as batch_op:
        batch_op.alter_column("label", existing_type=sa.String(length=60), nullable=False)
        batch_op.alter_column("position", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("active", existing_type=sa.Boolean(), nullable=False)
        batch_op.alter_column("leads", existing_type=sa.Boolean(), nullable=False)
        batch_op.alter_column("unit", existing_type=sa.String(length=32), nullable=False)
        batch_op.alter_column("tiers", existing_type=sa.JSON(), nullable=False)
        batch_op.create_check_constraint(
            op.f("ck_sku_content_positive"), sa.text("content_amount IS NULL OR content_amount > 0")
        )
        batch_op.create_check_constraint(op.f("ck_sku_sale_lowers"), sa.text(SALE_LOWERS))
        batch_op.create_index(
            "uq_sku_leading",
            ["product_id"],
            unique=True,
            sqlite_where=sa.text("leads"),
            postgresql_where=sa.text("leads"),
        )
        batch_op.create_index(
            "ix_sku_sale",
            ["sale_until"],
            unique=False,
            sqlite_where=sa.text("sale_until IS NOT NULL"),
            postgresql_where=sa.text("sale_until IS NOT NULL"),
        )

    op.create_table(
        "price_asked",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("sku_id", IDENTITY, nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["sku_id"], ["sku.id"], name=op.f("fk_price_asked_sku_id_sku")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_asked")),
    )
    with op.batch_alter_table("price_asked") as batch_op:
        batch_op.create_index(batch_op.f("ix_price_asked_sku_id"), ["sku_id"], unique=False)
    # Nobody knows what was asked before a product last changed; since then it was its price.
    op.execute(
        "INSERT INTO price_asked (sku_id, price, since) "
        "SELECT sku.id, sku.price, product.updated_at FROM sku JOIN product ON product.id = sku.product_id"
    )
