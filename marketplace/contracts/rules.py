"""Rules of contracts: states, what a contract says, its canonical form, and the chain of evidence."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from marketplace.base.text import NOTHING, Text
from marketplace.catalog.rules import PieceWeight
from marketplace.contracts import weighing
from marketplace.contracts.templates import ORDER_TEMPLATES

GENESIS = "0" * 64


class ContractState(StrEnum):
    """The life of a contract."""

    DRAFT = "draft"
    OFFERED = "offered"
    CONCLUDED = "concluded"
    PERFORMED = "performed"
    AMENDED = "amended"
    TERMINATED = "terminated"
    LAPSED = "lapsed"


CONTRACT_MOVES: dict[ContractState, frozenset[ContractState]] = {
    ContractState.DRAFT: frozenset({ContractState.OFFERED}),
    ContractState.OFFERED: frozenset({ContractState.CONCLUDED, ContractState.LAPSED}),
    ContractState.CONCLUDED: frozenset({ContractState.PERFORMED, ContractState.AMENDED, ContractState.TERMINATED}),
    ContractState.AMENDED: frozenset({ContractState.PERFORMED, ContractState.AMENDED, ContractState.TERMINATED}),
}

STATE_LABELS: dict[ContractState, Text] = {
    ContractState.DRAFT: Text("Bản nháp", "Draft"),
    ContractState.OFFERED: Text("Đã đề nghị, chưa giao kết", "Offered, not concluded yet"),
    ContractState.CONCLUDED: Text("Đã giao kết", "Concluded"),
    ContractState.PERFORMED: Text("Đã thực hiện xong", "Performed"),
    ContractState.AMENDED: Text("Đã sửa đổi", "Amended"),
    ContractState.TERMINATED: Text("Đã chấm dứt", "Terminated"),
    ContractState.LAPSED: Text("Đề nghị hết hiệu lực", "Offer lapsed"),
}


class EventKind(StrEnum):
    """What the evidence records."""

    SHOWN = "shown"
    ACCEPTED_BY_BUYER = "accepted_by_buyer"
    ACCEPTED_BY_SELLER = "accepted_by_seller"
    WEIGHED = "weighed"
    LAPSED = "lapsed"
    TERMINATED = "terminated"
    PERFORMED = "performed"


@dataclass(frozen=True, slots=True)
class SellerParty:
    """The seller as the law wants it named (Decree 52/2013, article 29; Law 122/2025)."""

    store: str
    legal_name: str
    kind: str
    tax_code: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class BuyerParty:
    """The buyer and where the goods go."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class ContractLine:
    """Goods: quantity as decimal text, money in đồng.

    With `piece` they are paid by weight: `price` is for the kilogram, the line comes to between `lowest` and `total`.
    """

    sku: str
    name: str
    quantity: str
    unit: Text
    price: int
    total: int
    variant: Text = NOTHING
    expected_on: date | None = None
    """When goods ordered ahead are expected."""
    piece: PieceWeight | None = None
    lowest: int = 0


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """All that goes into the contract of one order. No number, code or time: review and order make the same text.

    The delivery fee is for a parcel of so many `grams`, the heaviest it may be, and falls with each kilogram less.
    """

    seller: SellerParty
    buyer: BuyerParty
    lines: tuple[ContractLine, ...]
    delivery_code: str
    delivery_label: Text
    delivery_days: Text
    delivery_when: Text
    delivery_fee: int
    payment_method: str
    payment_label: Text
    goods_total: int
    total: int
    acceptance_hours: int
    note: str
    kilogram_fee: int = 0
    grams: int = 0
    delivery_place: str = ""
    """Where the goods are fetched, where that and the time are agreed."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause in one language."""

    title: str
    paragraphs: tuple[str, ...]


def both(text: Text) -> dict[str, str]:
    """A text in both languages as plain data."""
    return {"vi": text.vi, "en": text.en}


