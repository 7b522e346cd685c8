"""Rules of delivery: who carries, how far, for how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from marketplace.base.errors import DomainError
from marketplace.base.text import Text


class MethodKind(StrEnum):
    """Who carries the goods."""

    PICKUP = "pickup"
    OWN = "own"
    CARRIER = "carrier"


class Zone(StrEnum):
    """How far a method reaches from the seller's commune."""

    COMMUNE = "commune"
    PROVINCE = "province"
    COUNTRY = "country"


class Unreachable(DomainError):
    """No delivery method of the seller reaches the buyer's commune."""

    code = "unreachable"
    message = Text(
        "{store} chưa giao đến xã, phường này. Hãy bỏ hàng của gian hàng này hoặc chọn nơi nhận khác.",
        "{store} does not deliver to this commune yet. Remove its goods or choose another place.",
    )


class TooFar(Unreachable):
    """Every delivery of the seller takes longer than its fresh goods may travel."""

    code = "too_far"
    message = Text(
        "{store} có hàng tươi phải tới trong {hours} giờ, chưa có chuyến giao kịp đến xã, phường này. Hãy bỏ món đó hoặc chọn "
        "nơi nhận khác.",
        "{store} has fresh goods that must arrive within {hours} hours, and no delivery to this commune is fast enough. Remove "
        "them or choose another place.",
    )


class MethodUnknown(DomainError):
    """The chosen method is not one the seller offers to this commune."""

    code = "delivery_method_unknown"
    message = Text("Hãy chọn lại cách giao hàng.", "Choose a delivery method again.")


METHOD_LABELS: dict[MethodKind, Text] = {
    MethodKind.PICKUP: Text("Tự đến lấy", "Pick up yourself"),
    MethodKind.OWN: Text("Người bán giao", "Delivered by the seller"),
    MethodKind.CARRIER: Text("Đơn vị vận chuyển", "Carrier"),
}

REACH_LABELS: dict[Zone, Text] = {
    Zone.COMMUNE: Text("trong xã, phường", "within the commune"),
    Zone.PROVINCE: Text("trong tỉnh, thành phố", "within the province"),
    Zone.COUNTRY: Text("cả nước", "nationwide"),
}

WEEKDAYS: tuple[Text, ...] = (
    Text("thứ Hai", "Monday"),
    Text("thứ Ba", "Tuesday"),
    Text("thứ Tư", "Wednesday"),
    Text("thứ Năm", "Thursday"),
    Text("thứ Sáu", "Friday"),
    Text("thứ Bảy", "Saturday"),
    Text("Chủ nhật", "Sunday"),
)
"""Days of the week as `date.weekday` counts them."""

KILOGRAM = 1000
SAME_DAY_HOURS = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A commune and its province, by code."""

    commune: str
    province: str


def reaches(zone: Zone, origin: Place, destination: Place) -> bool:
    """Whether a method of this zone, starting at `origin`, gets to `destination`."""
    match zone:
        case Zone.COMMUNE:
            return origin.commune == destination.commune
        case Zone.PROVINCE:
            return origin.province == destination.province
        case Zone.COUNTRY:
            return True


def in_time(kind: MethodKind, days_to: int, reach_hours: int | None) -> bool:
    """Whether goods that must arrive within some hours do; who fetches them decides alone when."""
    if reach_hours is None or kind is MethodKind.PICKUP:
        return True
    return (days_to * 24 or SAME_DAY_HOURS) <= reach_hours


def fee(*, base_fee: int, kilogram_fee: int, free_above: int | None, goods_total: int, grams: int) -> int:
    """Đồng for a parcel: base fee plus a fee for each started kilogram after the first, free from a goods total on."""
    if free_above is not None and goods_total >= free_above:
        return 0
    return base_fee + kilogram_fee * (_started(grams) - 1)


def lighter_fee(agreed: int, kilogram_fee: int, *, grams: int, lighter: int) -> int:
    """Đồng for a parcel that turned out lighter: the agreed fee without the started kilograms saved; it never rises."""
    saved = max(0, _started(grams) - _started(lighter))
    return max(0, agreed - kilogram_fee * saved)


def _started(grams: int) -> int:
    return max(1, -(-grams // KILOGRAM))


def days_text(days_from: int, days_to: int) -> Text:
    """When the goods arrive, in words."""
    if days_to == 0:
        return Text("trong ngày", "the same day")
    if days_from == days_to:
        return Text(f"sau {days_to} ngày", f"in {days_to} day{'s' if days_to > 1 else ''}")
    return Text(f"{days_from}–{days_to} ngày", f"{days_from}–{days_to} days")


def arrival_text(earliest: date, latest: date) -> Text:
    """The days on which goods arrive: `thứ Năm 26/11 đến thứ Bảy 28/11/2026`, or the one day."""
    first, last = WEEKDAYS[earliest.weekday()], WEEKDAYS[latest.weekday()]
    if earliest == latest:
        return Text(f"{last.vi} {latest:%d/%m/%Y}", f"{last.en} {latest:%d/%m/%Y}")
    return Text(
        f"{first.vi} {earliest:%d/%m} đến {last.vi} {latest:%d/%m/%Y}",
        f"{first.en} {earliest:%d/%m} to {last.en} {latest:%d/%m/%Y}",
    )


def arrival(ordered_on: date, answered_by: date, days_from: int, days_to: int) -> tuple[date, date]:
    """First and last day on which goods arrive: a delivery's days count from the seller's acceptance, on the day of
    ordering at the earliest and at the seller's deadline at the latest.
    """
    return ordered_on + timedelta(days=days_from), answered_by + timedelta(days=days_to)
