"""What the public pages tell of, and so until when they hold."""

from __future__ import annotations

from marketplace.base.kept import Subjects
from marketplace.catalog.news import GOODS, subject

SELLERS = "seller"
LISTS = Subjects(GOODS, SELLERS)
"""Lists of goods, and shops."""
PASSPORTS = Subjects("lot", SELLERS, GOODS)
"""Passports of lots, which name goods and shops."""
STORES = Subjects(GOODS, SELLERS, "follow", "review")
"""A shop's page: its goods, who follows it, and what is said of it."""


def of_product(slug: str) -> Subjects:
    """A product's page: its stock to the last piece, its shop, and goods beside it."""
    return Subjects(GOODS, SELLERS, subject(slug))
