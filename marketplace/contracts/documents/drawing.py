"""Draws a contract as PDF/A-3b: Vietnamese as it binds, English below it in smaller type, state, evidence and QR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marketplace.base import clock, sheets
from marketplace.base.text import LOCALES, Locale, Text
from marketplace.contracts import template
from marketplace.contracts.rules import Clause, ContractState, EventKind, Evidence

LAYOUT = Path(__file__).with_name("contract.typ")
SHORT_HASH = 16

BANNERS: dict[ContractState, Text] = {
    ContractState.DRAFT: Text("BẢN NHÁP – CHƯA GIAO KẾT", "DRAFT – NOT CONCLUDED"),
    ContractState.OFFERED: Text("ĐỀ NGHỊ GIAO KẾT – CHƯA GIAO KẾT", "OFFER – NOT CONCLUDED YET"),
    ContractState.CONCLUDED: Text("ĐÃ GIAO KẾT", "CONCLUDED"),
    ContractState.PERFORMED: Text("ĐÃ THỰC HIỆN XONG", "PERFORMED"),
    ContractState.AMENDED: Text("ĐÃ SỬA ĐỔI", "AMENDED"),
    ContractState.TERMINATED: Text("ĐÃ CHẤM DỨT", "TERMINATED"),
    ContractState.LAPSED: Text("ĐỀ NGHỊ ĐÃ HẾT HIỆU LỰC – KHÔNG GIAO KẾT", "OFFER LAPSED – NEVER CONCLUDED"),
}
BINDING = frozenset({ContractState.CONCLUDED, ContractState.PERFORMED, ContractState.AMENDED})
EVENTS: dict[str, Text] = {
    EventKind.SHOWN: Text("Toàn văn được đưa cho bên mua xem", "Shown in full to the buyer"),
    EventKind.ACCEPTED_BY_BUYER: Text("Bên mua xác nhận đề nghị", "Offered by the buyer"),
    EventKind.ACCEPTED_BY_SELLER: Text("Bên bán chấp nhận", "Accepted by the seller"),
    EventKind.WEIGHED: Text("Cân khi đóng gói", "Weighed when packed"),
    EventKind.LAPSED: Text("Đề nghị hết hiệu lực", "Offer lapsed"),
    EventKind.TERMINATED: Text("Chấm dứt", "Terminated"),
    EventKind.PERFORMED: Text("Thực hiện xong", "Performed"),
}
COUNTRY = Text("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Socialist Republic of Viet Nam")
MOTTO = Text("Độc lập – Tự do – Hạnh phúc", "Independence – Freedom – Happiness")
NUMBER = Text("Số", "No.")
OFFERED_AT = Text("Đề nghị lúc {time}", "Offered at {time}")
LAPSES_AT = Text("chờ bên bán trả lời đến {time}", "awaiting the seller's answer until {time}")
CONCLUDED_AT = Text("giao kết lúc {time}", "concluded at {time}")
ENDED_AT = Text("kết thúc lúc {time}", "ended at {time}")
TRANSLATION = Text(
    "Bản tiếng Anh dưới đây chỉ để tham khảo; bản tiếng Việt có giá trị ràng buộc.",
    "Courtesy translation. Only the Vietnamese text above binds.",
)
EVIDENCE = Text("Nhật ký bằng chứng", "Record of evidence")
COLUMNS = (Text("Sự kiện", "Event"), Text("Thời điểm (giờ Việt Nam)", "Time (Viet Nam)"), Text("Mã băm", "Hash"))
VERIFY = Text("Quét mã hoặc mở địa chỉ này để xác minh", "Scan, or open this address, to verify")
TERMS_HASH = Text("Dấu vân tay nội dung (SHA-256)", "Fingerprint of the text (SHA-256)")
MADE = Text("Lập lúc {time}, theo mẫu {version}", "Made at {time} from template {version}")
LEVEL = Text(
    "Mức L1: nền tảng Chợ Quê đóng dấu điện tử lên tài liệu này để làm chứng rằng nội dung không bị thay đổi. "
    "Dấu này không phải chữ ký số của các bên.",
    "Level L1: the platform Chợ Quê seals this document as evidence that it was not changed. "
    "The seal is not a digital signature of the parties.",
)
PAGE = Text("Trang", "Page")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn: a contract in one state, moments in UTC."""

    code: str
    state: ContractState
    terms: Mapping[str, Any]
    terms_hash: str
    template_version: str
    offered_at: datetime
    lapses_at: datetime
    concluded_at: datetime | None
    ended_at: datetime | None
    evidence: Sequence[Evidence]
    made_at: datetime
    address: str
    """Where anybody may verify it."""


