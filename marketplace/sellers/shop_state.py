"""Live state of the owner's own page of a shop: how it presents itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import reflex as rx
from pydantic import StringConstraints

from marketplace.base import clock, db
from marketplace.base.errors import NotAllowed, NotFound, NotSignedIn
from marketplace.base.inputs import Payload, entries, parse
from marketplace.base.text import Text
from marketplace.sellers import service
from marketplace.sellers.commands import ShopDraft
from marketplace.sellers.rules import WEEKDAYS, ShopPicture
from marketplace.sellers.views import OwnShop
from marketplace.ui.live import Live, answering, looking_again, plain

SAVED = Text("Đã lưu. Khách thấy ngay trên gian hàng.", "Saved. Shoppers see it right away.")
REMOVED = Text("Đã bỏ ảnh.", "Picture removed.")
OPENS, CLOSES, DELIVERS = "opens_", "closes_", "delivers_"
"""Names of inputs begin so, each followed by a weekday's number."""


class ShopForm(Payload):
    """What the form sends, as typed; hours and days come beside it, by weekday."""

    story: Annotated[str, StringConstraints(max_length=10_000)] = ""
    theme: Annotated[str, StringConstraints(max_length=16)] = ""
    position: Annotated[str, StringConstraints(max_length=100)] = ""


class Hour(Payload):
    """A time as typed."""

    typed: Annotated[str, StringConstraints(max_length=10)] = ""


class PictureNamed(Payload):
    """Which picture of the shop."""

    which: ShopPicture


def read_shop(form: object) -> ShopDraft:
    """A form as a draft; raises what stands in the way, with its field."""
    typed = entries(form)
    sent = parse(ShopForm, typed)

    def hour(name: str) -> str:
        return parse(Hour, {"typed": typed.get(name, "")}).typed

    days = range(len(WEEKDAYS))
    return ShopDraft(
        story=sent.story,
        theme=sent.theme,
        position=sent.position,
        hours=tuple((hour(f"{OPENS}{day}"), hour(f"{CLOSES}{day}")) for day in days),
        delivery_days=tuple(day for day in days if typed.get(f"{DELIVERS}{day}")),
    )


class ShopState(Live, rx.State):
    """The form of a shop's page, and its two pictures."""

    page: OwnShop = OwnShop()

    @answering
    async def load(self) -> Any:
        """Open the form, for the owner of a shop."""
        await self._enter()
        try:
            await self._look()
        except NotSignedIn:
            return rx.redirect("/account/sign-in?next=/seller/shop")
        except NotFound:
            return rx.redirect("/seller/start")
        except NotAllowed:
            # Who helps in a shop sees its orders and goods; its page is the owner's.
            return rx.redirect("/seller")
        self.path = self._here()
        return None

    @answering
    async def save(self, form: dict[str, Any]) -> None:
        """Save the form; what was typed stays in it either way."""
        await db.writing(service.present_shop, await self._person(), read_shop(form), clock.now())
        self.notice = SAVED.say(self._locale())

    @looking_again
    async def refresh(self) -> None:
        """A picture has arrived; what is being typed stays."""
        await self._look_at_pictures()

    @answering
    async def remove_picture(self, which: str) -> None:
        """Show the shop without its logo or banner."""
        chosen = parse(PictureNamed, {"which": which}).which
        await db.writing(service.set_shop_picture, await self._person(), chosen, None, clock.now())
        await self._look_at_pictures()
        self.notice = REMOVED.say(self._locale())

    async def _look(self) -> None:
        self.page = await db.reading(service.my_shop, await self._person(), self._locale())

    async def _look_at_pictures(self) -> None:
        now = await db.reading(service.my_shop, await self._person(), self._locale())
        self.page = replace(plain(self.page), logo=now.logo, banner=now.banner)
