"""Makes the document of a contract once for each state, before and after weighing, and keeps it, privately, under its SHA-256."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
from sqlmodel import Session, col, select

from marketplace.base.errors import DomainError, NotFound
from marketplace.base.text import Text
from marketplace.contracts import service
from marketplace.contracts.documents import drawing, inspecting, sealing
from marketplace.contracts.models import Contract, ContractDocument
from marketplace.contracts.rules import ContractState, sha256
from marketplace.settings import settings

log = structlog.get_logger()

BATCH = 200


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


@dataclass(frozen=True, slots=True)
class Made:
    """A document that was drawn and sealed and whose file is there, but which is not on record yet."""

    contract_id: int
    state: ContractState
    weighed: bool
    sha256: str
    data: bytes
    made_at: datetime

    @property
    def key(self) -> str:
        """Where its file lies below the folder of data."""
        return f"contracts/{self.sha256}.pdf"


def sealed(session: Session, code: str, now: datetime) -> bytes:
    """The sealed PDF of a contract in its present state, made the first time and the same bytes ever after.

    Raises NotFound, DocumentLost, RecordBroken. Takes about 50 ms the first time; edges call `running.fetching`, which
    spends them outside any transaction.
    """
    found = kept(session, code, now)
    return keep(session, make(session, code, now)) if found is None else found


def kept(session: Session, code: str, now: datetime) -> bytes | None:
    """The document of a contract's present state if it was made before; raises NotFound, DocumentLost."""
    contract = session.exec(select(Contract).where(Contract.code == code)).first()
    if contract is None:
        raise NotFound
    document = _on_record(
        session, contract.id, service.state_at(contract, now), weighed=contract.final_total is not None
    )
    return None if document is None else _read(document)


def make(session: Session, code: str, now: datetime) -> Made:
    """Draw and seal a contract in its present state and write the file; only looks at the database.

    Raises NotFound, RecordBroken.
    """
    found = service.recorded(session, code)
    if found is None:
        raise NotFound
    contract, evidence = found
    if not service.holds(contract, evidence):
        log.error("refusing to seal a contract that does not hold", contract=contract.code)
        raise RecordBroken
    state = service.state_at(contract, now)
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
    data = sealing.seal(drawn, contract.code, now)
    made = Made(contract.id, state, contract.final_total is not None, sha256(data), data, now)
    # Before the row, so that no row is ever without its file.
    _write(settings().var / made.key, data)
    return made


def keep(session: Session, made: Made) -> bytes:
    """Put a document on record; whoever made the same at the same time gets the one that was first."""
    session.exec(select(Contract.id).where(Contract.id == made.contract_id).with_for_update()).one()
    first = _on_record(session, made.contract_id, made.state, weighed=made.weighed)
    if first is not None:
        (settings().var / made.key).unlink(missing_ok=True)
        return _read(first)
    session.add(
        ContractDocument(
            contract_id=made.contract_id,
            state=made.state,
            weighed=made.weighed,
            sha256=made.sha256,
            media_key=made.key,
            created_at=made.made_at,
        )
    )
    session.flush()
    return made.data


def faults(session: Session) -> Iterator[str]:
    """Every kept document whose file is missing, changed or not sealed by us, in words; streams over all of them."""
    rows = session.exec(
        select(ContractDocument, Contract.code)
        .where(ContractDocument.contract_id == Contract.id)
        .order_by(col(ContractDocument.id))
        .execution_options(yield_per=BATCH)
    )
    certificates = sealing.certificates()
    for document, code in rows:
        name = f"{code}: the document of state {ContractState(document.state).value}"
        try:
            found = inspecting.signatures(_read(document), certificates, document.created_at)
        except DocumentLost:
            yield f"{name} is missing or damaged"
        except inspecting.Unreadable:
            yield f"{name} cannot be read"
        else:
            if not any(signature.holds for signature in found):
                yield f"{name} does not carry our seal"


def _on_record(session: Session, contract_id: int, state: ContractState, *, weighed: bool) -> ContractDocument | None:
    return session.exec(
        select(ContractDocument).where(
            ContractDocument.contract_id == contract_id,
            ContractDocument.state == state,
            ContractDocument.weighed == weighed,
        )
    ).first()


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
    draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.draft")
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
