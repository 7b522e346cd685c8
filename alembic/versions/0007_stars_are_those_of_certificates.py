"""A product's stars are those of its certificates that count at a moment; it keeps none beside them."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("product") as batch_op:
        batch_op.drop_index("ix_product_ocop_popularity")
        batch_op.drop_constraint(op.f("ck_product_ocop_stars_range"), type_="check")
        batch_op.drop_column("ocop_valid_to")
        batch_op.drop_column("ocop_stars")
