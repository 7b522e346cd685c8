"""Several orders at once: found, printed, and by whom."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from sqlmodel import Session

from marketplace.accounts.views import GUEST, Person
from marketplace.base.errors import NotFound, NotSignedIn
from marketplace.delivery import service as delivery
from marketplace.orders import sheets
from marketplace.orders.rules import NothingToPrepare
from marketplace.orders.service import answering, preparing, reading
from tests.factories import NOW, make_owner, make_product, make_seller
from tests.orders.shopping import place


class Counter:
    """A shop with three orders: mangoes for two buyers, honey for one of them and a third."""

    def __init__(self, session: Session) -> None:
        self.session = session
        seller_id = make_seller(session)
        delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
        self.owner = make_owner(session, seller_id)
        mango = make_product(session, seller_id=seller_id, name="Xoài cát", on_hand=50_000).code
        honey = make_product(session, seller_id=seller_id, name="Mật ong", on_hand=50_000).code
        self.numbers = [
            self._order("một", "Trần Thị Bưởi", "0912 345 678", (mango, 1500)),
            self._order("hai", "Lê Văn Tám", "0987 111 222", (mango, 2000), (honey, 1000)),
            self._order("ba", "Lê Văn Tám", "0987 111 222", (honey, 3000)),
        ]

    def _order(self, key: str, name: str, phone: str, *goods: tuple[str, int]) -> str:
        buyer: dict[str, Any] = {"name": name, "phone": phone}
        return str(place(self.session, goods, key=key, buyer=buyer)["orders"][0]["number"])

    def found(self, sought: str) -> set[str]:
        cards = reading.seller_orders(self.session, self.owner, "vi", NOW, sought=sought)
        return {card.number for card in cards}


@pytest.fixture
def counter(session: Session) -> Counter:
    return Counter(session)


def test_goods_of_all_orders_are_added_up_and_each_order_stands_by_itself(counter: Counter) -> None:
    one, two, three = counter.numbers
    answering.accept(counter.session, counter.owner, one, NOW)
    picking = preparing.picking_list(counter.session, counter.owner, counter.numbers, "vi", NOW)
    assert [(taken.name, taken.quantity) for taken in picking.taken] == [("Mật ong", "4 kg"), ("Xoài cát", "3,5 kg")]
    assert picking.taken[0].orders == f"{two}, {three}"
    assert {order.number: order.accepted for order in picking.orders} == {one: True, two: False, three: False}
    assert next(order for order in picking.orders if order.number == two).lines == ("2 kg · Xoài cát", "1 kg · Mật ong")


def test_a_label_says_where_to_and_what_to_collect(counter: Counter) -> None:
    (label,) = preparing.parcel_labels(counter.session, counter.owner, counter.numbers[:1], "vi")
    assert (label.buyer, label.phone, label.street) == ("Trần Thị Bưởi", "0912 345 678", "12 Trần Hưng Đạo")
    order = reading.order_for_seller(counter.session, counter.owner, counter.numbers[0], "vi", NOW)
    assert label.collect == f"Thu {order.total_text}"
    assert label.address.endswith(f"/seller/orders/{counter.numbers[0]}")


def test_nobody_prepares_orders_of_another_shop(counter: Counter) -> None:
    stranger = make_owner(counter.session, make_seller(counter.session))
    for prepare in (_picked, _labelled):
        with pytest.raises(NotFound):
            prepare(counter, stranger, counter.numbers[:1])
        with pytest.raises(NotFound):
            prepare(counter, counter.owner, [counter.numbers[0], "DH-0000-XXXXXX"])
        with pytest.raises(NotSignedIn):
            prepare(counter, GUEST, counter.numbers)


def _picked(counter: Counter, person: Person, numbers: list[str]) -> object:
    return preparing.picking_list(counter.session, person, numbers, "vi", NOW)


def _labelled(counter: Counter, person: Person, numbers: list[str]) -> object:
    return preparing.parcel_labels(counter.session, person, numbers, "vi")


def test_what_is_closed_is_left_out_and_nothing_left_is_said(counter: Counter) -> None:
    one, two, _ = counter.numbers
    answering.refuse(counter.session, counter.owner, one, "Hết hàng", NOW)
    picking = preparing.picking_list(counter.session, counter.owner, [one, two], "vi", NOW)
    assert [order.number for order in picking.orders] == [two]
    with pytest.raises(NothingToPrepare):
        preparing.parcel_labels(counter.session, counter.owner, [one], "vi")


def test_an_order_is_found_by_number_name_and_phone_however_it_is_written(counter: Counter) -> None:
    one, two, three = counter.numbers
    assert counter.found(one.lower()) == {one}
    assert counter.found("Văn Tám") == {two, three}
    assert counter.found("0912.345.678") == counter.found("+84 912 345") == {one}
    assert counter.found("%") == counter.found("không có") == set()
    assert counter.found(" ") == set(counter.numbers)


def test_only_an_open_order_leads_to_its_buyer_by_one_tap(counter: Counter) -> None:
    answering.refuse(counter.session, counter.owner, counter.numbers[0], "Hết hàng", NOW)
    cards = {card.number: card for card in reading.seller_orders(counter.session, counter.owner, "vi", NOW)}
    assert cards[counter.numbers[0]].phone_href == ""
    assert cards[counter.numbers[1]].phone_href == "tel:+84987111222"
    assert cards[counter.numbers[1]].message_href == "sms:+84987111222"


def _words(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_sheets_show_all_of_it_and_what_was_typed_is_no_markup(counter: Counter) -> None:
    picking = preparing.picking_list(counter.session, counter.owner, counter.numbers, "vi", NOW)
    hostile = replace(picking.orders[0], buyer='#panic("x") *_$', note="\u202eđọc ngược\u0000 " + "x" * 400)
    words = _words(sheets.draw_picking_list(replace(picking, orders=(hostile, *picking.orders[1:])), "vi"))
    assert "Phiếu soạn hàng" in words
    assert "3,5 kg" in words
    assert all(number in words for number in counter.numbers)
    assert '#panic("x") *_$' in words
    labels = preparing.parcel_labels(counter.session, counter.owner, counter.numbers, "en")
    pdf = sheets.draw_parcel_labels([*labels, *labels], "en")
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2
    assert "0987 111 222" in _words(pdf)
