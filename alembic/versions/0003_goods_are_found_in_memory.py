"""Goods are found in memory: the search tables go."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("search_position")
    op.execute(sa.text("DROP TABLE IF EXISTS product_search"))
