"""Live state of an order as its buyer follows it, and of the buyer's list of orders."""

from __future__ import annotations

import reflex as rx

from marketplace.base import clock, db
from marketplace.orders.service import answering, reading, recalling
from marketplace.orders.views import OrderCard, OrderView
from marketplace.ui.live import Live, looking_again
from marketplace.ui.live import answering as answering_event
from marketplace.ui.news import watch


class OrderState(Live, rx.State):
    """An order followed by its private link or from the buyer's own list."""

    page: OrderView = OrderView()
    _number: str = ""
    _key: str = ""

    @answering_event
    async def load(self) -> None:
        """Open the page for the order and key in its address."""
        await self._enter()
        url = self.router.url
        self._number = url.path.removeprefix("/orders/").strip("/")[:24]
        self._key = str(url.query_parameters.get("key", ""))[:64]
        self.page = OrderView()
        try:
            order_id = await self._look()
            watch(self, f"order:{order_id}")
        finally:
            self.path = self._here()

    @looking_again
    async def refresh(self) -> None:
        """Something happened to this order."""
        await self._look()

    @answering_event
    async def cancel(self) -> None:
        """The buyer withdraws the order."""
        try:
            await db.writing(answering.cancel, await self._person(), self._number, self._key, clock.now())
        finally:
            # Whoever was too late sees how the order stands now.
            await self._look()

    @answering_event
    async def acknowledge(self) -> None:
        """The buyer knows of the recall."""
        try:
            await db.writing(recalling.acknowledge, await self._person(), self._number, self._key, clock.now())
        finally:
            await self._look()

    async def _look(self) -> int:
        person, locale, now = await self._person(), self._locale(), clock.now()
        order_id, self.page = await db.reading(reading.followed, person, self._number, self._key, locale, now)
        return order_id


class MyOrdersState(Live, rx.State):
    """The signed-in buyer's orders."""

    page: tuple[OrderCard, ...] = ()

    @answering_event
    async def load(self) -> None:
        """Open the list."""
        person = await self._enter()
        self.page = ()
        try:
            if person.signed_in:
                self.page = await db.reading(reading.buyer_orders, person, self._locale(), clock.now())
        finally:
            self.path = self._here()
