"""Other words for what somebody typed, and words that say nothing, kept as data (`data/`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from marketplace.catalog.search.words import Typed, fold_word, written

Phrase = tuple[str, ...]
"""Words with their accents, in order."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Some words that were typed, and what else they are called."""

    words: tuple[Typed, ...]
    otherwise: tuple[Phrase, ...] = ()


def _lines(name: str) -> list[str]:
    text = Path(__file__).with_name("data").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1)
def _noise() -> frozenset[str]:
    words = [word for line in _lines("noise.txt") for word in written(line)]
    return frozenset((*words, *map(fold_word, words)))


def telling(typed: Sequence[Typed]) -> tuple[Typed, ...]:
    """The words of a query that say something of the goods; all of them when none does."""
    return tuple(word for word in typed if (word.accented or word.plain) not in _noise()) or tuple(typed)


@lru_cache(maxsize=1)
def _groups() -> dict[Phrase, dict[Phrase, tuple[Phrase, ...]]]:
    """By the folded phrase: the phrase as written, and the others of its groups."""
    found: dict[Phrase, dict[Phrase, tuple[Phrase, ...]]] = {}
    for line in _lines("synonyms.tsv"):
        phrases = [tuple(written(part)) for part in line.split("\t")]
        for phrase in phrases:
            known = found.setdefault(tuple(fold_word(word) for word in phrase), {})
            others = (other for other in phrases if other != phrase)
            known[phrase] = tuple(dict.fromkeys((*known.get(phrase, ()), *others)))
    return found


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(len(phrase) for phrase in _groups())


def wanted(typed: Sequence[Typed]) -> tuple[Wanted, ...]:
    """The query in pieces, the longest known phrases first; accents that were typed must be those of the phrase."""
    pieces: list[Wanted] = []
    start = 0
    while start < len(typed):
        piece = Wanted((typed[start],))
        for length in range(min(_longest(), len(typed) - start), 0, -1):
            words = tuple(typed[start : start + length])
            if others := _others(words):
                piece = Wanted(words, others)
                break
        pieces.append(piece)
        start += len(piece.words)
    return tuple(pieces)


def _others(words: Sequence[Typed]) -> tuple[Phrase, ...]:
    known = _groups().get(tuple(word.plain for word in words), {})
    return tuple(
        other
        for phrase, others in known.items()
        if all(word.accented in {"", word.plain, meant} for word, meant in zip(words, phrase, strict=True))
        for other in others
    )
