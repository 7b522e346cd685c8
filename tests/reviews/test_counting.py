"""Ratings are counters, right at every moment, also when many write at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from marketplace.accounts.rules import Role
from marketplace.base import db
from marketplace.base.errors import Conflict
from marketplace.catalog.models import Product
from marketplace.orders.models import OrderLine
from marketplace.reviews import service as reviews
from marketplace.reviews.commands import Judgement, ReviewDraft
from marketplace.reviews.models import Review, ReviewCount
from marketplace.reviews.service import ReceivedLine
from marketplace.sellers import service as sellers
from marketplace.sellers.models import Store
from tests.factories import NOW, make_staff
from tests.reviews.bought import Bought, received

LINES = 12


def counters(session: Session, bought: Bought) -> tuple[int, int, dict[int, int], int, int]:
    """What is counted of a product and its shop."""
    session.expire_all()
    product = session.get_one(Product, bought.product_id)
    store = session.exec(select(Store).where(Store.seller_id == bought.seller_id)).one()
    numbers = {
        row.stars: row.number
        for row in session.exec(select(ReviewCount).where(ReviewCount.product_id == bought.product_id)).all()
        if row.number
    }
    return product.rating_count, product.rating_sum, numbers, store.rating_count, store.rating_sum


def truth(session: Session, bought: Bought) -> tuple[int, int, dict[int, int], int, int]:
    """The same, counted from the reviews."""
    stars = session.exec(
        select(Review.stars).where(Review.product_id == bought.product_id, Review.state == "shown")
    ).all()
    return len(stars), sum(stars), {one: stars.count(one) for one in set(stars)}, len(stars), sum(stars)


def _lines(session: Session, bought: Bought, number: int) -> list[int]:
    """More lines of the same goods, as if they had been bought so often."""
    first = session.get_one(OrderLine, bought.line_id)
    values = first.model_dump(exclude={"id"})
    rows = [OrderLine(**values) for _ in range(number)]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _received(bought: Bought, line_id: int) -> ReceivedLine:
    return ReceivedLine(line_id, bought.product_id, bought.seller_id, None, "Nguyễn Thị Lan", "")


def test_reviews_written_at_once_all_count(database: str) -> None:
    with db.write() as session:
        bought = received(session)
        lines = _lines(session, bought, LINES)

    def write(number: int) -> None:
        line, stars = _received(bought, lines[number]), number % 5 + 1
        db.write_now(reviews.write, line, ReviewDraft(stars=stars), NOW)

    with ThreadPoolExecutor(6) as crowd:
        list(crowd.map(write, range(LINES)))
    with db.read() as session:
        assert counters(session, bought) == truth(session, bought)
        assert counters(session, bought)[0] == LINES


def test_one_line_reviewed_twice_at_once_has_one_review(database: str) -> None:
    with db.write() as session:
        bought = received(session)
    line = _received(bought, bought.line_id)

    def write(stars: int) -> str:
        try:
            db.write_now(reviews.write, line, ReviewDraft(stars=stars), NOW)
        except Conflict:
            return "conflict"
        return "written"

    with ThreadPoolExecutor(5) as crowd:
        answers = list(crowd.map(write, range(1, 6)))
    assert "written" in answers
    with db.read() as session:
        assert session.exec(select(Review.order_line_id)).all() == [bought.line_id]
        assert counters(session, bought) == truth(session, bought)


steps = st.lists(
    st.tuples(st.sampled_from(["write", "hide", "restore"]), st.integers(0, 3), st.integers(1, 5)), max_size=14
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=steps)
def test_whatever_is_written_changed_hidden_and_restored_the_counters_tell_the_truth(
    session: Session, taken: list[tuple[str, int, int]]
) -> None:
    with session.begin_nested() as example:
        bought = received(session)
        lines, staff = _lines(session, bought, 4), make_staff(session, Role.PROVINCE_STAFF)
        for step, number, stars in taken:
            known = session.exec(select(Review.id).where(Review.order_line_id == lines[number])).first()
            act: Any = reviews.hide if step == "hide" else reviews.restore
            if step == "write":
                reviews.write(session, _received(bought, lines[number]), ReviewDraft(stars=stars), NOW)
            elif known is not None:
                state = session.exec(select(Review.state).where(Review.id == known)).one()
                if (step == "hide") == (state == "shown"):
                    act(session, staff, Judgement(review_id=known, text="Lý do"), NOW)
            session.flush()
            assert counters(session, bought) == truth(session, bought)
        example.rollback()


@pytest.mark.usefixtures("session")
def test_counters_that_went_wrong_are_counted_anew(session: Session) -> None:
    bought = received(session)
    reviews.write(session, _received(bought, bought.line_id), ReviewDraft(stars=4), NOW)
    session.flush()
    for row in session.exec(select(Product).where(col(Product.id) == bought.product_id)).all():
        row.rating_count, row.rating_sum = 9, 9
    store = session.exec(select(Store).where(Store.seller_id == bought.seller_id)).one()
    store.rating_count, store.rating_sum, store.followers = 7, 21, 5
    session.flush()
    assert reviews.rebuild_ratings(session, NOW) == 1
    assert sellers.recount_followers(session) == 1
    assert counters(session, bought) == truth(session, bought) == (1, 4, {4: 1}, 1, 4)
    assert reviews.rebuild_ratings(session, NOW) == 0
