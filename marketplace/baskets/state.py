"""Live state of the basket page."""

from __future__ import annotations

from typing import Annotated

import reflex as rx
from pydantic import StringConstraints

from marketplace.base import clock, db
from marketplace.base.inputs import Payload, parse
from marketplace.base.quantity import read_quantity
from marketplace.baskets import service
from marketplace.baskets.views import BasketPage, basket_page
from marketplace.ui.live import Live, answering


class LineChoice(Payload):
    """Which line."""

    sku: Annotated[str, StringConstraints(min_length=1, max_length=24)]


class LineQuantity(LineChoice):
    """How much of a line."""

    quantity: Annotated[str, StringConstraints(min_length=1, max_length=20)]


class BasketState(Live, rx.State):
    """What the basket page holds."""

    page: BasketPage = BasketPage()

    @answering
    async def load(self) -> None:
        """Open the page."""
        await self._enter()
        await self._look()
        self.path = self._here()

    @answering
    async def more(self, sku: str) -> None:
        """One step more of a line."""
        await self._step(sku, 1)

    @answering
    async def less(self, sku: str) -> None:
        """One step less of a line."""
        await self._step(sku, -1)

    @answering
    async def set_quantity(self, sku: str, typed: str) -> None:
        """A line in the quantity that was typed."""
        choice = parse(LineQuantity, {"sku": sku, "quantity": typed})
        quantity = read_quantity(choice.quantity)
        await db.writing(service.set_line, await self._person(), choice.sku, quantity, clock.now())
        await self._look()
        await self._enter()

    @answering
    async def remove(self, sku: str) -> None:
        """Take a line out."""
        choice = parse(LineChoice, {"sku": sku})
        await db.writing(service.remove_line, await self._person(), choice.sku, clock.now())
        await self._look()
        await self._enter()

    async def _step(self, sku: str, steps: int) -> None:
        choice = parse(LineChoice, {"sku": sku})
        try:
            await db.writing(service.step_line, await self._person(), choice.sku, steps, clock.now())
        finally:
            await self._look()
        await self._enter()

    async def _look(self) -> None:
        basket = await db.reading(service.of_visitor_view, await self._person(), clock.now())
        self.page = basket_page(basket, self._locale())
