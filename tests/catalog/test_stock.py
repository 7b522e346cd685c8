"""Stock is never promised twice, never lost, and never waits for itself."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import CheckConstraint
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from marketplace import tables
from marketplace.base import db
from marketplace.base.errors import Conflict, NotFound
from marketplace.catalog import service as catalog
from marketplace.catalog import stock
from marketplace.catalog.models import StockHold, StockLevel
from marketplace.catalog.rules import HoldState, OutOfStock, StockBelowPromised
from marketplace.settings import settings
from tests.conftest import forget_process_state
from tests.factories import NOW, make_product

SOON = NOW + timedelta(hours=12)
LATER = NOW + timedelta(hours=13)


def level(session: Session, sku_id: int) -> tuple[int, int, int]:
    """On hand, allocated, held, as the database has them."""
    row = session.execute(
        select(col(StockLevel.on_hand), col(StockLevel.allocated), col(StockLevel.held)).where(
            col(StockLevel.sku_id) == sku_id
        )
    ).one()
    return row.on_hand, row.allocated, row.held


def test_stock_goes_from_held_to_allocated_to_gone(session: Session) -> None:
    sku = make_product(session, on_hand=10_000)
    stock.hold(session, [stock.Demand("DH-1", {sku.id: 3_000}, SOON)], NOW)
    assert level(session, sku.id) == (10_000, 0, 3_000)
    stock.allocate(session, "DH-1", NOW)
    assert level(session, sku.id) == (10_000, 3_000, 0)
    stock.consume(session, "DH-1", NOW)
    assert level(session, sku.id) == (7_000, 0, 0)
    stock.take_back(session, "DH-1", NOW)
    assert level(session, sku.id) == (10_000, 0, 0)


def test_every_step_done_twice_changes_nothing_more(session: Session) -> None:
    sku = make_product(session, on_hand=10_000)
    stock.hold(session, [stock.Demand("DH-1", {sku.id: 3_000}, SOON)], NOW)
    for step, expected in (
        (stock.allocate, (10_000, 3_000, 0)),
        (stock.consume, (7_000, 0, 0)),
        (stock.take_back, (10_000, 0, 0)),
        (stock.release, (10_000, 0, 0)),
    ):
        step(session, "DH-1", NOW)
        step(session, "DH-1", NOW)
        assert level(session, sku.id) == expected


def test_the_last_of_it_can_be_held_and_not_a_thousandth_more(session: Session) -> None:
    sku = make_product(session, "Sầu riêng Ri6", on_hand=1_500)
    stock.hold(session, [stock.Demand("DH-1", {sku.id: 1_000}, SOON)], NOW)
    with pytest.raises(OutOfStock) as caught, session.begin_nested():
        stock.hold(session, [stock.Demand("DH-2", {sku.id: 501}, SOON)], NOW)
    assert caught.value.status == 409
    assert caught.value.field == sku.code
    assert caught.value.values == {"sku": sku.code, "name": "Sầu riêng Ri6", "available": 500}
    assert "Sầu riêng Ri6" in caught.value.say("vi")
    stock.hold(session, [stock.Demand("DH-2", {sku.id: 500}, SOON)], NOW)
    assert level(session, sku.id) == (1_500, 0, 1_500)


def test_a_refused_order_holds_nothing_of_its_other_goods(session: Session) -> None:
    plenty, scarce = make_product(session, on_hand=10_000), make_product(session, on_hand=100)
    with pytest.raises(OutOfStock), session.begin_nested():
        stock.hold(session, [stock.Demand("DH-1", {scarce.id: 200, plenty.id: 1_000}, SOON)], NOW)
    assert level(session, plenty.id) == (10_000, 0, 0)
    assert session.exec(select(StockHold)).all() == []


def test_goods_without_a_stock_row_are_out_of_stock(session: Session) -> None:
    sku = make_product(session)
    with pytest.raises(OutOfStock):
        stock.hold(session, [stock.Demand("DH-1", {sku.id: 1_000, sku.id + 999: 1_000}, SOON)], NOW)


def test_an_expired_hold_never_counts_even_before_anybody_swept_it(session: Session) -> None:
    sku = make_product(session, on_hand=1_000, minimum=500)
    stock.hold(session, [stock.Demand("DH-1", {sku.id: 1_000}, SOON)], NOW)
    assert catalog.skus_for_sale(session, [sku.id], NOW)[sku.id].available == 0
    assert not catalog.list_products(session, catalog.ListQuery(), "vi", NOW).cards[0].in_stock
    assert catalog.skus_for_sale(session, [sku.id], SOON)[sku.id].available == 1_000
    assert catalog.list_products(session, catalog.ListQuery(), "vi", SOON).cards[0].in_stock
    stock.hold(session, [stock.Demand("DH-2", {sku.id: 1_000}, LATER)], SOON)
    assert level(session, sku.id) == (1_000, 0, 1_000)


def test_an_expired_hold_is_taken_again_while_stock_lasts(session: Session) -> None:
    sku = make_product(session, on_hand=1_000)
    stock.hold(session, [stock.Demand("DH-1", {sku.id: 600}, SOON)], NOW)
    stock.hold(session, [stock.Demand("DH-2", {sku.id: 100}, LATER)], SOON)
    assert level(session, sku.id) == (1_000, 0, 100)
    stock.allocate(session, "DH-1", SOON)
    assert level(session, sku.id) == (1_000, 600, 100)


def test_an_expired_hold_whose_stock_went_to_another_is_not_allocated(session: Session) -> None:
    sku = make_product(session, on_hand=1_000)
    stock.hold(session, [stock.Demand("DH-1", {sku.id: 600}, SOON)], NOW)
    stock.hold(session, [stock.Demand("DH-2", {sku.id: 500}, LATER)], SOON)
    with pytest.raises(OutOfStock), session.begin_nested():
        stock.allocate(session, "DH-1", SOON)
    assert level(session, sku.id) == (1_000, 0, 500)


@pytest.mark.parametrize("allocated", [False, True])
def test_released_stock_can_be_sold_again_and_not_be_allocated_by_its_old_order(
    session: Session, allocated: bool
) -> None:
    sku = make_product(session, on_hand=1_000)
    stock.hold(session, [stock.Demand("DH-1", {sku.id: 1_000}, SOON)], NOW)
    if allocated:
        stock.allocate(session, "DH-1", NOW)
    stock.release(session, "DH-1", NOW)
    assert level(session, sku.id) == (1_000, 0, 0)
    with pytest.raises(Conflict), session.begin_nested():
        stock.allocate(session, "DH-1", NOW)
    stock.hold(session, [stock.Demand("DH-2", {sku.id: 1_000}, SOON)], NOW)


def test_goods_do_not_leave_before_they_are_allocated(session: Session) -> None:
    sku = make_product(session)
    stock.hold(session, [stock.Demand("DH-1", {sku.id: 1_000}, SOON)], NOW)
    with pytest.raises(Conflict):
        stock.consume(session, "DH-1", NOW)


def test_stock_can_be_set_down_to_what_orders_hold_and_not_lower(session: Session) -> None:
    sku = make_product(session, on_hand=5_000)
    stock.hold(session, [stock.Demand("DH-1", {sku.id: 1_500}, SOON)], NOW)
    stock.set_on_hand(session, sku.id, 1_500, NOW)
    assert level(session, sku.id) == (1_500, 0, 1_500)
    with pytest.raises(StockBelowPromised) as caught, session.begin_nested():
        stock.set_on_hand(session, sku.id, 1_499, NOW)
    assert "1,5" in caught.value.say("vi")
    stock.set_on_hand(session, sku.id, 0, SOON)
    assert level(session, sku.id) == (0, 0, 0)
    with pytest.raises(NotFound):
        stock.set_on_hand(session, sku.id + 999, 1, NOW)


def test_the_database_itself_refuses_what_no_rule_should_let_through(session: Session) -> None:
    sku = make_product(session, on_hand=1_000)
    row = session.exec(select(StockLevel).where(StockLevel.sku_id == sku.id)).one()
    for name, value in (("held", 1_001), ("allocated", 1_001), ("on_hand", -1), ("held", -1), ("allocated", -1)):
        with pytest.raises(IntegrityError), session.begin_nested():
            setattr(row, name, value)
            session.flush()
        session.refresh(row)


class StockMachine(RuleBasedStateMachine):
    """Orders hold, are accepted, refused, shipped and returned, clocks run on, sellers count; beside it, plain sums."""

    session: Session

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = self.session.begin_nested()
        self.now = NOW
        self.skus = [make_product(self.session, f"Hàng {n}", on_hand=5_000).id for n in range(3)]
        self.orders: dict[str, dict[int, int]] = {}

    def teardown(self) -> None:
        self.savepoint.rollback()

    @contextmanager
    def trying(self) -> Iterator[None]:
        """What is refused leaves nothing."""
        before = [level(self.session, sku_id) for sku_id in self.skus]
        try:
            with self.session.begin_nested():
                yield
        except (OutOfStock, Conflict, StockBelowPromised):
            assert [level(self.session, sku_id) for sku_id in self.skus] == before

    @rule(demands=st.dictionaries(st.integers(0, 2), st.integers(1, 4_000), min_size=1), hours=st.integers(1, 6))
    def order(self, demands: dict[int, int], hours: int) -> None:
        number = f"DH-{len(self.orders)}"
        self.orders[number] = wanted = {self.skus[index]: quantity for index, quantity in demands.items()}
        can = all(
            catalog.skus_for_sale(self.session, [sku], self.now)[sku].available >= quantity
            for sku, quantity in wanted.items()
        )
        held = False
        with self.trying():
            stock.hold(self.session, [stock.Demand(number, wanted, self.now + timedelta(hours=hours))], self.now)
            held = True
        # What the page said was left is exactly what could be had.
        assert held == can

    @precondition(lambda self: self.orders)
    @rule(
        step=st.sampled_from([stock.allocate, stock.release, stock.consume, stock.take_back]),
        number=st.integers(0, 30),
    )
    def answer(self, step: object, number: int) -> None:
        assert callable(step)
        with self.trying():
            step(self.session, f"DH-{number % len(self.orders)}", self.now)

    @rule(hours=st.integers(1, 8))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(index=st.integers(0, 2), quantity=st.integers(0, 6_000))
    def count_again(self, index: int, quantity: int) -> None:
        with self.trying():
            stock.set_on_hand(self.session, self.skus[index], quantity, self.now)

    @invariant()
    def the_counters_are_the_sums_of_their_holds(self) -> None:
        rows = self.session.execute(
            select(col(StockLevel.sku_id), col(StockHold.state), col(StockHold.quantity)).join(
                StockLevel, col(StockLevel.id) == col(StockHold.stock_level_id)
            )
        ).all()
        sums: dict[tuple[int, str], int] = defaultdict(int)
        for sku_id, state, quantity in rows:
            sums[sku_id, state] += quantity
        for sku_id in self.skus:
            on_hand, allocated, held = level(self.session, sku_id)
            assert allocated == sums[sku_id, HoldState.ALLOCATED]
            assert held == sums[sku_id, HoldState.HELD]
            assert allocated + held <= on_hand


def test_whatever_happens_in_whatever_order_the_sums_are_right(session: Session, database: str) -> None:
    on_sqlite = database.startswith("sqlite")
    machine = type("Machine", (StockMachine,), {"session": session})
    profile = hypothesis_settings(
        max_examples=40 if on_sqlite else 12, stateful_step_count=25 if on_sqlite else 15, deadline=None
    )
    run_state_machine_as_test(machine, settings=profile)


def _hold(session: Session, demands: dict[int, int], reference: str, now: datetime) -> None:
    stock.hold(session, [stock.Demand(reference, demands, now + timedelta(hours=1))], now)


def _race(buyers: int, demands: list[dict[int, int]], apart: timedelta = timedelta()) -> tuple[int, list[Exception]]:
    """Let buyers order at once, each with its own connection; how many succeeded, and what went wrong.

    Their clocks may stand apart, each later than the one before.
    """
    errors: list[Exception] = []
    succeeded: list[int] = []
    start = threading.Barrier(8)

    def buy(first: int) -> None:
        start.wait()
        for buyer in range(first, buyers, 8):
            try:
                db.write_now(_hold, demands[buyer % len(demands)], f"DH-{buyer}", NOW + apart * buyer)
                succeeded.append(buyer)
            except OutOfStock:
                pass
            except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
                errors.append(error)

    threads = [threading.Thread(target=buy, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(succeeded), errors


def test_simultaneous_buyers_get_exactly_what_there_is(database: str) -> None:
    with db.write() as session:
        sku_id = make_product(session, on_hand=20_000).id
    assert _race(64, [{sku_id: 1_000}]) == (20, [])
    with db.read() as session:
        assert level(session, sku_id) == (20_000, 0, 20_000)
        assert len(session.exec(select(StockHold)).all()) == 20


def test_crossing_baskets_with_expired_holds_in_their_way_never_deadlock(database: str) -> None:
    with db.write() as session:
        first, second = make_product(session, on_hand=10**9).id, make_product(session, on_hand=10**9).id
        for number in range(96):
            # A buyer sees another set of expired holds than the next: who sweeps the second row must not lock it first.
            expiry = NOW + timedelta(seconds=number)
            stock.hold(session, [stock.Demand(f"OLD-{number}", {second: 1_000}, expiry)], NOW - timedelta(hours=1))
    there, back = {first: 1_000, second: 1_000}, {second: 1_000, first: 1_000}
    assert _race(96, [there, back], apart=timedelta(seconds=1)) == (96, [])


@pytest.fixture
def unguarded(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard switched off, and the CHECK behind it gone too."""
    monkeypatch.setenv("MARKETPLACE_RESERVATION_GUARD", "false")
    forget_process_state()
    drop_oversell_check(database)


def drop_oversell_check(database: str) -> None:
    """Make the stock table anew without the CHECK that stands behind the guard."""
    table = tables.metadata.tables["stock_level"]
    check = next(
        c for c in table.constraints if isinstance(c, CheckConstraint) and str(c.name).endswith("not_oversold")
    )
    engine = db.make_engine(database)
    with engine.execution_options(writes=True).begin() as connection:
        if database.startswith("sqlite"):
            table.constraints.discard(check)
            try:
                tables.metadata.tables["stock_hold"].drop(connection)
                table.drop(connection)
                table.create(connection)
                tables.metadata.tables["stock_hold"].create(connection)
            finally:
                table.constraints.add(check)
        else:
            connection.exec_driver_sql("ALTER TABLE stock_level DROP CONSTRAINT ck_stock_level_not_oversold")
    engine.dispose()


@pytest.mark.usefixtures("unguarded")
def test_without_the_guard_the_same_race_oversells_or_it_would_prove_nothing() -> None:
    assert not settings().reservation_guard
    with db.write() as session:
        sku_id = make_product(session, on_hand=20_000).id
    succeeded, errors = _race(64, [{sku_id: 1_000}])
    assert errors == []
    assert succeeded > 20
