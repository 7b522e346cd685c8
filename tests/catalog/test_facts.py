"""What is said of goods: attributes of their category, seasons, keeping, harvests to come, and how soon they must arrive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from marketplace.accounts.views import Person
from marketplace.base.errors import DomainError
from marketplace.catalog import service as catalog
from marketplace.catalog.commands import ProductDraft, ProductFacts
from marketplace.catalog.models import Product
from marketplace.catalog.rules import (
    AttributeKind,
    Unit,
    in_season,
    read_attribute,
    season_mask,
    season_months,
)
from marketplace.catalog.service import ListQuery
from marketplace.catalog.service.attributes import ATTRIBUTES
from marketplace.catalog.service.reference import TREE, Entry
from marketplace.delivery import service as delivery
from marketplace.delivery.rules import MethodKind, TooFar, in_time
from marketplace.orders.service import placing
from tests.factories import NOW, make_commune, make_owner, make_product, make_seller
from tests.orders.shopping import details, fill_basket

SAUCE = ProductDraft(
    name="Nước mắm cá linh",
    category="nuoc-mam",
    unit=Unit.BOTTLE,
    price=60_000,
    stock=10_000,
    facts=ProductFacts(attributes={"protein": "40,5", "aged": "12", "ingredients": "Cá linh, muối"}),
)


@pytest.fixture
def owner(session: Session) -> Person:
    catalog.sync_reference_data(session)
    return make_owner(session, make_seller(session))


def _entries(entries: tuple[Entry, ...], depth: int = 1) -> Iterator[tuple[Entry, int]]:
    for entry in entries:
        yield entry, depth
        yield from _entries(entry.children, depth + 1)


def test_the_tree_is_three_levels_deep_and_every_attribute_belongs_to_one_of_its_categories() -> None:
    depths = {entry.slug: depth for entry, depth in _entries(TREE)}
    assert max(depths.values()) == 3
    assert set(ATTRIBUTES) <= set(depths)
    for attributes in ATTRIBUTES.values():
        for attribute in attributes:
            assert bool(attribute.choices) == (attribute.kind is AttributeKind.CHOICE)
            assert attribute.unit is None or attribute.kind is AttributeKind.NUMBER


def test_goods_say_what_their_category_and_those_above_ask(session: Session, owner: Person) -> None:
    product_id = catalog.create_product(session, owner, SAUCE, NOW)
    view = catalog.preview_product(session, owner, product_id, "vi", NOW)
    assert [(fact.label, fact.text) for fact in view.facts] == [
        ("Thành phần", "Cá linh, muối"),
        ("Độ đạm", "40,5 °N"),
        ("Thời gian ủ", "12 tháng"),
    ]
    assert [step.slug for step in view.path] == ["nuoc-mam-gia-vi", "nuoc-mam"]
    mine = catalog.my_product(session, owner, product_id, "vi")
    assert [(one.name, one.value) for one in mine.attributes] == [
        ("attribute_ingredients", "Cá linh, muối"),
        ("attribute_protein", "40.5"),
        ("attribute_aged", "12"),
    ]


def test_what_another_category_asks_is_not_kept(session: Session, owner: Person) -> None:
    changed = replace(SAUCE, category="sau-rieng", facts=ProductFacts(attributes={"protein": "40", "grade": "1"}))
    product_id = catalog.create_product(session, owner, changed, NOW)
    assert session.get_one(Product, product_id).attributes == {"grade": "1"}


def test_goods_of_the_third_level_are_found_under_all_above(session: Session, owner: Person) -> None:
    catalog.create_product(session, owner, replace(SAUCE, category="sau-rieng", facts=ProductFacts()), NOW)
    for category in ("trai-cay", "sau-rieng-mit", "sau-rieng"):
        assert len(catalog.list_products(session, ListQuery(category=category), "vi", NOW).cards) == 1
    assert catalog.list_products(session, ListQuery(category="mit"), "vi", NOW).cards == ()


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "words for a number": ({"attributes": {"protein": "cao"}}, "attribute_protein"),
    "words too long": ({"attributes": {"ingredients": "x" * 81}}, "attribute_ingredients"),
    "kept for no day": ({"shelf_life_days": 0}, "shelf_life_days"),
    "kept for ever": ({"shelf_life_days": 10_000}, "shelf_life_days"),
    "beyond any reach": ({"reach_hours": 1_000}, "reach_hours"),
    "storage too long": ({"storage": "x" * 121}, "storage"),
    "a harvest of yesterday": ({"expected_on": date(2026, 1, 4)}, "expected_on"),
    "a harvest out of sight": ({"expected_on": date(2028, 1, 4)}, "expected_on"),
    "from nowhere": ({"origin_code": "99999"}, "origin_code"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_refused_beside_its_field(session: Session, owner: Person, case: str) -> None:
    facts, field = WRONG[case]
    with pytest.raises(DomainError) as caught:
        catalog.create_product(session, owner, replace(SAUCE, facts=ProductFacts(**facts)), NOW)
    assert caught.value.field == field
    assert caught.value.say("vi")


def test_a_choice_that_is_not_offered_is_refused() -> None:
    grade = next(one for one in ATTRIBUTES["trai-cay"] if one.key == "grade")
    assert read_attribute(grade, "1") == "1"
    with pytest.raises(DomainError):
        read_attribute(grade, "9")


def test_a_product_can_be_changed_after_its_harvest_has_come(session: Session, owner: Person) -> None:
    facts = ProductFacts(expected_on=date(2026, 1, 10))
    product_id = catalog.create_product(session, owner, replace(SAUCE, facts=facts), NOW)
    later = NOW + timedelta(days=30)
    catalog.update_product(session, owner, product_id, replace(SAUCE, facts=facts), later, stock_shown=SAUCE.stock)
    assert catalog.preview_product(session, owner, product_id, "vi", later).expected_text == ""


@given(st.sets(st.integers(1, 12)))
def test_a_season_is_its_months(months: set[int]) -> None:
    mask = season_mask(months)
    assert 0 <= mask < 4096
    assert season_months(mask) == tuple(sorted(months))
    assert all(in_season(mask, month) == (month in months) for month in range(1, 13))


def test_a_page_shows_the_season_with_this_month_and_goods_of_all_year_show_none(
    session: Session, owner: Person
) -> None:
    facts = ProductFacts(season=season_mask([12, 1]), shelf_life_days=7, storage="Ngăn mát", origin_code="31117")
    product_id = catalog.create_product(session, owner, replace(SAUCE, facts=facts), NOW)
    view = catalog.preview_product(session, owner, product_id, "vi", NOW)
    assert [month.number for month in view.season if month.on] == ["1", "12"]
    assert [month.number for month in view.season if month.now] == ["1"]
    assert view.in_season
    assert [fact.text for fact in view.facts] == ["Phường Ninh Kiều", "7 ngày", "Ngăn mát"]
    assert not catalog.preview_product(session, owner, product_id, "vi", NOW + timedelta(days=60)).in_season
    other = catalog.create_product(session, owner, replace(SAUCE, name="Mắm"), NOW)
    assert catalog.preview_product(session, owner, other, "vi", NOW).season == ()


@pytest.mark.parametrize(
    ("kind", "days", "reach", "good"),
    [
        (MethodKind.OWN, 2, 48, True),
        (MethodKind.OWN, 2, 47, False),
        (MethodKind.OWN, 0, 12, True),
        (MethodKind.OWN, 0, 11, False),
        (MethodKind.CARRIER, 4, None, True),
        (MethodKind.PICKUP, 9, 1, True),
    ],
)
def test_a_delivery_is_fast_enough_or_not(kind: MethodKind, days: int, reach: int | None, *, good: bool) -> None:
    assert in_time(kind, days, reach) == good


def test_fresh_goods_are_not_offered_where_no_delivery_is_fast_enough(session: Session) -> None:
    seller_id = make_seller(session)
    delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
    make_commune(session, "00001", "Phường Ba Đình", province="01")
    sku = make_product(session, seller_id=seller_id)
    session.get_one(Product, sku.product_id).reach_hours = 48
    basket = fill_basket(session, [(sku.code, 1000)])
    near = placing.review(session, basket, details(), NOW).orders[0]
    assert {way.code for way in near.offer.ways} == {"own", "pickup"}
    with pytest.raises(DomainError) as caught:
        placing.review(session, basket, details(address={"commune": "00001", "street": "1"}), NOW)
    assert isinstance(caught.value, TooFar)
    assert "48" in caught.value.say("vi")
