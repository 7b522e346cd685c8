"""Live state of a shop's people: who helps, with which tasks, and the link that invites one more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace.accounts.rules import Task
from marketplace.accounts.views import Person
from marketplace.base import clock, db
from marketplace.base.errors import NotAllowed, NotFound, NotSignedIn
from marketplace.base.inputs import LARGEST_INTEGER, Payload, entries, parse
from marketplace.base.text import Text
from marketplace.sellers import service
from marketplace.sellers.rules import TASK_LABELS
from marketplace.settings import settings
from marketplace.ui.live import Live, answering

SAVED = Text("Đã lưu. Người đó cần đăng nhập lại.", "Saved. They have to sign in again.")
REMOVED = Text("Đã cho thôi. Người đó đã bị đăng xuất.", "Let go, and signed out.")
PREFIX = "task_"
"""Names of the boxes begin so, each followed by its task."""


@dataclass(frozen=True, slots=True)
class TaskBox:
    """A task with its box."""

    name: str
    label: str
    ticked: bool
    identity: str


@dataclass(frozen=True, slots=True)
class Helper:
    """A person of the shop, with a box for each task."""

    account_id: int
    name: str
    role: str
    owner: bool
    key: str
    boxes: tuple[TaskBox, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The people of a shop, and the boxes of an invitation."""

    people: tuple[Helper, ...] = ()
    boxes: tuple[TaskBox, ...] = ()


@dataclass(frozen=True, slots=True)
class JoinPage:
    """The invitation a link is to."""

    store_name: str = ""
    tasks: tuple[str, ...] = ()


class MemberNamed(Payload):
    """Which person of the shop."""

    account_id: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]


class InvitationNamed(Payload):
    """The secret of a link."""

    code: Annotated[str, StringConstraints(max_length=100)] = ""


def read_tasks(form: Mapping[str, object]) -> tuple[Task, ...]:
    """The tasks whose boxes are ticked."""
    return tuple(task for task in Task if form.get(f"{PREFIX}{task.value}"))


class PeopleState(Live, rx.State):
    """The owner's page of the people of a shop."""

    page: PeoplePage = PeoplePage()
    link: str = ""
    """The invitation just made; it is shown once."""

    @answering
    async def load(self) -> Any:
        """Open the page, for the owner of a shop."""
        await self._enter()
        self.link = ""
        try:
            await self._look()
        except NotSignedIn:
            return rx.redirect("/account/sign-in?next=/seller/people")
        except NotFound:
            return rx.redirect("/seller/start")
        except NotAllowed:
            return rx.redirect("/seller")
        self.path = self._here()
        return None

    @answering
    async def invite(self, form: dict[str, Any]) -> None:
        """Make a link by which one more person may join."""
        person, seller_id = await self._shop()
        tasks = read_tasks(entries(form))
        made = await db.writing(service.invite_member, person, seller_id, tasks, clock.now())
        self.link = f"{settings().public}/seller/join?code={quote(made)}"
        self.path = self._here()

    @answering
    async def give(self, form: dict[str, Any]) -> None:
        """Choose what a helper does."""
        typed = entries(form)
        named = parse(MemberNamed, {"account_id": typed.get("account_id")})
        tasks = read_tasks(typed)
        person, seller_id = await self._shop()
        await db.writing(service.set_tasks, person, seller_id, named.account_id, tasks, clock.now())
        self.notice = SAVED.say(self._locale())
        await self._look()
        self.path = self._here()

    @answering
    async def let_go(self, account_id: int) -> None:
        """Let a helper go."""
        named = parse(MemberNamed, {"account_id": account_id})
        person, seller_id = await self._shop()
        await db.writing(service.remove_member, person, seller_id, named.account_id, clock.now())
        self.notice = REMOVED.say(self._locale())
        await self._look()
        self.path = self._here()

    async def _shop(self) -> tuple[Person, int]:
        person: Person = await self._person()
        seller = await db.reading(service.seller_of, person)
        return person, seller.id

    async def _look(self) -> None:
        person, seller_id = await self._shop()
        locale = self._locale()

        def boxes(of: str, ticked: tuple[Task, ...]) -> tuple[TaskBox, ...]:
            return tuple(
                TaskBox(f"{PREFIX}{task}", label.say(locale), task in ticked, f"{of}-{task}")
                for task, label in TASK_LABELS.items()
            )

        found = await db.reading(service.members, person, seller_id)
        self.page = PeoplePage(
            tuple(
                Helper(
                    one.account_id,
                    one.name,
                    one.role_label.say(locale),
                    not one.tasks,
                    f"{one.account_id}-{'-'.join(one.tasks)}",
                    boxes(str(one.account_id), one.tasks),
                )
                for one in found
            ),
            boxes("new", (Task.ORDERS,)),
        )


class JoinState(Live, rx.State):
    """The page a link of an invitation leads to."""

    page: JoinPage = JoinPage()
    _code: str = ""

    @answering
    async def load(self) -> Any:
        """Say whose helper one would be, and with which tasks."""
        person = await self._enter()
        self.page = JoinPage()
        code = str(self.router.url.query_parameters.get("code", ""))
        self._code = parse(InvitationNamed, {"code": code}).code
        if not person.signed_in:
            back = quote(f"/seller/join?code={quote(self._code)}", safe="")
            return rx.redirect(f"/account/sign-in?next={back}")
        try:
            found = await db.reading(service.invitation, person, self._code, clock.now())
            tasks = tuple(TASK_LABELS[task].say(self._locale()) for task in found.tasks)
            self.page = JoinPage(found.store_name, tasks)
        finally:
            self.path = self._here()
        return None

    @answering
    async def join(self) -> Any:
        """Join, and sign in anew with the new rights."""
        await db.writing(service.join_seller, await self._person(), self._code, clock.now())
        return rx.redirect("/account/sign-in?next=/seller")
