"""Messages go out; people sign in with codes and a second factor, and keep addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "outgoing_message",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_message")),
    )
    with op.batch_alter_table("outgoing_message") as batch_op:
        batch_op.create_index(batch_op.f("ix_outgoing_message_expires_at"), ["expires_at"])

    op.create_table(
        "one_time_code",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("handle_digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("identifier", sa.String(length=254), nullable=False),
        sa.Column("account_id", IDENTITY, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=True),
        sa.Column("following", sa.String(length=500), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(purpose = 'second_step') = (code_digest IS NULL)", name=op.f("ck_one_time_code_code_where_sent")
        ),
        sa.CheckConstraint(
            "purpose IN ('sign_in', 'prove', 'reset', 'second_step')", name=op.f("ck_one_time_code_purpose_known")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_one_time_code_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("handle_digest", name=op.f("uq_one_time_code_handle_digest")),
    )
    with op.batch_alter_table("one_time_code") as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_code_account_id"), ["account_id"])
        batch_op.create_index(batch_op.f("ix_one_time_code_expires_at"), ["expires_at"])

    op.create_table(
        "second_factor",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("account_id", IDENTITY, nullable=False),
        sa.Column("sealed", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_second_factor_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
        sa.UniqueConstraint("account_id", name=op.f("uq_second_factor_account_id")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("account_id", IDENTITY, nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("account_id", "code_digest", name=op.f("uq_recovery_code_account_id_code_digest")),
    )
    op.create_table(
        "saved_address",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("account_id", IDENTITY, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("usual", sa.Boolean(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_address_account_id_account")),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_saved_address_commune_code_commune")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_address")),
    )
    with op.batch_alter_table("saved_address") as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_address_account_id"), ["account_id"])
        batch_op.create_index(
            "uq_saved_address_usual",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("usual"),
            postgresql_where=sa.text("usual"),
        )
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(sa.Column("sealed", sa.Text(), nullable=True))
    with op.batch_alter_table("purchase") as batch_op:
        batch_op.add_column(sa.Column("sealed_buyer", sa.Text(), nullable=True))
    # Until now a helper did all but see the money and run the shop.
    with op.batch_alter_table("seller_member") as batch_op:
        batch_op.add_column(sa.Column("tasks", sa.String(length=64), nullable=True))
    with op.batch_alter_table("seller_invitation") as batch_op:
        batch_op.add_column(sa.Column("tasks", sa.String(length=64), nullable=True))
    op.execute("UPDATE seller_member SET tasks = CASE role WHEN 'staff' THEN 'contracts,goods,orders' ELSE '' END")
    op.execute("UPDATE seller_invitation SET tasks = 'contracts,goods,orders'")
    with op.batch_alter_table("seller_member") as batch_op:
        batch_op.alter_column("tasks", existing_type=sa.String(length=64), nullable=False)
    with op.batch_alter_table("seller_invitation") as batch_op:
        batch_op.alter_column("tasks", existing_type=sa.String(length=64), nullable=False)
    with op.batch_alter_table("account_session") as batch_op:
        batch_op.add_column(sa.Column("strong_at", sa.DateTime(timezone=True), nullable=True))
