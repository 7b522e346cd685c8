"""Live state of a seller's lots, and of the lot the staff look up."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

import reflex as rx
from pydantic import StringConstraints

from marketplace.accounts.rules import Right
from marketplace.base import clock, db
from marketplace.base.errors import DomainError, NotFound
from marketplace.base.inputs import Payload, parse
from marketplace.base.text import Text
from marketplace.lots import service as lots
from marketplace.lots.forms import CodeTyped, FindingForm, LotForm, RecallForm, read_lot, read_test
from marketplace.orders.service import recalling, tracing
from marketplace.orders.views import LotPage, LotsPage, StaffLotPage
from marketplace.ui.live import Live, answering, looking_again, plain
from marketplace.ui.news import watch
from marketplace.ui.staff import GRANTED

ENTERED = Text("Đã ghi lô. Hãy in nhãn và dán lên hàng.", "Lot entered. Print its labels and put them on the goods.")
SAVED = Text("Đã lưu.", "Saved.")
RECALLED = Text("Đã thu hồi lô. {count} người mua đã được báo.", "Lot recalled. {count} buyers were told.")


class OrderCalled(Payload):
    """The order whose buyer was called."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=24)]


async def recall_lot(state: Any, code: str, form: dict[str, Any]) -> None:
    """Recall a lot as whoever sits before the screen, for a reason and with advice."""
    asked = parse(RecallForm, form)
    person = await state._person()
    await db.writing(recalling.recall, person, code, asked.reason, asked.advice, clock.now())


async def note_call(state: Any, code: str, number: str) -> None:
    """The buyer of an order was told by phone."""
    chosen = parse(OrderCalled, {"number": number})
    await db.writing(recalling.note_call, await state._person(), code, chosen.number, clock.now())


class LotsState(Live, rx.State):
    """The lots of one product."""

    page: LotsPage = LotsPage()

    @answering
    async def load(self) -> Any:
        """Open the list of the product in the address."""
        person = await self._enter()
        address = self.router.url.path.removeprefix("/seller/products/").removesuffix("/lots").strip("/")
        try:
            await self._look(int(address) if address.isascii() and address.isdigit() else 0)
        except NotFound:
            return rx.redirect("/seller/products" if person.seller_ids else "/seller/start")
        except DomainError:
            return rx.redirect("/account/sign-in?next=/seller/products")
        watch(self, f"product:{self.page.product_id}")
        self.path = self._here()
        return None

    @looking_again
    async def refresh(self) -> None:
        """Something was packed of a lot, or a lot changed."""
        await self._look(self.page.product_id)

    @answering
    async def add(self, form: dict[str, Any]) -> None:
        """Enter a lot."""
        draft = read_lot(parse(LotForm, form), self._locale())
        product_id = self.page.product_id
        await db.writing(lots.add_lot, await self._person(), product_id, draft, clock.now())
        await self._look(product_id)
        page = plain(self.page)
        self.page = replace(page, drawn=page.drawn + 1)
        self.notice = ENTERED.say(self._locale())

    async def _look(self, product_id: int) -> None:
        person, locale = await self._person(), self._locale()
        found = await db.reading(tracing.my_lots, person, product_id, locale, clock.now())
        self.page = replace(found, drawn=plain(self.page).drawn)


class LotState(Live, rx.State):
    """One lot of the person's shop."""

    page: LotPage = LotPage()

    @answering
    async def load(self) -> Any:
        """Open the lot in the address."""
        person = await self._enter()
        code = self.router.url.path.removeprefix("/seller/lots/").strip("/")[:20]
        try:
            await self._look(code)
        except NotFound:
            return rx.redirect("/seller/products" if person.seller_ids else "/seller/start")
        except DomainError:
            return rx.redirect("/account/sign-in?next=/seller/products")
        watch(self, f"product:{self.page.lot.product_id}", *(f"seller:{seller_id}" for seller_id in person.seller_ids))
        self.path = self._here()
        return None

    @looking_again
    async def refresh(self) -> None:
        """Goods were packed of it, a document has arrived, or a buyer has acknowledged."""
        await self._look(self.page.lot.code)

    @answering
    async def change(self, form: dict[str, Any]) -> None:
        """Change what the lot says, or correct it once something was packed of it."""
        typed = parse(LotForm, form)
        lot = self.page.lot
        draft = replace(read_lot(typed, self._locale()), number=lot.number)
        await db.writing(tracing.change_lot, await self._person(), lot.code, draft, typed.why, clock.now())
        await self._look(lot.code, redraw=True)
        self.notice = SAVED.say(self._locale())

    @answering
    async def switch(self) -> None:
        """Close the lot, or open it again."""
        await db.writing(lots.switch_lot, await self._person(), self.page.lot.code, clock.now())
        await self._look(self.page.lot.code)

    @answering
    async def add_test(self, form: dict[str, Any]) -> None:
        """Enter a laboratory's finding; its document follows from its line in the list."""
        draft = read_test(parse(FindingForm, form))
        await db.writing(lots.add_test, await self._person(), self.page.lot.code, draft, clock.now())
        await self._look(self.page.lot.code, redraw=True)
        self.notice = SAVED.say(self._locale())

    @answering
    async def recall(self, form: dict[str, Any]) -> None:
        """Call the lot back."""
        await recall_lot(self, self.page.lot.code, form)
        await self._look(self.page.lot.code)
        self.notice = RECALLED.say(self._locale(), count=len(self.page.buyers))

    @answering
    async def called(self, number: str) -> None:
        """A buyer was told by phone."""
        await note_call(self, self.page.lot.code, number)
        await self._look(self.page.lot.code)

    async def _look(self, code: str, *, redraw: bool = False) -> None:
        found = await db.reading(recalling.my_lot, await self._person(), code, self._locale(), clock.now())
        self.page = replace(found, drawn=plain(self.page).drawn + redraw)


class StaffLotState(Live, rx.State):
    """A lot the staff look up by the code on its label."""

    access: str = ""
    page: StaffLotPage = StaffLotPage()

    @answering
    async def load(self) -> None:
        """Open the page, with the lot whose code is in the address."""
        person = await self._enter()
        self.access = person.access_to(Right.RECALL_LOTS).value
        self.page = StaffLotPage()
        asked = str(self.router.url.query_parameters.get("code", ""))
        try:
            if self.access == GRANTED and asked:
                await self._look(parse(CodeTyped, {"code": asked}).bare)
                watch(self, f"seller:{self.page.seller_id}")
        finally:
            self.path = self._here()

    @looking_again
    async def refresh(self) -> None:
        """Something happened to an order or a lot."""
        if self.page.asked:
            await self._look(self.page.asked)

    @answering
    async def find(self, form: dict[str, Any]) -> Any:
        """Look a code up; it then stands in the address."""
        return rx.redirect(f"/staff/lots?{urlencode({'code': parse(CodeTyped, form).bare[:20]})}")

    @answering
    async def recall(self, form: dict[str, Any]) -> None:
        """Call the lot back."""
        await recall_lot(self, self.page.asked, form)
        await self._look(self.page.asked)
        self.notice = RECALLED.say(self._locale(), count=len(self.page.buyers))

    @answering
    async def called(self, number: str) -> None:
        """A buyer was told by phone."""
        await note_call(self, self.page.asked, number)
        await self._look(self.page.asked)

    async def _look(self, code: str) -> None:
        self.page = await db.reading(recalling.staff_lot, await self._person(), code, self._locale(), clock.now())
