"""Rules of lots: when a harvest was safe, which lot goes first, what a correction records.

A lot number follows GS1's batch or lot number, application identifier (10): at most twenty signs. What is kept
follows the principles of Circular 02/2024/TT-BKHCN, article 6: one step back (the plot, what was used on it, who
harvested and packed) and one step forward (the order lines), key data kept available.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum

from marketplace.base.errors import DomainError
from marketplace.base.money import round_half_up
from marketplace.base.quantity import THOUSAND
from marketplace.base.text import Text
from marketplace.lots.commands import LotDraft

LONGEST_LOT_NUMBER = 20
LONGEST_AREA_CODE = 30
LONGEST_LINE = 120
LONGEST_INPUTS = 1000
LONGEST_REASON = 300
LONGEST_ADVICE = 600
MOST_WAITING_DAYS = 365
MOST_TESTS = 12
LARGEST_GRAMS = 10**12
PASSPORT_CODE = 10
"""Signs of a passport's code, of thirty each: about 49 random bits."""

_LOT_NUMBER = re.compile(r"[A-Z0-9](?:[A-Z0-9./_-]*[A-Z0-9])?")


class LotState(StrEnum):
    """Whether more may be packed of a lot."""

    OPEN = "open"
    CLOSED = "closed"
    RECALLED = "recalled"


LOT_MOVES: Mapping[LotState, frozenset[LotState]] = {
    LotState.OPEN: frozenset({LotState.CLOSED, LotState.RECALLED}),
    LotState.CLOSED: frozenset({LotState.OPEN, LotState.RECALLED}),
}
"""Nothing leads back from a recall."""

LOT_LABELS: Mapping[LotState, Text] = {
    LotState.OPEN: Text("Đang bán", "On sale"),
    LotState.CLOSED: Text("Đã ngưng", "Closed"),
    LotState.RECALLED: Text("Đã thu hồi", "Recalled"),
}


class RecallChannel(StrEnum):
    """How a buyer was reached about a recall."""

    PAGE = "page"
    PHONE = "phone"


CHANNEL_LABELS: Mapping[RecallChannel, Text] = {
    RecallChannel.PAGE: Text("Trang đơn hàng", "Order page"),
    RecallChannel.PHONE: Text("Điện thoại", "Phone"),
}


class HarvestTooEarly(DomainError):
    """The waiting days after the last spray were not over: such goods must not be sold, and nobody can allow it."""

    code = "harvest_too_early"
    message = Text(
        "Thu hoạch khi chưa hết thời gian cách ly: phun ngày {sprayed}, cách ly {days} ngày, sớm nhất là {earliest}. "
        "Hàng này không được bán; nếu ghi nhầm ngày, hãy sửa lại.",
        "Harvested within the waiting days: sprayed on {sprayed}, {days} days to wait, {earliest} at the earliest. "
        "These goods must not be sold; if a day was mistyped, mend it.",
    )


class WaitingDaysMissing(DomainError):
    """A spray without its waiting days, or waiting days without a spray, says nothing."""

    code = "waiting_days_missing"
    message = Text(
        "Đã ghi lần phun cuối thì ghi cả số ngày cách ly trên nhãn thuốc, và ngược lại.",
        "With the last spray, enter the waiting days its label gives, and the other way round.",
    )


class LotNumberUnreadable(DomainError):
    """A lot number that no label can carry."""

    code = "lot_number_unreadable"
    message = Text(
        "Số lô chỉ gồm chữ không dấu, số và . / - _, nhiều nhất 20 ký tự, ví dụ XC-2611-01.",
        "A lot number has plain letters, digits and . / - _ only, at most 20, for example XC-2611-01.",
    )


class LotNumberTaken(DomainError):
    """The seller has such a lot already."""

    code = "lot_number_taken"
    status = 409
    message = Text(
        "Gian hàng đã có lô {number}. Hãy chọn số khác.", "The shop has a lot {number} already. Choose another number."
    )


class HarvestToCome(DomainError):
    """What is not harvested yet has no lot."""

    code = "harvest_to_come"
    message = Text("Ngày thu hoạch chưa tới.", "The day of the harvest is still to come.")


class DaysOutOfOrder(DomainError):
    """Days that cannot follow each other."""

    code = "days_out_of_order"
    message = Text(
        "Các ngày phải theo thứ tự: gieo trồng, thu hoạch, đóng gói, hết hạn.",
        "Days come in this order: sown, harvested, packed, best before.",
    )


class CorrectionNeedsReason(DomainError):
    """What buyers have read is corrected in the open."""

    code = "correction_needs_reason"
    message = Text(
        "Lô này đã bán: bản cũ được giữ bên cạnh bản mới. Hãy ghi lý do đính chính.",
        "This lot was sold from: the old entry stays beside the new one. Say why it is corrected.",
    )


class LessThanSold(DomainError):
    """A harvest cannot be smaller than what was sold of it."""

    code = "less_than_sold"
    message = Text("Lô này đã bán {sold} kg.", "{sold} kg of this lot were sold.")


class LotUnfit(DomainError):
    """The lot cannot be packed: closed, recalled, past its day, or of other goods."""

    code = "lot_unfit"
    status = 409
    message = Text(
        "Lô đã chọn không đóng gói được nữa. Hãy chọn lô khác.", "This lot can no longer be packed. Choose another one."
    )


