"""The contract of an invented order with its chain of evidence, as offer and acceptance would have made it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace.base.models import Transition
from marketplace.contracts.models import Contract, ContractEvent
from marketplace.contracts.rules import ContractState, EventKind, Evidence, next_evidence, terms_hash
from marketplace.demo.life import Life
from marketplace.demo.rows import Writer

CONCLUDED, LAPSED, TERMINATED, PERFORMED = (
    ContractState.CONCLUDED,
    ContractState.LAPSED,
    ContractState.TERMINATED,
    ContractState.PERFORMED,
)


def write_contract(
    writer: Writer,
    code: str,
    *,
    order_id: int,
    order_number: str,
    seller_id: int,
    terms: Mapping[str, Any],
    weighed: Mapping[str, Any] | None,
    life: Life,
    buyer_account: int | None,
    seller_account: int | None,
    owner_account: int,
    reason: str,
) -> None:
    """Write a contract as it stands after `life`, its evidence, what its goods weighed among it, and its moves."""
    digest = terms_hash(terms)
    concluded = life.confirmed is not None
    buyer = f"account:{buyer_account}" if buyer_account else "guest"
    moves: list[tuple[ContractState, EventKind, datetime, int | None, Mapping[str, Any]]] = []
    if life.confirmed:
        moves.append((CONCLUDED, EventKind.ACCEPTED_BY_SELLER, life.confirmed, seller_account, {}))
    if life.packed and weighed is not None:
        moves.append((CONCLUDED, EventKind.WEIGHED, life.packed, owner_account, weighed))
    if life.completed:
        moves.append((PERFORMED, EventKind.PERFORMED, life.completed, None, {}))
    if life.closed and concluded:
        moves.append((TERMINATED, EventKind.TERMINATED, life.closed, seller_account, {"reason": reason}))
    elif life.closed:
        by = seller_account if life.refused else buyer_account if life.withdrawn else None
        moves.append((LAPSED, EventKind.LAPSED, life.closed, by, {"reason": reason}))
    contract_id = writer.add(
        Contract,
        code=code,
        order_id=order_id,
        seller_id=seller_id,
        state=moves[-1][0] if moves else ContractState.OFFERED,
        template_version=terms["version"],
        terms=dict(terms),
        terms_hash=digest,
        total=terms["total"],
        final_total=weighed["total"] if weighed is not None else None,
        offered_at=life.placed,
        lapses_at=life.accept_by,
        concluded_at=life.confirmed,
        ended_at=life.completed or life.closed,
    )
    offered = {"terms_hash": digest, "order": order_number}
    last: Evidence | None = None
    for kind in (EventKind.SHOWN, EventKind.ACCEPTED_BY_BUYER):
        last = _append(writer, contract_id, code, last, kind, life.placed, buyer, offered)
    _move(writer, contract_id, None, ContractState.OFFERED, life.placed, None)
    before = ContractState.OFFERED
    for state, kind, moment, account, detail in moves:
        actor = f"account:{account}" if account else buyer if life.withdrawn else "platform"
        last = _append(writer, contract_id, code, last, kind, moment, actor, {"terms_hash": digest, **detail})
        if state is not before:
            _move(writer, contract_id, before, state, moment, account)
        before = state


def _append(
    writer: Writer,
    contract_id: int,
    code: str,
    last: Evidence | None,
    kind: EventKind,
    at: datetime,
    actor: str,
    detail: Mapping[str, Any],
) -> Evidence:
    entry = next_evidence(code, last, kind, at, actor, detail)
    writer.add(
        ContractEvent,
        contract_id=contract_id,
        sequence=entry.sequence,
        kind=entry.kind,
        at=entry.at,
        actor=entry.actor,
        detail=dict(entry.detail),
        previous_hash=entry.previous_hash,
        hash=entry.hash,
    )
    return entry


def _move(
    writer: Writer, contract_id: int, before: ContractState | None, after: ContractState, at: datetime, by: int | None
) -> None:
    writer.add(
        Transition,
        subject="contract",
        subject_id=contract_id,
        from_state=before.value if before else None,
        to_state=after.value,
        by_account_id=by,
        reason=None,
        at=at,
    )
