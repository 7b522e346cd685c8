"""Orders, stock, money and contracts under any sequence of events, beside a plain model of what must come of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlmodel import Session, col

from marketplace import background
from marketplace.accounts.views import GUEST, Person
from marketplace.base.errors import DomainError
from marketplace.base.models import OutboxEvent, Transition
from marketplace.baskets.rules import BasketOrdered
from marketplace.catalog import service as catalog
from marketplace.catalog.models import Product, StockHold, StockLevel
from marketplace.catalog.rules import PieceWeight, ProductStatus, Unit
from marketplace.contracts import service as contracts
from marketplace.contracts.models import Contract, ContractEvent
from marketplace.contracts.rules import CONTRACT_MOVES
from marketplace.delivery import service as delivery
from marketplace.ledger import service as ledger
from marketplace.ledger.models import LedgerEntry, LedgerTransaction
from marketplace.orders.commands import CheckoutCommand
from marketplace.orders.models import OrderCharge, OrderLine, Purchase, SellerOrder
from marketplace.orders.rules import (
    COMMISSIONS,
    FULFILMENT_MOVES,
    ORDER_MOVES,
    FulfilmentStatus,
    IdempotencyKeyReused,
    OrderStatus,
    TermsChanged,
)
from marketplace.orders.service import answering, fulfilling, placing
from marketplace.payments.models import Payment
from marketplace.payments.rules import PAYMENT_MOVES
from marketplace.sellers.models import Seller
from marketplace.sellers.rules import commission
from tests.factories import NOW, make_owner, make_product, make_seller
from tests.orders.shopping import accept_terms, details, fill_basket

HOUR = timedelta(hours=1)
MOVES: dict[str, Any] = {
    "order": ORDER_MOVES,
    "fulfilment": FULFILMENT_MOVES,
    "payment": PAYMENT_MOVES,
    "contract": CONTRACT_MOVES,
}
CHICKEN: dict[str, Any] = {"unit": Unit.HEAD, "price": 100_000, "piece": PieceWeight(1600, 2000)}
WAY = {
    (False, "pending"): {"packed"},
    (False, "packed"): {"shipped"},
    (False, "shipped"): {"delivered", "failed"},
    (False, "delivered"): {"failed"},
    (False, "failed"): {"shipped"},
    (True, "pending"): {"packed"},
    (True, "packed"): {"ready_for_pickup"},
    (True, "ready_for_pickup"): {"delivered", "failed"},
    (True, "delivered"): {"failed"},
    (True, "failed"): {"ready_for_pickup"},
}
"""Where goods may go next, written down a second time: what code allows is held against it."""
GOODS = st.dictionaries(st.integers(0, 3), st.integers(1, 4), min_size=2, max_size=4)
"""Half kilograms by goods, or chickens; most baskets are of several sellers."""
CHICKENS = 1
"""Of the first shop's goods the second are chickens at 100.000 ₫ a kilogram."""
LIGHTEST, HEAVIEST = 1600, 2000
WEIGHTS = st.integers(1200, 2600)
"""What one of them weighs in grams, now and then less or more than was said."""
FATES = (
    "goes well",
    "is delivered at the second try",
    "comes back sound",
    "comes back damaged",
    "is refused",
    "waits",
    "stays unanswered",
    "is given back before the sweep",
)
"""What the first orders meet with before chance takes over, which alone seldom gets one to its end.

Those that let a deadline pass are last, since it passes for all.
"""


