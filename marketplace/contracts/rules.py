"""Rules of contracts: states, canonical form, evidence."""

from __future__ import annotations

from enum import StrEnum


class ContractState(StrEnum):
    """The life of a contract."""

    DRAFT = "draft"
    OFFERED = "offered"
    CONCLUDED = "concluded"
    PERFORMED = "performed"
    AMENDED = "amended"
    TERMINATED = "terminated"
    LAPSED = "lapsed"
