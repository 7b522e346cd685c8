"""Rules of sellers: kinds, states and allowed moves."""

from __future__ import annotations

from enum import StrEnum


class SellerKind(StrEnum):
    """The legal form of a seller; decides tax and how it counts in statistics."""

    FARM = "farm"
    HOUSEHOLD = "household"
    COOPERATIVE = "cooperative"
    ENTERPRISE = "enterprise"


class SellerStatus(StrEnum):
    """Where a seller stands with the province's staff."""

    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    SUSPENDED = "suspended"


class MemberRole(StrEnum):
    """What a person may do for a seller."""

    OWNER = "owner"
    STAFF = "staff"
