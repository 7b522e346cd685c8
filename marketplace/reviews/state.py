"""Live state of reviews as a seller answers them and as the staff look after them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace.accounts.rules import Right
from marketplace.base import clock, db
from marketplace.base.errors import NotFound, NotSignedIn
from marketplace.base.inputs import LARGEST_INTEGER, Payload, parse
from marketplace.base.text import Text
from marketplace.reviews import service
from marketplace.reviews.commands import AnswerDraft, Judgement, ReportDraft
from marketplace.reviews.views import SellersReview, SellersReviews
from marketplace.ui.live import Live, answering, looking_again, plain
from marketplace.ui.news import watch
from marketplace.ui.staff import GRANTED

ANSWERED = Text("Đã trả lời. Khách thấy ngay dưới đánh giá.", "Answered. Shoppers see it below the review.")
REPORTED = Text("Đã gửi cho cán bộ xem.", "Sent to the staff.")
HIDDEN = Text("Đã ẩn. Điểm đánh giá đã tính lại.", "Hidden. The rating was counted anew.")
RESTORED = Text("Đã hiện lại.", "Shown again.")
STANDS = Text("Đã để nguyên.", "It stands as it is.")
OPEN, ALL = "open", "all"
WAITING, TAKEN_DOWN = "waiting", "hidden"


class Shown(Payload):
    """Which heading is looked at."""

    show: Annotated[str, StringConstraints(max_length=16)] = ""


class ReviewChosen(Payload):
    """Which review."""

    review_id: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]


class SellerReviewsState(Live, rx.State):
    """The reviews of a shop's goods."""

    page: SellersReviews = SellersReviews()
    show: str = ALL
    asked: int = 0
    """The review that was answered or reported last; its problems stand beside it."""

    @answering
    async def load(self) -> Any:
        """Open the list, for the people of a shop."""
        person = await self._enter()
        self.show, self.asked = ALL, 0
        try:
            await self._look()
        except NotSignedIn:
            return rx.redirect("/account/sign-in?next=/seller/reviews")
        except NotFound:
            return rx.redirect("/seller/start")
        watch(self, *(f"seller:{seller_id}" for seller_id in person.seller_ids))
        self.path = self._here()
        return None

    @looking_again
    async def refresh(self) -> None:
        """Somebody reviewed, or staff decided; what is being typed stays."""
        if self.path and len(self.page.reviews) <= service.SELLERS_PAGE:
            await self._look()

    @answering
    async def show_only(self, show: str) -> None:
        """All reviews, or those without an answer."""
        chosen = parse(Shown, {"show": show}).show
        self.show = chosen if chosen in {OPEN, ALL} else ALL
        await self._look()

    @answering
    async def show_more(self) -> None:
        """The following reviews below those that are shown."""
        page = plain(self.page)
        if not page.older:
            return
        more = await self._read(page.older)
        self.page = replace(more, reviews=(*page.reviews, *more.reviews))

    @answering
    async def answer(self, form: dict[str, Any]) -> None:
        """Answer a review, or change the answer."""
        draft = parse(AnswerDraft, form)
        self.asked = draft.review_id
        await db.writing(service.answer, await self._person(), draft, clock.now())
        await self._look()
        self.notice = ANSWERED.say(self._locale())

    @answering
    async def report(self, form: dict[str, Any]) -> None:
        """Ask the staff to look at a review."""
        draft = parse(ReportDraft, form)
        self.asked = draft.review_id
        await db.writing(service.report, await self._person(), draft, clock.now())
        self.notice = REPORTED.say(self._locale())

    async def _look(self) -> None:
        self.page = await self._read(0)

    async def _read(self, before: int) -> SellersReviews:
        person, locale = await self._person(), self._locale()
        return await db.reading(service.seller_reviews, person, locale, unanswered=self.show == OPEN, before=before)


class ModerationState(Live, rx.State):
    """Reviews that were reported, and those that are hidden."""

    page: tuple[SellersReview, ...] = ()
    access: str = ""
    show: str = WAITING
    waiting: int = 0
    asked: int = 0

    @answering
    async def load(self) -> None:
        """Open the queue."""
        person = await self._enter()
        self.access = person.access_to(Right.MODERATE_REVIEWS).value
        self.page, self.show, self.asked = (), WAITING, 0
        if self.access == GRANTED:
            await self._look()
            watch(self, "report", "review")
        self.path = self._here()

    @looking_again
    async def refresh(self) -> None:
        """Somebody reported or decided; what is being typed stays."""
        if self.path and self.access == GRANTED:
            await self._look()

    @answering
    async def show_only(self, show: str) -> None:
        """What waits, or what is hidden."""
        chosen = parse(Shown, {"show": show}).show
        self.show = chosen if chosen in {WAITING, TAKEN_DOWN} else WAITING
        await self._look()

    @answering
    async def hide(self, form: dict[str, Any]) -> None:
        """Take a review out of sight."""
        await self._decide(service.hide, form, HIDDEN)

    @answering
    async def restore(self, form: dict[str, Any]) -> None:
        """Show a hidden review again."""
        await self._decide(service.restore, form, RESTORED)

    @answering
    async def let_stand(self, review_id: int) -> None:
        """Nothing is wrong with a review."""
        chosen = parse(ReviewChosen, {"review_id": review_id})
        await db.writing(service.let_stand, await self._person(), chosen.review_id, clock.now())
        await self._look()
        self.notice = STANDS.say(self._locale())

    async def _decide(self, decision: Any, form: dict[str, Any], said: Text) -> None:
        judgement = parse(Judgement, form)
        self.asked = judgement.review_id
        await db.writing(decision, await self._person(), judgement, clock.now())
        await self._look()
        self.notice = said.say(self._locale())

    async def _look(self) -> None:
        person, locale = await self._person(), self._locale()
        hidden = self.show == TAKEN_DOWN
        self.page = await db.reading_slowly(service.reported_reviews, person, locale, hidden=hidden)
        self.waiting = await db.reading(service.count_reported, person)
