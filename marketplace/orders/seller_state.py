"""Live state of a seller's orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StrictBool, StringConstraints

from marketplace.base import clock, db
from marketplace.base.errors import InputInvalid
from marketplace.base.inputs import Payload, parse
from marketplace.base.text import Text
from marketplace.orders.commands import read_weights
from marketplace.orders.rules import FulfilmentStatus
from marketplace.orders.service import answering as answers
from marketplace.orders.service import fulfilling, reading
from marketplace.orders.views import OrderView, SellerToday
from marketplace.ui.live import Live, answering, looking_again
from marketplace.ui.news import watch

ACCEPTED = Text("Đã nhận đơn. Hợp đồng đã giao kết.", "Accepted. The contract is concluded.")


class NumberChosen(Payload):
    """Which order."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=24)]


class Refusal(Payload):
    """Why the seller cannot deliver."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""


class LotsChosen(Payload):
    """The lot of each line by the name of its field; other entries of the form are none."""

    lots: Annotated[dict[str, str], Field(max_length=500)]


class GoodsBack(Payload):
    """Whether goods that came back can be sold again."""

    sellable: StrictBool


async def accept_order(state: Any, number: str) -> None:
    """Accept an order by its number, as whoever sits before the screen."""
    chosen = parse(NumberChosen, {"number": number})
    await db.writing(answers.accept, await state._person(), chosen.number, clock.now())


def watch_shops(state: Any, seller_ids: frozenset[int]) -> None:
    """Hear of every order of these shops."""
    watch(state, *(f"seller:{seller_id}" for seller_id in seller_ids))


class TodayState(Live, rx.State):
    """What to do now."""

    page: SellerToday = SellerToday()

    @answering
    async def load(self) -> Any:
        """Open the page; those without a shop are led to open one."""
        person = await self._enter()
        if not person.seller_ids:
            return rx.redirect("/seller/start")
        await self._look()
        watch_shops(self, person.seller_ids)
        self.path = self._here()
        return None

    @looking_again
    async def refresh(self) -> None:
        """An order came or moved."""
        await self._look()

    @answering
    async def accept(self, number: str) -> None:
        """Accept an order from the list."""
        try:
            await accept_order(self, number)
        finally:
            await self._look()
        self.notice = ACCEPTED.say(self._locale())

    async def _look(self) -> None:
        self.page = await db.reading(reading.today, await self._person(), self._locale(), clock.now())


class SellerOrderState(Live, rx.State):
    """One order, from its seller's side."""

    page: OrderView = OrderView()
    refusing: bool = False
    _number: str = ""

    @answering
    async def load(self) -> None:
        """Open the order in the address."""
        person = await self._enter()
        self._number = self.router.url.path.removeprefix("/seller/orders/").strip("/")[:24]
        self.page, self.refusing = OrderView(), False
        try:
            await self._look()
            watch_shops(self, person.seller_ids)
        finally:
            self.path = self._here()

    @looking_again
    async def refresh(self) -> None:
        """The order moved."""
        await self._look()

    @answering
    async def accept(self) -> None:
        """Accept: the contract is concluded."""
        try:
            await accept_order(self, self._number)
        finally:
            await self._look()
        self.notice = ACCEPTED.say(self._locale())

    @answering
    async def ask_reason(self) -> None:
        """Show the form for a refusal."""
        self.refusing = not self.refusing

    @answering
    async def refuse(self, form: dict[str, Any]) -> None:
        """Refuse with a reason the buyer reads."""
        reason = parse(Refusal, form).reason
        await self._do(answers.refuse, reason)
        self.refusing = False

    @answering
    async def advance(self, step: str) -> None:
        """Pack, ship, hand over."""
        chosen = next((known for known in FulfilmentStatus if known.value == step), None)
        if chosen is None:
            raise InputInvalid
        await self._do(fulfilling.advance, chosen)

    @answering
    async def pack(self, form: dict[str, Any]) -> None:
        """Pack with what was weighed and the lot chosen for each line, or pack anew."""
        lots = parse(LotsChosen, {"lots": form}).lots
        if self.page.repacking:
            await self._do(fulfilling.repack, lots)
        else:
            weights = read_weights(form)
            await self._do(fulfilling.advance, FulfilmentStatus.PACKED, weights=weights, lots=lots)

    @answering
    async def collect(self) -> None:
        """The cash is in hand."""
        await self._do(fulfilling.collect_cash)

    @answering
    async def take_back(self, sellable: bool) -> None:
        """The goods of a failed delivery are back, to be sold again or not."""
        chosen = parse(GoodsBack, {"sellable": sellable})
        await self._do(fulfilling.take_back, sellable=chosen.sellable)

    async def _do(self, use_case: Callable[..., None], *values: Any, **named: Any) -> None:
        """Change the order; whoever was too late sees how it stands now."""
        try:
            await db.writing(use_case, await self._person(), self._number, *values, clock.now(), **named)
        finally:
            await self._look()

    async def _look(self) -> None:
        self.page = await db.reading(
            reading.order_for_seller, await self._person(), self._number, self._locale(), clock.now()
        )
