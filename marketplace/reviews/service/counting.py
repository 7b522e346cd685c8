"""Ratings as counters: changed in the transaction of each review, never counted while somebody reads.

A product's row and its shop's row hold how many and how much together; `review_count` how many of each number of stars.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from marketplace.base import outbox
from marketplace.catalog import service as catalog
from marketplace.reviews.models import Review, ReviewCount
from marketplace.reviews.rules import ReviewState
from marketplace.sellers import service as sellers

RATED = "review.rated"
"""`{"product_id": n, "seller_id": n}`: what shoppers think of goods and their shop changed."""


def count(session: Session, review: Review, now: datetime, *, before: int = 0, after: int = 0) -> None:
    """A review that counted with `before` stars counts with `after` from now on; 0 is for one that does not count."""
    if before == after:
        return
    # Fewer stars first, so that two reviews changed in opposite ways at once cannot deadlock.
    for stars, by in sorted([(before, -1), (after, 1)]):
        if stars:
            _add(session, review.product_id, stars, by)
    number = bool(after) - bool(before)
    catalog.count_rating(session, review.product_id, now, count=number, stars=after - before)
    sellers.count_rating(session, review.seller_id, count=number, stars=after - before)
    tell(session, review, now)


def tell(session: Session, review: Review, now: datetime) -> None:
    """Everybody who shows this product or its shop looks again."""
    outbox.announce(session, RATED, {"product_id": review.product_id, "seller_id": review.seller_id}, now)


def _add(session: Session, product_id: int, stars: int, by: int) -> None:
    adding = (
        update(ReviewCount)
        .where(col(ReviewCount.product_id) == product_id, col(ReviewCount.stars) == stars)
        .values(number=col(ReviewCount.number) + by)
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", session.execute(adding)).rowcount:
        return
    try:
        with session.begin_nested():
            session.execute(insert(ReviewCount).values(product_id=product_id, stars=stars, number=by))
    except IntegrityError:
        # Two first ones at the same moment: the other one made the row.
        session.execute(adding)


def rebuild_ratings(session: Session, now: datetime) -> int:
    """Count all ratings anew from the reviews, which wait meanwhile; returns how many products were wrong."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE review IN SHARE ROW EXCLUSIVE MODE"))
    session.execute(delete(ReviewCount))
    shown = col(Review.state) == ReviewState.SHOWN
    rows = session.execute(
        select(col(Review.product_id), col(Review.seller_id), col(Review.stars), func.count())
        .where(shown)
        .group_by(col(Review.product_id), col(Review.seller_id), col(Review.stars))
    ).all()
    numbers: Counter[tuple[int, int]] = Counter()
    products: dict[int, tuple[int, int]] = {}
    shops: dict[int, tuple[int, int]] = {}
    for product_id, seller_id, stars, number in rows:
        numbers[product_id, stars] += number
        for sums, key in ((products, product_id), (shops, seller_id)):
            there = sums.get(key, (0, 0))
            sums[key] = (there[0] + number, there[1] + number * stars)
    if numbers:
        session.execute(
            insert(ReviewCount),
            [{"product_id": key[0], "stars": key[1], "number": number} for key, number in numbers.items()],
        )
    sellers.set_ratings(session, shops)
    return catalog.set_ratings(session, products, now)
