"""Live state of commune pickup runs: planned by an organiser, joined by sellers."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import reflex as rx
from pydantic import Field

from marketplace.base import clock, db
from marketplace.base.errors import NotAllowed, NotSignedIn
from marketplace.base.inputs import LARGEST_INTEGER, Payload, parse
from marketplace.base.text import Text
from marketplace.delivery import service
from marketplace.delivery.commands import RunDraft, StopDraft
from marketplace.delivery.views import RunsPage
from marketplace.places.choosing import ChoosesCommune
from marketplace.ui.live import answering, plain

PLANNED = Text("Đã lập chuyến. Hãy thêm các điểm dừng.", "The run is planned. Now add its stops.")
SAVED = Text("Đã lưu.", "Saved.")
HERE = "/seller/runs"


class RunChosen(Payload):
    """Which run."""

    place_id: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]


class RunsState(ChoosesCommune, rx.State):
    """Runs one organises, and those one's shop may go along with."""

    page: RunsPage = RunsPage()

    @answering
    async def load(self) -> Any:
        """Open the page, for who organises runs and for owners of shops."""
        await self._enter()
        try:
            self.page = RunsPage()
            await self._look()
        except NotSignedIn:
            return rx.redirect(f"/account/sign-in?next={HERE}")
        except NotAllowed:
            return rx.redirect("/seller")
        self.path = self._here()
        return None

    @answering
    async def plan(self, form: dict[str, Any]) -> None:
        """Plan a run, and go on to its stops."""
        made = await db.writing(service.organise_run, await self._person(), parse(RunDraft, form), clock.now())
        await self._look()
        page = plain(self.page)
        self.page = replace(page, opened=made, drawn=page.drawn + 1)
        self._take_commune("", "")
        self.notice = PLANNED.say(self._locale())

    @answering
    async def open_run(self, place_id: int) -> None:
        """Open the form of a run's next stop."""
        chosen = parse(RunChosen, {"place_id": place_id})
        page = plain(self.page)
        self._take_commune("", "")
        self.page = replace(page, opened=chosen.place_id, drawn=page.drawn + 1)

    @answering
    async def add_stop(self, form: dict[str, Any]) -> None:
        """Let the open run stop once more."""
        draft, page = parse(StopDraft, form), plain(self.page)
        person = await self._person()
        await db.writing(service.add_stop, person, page.opened, draft, self.commune, clock.now())
        await self._look()
        page = plain(self.page)
        self.page = replace(page, drawn=page.drawn + 1)
        self._take_commune("", "")
        self.notice = SAVED.say(self._locale())

    @answering
    async def call_off(self, place_id: int) -> None:
        """Take no more orders for a run."""
        chosen = parse(RunChosen, {"place_id": place_id})
        await db.writing(service.call_off, await self._person(), chosen.place_id, clock.now())
        await self._look()

    @answering
    async def go_along(self, place_id: int) -> None:
        """Send goods along with a run, or no longer."""
        chosen = parse(RunChosen, {"place_id": place_id})
        await db.writing(service.go_along, await self._person(), chosen.place_id, clock.now())
        await self._look()

    async def _look(self) -> None:
        found = await db.reading(service.my_runs, await self._person(), self._locale(), clock.now())
        page = plain(self.page)
        self.page = replace(found, opened=page.opened, drawn=page.drawn)
