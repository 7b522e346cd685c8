"""Names that look like others, or like nothing, and names that are right in each script of the delta."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.errors import DomainError, FieldRequired, InputInvalid
from marketplace.base.names import LOCAL_SCRIPTS, NameUnreadable, read_name, scripts_of


def _read(typed: str) -> str:
    return read_name(typed, field="shop_name", limit=80, scripts=LOCAL_SCRIPTS)


@pytest.mark.parametrize(
    "name",
    [
        "Vườn xoài cô Bảy", "HTX Nông nghiệp Số 1 – Phong Điền", "Trần Thị Bưởi & con", "Tiệm bánh Đ’Lat 24/7",
        "សួន ស្វាយ", "ភូមិខ្មែរ", "豐收 Phong Thâu", "大吉茶莊", "Nº 1 Coffee", "🥭 Xoài Cát", "Xoài ★★★",
    ],
)  # fmt: skip
def test_names_as_people_here_write_them_are_kept_as_they_are(name: str) -> None:
    assert _read(name) == name


@pytest.mark.parametrize(
    "name",
    ["Vườn хoài", "Сhợ Quê", "Vietcοmbank", "Cô Bảу", "Ｖietcombank", "𝐂hợ Quê", "ᏟᎻợ", "ВЕЕ", "Сосо", "محل", "x̴̢̛͔̗a"],
)
def test_a_name_that_looks_like_another_one_is_refused_and_the_word_is_named(name: str) -> None:
    with pytest.raises(NameUnreadable) as refused:
        _read(name)
    assert refused.value.field == "shop_name"
    assert "“" in refused.value.say("vi")


@pytest.mark.parametrize("hidden", [*"\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u3164\u2800\u034f", "\U000e0041"])
def test_what_cannot_be_seen_is_left_out_so_that_two_names_that_look_alike_are_alike(hidden: str) -> None:
    assert _read(f"Chợ{hidden} Q{hidden}uê{hidden}") == "Chợ Quê"
    with pytest.raises(FieldRequired):
        _read(hidden * 3)


@pytest.mark.parametrize("turning", "\u202e\u202d\u2066\u200f\u061c\x00\x07\x1b\ud800")
def test_what_turns_or_breaks_a_line_is_refused(turning: str) -> None:
    with pytest.raises(InputInvalid):
        _read(f"Chợ {turning}Quê")


def test_people_may_have_a_name_in_any_one_script() -> None:
    for name in ("Иван Петров", "Γιώργος", "김민수", "محمد"):
        assert read_name(name, field="name", limit=120) == name
    with pytest.raises(NameUnreadable):
        read_name("Nguyễn Vаn A", field="name", limit=120)


@given(st.text(max_size=60))
def test_a_name_that_was_kept_is_kept_again_unchanged_and_has_words_of_one_script(typed: str) -> None:
    try:
        name = _read(typed)
    except DomainError:
        return
    assert _read(name) == name
    assert all(len(scripts_of(word)) <= 1 for word in name.split() if word.isalpha())
