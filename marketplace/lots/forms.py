"""What the forms of lots send, as typed, and as drafts."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from marketplace.base.errors import FieldRequired, InputInvalid
from marketplace.base.inputs import Payload, Problems
from marketplace.base.quantity import QuantityUnreadable, read_quantity
from marketplace.base.text import Locale
from marketplace.lots.commands import FindingDraft, LotDraft
from marketplace.lots.rules import LONGEST_LOT_NUMBER

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]


class LotForm(Payload):
    """A lot as its form sends it; `why` is asked for once something was packed of it."""

    number: Annotated[str, StringConstraints(max_length=2 * LONGEST_LOT_NUMBER)] = ""
    area_code: str = ""
    plot: str = ""
    sown_on: Short = ""
    inputs: str = ""
    spray: str = ""
    last_sprayed_on: Short = ""
    waiting_days: Short = ""
    harvested_on: Short = ""
    harvested: Short = ""
    packed_on: Short = ""
    packer: str = ""
    expires_on: Short = ""
    why: str = ""


class FindingForm(Payload):
    """A laboratory's finding as its form sends it."""

    subject: str = ""
    laboratory: str = ""
    tested_on: Short = ""
    result: str = ""
    passed: Short = ""


class RecallForm(Payload):
    """A recall as its form sends it."""

    reason: str = ""
    advice: str = ""


class CodeTyped(Payload):
    """The code of a passport, as typed or scanned: alone or at the end of its address."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""

    @property
    def bare(self) -> str:
        """The code alone."""
        return self.code.rstrip("/").rpartition("/")[2].upper()


def read_lot(form: LotForm, locale: Locale) -> LotDraft:
    """A form as a draft, kilograms as grams; raises every field's problem."""
    problems = Problems()
    days: dict[str, date | None] = {}
    for name in ("sown_on", "last_sprayed_on", "packed_on", "expires_on"):
        with problems.noting():
            days[name] = _day(getattr(form, name), name)
    harvested_on, grams, waiting_days = date.min, 0, None
    with problems.noting():
        harvested_on = _required_day(form.harvested_on, "harvested_on")
    with problems.noting():
        grams = _grams(form.harvested, locale)
    with problems.noting():
        waiting_days = _whole(form.waiting_days, "waiting_days")
    problems.refuse()
    return LotDraft(
        number=form.number,
        harvested_on=harvested_on,
        harvested_grams=grams,
        area_code=form.area_code,
        plot=form.plot,
        inputs=form.inputs,
        spray=form.spray,
        waiting_days=waiting_days,
        packer=form.packer,
        **days,
    )


def read_test(form: FindingForm) -> FindingDraft:
    """A form as a draft; raises what is wrong with its day."""
    return FindingDraft(
        subject=form.subject,
        laboratory=form.laboratory,
        tested_on=_required_day(form.tested_on, "tested_on"),
        result=form.result,
        passed=form.passed != "no",
    )


def _day(typed: str, field: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise InputInvalid(field=field) from None


def _required_day(typed: str, field: str) -> date:
    day = _day(typed, field)
    if day is None:
        raise FieldRequired(field=field)
    return day


def _grams(typed: str, locale: Locale) -> int:
    if not typed:
        raise FieldRequired(field="harvested")
    try:
        # Thousandths of a kilogram.
        return read_quantity(typed, locale)
    except QuantityUnreadable:
        raise QuantityUnreadable(field="harvested") from None


def _whole(typed: str, field: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
        raise InputInvalid(field=field)
    return int(typed)
