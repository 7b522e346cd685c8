"""Live state of opening a shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import reflex as rx
from pydantic import StringConstraints

from marketplace.base import clock, db
from marketplace.base.errors import DomainError, InvalidInputs, NotFound
from marketplace.base.inputs import Payload, entries, parse
from marketplace.base.text import Text
from marketplace.places import service as places
from marketplace.places.choosing import ChoosesCommune, CommunePicked
from marketplace.sellers import rules, service
from marketplace.sellers.rules import (
    FIELD_LABELS,
    KIND_LABELS,
    PAPER_LABELS,
    PAPERS_ASKED,
    PAPERS_NEEDED,
    ApplicationPaper,
    ApplicationStep,
    Bank,
    SellerKind,
    SellerStatus,
)
from marketplace.sellers.views import ApplicationStart, paper_url
from marketplace.ui.live import answering, looking_again, plain
from marketplace.ui.news import watch

REPLACED = Text(
    "Máy khác vừa sửa: {names}. Bản bạn vừa lưu ở máy này đã thay vào.",
    "Another device had just changed: {names}. What you saved on this one has replaced it.",
)
LATER = Text("Chưa có, bổ sung sau cũng được", "Not given; you can add it later")
PHOTOGRAPHED = Text("Đã chụp", "Photographed")
STEPS = tuple(ApplicationStep)


class Typed(Payload):
    """One entry as typed."""

    name: Annotated[str, StringConstraints(max_length=40)]
    typed: Annotated[str, StringConstraints(max_length=rules.TYPED_LIMIT)] = ""


class StepChosen(Payload):
    """A step to go to."""

    step: ApplicationStep


class BankTyped(Payload):
    """The beginning of a bank's name."""

    bank: Annotated[str, StringConstraints(max_length=80)]


class BankPicked(Payload):
    """A bank chosen from the suggestions."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=6)]


@dataclass(frozen=True, slots=True)
class KindOption:
    """A kind of seller to pick."""

    value: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class PaperField:
    """A paper to photograph; `src` shows what was."""

    paper: str = ""
    label: str = ""
    src: str = ""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry as it will be sent."""

    label: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class StartPage:
    """Where the visitor stands: guest, form, waiting, needs_more, refused, open, suspended; in the form, at which step."""

    step: str = "form"
    at: str = ApplicationStep.WHO.value
    kinds: tuple[KindOption, ...] = ()
    store_name: str = ""
    reason: str = ""
    asked: tuple[str, ...] = ()
    """What staff asked to mend."""
    start: ApplicationStart = field(default_factory=ApplicationStart)
    papers: tuple[PaperField, ...] = ()
    who: tuple[Answer, ...] = ()
    where: tuple[Answer, ...] = ()
    shown: tuple[Answer, ...] = ()
    bank: tuple[Answer, ...] = ()


