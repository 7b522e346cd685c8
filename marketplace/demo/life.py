"""The life of an invented order: what happened when, as far as it has happened by a given moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from marketplace.orders.rules import FulfilmentStatus, OrderStatus, deadline


class Outcome(StrEnum):
    """How an order ends if time goes on."""

    COMPLETED = "completed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    BROKEN_OFF = "broken_off"
    FAILED = "failed"
    RETURNED = "returned"


OUTCOME_WEIGHTS = {
    Outcome.COMPLETED: 880,
    Outcome.LAPSED: 40,
    Outcome.WITHDRAWN: 30,
    Outcome.REFUSED: 22,
    Outcome.BROKEN_OFF: 14,
    Outcome.FAILED: 4,
    Outcome.RETURNED: 10,
}


class Stage(StrEnum):
    """Where an open order stands now."""

    PLACED = "placed"
    CONFIRMED = "confirmed"
    PACKED = "packed"
    LEFT = "left"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Life:
    """Moments of an order; None for what has not happened."""

    placed: datetime
    accept_by: datetime
    pickup: bool
    confirmed: datetime | None = None
    packed: datetime | None = None
    left: datetime | None = None
    delivered: datetime | None = None
    completed: datetime | None = None
    failed: datetime | None = None
    returned: datetime | None = None
    withdrawn: datetime | None = None
    refused: datetime | None = None
    lapsed: datetime | None = None

    def by(self, now: datetime) -> Life:
        """The life so far: what lies after `now` has not happened."""
        later = [
            field.name
            for field in fields(self)
            if field.name not in {"placed", "accept_by", "pickup"}
            and getattr(self, field.name) is not None
            and getattr(self, field.name) > now
        ]
        nothing: dict[str, Any] = dict.fromkeys(later)
        return replace(self, **nothing)

    @property
    def status(self) -> OrderStatus:
        """The state of the sale."""
        if self.completed:
            return OrderStatus.COMPLETED
        if self.lapsed:
            return OrderStatus.EXPIRED
        if self.closed:
            return OrderStatus.CANCELED
        return OrderStatus.CONFIRMED if self.confirmed else OrderStatus.PLACED

    @property
    def closed(self) -> datetime | None:
        """When it ended without being performed."""
        return self.withdrawn or self.refused or self.lapsed or self.returned

    @property
    def fulfilment(self) -> FulfilmentStatus:
        """Where the goods are."""
        return list(self.fulfilment_moves())[-1][1] if self.packed else FulfilmentStatus.PENDING

    def fulfilment_moves(self) -> Iterator[tuple[datetime, FulfilmentStatus]]:
        """The moves of the goods in order."""
        leaves = FulfilmentStatus.READY_FOR_PICKUP if self.pickup else FulfilmentStatus.SHIPPED
        for moment, state in (
            (self.packed, FulfilmentStatus.PACKED),
            (self.left, leaves),
            (self.delivered, FulfilmentStatus.DELIVERED),
            (self.failed, FulfilmentStatus.FAILED),
            (self.returned, FulfilmentStatus.RETURNED),
        ):
            if moment:
                yield moment, state


def live(random: Random, placed: datetime, hours: int, outcome: Outcome, *, automatic: bool, pickup: bool) -> Life:
    """A whole life from its first moment; the seller answers within its `hours`."""
    accept_by = deadline(placed, hours)
    life = Life(placed, accept_by, pickup)
    # All draws are made in any case, so that one order's end does not change the next order's beginning.
    answer = placed if automatic else placed + (accept_by - placed) * random.uniform(0.02, 0.7)
    packed = answer + timedelta(minutes=random.randint(30, 900))
    left = packed + timedelta(minutes=random.randint(20, 600))
    arrived = left + timedelta(minutes=random.randint(60, 1200) if pickup else random.randint(180, 4200))
    paid = arrived + timedelta(minutes=random.choice((2, 3, 5, 8, 30, 600, 1500)))
    match outcome:
        case Outcome.LAPSED if not automatic:
            return replace(life, lapsed=accept_by + timedelta(seconds=random.randint(5, 60)))
        case Outcome.WITHDRAWN if not automatic:
            return replace(life, withdrawn=answer)
        case Outcome.REFUSED if not automatic:
            return replace(life, refused=answer)
        case Outcome.BROKEN_OFF:
            return replace(life, confirmed=answer, refused=packed)
        case Outcome.FAILED:
            return replace(life, confirmed=answer, packed=packed, left=left, failed=arrived)
        case Outcome.RETURNED:
            back = arrived + timedelta(days=random.randint(1, 3))
            return replace(life, confirmed=answer, packed=packed, left=left, failed=arrived, returned=back)
    return replace(life, confirmed=answer, packed=packed, left=left, delivered=arrived, completed=paid)


def stand_at(random: Random, stage: Stage, now: datetime, hours: int, *, pickup: bool) -> Life:
    """A life that has just reached a stage; an order waiting for its answer lapses within the next hours."""
    if stage is Stage.PLACED:
        left_over = timedelta(minutes=random.randint(40, min(hours * 60 - 5, 600)))
        placed = now + left_over - timedelta(hours=hours)
        return Life(placed, deadline(placed, hours), pickup)
    reached = list(Stage).index(stage)
    gaps = [timedelta(minutes=random.randint(25, 55) * reached * 4) for _ in range(reached)]
    moment = now - timedelta(minutes=random.randint(5, 90)) - sum(gaps, timedelta())
    placed = moment - timedelta(minutes=random.randint(10, min(hours * 40, 300)))
    names = ("confirmed", "packed", "left", "delivered")
    moments: dict[str, Any] = {}
    for name, gap in zip(names, gaps, strict=False):
        moments[name] = moment
        moment += gap
    return replace(Life(placed, deadline(placed, hours), pickup), **moments)
