"""Live state of the basket page."""

from __future__ import annotations

from typing import Annotated, Any

import reflex as rx
from pydantic import StringConstraints
from sqlmodel import Session

from marketplace.base import clock, db, ratelimit
from marketplace.base.errors import DomainError
from marketplace.base.inputs import Payload, parse
from marketplace.base.quantity import read_quantity
from marketplace.base.web import place_of_cookies
from marketplace.baskets import service
from marketplace.baskets.views import BasketPage
from marketplace.orders.service import telling
from marketplace.places import service as places
from marketplace.places.choosing import LONGEST_QUERY, NO_COMMUNE
from marketplace.ui.live import Live, answering


class LineChoice(Payload):
    """Which line."""

    sku: Annotated[str, StringConstraints(min_length=1, max_length=24)]


class LineQuantity(LineChoice):
    """How much of a line."""

    quantity: Annotated[str, StringConstraints(min_length=1, max_length=20)]


class PlaceWanted(Payload):
    """Where goods should come to: a commune picked from the proposals, or what was typed."""

    commune: Annotated[str, StringConstraints(max_length=5)] = ""
    place: Annotated[str, StringConstraints(max_length=LONGEST_QUERY)] = ""


class NoSuchCommune(DomainError):
    """Nothing fits what was typed."""

    code = "commune_unknown"
    message = NO_COMMUNE


class BasketState(Live, rx.State):
    """What the basket page holds."""

    page: BasketPage = BasketPage()
    _commune: str = ""
    _told: str = ""
    """The commune this browser remembered when it was last asked, and the one chosen since."""

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

    @answering
    async def bring_to(self, form: dict[str, Any]) -> None:
        """Tell what is possible to the commune that was picked, or to the first that fits what was typed."""
        wanted = parse(PlaceWanted, form)
        code = wanted.commune
        if not code:
            await ratelimit.checking("search", self._caller())
            found = await db.reading(places.find_communes, wanted.place, 1)
            if not found:
                raise NoSuchCommune(field="place")
            code = found[0].code
        self._place()
        self._commune = code
        await self._look()

    async def _step(self, sku: str, steps: int) -> None:
        choice = parse(LineChoice, {"sku": sku})
        try:
            await db.writing(service.step_line, await self._person(), choice.sku, steps, clock.now())
        finally:
            await self._look()
        await self._enter()

    async def _look(self) -> None:
        person, place, locale, now = await self._person(), self._place(), self._locale(), clock.now()

        def look(session: Session) -> BasketPage:
            return telling.told_basket(session, service.of_visitor_view(session, person, now), place, locale, now)

        self.page = await db.reading(look)

    def _place(self) -> str:
        """The commune chosen here, or another one that the browser has remembered since."""
        told = place_of_cookies(self._cookie_header())
        if told != self._told:
            self._told = self._commune = told
        return self._commune
