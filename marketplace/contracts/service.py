"""Use cases of contracts: formation, end, evidence, verification."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from marketplace.base import clock, db, outbox
from marketplace.base.crypto import new_code
from marketplace.base.errors import Conflict, NotFound
from marketplace.base.history import record_beginnings, record_move
from marketplace.base.state_machine import move
from marketplace.base.text import Locale
from marketplace.contracts import template, weighing
from marketplace.contracts.models import Contract, ContractEvent
from marketplace.contracts.rules import (
    CONTRACT_MOVES,
    STATE_LABELS,
    ContractState,
    EventKind,
    Evidence,
    Record,
    next_evidence,
    record_fault,
)
from marketplace.contracts.views import ContractView, VerificationView

LEVEL = "L1"
BATCH = 500


def new_contract_code() -> str:
    """A readable code nobody can guess: 16 letters and digits, 78 bits."""
    return "HD-" + "-".join(new_code(4) for _ in range(4))


@dataclass(frozen=True, slots=True)
class Offered:
    """What a buyer offers one seller: the terms that were shown, their hash, and until when the offer binds."""

    order_id: int
    order_number: str
    seller_id: int
    terms: Mapping[str, Any]
    terms_hash: str
    accept_by: datetime


def offer(session: Session, offers: Sequence[Offered], now: datetime, actor: str) -> list[str]:
    """A buyer offers: each contract as it was shown, and that the buyer accepted it; returns their codes in order.

    Raises ValueError when a deadline is not what its terms promise.
    """
    for offered in offers:
        if offered.accept_by != now + timedelta(hours=offered.terms["acceptance_hours"]):
            raise ValueError("the deadline is not the one in the terms")
    made = [
        Contract(
            code=new_contract_code(),
            order_id=offered.order_id,
            seller_id=offered.seller_id,
            state=ContractState.OFFERED,
            template_version=offered.terms["version"],
            terms=dict(offered.terms),
            terms_hash=offered.terms_hash,
            total=offered.terms["total"],
            offered_at=now,
            lapses_at=offered.accept_by,
        )
        for offered in offers
    ]
    session.add_all(made)
    session.flush()
    evidence = []
    for offered, contract in zip(offers, made, strict=True):
        digest = {"terms_hash": contract.terms_hash, "order": offered.order_number}
        shown = next_evidence(contract.code, None, EventKind.SHOWN, now, actor, digest)
        accepted = next_evidence(contract.code, shown, EventKind.ACCEPTED_BY_BUYER, now, actor, digest)
        evidence += [_event(contract, shown), _event(contract, accepted)]
    db.add_rows(session, evidence)
    record_beginnings(session, "contract", [contract.id for contract in made], ContractState.OFFERED, now)
    return [contract.code for contract in made]


def conclude(session: Session, order_id: int, by_account_id: int | None, now: datetime) -> None:
    """The seller's acceptance reaches the buyer: the contract is concluded (Civil Code, article 400)."""
    contract = _of_order(session, order_id)
    # Past its deadline an offer can no longer be accepted, even before the sweeper marks it.
    move(CONTRACT_MOVES, state_at(contract, now), ContractState.CONCLUDED)
    _end(session, contract, ContractState.CONCLUDED, EventKind.ACCEPTED_BY_SELLER, now, by_account_id)
    contract.concluded_at = now


def lapse(
    session: Session, order_id: int, reason: str, now: datetime, *, actor: str, by_account_id: int | None = None
) -> None:
    """The offer was not accepted in time, or was withdrawn by the buyer or refused by the seller before.

    The evidence says why and by whom (`actor`, who may be a guest).
    """
    contract = _of_order(session, order_id)
    detail = {"reason": reason}
    _end(session, contract, ContractState.LAPSED, EventKind.LAPSED, now, by_account_id, detail, actor)
    contract.ended_at = now


