"""What a person asks for at checkout, parsed from an untrusted payload."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from marketplace.base.inputs import Payload
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
