"""Products say their attributes, season, keeping, origin, and how far they reach."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("product") as batch_op:
        batch_op.add_column(sa.Column("attributes", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("season", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("shelf_life_days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("storage", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("reach_hours", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("origin_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("origin_name", sa.String(length=120), nullable=True))
    op.execute("UPDATE product SET attributes = '{}', season = 0, storage = '', origin_name = ''")
    with op.batch_alter_table("product") as batch_op:
        batch_op.alter_column("attributes", existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column("season", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("storage", existing_type=sa.String(length=120), nullable=False)
        batch_op.alter_column("origin_name", existing_type=sa.String(length=120), nullable=False)
        batch_op.create_check_constraint(op.f("ck_product_season_of_months"), sa.text("season BETWEEN 0 AND 4095"))
        batch_op.create_foreign_key(op.f("fk_product_origin_code_commune"), "commune", ["origin_code"], ["code"])
