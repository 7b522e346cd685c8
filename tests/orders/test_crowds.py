"""Many buyers at once, through HTTP, against four worker processes: nothing is sold twice and nothing dangles."""

from __future__ import annotations

import http.client
import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, func, select

from marketplace.base import clock, db
from marketplace.catalog.models import StockHold, StockLevel
from marketplace.catalog.rules import HoldState
from marketplace.contracts import service as contracts
from marketplace.contracts.models import Contract
from marketplace.delivery import service as delivery
from marketplace.orders.commands import CheckoutCommand
from marketplace.orders.models import OrderLine, Purchase, SellerOrder
from marketplace.payments.models import Payment
from tests.factories import make_product, make_seller
from tests.orders.crowd import checkout_all, prepare, send
from tests.orders.processes import killed_everywhere, served

BUYERS, LEFT, WORKERS = 400, 100, 4


def _shop(session: Session) -> int:
    seller_id = make_seller(session)
    delivery.give_default_methods(session, {"seller_id": seller_id}, clock.now())
    return seller_id


def _level(sku_id: int) -> tuple[int, int, int]:
    with db.read() as session:
        level = session.exec(select(StockLevel).where(StockLevel.sku_id == sku_id)).one()
        return level.on_hand, level.allocated, level.held


def test_four_hundred_buyers_of_a_hundred_pieces_get_exactly_a_hundred(database: str) -> None:
    def stock_up(session: Session) -> Any:
        return make_product(session, seller_id=_shop(session), on_hand=LEFT * 1000, step=1000, minimum=1000)

    sku = db.write_now(stock_up)
    ready = prepare([[(sku.code, 1000)]] * BUYERS)
    with served(WORKERS) as port:
        answers = checkout_all(port, ready)
    assert Counter(status for status, _ in answers) == {201: LEFT, 409: BUYERS - LEFT}
    refusals = {body["code"] for status, body in answers if status == 409}
    assert refusals == {"out_of_stock"}
    assert _level(sku.id) == (LEFT * 1000, 0, LEFT * 1000)
    with db.read() as session:
        held = session.exec(select(func.sum(StockHold.quantity)).where(StockHold.state == HoldState.HELD)).one()
        assert held == LEFT * 1000
        for table in (Purchase, SellerOrder, OrderLine, Contract, Payment):
            assert session.exec(select(func.count()).select_from(table)).one() == LEFT


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_without_the_guard_the_same_crowd_oversells_so_the_test_above_proves_something(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    request.getfixturevalue(f"{kind}_database")

    def stock_up(session: Session) -> Any:
        return make_product(session, seller_id=_shop(session), on_hand=5000, step=1000, minimum=1000)

    sku = db.write_now(stock_up)
    ready = prepare([[(sku.code, 1000)]] * 40)
    without_check(kind)
    monkeypatch.setenv("MARKETPLACE_RESERVATION_GUARD", "false")
    with served(WORKERS) as port:
        answers = checkout_all(port, ready)
    assert sum(status == 201 for status, _ in answers) > 5


def without_check(kind: str) -> None:
    """Take the CHECK behind the guard away, in this test's own database."""
    if kind == "postgresql":
        with db.engine().begin() as connection:
            connection.execute(text("ALTER TABLE stock_level DROP CONSTRAINT ck_stock_level_not_oversold"))
        return
    raw = db.engine().raw_connection()
    raw.execute("PRAGMA writable_schema=ON")
    raw.execute(
        "UPDATE sqlite_master SET sql = replace(sql, 'CHECK (allocated + held <= on_hand)', 'CHECK (1)') WHERE name = 'stock_level'"
    )
    raw.execute("PRAGMA writable_schema=RESET")
    raw.close()
    db.engine().dispose()


def test_crossing_baskets_never_deadlock_and_two_lines_draw_on_their_own_rows(postgresql_database: str) -> None:
    def stock_up(session: Session) -> Any:
        seller_id = _shop(session)
        other = _shop(session)
        return [
            make_product(session, name, seller_id=who, on_hand=10**9) for name, who in (("A", seller_id), ("B", other))
        ]

    first, second = db.write_now(stock_up)
    there, back = [(first.code, 1000), (second.code, 1000)], [(second.code, 1000), (first.code, 1000)]
    ready = prepare([there, back] * 100)
    with served(WORKERS) as port:
        answers = checkout_all(port, ready)
    assert {status for status, _ in answers} == {201}
    assert _level(first.id)[2] == _level(second.id)[2] == 200 * 1000


def test_one_key_sent_twenty_times_at_once_makes_one_purchase_and_twenty_equal_answers(database: str) -> None:
    sku = db.write_now(lambda session: make_product(session, seller_id=_shop(session)))
    ready = prepare([[(sku.code, 1000)]])
    with served(WORKERS) as port:
        answers = checkout_all(port, ready * 20)
    assert {status for status, _ in answers} == {201}
    assert len({json.dumps(body, sort_keys=True) for _, body in answers}) == 1
    with db.read() as session:
        assert session.exec(select(func.count()).select_from(Purchase)).one() == 1


def test_a_process_killed_in_the_middle_of_checkouts_loses_no_answered_order_and_leaves_no_half_one(
    database: str,
) -> None:
    sku = db.write_now(lambda session: make_product(session, seller_id=_shop(session), on_hand=10**9))
    answered: list[str] = []
    for _ in range(4):
        ready = prepare([[(sku.code, 1000)]] * 60)
        with served(workers=2) as port, ThreadPoolExecutor(8) as crowd:
            waiting = [crowd.submit(_try_checkout, port, item) for item in ready]
            while sum(future.done() for future in waiting) < 15:
                time.sleep(0.005)
            # Leaving the block kills the server while the rest is under way.
            for future in waiting[15:]:
                future.cancel()
        answered.extend(number for future in waiting if not future.cancelled() and (number := future.result()))
    with db.read() as session:
        orders = session.exec(select(SellerOrder.id, SellerOrder.number)).all()
        assert set(answered) <= {number for _, number in orders}
        for table, column in (
            (OrderLine, OrderLine.order_id),
            (Contract, Contract.order_id),
            (Payment, Payment.order_id),
        ):
            assert sorted(session.exec(select(column)).all()) == sorted(order_id for order_id, _ in orders), table
        assert session.exec(select(func.count()).select_from(Purchase)).one() == len(orders)
        held = session.exec(select(func.count()).select_from(StockHold)).one()
        assert held == len(orders)
        assert list(contracts.faults(session)) == []
    assert _level(sku.id)[2] == len(orders) * 1000


def test_a_checkout_killed_before_any_of_its_statements_leaves_nothing_and_can_be_sent_again(database: str) -> None:
    def stock_up(session: Session) -> Any:
        return [make_product(session, name, seller_id=_shop(session)).code for name in ("A", "B")]

    codes = db.write_now(stock_up)
    ((basket, body),) = prepare([[(code, 1000) for code in codes]])
    db.engine().dispose()
    told = killed_everywhere(basket, CheckoutCommand.model_validate(body))
    *unfinished, committed = told["after_each"]
    assert len(unfinished) > 20, "there are that many statements to be killed before"
    assert set(told["nothing"]) == {0}
    assert all(left == told["nothing"] for left in unfinished)
    # One purchase of two orders: whole, whether its buyer heard of it or not, and once, however often it is sent.
    assert committed == told["at_last"] == [1, 2, 2, 2, 4, 2, 2, 1, 2, 2000]
    assert told["answers"][0] == told["answers"][1]
    with db.read() as session:
        assert {order["number"] for order in told["answers"][0]["orders"]} == set(
            session.exec(select(SellerOrder.number)).all()
        )
        assert list(contracts.faults(session)) == []


def _try_checkout(port: int, item: tuple[str, dict[str, Any]]) -> str | None:
    basket, body = item
    try:
        status, answer = send(port, "POST", f"/api/v1/baskets/{basket}/checkout", body, **{"Idempotency-Key": basket})
    except (OSError, http.client.HTTPException, json.JSONDecodeError):
        return None
    return answer["orders"][0]["number"] if status == 201 else None
