"""What pages, the API and other features see of lots."""

from __future__ import annotations

from dataclasses import dataclass, field

from marketplace.lots.rules import LotStock


@dataclass(frozen=True, slots=True)
class LotTag:
    """A lot as order lines and products name it."""

    id: int = 0
    code: str = ""
    number: str = ""
    href: str = ""
    product_id: int = 0
    seller_id: int = 0
    harvested_text: str = ""
    expires_text: str = ""
    recalled: bool = False
    recall_reason: str = ""
    recall_advice: str = ""
    recalled_at: str = ""


@dataclass(frozen=True, slots=True)
class LotOnHand:
    """A lot that may be chosen for a parcel; `harvested` in grams."""

    tag: LotTag
    stock: LotStock


@dataclass(frozen=True, slots=True)
class LotChoice:
    """A lot in the list of a packing form."""

    code: str = ""
    label: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class LotFact:
    """One thing a passport tells; `before` is what it told before it was corrected, `why` when and why it was."""

    label: str = ""
    text: str = ""
    before: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class LotTestView:
    """A laboratory's finding on a lot; its day as `2026-01-05` beside its text."""

    id: int = 0
    subject: str = ""
    laboratory: str = ""
    tested: str = ""
    tested_text: str = ""
    result: str = ""
    passed: bool = True
    verdict: str = ""
    document_href: str = ""
    upload_href: str = ""


@dataclass(frozen=True, slots=True)
class Passport:
    """What anybody may know of a lot, in the order in which a buyer asks: what, who, where, when, safe, tested."""

    code: str = ""
    number: str = ""
    href: str = ""
    state: str = ""
    state_text: str = ""
    product_name: str = ""
    product_href: str = ""
    picture: str = ""
    store_name: str = ""
    store_href: str = ""
    seller_name: str = ""
    seller_address: str = ""
    seller_phone: str = ""
    seller_phone_href: str = ""
    where: tuple[LotFact, ...] = ()
    days: tuple[LotFact, ...] = ()
    care: tuple[LotFact, ...] = ()
    safe_text: str = ""
    """From when it was safe after the last spray; empty where none is on record."""
    sprayed: bool = False
    tests: tuple[LotTestView, ...] = ()
    expired: bool = False
    recalled: bool = False
    recalled_text: str = ""
    recall_reason: str = ""
    recall_advice: str = ""
    area_code: str = ""
    plot: str = ""
    sown: str = ""
    harvested: str = ""
    packed: str = ""
    expires: str = ""
    last_sprayed: str = ""
    waiting_days: int | None = None
    safe_from: str = ""


@dataclass(frozen=True, slots=True)
class TypedLot:
    """A lot as it stands in the inputs of its form."""

    number: str = ""
    area_code: str = ""
    plot: str = ""
    sown_on: str = ""
    inputs: str = ""
    spray: str = ""
    last_sprayed_on: str = ""
    waiting_days: str = ""
    harvested_on: str = ""
    harvested: str = ""
    packed_on: str = ""
    packer: str = ""
    expires_on: str = ""


@dataclass(frozen=True, slots=True)
class OwnLot:
    """A lot as its seller manages it; typed values as inputs take them, weights in grams beside their text."""

    id: int = 0
    code: str = ""
    number: str = ""
    href: str = ""
    edit_href: str = ""
    product_id: int = 0
    product_name: str = ""
    goods_href: str = ""
    state: str = ""
    state_text: str = ""
    open: bool = False
    recalled: bool = False
    expired: bool = False
    packed_from: bool = False
    harvested_text: str = ""
    expires_text: str = ""
    grams: int = 0
    harvested_kg: str = ""
    sold_kg: str = ""
    left_kg: str = ""
    recall_reason: str = ""
    recall_advice: str = ""
    recalled_at: str = ""
    typed: TypedLot = field(default_factory=TypedLot)


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """An entry that was corrected."""

    label: str = ""
    before: str = ""
    after: str = ""
    why: str = ""