def weigh(
    session: Session,
    order_id: int,
    grams: Mapping[str, int],
    *,
    delivery_fee: int,
    total: int,
    now: datetime,
    by_account_id: int | None,
) -> None:
    """Goods paid by weight were weighed, in grams by stock keeping unit: what the contract comes to enters its evidence.

    Raises Conflict unless it is concluded and was not weighed before, ValueError when `total` is not what the terms make of it.
    """
    contract = _of_order(session, order_id)
    if contract.state != ContractState.CONCLUDED or contract.final_total is not None:
        raise Conflict
    detail = weighing.settled(contract.terms, grams, delivery_fee)
    if detail["total"] != total:
        raise ValueError("the order comes to another sum than its contract")
    contract.final_total = total
    session.add(contract)
    _append(session, contract, EventKind.WEIGHED, now, _actor(by_account_id), detail)
    outbox.emit(session, "contract.weighed", {"contract_id": contract.id, "order_id": contract.order_id}, now)


def terminate(session: Session, order_id: int, reason: str, now: datetime, by_account_id: int | None) -> None:
    """A concluded contract ends before it was performed."""
    contract = _of_order(session, order_id)
    _end(session, contract, ContractState.TERMINATED, EventKind.TERMINATED, now, by_account_id, {"reason": reason})
    contract.ended_at = now


def perform(session: Session, order_id: int, now: datetime) -> None:
    """Goods and money have changed hands."""
    contract = _of_order(session, order_id)
    _end(session, contract, ContractState.PERFORMED, EventKind.PERFORMED, now, None)
    contract.ended_at = now


def contract_for_party(session: Session, order_id: int, locale: Locale) -> ContractView:
    """The whole contract of an order, for those whom orders let in."""
    contract = _of_order(session, order_id, lock=False)
    return ContractView(
        code=contract.code,
        state=ContractState(contract.state).value,
        terms_hash=contract.terms_hash,
        offered_at=clock.show_time(contract.offered_at),
        concluded_at=clock.show_time(contract.concluded_at) if contract.concluded_at else "",
        clauses=tuple(template.clauses(contract.terms, locale)),
    )


def order_of(session: Session, code: str) -> int:
    """The order behind a contract's code; raises NotFound."""
    order_id = session.exec(select(Contract.order_id).where(Contract.code == code)).first()
    if order_id is None:
        raise NotFound
    return order_id


def codes_of(session: Session, order_ids: Collection[int]) -> dict[int, str]:
    """The codes of the contracts of orders, by order."""
    found = session.execute(select(Contract.order_id, Contract.code).where(col(Contract.order_id).in_(order_ids)))
    return {row.order_id: row.code for row in found}


def verification(session: Session, code: str, locale: Locale, now: datetime) -> VerificationView:
    """Whether a contract is genuine, for anybody; an unknown code answers in the same shape."""
    found = recorded(session, code)
    if found is None:
        return VerificationView(code=code[:40])
    contract, entries = found
    state = state_at(contract, now)
    genuine = holds(contract, entries)
    return VerificationView(
        code=contract.code,
        known=True,
        genuine=genuine,
        state=state.value,
        state_text=STATE_LABELS[state].say(locale),
        # Whatever stands in terms that were tampered with is not passed on.
        store_name=contract.terms["seller"]["store"] if genuine else "",
        offered_at=clock.show_time(contract.offered_at),
        concluded_at=clock.show_time(contract.concluded_at) if contract.concluded_at else "",
        ended_at=clock.show_time(contract.ended_at) if contract.ended_at else "",
        template_version=contract.template_version,
        terms_hash=contract.terms_hash,
        evidence_count=len(entries),
        evidence_text=str(len(entries)),
        level=LEVEL,
    )


def faults(session: Session) -> Iterator[str]:
    """Every contract whose terms or evidence no longer hold, in words; streams over all of them."""
    last = 0
    while True:
        batch = session.exec(
            select(Contract).where(col(Contract.id) > last).order_by(col(Contract.id)).limit(BATCH)
        ).all()
        if not batch:
            return
        entries: dict[int, list[Evidence]] = {}
        rows = session.exec(
            select(ContractEvent)
            .where(col(ContractEvent.contract_id).in_([contract.id for contract in batch]))
            .order_by(col(ContractEvent.contract_id), col(ContractEvent.sequence))
        ).all()
        for row in rows:
            entries.setdefault(row.contract_id, []).append(_evidence(row))
        for contract in batch:
            fault = record_fault(_record(contract), entries.get(contract.id, []))
            # It may have moved on between the two questions; asked at once, record and evidence are of one moment.
            if fault is not None and (found := recorded(session, contract.code)) is not None:
                fault = record_fault(_record(found[0]), found[1])
            if fault is not None:
                yield f"{contract.code}: {fault}"
        last = batch[-1].id
        session.expunge_all()


