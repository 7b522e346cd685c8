"""Goods are ordered by the piece and paid by weight: what a piece weighs, what was weighed, what that took off."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SKU_PIECES = (
    "(lightest_grams IS NULL) = (heaviest_grams IS NULL) AND (lightest_grams IS NULL OR (lightest_grams > 0 AND "
    "heaviest_grams > lightest_grams AND unit_grams = heaviest_grams AND step % 1000 = 0 AND "
    "minimum % 1000 = 0 AND content_amount IS NULL))"
)
LINE_PIECES = (
    "(lightest_grams IS NULL) = (heaviest_grams IS NULL) AND (lightest_grams IS NOT NULL OR grams_final IS NULL) "
    "AND (lightest_grams IS NULL OR (lightest_grams > 0 AND heaviest_grams > lightest_grams)) "
    "AND (grams_final IS NULL OR grams_final > 0)"
)
KINDS = "kind IN ('delivery', 'commission', 'goods_weighed', 'delivery_weighed', 'commission_weighed')"


def upgrade() -> None:
    with op.batch_alter_table("sku") as batch_op:
        batch_op.add_column(sa.Column("lightest_grams", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("heaviest_grams", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_sku_pieces_weigh"), sa.text(SKU_PIECES))

    with op.batch_alter_table("order_line") as batch_op:
        # Nothing ever wrote it.
        batch_op.alter_column(
            "quantity_final",
            new_column_name="grams_final",
            type_=sa.BigInteger(),
            existing_type=sa.Integer(),
            existing_nullable=True,
        )
        batch_op.add_column(sa.Column("lightest_grams", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("heaviest_grams", sa.Integer(), nullable=True))
    with op.batch_alter_table("order_line") as batch_op:
        batch_op.create_check_constraint(op.f("ck_order_line_pieces_weigh"), sa.text(LINE_PIECES))

    with op.batch_alter_table("seller_order") as batch_op:
        batch_op.add_column(sa.Column("kilogram_fee", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("parcel_grams", sa.BigInteger(), nullable=True))
    op.execute("UPDATE seller_order SET kilogram_fee = 0, parcel_grams = 0")
    with op.batch_alter_table("seller_order") as batch_op:
        batch_op.alter_column("kilogram_fee", existing_type=sa.BigInteger(), nullable=False)
        batch_op.alter_column("parcel_grams", existing_type=sa.BigInteger(), nullable=False)

    with op.batch_alter_table("order_charge") as batch_op:
        batch_op.drop_constraint(op.f("ck_order_charge_kind_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_order_charge_kind_known"), sa.text(KINDS))
        batch_op.create_check_constraint(
            op.f("ck_order_charge_weighing_lowers"), sa.text("amount <= 0 OR kind IN ('delivery', 'commission')")
        )
        batch_op.drop_index(op.f("ix_order_charge_order_id"))
        batch_op.create_unique_constraint(op.f("uq_order_charge_order_id_kind"), ["order_id", "kind"])

    with op.batch_alter_table("contract") as batch_op:
        batch_op.add_column(sa.Column("final_total", sa.BigInteger(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_contract_final_total_not_above"), sa.text("final_total BETWEEN 0 AND total")
        )

    with op.batch_alter_table("contract_document") as batch_op:
        batch_op.add_column(sa.Column("weighed", sa.Boolean(), nullable=True))
    op.execute("UPDATE contract_document SET weighed = false")
    with op.batch_alter_table("contract_document") as batch_op:
        batch_op.alter_column("weighed", existing_type=sa.Boolean(), nullable=False)
        batch_op.drop_constraint(op.f("uq_contract_document_contract_id_state"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_contract_document_contract_id_state_weighed"), ["contract_id", "state", "weighed"]
        )
