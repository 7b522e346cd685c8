"""What a seller sends to say how it delivers, as typed."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from marketplace.base.inputs import Payload

Typed = Annotated[str, StringConstraints(max_length=40)]

Lines = Annotated[str, StringConstraints(max_length=1000)] | None


class MethodDraft(Payload):
    """A way of delivery; amounts, days and hours as typed."""

    zone: Typed = ""
    free_above: Typed = ""
    days_from: Typed = ""
    days_to: Typed = ""
    cutoff: Typed = ""
    tariff: Typed | None = ""
    base_fee: Typed | None = ""
    kilogram_fee: Typed | None = ""
    """Nothing where the form shows no such input; so for what follows."""
    bands_commune: Lines = ""
    bands_province: Lines = ""
    bands_country: Lines = ""
    """The table of each zone, one band a line."""


class TermsDraft(Payload):
    """What a seller asks of every order."""

    minimum_order: Typed = ""
    orders_a_day: Typed = ""


class ClosedDraft(Payload):
    """Days on which a shop rests, as an input of dates sends them."""

    first: Typed = ""
    last: Typed = ""
    reason: Annotated[str, StringConstraints(max_length=1000)] = ""


class PointDraft(Payload):
    """A pickup point."""

    name: Annotated[str, StringConstraints(max_length=1000)] = ""
    street: Annotated[str, StringConstraints(max_length=1000)] = ""


class WindowDraft(Payload):
    """Hours of a weekday at a point."""

    point_id: Annotated[str, StringConstraints(max_length=20)] = ""
    weekday: Typed = ""
    opens: Typed = ""
    closes: Typed = ""
    capacity: Typed = ""


class RunDraft(Payload):
    """A pickup run; moments as inputs of local times send them."""

    name: Annotated[str, StringConstraints(max_length=1000)] = ""
    day: Typed = ""
    closes_at: Typed = ""
    fee: Typed = ""
    orders: Typed = ""
    kilograms: Typed = ""


class StopDraft(Payload):
    """A stop of a run."""

    stop_name: Annotated[str, StringConstraints(max_length=1000)] = ""
    street: Annotated[str, StringConstraints(max_length=1000)] = ""
    opens: Typed = ""
    closes: Typed = ""
