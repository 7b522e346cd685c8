"""What is counted of goods for lists: what was sold, and what shoppers think of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from marketplace.base import outbox
from marketplace.catalog.models import Product, Sku
from marketplace.catalog.news import CHANGED


def count_sale(session: Session, sold: Sequence[tuple[int, int]], now: datetime) -> None:
    """Add sold quantities (stock keeping unit id, thousandths) to their products, which rise in lists and in search."""
    owners = session.execute(
        select(col(Sku.id), col(Sku.product_id)).where(col(Sku.id).in_([sku_id for sku_id, _ in sold]))
    ).all()
    product_of = {row.id: row.product_id for row in owners}
    quantities: Counter[int] = Counter()
    for sku_id, quantity in sold:
        quantities[product_of[sku_id]] += quantity
    # Lowest id first, so that two of these at once cannot deadlock.
    for product_id in sorted(quantities):
        session.execute(
            update(Product)
            .where(col(Product.id) == product_id)
            .values(
                sold=col(Product.sold) + quantities[product_id],
                popularity=col(Product.popularity) + quantities[product_id],
            )
            .execution_options(synchronize_session=False)
        )
    outbox.announce(session, CHANGED, {"product_ids": sorted(quantities)}, now)


def count_rating(session: Session, product_id: int, now: datetime, *, count: int, stars: int) -> None:
    """Add to what a product's ratings sum to, in the transaction that writes the rating; lists show it at once."""
    session.execute(
        update(Product)
        .where(col(Product.id) == product_id)
        .values(rating_count=col(Product.rating_count) + count, rating_sum=col(Product.rating_sum) + stars)
        .execution_options(synchronize_session=False)
    )
    reviewed(session, product_id, now)


def reviewed(session: Session, product_id: int, now: datetime) -> None:
    """What is said of a product changed: its page looks different."""
    outbox.announce(session, CHANGED, {"product_ids": [product_id]}, now)


def set_ratings(session: Session, rated: Mapping[int, tuple[int, int]], now: datetime) -> int:
    """Set what the ratings of all products sum to, counted anew as number and stars; returns how many were wrong."""
    rows = session.execute(
        select(col(Product.id), col(Product.rating_count), col(Product.rating_sum)).where(
            (col(Product.rating_count) > 0) | col(Product.id).in_(list(rated))
        )
    ).all()
    wrong = [row.id for row in rows if (row.rating_count, row.rating_sum) != rated.get(row.id, (0, 0))]
    if wrong:
        table = Product.__table__  # type: ignore[attr-defined]
        session.connection().execute(
            update(table)
            .where(table.c.id == bindparam("product"))
            .values(rating_count=bindparam("number"), rating_sum=bindparam("stars")),
            [
                {"product": number, "number": rated.get(number, (0, 0))[0], "stars": rated.get(number, (0, 0))[1]}
                for number in wrong
            ],
        )
        outbox.announce(session, CHANGED, {"product_ids": wrong}, now)
    return len(wrong)
