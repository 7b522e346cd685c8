"""What a row of a variant says of its prices and its content, read in one place for lists, pages and baskets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from marketplace.base.quantity import THOUSAND
from marketplace.base.text import Text
from marketplace.catalog.rules import (
    Content,
    Measure,
    PieceWeight,
    Prices,
    Sale,
    Tier,
    Unit,
    goods_amount,
    piece_label,
    unit_price,
)


def content_said(row: Any) -> Content | None:
    """What a seller said is in one unit."""
    return Content(row.content_amount, Measure(row.content_measure)) if row.content_amount else None


def piece_of(row: Any) -> PieceWeight | None:
    """What one piece weighs, where goods are paid by weight."""
    return PieceWeight(row.lightest_grams, row.heaviest_grams) if row.lightest_grams else None


def listed_price(row: Any, now: datetime) -> int:
    """What lists sort and filter by: đồng for one unit as few as can be ordered, at most where it is paid by weight."""
    return goods_amount(unit_price(prices_of(row), row.minimum, now), THOUSAND, piece_of(row))


def label_of(row: Any) -> Text:
    """What a variant is called."""
    return piece_label(row.label, Unit(row.unit), content_said(row), piece_of(row))


def prices_of(row: Any) -> Prices:
    """All that decides what one unit of a variant costs, or a kilogram of it where it is paid by weight."""
    sale = Sale(row.sale_price, row.sale_since, row.sale_until) if row.sale_price else None
    return Prices(row.price, sale, tuple(Tier(quantity, price) for quantity, price in row.tiers), row.price_before)
