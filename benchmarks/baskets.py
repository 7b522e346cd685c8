"""`python -m benchmarks.baskets N`: N reviewed baskets with the bodies that order them, as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

from sqlmodel import Session

from marketplace.accounts.views import GUEST
from marketplace.base import clock, db
from marketplace.baskets import service as baskets
from marketplace.catalog import service as catalog
from marketplace.catalog import stock
from marketplace.catalog.service import ListQuery
from marketplace.orders.commands import CheckoutCommand, CheckoutDetails
from marketplace.orders.service import placing

DETAILS: dict[str, Any] = {
    "buyer": {"name": "Trần Thị Bưởi", "phone": "0912 345 678"},
    "address": {"commune": "31147", "street": "12 Trần Hưng Đạo"},
    "payment": "cod",
}


def make(session: Session, count: int) -> list[dict[str, Any]]:
    """Baskets of one line each, spread over goods that are in stock."""
    now = clock.now()
    goods = [card for card in catalog.list_products(session, ListQuery(limit=60), "vi", now).cards if card.in_stock]
    details = CheckoutDetails.model_validate(DETAILS)
    made = []
    for number in range(count):
        sku = catalog.sku_for_sale(session, goods[number % len(goods)].sku, now)
        # Enough for every run, however often the benchmark was run before.
        stock.set_on_hand(session, sku.sku_id, 10**9, now)
        basket = baskets.create(session, GUEST, now)
        baskets.put_line(session, basket, sku.code, sku.minimum, now)
        accepted = placing.review(session, basket, details, now).terms_hash
        command = CheckoutCommand(**details.model_dump(), accepted_terms_hash=accepted)
        made.append({"basket": basket, "body": command.model_dump(mode="json")})
    return made


if __name__ == "__main__":
    print(json.dumps(db.write_now(make, int(sys.argv[1]))))