def draw(sheet: Sheet) -> bytes:
    """The PDF of a contract, not sealed yet; the same sheet always gives the same bytes."""
    return sheets.draw(
        LAYOUT,
        {**_head(sheet), **_body(sheet)},
        inputs={"code": sheets.square_code(sheet.address)},
        pdf_standards=["a-3b"],
        timestamp=sheet.made_at.astimezone(UTC).replace(microsecond=0),
    )


def _head(sheet: Sheet) -> dict[str, object]:
    return {
        "country": _both(COUNTRY),
        "motto": _both(MOTTO),
        "title": _both(template.of_terms(sheet.terms).title),
        "number": _both(NUMBER),
        "contract": sheet.code,
        "state": sheet.state.value,
        "binding": sheet.state in BINDING,
        "banner": _both(BANNERS[sheet.state]),
        "moments": {locale: _moments(sheet, locale) for locale in LOCALES},
    }


def _body(sheet: Sheet) -> dict[str, object]:
    return {
        "clauses": {
            locale: [
                {"title": clause.title, "paragraphs": list(clause.paragraphs)}
                for clause in (*template.clauses(sheet.terms, locale), *_annexes(sheet, locale))
            ]
            for locale in LOCALES
        },
        "translation": _both(TRANSLATION),
        "evidence": _both(EVIDENCE),
        "columns": [_both(column) for column in COLUMNS],
        "entries": [
            {
                "kind": _both(EVENTS.get(entry.kind, Text(entry.kind, entry.kind))),
                "at": entry.at.astimezone(clock.VIETNAM).strftime("%H:%M:%S %d/%m/%Y"),
                "hash": entry.hash[:SHORT_HASH],
            }
            for entry in sheet.evidence
        ],
        "verify": _both(VERIFY),
        "address": sheet.address,
        "terms_hash_label": _both(TERMS_HASH),
        # In groups, so that it breaks anywhere and can be read aloud.
        "terms_hash": " ".join(sheet.terms_hash[start : start + 8] for start in range(0, 64, 8)),
        "made": {
            locale: MADE.say(locale, time=clock.show_time(sheet.made_at), version=sheet.template_version)
            for locale in LOCALES
        },
        "level": _both(LEVEL),
        "page": _both(PAGE),
    }


def _annexes(sheet: Sheet, locale: Locale) -> list[Clause]:
    weighed = [entry.detail for entry in sheet.evidence if entry.kind == EventKind.WEIGHED]
    return [template.annex(sheet.terms, detail, locale) for detail in weighed]


def _moments(sheet: Sheet, locale: Locale) -> str:
    told = [OFFERED_AT.say(locale, time=clock.show_time(sheet.offered_at))]
    if sheet.state is ContractState.OFFERED:
        told.append(LAPSES_AT.say(locale, time=clock.show_time(sheet.lapses_at)))
    if sheet.concluded_at:
        told.append(CONCLUDED_AT.say(locale, time=clock.show_time(sheet.concluded_at)))
    if sheet.ended_at:
        told.append(ENDED_AT.say(locale, time=clock.show_time(sheet.ended_at)))
    return "; ".join(told)


def _both(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
