"""Commune pickup runs: one drive for several sellers, with an order window, stops, and room for so many orders and kilograms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from marketplace.base.errors import DomainError
from marketplace.base.money import share
from marketplace.base.text import Text

LARGEST_RUN_ORDERS = 500
LARGEST_RUN_GRAMS = 5_000_000
LONGEST_AHEAD = timedelta(days=60)


class RunInvalid(DomainError):
    """A run that ends before it begins, has passed, or lies too far ahead."""

    code = "run_invalid"
    message = Text(
        "Giờ chốt đơn phải từ bây giờ trở đi và trước ngày chạy; ngày chạy trong {days} ngày tới.",
        "The cut-off is from now on and before the day of the run, which is within {days} days.",
    )


class RunLoadInvalid(DomainError):
    """Not a load that one drive carries."""

    code = "run_load_invalid"
    message = Text("Số từ 1 đến {most}.", "A number from 1 to {most}.")


class RunClosed(DomainError):
    """Orders are no longer taken for it."""

    code = "run_closed"
    status = 409
    message = Text("Chuyến này đã chốt đơn hoặc đã huỷ.", "This run takes no more orders, or was called off.")


def check_run(day: date, closes: datetime, now: datetime, *, field: str) -> None:
    """Raise RunInvalid unless orders close from now on, before the day, soon; moments in local time."""
    if not (now < closes and closes.date() < day and day - now.date() <= LONGEST_AHEAD):
        raise RunInvalid(field=field, days=LONGEST_AHEAD.days)


def read_load(typed: str, most: int, *, field: str) -> int:
    """A number of orders or kilograms; raises RunLoadInvalid."""
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and 1 <= int(text) <= most):
        raise RunLoadInvalid(field=field, most=most)
    return int(text)


def freight_shares(freight: int, grams: Mapping[int, int]) -> dict[int, int]:
    """Freight that is paid once, shared by weight over the orders (by any number) that go along; parts sum to the whole."""
    parts = share(freight, list(grams.values()))
    return dict(zip(grams, parts, strict=True))


def run_slot(run_id: int) -> str:
    """The code of what a run carries."""
    return f"run.{run_id}"


def stop_code(stop_id: int) -> str:
    """The code by which a buyer chooses a stop of a run; it stays what it is."""
    return f"run-{stop_id}"
