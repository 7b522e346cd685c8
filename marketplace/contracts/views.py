"""Contracts as their parties, and as the public, see them."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.contracts.rules import Clause


@dataclass(frozen=True, slots=True)
class ContractView:
    """A contract for its parties."""

    code: str
    state: str
    terms_hash: str
    offered_at: str
    concluded_at: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class VerificationView:
    """What anybody may know of a contract: whether it is genuine and in which state, nothing private."""

    code: str = ""
    known: bool = False
    genuine: bool = False
    state: str = ""
    state_text: str = ""
    store_name: str = ""
    offered_at: str = ""
    concluded_at: str = ""
    ended_at: str = ""
    template_version: str = ""
    terms_hash: str = ""
    evidence_count: int = 0
    evidence_text: str = ""
    level: str = ""
