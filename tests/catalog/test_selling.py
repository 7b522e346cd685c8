"""Sellers manage their own goods, nobody else's, and every wrong entry is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from marketplace.accounts.views import GUEST, Person
from marketplace.base.errors import Conflict, DomainError, InvalidInputs, NotFound, NotSignedIn
from marketplace.base.media import StoredPicture
from marketplace.base.models import OutboxEvent
from marketplace.base.state_machine import MoveRefused
from marketplace.catalog import service as catalog
from marketplace.catalog.commands import ProductDraft
from marketplace.catalog.models import Product
from marketplace.catalog.rules import (
    MOST_PICTURES,
    MinimumOffStep,
    ProductStatus,
    TooManyPictures,
    Unit,
    check_steps,
)
from marketplace.catalog.service import ListQuery
from marketplace.sellers import service as sellers
from marketplace.sellers.rules import SellerStatus
from tests.factories import NOW, make_account, make_category, make_owner, make_person, make_seller, make_staff

DRAFT = ProductDraft(
    name="Măng cụt Lái Thiêu",
    category="trai-cay",
    unit=Unit.KILOGRAM,
    price=70_000,
    stock=25_500,
    step=500,
    minimum=1_000,
    description="Vườn nhà.\n\n\nHái mỗi sáng.",
)


def picture(number: int) -> StoredPicture:
    return StoredPicture(f"{number:032x}", 800, 600, "data:image/webp;base64,AA")


@pytest.fixture
def owner(session: Session) -> Person:
    make_category(session)
    return make_owner(session, make_seller(session))


def listed(session: Session, q: str = "") -> list[str]:
    return [card.name for card in catalog.list_products(session, ListQuery(q=q), "vi", NOW).cards]


def test_a_new_product_is_found_at_once(session: Session, owner: Person) -> None:
    product_id = catalog.create_product(session, owner, DRAFT, NOW)
    assert listed(session, "mang cut") == ["Măng cụt Lái Thiêu"]
    mine = catalog.my_product(session, owner, product_id, "vi")
    assert (mine.price, mine.on_hand_text, mine.step_text, mine.minimum_text) == (70_000, "25.5", "0.5", "1")
    assert (mine.category_slug, mine.description) == ("trai-cay", "Vườn nhà.\n\nHái mỗi sáng.")
    assert [card.name for card in catalog.my_products(session, owner, "vi")] == [DRAFT.name]
    event = session.exec(select(OutboxEvent).where(OutboxEvent.topic == "product.changed")).one()
    assert event.payload["product_id"] == product_id


def test_two_products_of_one_name_have_addresses_of_their_own(session: Session, owner: Person) -> None:
    for _ in range(2):
        catalog.create_product(session, owner, DRAFT, NOW)
    slugs = set(session.exec(select(Product.slug)).all())
    assert len(slugs) == 2
    assert all(slug.startswith("mang-cut-lai-thieu-") for slug in slugs)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no name": ({"name": "  "}, "name"),
    "a name of signs only": ({"name": "!!!"}, "name"),
    "a name that is too long": ({"name": "x" * 121}, "name"),
    "a name that turns the reading direction": ({"name": "Cam \u202egnas"}, "name"),
    "a description that is too long": ({"description": "x" * 4001}, "description"),
    "no category": ({"category": ""}, "category"),
    "an unknown category": ({"category": "khong-co"}, "category"),
    "a price of nothing": ({"price": 0}, "price"),
    "a price below nothing": ({"price": -1}, "price"),
    "a price of a house": ({"price": 500_000_001}, "price"),
    "a minimum off its step": ({"minimum": 700}, "minimum"),
    "a step of nothing": ({"step": 0}, "minimum"),
    "a step beyond any store": ({"step": 10**15, "minimum": 10**15}, "minimum"),
    "stock below nothing": ({"stock": -1}, "stock"),
    "stock beyond any store": ({"stock": 10**15}, "stock"),
    "a weight of nothing": ({"unit_grams": 0}, "unit_grams"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_entry_is_refused_beside_its_field_in_both_languages(
    session: Session, owner: Person, case: str
) -> None:
    changes, field = WRONG[case]
    with pytest.raises(DomainError) as caught:
        catalog.create_product(session, owner, replace(DRAFT, **changes), NOW)
    assert caught.value.field == field
    assert caught.value.status == 422
    assert caught.value.say("vi")
    assert listed(session) == []


def test_all_wrong_entries_are_named_at_once(session: Session, owner: Person) -> None:
    with pytest.raises(InvalidInputs) as caught:
        catalog.create_product(session, owner, replace(DRAFT, name="", price=1, minimum=3, category="x"), NOW)
    assert [problem.field for problem in caught.value.problems] == ["name", "price", "minimum", "category"]


@given(st.integers(-10, 10**12), st.integers(-10, 10**12))
def test_a_minimum_is_a_whole_number_of_steps_or_refused(step: int, minimum: int) -> None:
    good = 0 < step <= 10**10 and 0 < minimum <= 10**10 and minimum % step == 0
    if good:
        check_steps(step, minimum)
    else:
        with pytest.raises(MinimumOffStep):
            check_steps(step, minimum)


def test_a_changed_product_is_found_by_its_new_name_and_price(session: Session, owner: Person) -> None:
    product_id = catalog.create_product(session, owner, DRAFT, NOW)
    catalog.update_product(session, owner, product_id, replace(DRAFT, name="Bòn bon", price=40_000, stock=0), NOW)
    assert listed(session, "mang cut") == []
    card = catalog.list_products(session, ListQuery(q="bon bon", max_price=40_000), "vi", NOW).cards[0]
    assert (card.price, card.in_stock) == (40_000, False)
    catalog.set_price(session, owner, product_id, 90_000, NOW)
    assert catalog.list_products(session, ListQuery(q="bon bon", max_price=40_000), "vi", NOW).cards == ()
    assert catalog.list_products(session, ListQuery(q="bon bon", min_price=90_000), "vi", NOW).cards[0].price == 90_000
    catalog.set_stock(session, owner, product_id, 3_000, NOW)
    assert catalog.list_products(session, ListQuery(), "vi", NOW).cards[0].in_stock


def test_a_paused_product_is_out_of_sight_until_it_is_offered_again(session: Session, owner: Person) -> None:
    product_id = catalog.create_product(session, owner, DRAFT, NOW)
    catalog.set_status(session, owner, product_id, ProductStatus.PAUSED, NOW)
    assert listed(session) == listed(session, "mang cut") == []
    with pytest.raises(MoveRefused):
        catalog.set_status(session, owner, product_id, ProductStatus.PAUSED, NOW)
    catalog.set_status(session, owner, product_id, ProductStatus.ACTIVE, NOW)
    assert listed(session) == listed(session, "mang cut") == [DRAFT.name]


def test_goods_come_and_go_with_their_shop(session: Session) -> None:
    make_category(session)
    seller_id = make_seller(session, status=SellerStatus.APPLIED)
    owner, staff = make_owner(session, seller_id), make_staff(session)
    active = catalog.create_product(session, owner, DRAFT, NOW)
    paused = catalog.create_product(session, owner, replace(DRAFT, name="Sapôchê"), NOW)
    catalog.set_status(session, owner, paused, ProductStatus.PAUSED, NOW)
    assert listed(session) == []
    sellers.approve(session, staff, seller_id, NOW)
    for _ in range(2):
        catalog.on_seller_status(session, {"seller_id": seller_id}, NOW)
        assert listed(session) == listed(session, "mang cut") == [DRAFT.name]
    sellers.suspend(session, staff, seller_id, "Chờ kiểm tra", NOW)
    catalog.on_seller_status(session, {"seller_id": seller_id}, NOW)
    assert listed(session) == listed(session, "mang cut") == []
    session.expire_all()
    assert session.get_one(Product, active).status == ProductStatus.ACTIVE
    catalog.on_seller_status(session, {"seller_id": 10**6}, NOW)


def test_pictures_keep_their_order_and_the_first_is_the_products_face(session: Session, owner: Person) -> None:
    product_id = catalog.create_product(session, owner, DRAFT, NOW)
    for number in range(3):
        catalog.add_picture(session, owner, product_id, picture(number), NOW)

    def keys() -> list[int]:
        return [int(view.key, 16) for view in catalog.my_product(session, owner, product_id, "vi").pictures]

    def face() -> str:
        return catalog.list_products(session, ListQuery(), "vi", NOW).cards[0].picture

    assert keys() == [0, 1, 2]
    assert face() == f"/media/{picture(0).key}-320.webp"
    first, second, third = (view.id for view in catalog.my_product(session, owner, product_id, "vi").pictures)
    catalog.arrange_pictures(session, owner, product_id, [third, first, second], NOW)
    assert keys() == [2, 0, 1]
    assert face() == f"/media/{picture(2).key}-320.webp"
    catalog.remove_picture(session, owner, product_id, third, NOW)
    assert keys() == [0, 1]
    assert face() == f"/media/{picture(0).key}-320.webp"
    for wrong in ([first], [first, first], [first, second, third]):
        with pytest.raises(Conflict):
            catalog.arrange_pictures(session, owner, product_id, wrong, NOW)
    for number in range(3, 3 + MOST_PICTURES - 2):
        catalog.add_picture(session, owner, product_id, picture(number), NOW)
    with pytest.raises(TooManyPictures):
        catalog.add_picture(session, owner, product_id, picture(99), NOW)


def test_a_shop_with_many_goods_shows_them_page_by_page(session: Session, owner: Person) -> None:
    ids = [catalog.create_product(session, owner, replace(DRAFT, name=f"Hàng {n}"), NOW) for n in range(5)]
    first = catalog.my_products(session, owner, "vi", limit=2)
    rest = catalog.my_products(session, owner, "vi", before=first[-1].id, limit=9)
    assert [view.id for view in first + rest] == ids[::-1]


ACTIONS: dict[str, Callable[[Session, Person, int], object]] = {
    "read": lambda s, p, i: catalog.my_product(s, p, i, "vi"),
    "update": lambda s, p, i: catalog.update_product(s, p, i, DRAFT, NOW),
    "price": lambda s, p, i: catalog.set_price(s, p, i, 1_000, NOW),
    "stock": lambda s, p, i: catalog.set_stock(s, p, i, 0, NOW),
    "status": lambda s, p, i: catalog.set_status(s, p, i, ProductStatus.PAUSED, NOW),
    "add a picture": lambda s, p, i: catalog.add_picture(s, p, i, picture(7), NOW),
    "remove a picture": lambda s, p, i: catalog.remove_picture(s, p, i, 1, NOW),
    "arrange pictures": lambda s, p, i: catalog.arrange_pictures(s, p, i, [], NOW),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_another_sellers_product_is_as_if_it_did_not_exist(session: Session, owner: Person, action: str) -> None:
    product_id = catalog.create_product(session, owner, DRAFT, NOW)
    before = catalog.my_product(session, owner, product_id, "vi")
    others = (
        make_owner(session, make_seller(session)),
        make_person(session, make_account(session)),
        make_staff(session),
    )
    for person in others:
        for wanted in (product_id, 10**6):
            with pytest.raises(NotFound):
                ACTIONS[action](session, person, wanted)
    with pytest.raises(NotSignedIn):
        ACTIONS[action](session, GUEST, product_id)
    session.expire_all()
    assert catalog.my_product(session, owner, product_id, "vi") == before


def test_who_has_no_shop_can_sell_nothing(session: Session) -> None:
    make_category(session)
    with pytest.raises(NotFound):
        catalog.create_product(session, make_person(session, make_account(session)), DRAFT, NOW)
    with pytest.raises(NotSignedIn):
        catalog.create_product(session, GUEST, DRAFT, NOW)
    assert session.exec(select(col(Product.id))).all() == []