class StartState(ChoosesCommune, rx.State):
    """Opening a shop, step by step; what was typed stays, on this device and on the next."""

    page: StartPage = StartPage()
    bank: str = ""
    bank_name: str = ""
    banks: tuple[Bank, ...] = ()
    bank_unknown: bool = False
    """Nothing fits what was typed."""
    _version: int = 0
    """The draft's, as this device knows it."""

    @answering
    async def load(self) -> None:
        """Open the page where the draft was left."""
        await self._enter()
        await self._look()
        # Of any seller: on another device the same person may send what stands open here, and be a seller only then.
        watch(self, "seller")
        self.path = self._here()

    @looking_again
    async def refresh(self) -> None:
        """The staff decided, or a photo has arrived; what is being typed stays."""
        await self._look(again=True)

    @looking_again
    async def keep(self, name: str, typed: str) -> None:
        """Save an entry as soon as it is left, so that nothing is lost with the connection or the battery."""
        entry = parse(Typed, {"name": name, "typed": typed})
        await self._save({entry.name: entry.typed}, ApplicationStep(self.page.at))

    @answering
    async def pick_commune(self, code: str) -> None:
        """Take a suggested commune."""
        place = await db.reading(places.commune, parse(CommunePicked, {"code": code}).code)
        self._take_commune(place.code, f"{place.name}, {place.province}")
        await self._save({"commune": place.code}, ApplicationStep(self.page.at))

    @answering
    async def find_bank(self, typed: str) -> None:
        """Suggest banks while the person types; typing again takes an earlier choice back."""
        query = parse(BankTyped, {"bank": typed}).bank
        if query == self.bank_name:
            return
        self.bank, self.bank_name = "", query
        self.banks = rules.find_banks(query)
        self.bank_unknown = bool(query.strip()) and not self.banks

    @answering
    async def pick_bank(self, code: str) -> None:
        """Take a suggested bank."""
        bank = rules.bank_named(rules.parse_bank(parse(BankPicked, {"code": code}).code))
        if bank is not None:
            self._take_bank(bank.code, bank.name)
            await self._save({"bank": bank.code}, ApplicationStep(self.page.at))

    @answering
    async def next(self, form: dict[str, Any]) -> None:
        """Save a step, and go on to the next one once all it asks is right."""
        at = ApplicationStep(self.page.at)
        await self._save(self._typed(entries(form), at), at)
        await db.reading(service.check_step, await self._person(), at)
        await self._go(STEPS[min(STEPS.index(at) + 1, len(STEPS) - 1)])

    @answering
    async def go(self, step: str) -> None:
        """Go to a step: what was typed is saved by then."""
        await self._go(parse(StepChosen, {"step": step}).step)

    @answering
    async def send(self) -> None:
        """Send everything to the staff; what stands in the way is shown at the step that asks it."""
        try:
            await db.writing(service.send_application, await self._person(), clock.now())
        except DomainError as refusal:
            found = refusal.problems if isinstance(refusal, InvalidInputs) else [refusal]
            steps = [rules.step_of(problem.field) for problem in found if problem.field]
            if steps:
                await self._go(min(steps, key=STEPS.index))
            raise
        await self._look()

    @answering
    async def try_again(self) -> None:
        """Mend an application that was refused or needs more: what was sent stands in the form."""
        await self._go(ApplicationStep.WHO)

    def _typed(self, form: Mapping[str, Any], at: ApplicationStep) -> dict[str, str]:
        typed = {
            name: parse(Typed, {"name": name, "typed": form[name]}).typed
            for name in rules.STEP_FIELDS[at]
            if name in form and name in rules.TYPED
        }
        # What is picked from suggestions counts by its code, not by the words in its input.
        picked = {"commune": self.commune, "bank": self.bank}
        return typed | {name: code for name, code in picked.items() if name in rules.STEP_FIELDS[at]}

    async def _save(self, typed: Mapping[str, str], step: ApplicationStep) -> None:
        person = await self._person()
        self._version, lost = await db.writing(
            service.save_application, person, typed, step, self._version, clock.now()
        )
        if lost:
            locale = self._locale()
            names = ", ".join(FIELD_LABELS[name].say(locale) for name in lost)
            self.notice = REPLACED.say(locale, names=names)

    async def _go(self, step: ApplicationStep) -> None:
        await self._save({}, step)
        await self._look(step="form")

    def _take_bank(self, code: str, name: str) -> None:
        self.bank, self.bank_name, self.banks, self.bank_unknown = code, name, (), False

    async def _look(self, *, again: bool = False, step: str = "") -> None:
        person = await self._person()
        if not person.signed_in:
            self.page = StartPage("guest")
            return
        start = await db.reading(service.start_of_application, person)
        try:
            seller = await db.reading(service.seller_of, person)
        except NotFound:
            seller = None
        mends = seller is None or seller.status in rules.MENDABLE
        if mends and (seller is None or step == "form" or (again and self.page.step == "form")):
            self._show_form(
                start, seller.decision_reason or "" if seller else "", seller.asked if seller else (), again
            )
            return
        steps = {
            SellerStatus.APPLIED: "waiting",
            SellerStatus.NEEDS_MORE: "needs_more",
            SellerStatus.APPROVED: "open",
            SellerStatus.REFUSED: "refused",
            SellerStatus.SUSPENDED: "suspended",
        }
        if seller is not None:
            self.page = StartPage(
                steps[seller.status],
                store_name=seller.store_name,
                reason=seller.decision_reason or "",
                asked=self._labels(seller.asked),
                # Of the rest nothing is shown here.
                start=ApplicationStart(phone=start.phone),
            )

    def _labels(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(FIELD_LABELS[name].say(self._locale()) for name in names if name in FIELD_LABELS)

    def _show_form(self, start: ApplicationStart, reason: str, asked: tuple[str, ...], again: bool) -> None:
        papers = self._papers(start)
        if again:
            self.page = replace(plain(self.page), papers=papers)
            return
        self._version = start.version
        self._take_commune(start.commune_code, start.commune_text)
        self._take_bank(start.bank, start.bank_name)
        locale = self._locale()
        kind = SellerKind(start.kind)

        def told(*values: tuple[str, str]) -> tuple[Answer, ...]:
            return tuple(Answer(FIELD_LABELS[name].say(locale), value or LATER.say(locale)) for name, value in values)

        self.page = StartPage(
            "form",
            start.step,
            tuple(KindOption(one.value, KIND_LABELS[one].say(locale)) for one in SellerKind),
            start.shop_name,
            reason,
            self._labels(asked),
            replace(start, papers=()),
            papers,
            who=told(
                ("kind", KIND_LABELS[kind].say(locale)),
                ("shop_name", start.shop_name),
                ("legal_name", start.legal_name or start.shop_name),
                ("tax_code", start.tax_code),
            ),
            where=told(("commune", start.commune_text), ("street", start.street), ("phone", start.phone)),
            shown=tuple(Answer(paper.label, (PHOTOGRAPHED if paper.src else LATER).say(locale)) for paper in papers),
            bank=told(
                ("bank", start.bank_name),
                ("bank_account", start.bank_account),
                ("bank_holder", start.bank_holder if start.bank_account else ""),
            ),
        )

    def _papers(self, start: ApplicationStart) -> tuple[PaperField, ...]:
        there, kind = dict(start.papers), SellerKind(start.kind)

        def src(paper: ApplicationPaper) -> str:
            return paper_url(there[paper]) if paper in there else ""

        return tuple(
            PaperField(paper.value, PAPER_LABELS[paper].say(self._locale()), src(paper), paper in PAPERS_NEEDED[kind])
            for paper in PAPERS_ASKED[kind]
        )
