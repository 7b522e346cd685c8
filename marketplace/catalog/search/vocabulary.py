"""The words of all documents, and which documents have them."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

Places = NDArray[np.int32]
"""Documents by their place, ascending."""

SHORTEST_WITH_A_SLIP = 3
SHORTEST_WITH_TWO = 6
MOST_MEANT = 4
LONGEST_BEGINNING = 8
SHORT_BEGINNING = 2
MOST_BEGINNINGS = 100


class Vocabulary:
    """Words of one kind. Documents are added with growing places and never taken out: who has left is told elsewhere."""

    def __init__(self) -> None:
        self._places: dict[str, array[int]] = {}
        self._sorted: list[str] = []
        self._late: list[str] = []
        self._begun: dict[str, array[int]] = {}

    def add(self, word: str, place: int) -> None:
        """A document at a place beyond all before has this word."""
        places = self._places.get(word)
        if places is None:
            places = self._places[word] = array("i")
            self._late.append(word)
        places.append(place)
        if self._begun:
            for length in range(1, SHORT_BEGINNING + 1):
                known = self._begun.get(word[:length])
                if known is not None and (not known or known[-1] != place):
                    known.append(place)

    def __contains__(self, word: str) -> bool:
        """Whether any document has it."""
        return word in self._places

    def having(self, word: str) -> Places:
        """The documents with this whole word."""
        found = self._places.get(word)
        return np.array(found if found is not None else (), np.int32)

    def begun(self, beginning: str) -> Iterator[str]:
        """Words that begin so, itself not among them."""
        words = self._in_order()
        for number in range(bisect_left(words, beginning), len(words)):
            word = words[number]
            if not word.startswith(beginning):
                return
            if word != beginning:
                yield word

    def having_begun(self, beginning: str) -> Places:
        """The documents with a word that begins so, in any order and perhaps more than once.

        Hundreds of words begin with one letter or two, so that these are put together once and kept as documents come.
        """
        if len(beginning) > SHORT_BEGINNING:
            return self._together([beginning, *self.begun(beginning)])
        known = self._begun.get(beginning)
        if known is None:
            known = array("i", _once(self._together([beginning, *self.begun(beginning)])).tobytes())
            if len(self._begun) >= MOST_BEGINNINGS:
                self._begun.clear()
            self._begun[beginning] = known
        return np.array(known, np.int32)

    def _together(self, words: Iterable[str]) -> Places:
        found = [np.array(places, np.int32) for word in words if (places := self._places.get(word)) is not None]
        return np.concatenate(found) if found else np.zeros(0, np.int32)

    def begins(self, beginning: str) -> bool:
        """Whether any word begins so."""
        return beginning in self._places or next(self.begun(beginning), None) is not None

    def meant(self, word: str, most: int = 2) -> list[str]:
        """Words that may have been meant by this one with a slip of the finger, the nearest and most frequent first.

        `most` is how many slips at most; a short word has one.
        """
        if len(word) < SHORTEST_WITH_A_SLIP or any(character.isdigit() for character in word):
            return []
        most = min(most, 1 if len(word) < SHORTEST_WITH_TWO else 2)
        near = process.extract(word, self._in_order(), scorer=OSA.distance, score_cutoff=most, limit=None)
        ranked = sorted(
            (distance, found[0] != word[0], -len(self._places[found]), found)
            for found, distance, _ in near
            if len(found) >= SHORTEST_WITH_A_SLIP - 1 and found != word
        )
        return [found for _, _, _, found in ranked[:MOST_MEANT]]

    def apart(self, word: str) -> tuple[str, ...]:
        """The fewest known words that make up this one, written together: `saurieng` → `sau`, `rieng`."""
        best: list[tuple[int, int, tuple[str, ...]] | None] = [(0, 0, ())] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - LONGEST_BEGINNING), end - 1):
                before, part = best[start], word[start:end]
                if before is None or part not in self._places:
                    continue
                # Of equally few, those whose rarest word is the most frequent.
                rarest = min(len(self._places[part]), -before[1] if before[2] else len(self._places[part]))
                candidate = (before[0] + 1, -rarest, (*before[2], part))
                here = best[end]
                if here is None or candidate < here:
                    best[end] = candidate
        whole = best[len(word)]
        return whole[2] if whole is not None and len(whole[2]) > 1 else ()

    def nearly_apart(self, word: str) -> list[tuple[str, str]]:
        """Two words that make up this one with a slip in one of them: `saurieg` → `sau`, `rieng`."""
        found = []
        for end in range(2, len(word) - 1):
            first, second = word[:end], word[end:]
            if first in self._places:
                found += [(first, meant) for meant in self.meant(second, 1)[:1]]
            elif second in self._places:
                found += [(meant, second) for meant in self.meant(first, 1)[:1]]
        return found

    def _in_order(self) -> list[str]:
        if len(self._late) > len(self._sorted) // 8:
            self._sorted = sorted(self._places)
        else:
            for word in self._late:
                insort(self._sorted, word)
        self._late.clear()
        return self._sorted


def _once(places: Places) -> Places:
    """Each place once, ascending: by marking them, since sorting tens of thousands would be felt while somebody types."""
    marks = np.zeros(int(places.max(initial=-1)) + 1, np.bool_)
    marks[places] = True
    return np.flatnonzero(marks).astype(np.int32)


def add_all(vocabulary: Vocabulary, words: Iterable[str], place: int) -> None:
    """A document at a place beyond all before has these words."""
    for word in words:
        vocabulary.add(word, place)
