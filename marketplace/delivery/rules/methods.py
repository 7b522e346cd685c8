"""Ways of delivery: who carries, how far, for how much."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from marketplace.base.errors import DomainError
from marketplace.base.text import Text


class MethodKind(StrEnum):
    """Who carries the goods."""

    PICKUP = "pickup"
    OWN = "own"
    CARRIER = "carrier"
    RUN = "run"


class Zone(StrEnum):
    """How far a method reaches: from the seller's commune, or to the communes it names."""

    NAMED = "named"
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


class BelowMinimumOrder(DomainError):
    """The goods of one seller are worth less than the seller asks for."""

    code = "below_minimum_order"
    message = Text(
        "{store} nhận đơn từ {minimum} tiền hàng. Hãy thêm {missing} nữa, hoặc bỏ hàng của gian hàng này.",
        "{store} takes orders from {minimum} of goods. Add {missing} more, or remove its goods.",
    )


class TooManyMethods(DomainError):
    """More ways of delivery than a buyer could choose between."""

    code = "too_many_methods"
    message = Text(
        "Mỗi gian hàng có tối đa {most} cách giao. Hãy sửa một cách đang có, hoặc bỏ bớt.",
        "A shop has at most {most} ways of delivery. Change one of them, or remove one.",
    )


class TravelInvalid(DomainError):
    """Not a span of days in which goods arrive."""

    code = "travel_invalid"
    message = Text(
        "Số ngày từ 0 đến {longest}, ngày sớm nhất không sau ngày muộn nhất.",
        "Days are from 0 to {longest}, the earliest not after the latest.",
    )


class MethodUnknown(DomainError):
    """The chosen method is not one the seller offers to this commune."""

    code = "delivery_method_unknown"
    message = Text("Hãy chọn lại cách giao hàng.", "Choose a delivery method again.")


METHOD_LABELS: dict[MethodKind, Text] = {
    MethodKind.PICKUP: Text("Tự đến lấy", "Pick up yourself"),
    MethodKind.OWN: Text("Người bán giao", "Delivered by the seller"),
    MethodKind.CARRIER: Text("Đơn vị vận chuyển", "Carrier"),
    MethodKind.RUN: Text("Chuyến gom về xã, phường", "Pickup run to your commune"),
}

REACH_LABELS: dict[Zone, Text] = {
    Zone.NAMED: Text("đến xã, phường đã chọn", "to chosen communes"),
    Zone.COMMUNE: Text("trong xã, phường", "within the commune"),
    Zone.PROVINCE: Text("trong tỉnh, thành phố", "within the province"),
    Zone.COUNTRY: Text("cả nước", "nationwide"),
}

KILOGRAM = 1000
SAME_DAY_HOURS = 12
MOST_METHODS = 12
MOST_COMMUNES = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A commune and its province, by code."""

    commune: str
    province: str


def reaches(zone: Zone, origin: Place, destination: Place, named: Collection[str] = ()) -> bool:
    """Whether a method of this zone, starting at `origin`, gets to `destination`; `named` are the communes it names."""
    match zone:
        case Zone.NAMED:
            return destination.commune in named
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


def read_travel(days_from: str, days_to: str, *, longest: int, field: str) -> tuple[int, int]:
    """How many days goods travel at least and at most, as typed; raises TravelInvalid."""
    typed = days_from.strip(), days_to.strip() or days_from.strip()
    if not all(part.isascii() and part.isdigit() and len(part) <= 3 for part in typed):
        raise TravelInvalid(field=field, longest=longest)
    least, most = int(typed[0]), int(typed[1])
    if not least <= most <= longest:
        raise TravelInvalid(field=field, longest=longest)
    return least, most


def cutoff_text(time: str) -> Text:
    """Until when orders count as of the same day: `đặt trước 15:00`."""
    return Text(f"đặt trước {time}", f"order by {time}")
