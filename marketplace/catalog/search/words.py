"""What search makes of text: the words of goods, and the words somebody types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from marketplace.base.text import fold

MOST_WORDS = 8
LONGEST_WORD = 40
# Latin letters and digits.
_WORD = re.compile(r"(?:(?=[^\W_])[a-z0-9\u00df-\u024f\u1e00-\u1eff])+")

_TONES = dict(
    zip(
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        strict=True,
    )
)
"""`hòa` and `hoà` are the same word, written by two conventions: here the second stands for both."""
_MOVED = re.compile("|".join(_TONES))

_MEASURE = re.compile(
    r"(?<![^\W_])(\d{1,6}(?:[.,]\d{1,3})?|nua) ?(kg|ki lo|ki|ky|kilo|gam|gram|gr|g|lang|ml|lit|l)(?![^\W_])"
)
_MEASURES: dict[str, tuple[int, str]] = {
    "kg": (1000, "g"), "ki": (1000, "g"), "ky": (1000, "g"), "kilo": (1000, "g"),
    "ki lo": (1000, "g"), "lang": (100, "g"), "g": (1, "g"), "gr": (1, "g"), "gam": (1, "g"), "gram": (1, "g"),
    "l": (1000, "ml"), "lit": (1000, "ml"), "ml": (1, "ml"),
}  # fmt: skip
"""How people write mass and volume, in grams and millilitres."""


def written(text: str) -> list[str]:
    """The words of a text with their accents, in lower case, composed, with tones by one convention."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return [word[:LONGEST_WORD] for word in _WORD.findall(_MOVED.sub(lambda part: _TONES[part[0]], composed))]


def folded(text: str) -> list[str]:
    """The words of a text without accents."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """One word without accents; the same few thousand come again and again."""
    return "".join(folded(word))


@lru_cache(maxsize=20_000)
def _folded_words(text: str) -> tuple[str, ...]:
    """The names of shops, communes and categories come again with all their goods."""
    return tuple(fold_word(word) for word in written(text))


def measures(text: str) -> list[str]:
    """Amounts in a text, each in one form: `0,5 kg` and `500g` are both `500g`."""
    return [_measure(found) for found in _MEASURE.finditer(fold(text))]


def _measure(found: re.Match[str]) -> str:
    factor, unit = _MEASURES[found[2]]
    number = "0.5" if found[1] == "nua" else found[1].replace(",", ".")
    return f"{round(Fraction(number) * factor)}{unit}"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one document: its name as written and folded, and folded words people may also mean it by."""

    written: tuple[str, ...]
    name: tuple[str, ...]
    other: tuple[str, ...]


def wording(name: str, others: Iterable[str] = ()) -> Wording:
    """What a document is found by; each word once."""
    exact = tuple(dict.fromkeys(written(name)))
    plain = dict.fromkeys(fold_word(word) for word in exact)
    plain |= dict.fromkeys(measures(name))
    rest = dict.fromkeys(word for text in others for word in _folded_words(text))
    return Wording(exact, tuple(plain), tuple(word for word in rest if word not in plain))


@dataclass(frozen=True, slots=True)
class Typed:
    """A word somebody typed, folded, and as typed where that tells accents; the last one may be only begun.

    `unsure` lets it be taken for another.
    """

    plain: str
    accented: str = ""
    begun: bool = False
    unsure: bool = False


def typed_words(text: str) -> tuple[Typed, ...]:
    """The words of a query, amounts in their one form and last, no more than anybody means."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    plain = fold(composed)
    amounts: list[Typed] = []
    ended = bool(composed) and not composed[-1].isalnum()
    # Folding keeps the length of composed text, so an amount found in the one is cut out of the other.
    if len(plain) == len(composed):
        found = list(_MEASURE.finditer(plain))
        amounts = [Typed(_measure(amount)) for amount in found]
        ended |= bool(found) and found[-1].end() == len(plain)
        for amount in reversed(found):
            composed = f"{composed[: amount.start()]} {composed[amount.end() :]}"
    words = written(composed)[:MOST_WORDS]
    # Who types accents at all means a word without any to have none.
    accents = any(fold_word(word) != word for word in words)
    typed = [
        Typed(fold_word(word), word if accents else "", begun=number == len(words) and not ended)
        for number, word in enumerate(words, start=1)
    ]
    return tuple(word for word in (*typed, *amounts) if word.plain)[:MOST_WORDS]


def spelt(text: str, names: Iterable[str]) -> str:
    """A text's words with the accents the names of goods have them with, the first of these first."""
    known: dict[str, str] = {}
    for name in names:
        for word in written(name):
            known.setdefault(fold_word(word), word)
    return " ".join(known.get(word, word) for word in text.split())
