"""What the catalogue tells those who follow along (`base/edition.py`)."""

from __future__ import annotations

CHANGED = "goods.changed"
"""`{"product_ids": […]}`, `{"stock_level_ids": […]}`, `{"seller_id": n}`, or nothing for whatever there is."""
ONE_CHANGED = "product.changed"
"""`{"product_id": n, "seller_id": n}`, for the seller's own pages too."""
GOODS = "goods"
"""The subject of all lists of goods."""


def subject(slug: str) -> str:
    """The subject of one product's page."""
    return f"product:{slug}"
