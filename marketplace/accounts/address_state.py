"""Live state of the address book."""

from __future__ import annotations

from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace.accounts import service
from marketplace.accounts.views import AddressView
from marketplace.base import clock, db
from marketplace.base.errors import NotFound, NotSignedIn
from marketplace.base.inputs import LARGEST_INTEGER, Payload, entries, parse
from marketplace.base.text import Text
from marketplace.places.choosing import ChoosesCommune
from marketplace.ui.live import answering

SAVED = Text("Đã lưu địa chỉ.", "Address saved.")
REMOVED = Text("Đã bỏ địa chỉ.", "Address removed.")


class AddressNamed(Payload):
    """Which address."""

    address_id: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]


class AddressForm(Payload):
    """An address as typed; its commune is picked beside the form."""

    name: Annotated[str, StringConstraints(max_length=1000)] = ""
    phone: Annotated[str, StringConstraints(max_length=60)] = ""
    street: Annotated[str, StringConstraints(max_length=1000)] = ""


class AddressesState(ChoosesCommune, rx.State):
    """The addresses, and the form for a new one or one that is being changed."""

    page: tuple[AddressView, ...] = ()
    editing: AddressView = AddressView()
    drawn: int = 0
    """Counts drawings of the form: what was saved or picked stands in new inputs."""

    @answering
    async def load(self) -> Any:
        """Open the page."""
        person = await self._enter()
        try:
            await self._look()
        except NotSignedIn:
            return rx.redirect("/account/sign-in?next=/account/addresses")
        self._begin(AddressView(name=person.name))
        self.path = self._here()
        return None

    @answering
    async def save(self, form: dict[str, Any]) -> None:
        """Keep the address typed, or the changes to one."""
        typed = entries(form)
        sent = parse(AddressForm, {name: typed.get(name, "") for name in ("name", "phone", "street")})
        person = await self._person()
        draft = service.AddressDraft(sent.name, sent.phone, self.commune, sent.street)
        changed = self.editing.id or None
        await db.writing(service.save_address, person, draft, clock.now(), address_id=changed)
        self.notice = SAVED.say(self._locale())
        self._begin(AddressView(name=person.name))
        await self._look()
        self.path = self._here()

    @answering
    async def change(self, address_id: int) -> None:
        """Bring an address into the form."""
        wanted = parse(AddressNamed, {"address_id": address_id}).address_id
        found = await db.reading(service.my_addresses, await self._person())
        picked = next((one for one in found if one.id == wanted), None)
        if picked is None:
            raise NotFound
        self._begin(picked)
        self.path = self._here()

    @answering
    async def prefer(self, address_id: int) -> None:
        """Begin with this one from now on."""
        named = parse(AddressNamed, {"address_id": address_id})
        await db.writing(service.make_usual, await self._person(), named.address_id)
        await self._look()
        self.path = self._here()

    @answering
    async def remove(self, address_id: int) -> None:
        """Forget an address."""
        named = parse(AddressNamed, {"address_id": address_id})
        await db.writing(service.remove_address, await self._person(), named.address_id)
        self.notice = REMOVED.say(self._locale())
        if self.editing.id == named.address_id:
            self._begin(AddressView())
        await self._look()
        self.path = self._here()

    def _begin(self, one: AddressView) -> None:
        self.editing = one
        self._take_commune(one.commune, one.commune_text)
        self.drawn += 1

    async def _look(self) -> None:
        self.page = await db.reading(service.my_addresses, await self._person())
