"""What the search box proposes while somebody types."""

from __future__ import annotations

import pytest
from sqlmodel import Session, col, select

from marketplace.base import outbox
from marketplace.catalog import service as catalog
from marketplace.catalog.models import Product
from marketplace.catalog.news import CHANGED
from marketplace.catalog.views import Suggestions
from tests.factories import NOW, make_category, make_product, make_seller


def suggested(session: Session, q: str) -> Suggestions:
    return catalog.suggest(session, q, "", "vi", NOW)


@pytest.fixture
def market(session: Session) -> Session:
    fruit = make_category(session, "Sầu riêng, mít")
    durians, mangoes = make_seller(session, "Vườn sầu riêng Ba Tám"), make_seller(session, "Nhà Xoài")
    for name, seller in (("Sầu riêng Ri6", durians), ("Sầu riêng Monthong", durians), ("Xoài cát Hòa Lộc", mangoes)):
        make_product(session, name, seller_id=seller, category_id=fruit, price=65_000)
    return session


def test_goods_categories_shops_and_queries_are_proposed_as_one_types(market: Session) -> None:
    found = suggested(market, "sau r")
    assert {card.name for card in found.products[:2]} == {"Sầu riêng Ri6", "Sầu riêng Monthong"}
    assert [link.name for link in found.categories] == ["Sầu riêng, mít"]
    assert [link.name for link in found.stores] == ["Vườn sầu riêng Ba Tám"]
    assert found.queries == ("sầu riêng",)


def test_a_query_is_proposed_for_a_slip_too(market: Session) -> None:
    assert suggested(market, "sau rieg").queries[0] == "sầu riêng"


def test_what_is_typed_already_is_not_proposed_again(market: Session) -> None:
    assert suggested(market, "xoài cát").queries == ()
    assert suggested(market, "xoài").queries == ("xoài cát",)


def test_a_blank_text_and_a_strange_one_propose_nothing(market: Session) -> None:
    for typed in ("", "   ", "kwzkwz", "…", "\x00"):
        assert suggested(market, typed) == Suggestions()


def test_a_shop_is_proposed_by_its_name_of_now_and_while_it_has_goods(market: Session) -> None:
    product = market.scalars(select(Product).where(col(Product.name) == "Xoài cát Hòa Lộc")).one()
    assert [link.name for link in suggested(market, "nhà x").stores] == ["Nhà Xoài"]
    product.store_name = "Cô Út"
    outbox.announce(market, CHANGED, {"product_ids": [product.id]}, NOW)
    assert suggested(market, "nhà x").stores == ()
    assert [link.name for link in suggested(market, "co ut").stores] == ["Cô Út"]
    product.listed = False
    outbox.announce(market, CHANGED, {"product_ids": [product.id]}, NOW)
    assert suggested(market, "co ut").stores == ()
