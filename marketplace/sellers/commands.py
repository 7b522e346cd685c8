"""What people send to open a shop, parsed before use."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from marketplace.base.inputs import Payload
from marketplace.sellers.rules import SellerKind


class ApplyCommand(Payload):
    """An application for a shop, as typed; the service reads each entry strictly."""

    kind: SellerKind
    shop_name: str = Field(default="", max_length=1000)
    legal_name: str = Field(default="", max_length=1000)
    """Left empty, the shop's name is meant."""
    commune: str = Field(default="", max_length=5)
    street: str = Field(default="", max_length=1000)
    phone: str = Field(default="", max_length=40)
    tax_code: str = Field(default="", max_length=40)
    bank: str = Field(default="", max_length=6)
    """Of an account for payouts either all is said or nothing."""
    bank_account: str = Field(default="", max_length=40)
    bank_holder: str = Field(default="", max_length=1000)


@dataclass(frozen=True, slots=True)
class ShopDraft:
    """The page of a shop as typed; `hours` from Monday, days counted from 0."""

    story: str = ""
    theme: str = ""
    position: str = ""
    hours: tuple[tuple[str, str], ...] = ()
    delivery_days: tuple[int, ...] = ()