@dataclass
class Order:
    """What must be true of an order."""

    number: str
    key: str
    shop: int
    goods: dict[int, int]
    pickup: bool
    accept_by: Any
    status: str = "placed"
    goods_are: str = "pending"
    left: bool = False
    back: bool = False
    weight: int = 0
    """What its chickens weighed together, once packed."""

    @property
    def contract(self) -> str:
        """The state its contract must have."""
        return {
            "placed": "offered",
            "confirmed": "concluded",
            "completed": "performed",
            "expired": "lapsed",
            "refused": "lapsed",
            "canceled": "terminated",
        }[self.status]

    @property
    def evidence(self) -> list[str]:
        """What must have happened to its contract, once each and in this order."""
        weighed = ["weighed"] if self.weight else []
        return {
            "placed": ["shown", "accepted_by_buyer"],
            "confirmed": ["shown", "accepted_by_buyer", "accepted_by_seller", *weighed],
            "completed": ["shown", "accepted_by_buyer", "accepted_by_seller", *weighed, "performed"],
            "expired": ["shown", "accepted_by_buyer", "lapsed"],
            "refused": ["shown", "accepted_by_buyer", "lapsed"],
            "canceled": ["shown", "accepted_by_buyer", "accepted_by_seller", *weighed, "terminated"],
        }[self.status]

    @property
    def news(self) -> set[str]:
        """What must have been told of it, once each."""
        return {
            "placed": set(),
            "confirmed": {"order.confirmed", "contract.concluded"},
            "completed": {"order.confirmed", "contract.concluded", "order.completed", "contract.performed"},
            "expired": {"order.expired", "contract.lapsed"},
            "refused": {"order.canceled", "contract.lapsed"},
            "canceled": {"order.confirmed", "contract.concluded", "order.canceled", "contract.terminated"},
        }[self.status] | {"order.placed", *(["contract.weighed"] if self.weight else [])}

    @property
    def payment(self) -> tuple[str, str]:
        """The state of its payment, and its payment status."""
        return {
            "completed": ("confirmed", "paid"),
            "expired": ("expired", "none"),
            "refused": ("canceled", "none"),
            "canceled": ("canceled", "none"),
        }.get(self.status, ("pending", "pending"))

    @property
    def goods_total(self) -> int:
        """What its goods come to: mangoes by the kilogram, chickens at most until they are weighed."""
        chickens = self.goods.get(CHICKENS, 0) // 1000
        highest = chickens * HEAVIEST * 100
        paid = min(self.weight * 100, highest) if self.weight else highest
        return paid + sum(quantity // 500 * 32_500 for index, quantity in self.goods.items() if index != CHICKENS)

    @property
    def holds(self) -> set[str]:
        """The states its holds may have."""
        if self.left:
            return {"returned" if self.back else "consumed"}
        # An overdue hold is given back by whoever needs it first; the sweep only follows.
        return {"placed": {"held", "expired"}, "confirmed": {"allocated"}}.get(self.status, {"released"})


@dataclass
class Checkout:
    """A checkout that was answered, to be sent again."""

    basket: str
    key: str
    command: CheckoutCommand
    answer: dict[str, Any] = field(default_factory=dict)


def unit_of(index: int) -> int:
    """In what steps goods are ordered, in thousandths."""
    return 1000 if index == CHICKENS else 500


class OrderMachine(RuleBasedStateMachine):
    """Buyers, sellers, the sweeper and the outbox in any order; what is refused leaves nothing."""

    session: Session

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = self.session.begin_nested()
        self.now = NOW
        self.shops = [make_seller(self.session, name) for name in ("Vườn Ba Tám", "Cá Tư Hậu", "Gạo Năm Sang")]
        for shop in self.shops:
            delivery.give_default_methods(self.session, {"seller_id": shop}, NOW)
        quick = self.session.get(Seller, self.shops[2])
        assert quick is not None
        quick.accepts_automatically = True
        self.owners: list[Person] = [make_owner(self.session, shop) for shop in self.shops]
        # Two goods of the first shop, one of each other.
        self.skus = [
            make_product(
                self.session,
                f"Hàng {n}",
                seller_id=self.shops[shop],
                on_hand=6_000,
                **(CHICKEN if n == CHICKENS else {}),
            )
            for n, shop in enumerate((0, 0, 1, 2))
        ]
        self.shop_of = (0, 0, 1, 2)
        self.on_hand = [6_000] * 4
        self.paused = [False] * 4
        self.sold = [0] * 4
        self.orders: list[Order] = []
        self.checkouts: list[Checkout] = []
        self.scales = 1750
        self.session.flush()

    def teardown(self) -> None:
        self.savepoint.rollback()

    @contextmanager
    def expecting(self, *, success: bool) -> Iterator[None]:
        """What must succeed does, what must not is refused in words and leaves nothing."""
        refusal: DomainError | None = None
        try:
            with self.session.begin_nested():
                yield
        except DomainError as error:
            refusal = error
        assert (refusal is None) == success, refusal

    def pick(self, number: int) -> tuple[Order, Person]:
        """An order with its seller."""
        order = self.orders[number % len(self.orders)]
        return order, self.owners[order.shop]

    @initialize(first=GOODS, second=GOODS, pickup=st.booleans(), fates=st.permutations(FATES))
    def open_the_market(self, first: dict[int, int], second: dict[int, int], pickup: bool, fates: list[str]) -> None:
        """Some orders to begin with, most of which have seen much."""
        self.check_out(first, pickup, dearer=False)
        self.check_out(second, False, dearer=False)
        met = zip(range(len(self.orders)), fates, strict=False)
        for number, fate in sorted(met, key=lambda one: FATES.index(one[1])):
            self.meet(number, fate)

    def meet(self, number: int, fate: str) -> None:
        """An order's whole life, or what is left of it."""
        order, owner = self.pick(number)
        if fate == "waits":
            return
        if fate in {"is refused", "stays unanswered", "is given back before the sweep"}:
            if fate != "is refused":
                self.now = max(self.now, order.accept_by)
            if fate == "is given back before the sweep":
                for index in order.goods:
                    self.count_stock(index, self.on_hand[index] // 500)
            for attempt in (self.withdraw, self.refuse_or_give_up, self.accept):
                attempt(number)
            if any(order.status == "placed" and order.accept_by <= self.now for order in self.orders):
                self.sweep()
            return
        self.accept(number)
        if order.status == "confirmed":
            self.carry(order, 5, fails=fate != "goes well")
        if order.goods_are == "failed" and fate == "is delivered at the second try":
            self.carry(order, 5, fails=False)
        elif order.goods_are == "failed":
            self.take_back(order, owner, sellable=fate == "comes back sound")

    @rule(goods=GOODS, pickup=st.booleans(), dearer=st.sampled_from([False, False, False, True]))
    def check_out(self, goods: dict[int, int], pickup: bool, dearer: bool) -> None:
        wanted = {index: steps * unit_of(index) for index, steps in goods.items() if not self.paused[index]}
        free = {
            index: catalog.skus_for_sale(self.session, [self.skus[index].id], self.now)[self.skus[index].id].available
            for index in wanted
        }
        if not wanted or any(free[index] < quantity for index, quantity in wanted.items()):
            return
        shops = sorted({self.shop_of[index] for index in wanted})
        ways = {f"gian-hang-{self.shops[shop]}": "pickup" for shop in shops} if pickup else {}
        basket = fill_basket(self.session, [(self.skus[index].code, wanted[index]) for index in wanted], now=self.now)
        command = accept_terms(self.session, basket, self.now, delivery=ways)
        if dearer:
            index = next(iter(wanted))
            price = 70_000 + 1_000 * len(self.checkouts) + int((self.now - NOW) / HOUR)
            owner = self.owners[self.shop_of[index]]
            with self.session.begin_nested() as attempt:
                catalog.set_price(self.session, owner, self.skus[index].product_id, price, self.now)
                try:
                    placing.place(self.session, GUEST, basket, command, "dearer", self.now)
                    raise AssertionError("ordered at a price nobody saw")
                except TermsChanged:
                    attempt.rollback()
        checkout = Checkout(basket, f"key-{len(self.checkouts)}", command)
        checkout.answer = placing.place(self.session, GUEST, basket, command, checkout.key, self.now)
        self.checkouts.append(checkout)
        for shop, placed in zip(shops, checkout.answer["orders"], strict=True):
            mine = {index: quantity for index, quantity in wanted.items() if self.shop_of[index] == shop}
            deadline = self.now + 12 * HOUR
            order = Order(placed["number"], placed["access_key"], shop, mine, pickup, deadline)
            order.status = "confirmed" if shop == 2 else "placed"
            self.orders.append(order)

    @precondition(lambda self: self.checkouts)
    @rule(which=st.integers(0, 9))
    def send_a_checkout_again(self, which: int) -> None:
        sent = self.checkouts[which % len(self.checkouts)]
        again = placing.place(self.session, GUEST, sent.basket, sent.command, sent.key, self.now)
        assert again == sent.answer
        other = CheckoutCommand(**{**sent.command.model_dump(), **details(note={"x": "khác"}).model_dump()})
        for key, command, refusal in ((sent.key, other, IdempotencyKeyReused), ("new", sent.command, BasketOrdered)):
            try:
                with self.session.begin_nested():
                    placing.place(self.session, GUEST, sent.basket, command, key, self.now)
                raise AssertionError("ordered twice")
            except refusal:
                pass

    @precondition(lambda self: self.orders)
    @rule(number=st.integers(0, 30))
    def accept(self, number: int) -> None:
        order, owner = self.pick(number)
        for _ in range(2):
            can = order.status == "placed" and self.now < order.accept_by
            with self.expecting(success=can):
                answering.accept(self.session, owner, order.number, self.now)
            if can:
                order.status = "confirmed"

    @precondition(lambda self: self.orders)
    @rule(
        number=st.integers(0, 30),
        action=st.sampled_from(["refuse", "withdraw", "collect", "take back", *FulfilmentStatus]),
    )
    def try_anything(self, number: int, action: str) -> None:
        """Anybody may try anything at any time: most of it is refused."""
        if action == "refuse":
            self.refuse_or_give_up(number)
        elif action == "withdraw":
            self.withdraw(number)
        elif action == "collect":
            self.collect(number)
        elif action == "take back":
            self.take_back(*self.pick(number), sellable=True)
        else:
            self.move_goods(number, FulfilmentStatus(action))

    def refuse_or_give_up(self, number: int) -> None:
        order, owner = self.pick(number)
        waiting = order.status == "placed" and self.now < order.accept_by
        can = waiting or (order.status == "confirmed" and order.goods_are in {"pending", "packed"})
        with self.expecting(success=can):
            answering.refuse(self.session, owner, order.number, "Hết trái chín", self.now)
        if can:
            order.status = "refused" if waiting else "canceled"

    def withdraw(self, number: int) -> None:
        order, _ = self.pick(number)
        can = order.status == "placed" and self.now < order.accept_by
        with self.expecting(success=can):
            answering.cancel(self.session, GUEST, order.number, order.key, self.now)
        if can:
            order.status = "refused"

    def move_goods(self, number: int, step: FulfilmentStatus) -> None:
        order, owner = self.pick(number)
        can = order.status == "confirmed" and step in WAY.get((order.pickup, order.goods_are), set())
        weights = {}
        if can and step is FulfilmentStatus.PACKED and CHICKENS in order.goods:
            # Never before they are weighed, and never for a weight no chicken has.
            line = self.chickens_of(order)
            for wrong in ({}, {line: order.goods[CHICKENS] // 1000 * 10}):
                with self.expecting(success=False):
                    fulfilling.advance(self.session, owner, order.number, step, self.now, weights=wrong)
            order.weight = self.scales * order.goods[CHICKENS] // 1000
            weights = {line: order.weight}
        with self.expecting(success=can):
            fulfilling.advance(self.session, owner, order.number, step, self.now, weights=weights)
        if can:
            order.goods_are = step.value
            self.leave(order)

    def chickens_of(self, order: Order) -> int:
        """The line of an order that is to be weighed."""
        statement = select(col(OrderLine.id)).join(SellerOrder, col(SellerOrder.id) == col(OrderLine.order_id))
        heavy = col(OrderLine.heaviest_grams).is_not(None)
        return int(self.session.execute(statement.where(col(SellerOrder.number) == order.number, heavy)).scalar_one())

    @rule(grams=WEIGHTS)
    def other_chickens(self, grams: int) -> None:
        """What is put on the scales from now on."""
        self.scales = grams

    @precondition(lambda self: any(order.status == "confirmed" for order in self.orders))
    @rule(number=st.integers(0, 30), steps=st.integers(1, 5), fails=st.booleans())
    def carry_on(self, number: int, steps: int, fails: bool) -> None:
        """The steps that come next: chance alone seldom gets an order to its end."""
        mine = [order for order in self.orders if order.status == "confirmed"]
        self.carry(mine[number % len(mine)], steps, fails=fails)

    def carry(self, order: Order, steps: int, *, fails: bool) -> None:
        """Each step is taken twice, as by an impatient thumb: the second time is refused."""
        number = self.orders.index(order)
        for _ in range(steps):
            if order.goods_are == "delivered" and not fails:
                self.collect(number)
                assert order.status == "completed"
                self.collect(number)
                return
            targets = WAY[order.pickup, order.goods_are]
            target = "failed" if fails and "failed" in targets else min(targets)
            self.move_goods(number, FulfilmentStatus(target))
            assert order.goods_are == target
            self.move_goods(number, FulfilmentStatus(target))
            if target == "failed":
                return

    def leave(self, order: Order) -> None:
        """Goods that are shipped or made ready are no longer on hand, once."""
        if order.goods_are in {"shipped", "ready_for_pickup"} and not order.left:
            order.left = True
            for index, quantity in order.goods.items():
                self.on_hand[index] -= quantity

    @precondition(lambda self: any(order.goods_are == "failed" for order in self.orders))
    @rule(number=st.integers(0, 30), sellable=st.booleans())
    def give_up_on_a_delivery(self, number: int, sellable: bool) -> None:
        failed = [order for order in self.orders if order.goods_are == "failed"]
        order = failed[number % len(failed)]
        self.take_back(order, self.owners[order.shop], sellable=sellable)

    def take_back(self, order: Order, owner: Person, *, sellable: bool) -> None:
        """The goods are back, fit to be sold or not."""
        can = order.status == "confirmed" and order.goods_are == "failed"
        with self.expecting(success=can):
            fulfilling.take_back(self.session, owner, order.number, self.now, sellable=sellable)
        if can:
            order.status, order.goods_are, order.back = "canceled", "returned", sellable
            for index, quantity in order.goods.items():
                self.on_hand[index] += quantity if sellable else 0

    def collect(self, number: int) -> None:
        order, owner = self.pick(number)
        can = order.status == "confirmed" and order.goods_are == "delivered"
        with self.expecting(success=can):
            fulfilling.collect_cash(self.session, owner, order.number, self.now)
        if can:
            order.status = "completed"

    @rule(hours=st.sampled_from([1, 2, 5, 12]))
    def wait(self, hours: int) -> None:
        self.now += hours * HOUR

    @precondition(lambda self: any(o.status == "placed" and o.accept_by <= self.now for o in self.orders))
    @rule()
    def sweep(self) -> None:
        overdue = [order for order in self.orders if order.status == "placed" and order.accept_by <= self.now]
        due = answering.due(self.session, self.now)
        assert set(due) == {order.number for order in overdue}
        for number in due:
            assert answering.expire(self.session, number, self.now)
            assert not answering.expire(self.session, number, self.now)
        for order in overdue:
            order.status = "expired"

    @rule(index=st.integers(0, 3), quantity=st.none() | st.integers(0, 30))
    def change_goods(self, index: int, quantity: int | None) -> None:
        """The seller counts stock, or pauses and resumes."""
        if quantity is None:
            self.pause_or_resume(index)
        else:
            self.count_stock(index, quantity)

    def count_stock(self, index: int, quantity: int) -> None:
        sku = self.skus[index]
        promised = sum(
            order.goods.get(index, 0)
            for order in self.orders
            if not order.left
            and (order.status == "confirmed" or (order.status == "placed" and self.now < order.accept_by))
        )
        owner = self.owners[self.shop_of[index]]
        with self.expecting(success=quantity * 500 >= promised):
            shown = self.on_hand[index]
            catalog.set_stock(self.session, owner, sku.product_id, quantity * 500, self.now, shown=shown)
        if quantity * 500 >= promised:
            self.on_hand[index] = quantity * 500

    def pause_or_resume(self, index: int) -> None:
        target = ProductStatus.ACTIVE if self.paused[index] else ProductStatus.PAUSED
        owner = self.owners[self.shop_of[index]]
        catalog.set_status(self.session, owner, self.skus[index].product_id, target, self.now)
        self.paused[index] = not self.paused[index]

    @precondition(lambda self: any(order.status == "completed" for order in self.orders))
    @rule()
    def work_off_the_outbox(self) -> None:
        self.session.flush()
        waiting = select(OutboxEvent).where(col(OutboxEvent.done_at).is_(None)).order_by(col(OutboxEvent.id))
        for event in self.session.execute(waiting).scalars().all():
            for _ in range(2):
                background.outbox._handle(self.session, event, self.now)
        self.session.expire_all()
        done = [order for order in self.orders if order.status == "completed"]
        self.sold = [sum(order.goods.get(index, 0) for order in done) for index in range(4)]

    @invariant()
    def stock_is_what_open_orders_say(self) -> None:
        self.session.flush()
        rows = self.session.execute(
            select(
                col(StockLevel.sku_id), col(StockLevel.on_hand), col(StockLevel.allocated), col(StockLevel.held),
                col(StockHold.reference), col(StockHold.state), col(StockHold.quantity),
            ).outerjoin(StockHold, col(StockHold.stock_level_id) == col(StockLevel.id))
        ).all()  # fmt: skip
        index_of = {sku.id: index for index, sku in enumerate(self.skus)}
        sums: Counter[tuple[int, str]] = Counter()
        held: dict[str, dict[int, int]] = defaultdict(dict)
        states: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if row.sku_id in index_of and row.reference is not None:
                sums[row.sku_id, row.state] += row.quantity
                held[row.reference][index_of[row.sku_id]] = row.quantity
                states[row.reference].add(row.state)
        for row in rows:
            if row.sku_id in index_of:
                assert row.on_hand == self.on_hand[index_of[row.sku_id]]
                assert row.allocated == sums[row.sku_id, "allocated"]
                assert row.held == sums[row.sku_id, "held"]
                assert 0 <= row.allocated + row.held <= row.on_hand
        for order in self.orders:
            assert held[order.number] == order.goods
            assert states[order.number] <= order.holds, order

    @invariant()
    def states_payments_and_contracts_agree(self) -> None:
        rows = self.session.execute(
            select(
                col(SellerOrder.number), col(SellerOrder.status), col(SellerOrder.fulfilment_status),
                col(SellerOrder.payment_status), col(Contract.state), col(Payment.state), col(Payment.amount),
                col(SellerOrder.total), col(SellerOrder.goods_total), col(SellerOrder.id), col(SellerOrder.purchase_id),
            )
            .join(Contract, col(Contract.order_id) == col(SellerOrder.id))
            .join(Payment, col(Payment.order_id) == col(SellerOrder.id))
        ).all()  # fmt: skip
        found = {row[0]: row for row in rows}
        assert len(rows) == len(found) == len(self.orders)
        lines = self.session.execute(
            select(col(OrderLine.order_id), func.sum(col(OrderLine.total))).group_by(col(OrderLine.order_id))
        )
        lines_total = dict(map(tuple, lines.all()))
        totals: Counter[int] = Counter()
        for order in self.orders:
            _, status, goods, paid, contract, payment, amount, total, goods_total, order_id, purchase = found[
                order.number
            ]
            shown = "canceled" if order.status == "refused" else order.status
            assert (status, goods) == (shown, order.goods_are), order
            assert (contract, (payment, paid)) == (order.contract, order.payment), order
            assert amount == total
            assert lines_total[order_id] == goods_total == order.goods_total
            totals[purchase] += total
        purchases = self.session.execute(select(col(Purchase.id), col(Purchase.total))).all()
        assert dict(map(tuple, purchases)) == dict(totals)

    @invariant()
    def money_sums_to_zero_and_to_what_orders_say(self) -> None:
        assert ledger.unbalanced_transactions(self.session) == []
        posted = self.session.execute(
            select(
                col(SellerOrder.number), col(LedgerEntry.account), col(LedgerEntry.amount), col(SellerOrder.total),
                select(func.sum(col(OrderCharge.amount)))
                .where(col(OrderCharge.order_id) == col(SellerOrder.id), col(OrderCharge.kind).in_(COMMISSIONS))
                .correlate(SellerOrder)
                .scalar_subquery(),
                col(SellerOrder.goods_total),
            )
            .join(LedgerTransaction, col(LedgerTransaction.id) == col(LedgerEntry.transaction_id))
            .join(SellerOrder, col(SellerOrder.id) == col(LedgerTransaction.order_id))
        ).all()  # fmt: skip
        assert {row[0] for row in posted} == {order.number for order in self.orders if order.status == "completed"}
        for _, account, amount, total, share, goods_total in posted:
            assert share == commission(goods_total, 200)
            expected = {"cash_with_seller": total, "seller_earnings": share - total, "commission_income": -share}
            assert amount == expected[account]
        assert len(posted) == len({(number, account) for number, account, *_ in posted})

    @invariant()
    def every_move_is_in_the_history_and_was_allowed(self) -> None:
        rows = self.session.execute(
            select(
                col(Transition.subject),
                col(Transition.subject_id),
                col(Transition.from_state),
                col(Transition.to_state),
            ).order_by(col(Transition.id))
        ).all()
        at: dict[tuple[str, int], str] = {}
        for subject, subject_id, before, after in rows:
            if subject not in MOVES:
                continue
            last = at.get((subject, subject_id), {"payment": "created", "fulfilment": "pending"}.get(subject))
            assert before == last
            assert before is None or after in MOVES[subject][before]
            at[subject, subject_id] = after
        now = {
            ("order", order_id): status
            for order_id, status in self.session.execute(select(col(SellerOrder.id), col(SellerOrder.status)))
        }
        assert {key: state for key, state in at.items() if key[0] == "order"} == now
        assert all(status in set(OrderStatus) for status in now.values())

    @invariant()
    def the_evidence_of_every_contract_holds(self) -> None:
        self.session.flush()
        assert list(contracts.faults(self.session)) == []

    @invariant()
    def what_became_of_a_contract_was_written_down_and_told_once(self) -> None:
        written: dict[str, list[str]] = defaultdict(list)
        for number, kind in self.session.execute(
            select(col(SellerOrder.number), col(ContractEvent.kind))
            .join(Contract, col(Contract.order_id) == col(SellerOrder.id))
            .join(ContractEvent, col(ContractEvent.contract_id) == col(Contract.id))
            .order_by(col(ContractEvent.id))
        ):
            written[number].append(kind)
        assert dict(written) == {order.number: order.evidence for order in self.orders}
        numbers = dict(map(tuple, self.session.execute(select(col(SellerOrder.id), col(SellerOrder.number))).all()))
        told: Counter[tuple[str, str]] = Counter()
        for topic, payload in self.session.execute(select(col(OutboxEvent.topic), col(OutboxEvent.payload))):
            of, _, what = topic.partition(".")
            if of in {"order", "contract"} and what not in set(FulfilmentStatus):
                told[numbers[payload["order_id"]], topic] += 1
        assert told == Counter((order.number, topic) for order in self.orders for topic in order.news)

    @invariant()
    def every_sale_was_counted_once(self) -> None:
        ids = [sku.product_id for sku in self.skus]
        rows = self.session.execute(select(col(Product.id), col(Product.sold)).where(col(Product.id).in_(ids))).all()
        assert [dict(map(tuple, rows))[product_id] for product_id in ids] == self.sold


def test_orders_stock_money_and_contracts_agree_whatever_happens_in_whatever_order(
    session: Session, database: str
) -> None:
    on_sqlite = database.startswith("sqlite")
    machine = type("Machine", (OrderMachine,), {"session": session})
    profile = hypothesis_settings(
        max_examples=10 if on_sqlite else 3, stateful_step_count=25 if on_sqlite else 15, deadline=None
    )
    run_state_machine_as_test(machine, settings=profile)
