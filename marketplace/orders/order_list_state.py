"""Live state of the list of a shop's orders: tabs, finding, and doing the same to several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import reflex as rx
from pydantic import StrictBool, StringConstraints

from marketplace.base import clock, db
from marketplace.base.errors import DomainError
from marketplace.base.inputs import Payload, parse
from marketplace.base.text import Text
from marketplace.orders.rules import MOST_AT_ONCE, OrderStatus
from marketplace.orders.seller_state import NumberChosen, accept_order, watch_shops
from marketplace.orders.service import reading
from marketplace.orders.views import OrderCard
from marketplace.ui.live import Live, answering, looking_again, plain

ALL_ACCEPTED = Text("Đã nhận {count} đơn. Hợp đồng đã giao kết.", "{count} orders accepted, their contracts concluded.")
SOME_ACCEPTED = Text(
    "Đã nhận {count} đơn. Chưa nhận được {refused}", "{count} orders accepted. Not accepted: {refused}"
)
TABS: dict[str, tuple[OrderStatus, ...]] = {
    "": (),
    "placed": (OrderStatus.PLACED,),
    "confirmed": (OrderStatus.CONFIRMED,),
    "completed": (OrderStatus.COMPLETED,),
    "closed": (OrderStatus.CANCELED, OrderStatus.EXPIRED),
}


class Tick(NumberChosen):
    """Whether an order is chosen."""

    chosen: StrictBool


class SoughtOrder(Payload):
    """What was typed to find an order."""

    typed: Annotated[str, StringConstraints(max_length=60)] = ""


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """A list of orders under one tab, with what was typed to find them."""

    tab: str = ""
    orders: tuple[OrderCard, ...] = ()
    sought: str = ""


class SellerOrdersState(Live, rx.State):
    """The shop's orders by tab."""

    page: OrdersPage = OrdersPage()
    chosen: list[str] = []
    drawn: int = 0
    """Counts drawings of the ticks, which stand as they were ticked until then."""
    acceptable: int = 0
    """How many of the chosen orders wait for an answer."""
    numbers: str = ""
    """The chosen orders as the addresses of their sheets name them."""

    @answering
    async def load(self) -> Any:
        """Open the list under the tab in the address."""
        person = await self._enter()
        if not person.seller_ids:
            return rx.redirect("/seller/start")
        tab = str(self.router.url.query_parameters.get("tab", ""))
        self._choose([])
        await self._look(next((known for known in TABS if known == tab), ""), "")
        watch_shops(self, person.seller_ids)
        self.path = self._here()
        return None

    @looking_again
    async def refresh(self) -> None:
        """An order came or moved."""
        page = plain(self.page)
        await self._look(page.tab, page.sought)

    @answering
    async def show_tab(self, tab: str) -> None:
        """Show another tab."""
        self._choose([])
        await self._look(next((known for known in TABS if known == tab), ""), plain(self.page).sought)

    @answering
    async def find(self, typed: str) -> None:
        """Only orders with this number, or of a buyer with this name or phone."""
        self._choose([])
        await self._look(plain(self.page).tab, parse(SoughtOrder, {"typed": typed}).typed)

    @answering
    async def choose(self, number: str, chosen: bool) -> None:
        """Choose an order, or leave it out again."""
        tick = parse(Tick, {"number": number, "chosen": chosen})
        without = [one for one in self.chosen if one != tick.number]
        self._choose([*without, tick.number] if tick.chosen else without)

    @answering
    async def choose_all(self) -> None:
        """Choose every order that is shown, or none when all are chosen."""
        shown = [order.number for order in plain(self.page).orders]
        self._choose([] if set(shown) <= set(self.chosen) else shown)
        self.drawn += 1

    @answering
    async def accept_chosen(self) -> None:
        """Accept each chosen order that waits, one by one: one that cannot be accepted does not hold up the others."""
        waiting = [
            order.number for order in plain(self.page).orders if order.can_accept and order.number in self.chosen
        ]
        locale, accepted, refused = self._locale(), 0, list[str]()
        for number in waiting:
            try:
                await accept_order(self, number)
                accepted += 1
            except DomainError as refusal:
                refused.append(f"{number}: {refusal.say(locale)}")
        page = plain(self.page)
        await self._look(page.tab, page.sought)
        self._choose([])
        self.drawn += 1
        if refused:
            self.problem = SOME_ACCEPTED.say(locale, count=accepted, refused=" ".join(refused))
        elif accepted:
            self.notice = ALL_ACCEPTED.say(locale, count=accepted)

    def _choose(self, numbers: list[str]) -> None:
        """Keep to what is shown, so that nothing is done to what nobody sees."""
        shown = {order.number: order for order in plain(self.page).orders}
        self.chosen = [number for number in numbers if number in shown][:MOST_AT_ONCE]
        self.acceptable = sum(shown[number].can_accept for number in self.chosen)
        self.numbers = ",".join(self.chosen)

    async def _look(self, tab: str, sought: str) -> None:
        orders = await db.reading(
            reading.seller_orders, await self._person(), self._locale(), clock.now(), statuses=TABS[tab], sought=sought
        )
        self.page = OrdersPage(tab, orders, sought)
        self._choose(self.chosen)
