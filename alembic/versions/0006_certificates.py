"""Certificates of goods and shops, with their documents; what was known of OCOP stars becomes one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("seller_id", IDENTITY, nullable=False),
        sa.Column("product_id", IDENTITY, nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=80), nullable=True),
        sa.Column("document_kind", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ocop', 'vietgap', 'globalgap', 'organic')", name=op.f("ck_certificate_kind_known")
        ),
        sa.CheckConstraint(
            "(kind = 'ocop') = (stars IS NOT NULL) AND (stars IS NULL OR stars BETWEEN 3 AND 5)",
            name=op.f("ck_certificate_stars_of_ocop"),
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_certificate_product_id_product")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_certificate_seller_id_seller")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    with op.batch_alter_table("certificate") as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_seller_id"), ["seller_id"], unique=False)
    op.execute(
        "INSERT INTO certificate (seller_id, product_id, kind, stars, number, issuer, expires_on, created_at) "
        "SELECT seller_id, id, 'ocop', ocop_stars, '', '', ocop_valid_to, updated_at FROM product "
        "WHERE ocop_stars IS NOT NULL AND ocop_valid_to IS NOT NULL"
    )
