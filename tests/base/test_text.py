"""Texts in two languages, folding and slugs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.text import Text, as_locale, fold, normalize, slugify, words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("đường Thốt Nốt", "duong thot not"),
        ("Sầu riêng Ri6", "sau rieng ri6"),
        ("ĐẶC SẢN", "dac san"),
        ("ưỡ ậ ế ỷ ợ", "uo a e y o"),
        ("TP. Cần Thơ", "tp. can tho"),
    ],
)
def test_vietnamese_folds_to_what_is_typed_without_accents(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(value: str) -> None:
    assert fold(fold(value)) == fold(value)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_the_way_accents_are_encoded_does_not_matter(value: str) -> None:
    composed = unicodedata.normalize("NFC", value)
    assert fold(composed) == fold(unicodedata.normalize("NFD", value))


@given(st.text())
def test_a_slug_is_safe_in_an_address_and_short(value: str) -> None:
    slug = slugify(value)
    assert len(slug) <= 60
    assert all(part.isalnum() and part.isascii() for part in slug.split("-")) or slug == ""
    assert slug == slug.lower()


def test_a_slug_breaks_between_words() -> None:
    assert slugify("Xoài cát Hòa Lộc") == "xoai-cat-hoa-loc"
    assert slugify("Đường thốt nốt (1 kg)") == "duong-thot-not-1-kg"
    assert slugify("một hai ba", limit=8) == "mot-hai"
    assert slugify("a" * 80) == "a" * 60
    assert slugify("大米") == ""


def test_words_are_folded_and_keep_their_order() -> None:
    assert words("Gạo ST25, túi-5kg") == ["gao", "st25", "tui", "5kg"]


def test_what_people_type_is_kept_composed_and_with_single_spaces() -> None:
    assert normalize("  Nguye\u0302\u0303n \t Thi\u0323\nLan ") == "Nguyễn Thị Lan"


def test_a_text_speaks_both_languages_and_anything_unknown_is_vietnamese() -> None:
    text = Text("Còn {count} món", "{count} left")
    assert text.say("vi", count=3) == "Còn 3 món"
    assert text.say("en", count=3) == "3 left"
    assert text.say("fr", count=3) == "Còn 3 món"
    assert (as_locale("en"), as_locale("vi"), as_locale(None), as_locale("xx'")) == ("en", "vi", "vi", "vi")


def test_a_text_without_values_is_said_as_it_stands() -> None:
    assert Text("100% {nguyên chất}", "100% {pure}").say("vi") == "100% {nguyên chất}"
