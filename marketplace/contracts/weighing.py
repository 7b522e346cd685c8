"""What goods paid by weight came to: it must follow from the terms that were accepted, and is kept in the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.base.quantity import read_quantity
from marketplace.catalog.rules import PieceWeight, weighed_amount


def settled(terms: Mapping[str, Any], grams: Mapping[str, int], delivery_fee: int) -> dict[str, Any]:
    """What a contract comes to: grams and đồng of each weighed line, goods, delivery and total.

    `grams` are by stock keeping unit. Raises ValueError unless exactly the goods to be weighed were, and for a delivery fee
    above the agreed one.
    """
    to_weigh = {line["sku"] for line in terms["lines"] if line.get("weighed")}
    if to_weigh != set(grams) or not to_weigh:
        raise ValueError("other goods were weighed than the terms say")
    if not 0 <= delivery_fee <= terms["delivery"]["fee"]:
        raise ValueError("the delivery fee is above the agreed one")
    lines, goods_total = [], 0
    for line in terms["lines"]:
        amount = line["total"]
        if line["sku"] in to_weigh:
            piece = PieceWeight(line["weighed"]["from_grams"], line["weighed"]["to_grams"])
            weight = grams[line["sku"]]
            amount = weighed_amount(line["price"], read_quantity(line["quantity"]), piece, weight)
            lines.append({"sku": line["sku"], "grams": weight, "amount": amount})
        goods_total += amount
    return {
        "lines": lines,
        "goods_total": goods_total,
        "delivery_fee": delivery_fee,
        "total": goods_total + delivery_fee,
    }


def follows(terms: Mapping[str, Any], detail: Mapping[str, Any]) -> bool:
    """Whether what the evidence keeps of a weighing is what the terms make of these weights."""
    try:
        expected = settled(terms, {line["sku"]: line["grams"] for line in detail["lines"]}, detail["delivery_fee"])
        return all(detail[name] == value for name, value in expected.items())
    except (KeyError, TypeError, ValueError):
        return False
