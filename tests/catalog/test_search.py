"""Search finds what people mean, in the order they would want it, whatever they type."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import Session

from marketplace.base import db, outbox
from marketplace.base.errors import DomainError
from marketplace.catalog import service as catalog
from marketplace.catalog.models import Product
from marketplace.catalog.news import CHANGED
from marketplace.catalog.service import ListQuery, Sort
from tests.catalog.counting import counting
from tests.factories import NOW, make_category, make_product, make_seller


def found(session: Session, q: str, **filters: object) -> list[str]:
    """Names of all matches, page by page."""
    query = ListQuery(q=q, limit=2, **filters)  # type: ignore[arg-type]
    names: list[str] = []
    while True:
        page = catalog.list_products(session, query, "vi", NOW)
        names.extend(card.name for card in page.cards)
        if page.next_cursor is None:
            return names
        query = replace(query, after=page.next_cursor)


GOODS = (
    ("Sầu riêng Ri6", 900_000),
    ("Sầu riêng Monthong", 500_000),
    ("Xoài cát Hòa Lộc", 800_000),
    ("Đường thốt nốt An Giang", 100_000),
    ("Dừa xiêm", 50_000),
    ("Dưa hấu Long An", 900_000),
    ("Dứa mật", 700_000),
    ("Cá lóc đồng", 10_000),
    ("Cải thìa", 600_000),
    ("Cam sành", 650_000),
    ("Gạo ST25 túi 5kg", 300_000),
)


@pytest.fixture
def market(session: Session) -> Session:
    seller_id = make_seller(session, "Vườn Xoài Ba Tám")
    for name, popularity in GOODS:
        make_product(session, name, seller_id=seller_id, popularity=popularity)
    return session


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sau rieng", "Sầu riêng Ri6"),
        ("sầu riêng", "Sầu riêng Ri6"),
        ("SẦU RIÊNG", "Sầu riêng Ri6"),
        ("sau rieng mon", "Sầu riêng Monthong"),
        ("riêng sầu", "Sầu riêng Ri6"),
        ("duong thot not", "Đường thốt nốt An Giang"),
        ("đường thốt nốt", "Đường thốt nốt An Giang"),
        ("duong th", "Đường thốt nốt An Giang"),
        ("hoa loc", "Xoài cát Hòa Lộc"),
        ("xoai", "Xoài cát Hòa Lộc"),
        ("dừa", "Dừa xiêm"),
        ("dưa", "Dưa hấu Long An"),
        ("dứa", "Dứa mật"),
        ("dua", "Dưa hấu Long An"),
        ("cá", "Cá lóc đồng"),
        ("ca", "Cá lóc đồng"),
        ("st25", "Gạo ST25 túi 5kg"),
        ("gạo st", "Gạo ST25 túi 5kg"),
        ("  xoài,   cát!! ", "Xoài cát Hòa Lộc"),
    ],
)
def test_the_first_hit_is_what_was_meant(market: Session, typed: str, first: str) -> None:
    for form in ("NFC", "NFD"):
        assert found(market, unicodedata.normalize(form, typed))[0] == first


def test_goods_named_so_come_before_goods_of_a_shop_named_so(market: Session) -> None:
    names = found(market, "xoai")
    assert names[0] == "Xoài cát Hòa Lộc"
    assert sorted(names) == sorted(name for name, _ in GOODS)


def test_equal_matches_come_by_popularity_and_then_the_newer_one(session: Session) -> None:
    seller_id = make_seller(session)
    for name, popularity in (("Ổi A", 0), ("Ổi B", 0), ("Ổi C", 5_000), ("Ổi D", 90_000)):
        make_product(session, name, seller_id=seller_id, popularity=popularity)
    assert found(session, "oi") == ["Ổi D", "Ổi C", "Ổi B", "Ổi A"]


def test_pages_show_every_match_once(market: Session) -> None:
    for typed in ("xoai", "d", "dừ", "ca", "vuon ba tam"):
        names = found(market, typed)
        assert len(names) == len(set(names))
        assert set(names) == {
            card.name for card in catalog.list_products(market, ListQuery(q=typed, limit=60), "vi", NOW).cards
        }


def test_the_shop_the_commune_and_the_category_are_found_too(market: Session) -> None:
    for typed in ("ba tam", "ninh kieu", "trai cay sau rieng"):
        assert found(market, typed)


def test_what_matches_nothing_finds_nothing(market: Session) -> None:
    for typed in ("zzz", "sau rieng xyz", "rieng123", "…", "_", '"', "芒果"):
        page = catalog.list_products(market, ListQuery(q=typed), "vi", NOW)
        assert (page.cards, page.total, page.next_cursor) == ((), 0, None)


def test_filters_hold_within_a_search(session: Session) -> None:
    fruit, rice = make_category(session, "Trái cây"), make_category(session, "Gạo")
    citrus = make_category(session, "Cam quýt", parent_id=fruit)
    near = make_seller(session, "Vườn gần", commune_code="31117")
    far = make_seller(session, "Vườn xa", commune_code="31120")
    until = date(2026, 12, 31)
    make_product(session, "Cam một", seller_id=near, category_id=citrus, price=20_000, ocop=(3, until))
    make_product(session, "Cam hai", seller_id=near, category_id=fruit, price=30_000, ocop=(5, until))
    make_product(session, "Cam ba", seller_id=far, category_id=rice, price=40_000, ocop=(4, date(2025, 12, 31)))
    near_shop = catalog.list_products(session, ListQuery(q="cam hai"), "vi", NOW).cards[0].store_slug

    def names(**filters: object) -> set[str]:
        return {name.removeprefix("Cam ") for name in found(session, "cam", **filters)}

    assert names() == {"một", "hai", "ba"}
    assert names(category="trai-cay") == {"một", "hai"}
    assert names(category="cam-quyt") == {"một"}
    assert names(store=near_shop) == {"một", "hai"}
    assert names(commune="31120") == {"ba"}
    assert names(min_price=30_000) == {"hai", "ba"}
    assert names(min_price=20_001, max_price=39_999) == {"hai"}
    assert names(max_price=20_000) == {"một"}
    assert names(ocop=3) == {"một", "hai"}
    assert names(ocop=4) == {"hai"}
    assert names(category="trai-cay", max_price=25_000, ocop=3, commune="31117") == {"một"}
    assert names(store="khong-co") == set()


@pytest.mark.parametrize("filters", [{}, {"min_price": 1_500, "max_price": 9_500}])
def test_a_search_can_be_put_in_order_of_price_and_age(session: Session, filters: dict[str, int]) -> None:
    seller_id = make_seller(session, "Vườn Mận")
    prices = [4_000, 9_000, 2_000, 7_000, 2_000]
    for number, price in enumerate(prices):
        make_product(session, f"Mận {number}", seller_id=seller_id, price=price, at=NOW + timedelta(minutes=number))
    make_product(session, "Táo của vườn mận", seller_id=seller_id, price=1_000)
    make_product(session, "Ổi", seller_id=seller_id, price=3_000)
    ascending = found(session, "man", sort=Sort.PRICE_ASCENDING, **filters)
    assert [name for name in ascending if name.startswith("Mận")] == ["Mận 2", "Mận 4", "Mận 0", "Mận 3", "Mận 1"]
    assert "Ổi" not in ascending
    descending = found(session, "man", sort=Sort.PRICE_DESCENDING, **filters)
    assert [name for name in descending if name.startswith("Mận")] == ["Mận 1", "Mận 3", "Mận 0", "Mận 4", "Mận 2"]
    newest = found(session, "man", sort=Sort.NEW, **filters)
    assert [name for name in newest if name.startswith("Mận")] == [f"Mận {number}" for number in (4, 3, 2, 1, 0)]


def test_a_product_leaves_search_with_its_listing_and_comes_back_under_its_new_name(session: Session) -> None:
    sku = make_product(session, "Chôm chôm")
    product = session.get_one(Product, sku.product_id)
    product.listed = False
    outbox.announce(session, CHANGED, {"product_ids": [product.id]}, NOW)
    assert found(session, "chom chom") == []
    product.listed, product.name = True, "Nhãn xuồng"
    outbox.announce(session, CHANGED, {"product_ids": [product.id]}, NOW)
    assert found(session, "chom chom") == []
    assert found(session, "nhan") == ["Nhãn xuồng"]


def test_sold_goods_rise(session: Session) -> None:
    seller_id = make_seller(session)
    behind, _ = (make_product(session, name, seller_id=seller_id, popularity=10_000) for name in ("Bưởi A", "Bưởi B"))
    assert found(session, "buoi") == ["Bưởi B", "Bưởi A"]
    catalog.count_sale(session, [(behind.id, 20_000), (behind.id, 5_000)], NOW)
    assert found(session, "buoi") == ["Bưởi A", "Bưởi B"]
    session.expire_all()
    assert session.get_one(Product, behind.product_id).sold == 25_000


def test_the_window_made_anew_answers_as_the_one_kept_in_step(market: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marketplace.catalog.search.entries.BATCH", 3)
    typed = ("sau rieng", "dua", "dừa", "ca", "vuon", "x")
    before = [found(market, q) for q in typed]
    outbox.announce(market, CHANGED, {}, NOW)
    assert [found(market, q) for q in typed] == before
    assert len(found(market, "vuon")) == len(GOODS)


def test_what_a_transaction_takes_back_is_not_found(database: str) -> None:
    def make_and_fail(session: Session) -> None:
        make_product(session, "Vú sữa")
        assert found(session, "vu sua") == ["Vú sữa"]
        raise DomainError

    with pytest.raises(DomainError):
        db.write_now(make_and_fail)
    with db.read() as session:
        assert found(session, "vu sua") == []


def test_a_search_reads_a_fixed_number_of_times_however_much_it_finds(session: Session) -> None:
    seller_id = make_seller(session)
    for number in range(30):
        make_product(session, f"Ổi {number}", seller_id=seller_id)
    # The first look of a process draws the window; every later one asks what is new and reads cards it does not know.
    catalog.list_products(session, ListQuery(q="oi", limit=1), "vi", NOW)
    with counting(session) as few:
        catalog.list_products(session, ListQuery(q="oi", limit=2), "vi", NOW)
    with counting(session) as many:
        assert len(catalog.list_products(session, ListQuery(q="oi", limit=28), "vi", NOW).cards) == 28
    assert len(many) <= len(few) <= 2


HOSTILE = (
    '"',
    "*",
    "a* OR b*",
    'x" OR rowid > 0 --',
    "NEAR(a b)",
    "document : a",
    "-a",
    "^a",
    "(a",
    "a AND",
    "NOT",
    "'",
    "a' | 'b",
    "!a & b",
    "a:*",
    "\\",
    "\x00",
    "{a}",
    "a + b",
    "%",
    "÷×",
    "kc1",
    "ks1 kp31117",
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_is_syntax(market: Session, typed: str) -> None:
    found(market, typed)


def test_any_text_at_all_is_answered(session: Session) -> None:
    make_product(session, "Xoài 100% sạch (loại 1)")

    @hypothesis_settings(max_examples=150)
    @given(st.text(max_size=40) | st.text("aàảdđ ơ'\"*:-()|&!\\0²ßŉǅ\u1c80\u0301\u200b", max_size=20))
    def answered(typed: str) -> None:
        catalog.list_products(session, ListQuery(q=typed), "vi", NOW)

    answered()
