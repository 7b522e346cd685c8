"""Live state of the staff's pages and of the public page of statistics."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace.accounts.rules import Right, allowed
from marketplace.accounts.views import Person
from marketplace.base import clock, db, kept
from marketplace.base.inputs import Payload, parse
from marketplace.base.text import Text
from marketplace.sellers import service as sellers
from marketplace.statistics import rules, service
from marketplace.statistics.commands import FigureCommand
from marketplace.statistics.views import FiguresPage, StaffPage, StatisticsPage
from marketplace.ui.live import Live, answering, looking_again
from marketplace.ui.news import watch
from marketplace.ui.staff import GRANTED

TOPICS = ("order", "seller", "statistics")
RESTS = 5
"""How many times as long as a look at the whole page took news waits before the next one."""

SAVED = Text("Đã ghi {name}, {period}: {value}.", "Saved {name}, {period}: {value}.")


class MonthChosen(Payload):
    """A month of the table by commune."""

    month: Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]


class YearChosen(Payload):
    """The year of the indicators."""

    year: Annotated[int, Field(ge=2000, le=2999)]


def read_year(typed: str, today: date) -> int:
    """The year an address asks for; this year when it asks for none or for nonsense."""
    asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else today.year
    return asked if rules.FIRST_YEAR <= asked <= today.year else today.year


class StaffLive(Live, mixin=True):
    """What every page of the staff shares."""

    access: str = ""
    waiting: int = 0

    async def _enter_staff(self, right: Right) -> Person:
        """Arrive, and say whether the person may look; the services decide again."""
        person: Person = await self._enter()
        self.access = person.access_to(right).value
        if self.access == GRANTED:
            watch(self, *TOPICS)
        return person

    async def _count_waiting(self, person: Person) -> None:
        """How many applications wait for this person."""
        if allowed(Right.REVIEW_SELLERS, person.roles):
            self.waiting = len(await db.reading_slowly(sellers.applications, person))


class IndicatorsState(StaffLive, rx.State):
    """Today, the indicators and the communes."""

    page: StaffPage = StaffPage()
    _year: int = 0
    _month: str = ""
    """Nothing chosen is the present."""
    _looked_at: float = 0.0
    _cost: float = 0.0
    """Seconds the last look at the whole page took, waiting for its turn included."""

    @answering
    async def load(self) -> None:
        """Open the page."""
        self._year, self._month = 0, ""
        person = await self._enter_staff(Right.READ_INDICATORS)
        if self.access == GRANTED:
            await self._look(person)
        self.path = self._here()

    @looking_again
    async def refresh(self) -> None:
        """Something was ordered, answered, sold or entered."""
        if not self.path or self.access != GRANTED:
            return
        person = await self._person()
        if time.monotonic() - self._looked_at >= RESTS * self._cost:
            await self._look(person)
            return
        # Where the whole page is dear, a burst of orders moves today's figures; the rest follows a little later.
        fresh = await db.reading_slowly(service.today_figures, person, self._locale(), clock.now())
        today = replace(self.page.today, day_text=fresh.day_text, at_text=fresh.at_text, figures=fresh.figures)
        self.page = replace(self.page, today=today)

    @answering
    async def choose_year(self, year: str) -> None:
        """Look at another year."""
        self._year = parse(YearChosen, {"year": year}).year
        await self._look(await self._person())

    @answering
    async def choose_month(self, month: str) -> None:
        """Look at another month by commune."""
        self._month = parse(MonthChosen, {"month": month}).month
        await self._look(await self._person())

    async def _look(self, person: Person) -> None:
        now, began = clock.now(), time.monotonic()
        today = clock.local_date(now)
        month = date.fromisoformat(f"{self._month}-01") if self._month else rules.month_start(today)
        self.page = await db.reading_slowly(
            service.staff_page, person, self._year or today.year, month, self._locale(), now
        )
        await self._count_waiting(person)
        self._looked_at = time.monotonic()
        self._cost = self._looked_at - began


class FiguresState(StaffLive, rx.State):
    """Figures from outside."""

    page: FiguresPage = FiguresPage()
    saved: int = 0
    """Counts what was saved; the form begins anew with each."""
    _series: str = ""

    @answering
    async def load(self) -> None:
        """Open the page."""
        person = await self._enter_staff(Right.READ_INDICATORS)
        if self.access == GRANTED:
            await self._look(person)
            await self._count_waiting(person)
        self.path = self._here()

    @looking_again
    async def refresh(self) -> None:
        """A figure was entered; what is being typed, and what was wrong with it, stays."""
        if self.path and self.access == GRANTED:
            await self._look(await self._person())

    @answering
    async def choose_series(self, series: str) -> None:
        """Say the unit and the rule of what is about to be entered."""
        self._series = parse(FigureCommand, {"series": series}).series
        await self._look(await self._person())

    @answering
    async def enter_figure(self, form: dict[str, Any]) -> None:
        """Enter or correct a figure."""
        command = parse(FigureCommand, form)
        person = await self._person()
        entered = await db.writing(service.enter_outside_figure, person, command, self._locale(), clock.now())
        self._series = ""
        self.saved += 1
        await self._look(person)
        self.notice = SAVED.say(self._locale(), name=entered.name, period=entered.period_text, value=entered.value_text)

    async def _look(self, person: Person) -> None:
        self.page = await db.reading_slowly(service.figures_page, person, self._series, self._locale(), clock.now())


class StatisticsState(Live, rx.State):
    """The public page."""

    page: StatisticsPage = StatisticsPage()

    @answering
    async def load(self) -> None:
        """Open the page for the year its address asks for."""
        await self._enter()
        await self._look()
        self.path = self._here()

    @looking_again
    async def refresh(self) -> None:
        """Look again."""
        if self.path:
            await self._look()

    async def _look(self) -> None:
        now = clock.now()
        asked = str(self.router.url.query_parameters.get("year", ""))
        year = read_year(asked, clock.local_date(now))
        self.page = await kept.ANY.reading_slowly(service.public_page, year, self._locale(), now)
