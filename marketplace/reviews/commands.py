"""What people send about reviews, parsed before use."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints, field_validator

from marketplace.base.inputs import LARGEST_INTEGER, Payload, cleaned
from marketplace.reviews.rules import ReportReason

Words = Annotated[str, StringConstraints(max_length=10_000)]
Id = Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]


class _Told(Payload):
    """Words a phone's keyboard may have put invisible signs into: these are taken out instead of refused."""

    @field_validator("text", "note", mode="before", check_fields=False)
    @classmethod
    def _without_invisible_signs(cls, value: Any) -> Any:
        return cleaned(value) if isinstance(value, str) else value


class ReviewDraft(_Told):
    """A review as typed."""

    stars: Annotated[int, Field(ge=0, le=5)] = 0
    text: Words = ""


class AnswerDraft(_Told):
    """A seller's answer as typed."""

    review_id: Id
    text: Words = ""


class ReportDraft(_Told):
    """A report as typed."""

    review_id: Id
    reason: ReportReason
    note: Words = ""


class Judgement(_Told):
    """What staff decide on a review, with the reason."""

    review_id: Id
    text: Words = ""
