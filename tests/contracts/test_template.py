"""The words of contracts: complete in both languages, never changed under their version."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.text import LOCALES, Locale, Text
from marketplace.catalog.rules import PieceWeight
from marketplace.contracts import template, weighing
from marketplace.contracts.rules import (
    BuyerParty,
    ContractDraft,
    ContractLine,
    SellerParty,
    build_terms,
    canonical,
    combined_hash,
    terms_hash,
    text_hash,
)
from marketplace.contracts.templates import CURRENT, ORDER_TEMPLATES
from marketplace.sellers.rules import KIND_LABELS

DRAFT = ContractDraft(
    seller=SellerParty(
        store="Vườn Ba Tám",
        legal_name="Hợp tác xã Xoài Hòa Lộc",
        kind="cooperative",
        tax_code="1801234567",
        address="ấp Mỹ Phú, xã Thới Lai, Cần Thơ",
        phone="0912 345 678",
    ),
    buyer=BuyerParty(name="Trần Thị Bưởi", phone="0987 654 321", address="12 Trần Hưng Đạo, phường Ninh Kiều, Cần Thơ"),
    lines=(
        ContractLine("XOAI-1", "Xoài cát Hòa Lộc", "1.5", Text("kg", "kg"), 65_000, 97_500),
        ContractLine("DUA-1", "Dừa xiêm", "12", Text("trái", "piece"), 10_000, 120_000),
    ),
    delivery_code="road",
    delivery_label=Text("Giao tận nhà", "Home delivery"),
    delivery_days=Text("1–2 ngày", "1–2 days"),
    delivery_when=Text("thứ Ba 06/01 đến thứ Năm 08/01/2026", "Tuesday 06/01 to Thursday 08/01/2026"),
    delivery_fee=20_000,
    payment_method="cod",
    payment_label=Text("Trả tiền khi nhận hàng", "Cash on delivery"),
    goods_total=217_500,
    total=237_500,
    acceptance_hours=12,
    note="",
)

# A changed text is a new version beside the old one: contracts were shown, and hashed, with these words.
PINNED = {
    "2026-11": "48cb121491c5cc02d06aae034ff653327fad864e39fcf2fdbd7c4e7612a6de2b",
    "2026-12": "3d6fa91d07bfe61d307e99197f14f4e61e377798b9c2e9c7e682fe1c0a8bc341",
    "2027-01": "f27356b72a2fcd911ccd48179b667efbea72cef1e610519541f2be79f6ceb53e",
    "2027-02": "a8be42bd9bdd001a84321e0a629bed8222f3b52bf60e0da03672eee1f8762730",
}


def _words(draft: ContractDraft, locale: Locale) -> str:
    found = template.clauses(build_terms(draft, CURRENT), locale)
    words = "\n".join(line for clause in found for line in (clause.title, *clause.paragraphs))
    # The sign of the currency never stands alone on a line.
    return words.replace("\u00a0₫", " ₫")


def test_no_version_was_changed_after_it_was_published() -> None:
    assert {version: text_hash(version) for version in ORDER_TEMPLATES} == PINNED


def test_the_vietnamese_contract_names_everything_the_law_wants_shown() -> None:
    words = _words(DRAFT, "vi")
    for expected in (
        "Bên bán: Hợp tác xã Xoài Hòa Lộc (hợp tác xã), gian hàng “Vườn Ba Tám”, địa chỉ ấp Mỹ Phú",
        "Mã số thuế của bên bán: 1801234567.",
        "Bên mua: Trần Thị Bưởi, điện thoại 0987 654 321",
        "Xoài cát Hòa Lộc: 1,5 kg × 65.000 ₫ = 97.500 ₫.",
        "Dừa xiêm: 12 trái × 10.000 ₫ = 120.000 ₫.",
        "Tiền hàng: 217.500 ₫.",
        "Giao tận nhà, 1–2 ngày",
        "Phí giao: 20.000 ₫.",
        "phải trả: 237.500 ₫. Cách trả: Trả tiền khi nhận hàng.",
        "được kiểm hàng",
        "Rủi ro",
        "đề nghị giao kết",
        "trong 12 giờ",
        "không phải chữ ký số",
        "91/2025/QH15",
        "20/2023/QH15",
        "122/2025/QH15",
        "52/2013/NĐ-CP",
        "toà án",
    ):
        assert expected in words


def test_the_english_courtesy_says_the_same_in_as_many_clauses() -> None:
    words = _words(DRAFT, "en")
    assert "Xoài cát Hòa Lộc: 1.5 kg × 65.000 ₫ = 97.500 ₫." in words
    assert "(co-operative)" in words
    terms = build_terms(replace(DRAFT, note="Gọi trước"), CURRENT)
    shapes = [[len(clause.paragraphs) for clause in template.clauses(terms, locale)] for locale in LOCALES]
    assert shapes[0] == shapes[1]


def test_what_does_not_apply_is_left_out() -> None:
    assert "Mã số thuế" not in _words(replace(DRAFT, seller=replace(DRAFT.seller, tax_code="")), "vi")
    assert "Lời nhắn" not in _words(DRAFT, "vi")
    assert "Lời nhắn của bên mua: Gọi trước" in _words(replace(DRAFT, note="Gọi trước"), "vi")


def test_every_legal_form_of_sellers_has_its_name() -> None:
    for known in ORDER_TEMPLATES.values():
        assert {code for code, _ in known.seller_kinds} == {kind.value for kind in KIND_LABELS}


def test_both_languages_use_the_same_values() -> None:
    def fields(text: str) -> set[str | None]:
        return {field for _, _, field, _ in string.Formatter().parse(text) if field is not None}

    for known in ORDER_TEMPLATES.values():
        for section in known.sections:
            for paragraph in section.paragraphs:
                assert fields(paragraph.text.vi) == fields(paragraph.text.en)


@given(st.text(max_size=30))
def test_braces_and_signs_in_what_people_typed_stay_what_they_are(typed: str) -> None:
    draft = replace(DRAFT, note=f"{{total}}{typed}", buyer=replace(DRAFT.buyer, name=f"{typed}{{0}}"))
    words = _words(draft, "vi")
    assert f"{{total}}{typed}" in words
    assert f"{typed}{{0}}" in words


CHANGES: list[dict[str, Any]] = [
    {"seller": replace(DRAFT.seller, legal_name="Ai khác")},
    {"seller": replace(DRAFT.seller, tax_code="")},
    {"buyer": replace(DRAFT.buyer, address="nơi khác")},
    {"lines": DRAFT.lines[:1]},
    {"lines": DRAFT.lines[::-1]},
    {"lines": (replace(DRAFT.lines[0], quantity="1.6"), DRAFT.lines[1])},
    {"delivery_days": Text("3 ngày", "3 days")},
    {"delivery_when": Text("thứ Tư 07/01/2026", "Wednesday 07/01/2026")},
    {"delivery_place": "Nhà văn hoá ấp 3"},
    {"delivery_fee": 20_001},
    {"payment_label": Text("Chuyển khoản", "Transfer")},
    {"total": 237_501},
    {"acceptance_hours": 13},
    {"note": " "},
]


@pytest.mark.parametrize("change", CHANGES, ids=",".join)
def test_nothing_can_be_changed_without_another_hash(change: dict[str, Any]) -> None:
    changed = build_terms(replace(DRAFT, **change), CURRENT)
    assert terms_hash(changed) != terms_hash(build_terms(DRAFT, CURRENT))


def test_the_terms_bind_the_words_of_the_template_too() -> None:
    terms = build_terms(DRAFT, CURRENT)
    assert terms["text_hash"] == PINNED[CURRENT]
    canonical(terms)


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8), st.sampled_from(["a" * 64, "b" * 64])
    )
)
def test_the_hash_of_a_purchase_depends_on_stores_and_hashes_but_not_on_their_order(hashes: dict[str, str]) -> None:
    try:
        whole = combined_hash(hashes)
    except TypeError:
        # Two spellings of one name: slugs never have any.
        return
    assert combined_hash(dict(reversed(hashes.items()))) == whole
    assert combined_hash({**hashes, "thêm": "c" * 64}) != whole
    for store in hashes:
        assert combined_hash({**hashes, store: "d" * 64}) != whole


def test_a_line_says_its_variant_and_when_goods_ordered_ahead_are_expected() -> None:
    line = replace(DRAFT.lines[1], variant=Text("chùm 3 trái", "bunch of 3"), expected_on=date(2026, 12, 15))
    words = _words(replace(DRAFT, lines=(DRAFT.lines[0], line)), "vi")
    assert "Dừa xiêm – chùm 3 trái: 12 trái × 10.000 ₫ = 120.000 ₫." in words
    assert "Dừa xiêm – chùm 3 trái là hàng đặt trước, dự kiến có từ ngày 15/12/2026" in words
    assert "Xoài cát Hòa Lộc là hàng đặt trước" not in words
    english = _words(replace(DRAFT, lines=(line,)), "en")
    assert "Dừa xiêm – bunch of 3 is ordered ahead and expected from 15/12/2026" in english


CHICKENS = ContractLine(
    "GA-1", "Gà ta", "2", Text("con", "head"), 180_000, 720_000, piece=PieceWeight(1600, 2000), lowest=576_000
)
BY_WEIGHT = replace(
    DRAFT, lines=(CHICKENS, *DRAFT.lines), goods_total=937_500, total=957_500, kilogram_fee=6_000, grams=17_500
)


def test_goods_paid_by_weight_say_price_range_and_the_most_they_may_come_to() -> None:
    words = _words(BY_WEIGHT, "vi").replace("\u00a0", " ")
    for expected in (
        "Gà ta: 2 con, mỗi con nặng 1,6–2,0 kg, giá 180.000 ₫ một kg; ước tính từ 576.000 ₫, cao nhất 720.000 ₫.",
        "Dừa xiêm: 12 trái × 10.000 ₫ = 120.000 ₫.",
        "không bao giờ vượt mức cao nhất ghi trên đây",
        "được yêu cầu cân lại",
        "Tiền hàng cao nhất: 937.500 ₫.",
        "giảm 6.000 ₫ mỗi kg",
        "tổng cộng cao nhất: 957.500 ₫.",
    ):
        assert expected in words
    assert "Gà ta: 2 con ×" not in words
    assert "phải trả: " not in words
    assert "cân" not in _words(DRAFT, "vi")
    assert "at most 720.000 ₫" in _words(BY_WEIGHT, "en")


@pytest.mark.parametrize(
    ("grams", "said"),
    [
        (3450, "cân được 3,45 kg × 180.000 ₫ một kg = 621.000 ₫."),
        (4100, "cân được 4,1 kg, nặng hơn mức đã ghi; tính bằng mức cao nhất đã thoả thuận: 720.000 ₫."),
    ],
)
def test_the_annex_says_what_was_weighed_and_what_it_comes_to(grams: int, said: str) -> None:
    terms = build_terms(BY_WEIGHT, CURRENT)
    annex = template.annex(terms, weighing.settled(terms, {"GA-1": grams}, 20_000), "vi")
    first, sums = (text.replace("\u00a0", " ") for text in annex.paragraphs)
    assert first == f"Gà ta: 2 con {said}"
    assert sums.endswith("(cao nhất đã thoả thuận: 957.500 ₫).")


def test_a_contract_of_before_reads_as_it_did() -> None:
    terms = build_terms(DRAFT, "2026-11")
    del terms["delivery"]["kilogram_fee"], terms["delivery"]["grams"]
    for line in terms["lines"]:
        del line["variant"], line["expected_on"], line["weighed"]
    words = "\n".join(line for clause in template.clauses(terms, "vi") for line in clause.paragraphs)
    assert "Xoài cát Hòa Lộc: 1,5 kg" in words
    assert "có hiệu lực vào lúc đặt" not in words
