"""The address book: how many addresses it holds, and what refuses another one."""

from __future__ import annotations

from marketplace.base.errors import DomainError
from marketplace.base.text import Text

MOST_ADDRESSES = 20
STREET_LIMIT = 200


class CommuneNotPicked(DomainError):
    """A commune was typed but none picked, or the one picked is no more."""

    code = "commune_not_picked"
    message = Text(
        "Gõ vài chữ rồi chọn xã, phường trong danh sách.", "Type a few letters and pick the commune from the list."
    )


class TooManyAddresses(DomainError):
    """The address book is full."""

    code = "too_many_addresses"
    status = 409
    message = Text(
        "Sổ địa chỉ chứa nhiều nhất {most} nơi. Hãy bỏ bớt một nơi không còn dùng.",
        "The address book holds {most} places. Remove one you no longer use.",
    )
