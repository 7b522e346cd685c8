"""Lots of goods with their tests, corrections and recalls; order lines keep their lot."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# What keeps corrections as they were written, as marketplace/base/schema.py gave it when this was written.
OWN_STATEMENTS = {
    "sqlite": [
        "CREATE TRIGGER lot_correction_keeps_update BEFORE UPDATE ON lot_correction "
        "BEGIN SELECT RAISE(ABORT, 'lot_correction is append-only'); END",
        "CREATE TRIGGER lot_correction_keeps_delete BEFORE DELETE ON lot_correction "
        "BEGIN SELECT RAISE(ABORT, 'lot_correction is append-only'); END",
    ],
    "postgresql": [
        "CREATE TRIGGER lot_correction_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lot_correction "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ],
}


def upgrade() -> None:
    op.create_table(
        "lot",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=False),
        sa.Column("product_id", IDENTITY, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("area_code", sa.String(length=30), nullable=False),
        sa.Column("plot", sa.String(length=120), nullable=False),
        sa.Column("sown_on", sa.Date(), nullable=True),
        sa.Column("inputs", sa.String(length=1000), nullable=False),
        sa.Column("spray", sa.String(length=120), nullable=False),
        sa.Column("last_sprayed_on", sa.Date(), nullable=True),
        sa.Column("waiting_days", sa.Integer(), nullable=True),
        sa.Column("harvested_on", sa.Date(), nullable=False),
        sa.Column("harvested_grams", sa.BigInteger(), nullable=False),
        sa.Column("packed_on", sa.Date(), nullable=True),
        sa.Column("packer", sa.String(length=120), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_packed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recall_reason", sa.String(length=300), nullable=False),
        sa.Column("recall_advice", sa.String(length=600), nullable=False),
        sa.Column("recalled_by_staff", sa.Boolean(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed', 'recalled')", name=op.f("ck_lot_state_known")),
        sa.CheckConstraint("harvested_grams > 0", name=op.f("ck_lot_harvest_positive")),
        sa.CheckConstraint(
            "(last_sprayed_on IS NULL) = (waiting_days IS NULL)", name=op.f("ck_lot_spray_with_waiting_days")
        ),
        sa.CheckConstraint("waiting_days >= 0", name=op.f("ck_lot_waiting_days_not_negative")),
        sa.CheckConstraint("(state = 'recalled') = (recalled_at IS NOT NULL)", name=op.f("ck_lot_recalled_when")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_lot_product_id_product")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_lot_seller_id_seller")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("code", name=op.f("uq_lot_code")),
        sa.UniqueConstraint("seller_id", "number", name=op.f("uq_lot_seller_id_number")),
    )
    with op.batch_alter_table("lot") as batch_op:
        batch_op.create_index("ix_lot_product_state", ["product_id", "state"], unique=False)

    op.create_table(
        "lot_test",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("lot_id", IDENTITY, nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("laboratory", sa.String(length=120), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=120), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("document", sa.String(length=80), nullable=True),
        sa.Column("document_kind", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_test_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_test")),
    )
    with op.batch_alter_table("lot_test") as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_test_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "lot_correction",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("lot_id", IDENTITY, nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("before", sa.String(length=1000), nullable=False),
        sa.Column("after", sa.String(length=1000), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_account_id", IDENTITY, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_account_id"], ["account.id"], name=op.f("fk_lot_correction_by_account_id_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_correction_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_correction")),
    )
    with op.batch_alter_table("lot_correction") as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_correction_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "recall_notice",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("lot_id", IDENTITY, nullable=False),
        sa.Column("order_id", IDENTITY, nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("channel IN ('page', 'phone')", name=op.f("ck_recall_notice_channel_known")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_recall_notice_lot_id_lot")),
        sa.ForeignKeyConstraint(["order_id"], ["seller_order.id"], name=op.f("fk_recall_notice_order_id_seller_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_notice")),
        sa.UniqueConstraint("lot_id", "order_id", name=op.f("uq_recall_notice_lot_id_order_id")),
    )
    with op.batch_alter_table("recall_notice") as batch_op:
        batch_op.create_index(batch_op.f("ix_recall_notice_order_id"), ["order_id"], unique=False)

    with op.batch_alter_table("order_line") as batch_op:
        batch_op.add_column(sa.Column("lot_id", IDENTITY, nullable=True))
        batch_op.add_column(sa.Column("lot_grams", sa.BigInteger(), nullable=True))
        batch_op.create_index(batch_op.f("ix_order_line_lot_id"), ["lot_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_order_line_lot_id_lot"), "lot", ["lot_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_order_line_lot_with_weight"), "(lot_id IS NULL) = (lot_grams IS NULL)"
        )
    for statement in OWN_STATEMENTS[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)
