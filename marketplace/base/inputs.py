"""Reading what people type: one line or a few paragraphs, without anything that hides, breaks or overflows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from pydantic import AfterValidator, BaseModel, ValidationError, field_validator

from marketplace.base.errors import DomainError, FieldRequired, InputInvalid, InvalidInputs, TextTooLong
from marketplace.base.text import normalize

M = TypeVar("M", bound="Payload")
A = TypeVar("A", bound=BaseModel)
LARGEST_INTEGER = 2**63 - 1
"""What a column of whole numbers holds."""

# Bidirectional overrides and isolates can make a name read as another one.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def read_line(typed: str, *, field: str, limit: int, required: bool = True) -> str:
    """One line, NFC and with single spaces; raises FieldRequired, TextTooLong or InputInvalid."""
    if not _harmless(typed):
        raise InputInvalid(field=field)
    return _measured(normalize(typed), field=field, limit=limit, required=required)


def read_paragraphs(typed: str, *, field: str, limit: int, required: bool = False) -> str:
    """Several lines, each as `read_line` keeps it, at most one empty line between them."""
    if not _harmless(typed):
        raise InputInvalid(field=field)
    lines: list[str] = []
    for line in map(normalize, typed.splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return _measured("\n".join(lines).strip(), field=field, limit=limit, required=required)


def _measured(line: str, *, field: str, limit: int, required: bool) -> str:
    if required and not line:
        raise FieldRequired(field=field)
    if len(line) > limit:
        raise TextTooLong(field=field, limit=limit)
    return line


def _harmless(typed: str) -> bool:
    """No control characters beyond white space, no halves of surrogate pairs, no turning of the reading direction."""
    return (typed.isascii() and typed.isprintable()) or not any(
        character in _TURNING or (unicodedata.category(character) in {"Cc", "Cs", "Co"} and not character.isspace())
        for character in typed
    )


def cleaned(typed: str) -> str:
    """What was typed without what hides in it, for long texts whose writer could not find what is wrong."""
    if _harmless(typed):
        return typed
    return "".join(character for character in typed if _harmless(character))


class Payload(BaseModel):
    """Anything people or programs send: refuses beside its field what no column can hold and what text may not hide."""

    @field_validator("*")
    @classmethod
    def _can_be_kept(cls, value: object) -> object:
        parts = (*value, *value.values()) if isinstance(value, dict) else (value,)
        if not all(map(_keepable, parts)):
            raise ValueError("no column can hold this")
        return value


def readable(value: str) -> str:
    """Its value, for parameters outside a Payload; raises ValueError for what hides, breaks or fits no column."""
    if not _harmless(value):
        raise ValueError("no column can hold this")
    return value


Readable = AfterValidator(readable)


def _keepable(value: object) -> bool:
    if isinstance(value, str):
        return _harmless(value)
    return not isinstance(value, int) or abs(value) <= LARGEST_INTEGER


class Problems:
    """Gathers what is wrong with several inputs, so that a person sees all of it at once.

    `with problems.noting(): …` around each input, then `problems.refuse()`.
    """

    def __init__(self) -> None:
        self.found: list[DomainError] = []

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Keep a refusal instead of raising it."""
        try:
            yield
        except InvalidInputs as error:
            self.found.extend(error.problems)
        except DomainError as error:
            self.found.append(error)

    def refuse(self) -> None:
        """Raise what was found: nothing, the one problem, or InvalidInputs led by the first one's field."""
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            error = InvalidInputs(self.found)
            error.field = self.found[0].field
            raise error


def entries(form: object) -> Mapping[str, object]:
    """A form's entries by name; raises InputInvalid for what is no form."""
    if not isinstance(form, Mapping):
        raise InputInvalid
    return form


def parse(model: type[M], payload: object) -> M:
    """A payload as a pydantic model; raises each field's problem."""
    return _validated(model, payload)


def read_parameters(model: type[A], parameters: Mapping[str, str]) -> A:
    """An address's parameters as a model that says of each what it may be; raises each one's problem.

    For the routes asked most: FastAPI reads each parameter by itself, which costs more than finding the answer.
    """
    return _validated(model, dict(parameters))


def describe_parameters(model: type[BaseModel]) -> dict[str, Any]:
    """What OpenAPI says of the parameters of an operation that `read_parameters` reads: its `openapi_extra`."""
    schema = model.model_json_schema()
    shared = schema.get("$defs", {})

    def whole(part: Any) -> Any:
        if isinstance(part, list):
            return [whole(one) for one in part]
        if not isinstance(part, dict):
            return part
        named = shared.get(str(part.get("$ref", "")).rsplit("/", 1)[-1], {})
        return {**named, **{key: whole(value) for key, value in part.items() if key != "$ref"}}

    return {
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": whole(described)}
            for name, described in schema["properties"].items()
        ]
    }


def _validated(model: type[A], given: object) -> A:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        problems = Problems()
        problems.found = [problem_of(item["type"], item["loc"], item.get("ctx", {})) for item in error.errors()]
        problems.refuse()
        raise


def problem_of(kind: str, place: Sequence[int | str], context: Mapping[str, Any]) -> DomainError:
    """What pydantic found wrong with one input, in words a person can act on."""
    field = ".".join(str(part) for part in place) or None
    if kind in {"missing", "string_too_short"}:
        return FieldRequired(field=field)
    if kind == "string_too_long":
        return TextTooLong(field=field, limit=context["max_length"])
    return InputInvalid(field=field)
