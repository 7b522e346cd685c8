"""Lists of products: the right ones, in the right order, every page once, counted right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import Session

from marketplace.base import clock
from marketplace.base.errors import InputInvalid, NotFound
from marketplace.base.ratings import rated
from marketplace.catalog import service as catalog
from marketplace.catalog.models import Product
from marketplace.catalog.rules import ProductStatus
from marketplace.catalog.service import ListQuery, Sort
from marketplace.catalog.service.query import MOST, CursorInvalid, read_cursor
from marketplace.sellers.rules import SellerStatus
from tests.catalog.counting import counting
from tests.factories import NOW, make_category, make_product, make_seller


def walk(session: Session, query: ListQuery) -> list[str]:
    """Names on all pages of a listing."""
    names: list[str] = []
    while True:
        page = catalog.list_products(session, query, "vi", NOW)
        assert len(page.cards) <= query.limit
        names.extend(card.name for card in page.cards)
        if page.next_cursor is None:
            return names
        query = replace(query, after=page.next_cursor)


def test_every_order_shows_every_product_once_whatever_the_size_of_a_page(session: Session) -> None:
    seller_id = make_seller(session)
    rows = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3), st.integers(0, 3), st.integers(0, 5)), max_size=9)

    @hypothesis_settings(max_examples=25)
    @given(rows=rows, limit=st.integers(1, 5), sort=st.sampled_from(list(Sort)))
    def holds(rows: list[tuple[int, int, int, int]], limit: int, sort: Sort) -> None:
        with session.begin_nested() as savepoint:
            made = []
            for number, (price, popularity, age, stars) in enumerate(rows):
                at = NOW - timedelta(days=age)
                sku = make_product(
                    session, f"P{number}", seller_id=seller_id, price=price * 1000, popularity=popularity, at=at
                )
                product = session.get_one(Product, sku.product_id)
                product.rating_sum, product.rating_count = stars, min(stars, 1)
                made.append((sku.product_id, f"P{number}", price, popularity, -age, rated(stars, min(stars, 1))))
            session.flush()
            key = {
                Sort.POPULAR: lambda row: (-row[3], -row[0]),
                Sort.RELEVANCE: lambda row: (-row[3], -row[0]),
                Sort.NEW: lambda row: (-row[4], -row[0]),
                Sort.BEST_RATED: lambda row: (-row[5], -row[0]),
                Sort.PRICE_ASCENDING: lambda row: (row[2], row[0]),
                Sort.PRICE_DESCENDING: lambda row: (-row[2], -row[0]),
            }[sort]
            expected = [row[1] for row in sorted(made, key=key)]
            assert walk(session, ListQuery(sort=sort, limit=limit)) == expected
            assert catalog.list_products(session, ListQuery(sort=sort, limit=limit), "vi", NOW).total == len(rows)
            savepoint.rollback()

    holds()


def test_a_category_holds_what_is_below_it(session: Session) -> None:
    fruit = make_category(session, "Trái cây")
    citrus = make_category(session, "Cam quýt", parent_id=fruit)
    seller_id = make_seller(session)
    make_product(session, "Xoài", seller_id=seller_id, category_id=fruit)
    make_product(session, "Cam", seller_id=seller_id, category_id=citrus)
    make_product(session, "Gạo", seller_id=seller_id, category_id=make_category(session, "Gạo và hạt"))
    assert set(walk(session, ListQuery(category="trai-cay"))) == {"Xoài", "Cam"}
    assert walk(session, ListQuery(category="cam-quyt")) == ["Cam"]
    with pytest.raises(NotFound):
        catalog.list_products(session, ListQuery(category="khong-co"), "vi", NOW)


def test_filters_narrow_and_combine(session: Session) -> None:
    near, far = make_seller(session, commune_code="31117"), make_seller(session, commune_code="31120")
    for seller_id, name, price in ((near, "A", 10_000), (near, "B", 20_000), (far, "C", 20_000)):
        make_product(session, name, seller_id=seller_id, price=price)
    slug = next(card for card in catalog.list_products(session, ListQuery(), "vi", NOW).cards if card.name == "C")
    assert walk(session, ListQuery(store=slug.store_slug)) == ["C"]
    assert walk(session, ListQuery(commune="31117", sort=Sort.PRICE_ASCENDING)) == ["A", "B"]
    assert walk(session, ListQuery(min_price=10_001, max_price=20_000, sort=Sort.PRICE_ASCENDING)) == ["B", "C"]
    assert walk(session, ListQuery(commune="31117", min_price=20_000)) == ["B"]
    assert walk(session, ListQuery(commune="99999")) == []


def test_a_card_says_when_a_harvest_sold_ahead_will_be_there_until_it_is(session: Session) -> None:
    sku = make_product(session, "Sầu riêng vụ tới")
    product = session.get_one(Product, sku.product_id)
    product.sold, product.expected_on = 1_000, date(2026, 2, 1)
    session.flush()
    morning = clock.day_bounds(date(2026, 2, 1))[0]
    for now, note, total in (
        (NOW, "Đặt trước, có từ 01/02/2026", 1),
        (morning - timedelta(seconds=1), "Đặt trước, có từ 01/02/2026", 1),
        (morning, "Đã bán 1", 0),
    ):
        assert catalog.list_products(session, ListQuery(), "vi", now).cards[0].note == note
        assert catalog.list_products(session, ListQuery(preorder=True), "vi", now).total == total


def test_ocop_stars_count_until_the_day_they_end_and_no_longer(session: Session) -> None:
    last_day = date(2026, 1, 5)
    make_product(session, "Có sao", ocop=(4, last_day))
    assert walk(session, ListQuery(ocop=4)) == ["Có sao"]
    assert walk(session, ListQuery(ocop=5)) == []
    today, tomorrow = NOW, NOW + timedelta(hours=8)
    for moment, stars, names in ((today, 4, 1), (tomorrow, 0, 0)):
        assert catalog.list_products(session, ListQuery(), "vi", moment).cards[0].ocop_stars == stars
        assert len(catalog.list_products(session, ListQuery(ocop=3), "vi", moment).cards) == names


def test_drafts_paused_goods_and_those_of_shops_that_may_not_sell_are_not_listed(session: Session) -> None:
    make_product(session, "Nháp", status=ProductStatus.DRAFT)
    make_product(session, "Tạm ngưng", status=ProductStatus.PAUSED)
    make_product(session, "Chờ duyệt", seller_id=make_seller(session, status=SellerStatus.APPLIED))
    make_product(session, "Đang bán")
    assert walk(session, ListQuery()) == ["Đang bán"]


def test_a_card_is_ready_to_show_in_both_languages(session: Session) -> None:
    sku = make_product(session, "Bưởi da xanh", price=65_000, ocop=(4, date(2026, 12, 31)))
    session.get_one(Product, sku.product_id).sold = 1_234_567
    session.flush()
    vi = catalog.list_products(session, ListQuery(), "vi", NOW).cards[0]
    en = catalog.list_products(session, ListQuery(), "en", NOW).cards[0]
    assert (vi.price_text, vi.price_unit, vi.sku, vi.href) == ("65.000\u00a0₫", "kg", sku.code, f"/p/{vi.slug}")
    assert (vi.note, en.note) == ("Đã bán 1,2k", "1.2k sold")
    assert vi.ocop_text == "OCOP 4★"
    assert vi.picture == "/no-picture.svg"


def test_a_page_costs_the_same_number_of_queries_however_long_it_is(session: Session) -> None:
    seller_id = make_seller(session)
    for number in range(30):
        make_product(session, f"P{number}", seller_id=seller_id)
    catalog.list_products(session, ListQuery(category="trai-cay", limit=1), "vi", NOW)
    for limit in (2, 29):
        with counting(session) as statements:
            catalog.list_products(session, ListQuery(category="trai-cay", limit=limit), "vi", NOW)
        assert len(statements) == 2


def test_a_list_is_counted_exactly_at_once(session: Session) -> None:
    seller_id = make_seller(session)
    make_product(session, "A", seller_id=seller_id)
    assert catalog.list_products(session, ListQuery(), "vi", NOW).total == 1
    make_product(session, "B", seller_id=seller_id)
    assert catalog.list_products(session, ListQuery(), "vi", NOW).total == 2
    assert catalog.list_products(session, ListQuery(limit=1), "vi", NOW).total == 2
    make_product(session, "C", seller_id=seller_id)
    assert catalog.list_products(session, ListQuery(limit=1), "vi", NOW).total == 3


@pytest.mark.parametrize("limit", [0, -1, MOST + 1])
def test_a_page_of_an_impossible_length_is_refused(session: Session, limit: int) -> None:
    with pytest.raises(InputInvalid) as caught:
        catalog.list_products(session, ListQuery(limit=limit), "vi", NOW)
    assert caught.value.field == "limit"


def test_a_cursor_is_good_for_its_own_query_only_and_cannot_be_made_up(session: Session) -> None:
    seller_id = make_seller(session)
    for name in ("Cam A", "Cam B", "Cam C"):
        make_product(session, name, seller_id=seller_id)
    query = ListQuery(limit=1)
    cursor = catalog.list_products(session, query, "vi", NOW).next_cursor
    assert cursor is not None
    flipped = cursor[:-1] + ("A" if cursor[-1] != "A" else "B")
    others = [
        replace(query, after=cursor, sort=Sort.NEW),
        replace(query, after=cursor, category="trai-cay"),
        replace(query, after=cursor, q="cam"),
        replace(query, after=flipped),
        replace(query, after="x"),
        replace(query, after="é" * 20),
        replace(query, after="W10"),
        replace(query, after="A" * 200),
    ]
    for other in others:
        with pytest.raises(CursorInvalid) as caught:
            catalog.list_products(session, other, "vi", NOW)
        assert caught.value.status == 400
    assert catalog.list_products(session, replace(query, after=cursor), "vi", NOW).cards[0].name == "Cam B"


@given(st.text(max_size=60))
def test_no_cursor_a_person_could_type_breaks_anything(after: str) -> None:
    with pytest.raises(CursorInvalid):
        read_cursor(ListQuery(after=after))
