"""Live state of the queue of shops that want to open, and of the review of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import clock, db
from marketplace.base.errors import NotFound
from marketplace.base.inputs import Payload, entries, parse
from marketplace.base.text import Text
from marketplace.sellers import service as sellers
from marketplace.statistics import service
from marketplace.statistics.state import StaffLive
from marketplace.statistics.views import ApplicationsPage, ReviewPage
from marketplace.ui.live import answering, looking_again
from marketplace.ui.staff import GRANTED

APPROVED = Text("Đã duyệt. Gian hàng mở cửa ngay.", "Approved. The shop is open now.")
REFUSED = Text("Đã từ chối. Người nộp đơn đọc được lý do.", "Refused. The applicant can read why.")
ASKED = Text("Đã gửi lại cho người nộp bổ sung.", "Handed back; the applicant sees what to mend.")
POINT = "point_"
"""Names of the boxes of what is to be mended begin so."""


class Reason(Payload):
    """Why an application is refused or handed back."""

    reason: Annotated[str, StringConstraints(max_length=5000)] = ""


class Application(Payload):
    """Which application."""

    seller_id: Annotated[int, Field(ge=1, lt=2**63)]


class ApplicationsState(StaffLive, rx.State):
    """The queue of shops that want to open."""

    page: ApplicationsPage = ApplicationsPage()

    @answering
    async def load(self) -> None:
        """Open the queue."""
        person = await self._enter_staff(Right.REVIEW_SELLERS)
        if self.access == GRANTED:
            await self._look(person)
        self.path = self._here()

    @looking_again
    async def refresh(self) -> None:
        """Somebody applied or decided."""
        if self.path and self.access == GRANTED:
            await self._look(await self._person())

    async def _look(self, person: Person) -> None:
        self.page = await db.reading_slowly(service.applications_page, person, self._locale())
        self.waiting = len(self.page.applications)


class ReviewState(StaffLive, rx.State):
    """One application beside its papers, and the decision on it."""

    page: ReviewPage = ReviewPage()
    _seller_id: int = 0

    @answering
    async def load(self) -> None:
        """Open an application; one beyond the person's communes is not there."""
        person = await self._enter_staff(Right.REVIEW_SELLERS)
        self.page, self._seller_id = ReviewPage(), 0
        if self.access == GRANTED:
            address = self.router.url.path.removeprefix("/staff/sellers/").strip("/")
            try:
                if address.isascii() and address.isdigit():
                    self._seller_id = parse(Application, {"seller_id": address}).seller_id
                await self._look(person)
            except NotFound:
                self._seller_id = 0
        self.path = self._here()

    @looking_again
    async def refresh(self) -> None:
        """It was sent again, or somebody else decided; what is being typed stays."""
        if self.path and self.access == GRANTED and self._seller_id:
            await self._look(await self._person())

    @answering
    async def approve(self) -> None:
        """Let the seller sell."""
        await self._decide(sellers.approve)
        self.notice = APPROVED.say(self._locale())

    @answering
    async def refuse(self, form: dict[str, Any]) -> None:
        """Refuse with a reason."""
        await self._decide(sellers.refuse, parse(Reason, form).reason)
        self.notice = REFUSED.say(self._locale())

    @answering
    async def ask(self, form: dict[str, Any]) -> None:
        """Hand it back with a message and the points to mend."""
        typed = entries(form)
        points = tuple(
            name.removeprefix(POINT)[:40]
            for name, ticked in typed.items()
            if isinstance(name, str) and name.startswith(POINT) and ticked
        )
        await self._decide(sellers.ask_for_more, parse(Reason, form).reason, points)
        self.notice = ASKED.say(self._locale())

    async def _decide(self, decide: Callable[..., None], *values: object) -> None:
        person = await self._person()
        try:
            await db.writing(decide, person, self._seller_id, *values, clock.now())
        finally:
            if self._seller_id:
                await self._look(person)

    async def _look(self, person: Person) -> None:
        self.page = await db.reading_slowly(service.review_page, person, self._seller_id, self._locale())
        await self._count_waiting(person)
