"""What sellers say of delivery is what is offered, ordered, agreed and kept, from the basket to the contract."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import Session, col, select

from marketplace.accounts.views import GUEST
from marketplace.api import make_api
from marketplace.base import clock, db
from marketplace.base.errors import DomainError
from marketplace.baskets import service as baskets
from marketplace.catalog.models import Product, Sku
from marketplace.contracts.models import Contract
from marketplace.delivery import service as delivery
from marketplace.delivery.commands import ClosedDraft, MethodDraft, PointDraft, TermsDraft, WindowDraft
from marketplace.delivery.models import DeliverySlot
from marketplace.delivery.rules import BelowMinimumOrder, MethodUnknown, SlotFull, TooFar
from marketplace.orders.models import SellerOrder
from marketplace.orders.service import answering, placing, reading, telling
from tests.factories import NOW, make_commune, make_owner, make_product, make_seller
from tests.orders.shopping import DETAILS, accept_terms, details, fill_basket, place

NINH_KIEU, CAI_KHE = "31117", "31120"
EARLY = NOW.replace(hour=1)
"""Monday, eight in the morning in Vietnam; a shop answers within twelve hours."""


def _shop(session: Session) -> tuple[int, Sku]:
    seller_id = make_seller(session)
    delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
    make_commune(session, CAI_KHE, "Phường Cái Khế")
    session.flush()
    return seller_id, make_product(session, seller_id=seller_id, price=50_000)


def _offer(session: Session, sku: Sku, commune: str = NINH_KIEU, now: datetime = EARLY) -> Any:
    there = details(address={"commune": commune, "street": "1 Trần Phú"})
    return placing.review(session, fill_basket(session, [(sku.code, 1000)], now=now), there, now).orders[0]


def _codes(session: Session, sku: Sku, commune: str = NINH_KIEU) -> list[str]:
    return [way.code for way in _offer(session, sku, commune).offer.ways]


def _point(session: Session, seller_id: int, capacity: int = 1, weekday: int = 2) -> None:
    owner = make_owner(session, seller_id)
    delivery.add_point(session, owner, PointDraft(name="Sạp 12", street="12 Mậu Thân"), CAI_KHE, NOW)
    session.flush()
    point = delivery.my_delivery(session, owner, "vi", NOW).points[0]
    window = WindowDraft(
        point_id=str(point.id), weekday=str(weekday), opens="7:00", closes="10:00", capacity=str(capacity)
    )
    delivery.add_window(session, owner, window, NOW)
    session.flush()


def _taken(session: Session) -> dict[str, int]:
    rows = session.execute(select(col(DeliverySlot.code), col(DeliverySlot.orders))).all()
    return {row.code.rpartition(".")[2]: row.orders for row in rows}


def _order(session: Session, number: str) -> SellerOrder:
    return session.exec(select(SellerOrder).where(SellerOrder.number == number)).one()


def test_a_way_to_named_communes_is_offered_there_alone_at_its_own_fee(session: Session) -> None:
    seller_id, sku = _shop(session)
    owner = make_owner(session, seller_id)
    draft = MethodDraft(zone="named", base_fee="9k", days_from="0", days_to="0", cutoff="15:00")
    delivery.save_method(session, owner, "", draft, [CAI_KHE], NOW)
    assert _codes(session, sku) == ["own", "carrier", "pickup"]
    offer = _offer(session, sku, CAI_KHE)
    assert (offer.chosen.code[:4], offer.chosen.fee, offer.chosen.last) == ("own-", 9_000, date(2026, 1, 5))
    late = _offer(session, sku, CAI_KHE, EARLY + timedelta(hours=7))
    assert (late.chosen.first, late.chosen.last) == (date(2026, 1, 6), date(2026, 1, 6))


def test_what_an_order_agreed_stays_whatever_the_seller_says_later(session: Session) -> None:
    seller_id, sku = _shop(session)
    number = place(session, [(sku.code, 1000)], now=EARLY)["orders"][0]["number"]
    owner = make_owner(session, seller_id)
    dearer = MethodDraft(zone="province", base_fee="90k", days_from="5", days_to="9")
    delivery.save_method(session, owner, "own", dearer, [], NOW)
    delivery.close_days(session, owner, ClosedDraft(first="2026-01-06", last="2026-01-20"), NOW)
    order = _order(session, number)
    assert (order.delivery_fee, order.arrives_from, order.arrives_to) == (20_000, date(2026, 1, 6), date(2026, 1, 7))
    shown = reading.order_for_buyer(session, GUEST, number, placing.access_key(number), "vi", EARLY)
    assert shown.arrival_text == "thứ Ba 06/01 đến thứ Tư 07/01/2026"
    terms = session.exec(select(Contract)).one().terms
    assert terms["delivery"]["when"]["vi"] == shown.arrival_text


def test_below_the_least_a_seller_takes_the_basket_says_how_much_is_missing_and_nothing_is_ordered(
    session: Session,
) -> None:
    seller_id, sku = _shop(session)
    basket = fill_basket(session, [(sku.code, 1000)])
    command = accept_terms(session, basket)
    delivery.ask_of_orders(session, make_owner(session, seller_id), TermsDraft(minimum_order="120k"), NOW)
    with pytest.raises(BelowMinimumOrder) as caught:
        placing.place(session, GUEST, basket, command, "key", NOW)
    assert caught.value.code == "below_minimum_order"
    assert caught.value.field == f"delivery.gian-hang-{seller_id}"
    page = telling.told_basket(session, baskets.view(session, basket, NOW), NINH_KIEU, "vi", NOW)
    assert "70.000" in page.groups[0].refusal
    assert not page.ready
    enough = fill_basket(session, [(sku.code, 2500)])
    page = telling.told_basket(session, baskets.view(session, enough, NOW), NINH_KIEU, "vi", NOW)
    assert page.ready
    assert page.groups[0].hint.replace("\u00a0", " ") == "Thêm 375.000 ₫ nữa thì người bán giao miễn phí."
    assert page.groups[0].ways[0].detail == "thứ Ba 06/01 đến thứ Năm 08/01/2026"


def test_closed_days_move_the_arrival_and_the_time_to_answer_and_are_told(session: Session) -> None:
    seller_id, sku = _shop(session)
    closed = ClosedDraft(first="2026-01-05", last="2026-01-06", reason="đám giỗ")
    delivery.close_days(session, make_owner(session, seller_id), closed, NOW)
    offer = _offer(session, sku)
    assert offer.offer.hours == 12 + 48
    assert offer.offer.closed.vi == "Nghỉ 05/01 – 06/01/2026: đám giỗ"
    assert (offer.chosen.first, offer.chosen.last) == (date(2026, 1, 8), date(2026, 1, 9))
    number = place(session, [(sku.code, 1000)], now=EARLY)["orders"][0]["number"]
    assert _order(session, number).accept_by == EARLY + timedelta(hours=60)
    assert session.exec(select(Contract)).one().lapses_at == EARLY + timedelta(hours=60)


def test_when_a_day_has_its_orders_the_next_is_offered_until_one_of_them_is_canceled(session: Session) -> None:
    seller_id, sku = _shop(session)
    delivery.ask_of_orders(session, make_owner(session, seller_id), TermsDraft(orders_a_day="1"), NOW)
    assert _offer(session, sku).chosen.first == date(2026, 1, 6)
    number = place(session, [(sku.code, 1000)], now=EARLY)["orders"][0]["number"]
    assert _taken(session) == {"20260105": 1}
    assert _offer(session, sku).chosen.first == date(2026, 1, 7)
    answering.cancel(session, GUEST, number, placing.access_key(number), EARLY)
    session.flush()
    assert _taken(session) == {"20260105": 0}
    assert _offer(session, sku).chosen.first == date(2026, 1, 6)


def test_a_window_is_chosen_by_its_code_agreed_to_the_hour_and_free_again_when_the_order_lapses(
    session: Session,
) -> None:
    seller_id, sku = _shop(session)
    _point(session, seller_id)
    code = _codes(session, sku)[-2]
    assert code.endswith("-20260107")
    ways = {f"gian-hang-{seller_id}": code}
    number = place(session, [(sku.code, 1000)], now=EARLY, delivery=ways)["orders"][0]["number"]
    order = _order(session, number)
    assert (order.delivery_fee, order.arrives_from, order.delivery_hours) == (0, date(2026, 1, 7), "07:00–10:00")
    assert order.delivery_place == "12 Mậu Thân, Phường Cái Khế"
    shown = reading.order_for_buyer(session, GUEST, number, placing.access_key(number), "vi", EARLY)
    assert shown.arrival_text == "thứ Tư 07/01/2026, 07:00–10:00"
    assert code not in _codes(session, sku), "it holds one order"
    with pytest.raises(MethodUnknown):
        place(session, [(sku.code, 1000)], now=EARLY, key="second", delivery=ways)
    assert answering.expire(session, number, EARLY + timedelta(hours=12))
    session.flush()
    assert _taken(session) == {"20260107": 0}
    assert code in _codes(session, sku)


def test_what_was_given_back_once_is_not_given_back_twice(session: Session) -> None:
    seller_id, sku = _shop(session)
    delivery.ask_of_orders(session, make_owner(session, seller_id), TermsDraft(orders_a_day="5"), NOW)
    numbers = [
        place(session, [(sku.code, 1000)], now=EARLY, key=key)["orders"][0]["number"] for key in ("first", "second")
    ]
    for _ in range(3):
        delivery.release(session, numbers[0], EARLY)
        session.flush()
    assert _taken(session) == {"20260105": 1}


def test_a_window_that_fills_between_the_review_and_the_order_refuses_it(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller_id, sku = _shop(session)
    _point(session, seller_id)
    ways = {f"gian-hang-{seller_id}": _codes(session, sku)[-2]}
    place(session, [(sku.code, 1000)], now=EARLY, delivery=ways)
    # As if another had ordered after this transaction had read what is taken.
    monkeypatch.setattr("marketplace.delivery.service.limiting.taken", lambda *_: {})
    with pytest.raises(SlotFull) as caught:
        place(session, [(sku.code, 1000)], now=EARLY, key="second", delivery=ways)
    assert caught.value.field == f"delivery.gian-hang-{seller_id}"


def test_fresh_goods_take_no_way_that_is_slower_however_it_was_set(session: Session) -> None:
    seller_id, sku = _shop(session)
    session.get_one(Product, sku.product_id).reach_hours = 24
    owner = make_owner(session, seller_id)
    slow = MethodDraft(zone="named", base_fee="5k", days_from="1", days_to="2")
    delivery.save_method(session, owner, "", slow, [NINH_KIEU], NOW)
    assert _codes(session, sku) == ["pickup"]
    delivery.turn_method(session, owner, "pickup", NOW)
    with pytest.raises(TooFar):
        _codes(session, sku)
    fast = MethodDraft(zone="province", base_fee="5k", days_from="1", days_to="1")
    delivery.save_method(session, owner, "own", fast, [], NOW)
    closed = ClosedDraft(first="2026-01-06", last="2026-01-08")
    delivery.close_days(session, owner, closed, NOW)
    offer = _offer(session, sku)
    # They wait in the shop and travel one day: they leave on the ninth, not on a closed day.
    assert (offer.chosen.code, offer.chosen.first) == ("own", date(2026, 1, 10))


def test_a_carriers_table_prices_the_parcel_and_refuses_what_is_too_heavy(session: Session) -> None:
    seller_id, sku = _shop(session)
    owner = make_owner(session, seller_id)
    table = MethodDraft(
        zone="country", tariff="table", days_from="2", days_to="4", bands_commune="1=7k", bands_country="1=30k"
    )
    delivery.save_method(session, owner, "carrier", table, [], NOW)
    fees = {way.code: way.fee for way in _offer(session, sku).offer.ways}
    assert fees["carrier"] == 7_000
    assert {way.code: way.fee for way in _offer(session, sku, CAI_KHE).offer.ways}["carrier"] == 30_000
    heavy = fill_basket(session, [(sku.code, 1500)])
    assert "carrier" not in {way.code for way in placing.review(session, heavy, details(), NOW).orders[0].offer.ways}


def test_a_basket_for_nowhere_tells_no_delivery_and_an_unreachable_one_says_so(session: Session) -> None:
    seller_id, sku = _shop(session)
    owner = make_owner(session, seller_id)
    basket = baskets.view(session, fill_basket(session, [(sku.code, 1000)]), NOW)
    page = telling.told_basket(session, basket, "", "vi", NOW)
    assert (page.place, page.groups[0].ways, page.ready) == ("", (), True)
    for code in ("own", "carrier", "pickup"):
        delivery.turn_method(session, owner, code, NOW)
    page = telling.told_basket(session, basket, NINH_KIEU, "vi", NOW)
    assert "chưa giao đến" in page.groups[0].refusal
    with pytest.raises(DomainError):
        _offer(session, sku)


def _ask(path: str, body: dict[str, Any]) -> httpx.Response:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(make_api())
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.post(path, json=body, headers={"Accept-Language": "en"})

    return asyncio.run(send())


@pytest.mark.usefixtures("database")
def test_programs_are_told_ways_days_places_and_what_is_missing() -> None:
    def shop(session: Session) -> tuple[int, str]:
        seller_id, sku = _shop(session)
        _point(session, seller_id, weekday=6)
        return seller_id, fill_basket(session, [(sku.code, 1000)], now=clock.now())

    seller_id, basket = db.write_now(shop)
    review = f"/api/v1/baskets/{basket}/review"
    order = _ask(review, DETAILS).json()["orders"][0]
    window = order["delivery"]["options"][-1]
    assert window["code"].startswith("point-")
    assert (window["fee"], window["place"]) == (0, "12 Mậu Thân, Phường Cái Khế")
    assert date.fromisoformat(window["from"]).weekday() == 6
    assert window["when"].endswith("07:00–10:00")
    assert (order["minimum_order"], order["acceptance_hours"]) == (0, 12)
    chosen = {**DETAILS, "delivery": {f"gian-hang-{seller_id}": window["code"]}}
    assert _ask(review, chosen).json()["orders"][0]["delivery"]["chosen"] == window["code"]

    def ask_more(session: Session) -> None:
        delivery.ask_of_orders(session, make_owner(session, seller_id), TermsDraft(minimum_order="60k"), clock.now())

    db.write_now(ask_more)
    refused = _ask(review, DETAILS)
    assert (refused.status_code, refused.json()["code"]) == (422, "below_minimum_order")
    assert "10.000" in refused.text
