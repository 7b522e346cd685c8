"""Sellers say how they deliver: communes, hours, tables of rates, closed days, pickup points, and what is limited."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "delivery_slot",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("orders_room", sa.Integer(), nullable=True),
        sa.Column("grams_room", sa.BigInteger(), nullable=True),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("grams", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(orders_room IS NULL OR orders <= orders_room) AND (grams_room IS NULL OR grams <= grams_room)",
            name=op.f("ck_delivery_slot_never_above"),
        ),
        sa.CheckConstraint("orders >= 0 AND grams >= 0", name=op.f("ck_delivery_slot_taken_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_slot")),
        sa.UniqueConstraint("code", name=op.f("uq_delivery_slot_code")),
    )
    op.create_table(
        "delivery_hold",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("slot_id", IDENTITY, nullable=False),
        sa.Column("reference", sa.String(length=24), nullable=False),
        sa.Column("grams", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["slot_id"], ["delivery_slot.id"], name=op.f("fk_delivery_hold_slot_id_delivery_slot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_hold")),
        sa.UniqueConstraint("reference", "slot_id", name=op.f("uq_delivery_hold_reference_slot_id")),
    )
    with op.batch_alter_table("delivery_hold") as batch_op:
        batch_op.create_index("ix_delivery_hold_slot", ["slot_id"], unique=False)

    op.create_table(
        "closed_days",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.CheckConstraint("last >= first", name=op.f("ck_closed_days_days_in_order")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_closed_days_seller_id_seller")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_days")),
    )
    with op.batch_alter_table("closed_days") as batch_op:
        batch_op.create_index(batch_op.f("ix_closed_days_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "delivery_terms",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=False),
        sa.Column("minimum_order", sa.BigInteger(), nullable=False),
        sa.Column("orders_a_day", sa.Integer(), nullable=True),
        sa.CheckConstraint("minimum_order >= 0", name=op.f("ck_delivery_terms_minimum_not_negative")),
        sa.CheckConstraint("orders_a_day > 0", name=op.f("ck_delivery_terms_orders_positive")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_delivery_terms_seller_id_seller")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_terms")),
        sa.UniqueConstraint("seller_id", name=op.f("uq_delivery_terms_seller_id")),
    )
    op.create_table(
        "pickup_point",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_pickup_point_commune_code_commune")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_pickup_point_seller_id_seller")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_point")),
    )
    with op.batch_alter_table("pickup_point") as batch_op:
        batch_op.create_index(batch_op.f("ix_pickup_point_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "delivery_commune",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("method_id", IDENTITY, nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_delivery_commune_commune_code_commune")
        ),
        sa.ForeignKeyConstraint(
            ["method_id"], ["delivery_method.id"], name=op.f("fk_delivery_commune_method_id_delivery_method")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_commune")),
        sa.UniqueConstraint("method_id", "commune_code", name=op.f("uq_delivery_commune_method_id_commune_code")),
    )
    with op.batch_alter_table("delivery_commune") as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_commune_commune_code"), ["commune_code"], unique=False)

    op.create_table(
        "delivery_rate",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("method_id", IDENTITY, nullable=False),
        sa.Column("zone", sa.String(length=32), nullable=False),
        sa.Column("up_to_grams", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "zone IN ('named', 'commune', 'province', 'country')", name=op.f("ck_delivery_rate_zone_known")
        ),
        sa.CheckConstraint("up_to_grams > 0 AND fee >= 0", name=op.f("ck_delivery_rate_band_possible")),
        sa.ForeignKeyConstraint(
            ["method_id"], ["delivery_method.id"], name=op.f("fk_delivery_rate_method_id_delivery_method")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_rate")),
        sa.UniqueConstraint(
            "method_id", "zone", "up_to_grams", name=op.f("uq_delivery_rate_method_id_zone_up_to_grams")
        ),
    )
    op.create_table(
        "pickup_window",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("point_id", IDENTITY, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_pickup_window_capacity_positive")),
        sa.CheckConstraint(
            "opens >= 0 AND closes > opens AND closes <= 1440", name=op.f("ck_pickup_window_hours_in_order")
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_pickup_window_weekday_of_week")),
        sa.ForeignKeyConstraint(["point_id"], ["pickup_point.id"], name=op.f("fk_pickup_window_point_id_pickup_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_window")),
    )
    with op.batch_alter_table("pickup_window") as batch_op:
        batch_op.create_index(batch_op.f("ix_pickup_window_point_id"), ["point_id"], unique=False)

    op.create_table(
        "pickup_run",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("account_id", IDENTITY, nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("orders_room", sa.Integer(), nullable=False),
        sa.Column("grams_room", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("orders_room > 0 AND grams_room > 0 AND fee >= 0", name=op.f("ck_pickup_run_load_possible")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_pickup_run_window_in_order")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_pickup_run_account_id_account")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_pickup_run_seller_id_seller")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_run")),
    )
    with op.batch_alter_table("pickup_run") as batch_op:
        batch_op.create_index("ix_pickup_run_day", ["day"], unique=False)

    op.create_table(
        "run_stop",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("run_id", IDENTITY, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.CheckConstraint("opens >= 0 AND closes > opens AND closes <= 1440", name=op.f("ck_run_stop_hours_in_order")),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_run_stop_commune_code_commune")),
        sa.ForeignKeyConstraint(["run_id"], ["pickup_run.id"], name=op.f("fk_run_stop_run_id_pickup_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_stop")),
    )
    with op.batch_alter_table("run_stop") as batch_op:
        batch_op.create_index(batch_op.f("ix_run_stop_commune_code"), ["commune_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_run_stop_run_id"), ["run_id"], unique=False)

    op.create_table(
        "run_member",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("run_id", IDENTITY, nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["pickup_run.id"], name=op.f("fk_run_member_run_id_pickup_run")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_run_member_seller_id_seller")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_member")),
        sa.UniqueConstraint("run_id", "seller_id", name=op.f("uq_run_member_run_id_seller_id")),
    )
    with op.batch_alter_table("run_member") as batch_op:
        batch_op.create_index(batch_op.f("ix_run_member_seller_id"), ["seller_id"], unique=False)

    with op.batch_alter_table("delivery_method") as batch_op:
        batch_op.add_column(sa.Column("cutoff", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("tariff", sa.String(length=32), nullable=True))
        batch_op.drop_constraint(op.f("ck_delivery_method_zone_known"), type_="check")
        batch_op.drop_constraint(op.f("ck_delivery_method_kind_known"), type_="check")
    with op.batch_alter_table("seller_order") as batch_op:
        batch_op.add_column(sa.Column("arrives_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("arrives_to", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("delivery_place", sa.String(length=400), nullable=True))
        batch_op.add_column(sa.Column("delivery_hours", sa.String(length=16), nullable=True))
    op.execute("UPDATE delivery_method SET tariff = 'kilogram'")
    # What was agreed before is told as it was: without days, places and hours.
    op.execute("UPDATE seller_order SET delivery_place = '', delivery_hours = ''")
    with op.batch_alter_table("delivery_method") as batch_op:
        batch_op.alter_column("tariff", existing_type=sa.String(length=32), nullable=False)
        batch_op.create_check_constraint(
            op.f("ck_delivery_method_kind_known"), sa.text("kind IN ('pickup', 'own', 'carrier', 'run')")
        )
        batch_op.create_check_constraint(
            op.f("ck_delivery_method_zone_known"), sa.text("zone IN ('named', 'commune', 'province', 'country')")
        )
        batch_op.create_check_constraint(
            op.f("ck_delivery_method_tariff_known"), sa.text("tariff IN ('kilogram', 'table')")
        )
        batch_op.create_check_constraint(op.f("ck_delivery_method_cutoff_of_day"), sa.text("cutoff BETWEEN 0 AND 1440"))
        batch_op.create_check_constraint(
            op.f("ck_delivery_method_days_in_order"), sa.text("days_from >= 0 AND days_to >= days_from")
        )
    with op.batch_alter_table("seller_order") as batch_op:
        batch_op.alter_column("delivery_place", existing_type=sa.String(length=400), nullable=False)
        batch_op.alter_column("delivery_hours", existing_type=sa.String(length=16), nullable=False)
