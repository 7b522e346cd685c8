"""Commune pickup runs: offered at their stops, one freight shared to the đồng, never above their load, listed by stop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, func, select

from marketplace.accounts.rules import Role
from marketplace.accounts.views import GUEST, Person
from marketplace.base import clock, db
from marketplace.base.errors import DomainError, InvalidInputs, NotAllowed, NotFound, NotSignedIn
from marketplace.catalog.models import Sku
from marketplace.delivery import service as delivery
from marketplace.delivery.commands import ClosedDraft, RunDraft, StopDraft
from marketplace.delivery.models import DeliverySlot
from marketplace.delivery.rules import RunClosed, freight_shares
from marketplace.orders.models import SellerOrder
from marketplace.orders.service import answering, driving, placing
from marketplace.storefront.service import reaching
from tests.factories import NOW, make_owner, make_product, make_seller, make_staff
from tests.orders.crowd import checkout_all, prepare
from tests.orders.processes import served
from tests.orders.shopping import details, fill_basket, place

EARLY = datetime(2026, 1, 5, 1, tzinfo=UTC)
HERE = "31117"
RUN = RunDraft(
    name="Chuyến thứ Bảy", day="2026-01-10", closes_at="2026-01-08T18:00", fee="20.001", orders="3", kilograms="10"
)
STOP = StopDraft(stop_name="Nhà văn hoá Ninh Kiều", street="2 Trần Phú", opens="7:00", closes="8:00")


def _shops(session: Session, count: int = 2) -> list[tuple[int, Person, Sku]]:
    found = []
    for number in range(count):
        seller_id = make_seller(session, f"Gian {number}")
        delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
        found.append((seller_id, make_owner(session, seller_id), make_product(session, seller_id=seller_id)))
    session.flush()
    return found


def _run(session: Session, organiser: Person, along: Sequence[Person] = (), draft: RunDraft = RUN) -> tuple[int, str]:
    """A run with one stop, its id and the code of the stop."""
    run_id = delivery.organise_run(session, organiser, draft, EARLY)
    delivery.add_stop(session, organiser, run_id, STOP, HERE, EARLY)
    for person in along:
        delivery.go_along(session, person, run_id, EARLY)
    session.flush()
    return run_id, delivery.run_for_list(session, organiser, run_id, "vi").stops[0].code


def _codes(session: Session, sku: Sku, now: datetime = EARLY, quantity: int = 1000) -> set[str]:
    basket = fill_basket(session, [(sku.code, quantity)], now=now)
    return {way.code for way in placing.review(session, basket, details(), now).orders[0].offer.ways}


@given(st.integers(0, 10**7), st.dictionaries(st.integers(1, 50), st.integers(0, 10**6), min_size=1, max_size=8))
def test_the_parts_of_a_freight_sum_to_the_whole_and_follow_the_weight(freight: int, grams: dict[int, int]) -> None:
    shares = freight_shares(freight, grams)
    assert sum(shares.values()) == freight
    assert min(shares.values()) >= 0
    for one, other in zip(grams, list(grams)[1:], strict=False):
        if grams[one] > grams[other]:
            assert shares[one] >= shares[other] - 1


def test_a_run_is_offered_at_its_stops_to_those_along_until_its_cut_off(session: Session) -> None:
    (_, owner, sku), (_, other, their) = _shops(session)
    run_id, code = _run(session, owner)
    assert code in _codes(session, sku)
    assert code not in _codes(session, their)
    delivery.go_along(session, other, run_id, EARLY)
    session.flush()
    assert code in _codes(session, their)
    assert code not in _codes(session, sku, datetime(2026, 1, 8, 11, tzinfo=UTC)), "orders until six in the evening"
    delivery.close_days(session, owner, ClosedDraft(first="2026-01-10"), EARLY)
    session.flush()
    assert code not in _codes(session, sku)
    delivery.call_off(session, owner, run_id, EARLY)
    session.flush()
    assert code not in _codes(session, their)
    with pytest.raises(RunClosed):
        delivery.add_stop(session, owner, run_id, STOP, HERE, EARLY)


def test_its_freight_is_paid_once_a_purchase_and_shared_by_weight(session: Session) -> None:
    (one, owner, sku), (two, other, their) = _shops(session)
    _, code = _run(session, owner, [other])
    goods = [(sku.code, 1000), (their.code, 2000)]
    both = {f"gian-hang-{one}": code, f"gian-hang-{two}": code}
    answer = place(session, goods, now=EARLY, delivery=both)
    fees = [
        session.exec(select(SellerOrder).where(SellerOrder.number == order["number"])).one().delivery_fee
        for order in answer["orders"]
    ]
    assert fees == [6_667, 13_334]
    alone = placing.review(
        session, fill_basket(session, goods, now=EARLY), details(delivery={f"gian-hang-{one}": code}), EARLY
    )
    assert alone.orders[0].chosen.fee == 20_001
    would_be = next(way for way in alone.orders[1].offer.ways if way.code == code)
    assert would_be.fee == 13_334, "what it would cost if it went along too"


def test_it_carries_no_more_orders_and_kilograms_than_it_says_and_takes_others_when_one_is_canceled(
    session: Session,
) -> None:
    ((seller_id, owner, sku),) = _shops(session, 1)
    run_id, code = _run(session, owner)
    ways = {f"gian-hang-{seller_id}": code}
    numbers = [
        place(session, [(sku.code, 2000)], now=EARLY, key=str(n), delivery=ways)["orders"][0]["number"]
        for n in range(2)
    ]
    assert code in _codes(session, sku, quantity=6000)
    assert code not in _codes(session, sku, quantity=6500), "ten kilograms"
    place(session, [(sku.code, 2000)], now=EARLY, key="third", delivery=ways)
    assert code not in _codes(session, sku), "three orders"
    answering.cancel(session, GUEST, numbers[0], placing.access_key(numbers[0]), EARLY)
    session.flush()
    assert code in _codes(session, sku)
    listed = driving.list_of_run(session, owner, run_id, "vi")
    assert listed.stops[0].sum_text.startswith("2 đơn · 4 kg")
    assert listed.stops[0].orders[0].number == numbers[1]
    assert "Nhà văn hoá Ninh Kiều" in listed.stops[0].place


def test_shops_along_are_listed_where_the_run_stops(session: Session) -> None:
    ((seller_id, owner, _),) = _shops(session, 1)
    for code in ("own", "carrier"):
        delivery.turn_method(session, owner, code, NOW)
    session.flush()
    reaching._reach.cache_clear()
    assert reaching.reachable(session, HERE, EARLY) == ()
    _run(session, owner)
    reaching._reach.cache_clear()
    assert reaching.reachable(session, HERE, EARLY) == (f"gian-hang-{seller_id}",)
    reaching._reach.cache_clear()


def test_only_its_organiser_and_the_province_change_a_run_and_read_its_list(session: Session) -> None:
    (_, owner, _), (_, other, _) = _shops(session)
    run_id, _ = _run(session, owner, [other])
    for use_case in (
        lambda who: delivery.add_stop(session, who, run_id, STOP, HERE, EARLY),
        lambda who: delivery.call_off(session, who, run_id, EARLY),
        lambda who: driving.list_of_run(session, who, run_id, "vi"),
    ):
        with pytest.raises(NotFound):
            use_case(other)
        with pytest.raises(NotSignedIn):
            use_case(GUEST)
    staff, commune = make_staff(session), make_staff(session, Role.COMMUNE_STAFF, HERE)
    assert driving.list_of_run(session, staff, run_id, "vi").name == RUN.name
    assert [run.id for run in delivery.my_runs(session, staff, "vi", EARLY).own] == [run_id]
    assert [run.goes_along for run in delivery.my_runs(session, other, "vi", EARLY).others] == [True]
    with pytest.raises(NotAllowed):
        delivery.my_runs(session, commune, "vi", EARLY)
    with pytest.raises(NotAllowed):
        delivery.organise_run(session, commune, RUN, EARLY)


def test_everything_wrong_with_a_run_is_said_at_once(session: Session) -> None:
    staff = make_staff(session)
    wrong = RunDraft(day="2026-01-10", closes_at="2026-01-11T18:00", fee="x", orders="0", kilograms="x")
    with pytest.raises(InvalidInputs) as caught:
        delivery.organise_run(session, staff, wrong, EARLY)
    assert {one.field for one in caught.value.problems} == {"name", "closes_at", "fee", "orders", "kilograms"}
    run_id = delivery.organise_run(session, staff, RUN, EARLY)
    with pytest.raises(DomainError):
        delivery.add_stop(session, staff, run_id, StopDraft(), "", EARLY)


def _crowded(session: Session) -> tuple[str, dict[str, str]]:
    now = clock.now()
    seller_id = make_seller(session)
    owner = make_owner(session, seller_id)
    day: date = clock.local_date(now) + timedelta(days=5)
    closes = clock.write_local(now + timedelta(days=2))
    draft = RunDraft(name="Chuyến", day=day.isoformat(), closes_at=closes, fee="9k", orders="40", kilograms="7")
    run_id = delivery.organise_run(session, owner, draft, now)
    delivery.add_stop(session, owner, run_id, STOP, HERE, now)
    session.flush()
    sku = make_product(session, seller_id=seller_id, on_hand=10**9, step=1000, minimum=1000)
    return sku.code, {f"gian-hang-{seller_id}": delivery.run_for_list(session, owner, run_id, "vi").stops[0].code}


def test_fifty_buyers_of_a_run_for_seven_kilograms_make_seven_orders(database: str) -> None:
    code, ways = db.write_now(_crowded)
    ready = prepare([[(code, 1000)]] * 50, delivery=ways)
    with served(4) as port:
        answers = checkout_all(port, ready)
    assert sum(status == 201 for status, _ in answers) == 7
    assert {body["code"] for status, body in answers if status != 201} <= {
        "delivery_full",
        "delivery_method_unknown",
        "unreachable",
    }
    with db.read() as session:
        assert session.exec(select(func.count()).select_from(SellerOrder)).one() == 7
        assert session.exec(select(DeliverySlot.orders, DeliverySlot.grams)).one() == (7, 7000)