class LotSpent(DomainError):
    """Less is left of the lot than the line needs."""

    code = "lot_spent"
    status = 409
    message = Text(
        "Lô {number} chỉ còn {left} kg, món này cần {needed} kg. Hãy chọn lô khác, hoặc đính chính sản lượng của lô.",
        "Only {left} kg of lot {number} are left, {needed} kg are needed. Choose another lot, or correct its harvest.",
    )


class NoLotToPack(DomainError):
    """Of these goods only a recalled lot is on record: what replaces it is entered before it is packed."""

    code = "no_lot_to_pack"
    status = 409
    message = Text(
        "Lô của “{name}” đã bị thu hồi. Hãy ghi lô của hàng thay thế trước khi đóng gói.",
        "The lot of “{name}” was recalled. Enter the lot of the goods that replace it before packing.",
    )


class PackedFromRecalled(DomainError):
    """Goods of a recalled lot do not leave."""

    code = "packed_from_recalled"
    status = 409
    message = Text(
        "Đơn này đóng gói từ lô {number} đã thu hồi, không được giao. Hãy đóng gói lại từ lô khác, hoặc huỷ đơn.",
        "This order was packed from the recalled lot {number} and must not leave. Pack it anew, or give it up.",
    )


class TooManyTests(DomainError):
    """More tests than anybody reads."""

    code = "too_many_tests"
    message = Text("Nhiều nhất {limit} phiếu kiểm nghiệm.", "At most {limit} tests.")


@dataclass(frozen=True, slots=True)
class LotStock:
    """What choosing a lot needs to know; `left` in grams."""

    id: int
    state: LotState
    harvested_on: date
    expires_on: date | None
    left: int


@dataclass(frozen=True, slots=True)
class Change:
    """One corrected entry; values as plain text, days as `2026-01-05`, empty for none."""

    field: str
    before: str
    after: str


def read_lot_number(typed: str) -> str:
    """A lot number as labels carry it: capitals, no spaces; raises LotNumberUnreadable."""
    number = typed.strip().upper()
    if len(number) > LONGEST_LOT_NUMBER or _LOT_NUMBER.fullmatch(number) is None:
        raise LotNumberUnreadable(field="number")
    return number


def safe_from(last_sprayed_on: date, waiting_days: int) -> date:
    """The first day goods may be harvested: sprayed on the 1st with seven days to wait, the 8th."""
    return last_sprayed_on + timedelta(days=waiting_days)


def check_waiting(last_sprayed_on: date | None, waiting_days: int | None, harvested_on: date) -> None:
    """Raise WaitingDaysMissing unless both or neither is known, HarvestTooEarly before the waiting days are over.

    The pre-harvest interval (thời gian cách ly, PHI) stands on every plant protection product's label; it must
    be kept by the Law on Plant Protection and Quarantine 41/2013/QH13.
    """
    if (last_sprayed_on is None) != (waiting_days is None):
        raise WaitingDaysMissing(field="waiting_days" if waiting_days is None else "last_sprayed_on")
    if last_sprayed_on is None or waiting_days is None:
        return
    earliest = safe_from(last_sprayed_on, waiting_days)
    if harvested_on < earliest:
        raise HarvestTooEarly(
            field="harvested_on",
            sprayed=show_day(last_sprayed_on),
            days=waiting_days,
            earliest=show_day(earliest),
        )


def check_days(draft: LotDraft, today: date) -> None:
    """Raise HarvestToCome or DaysOutOfOrder, with the day that is wrong."""
    if draft.harvested_on > today:
        raise HarvestToCome(field="harvested_on")
    if draft.sown_on is not None and draft.sown_on > draft.harvested_on:
        raise DaysOutOfOrder(field="sown_on")
    packed_on = draft.packed_on or draft.harvested_on
    if not draft.harvested_on <= packed_on <= today:
        raise DaysOutOfOrder(field="packed_on")
    if draft.expires_on is not None and draft.expires_on < packed_on:
        raise DaysOutOfOrder(field="expires_on")


def may_be_packed(lot: LotStock, today: date) -> bool:
    """Whether goods of a lot may go into a parcel on a day in Vietnam: to the end of its last one."""
    return lot.state is LotState.OPEN and (lot.expires_on is None or today <= lot.expires_on)


def first_expired_first_out(lots: Iterable[LotStock], grams: int, today: date) -> list[LotStock]:
    """The lots that hold `grams` today, in the order in which they should go: what expires first, then the older one."""
    fit = [lot for lot in lots if may_be_packed(lot, today) and lot.left >= max(grams, 1)]
    return sorted(fit, key=lambda lot: (lot.expires_on or date.max, lot.harvested_on, lot.id))


def grams_of(quantity: int, unit_grams: int) -> int:
    """The weight of a quantity in thousandths of its unit, rounded half up."""
    return round_half_up(quantity * unit_grams, THOUSAND)


def changes(before: LotDraft, after: LotDraft) -> tuple[Change, ...]:
    """What differs between two entries of a lot, but its number: that stands on labels and never changes."""
    return tuple(
        Change(entry.name, plain(old), plain(new))
        for entry in fields(LotDraft)
        if entry.name != "number" and (old := getattr(before, entry.name)) != (new := getattr(after, entry.name))
    )


def plain(value: date | int | str | None) -> str:
    """An entry as a correction keeps it."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def show_day(day: date) -> str:
    """`05/01/2026`."""
    return day.strftime("%d/%m/%Y")
