"""Applications are filled in step by step, with papers and an account for payouts, and staff may ask for more."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = "status IN ('applied', 'approved', 'refused', 'suspended')"
NOW = "status IN ('applied', 'needs_more', 'approved', 'refused', 'suspended')"


def upgrade() -> None:
    op.create_table(
        "seller_application",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("account_id", IDENTITY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("written", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_seller_application_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seller_application")),
        sa.UniqueConstraint("account_id", name=op.f("uq_seller_application_account_id")),
    )
    op.create_table(
        "application_photo",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("account_id", IDENTITY, nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=True),
        sa.Column("paper", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "paper IN ('identity_front', 'identity_back', 'registration', 'cooperative')",
            name=op.f("ck_application_photo_paper_known"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_application_photo_account_id_account")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_application_photo_seller_id_seller")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_photo")),
        sa.UniqueConstraint("account_id", "paper", name=op.f("uq_application_photo_account_id_paper")),
        sa.UniqueConstraint("key", name=op.f("uq_application_photo_key")),
    )
    with op.batch_alter_table("application_photo") as batch_op:
        batch_op.create_index(batch_op.f("ix_application_photo_seller_id"), ["seller_id"])

    with op.batch_alter_table("seller") as batch_op:
        batch_op.add_column(sa.Column("asked", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("bank", sa.String(length=6), nullable=True))
        batch_op.add_column(sa.Column("bank_account", sa.String(length=19), nullable=True))
        batch_op.add_column(sa.Column("bank_holder", sa.String(length=100), nullable=True))
    op.execute("UPDATE seller SET asked = '[]'")
    with op.batch_alter_table("seller") as batch_op:
        batch_op.alter_column("asked", existing_type=sa.JSON(), nullable=False)
        batch_op.create_index(batch_op.f("ix_seller_bank_account"), ["bank_account"])
        batch_op.create_check_constraint(
            op.f("ck_seller_bank_whole"),
            sa.text("(bank IS NULL) = (bank_account IS NULL) AND (bank IS NULL) = (bank_holder IS NULL)"),
        )
        batch_op.drop_constraint(op.f("ck_seller_status_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_seller_status_known"), sa.text(NOW))
