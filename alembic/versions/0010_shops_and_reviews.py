"""Shops present themselves and are followed; buyers review what they received; both are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "store_section",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("category_id", IDENTITY, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'category') = (category_id IS NOT NULL)", name=op.f("ck_store_section_category_of_category")
        ),
        sa.CheckConstraint(
            "kind IN ('chosen', 'best_sellers', 'new', 'category')", name=op.f("ck_store_section_kind_known")
        ),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_store_section_category_id_category")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_store_section_seller_id_seller")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_section")),
    )
    with op.batch_alter_table("store_section") as batch_op:
        batch_op.create_index(batch_op.f("ix_store_section_seller_id"), ["seller_id"])

    op.create_table(
        "follow",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("account_id", IDENTITY, nullable=False),
        sa.Column("store_id", IDENTITY, nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visit_began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_follow_account_id_account")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_follow_store_id_store")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint("account_id", "store_id", name=op.f("uq_follow_account_id_store_id")),
    )
    with op.batch_alter_table("follow") as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_store_id"), ["store_id"])

    op.create_table(
        "review_count",
        sa.Column("product_id", IDENTITY, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_review_count_number_not_negative")),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_review_count_stars_range")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_review_count_product_id_product")),
        sa.PrimaryKeyConstraint("product_id", "stars", name=op.f("pk_review_count")),
    )
    op.create_table(
        "store_section_product",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("section_id", IDENTITY, nullable=False),
        sa.Column("product_id", IDENTITY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_store_section_product_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["store_section.id"], name=op.f("fk_store_section_product_section_id_store_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_section_product")),
        sa.UniqueConstraint("section_id", "product_id", name=op.f("uq_store_section_product_section_id_product_id")),
    )
    with op.batch_alter_table("store_section_product") as batch_op:
        batch_op.create_index(batch_op.f("ix_store_section_product_product_id"), ["product_id"])

    op.create_table(
        "review",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("order_line_id", IDENTITY, nullable=False),
        sa.Column("product_id", IDENTITY, nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=False),
        sa.Column("account_id", IDENTITY, nullable=True),
        sa.Column("author", sa.String(length=40), nullable=False),
        sa.Column("variant", sa.String(length=60), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint("state IN ('shown', 'hidden')", name=op.f("ck_review_state_known")),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_review_stars_range")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_review_account_id_account")),
        sa.ForeignKeyConstraint(["order_line_id"], ["order_line.id"], name=op.f("fk_review_order_line_id_order_line")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_review_product_id_product")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_review_seller_id_seller")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("order_line_id", name=op.f("uq_review_order_line_id")),
    )
    with op.batch_alter_table("review") as batch_op:
        batch_op.create_index(batch_op.f("ix_review_account_id"), ["account_id"])
        batch_op.create_index("ix_review_product_stars", ["product_id", "state", "stars", "written_at", "id"])
        batch_op.create_index("ix_review_product_written", ["product_id", "state", "written_at", "id"])
        batch_op.create_index("ix_review_seller_written", ["seller_id", "written_at", "id"])

    op.create_table(
        "review_answer",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("review_id", IDENTITY, nullable=False),
        sa.Column("account_id", IDENTITY, nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_review_answer_account_id_account")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_answer_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_answer")),
        sa.UniqueConstraint("review_id", name=op.f("uq_review_answer_review_id")),
    )
    op.create_table(
        "review_photo",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("review_id", IDENTITY, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_photo_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_photo")),
    )
    with op.batch_alter_table("review_photo") as batch_op:
        batch_op.create_index(batch_op.f("ix_review_photo_review_id"), ["review_id"])

    op.create_table(
        "review_report",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("review_id", IDENTITY, nullable=False),
        sa.Column("account_id", IDENTITY, nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "reason IN ('offensive', 'private', 'advertising', 'untrue', 'other')",
            name=op.f("ck_review_report_reason_known"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_review_report_account_id_account")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_report_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_report")),
        sa.UniqueConstraint("review_id", "account_id", name=op.f("uq_review_report_review_id_account_id")),
    )
    with op.batch_alter_table("review_report") as batch_op:
        batch_op.create_index(
            "ix_review_report_open",
            ["review_id"],
            unique=False,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    with op.batch_alter_table("product") as batch_op:
        batch_op.add_column(sa.Column("rating_count", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("rating_sum", sa.Integer(), nullable=True))
    with op.batch_alter_table("store") as batch_op:
        batch_op.add_column(sa.Column("banner", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("theme", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("opening", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("delivery_days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("latitude", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("longitude", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("followers", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("rating_count", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("rating_sum", sa.Integer(), nullable=True))
    op.execute("UPDATE product SET rating_count = 0, rating_sum = 0")
    op.execute(
        "UPDATE store SET theme = 'leaf', opening = '[]', delivery_days = 0, followers = 0, rating_count = 0, rating_sum = 0"
    )
    possible = sa.text("rating_sum BETWEEN rating_count AND rating_count * 5")
    with op.batch_alter_table("product") as batch_op:
        batch_op.alter_column("rating_count", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("rating_sum", existing_type=sa.Integer(), nullable=False)
        batch_op.create_check_constraint(op.f("ck_product_rating_possible"), possible)
    with op.batch_alter_table("store") as batch_op:
        batch_op.alter_column("theme", existing_type=sa.String(length=32), nullable=False)
        batch_op.alter_column("opening", existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column("delivery_days", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("followers", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("rating_count", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("rating_sum", existing_type=sa.Integer(), nullable=False)
        batch_op.create_check_constraint(
            op.f("ck_store_theme_known"), sa.text("theme IN ('leaf', 'river', 'lotus', 'earth', 'hyacinth')")
        )
        batch_op.create_check_constraint(
            op.f("ck_store_position_whole"), sa.text("(latitude IS NULL) = (longitude IS NULL)")
        )
        batch_op.create_check_constraint(
            op.f("ck_store_delivery_days_of_week"), sa.text("delivery_days BETWEEN 0 AND 127")
        )
        batch_op.create_check_constraint(op.f("ck_store_followers_not_negative"), sa.text("followers >= 0"))
        batch_op.create_check_constraint(op.f("ck_store_rating_possible"), possible)
