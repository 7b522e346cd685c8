"""Tables of contracts and of the evidence kept on each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.base.columns import choice, dong, identity, maybe_moment, moment, one_of, reference
from marketplace.base.schema import append_only
from marketplace.contracts.rules import ContractState


class Contract(SQLModel, table=True):
    """The contract of one order. `terms` is what was shown and accepted; `terms_hash` its SHA-256 in canonical form."""

    __tablename__ = "contract"
    __table_args__ = (
        one_of("state", ContractState),
        CheckConstraint("final_total BETWEEN 0 AND total", name="final_total_not_above"),
        # Statistics count over the first without touching the rows, and ask the second of each seller.
        Index("ix_contract_concluded", "concluded_at", "seller_id"),
        Index("ix_contract_seller_concluded", "seller_id", "concluded_at"),
    )

    id: int = identity()
    code: str = Field(unique=True, max_length=24)
    order_id: int = reference("seller_order.id", unique=True)
    seller_id: int = reference("seller.id", index=False)
    state: ContractState = choice(index=True)
    template_version: str = Field(max_length=16)
    terms: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    terms_hash: str = Field(max_length=64)
    total: int = dong()
    offered_at: datetime = moment()
    lapses_at: datetime = moment()
    concluded_at: datetime | None = maybe_moment()
    ended_at: datetime | None = maybe_moment()
    final_total: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    """What it came to when goods paid by weight were weighed; never above `total`."""


class ContractEvent(SQLModel, table=True):
    """One entry of a contract's evidence, hashed over the one before."""

    __tablename__ = "contract_event"
    __table_args__ = (UniqueConstraint("contract_id", "sequence"),)

    id: int = identity()
    contract_id: int = reference("contract.id", index=False)
    sequence: int
    kind: str = Field(max_length=32)
    at: datetime = moment()
    actor: str = Field(max_length=64)
    detail: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class ContractDocument(SQLModel, table=True):
    """A sealed PDF of a contract in one of its states, before or after its goods were weighed, kept by its SHA-256."""

    __tablename__ = "contract_document"
    __table_args__ = (UniqueConstraint("contract_id", "state", "weighed"), one_of("state", ContractState))

    id: int = identity()
    contract_id: int = reference("contract.id", index=False)
    state: ContractState = choice()
    sha256: str = Field(unique=True, max_length=64)
    media_key: str = Field(max_length=100)
    created_at: datetime = moment()
    weighed: bool = False
    """Whether it was made after the goods were weighed, with what they came to."""


append_only(ContractEvent)
