"""What is limited: orders of a day, of a window at a pickup point, and what a run can carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from marketplace.base.errors import DomainError
from marketplace.base.text import Text


class SlotFull(DomainError):
    """Others were faster: as many as fit have taken this day, window or run."""

    code = "delivery_full"
    status = 409
    message = Text(
        "Ngày, giờ nhận này vừa đủ đơn. Hãy xem lại và chọn ngày, giờ khác.",
        "This day or time has just filled up. Review again and choose another one.",
    )


@dataclass(frozen=True, slots=True)
class SlotWanted:
    """Something limited, by its lasting code, with how many orders and grams fit into it; None where that is not limited."""

    code: str
    orders_room: int | None
    grams_room: int | None = None


def day_slot(seller_id: int, day: date) -> str:
    """The code of the orders that a seller makes ready on one day."""
    return f"day.{seller_id}.{day:%Y%m%d}"


def day_of_slot(code: str) -> tuple[int, date]:
    """The seller and the day of such a code."""
    _, seller_id, day = code.split(".")
    return int(seller_id), date.fromisoformat(day)


def window_code(window_id: int, day: date) -> str:
    """The code by which a buyer chooses a window on one day; it stays what it is."""
    return f"point-{window_id}-{day:%Y%m%d}"


def window_slot(window_id: int, day: date) -> str:
    """The code of a window of a pickup point on one day."""
    return f"window.{window_id}.{day:%Y%m%d}"
