"""Live state of the sections of a shop's page as its owner arranges them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace.base import clock, db
from marketplace.base.errors import NotAllowed, NotFound, NotSignedIn
from marketplace.base.inputs import LARGEST_INTEGER, Payload, parse
from marketplace.base.text import Text
from marketplace.catalog import service
from marketplace.catalog.rules import SECTION_LABELS, SectionKind
from marketplace.catalog.views import ChoiceField, OwnProduct, OwnSection
from marketplace.ui.live import Live, answering, plain

ADDED = Text("Đã thêm phần “{title}”.", "Section “{title}” added.")
MOST_FOUND = 8
Id = Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]


@dataclass(frozen=True, slots=True)
class SectionsPage:
    """The sections, and goods found to be put into one of them; `drawn` counts fresh drawings of the form."""

    sections: tuple[OwnSection, ...] = ()
    kinds: tuple[ChoiceField, ...] = ()
    categories: tuple[ChoiceField, ...] = ()
    of_category: bool = False
    """Whether the section about to be added asks for a category."""
    choosing: int = 0
    """The section goods are being looked for."""
    found: tuple[OwnProduct, ...] = ()
    looked: bool = False
    drawn: int = 0


class SectionForm(Payload):
    """A new section as typed."""

    title: Annotated[str, StringConstraints(max_length=1000)] = ""
    kind: Annotated[str, StringConstraints(max_length=16)] = ""
    category: Annotated[str, StringConstraints(max_length=80)] | None = ""
    """Nothing where the form shows no choice of category."""


class SectionChosen(Payload):
    """Which section, which of its goods, and by how many places it goes on."""

    section_id: Id
    product_id: Id = 1
    places: Annotated[int, Field(ge=-100, le=100)] = 0


class Wanted(Payload):
    """What is typed to find goods, or the kind picked."""

    typed: Annotated[str, StringConstraints(max_length=100)] = ""


class SectionsState(Live, rx.State):
    """Sections are changed one tap at a time, each saved at once."""

    page: SectionsPage = SectionsPage()
    sought: str = ""
    """What is typed to find goods."""

    @answering
    async def load(self) -> Any:
        """Open the list, for the owner of a shop."""
        await self._enter()
        locale = self._locale()
        try:
            self.page = SectionsPage()
            await self._look()
        except NotSignedIn:
            return rx.redirect("/account/sign-in?next=/seller/shop/sections")
        except NotFound:
            return rx.redirect("/seller/start")
        except NotAllowed:
            return rx.redirect("/seller")
        paths = await db.reading(service.named_paths, locale)
        self.page = replace(
            plain(self.page),
            kinds=tuple(ChoiceField(kind.value, label.say(locale)) for kind, label in SECTION_LABELS.items()),
            categories=tuple(ChoiceField(slug, name) for slug, name in paths),
        )
        self.path = self._here()
        return None

    @answering
    async def choose_kind(self, typed: str) -> None:
        """Ask for a category where the section needs one."""
        kind = parse(Wanted, {"typed": typed}).typed
        self.page = replace(plain(self.page), of_category=kind == SectionKind.CATEGORY)

    @answering
    async def add(self, form: dict[str, Any]) -> None:
        """Add a section below the others."""
        sent, person = parse(SectionForm, form), await self._person()
        made = await db.writing(service.add_section, person, sent.title, sent.kind, sent.category or "", clock.now())
        await self._look()
        page = plain(self.page)
        choosing = made if sent.kind == SectionKind.CHOSEN else 0
        self.page = replace(page, drawn=page.drawn + 1, of_category=False, choosing=choosing)
        if choosing:
            await self._find("")
        self.notice = ADDED.say(self._locale(), title=sent.title.strip())

    @answering
    async def remove(self, section_id: int) -> None:
        """Take a section off the page."""
        chosen = parse(SectionChosen, {"section_id": section_id})
        await db.writing(service.remove_section, await self._person(), chosen.section_id, clock.now())
        await self._look()

    @answering
    async def rename(self, section_id: int, typed: str) -> None:
        """Give a section another title."""
        chosen, title = parse(SectionChosen, {"section_id": section_id}), parse(Wanted, {"typed": typed}).typed
        await db.writing(service.rename_section, await self._person(), chosen.section_id, title, clock.now())
        await self._look()

    @answering
    async def move(self, section_id: int, places: int) -> None:
        """Move a section up or down."""
        chosen = parse(SectionChosen, {"section_id": section_id, "places": places})
        person = await self._person()
        await db.writing(service.move_section, person, chosen.section_id, chosen.places, clock.now())
        await self._look()

    @answering
    async def look_for(self, section_id: int) -> None:
        """Begin to choose goods for a section: the newest are shown at first."""
        chosen = parse(SectionChosen, {"section_id": section_id})
        self.page = replace(plain(self.page), choosing=chosen.section_id)
        await self._find("")

    @answering
    async def find(self, typed: str) -> None:
        """Find goods of the shop by words of their names."""
        await self._find(parse(Wanted, {"typed": typed}).typed)

    @answering
    async def choose(self, section_id: int, product_id: int) -> None:
        """Put a product into a section."""
        chosen = parse(SectionChosen, {"section_id": section_id, "product_id": product_id})
        person = await self._person()
        await db.writing(service.choose_product, person, chosen.section_id, chosen.product_id, clock.now())
        await self._look()

    @answering
    async def leave_out(self, section_id: int, product_id: int) -> None:
        """Take a product out of a section."""
        chosen = parse(SectionChosen, {"section_id": section_id, "product_id": product_id})
        person = await self._person()
        await db.writing(service.leave_out_product, person, chosen.section_id, chosen.product_id, clock.now())
        await self._look()

    @answering
    async def move_product(self, section_id: int, product_id: int, places: int) -> None:
        """Move a product within its section."""
        chosen = parse(SectionChosen, {"section_id": section_id, "product_id": product_id, "places": places})
        person = await self._person()
        await db.writing(service.move_product, person, chosen.section_id, chosen.product_id, chosen.places, clock.now())
        await self._look()

    async def _find(self, typed: str) -> None:
        self.sought = typed
        person, locale = await self._person(), self._locale()
        found = await db.reading(service.my_products, person, locale, q=typed, limit=MOST_FOUND)
        self.page = replace(plain(self.page), found=found.goods, looked=True)

    async def _look(self) -> None:
        sections = await db.reading(service.my_sections, await self._person(), self._locale())
        self.page = replace(plain(self.page), sections=sections)
