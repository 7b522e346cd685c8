"""One product for each form."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.add_column(sa.Column("creation_key", sa.String(length=32), nullable=True))
        batch_op.create_index("ix_product_creation", ["seller_id", "creation_key"], unique=True)
