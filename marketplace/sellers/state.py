"""Live state of opening a shop."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import reflex as rx

from marketplace.base import clock, db
from marketplace.base.errors import NotFound
from marketplace.base.inputs import entries, parse
from marketplace.places.choosing import ChoosesCommune
from marketplace.sellers import service
from marketplace.sellers.commands import ApplyCommand
from marketplace.sellers.rules import KIND_LABELS, SellerKind, SellerStatus
from marketplace.sellers.views import ApplicationStart
from marketplace.ui.live import answering, looking_again, plain
from marketplace.ui.news import watch


@dataclass(frozen=True, slots=True)
class KindOption:
    """A kind of seller to pick."""

    value: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class StartPage:
    """Where the visitor stands: guest, form, waiting, refused, open."""

    step: str = "form"
    kinds: tuple[KindOption, ...] = ()
    store_name: str = ""
    reason: str = ""
    start: ApplicationStart = field(default_factory=ApplicationStart)


class StartState(ChoosesCommune, rx.State):
    """Opening a shop; what was typed stays."""

    page: StartPage = StartPage()
    _seller_id: int = 0

    @answering
    async def load(self) -> None:
        """Open the page."""
        await self._enter()
        await self._look()
        if self._seller_id:
            watch(self, f"seller:{self._seller_id}")
        self.path = self._here()

    @looking_again
    async def refresh(self) -> None:
        """The staff decided."""
        await self._look()

    @answering
    async def apply(self, form: dict[str, Any]) -> None:
        """Ask for a shop, or ask again after a refusal."""
        person = await self._person()
        command = parse(ApplyCommand, {**entries(form), "commune": self.commune})
        if self._seller_id and self.page.step == "again":
            await db.writing(service.apply_again, person, self._seller_id, command, clock.now())
        else:
            await db.writing(service.apply, person, command, clock.now())
        await self._look()
        watch(self, f"seller:{self._seller_id}")

    @answering
    async def try_again(self) -> None:
        """Mend a refused application: what was sent stands in the form."""
        page = plain(self.page)
        self.page = replace(page, step="again")
        self._take_commune(page.start.commune_code, page.start.commune_text)

    def _kinds(self) -> tuple[KindOption, ...]:
        locale = self._locale()
        return tuple(KindOption(kind.value, KIND_LABELS[kind].say(locale)) for kind in SellerKind)

    async def _look(self) -> None:
        person = await self._person()
        if not person.signed_in:
            self.page = StartPage("guest")
            return
        start = await db.reading(service.start_of_application, person)
        try:
            seller = await db.reading(service.seller_of, person)
        except NotFound:
            self._seller_id = 0
            self.page = StartPage("form", self._kinds(), start=start)
            return
        self._seller_id = seller.id
        if self.page.step == "again" and seller.status is SellerStatus.REFUSED:
            # Somebody is mending it: what is being typed stays.
            return
        steps = {SellerStatus.APPLIED: "waiting", SellerStatus.APPROVED: "open", SellerStatus.REFUSED: "refused"}
        self.page = StartPage(
            steps.get(seller.status, "suspended"),
            self._kinds(),
            seller.store_name,
            seller.decision_reason or "",
            start,
        )
