"""Rules of accounts: roles and what they allow."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an account may do beyond shopping; sellers' rights are in `seller_member`."""

    PROVINCE_STAFF = "province_staff"
    COMMUNE_STAFF = "commune_staff"
    DIGITAL_TEAM = "digital_team"
    OPERATOR = "operator"
