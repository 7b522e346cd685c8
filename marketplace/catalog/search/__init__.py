"""Search behind one small interface: folded Vietnamese, prefixes as you type, best-selling matches first."""

from marketplace.catalog.search.index import Narrowing, Order, SearchIndex, index_of
from marketplace.catalog.search.words import (
    Tier,
    category_tag,
    commune_tag,
    ocop_tag,
    price_tags,
    product_at,
    store_tag,
    tiers,
)
from marketplace.catalog.search.writing import put, put_many, rank_all, reindex_all

__all__ = [
    "Narrowing",
    "Order",
    "SearchIndex",
    "Tier",
    "category_tag",
    "commune_tag",
    "index_of",
    "ocop_tag",
    "price_tags",
    "product_at",
    "put",
    "put_many",
    "rank_all",
    "reindex_all",
    "store_tag",
    "tiers",
]
