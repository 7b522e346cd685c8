"""What a row of a variant says of its prices and its content, read in one place for lists, pages and baskets."""

from __future__ import annotations

from typing import Any

from marketplace.catalog.rules import Content, Measure, Prices, Sale, Tier


def content_said(row: Any) -> Content | None:
    """What a seller said is in one unit."""
    return Content(row.content_amount, Measure(row.content_measure)) if row.content_amount else None


def prices_of(row: Any) -> Prices:
    """All that decides what one unit of a variant costs."""
    sale = Sale(row.sale_price, row.sale_since, row.sale_until) if row.sale_price else None
    return Prices(row.price, sale, tuple(Tier(quantity, price) for quantity, price in row.tiers), row.price_before)
