"""`python -m marketplace stock SKU --set N`: what is on hand, counted by whoever stands before it."""

from __future__ import annotations

import argparse
from datetime import datetime

from sqlmodel import Session

from marketplace.base import clock, db, outbox
from marketplace.base.quantity import read_quantity, show_quantity
from marketplace.catalog import service as catalog
from marketplace.catalog import stock
from marketplace.catalog.news import ONE_CHANGED


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `stock`."""
    parser.add_argument("sku", help="code of the stock keeping unit")
    parser.add_argument(
        "--set", dest="quantity", required=True, metavar="N", help="on hand now, in its unit: 12 or 1.5"
    )


def run(arguments: argparse.Namespace) -> int:
    """Set what is on hand; refused when orders were already promised more."""
    print(db.write_now(set_stock, arguments.sku, read_quantity(arguments.quantity), clock.now()))
    return 0


def set_stock(session: Session, code: str, quantity: int, now: datetime) -> str:
    """Set thousandths on hand of a stock keeping unit; says what can be sold now."""
    found = catalog.sku_for_sale(session, code, now)
    stock.set_on_hand(session, found.sku_id, quantity, now)
    outbox.emit(session, ONE_CHANGED, {"product_id": found.product_id, "seller_id": found.seller_id}, now)
    sku = catalog.sku_for_sale(session, code, now)
    unit, on_hand, for_sale = sku.unit_text.say("vi"), show_quantity(quantity), show_quantity(sku.available)
    return f"{sku.code} {sku.name}: {on_hand} {unit} on hand, {for_sale} {unit} for sale"
