"""Live state of how a shop delivers, as its owner arranges it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace.base import clock, db
from marketplace.base.errors import NotAllowed, NotFound, NotSignedIn
from marketplace.base.inputs import LARGEST_INTEGER, Payload, parse
from marketplace.base.text import Text
from marketplace.delivery import service
from marketplace.delivery.commands import ClosedDraft, MethodDraft, PointDraft, TermsDraft, WindowDraft
from marketplace.delivery.rules import Tariff, Zone
from marketplace.delivery.views import MethodForm, NamedCommune, OwnDelivery
from marketplace.places import service as places
from marketplace.places.choosing import ChoosesCommune, CommunePicked
from marketplace.ui.live import answering, plain

SAVED = Text("Đã lưu. Khách thấy ngay.", "Saved. Shoppers see it right away.")
HERE = "/seller/delivery"


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """All of how a shop delivers, and the form that is open: of a way, of a point, or none; `drawn` counts drawings."""

    own: OwnDelivery = field(default_factory=OwnDelivery)
    opened: str = ""
    form: MethodForm = field(default_factory=MethodForm)
    drawn: int = 0


class Chosen(Payload):
    """Which way of delivery."""

    code: Annotated[str, StringConstraints(max_length=32)] = ""


class Numbered(Payload):
    """Which closed days, point or window."""

    place_id: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]


class ZonePicked(Payload):
    """How far a way reaches, or how its fee is reckoned."""

    typed: Annotated[str, StringConstraints(max_length=16)]


class DeliveryState(ChoosesCommune, rx.State):
    """Ways, terms, closed days and points: each saved by itself."""

    page: DeliveryPage = DeliveryPage()

    @answering
    async def load(self) -> Any:
        """Open the page, for the owner of a shop."""
        await self._enter()
        try:
            self.page = DeliveryPage()
            await self._look()
        except NotSignedIn:
            return rx.redirect(f"/account/sign-in?next={HERE}")
        except NotFound:
            return rx.redirect("/seller/start")
        except NotAllowed:
            # Who helps in a shop packs its orders; how it delivers is the owner's to say.
            return rx.redirect("/seller")
        self.path = self._here()
        return None

    @answering
    async def open_method(self, code: str) -> None:
        """Open the form of a way, or of a new one where no code is given."""
        chosen = parse(Chosen, {"code": code})
        form = await db.reading(service.method_form, await self._person(), chosen.code, self._locale())
        page = plain(self.page)
        self._take_commune("", "")
        self.page = replace(page, opened="method", form=form, drawn=page.drawn + 1)

    @answering
    async def open_point(self) -> None:
        """Open the form of a new pickup point."""
        page = plain(self.page)
        self._take_commune("", "")
        self.page = replace(page, opened="point", drawn=page.drawn + 1)

    @answering
    async def close_form(self) -> None:
        """Close the form; nothing of it is kept."""
        self.page = replace(plain(self.page), opened="")

    @answering
    async def pick_commune(self, code: str) -> None:
        """Take a suggested commune: one more of a way, or the one of a point."""
        choice = parse(CommunePicked, {"code": code})
        place = await db.reading(places.commune, choice.code)
        page = plain(self.page)
        if page.opened != "method":
            self._take_commune(place.code, f"{place.name}, {place.province}")
            return
        named = [one for one in page.form.communes if one.code != place.code]
        form = replace(page.form, communes=(*named, NamedCommune(place.code, place.name)))
        self.page = replace(page, form=form)
        self._take_commune("", "")

    @answering
    async def drop_commune(self, code: str) -> None:
        """Leave a commune out of a way."""
        choice, page = parse(CommunePicked, {"code": code}), plain(self.page)
        named = tuple(one for one in page.form.communes if one.code != choice.code)
        self.page = replace(page, form=replace(page.form, communes=named))

    @answering
    async def pick_zone(self, typed: str) -> None:
        """Ask for communes where a way names them."""
        picked, page = parse(ZonePicked, {"typed": typed}).typed, plain(self.page)
        if picked in set(Zone):
            self.page = replace(page, form=replace(page.form, zone=picked))

    @answering
    async def pick_tariff(self, typed: str) -> None:
        """Ask for a table where a carrier reckons by one."""
        picked, page = parse(ZonePicked, {"typed": typed}).typed, plain(self.page)
        if picked in set(Tariff):
            self.page = replace(page, form=replace(page.form, tariff=picked))

    @answering
    async def save_method(self, form: dict[str, Any]) -> None:
        """Save the way whose form is open."""
        draft, page = parse(MethodDraft, form), plain(self.page)
        communes = [one.code for one in page.form.communes]
        person = await self._person()
        await db.writing(service.save_method, person, page.form.code, draft, communes, clock.now())
        await self._saved()

    @answering
    async def turn_method(self, code: str) -> None:
        """Offer a way no longer, or again."""
        chosen = parse(Chosen, {"code": code})
        await db.writing(service.turn_method, await self._person(), chosen.code, clock.now())
        await self._look()

    @answering
    async def remove_method(self, code: str) -> None:
        """Take away a way that was added."""
        chosen = parse(Chosen, {"code": code})
        await db.writing(service.remove_method, await self._person(), chosen.code, clock.now())
        await self._saved()

    @answering
    async def save_terms(self, form: dict[str, Any]) -> None:
        """Save what is asked of every order."""
        await db.writing(service.ask_of_orders, await self._person(), parse(TermsDraft, form), clock.now())
        await self._saved()

    @answering
    async def close_days(self, form: dict[str, Any]) -> None:
        """Rest on some days."""
        await db.writing(service.close_days, await self._person(), parse(ClosedDraft, form), clock.now())
        await self._saved()

    @answering
    async def open_days(self, place_id: int) -> None:
        """Work on days that were to be closed."""
        chosen = parse(Numbered, {"place_id": place_id})
        await db.writing(service.open_days, await self._person(), chosen.place_id, clock.now())
        await self._look()

    @answering
    async def add_point(self, form: dict[str, Any]) -> None:
        """Hand goods over at one more place."""
        draft, person = parse(PointDraft, form), await self._person()
        await db.writing(service.add_point, person, draft, self.commune, clock.now())
        await self._saved()

    @answering
    async def turn_point(self, place_id: int) -> None:
        """Hand nothing over at a point any longer, or again."""
        chosen = parse(Numbered, {"place_id": place_id})
        await db.writing(service.turn_point, await self._person(), chosen.place_id, clock.now())
        await self._look()

    @answering
    async def add_window(self, form: dict[str, Any]) -> None:
        """Open a point on a weekday."""
        await db.writing(service.add_window, await self._person(), parse(WindowDraft, form), clock.now())
        await self._saved()

    @answering
    async def remove_window(self, place_id: int) -> None:
        """Offer a window no longer."""
        chosen = parse(Numbered, {"place_id": place_id})
        await db.writing(service.remove_window, await self._person(), chosen.place_id, clock.now())
        await self._look()

    async def _saved(self) -> None:
        await self._look()
        page = plain(self.page)
        self.page = replace(page, opened="", drawn=page.drawn + 1)
        self.notice = SAVED.say(self._locale())

    async def _look(self) -> None:
        own = await db.reading(service.my_delivery, await self._person(), self._locale(), clock.now())
        self.page = replace(plain(self.page), own=own)
