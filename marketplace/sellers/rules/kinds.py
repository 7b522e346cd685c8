"""The legal forms of sellers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from marketplace.base.text import Text


class SellerKind(StrEnum):
    """The legal form of a seller; decides tax and how it counts in statistics."""

    FARM = "farm"
    HOUSEHOLD = "household"
    COOPERATIVE = "cooperative"
    ENTERPRISE = "enterprise"


KIND_LABELS: Mapping[SellerKind, Text] = MappingProxyType(
    {
        SellerKind.FARM: Text("Nhà vườn, trang trại", "Farm"),
        SellerKind.HOUSEHOLD: Text("Hộ kinh doanh", "Household business"),
        SellerKind.COOPERATIVE: Text("Hợp tác xã", "Co-operative"),
        SellerKind.ENTERPRISE: Text("Doanh nghiệp", "Enterprise"),
    }
)

REGISTERED = frozenset({SellerKind.COOPERATIVE, SellerKind.ENTERPRISE})
"""Kinds that exist by registration, so they always have a tax code."""
