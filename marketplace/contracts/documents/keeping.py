"""Makes the document of a contract once for each state and keeps it, privately, under its SHA-256."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import structlog
from sqlmodel import Session, col, select

from marketplace.base.errors import DomainError, NotFound
from marketplace.base.text import Text
from marketplace.contracts import service
from marketplace.contracts.documents import drawing, sealing
from marketplace.contracts.models import Contract, ContractDocument
from marketplace.contracts.rules import ContractState, sha256
from marketplace.settings import settings

log = structlog.get_logger()


class DocumentLost(DomainError):
    """A document is on record whose file is missing or damaged; it can be restored, not made again."""

    code = "document_lost"
    status = 503
    message = Text(
        "Tệp của hợp đồng này đang được khôi phục. Nội dung vẫn xem được trong trang đơn hàng.",
        "The file of this contract is being restored. Its text can still be read on the page of the order.",
    )


class RecordBroken(DomainError):
    """The record of a contract is no longer what was accepted; nothing is sealed that is not so."""

    code = "record_broken"
    status = 409
    message = Text(
        "Nội dung được lưu không còn khớp với lúc giao kết nên không thể đóng dấu. Hãy báo cho cơ quan quản lý.",
        "The record no longer matches what was accepted, so it cannot be sealed. Tell the authority.",
    )


def sealed(session: Session, code: str, now: datetime) -> bytes:
    """The sealed PDF of a contract in its present state, made the first time and the same bytes ever after.

    Raises NotFound, DocumentLost, RecordBroken. Takes about 50 ms the first time.
    """
    contract = session.exec(select(Contract).where(Contract.code == code)).first()
    if contract is None:
        raise NotFound
    state = service.state_at(contract, now)
    kept = _record(session, contract, state)
    if kept is None:
        # Whoever comes second waits here and then finds what the first one made.
        session.refresh(contract, with_for_update=True)
        state = service.state_at(contract, now)
        kept = _record(session, contract, state)
    if kept is not None:
        return _read(kept)
    document = _make(session, contract, state, now)
    digest = sha256(document)
    key = f"contracts/{digest}.pdf"
    _write(settings().var / key, document)
    session.add(ContractDocument(contract_id=contract.id, state=state, sha256=digest, media_key=key, created_at=now))
    session.flush()
    return document


def faults(session: Session) -> Iterator[str]:
    """Every kept document whose file is missing or changed, in words."""
    rows = session.exec(
        select(ContractDocument, Contract.code)
        .where(ContractDocument.contract_id == Contract.id)
        .order_by(col(ContractDocument.id))
    )
    for document, code in rows:
        try:
            _read(document)
        except DocumentLost:
            yield f"{code}: the document of state {ContractState(document.state).value} is missing or damaged"


def _record(session: Session, contract: Contract, state: ContractState) -> ContractDocument | None:
    return session.exec(
        select(ContractDocument).where(ContractDocument.contract_id == contract.id, ContractDocument.state == state)
    ).first()


def _make(session: Session, contract: Contract, state: ContractState, now: datetime) -> bytes:
    evidence = service.evidence_of(session, contract.id)
    if not service.holds(contract, evidence):
        log.error("refusing to seal a contract that does not hold", contract=contract.code)
        raise RecordBroken
    lapsed_unswept = state is ContractState.LAPSED and contract.ended_at is None
    drawn = drawing.draw(
        drawing.Sheet(
            code=contract.code,
            state=state,
            terms=contract.terms,
            terms_hash=contract.terms_hash,
            template_version=contract.template_version,
            offered_at=contract.offered_at,
            lapses_at=contract.lapses_at,
            concluded_at=contract.concluded_at,
            ended_at=contract.lapses_at if lapsed_unswept else contract.ended_at,
            evidence=evidence,
            made_at=now,
            address=f"{settings().public}/verify/{contract.code}",
        )
    )
    return sealing.seal(drawn, contract.code, now)


def _read(document: ContractDocument) -> bytes:
    try:
        data = (settings().var / document.media_key).read_bytes()
    except FileNotFoundError:
        log.error("a contract's document is missing", document=document.sha256)
        raise DocumentLost from None
    if sha256(data) != document.sha256:
        log.error("a contract's document was changed on disk", document=document.sha256)
        raise DocumentLost
    return data


def _write(path: Path, data: bytes) -> None:
    """A file that appears whole or not at all, for our eyes only, and survives a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
