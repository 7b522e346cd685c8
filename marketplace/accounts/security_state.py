"""Live state of what a person signs in with, and where they are signed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace.accounts import service
from marketplace.accounts.views import SecurityView, SessionView
from marketplace.base import clock, db
from marketplace.base.errors import NotSignedIn
from marketplace.base.inputs import LARGEST_INTEGER, Payload, entries, parse
from marketplace.base.text import Text
from marketplace.ui.live import Live, answering

ENDED = Text("Đã đăng xuất thiết bị đó.", "That device is signed out.")
OTHERS_ENDED = Text("Đã đăng xuất {number} thiết bị khác.", "Signed out on {number} other devices.")
NO_OTHERS = Text("Bạn không đăng nhập ở thiết bị nào khác.", "You are signed in nowhere else.")
RENAMED = Text("Đã lưu tên.", "Name saved.")


class SessionNamed(Payload):
    """Which sign-in."""

    session_id: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]


class NameForm(Payload):
    """A person's name as typed."""

    name: Annotated[str, StringConstraints(max_length=1000)] = ""


@dataclass(frozen=True, slots=True)
class SecurityPage:
    """What one signs in with, and the open sign-ins."""

    own: SecurityView = field(default_factory=SecurityView)
    sessions: tuple[SessionView, ...] = ()
    others: bool = False


class SecurityState(Live, rx.State):
    """Sign-in and security."""

    page: SecurityPage = SecurityPage()

    @answering
    async def load(self) -> Any:
        """Open the page."""
        await self._enter()
        try:
            await self._look()
        except NotSignedIn:
            return rx.redirect("/account/sign-in?next=/account/security")
        self.path = self._here()
        return None

    @answering
    async def rename(self, form: dict[str, Any]) -> None:
        """Go by another name."""
        typed = parse(NameForm, {"name": entries(form).get("name", "")})
        await db.writing(service.rename, await self._person(), typed.name, clock.now())
        self.notice = RENAMED.say(self._locale())
        await self._settle()

    @answering
    async def end_session(self, session_id: int) -> None:
        """Sign one other device out."""
        named = parse(SessionNamed, {"session_id": session_id})
        await db.writing(service.revoke_session, await self._person(), named.session_id, clock.now())
        self.notice = ENDED.say(self._locale())
        await self._settle()

    @answering
    async def end_others(self) -> None:
        """Sign every other device out."""
        ended = await db.writing(service.revoke_others, await self._person(), clock.now())
        self.notice = (OTHERS_ENDED if ended else NO_OTHERS).say(self._locale(), number=ended)
        await self._settle()

    async def _settle(self) -> None:
        await self._look()
        self.path = self._here()

    async def _look(self) -> None:
        person = await self._person()
        own = await db.reading(service.security, person)
        sessions = await db.reading(service.list_sessions, person, clock.now())
        self.page = SecurityPage(own, tuple(sessions), any(not one.current for one in sessions))
