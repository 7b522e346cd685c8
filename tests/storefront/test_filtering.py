"""Filters lead where they say, say how many goods are there, and never lose what else was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from marketplace.catalog.models import Product
from marketplace.catalog.rules import CertificateKind
from marketplace.catalog.service import ListQuery, Sort
from marketplace.catalog.views import Counts
from marketplace.delivery import service as delivery
from marketplace.delivery.models import DeliveryMethod
from marketplace.delivery.rules import MethodKind, Zone
from marketplace.sellers.rules import SellerKind
from marketplace.storefront import filtering, service
from marketplace.storefront.query import read_query
from marketplace.storefront.views import Choice, ListingPage
from tests.factories import NOW, make_category, make_certificate, make_product, make_seller

QUERIES = st.builds(
    ListQuery,
    q=st.sampled_from(["", "xoài", "a&b=c", "50%"]),
    category=st.sampled_from(["", "trai-cay"]),
    commune=st.sampled_from(["", "31117"]),
    min_price=st.sampled_from([None, 1, 50_000]),
    max_price=st.sampled_from([None, 200_000]),
    ocop=st.sampled_from([None, 3, 5]),
    sort=st.sampled_from([Sort.POPULAR, Sort.PRICE_ASCENDING]),
    kind=st.sampled_from(["", "farm"]),
    in_stock=st.booleans(),
    certificate=st.sampled_from(["", "vietgap", "ocop"]),
    preorder=st.booleans(),
)


def read(href: str) -> ListQuery:
    """What an address asks for."""
    parts = urlsplit(href)
    category = parts.path.removeprefix("/c/") if parts.path.startswith("/c/") else ""
    return read_query({name: values[0] for name, values in parse_qs(parts.query).items()}, category)


@given(QUERIES)
def test_an_address_asks_for_what_it_was_made_of(query: ListQuery) -> None:
    assert read(filtering.address(query)) == query


@given(QUERIES)
def test_removing_every_filter_in_force_leaves_words_category_and_order(query: ListQuery) -> None:
    shown = filtering.filters(query, Counts(), [], {"31117": "Phường Ninh Kiều"}, "vi")
    bare = read(shown.clear_href)
    assert bare == replace(query, **filtering.WITHOUT)
    while shown.active:
        fewer = read(shown.active[0].href)
        shown = filtering.filters(fewer, Counts(), [], {"31117": "Phường Ninh Kiều"}, "vi")
    assert fewer == bare if query != bare else not shown.active


@given(QUERIES)
def test_a_form_of_prices_sends_everything_else_along(query: ListQuery) -> None:
    kept = {field.name: field.value for field in filtering.kept_fields(query, "min_price", "max_price")}
    sent = read_query({**kept, "min_price": "7", "max_price": "9"}, query.category)
    assert sent == replace(query, min_price=7, max_price=9)


@pytest.fixture
def market(session: Session) -> Session:
    fruit = make_category(session, "Trái cây")
    citrus = make_category(session, "Cam quýt", parent_id=fruit)
    rice = make_category(session, "Gạo")
    farm = make_seller(session, "Vườn Ba", kind=SellerKind.FARM, commune_code="31117")
    company = make_seller(session, "Công ty Gạo", kind=SellerKind.ENTERPRISE, commune_code="31120")
    orange = make_product(session, "Cam sành", seller_id=farm, category_id=citrus, price=40_000).product_id
    session.get_one(Product, orange).expected_on = date(2026, 2, 1)
    make_product(session, "Quýt hồng", seller_id=farm, category_id=citrus, price=60_000, on_hand=0)
    make_product(session, "Xoài cát", seller_id=company, category_id=fruit, price=90_000)
    st25 = make_product(session, "Gạo ST25", seller_id=company, category_id=rice, price=250_000).product_id
    make_certificate(session, company, st25, stars=4)
    make_certificate(session, company, st25, kind=CertificateKind.ORGANIC)
    make_certificate(session, farm, kind=CertificateKind.VIETGAP)
    return session


def choices(page: ListingPage, group: str) -> dict[str, Choice]:
    return {choice.label: choice for found in page.filters.groups if found.label == group for choice in found.choices}


def test_every_filter_leads_to_as_many_goods_as_it_says(market: Session) -> None:
    queue, seen = [ListQuery()], set()
    while queue:
        query = queue.pop()
        page = service.listing(market, query, "vi", NOW)
        for group in page.filters.groups:
            for choice in group.choices:
                following = read(choice.href)
                if choice.chosen or following in seen:
                    continue
                seen.add(following)
                if len(seen) < 150:
                    queue.append(following)
                found = service.listing(market, following, "vi", NOW)
                assert found.total_text == f"{choice.count} sản phẩm", (query, choice)
    assert len(seen) > 50


def test_choices_of_one_kind_do_not_count_each_other_out(market: Session) -> None:
    page = service.listing(market, ListQuery(kind="farm"), "vi", NOW)
    kinds = choices(page, "Người bán")
    assert {label: choice.count for label, choice in kinds.items()} == {"Nhà vườn, trang trại": 2, "Doanh nghiệp": 2}
    assert kinds["Nhà vườn, trang trại"].chosen
    assert read(kinds["Nhà vườn, trang trại"].href) == ListQuery()
    assert {label: choice.count for label, choice in choices(page, "Danh mục").items()} == {"Trái cây": 2}


def test_only_what_reaches_a_commune_is_shown_when_it_is_asked_for(market: Session) -> None:
    for seller_id in range(1, 3):
        delivery.give_default_methods(market, {"seller_id": seller_id}, NOW)
    market.flush()
    for method in market.exec(select(DeliveryMethod).where(DeliveryMethod.seller_id == 1)).all():
        method.zone = Zone.COMMUNE
        method.active = method.kind is not MethodKind.CARRIER
    market.flush()
    near = service.listing(market, ListQuery(deliver_to="31117"), "vi", NOW)
    away = service.listing(market, ListQuery(deliver_to="31120"), "vi", NOW)
    assert {card.name for card in near.cards} == {"Cam sành", "Quýt hồng", "Xoài cát", "Gạo ST25"}
    assert {card.name for card in away.cards} == {"Xoài cát", "Gạo ST25"}
    assert away.filters.active[0].label.startswith("Giao đến ")
    assert service.listing(market, ListQuery(deliver_to="99999"), "vi", NOW).cards == ()


def test_a_choice_that_would_leave_nothing_is_not_offered_unless_it_is_the_one_made(market: Session) -> None:
    page = service.listing(market, ListQuery(kind="household"), "vi", NOW)
    assert not page.found
    assert choices(page, "Người bán")["Hộ kinh doanh"].chosen
    assert choices(page, "OCOP") == {}


def test_goods_are_chosen_by_certificate_and_as_harvests_sold_ahead(market: Session) -> None:
    page = service.listing(market, ListQuery(), "vi", NOW)
    proofs = {label: choice.count for label, choice in choices(page, "Chứng nhận").items()}
    assert proofs == {"VietGAP": 2, "Hữu cơ": 1}
    assert {label: choice.count for label, choice in choices(page, "Tình trạng").items()} == {
        "Còn hàng": 3,
        "Đặt trước mùa tới": 1,
    }
    chosen = service.listing(market, ListQuery(certificate="vietgap", preorder=True), "vi", NOW)
    assert [card.name for card in chosen.cards] == ["Cam sành"]
    assert [chip.label for chip in chosen.filters.active] == ["VietGAP", "Đặt trước mùa tới"]
    assert [read(chip.href) for chip in chosen.filters.active] == [
        ListQuery(preorder=True),
        ListQuery(certificate="vietgap"),
    ]
