"""What a PDF that somebody holds is worth: genuine, superseded, altered, or not ours."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import structlog
from sqlmodel import Session, select

from marketplace.base.crypto import READABLE
from marketplace.base.errors import Busy
from marketplace.base.text import Text
from marketplace.contracts import service
from marketplace.contracts.documents import inspecting, sealing
from marketplace.contracts.documents.inspecting import Signature, Unreadable
from marketplace.contracts.models import Contract, ContractDocument
from marketplace.contracts.rules import STATE_LABELS, ContractState, sha256

log = structlog.get_logger()

LARGEST_BYTES = 10_000_000
HEADER_WITHIN = 1024
SECONDS = 20
WAITING_SECONDS = 10
CODE = re.compile(rf"HD(?:-[{READABLE}]{{4}}){{4}}")

# Strangers' files are read two at a time, so that they never take all threads or both cores.
_reading = threading.BoundedSemaphore(2)


class Finding(StrEnum):
    """What was found about a document."""

    GENUINE = "genuine"
    FULFILLED = "fulfilled"
    WEIGHED = "weighed"
    SUPERSEDED = "superseded"
    ALTERED = "altered"
    EXTENDED = "extended"
    UNRECORDED = "unrecorded"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"
    NOT_PDF = "not_pdf"
    TOO_LARGE = "too_large"


# What was concluded stays the contract when it has been performed; nothing else outlives its state.
FULFILLED = (ContractState.CONCLUDED, ContractState.PERFORMED)

REASONS: dict[Finding, Text] = {
    Finding.GENUINE: Text(
        "Tài liệu thật, còn nguyên vẹn và đúng với tình trạng hiện nay của hợp đồng: {state}.",
        "Genuine, unchanged, and the present state of the contract: {state}.",
    ),
    Finding.FULFILLED: Text(
        "Tài liệu thật, còn nguyên vẹn: hợp đồng đã giao kết như ghi ở đây và nay đã thực hiện xong.",
        "Genuine and unchanged: concluded as it says here, and performed since.",
    ),
    Finding.WEIGHED: Text(
        "Tài liệu thật, còn nguyên vẹn: hợp đồng đã giao kết như ghi ở đây. Sau đó hàng tính theo cân đã được cân, nên số tiền cuối cùng "
        "ghi ở bản mới; tình trạng hiện nay: {state}.",
        "Genuine and unchanged: concluded as it says here. Goods paid by weight were weighed since, so the final sum stands in "
        "the new document; the present state is: {state}.",
    ),
    Finding.SUPERSEDED: Text(
        "Tài liệu thật và nguyên vẹn, nhưng ghi tình trạng cũ “{drawn}”; nay hợp đồng ở tình trạng “{state}”. "
        "Hãy tải bản mới.",
        "Genuine and unchanged, but it shows an earlier state, “{drawn}”; the contract now is “{state}”. "
        "Download the new document.",
    ),
    Finding.ALTERED: Text(
        "Tài liệu đã bị thay đổi sau khi đóng dấu. Đừng dựa vào nội dung của bản này.",
        "This document was altered after it was sealed. Do not rely on it.",
    ),
    Finding.EXTENDED: Text(
        "Có phần được thêm vào sau khi đóng dấu. Đừng dựa vào nội dung của bản này; hãy tải lại bản gốc.",
        "Something was added after it was sealed. Do not rely on it; download the original.",
    ),
    Finding.UNRECORDED: Text(
        "Dấu còn nguyên nhưng nền tảng không lưu tài liệu nào như thế này. Hãy báo cho cơ quan quản lý.",
        "The seal holds, but no such document is on record. Tell the authority.",
    ),
    Finding.FOREIGN: Text(
        "Tài liệu mang chữ ký của người khác, không phải dấu của Chợ Quê.",
        "This document was signed by somebody else; it does not carry the seal of Chợ Quê.",
    ),
    Finding.UNKNOWN: Text(
        "Tài liệu này không mang dấu của Chợ Quê.",
        "This document does not carry the seal of Chợ Quê.",
    ),
    Finding.UNREADABLE: Text(
        "Không đọc được tệp PDF này: tệp hỏng hoặc đã bị sửa. Hãy tải lại bản gốc.",
        "This PDF cannot be read: it is damaged or was changed. Download the original.",
    ),
    Finding.NOT_PDF: Text("Đây không phải tệp PDF. Hãy chọn tệp hợp đồng đã tải về.", "This is not a PDF."),
    Finding.TOO_LARGE: Text("Tệp lớn quá 10 MB nên không thể là hợp đồng.", "Over 10 MB, so it cannot be a contract."),
}


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """One signature of a document; `valid` only for our seal over the whole, unchanged file. `at` is ISO 8601 or None."""

    signer: str
    valid: bool
    at: str | None


@dataclass(frozen=True, slots=True)
class DocumentVerdict:
    """What a document is worth. `valid` only when it is genuine and what it says of the contract still stands.

    An earlier state's document is not valid while its signature is: whoever relies on it must learn what came after. That
    of a concluded contract stays valid when the contract was performed.
    """

    valid: bool
    code: str | None
    signatures: tuple[SignatureVerdict, ...]
    reason: Text
    finding: Finding


def verdict(session: Session, data: bytes, now: datetime) -> DocumentVerdict:
    """Judge a PDF against what was sealed and recorded; edges call `running.verifying`, which holds no session meanwhile.

    A file that is not on record byte by byte is a stranger's and may be hostile: it is read in a process of its own.
    Raises Busy when too many are being read.
    """
    known = refusal(data) or verdict_on_record(session, data, now)
    return verdict_on_stranger(session, inspect_apart(data, now)) if known is None else known


def refusal(data: bytes) -> DocumentVerdict | None:
    """What need not be looked at: too large, or no PDF."""
    if len(data) > LARGEST_BYTES:
        return _found(Finding.TOO_LARGE)
    if b"%PDF-" not in data[:HEADER_WITHIN]:
        return _found(Finding.NOT_PDF)
    return None


def verdict_on_record(session: Session, data: bytes, now: datetime) -> DocumentVerdict | None:
    """Judge a file that is on record byte by byte; None for any other."""
    recorded = session.exec(
        select(ContractDocument, Contract)
        .join(Contract)
        .where(ContractDocument.sha256 == sha256(data), ContractDocument.contract_id == Contract.id)
    ).first()
    if recorded is None:
        return None
    try:
        # Retired certificates may have run out since: what counts is when the seal was made.
        found = inspecting.signatures(data, sealing.certificates(), recorded[0].created_at)
    except Unreadable as error:
        log.error("a recorded document is not readable", document=recorded[0].sha256, reason=str(error))
        return _found(Finding.UNREADABLE, recorded[1].code)
    return _judge_recorded(*recorded, found, now)


def verdict_on_stranger(session: Session, found: list[Signature] | None) -> DocumentVerdict:
    """Judge a file that is not on record by the signatures found in it, None where it could not be read; never valid."""
    if found is None:
        return _found(Finding.UNREADABLE)
    own = [signature for signature in found if signature.ours]
    if not own:
        return _found(Finding.FOREIGN if found else Finding.UNKNOWN, signatures=found)
    code = next((match[0] for signature in own if (match := CODE.search(signature.reason))), None)
    known = code and session.exec(select(Contract.code).where(Contract.code == code)).first()
    if any(signature.holds for signature in own):
        return _found(Finding.UNRECORDED, known or None, found)
    extended = any(signature.intact for signature in own)
    return _found(Finding.EXTENDED if extended else Finding.ALTERED, known or None, found)


def _judge_recorded(
    document: ContractDocument, contract: Contract, found: list[Signature], now: datetime
) -> DocumentVerdict:
    if not any(signature.holds for signature in found):
        log.error("the seal of a recorded document does not hold", document=document.sha256)
        return _found(Finding.FOREIGN, contract.code, found)
    drawn, present = ContractState(document.state), service.state_at(contract, now)
    standing = {(present, present): Finding.GENUINE, FULFILLED: Finding.FULFILLED}
    finding = standing.get((drawn, present), Finding.SUPERSEDED)
    if finding is not Finding.SUPERSEDED and contract.final_total is not None and not document.weighed:
        finding = Finding.WEIGHED
    reason = REASONS[finding]
    words = {
        locale: reason.say(locale, state=STATE_LABELS[present].say(locale), drawn=STATE_LABELS[drawn].say(locale))
        for locale in ("vi", "en")
    }
    return DocumentVerdict(
        finding is not Finding.SUPERSEDED, contract.code, _shown(found), Text(words["vi"], words["en"]), finding
    )


def _found(finding: Finding, code: str | None = None, signatures: list[Signature] | None = None) -> DocumentVerdict:
    return DocumentVerdict(False, code, _shown(signatures or []), REASONS[finding], finding)


def _shown(signatures: list[Signature]) -> tuple[SignatureVerdict, ...]:
    return tuple(SignatureVerdict(item.signer, item.holds, item.at or None) for item in signatures)


def inspect_apart(data: bytes, now: datetime) -> list[Signature] | None:
    """The signatures of a stranger's file, read in a process of its own; None when it cannot be read. Raises Busy."""
    try:
        return _inspect_apart(data, now)
    except Unreadable as error:
        log.info("document not readable", reason=str(error))
        return None


def _inspect_apart(data: bytes, now: datetime) -> list[Signature]:
    if not _reading.acquire(timeout=WAITING_SECONDS):
        raise Busy
    try:
        own = [base64.b64encode(certificate).decode() for certificate in sealing.certificates()]
        request = json.dumps({"certificates": own, "moment": now.isoformat()}).encode() + b"\n"
        done = subprocess.run(  # noqa: S603 – our own program; the file goes in as data
            [sys.executable, "-I", str(Path(inspecting.__file__))],
            input=request + data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("took too long") from error
    finally:
        _reading.release()
    if done.returncode:
        log.warning(
            "reading a document ended badly", code=done.returncode, said=done.stderr.decode(errors="replace")[-500:]
        )
        raise Unreadable(f"exit {done.returncode}")
    answer = json.loads(done.stdout)
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"])
    return [Signature(**item) for item in answer["signatures"]]