def build_terms(draft: ContractDraft, version: str) -> dict[str, Any]:
    """The contract as plain data, texts and whole numbers only; `text_hash` binds it to the words around them too."""
    return {
        "version": version,
        "text_hash": text_hash(version),
        "seller": {
            "store": draft.seller.store,
            "legal_name": draft.seller.legal_name,
            "kind": draft.seller.kind,
            "tax_code": draft.seller.tax_code,
            "address": draft.seller.address,
            "phone": draft.seller.phone,
        },
        "buyer": {"name": draft.buyer.name, "phone": draft.buyer.phone, "address": draft.buyer.address},
        "lines": [
            {
                "sku": line.sku,
                "name": line.name,
                "quantity": line.quantity,
                "unit": both(line.unit),
                "price": line.price,
                "total": line.total,
                "variant": both(line.variant),
                "expected_on": line.expected_on.isoformat() if line.expected_on else "",
                "weighed": {
                    "from_grams": line.piece.lightest,
                    "to_grams": line.piece.heaviest,
                    "lowest": line.lowest,
                }
                if line.piece
                else None,
            }
            for line in draft.lines
        ],
        "delivery": {
            "method": draft.delivery_code,
            "label": both(draft.delivery_label),
            "days": both(draft.delivery_days),
            "fee": draft.delivery_fee,
            "kilogram_fee": draft.kilogram_fee,
            "grams": draft.grams,
            "when": both(draft.delivery_when),
            "place": draft.delivery_place,
        },
        "payment": {"method": draft.payment_method, "label": both(draft.payment_label)},
        "goods_total": draft.goods_total,
        "total": draft.total,
        "acceptance_hours": draft.acceptance_hours,
        "note": draft.note,
    }


def canonical(value: Any) -> bytes:
    """The one byte form of plain data: keys sorted, NFC, no white space, whole numbers only (after RFC 8785).

    Raises TypeError for anything whose form would be a matter of opinion, floats above all.
    """
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise TypeError("half a surrogate pair has no canonical form") from error


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys must be text")
        found = {unicodedata.normalize("NFC", key): _plain(inner) for key, inner in value.items()}
        if len(found) != len(value):
            raise TypeError("two keys are the same text")
        return found
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def terms_hash(terms: Mapping[str, Any]) -> str:
    """What a contract says, as one number."""
    return sha256(canonical(terms))


@cache
def text_hash(version: str) -> str:
    """All the words of a template, as one number; raises KeyError for a version this code does not know."""
    return sha256(canonical(asdict(ORDER_TEMPLATES[version])))


def combined_hash(hashes: Mapping[str, str]) -> str:
    """One hash over the contracts of a purchase, by store."""
    return sha256(canonical(dict(hashes)))


@dataclass(frozen=True, slots=True)
class Evidence:
    """One entry of a contract's evidence; `hash` covers the entry and the one before it."""

    sequence: int
    kind: str
    at: datetime
    actor: str
    detail: Mapping[str, Any]
    previous_hash: str
    hash: str


def evidence_hash(
    code: str, sequence: int, kind: str, at: datetime, actor: str, detail: Mapping[str, Any], previous: str
) -> str:
    """The hash of an entry: everything in it, the contract's code, and the hash before."""
    return sha256(
        canonical(
            {
                "contract": code,
                "sequence": sequence,
                "kind": kind,
                "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
                "actor": actor,
                "detail": dict(detail),
                "previous": previous,
            }
        )
    )


def next_evidence(
    code: str, last: Evidence | None, kind: EventKind, at: datetime, actor: str, detail: Mapping[str, Any]
) -> Evidence:
    """The entry that follows `last`."""
    sequence = 1 if last is None else last.sequence + 1
    previous = GENESIS if last is None else last.hash
    digest = evidence_hash(code, sequence, kind.value, at, actor, detail, previous)
    return Evidence(sequence, kind.value, at, actor, detail, previous, digest)


