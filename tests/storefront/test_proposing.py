"""Where words were mended or nothing was found, the page says so and proposes what does find something."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import Session

from marketplace.catalog.service import ListQuery
from marketplace.sellers.rules import SellerKind
from marketplace.storefront import service
from marketplace.storefront.pages import LISTING_VIEW
from marketplace.storefront.query import read_query
from marketplace.storefront.views import Choice
from tests.factories import NOW, make_category, make_commune, make_product, make_seller


def leads_to(session: Session, choice: Choice) -> int:
    """How many goods are where a choice leads."""
    parts = urlsplit(choice.href)
    category = parts.path.removeprefix("/c/") if parts.path.startswith("/c/") else ""
    query = read_query({name: values[0] for name, values in parse_qs(parts.query).items()}, category)
    page = service.listing(session, query, "vi", NOW)
    assert choice.count_text == page.total_text
    return len(page.cards)


@pytest.fixture
def market(session: Session) -> Session:
    fruit = make_category(session, "Trái cây")
    rice = make_category(session, "Gạo, nếp")
    make_category(session, "Đồ gỗ")
    farm = make_seller(session, "Vườn Ba", kind=SellerKind.FARM, commune_code="31117")
    company = make_seller(session, "Công ty", kind=SellerKind.ENTERPRISE, commune_code="31120")
    for name in ("Sầu riêng Ri6", "Sầu riêng Monthong", "Xoài cát Hòa Lộc"):
        make_product(session, name, seller_id=farm, category_id=fruit, price=65_000)
    make_product(session, "Gạo ST25", seller_id=company, category_id=rice, price=250_000, popularity=9)
    return session


def test_what_words_were_taken_for_is_said_with_its_accents(market: Session) -> None:
    page = service.listing(market, ListQuery(q="sau rieg"), "vi", NOW)
    assert (page.title, page.meant, page.q) == ("Kết quả cho “sầu riêng”", "sầu riêng", "sau rieg")
    shown = LISTING_VIEW.render("vi", page)
    assert "Không có món nào ghi “sau rieg”. Hiển thị kết quả cho “sầu riêng”." in shown
    assert 'value="sau rieg"' in shown
    as_typed = service.listing(market, ListQuery(q="sau rieng"), "vi", NOW)
    assert (as_typed.title, as_typed.meant) == ("Kết quả cho “sau rieng”", "")
    assert "Hiển thị kết quả" not in LISTING_VIEW.render("vi", as_typed)


def test_each_filter_that_alone_stands_in_the_way_can_be_left_out(market: Session) -> None:
    page = service.listing(market, ListQuery(q="xoài", kind="enterprise"), "vi", NOW)
    assert [(choice.label, choice.count) for choice in page.fewer] == [("Bỏ lọc “Doanh nghiệp”", 1)]
    assert leads_to(market, page.fewer[0]) == 1
    assert page.parts == ()
    inside = service.listing(market, ListQuery(q="xoài", category="gao-nep"), "vi", NOW)
    assert [(choice.label, choice.count) for choice in inside.fewer] == [("Ở mọi danh mục", 1)]
    assert leads_to(market, inside.fewer[0]) == 1


def test_where_no_filter_alone_stands_in_the_way_all_of_them_can_be_left_out(market: Session) -> None:
    together = service.listing(market, ListQuery(q="xoài", kind="enterprise", ocop=5), "vi", NOW)
    assert [(choice.label, choice.count) for choice in together.fewer] == [("Bỏ hết bộ lọc", 1)]
    assert leads_to(market, together.fewer[0]) == 1
    kept = service.listing(market, ListQuery(category="gao-nep", kind="farm", ocop=5), "vi", NOW)
    assert [(choice.href, choice.count) for choice in kept.fewer] == [("/c/gao-nep", 1)]
    elsewhere = service.listing(market, ListQuery(q="xoài", category="gao-nep", kind="enterprise"), "vi", NOW)
    assert [choice.label for choice in elsewhere.fewer] == ["Bỏ hết bộ lọc, tìm ở mọi danh mục"]
    assert leads_to(market, elsewhere.fewer[0]) == 1


def test_each_known_part_of_the_words_is_proposed_with_what_it_finds(market: Session) -> None:
    page = service.listing(market, ListQuery(q="sầu riêng kwzkwz xoai"), "vi", NOW)
    assert not page.found
    assert {choice.label: choice.count for choice in page.parts} == {"sầu riêng": 2, "xoai": 1}
    assert [leads_to(market, choice) for choice in page.parts] == [choice.count for choice in page.parts]
    assert page.fewer == ()


def test_categories_the_words_name_are_proposed_else_those_beside_none_of_them_empty(market: Session) -> None:
    def near(q: str, category: str = "") -> list[str]:
        page = service.listing(market, ListQuery(q, category), "vi", NOW)
        assert not page.found
        assert [leads_to(market, choice) for choice in page.nearby] == [choice.count for choice in page.nearby]
        return [choice.label for choice in page.nearby]

    assert near(q="kwzkwz nếp zzz") == ["Gạo, nếp"]
    assert near(q="kwzkwz") == ["Trái cây", "Gạo, nếp"]
    assert near(q="kwzkwz", category="gao-nep") == ["Trái cây"]
    assert near(q="kwzkwz", category="do-go") == ["Trái cây", "Gạo, nếp"]


def test_what_sells_where_somebody_looks_is_shown_below(market: Session) -> None:
    make_commune(market, "31299", "Xã Phong Điền")
    for asked, title, names in (
        (ListQuery(q="kwz", category="trai-cay"), "Bán chạy trong Trái cây", 3),
        (ListQuery(q="kwz", commune="31120"), "Bán chạy của ", 1),
        (ListQuery(q="kwz", commune="31299"), "Bán chạy", 4),
        (ListQuery(q="kwz"), "Bán chạy", 4),
    ):
        page = service.listing(market, asked, "vi", NOW)
        assert page.suggestions_title.startswith(title)
        assert len(page.suggestions) == names


def test_the_first_view_of_an_empty_list_has_all_of_it_as_links(market: Session) -> None:
    page = service.listing(market, ListQuery(q="xoài", kind="enterprise"), "en", NOW)
    shown = LISTING_VIEW.render("en", page)
    assert 'href="/search?q=xo%C3%A0i"' in shown
    assert "Without “Enterprise”" in shown
    assert "1 product<" in shown


def test_beyond_the_end_of_a_list_nothing_is_said_to_be_missing(market: Session) -> None:
    first = service.listing(market, ListQuery(), "vi", NOW)
    assert first.found
    assert [first.fewer, first.parts, first.nearby] == [(), (), ()]
    assert first.suggestions == ()
