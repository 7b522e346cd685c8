"""Other words for what somebody typed, kept as data (`data/synonyms.tsv`)."""

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


@lru_cache(maxsize=1)
def _groups() -> dict[Phrase, dict[Phrase, tuple[Phrase, ...]]]:
    """By the folded phrase: the phrase as written, and the others of its groups."""
    lines = Path(__file__).with_name("data").joinpath("synonyms.tsv").read_text("utf-8").splitlines()
    found: dict[Phrase, dict[Phrase, tuple[Phrase, ...]]] = {}
    for line in lines:
        if line.startswith("#") or not line.strip():
            continue
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
        if all(not word.accented or word.accented == meant for word, meant in zip(words, phrase, strict=True))
        for other in others
    )