def chain_holds(code: str, entries: Sequence[Evidence]) -> bool:
    """Whether no entry was changed, removed, added or moved."""
    previous = GENESIS
    for number, entry in enumerate(entries, start=1):
        try:
            expected = evidence_hash(code, number, entry.kind, entry.at, entry.actor, entry.detail, previous)
        except TypeError:
            # Something was put in that no entry of ours ever held.
            return False
        if entry.sequence != number or entry.previous_hash != previous or entry.hash != expected:
            return False
        previous = entry.hash
    return bool(entries)


LAST_EVIDENCE: dict[ContractState, EventKind] = {
    ContractState.OFFERED: EventKind.ACCEPTED_BY_BUYER,
    ContractState.CONCLUDED: EventKind.ACCEPTED_BY_SELLER,
    ContractState.LAPSED: EventKind.LAPSED,
    ContractState.TERMINATED: EventKind.TERMINATED,
    ContractState.PERFORMED: EventKind.PERFORMED,
}


def evidence_holds(code: str, state: ContractState, entries: Sequence[Evidence]) -> bool:
    """Whether the chain is whole and ends as the state says: a chain alone does not miss entries cut off its end."""
    if not chain_holds(code, entries):
        return False
    last = entries[-1].kind
    # Weighing what was sold by weight performs a part of a concluded contract; it stays concluded.
    return last == LAST_EVIDENCE.get(state) or (state is ContractState.CONCLUDED and last == EventKind.WEIGHED)


ENDED = frozenset({ContractState.LAPSED, ContractState.TERMINATED, ContractState.PERFORMED})


@dataclass(frozen=True, slots=True)
class Record:
    """What is stored of a contract beside its evidence; moments in UTC, totals in đồng.

    `final_total` is what it came to when its goods were weighed, None before and where none are paid by weight.
    """

    code: str
    state: ContractState
    template_version: str
    terms: Mapping[str, Any]
    terms_hash: str
    total: int
    offered_at: datetime
    lapses_at: datetime
    concluded_at: datetime | None
    ended_at: datetime | None
    final_total: int | None = None


def record_fault(record: Record, entries: Sequence[Evidence]) -> str | None:
    """The first thing that is no longer as it was recorded, in words for who runs the machine; None when all holds.

    The evidence names the hash of the terms and every moment, so neither can be changed without breaking its chain.
    """
    if not _hash_fits(record):
        return "the terms are not what was accepted"
    if not evidence_holds(record.code, record.state, entries):
        return "the chain of evidence is broken"
    if any(entry.detail.get("terms_hash") != record.terms_hash for entry in entries):
        return "the terms are not those of the evidence"
    version = record.terms.get("version")
    if version not in ORDER_TEMPLATES or record.terms.get("text_hash") != text_hash(version):
        return "the words of its template are not those that were shown"
    if (record.template_version, record.total) != (version, record.terms.get("total")):
        return "what is stored beside the terms contradicts them"
    if not _weighing_fits(record, entries):
        return "its weighing is not what the terms make of it"
    if not _moments_fit(record, entries):
        return "its moments are not those of the evidence"
    return None


def _hash_fits(record: Record) -> bool:
    try:
        return terms_hash(record.terms) == record.terms_hash
    except TypeError:
        return False


def _weighing_fits(record: Record, entries: Sequence[Evidence]) -> bool:
    found = [entry.detail for entry in entries if entry.kind == EventKind.WEIGHED]
    if record.final_total is None:
        return not found
    return len(found) == 1 and found[0].get("total") == record.final_total and weighing.follows(record.terms, found[0])


def _moments_fit(record: Record, entries: Sequence[Evidence]) -> bool:
    at = {entry.kind: entry.at for entry in entries}
    return (
        record.offered_at == at.get(EventKind.ACCEPTED_BY_BUYER)
        and record.lapses_at == record.offered_at + timedelta(hours=record.terms["acceptance_hours"])
        and record.concluded_at == at.get(EventKind.ACCEPTED_BY_SELLER)
        and record.ended_at == (entries[-1].at if record.state in ENDED else None)
    )
