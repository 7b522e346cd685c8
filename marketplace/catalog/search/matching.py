"""How well documents match what somebody typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from marketplace.catalog.search.synonyms import Wanted, wanted
from marketplace.catalog.search.vocabulary import Places, Vocabulary, add_all
from marketplace.catalog.search.words import Typed, Wording, typed_words


class Level(IntEnum):
    """How one word matches a document, the best last."""

    NONE = 0
    SLIP = 1
    OTHER_BEGUN = 2
    OTHER = 3
    NAME_BEGUN = 4
    SYNONYM = 5
    NAME = 6
    EXACT_BEGUN = 7
    EXACT = 8


@dataclass(frozen=True, slots=True)
class Match:
    """For every document how well it matches, nothing for none, and whether by its name throughout.

    `slipped` says that words were taken for others.
    """

    quality: NDArray[np.uint8]
    named: NDArray[np.bool_]
    slipped: bool = False


class Texts:
    """The words of documents by place; `count` places are in use."""

    def __init__(self) -> None:
        self.written = Vocabulary()
        self.name = Vocabulary()
        self.other = Vocabulary()
        self.count = 0

    def add(self, wording: Wording) -> int:
        """One more document; returns its place."""
        place = self.count
        add_all(self.written, wording.written, place)
        add_all(self.name, wording.name, place)
        add_all(self.other, wording.other, place)
        self.count += 1
        return place

    def match(self, text: str) -> Match | None:
        """The documents with every word of a text; None for a blank one, which asks for nothing in particular.

        A word nobody knows is taken apart or for what was meant by it; when all are known and no document has them
        all, any of them may have been a slip.
        """
        if not text.strip():
            return None
        pieces = wanted(typed_words(text))
        if not pieces:
            return Match(np.zeros(self.count, np.uint8), np.zeros(self.count, np.bool_))
        found = self._match(pieces, everywhere=False)
        return found if found.quality.any() else self._match(pieces, everywhere=True)

    def known(self, text: str) -> str:
        """What is left of a text without the words that nothing is known by; empty when all or none are known."""
        typed = typed_words(text)
        kept = [word for word in typed if self._is_known(replace(word, begun=True)) or self._instead(word)]
        return " ".join(word.accented or word.plain for word in kept) if len(kept) < len(typed) else ""

    def _match(self, pieces: Sequence[Wanted], *, everywhere: bool) -> Match:
        quality, slipped = self._levels(pieces[0], everywhere=everywhere)
        least = quality
        for piece in pieces[1:]:
            levels, slip = self._levels(piece, everywhere=everywhere)
            slipped |= slip
            least = np.minimum(least, levels)
            quality = quality + levels
        return Match(quality * (least > Level.NONE), least >= Level.NAME_BEGUN, slipped)

    def _levels(self, piece: Wanted, *, everywhere: bool) -> tuple[NDArray[np.uint8], bool]:
        levels, slipped = self._all_of(piece.words, everywhere=everywhere)
        for phrase in piece.otherwise:
            by_synonym = self._having_all(phrase)
            levels[by_synonym] = np.maximum(levels[by_synonym], Level.SYNONYM)
        return levels, slipped

    def _having_all(self, phrase: Sequence[str]) -> Places:
        found = self.written.having(phrase[0])
        for word in phrase[1:]:
            found = np.intersect1d(found, self.written.having(word), assume_unique=True)
        return found

    def _all_of(self, words: Sequence[Typed], *, everywhere: bool) -> tuple[NDArray[np.uint8], bool]:
        levels, slipped = self._word(words[0], everywhere=everywhere)
        for word in words[1:]:
            more, slip = self._word(word, everywhere=everywhere)
            np.minimum(levels, more, out=levels)
            slipped |= slip
        return levels, slipped

    def _word(self, word: Typed, *, everywhere: bool) -> tuple[NDArray[np.uint8], bool]:
        """The level of one word for every document, weaker ones written first; and whether it was taken for another."""
        levels = np.zeros(self.count, np.uint8)
        instead = () if not everywhere and self._is_known(word) else self._instead(word)
        for alternative in instead:
            levels[self._having_all_somewhere(alternative)] = Level.SLIP
        if word.begun:
            self._mark_begun(levels, self.other, word.plain, Level.OTHER_BEGUN)
        levels[self.other.having(word.plain)] = Level.OTHER
        if word.begun:
            self._mark_begun(levels, self.name, word.plain, Level.NAME_BEGUN)
        levels[self.name.having(word.plain)] = Level.NAME
        if word.accented:
            if word.begun:
                self._mark_begun(levels, self.written, word.accented, Level.EXACT_BEGUN)
            levels[self.written.having(word.accented)] = Level.EXACT
        return levels, bool(instead)

    @staticmethod
    def _mark_begun(levels: NDArray[np.uint8], vocabulary: Vocabulary, beginning: str, level: Level) -> None:
        for longer in vocabulary.begun(beginning):
            levels[vocabulary.having(longer)] = level

    def _is_known(self, word: Typed) -> bool:
        if word.begun:
            return self.name.begins(word.plain) or self.other.begins(word.plain)
        return word.plain in self.name or word.plain in self.other

    def _instead(self, word: Typed) -> tuple[tuple[str, ...], ...]:
        """What may have been meant: several words written together, or one with a slip."""
        if parts := self.name.apart(word.plain):
            return (parts,)
        return tuple((meant,) for meant in self.name.meant(word.plain) or self.other.meant(word.plain))

    def _having_all_somewhere(self, words: Sequence[str]) -> NDArray[np.bool_]:
        found = np.ones(self.count, np.bool_)
        for word in words:
            here = np.zeros(self.count, np.bool_)
            here[self.name.having(word)] = True
            here[self.other.having(word)] = True
            found &= here
        return found
