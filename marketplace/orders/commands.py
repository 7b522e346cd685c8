"""What a person asks for at checkout, parsed from an untrusted payload."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from marketplace.base.errors import DomainError, InputInvalid
from marketplace.base.inputs import Payload, Problems, entries
from marketplace.catalog.rules import read_weight
from marketplace.payments.rules import PaymentMethod

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Street = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Short = Annotated[str, StringConstraints(max_length=80)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class _Strict(Payload):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=False)


class Buyer(_Strict):
    """Who buys."""

    name: Name
    phone: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32)]
    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)] | None = None


class Address(_Strict):
    """Where the goods go: a commune by code, and the rest as the person typed it."""

    commune: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5)]
    street: Street


class CheckoutDetails(_Strict):
    """Everything a buyer fills in; `delivery` and `note` by store slug."""

    buyer: Buyer
    address: Address
    payment: PaymentMethod = PaymentMethod.CASH_ON_DELIVERY
    delivery: dict[Short, Short] = Field(default_factory=dict, max_length=60)
    note: dict[Short, Note] = Field(default_factory=dict, max_length=60)


class CheckoutCommand(CheckoutDetails):
    """The buyer's declaration: these details, and the contract that was shown."""

    accepted_terms_hash: Annotated[str, StringConstraints(max_length=64)] = ""


WEIGHT = "weight_"
"""Names of inputs of weights begin so, with the id of their line behind it."""
LONGEST_WEIGHT = 20
MOST_WEIGHTS = 60
LINE = re.compile(r"[0-9]{1,18}", re.ASCII)


def read_weights(form: object) -> Mapping[int, int]:
    """What a packing form says the lines weigh, in grams by their ids, empty inputs left out.

    Raises what is no weight, each beside its input.
    """
    problems, found = Problems(), {}
    typed = {name: value for name, value in entries(form).items() if str(name).startswith(WEIGHT)}
    if len(typed) > MOST_WEIGHTS:
        raise InputInvalid
    for name, value in typed.items():
        line = name.removeprefix(WEIGHT)
        if not isinstance(value, str) or len(value) > LONGEST_WEIGHT or not LINE.fullmatch(line):
            raise InputInvalid(field=name[: len(WEIGHT) + LONGEST_WEIGHT])
        try:
            if value.strip():
                found[int(line)] = read_weight(value)
        except DomainError as error:
            error.field = name
            problems.found.append(error)
    problems.refuse()
    return found
