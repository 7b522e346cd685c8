"""What reviews may say, and under which name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from marketplace.base.errors import TextTooLong
from marketplace.reviews.commands import ReviewDraft
from marketplace.reviews.rules import MAY_EDIT, LinksNotAllowed, may_edit, read_words, short_name
from tests.factories import NOW


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Nguyễn Thị Lan", "Nguyễn T. L."),
        ("  lê   văn  đực ", "lê V. Đ."),
        ("Hòa", "Hòa"),
        ("", ""),
        ("x" * 200, "x" * 40),
    ],
)
def test_a_buyer_is_named_by_the_family_name_and_initials(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    "text",
    [
        "Xem thêm tại http://la.vn", "https://x.y", "mua ở WWW.cho-khac.com nhé", "ghé chokhac.vn rẻ hơn",
        "javascript:alert(1)", "cho-khac.com.vn",
    ],
)  # fmt: skip
def test_words_lead_nowhere_else(text: str) -> None:
    with pytest.raises(LinksNotAllowed):
        read_words(text, field="text", limit=500)


@pytest.mark.parametrize(
    "text",
    [
        "Rất ngon.Shop giao nhanh",
        "Hàng tươi.Sẽ mua lại",
        "Giá 65.000 ₫/kg, cân 1.5kg",
        "OK...vui",
        '<b>đẹp</b> & "sạch"',
    ],
)
def test_what_people_write_without_spaces_or_as_signs_stays(text: str) -> None:
    assert read_words(text, field="text", limit=500) == text


def test_invisible_signs_are_taken_out_and_lines_stay() -> None:
    draft = ReviewDraft.model_validate({"stars": 5, "text": "Ngon\u202e lắm\x00\nSẽ mua\u200f lại"})
    assert read_words(draft.text, field="text", limit=500) == "Ngon lắm\nSẽ mua lại"
    with pytest.raises(TextTooLong):
        read_words("dài " * 200, field="text", limit=500)


def test_a_review_may_be_changed_for_thirty_days() -> None:
    assert may_edit(NOW, NOW + MAY_EDIT - timedelta(seconds=1))
    assert not may_edit(NOW, NOW + MAY_EDIT)