def recorded(session: Session, code: str) -> tuple[Contract, list[Evidence]] | None:
    """A contract and its evidence as of one moment, in one question; None for an unknown code."""
    rows = session.exec(
        select(Contract, ContractEvent)
        .outerjoin(ContractEvent, col(ContractEvent.contract_id) == col(Contract.id))
        .where(Contract.code == code)
        .order_by(col(ContractEvent.sequence))
        .execution_options(populate_existing=True)
    ).all()
    if not rows:
        return None
    # An outer join leaves the entry out where all were removed, which its type does not say.
    entries: list[ContractEvent | None] = [entry for _, entry in rows]
    return rows[0][0], [_evidence(entry) for entry in entries if entry is not None]


def evidence_of(session: Session, contract_id: int | None) -> list[Evidence]:
    """A contract's evidence in order."""
    rows = session.exec(
        select(ContractEvent).where(ContractEvent.contract_id == contract_id).order_by(col(ContractEvent.sequence))
    ).all()
    return [_evidence(row) for row in rows]


def holds(contract: Contract, entries: Sequence[Evidence]) -> bool:
    """Whether terms, moments and evidence are still what was recorded."""
    return record_fault(_record(contract), entries) is None


def state_at(contract: Contract, now: datetime) -> ContractState:
    """A contract's state, whether or not the sweeper came by."""
    state = ContractState(contract.state)
    # An offer past its deadline has lapsed whether or not the sweeper came by.
    return ContractState.LAPSED if state is ContractState.OFFERED and now >= contract.lapses_at else state


def _record(contract: Contract) -> Record:
    return Record(
        code=contract.code,
        state=ContractState(contract.state),
        template_version=contract.template_version,
        terms=contract.terms,
        terms_hash=contract.terms_hash,
        total=contract.total,
        offered_at=contract.offered_at,
        lapses_at=contract.lapses_at,
        concluded_at=contract.concluded_at,
        ended_at=contract.ended_at,
        final_total=contract.final_total,
    )


def _of_order(session: Session, order_id: int, *, lock: bool = True) -> Contract:
    statement = select(Contract).where(Contract.order_id == order_id)
    if lock:
        # What the session may hold of it since before the lock was ours can be out of date.
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.exec(statement).one()


def _end(
    session: Session,
    contract: Contract,
    target: ContractState,
    kind: EventKind,
    now: datetime,
    by_account_id: int | None,
    detail: Mapping[str, Any] | None = None,
    actor: str | None = None,
) -> None:
    before = ContractState(contract.state)
    contract.state = move(CONTRACT_MOVES, before, target)
    session.add(contract)
    _append(session, contract, kind, now, actor or _actor(by_account_id), detail or {})
    record_move(
        session, "contract", contract.id, from_state=before, to_state=target, at=now, by_account_id=by_account_id
    )
    payload = {"contract_id": contract.id, "order_id": contract.order_id}
    outbox.emit(session, f"contract.{target.value}", payload, now)


def _actor(by_account_id: int | None) -> str:
    return "platform" if by_account_id is None else f"account:{by_account_id}"


def _append(
    session: Session, contract: Contract, kind: EventKind, now: datetime, actor: str, detail: Mapping[str, Any]
) -> None:
    entries = evidence_of(session, contract.id)
    said = {"terms_hash": contract.terms_hash, **detail}
    session.add(_event(contract, next_evidence(contract.code, entries[-1], kind, now, actor, said)))


def _event(contract: Contract, entry: Evidence) -> ContractEvent:
    return ContractEvent(
        contract_id=contract.id,
        sequence=entry.sequence,
        kind=entry.kind,
        at=entry.at,
        actor=entry.actor,
        detail=dict(entry.detail),
        previous_hash=entry.previous_hash,
        hash=entry.hash,
    )


def _evidence(row: ContractEvent) -> Evidence:
    return Evidence(row.sequence, row.kind, row.at, row.actor, row.detail, row.previous_hash, row.hash)
