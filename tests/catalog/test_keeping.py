"""The window kept in step with the database, whatever happens and whenever it is drawn anew."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from marketplace.base import clock, db, outbox
from marketplace.catalog import service as catalog
from marketplace.catalog.models import Product, Sku
from marketplace.catalog.news import CHANGED
from marketplace.catalog.rules import CertificateKind
from marketplace.catalog.search import Order, Question
from marketplace.catalog.search.keeping import Keeper, keeper
from marketplace.catalog.service import ListQuery
from tests.factories import NOW, make_certificate, make_product, make_seller

QUESTIONS = tuple(
    Question(text=text, order=order, counted=True, limit=60) for text in ("", "xoai", "ba tam") for order in Order
)


def in_step(session: Session, now: datetime = NOW) -> None:
    """The window kept answers as one made of what the database holds at this moment."""
    kept = [keeper().find(session, question, now) for question in QUESTIONS]
    anew = Keeper()
    assert kept == [anew.find(session, question, now) for question in QUESTIONS]


def announced(session: Session, product_id: int) -> None:
    outbox.announce(session, CHANGED, {"product_ids": [product_id]}, NOW)


def test_the_window_is_in_step_after_any_changes(session: Session) -> None:
    seller_id = make_seller(session)
    for number in range(6):
        make_product(session, f"Xoài {number}", seller_id=seller_id, popularity=number * 100)
    in_step(session)
    chosen = st.integers(0, 5)
    changes = st.tuples(st.sampled_from(["new", "price", "name", "off", "on", "sold", "seller"]), chosen, chosen)

    @hypothesis_settings(max_examples=12)
    @given(st.lists(changes, min_size=1, max_size=6))
    def changed(sequence: list[tuple[str, int, int]]) -> None:
        for what, which, value in sequence:
            product = session.scalars(select(Product).order_by(col(Product.id)).offset(which).limit(1)).one()
            assert product.id is not None
            if what == "new":
                make_product(session, f"Ổi {value}", seller_id=seller_id, on_hand=value * 400)
            elif what == "sold":
                sku = session.scalars(select(Sku).where(col(Sku.product_id) == product.id)).first()
                assert sku is not None
                assert sku.id is not None
                catalog.count_sale(session, [(sku.id, 10_000 * value)], NOW)
            elif what == "seller":
                outbox.announce(session, CHANGED, {"seller_id": seller_id}, NOW)
            else:
                if what == "price":
                    product.price = 1_000 * (value + 1)
                elif what == "name":
                    product.name = f"Mít {value}"
                else:
                    product.listed = what == "on"
                announced(session, product.id)
            in_step(session)

    changed()


def test_a_star_ends_at_its_moment_by_itself(session: Session) -> None:
    last_day = date(2026, 1, 31)
    make_product(session, "Xoài ba sao", ocop=(3, last_day))
    _, end = clock.day_bounds(last_day)

    def starred(now: datetime) -> int:
        return catalog.list_products(session, ListQuery(ocop=3), "vi", now).total

    assert starred(NOW) == 1
    assert starred(end - timedelta(seconds=1)) == 1
    assert starred(end) == 0
    in_step(session, end)


def test_whatever_the_clock_ends_is_due_once_and_in_its_turn(session: Session) -> None:
    seller_id = make_seller(session)
    product_id = make_product(session, "Xoài", seller_id=seller_id, ocop=(5, date(2026, 1, 20))).product_id
    product = session.get_one(Product, product_id)
    product.expected_on = date(2026, 1, 31)
    make_certificate(session, seller_id, product_id, stars=3, expires_on=date(2026, 1, 25))
    make_certificate(session, seller_id, kind=CertificateKind.VIETGAP, expires_on=date(2026, 1, 22))
    for _ in range(5):
        announced(session, product_id)
        in_step(session)

    def seen(now: datetime) -> tuple[int, ...]:
        found = keeper().find(session, Question(counted=True), now).counts
        return (*found.stars.values(), found.certificates["vietgap"], found.certificates["ocop"], found.preorder)

    assert keeper().due() == clock.day_bounds(date(2026, 1, 20))[1]
    for day, expected in (
        (date(2026, 1, 20), (1, 1, 1, 1, 1, 1)),
        (date(2026, 1, 21), (1, 0, 0, 1, 1, 1)),
        (date(2026, 1, 23), (1, 0, 0, 0, 1, 1)),
        (date(2026, 1, 26), (0, 0, 0, 0, 0, 1)),
        (date(2026, 1, 31), (0, 0, 0, 0, 0, 0)),
    ):
        moment = clock.day_bounds(day)[0]
        assert seen(moment) == expected, day
        in_step(session, moment)
    assert keeper().due() is None


@pytest.fixture
def shop(database: str) -> int:
    return db.write_now(make_seller)


def test_a_window_adopted_loses_nothing_that_came_in_while_it_was_drawn(shop: int) -> None:
    def made(session: Session, name: str) -> int:
        return make_product(session, name, seller_id=shop).product_id

    leaving = db.write_now(made, "Xoài bỏ bán")
    db.write_now(made, "Xoài tên cũ")
    with db.read() as session:
        in_step(session)
        drawn = keeper().drawn_anew(session, NOW)

    def change(session: Session) -> None:
        session.get_one(Product, leaving).listed = False
        announced(session, leaving)
        make_product(session, "Xoài mới", seller_id=shop)

    db.write_now(change)
    # One more question is asked of the window in use before the other takes its place, and one change comes after it.
    with db.read() as session:
        assert keeper().find(session, Question(text="xoai moi"), NOW).total == 1
    db.write_now(made, "Xoài mới nữa")
    with db.read() as session:
        keeper().adopt(session, drawn, NOW)
        in_step(session)
        assert keeper().find(session, Question(text="xoai"), NOW).total == 3
        assert leaving not in keeper().find(session, Question(text="xoai"), NOW).products
