"""Live state of a buyer's review of what was received."""

from __future__ import annotations

from typing import Annotated, Any

import reflex as rx
from pydantic import Field

from marketplace.base import clock, db, ratelimit
from marketplace.base.inputs import LARGEST_INTEGER, Payload, entries, parse
from marketplace.base.text import Text
from marketplace.orders.service import reviewing
from marketplace.orders.views import ReviewPage
from marketplace.reviews.commands import ReviewDraft
from marketplace.ui.live import Live, answering, looking_again

THANKS = Text("Cảm ơn bạn. Đánh giá đã hiện trên trang sản phẩm.", "Thank you. Your review is on the product's page.")


class PhotoChosen(Payload):
    """Which photo."""

    photo_id: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]


class ReviewState(Live, rx.State):
    """A review; what was typed stays in the browser until it is saved."""

    page: ReviewPage = ReviewPage()
    _number: str = ""
    _line_id: int = 0
    _key: str = ""

    @answering
    async def load(self) -> None:
        """Open the form for the order, line and key in its address."""
        await self._enter()
        url = self.router.url
        number, _, line = url.path.removeprefix("/orders/").strip("/").partition("/review/")
        self._number, self._key = number[:24], str(url.query_parameters.get("key", ""))[:64]
        self._line_id = int(line) if line.isascii() and line.isdigit() and len(line) < 16 else 0
        self.page = ReviewPage()
        try:
            await self._look()
        finally:
            self.path = self._here()

    @answering
    async def save(self, form: dict[str, Any]) -> None:
        """Write the review, or change it."""
        typed = entries(form)
        draft = parse(ReviewDraft, {"stars": typed.get("stars") or 0, "text": typed.get("text") or ""})
        person, key = await self._person(), self._key
        await ratelimit.checking("review", self._caller())
        await db.writing(reviewing.write_review, person, self._number, self._line_id, key, draft, clock.now())
        await self._look()
        self.notice = THANKS.say(self._locale())

    @looking_again
    async def refresh(self) -> None:
        """A photo has arrived; what is being typed stays."""
        await self._look()

    @answering
    async def remove_photo(self, photo_id: int) -> None:
        """Take a photo away."""
        chosen, person = parse(PhotoChosen, {"photo_id": photo_id}), await self._person()
        await db.writing(
            reviewing.remove_photo, person, self._number, self._line_id, self._key, chosen.photo_id, clock.now()
        )
        await self._look()

    async def _look(self) -> None:
        person, locale = await self._person(), self._locale()
        self.page = await db.reading(
            reviewing.review_page, person, self._number, self._line_id, self._key, locale, clock.now()
        )
