"""Sellers manage their own goods, nobody else's, and every wrong entry is named."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from marketplace.accounts.views import GUEST, Person
from marketplace.base import db
from marketplace.base.errors import Conflict, DomainError, InvalidInputs, NotFound, NotSignedIn
from marketplace.base.media import StoredPicture
from marketplace.base.models import OutboxEvent
from marketplace.base.state_machine import MoveRefused
from marketplace.catalog import service as catalog
from marketplace.catalog import stock
from marketplace.catalog.commands import ProductDraft
from marketplace.catalog.models import Product, Sku
from marketplace.catalog.rules import (
    MOST_PICTURES,
    GoodsShown,
    MinimumOffStep,
    ProductStatus,
    StockBelowPromised,
    StockMoved,
    TooManyPictures,
    Unit,
    check_steps,
)
from marketplace.catalog.service import ListQuery
from marketplace.catalog.views import RemovedPicture
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
    assert (mine.price, mine.on_hand_text, mine.step_text, mine.minimum_text) == (70_000, "25,5", "0,5", "1")
    assert (mine.category_slug, mine.description) == ("trai-cay", "Vườn nhà.\n\nHái mỗi sáng.")
    assert [card.name for card in catalog.my_products(session, owner, "vi").goods] == [DRAFT.name]
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
    changed = replace(DRAFT, name="Bòn bon", price=40_000, stock=0)
    catalog.update_product(session, owner, product_id, changed, NOW, stock_shown=DRAFT.stock)
    assert listed(session, "mang cut") == []
    card = catalog.list_products(session, ListQuery(q="bon bon", max_price=40_000), "vi", NOW).cards[0]
    assert (card.price, card.in_stock) == (40_000, False)
    catalog.set_price(session, owner, product_id, 90_000, NOW)
    assert catalog.list_products(session, ListQuery(q="bon bon", max_price=40_000), "vi", NOW).cards == ()
    assert catalog.list_products(session, ListQuery(q="bon bon", min_price=90_000), "vi", NOW).cards[0].price == 90_000
    catalog.set_stock(session, owner, product_id, 3_000, NOW, shown=0)
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


def test_a_picture_taken_away_by_mistake_comes_back_to_its_place(session: Session, owner: Person) -> None:
    product_id = catalog.create_product(session, owner, DRAFT, NOW)
    for number in range(3):
        catalog.add_picture(session, owner, product_id, picture(number), NOW)
    before = [view.key for view in catalog.my_product(session, owner, product_id, "vi").pictures]
    for place in range(3):
        gone = catalog.my_product(session, owner, product_id, "vi").pictures[place]
        removed = catalog.remove_picture(session, owner, product_id, gone.id, NOW)
        assert len(catalog.my_product(session, owner, product_id, "vi").pictures) == 2
        catalog.put_back_picture(session, owner, product_id, removed, NOW)
        mine = catalog.my_product(session, owner, product_id, "vi")
        assert [view.key for view in mine.pictures] == before
        assert mine.picture == f"/media/{before[0]}-320.webp"


def _ship(session: Session, product_id: int, quantity: int) -> None:
    """An order takes goods out of the store, as orders do."""
    sku_id = session.exec(select(Sku.id).where(Sku.product_id == product_id)).one() or 0
    stock.hold(session, [stock.Demand("DH-1", {sku_id: quantity}, NOW + timedelta(hours=1))], NOW)
    stock.allocate(session, "DH-1", NOW)
    stock.consume(session, "DH-1", NOW)


def _on_hand(session: Session, owner: Person, product_id: int) -> str:
    session.flush()
    session.expire_all()
    return catalog.my_product(session, owner, product_id, "vi").on_hand_text


def test_saving_a_form_leaves_stock_alone_that_was_sold_while_it_was_open(session: Session, owner: Person) -> None:
    product_id = catalog.create_product(session, owner, DRAFT, NOW)
    _ship(session, product_id, 5_000)
    changed = replace(DRAFT, name="Măng cụt loại 1", price=80_000)
    catalog.update_product(session, owner, product_id, changed, NOW, stock_shown=DRAFT.stock)
    assert _on_hand(session, owner, product_id) == "20,5"
    assert listed(session) == ["Măng cụt loại 1"]


def test_stock_typed_over_a_figure_that_moved_is_refused_with_the_new_figure(session: Session, owner: Person) -> None:
    product_id = catalog.create_product(session, owner, DRAFT, NOW)
    _ship(session, product_id, 5_000)
    more = replace(DRAFT, stock=40_000)
    attempts: tuple[Callable[[], None], ...] = (
        lambda: catalog.update_product(session, owner, product_id, more, NOW, stock_shown=DRAFT.stock),
        lambda: catalog.set_stock(session, owner, product_id, 40_000, NOW, shown=DRAFT.stock),
    )
    for attempt in attempts:
        with pytest.raises(StockMoved) as caught:
            attempt()
        assert caught.value.field == "stock"
        assert "20,5" in caught.value.say("vi")
        assert "20.5" in caught.value.say("en")
    assert _on_hand(session, owner, product_id) == "20,5"
    catalog.update_product(session, owner, product_id, more, NOW, stock_shown=20_500)
    assert _on_hand(session, owner, product_id) == "40"


def test_stock_is_not_set_below_what_orders_hold(session: Session, owner: Person) -> None:
    product_id = catalog.create_product(session, owner, DRAFT, NOW)
    sku_id = session.exec(select(Sku.id).where(Sku.product_id == product_id)).one() or 0
    stock.hold(session, [stock.Demand("DH-1", {sku_id: 5_500}, NOW + timedelta(hours=1))], NOW)
    with pytest.raises(StockBelowPromised) as caught:
        catalog.set_stock(session, owner, product_id, 5_000, NOW, shown=DRAFT.stock)
    assert ("5,5" in caught.value.say("vi"), "5.5" in caught.value.say("en")) == (True, True)


def test_a_form_sent_twice_makes_one_product(session: Session, owner: Person) -> None:
    first, again = (catalog.create_product(session, owner, DRAFT, NOW, creation_key="f00d") for _ in range(2))
    assert first == again
    assert listed(session) == [DRAFT.name]
    assert catalog.create_product(session, owner, DRAFT, NOW, creation_key="cafe") != first
    neighbour = make_owner(session, make_seller(session))
    assert catalog.create_product(session, neighbour, DRAFT, NOW, creation_key="f00d") != first


@pytest.mark.usefixtures("database")
def test_a_form_sent_twice_at_the_same_moment_makes_one_product() -> None:
    with db.write() as session:
        make_category(session)
        owner = make_owner(session, make_seller(session))
    with ThreadPoolExecutor(4) as pool:
        sent = [
            pool.submit(db.write_now, catalog.create_product, owner, DRAFT, NOW, creation_key="f00d") for _ in range(4)
        ]
    made = {answer.result() for answer in sent if answer.exception() is None}
    refused = [answer.exception() for answer in sent if answer.exception() is not None]
    assert len(made) == 1
    assert all(isinstance(error, Conflict) for error in refused)
    with db.read() as session:
        assert len(session.exec(select(Product.id)).all()) == 1


def test_a_shop_with_many_goods_shows_them_page_by_page(session: Session, owner: Person) -> None:
    ids = [catalog.create_product(session, owner, replace(DRAFT, name=f"Hàng {n}"), NOW) for n in range(5)]
    seen: list[int] = []
    before = None
    while before != 0:
        page = catalog.my_products(session, owner, "vi", before=before, limit=2)
        seen += [view.id for view in page.goods]
        before = page.older_than
    assert seen == ids[::-1]


def test_own_goods_are_found_by_name_without_accents_on_sale_or_not(session: Session, owner: Person) -> None:
    for name in ("Măng cụt Lái Thiêu", "Sầu riêng Ri6", "Sầu riêng Monthong"):
        product_id = catalog.create_product(session, owner, replace(DRAFT, name=name), NOW)
    catalog.set_status(session, owner, product_id, ProductStatus.PAUSED, NOW)
    catalog.create_product(session, make_owner(session, make_seller(session)), replace(DRAFT, name="Sầu riêng"), NOW)

    def found(q: str, **options: Any) -> list[str]:
        return [view.name for view in catalog.my_products(session, owner, "vi", q=q, **options).goods]

    assert found("sau rieng") == ["Sầu riêng Monthong", "Sầu riêng Ri6"]
    assert found("SẦU  Riêng", limit=1) == ["Sầu riêng Monthong"]
    assert found("ri6 rieng") == ["Sầu riêng Ri6"]
    assert found("sau rieng", show=GoodsShown.PAUSED) == ["Sầu riêng Monthong"]
    assert found("mít") == []
    assert len(found("!?")) == 3


def test_goods_stand_under_the_headings_that_say_what_to_do(session: Session, owner: Person) -> None:
    made = {
        name: catalog.create_product(session, owner, replace(DRAFT, name=name, stock=quantity), NOW)
        for name, quantity in (("Đầy", 50_000), ("Gần hết", 3_000), ("Hết", 500), ("Ngưng", 0))
    }
    catalog.set_status(session, owner, made["Ngưng"], ProductStatus.PAUSED, NOW)
    shown = {
        show: [view.name for view in catalog.my_products(session, owner, "vi", show=show).goods] for show in GoodsShown
    }
    assert shown == {
        GoodsShown.ALL: ["Ngưng", "Hết", "Gần hết", "Đầy"],
        GoodsShown.ON_SALE: ["Hết", "Gần hết", "Đầy"],
        GoodsShown.LOW: ["Hết", "Gần hết"],
        GoodsShown.SOLD_OUT: ["Hết"],
        GoodsShown.PAUSED: ["Ngưng"],
    }
    counts = catalog.my_products(session, owner, "vi", limit=1).counts
    assert (counts.all, counts.on_sale, counts.low, counts.sold_out, counts.paused) == (4, 3, 2, 1, 1)
    assert {view.name: (view.low, view.sold_out) for view in catalog.my_products(session, owner, "vi").goods} == {
        "Đầy": (False, False),
        "Gần hết": (True, False),
        "Hết": (True, True),
        "Ngưng": (False, False),
    }


ACTIONS: dict[str, Callable[[Session, Person, int], object]] = {
    "read": lambda s, p, i: catalog.my_product(s, p, i, "vi"),
    "update": lambda s, p, i: catalog.update_product(s, p, i, DRAFT, NOW, stock_shown=0),
    "price": lambda s, p, i: catalog.set_price(s, p, i, 1_000, NOW),
    "stock": lambda s, p, i: catalog.set_stock(s, p, i, 0, NOW, shown=25_500),
    "status": lambda s, p, i: catalog.set_status(s, p, i, ProductStatus.PAUSED, NOW),
    "add a picture": lambda s, p, i: catalog.add_picture(s, p, i, picture(7), NOW),
    "remove a picture": lambda s, p, i: catalog.remove_picture(s, p, i, 1, NOW),
    "put back a picture": lambda s, p, i: catalog.put_back_picture(s, p, i, RemovedPicture(picture(7), 0), NOW),
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
