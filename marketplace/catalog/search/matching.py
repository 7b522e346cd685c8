"""How well documents match what somebody typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from marketplace.catalog.search.keyboards import undone
from marketplace.catalog.search.synonyms import Wanted, telling, wanted
from marketplace.catalog.search.vocabulary import Places, Vocabulary, add_all
from marketplace.catalog.search.words import Typed, Wording, fold_word, typed_words

MOST_REMEMBERED = 1000


class Level(IntEnum):
    """How one word matches a document, the best last. Folded means: but for accents that were typed."""

    NONE = 0
    SLIP = 1
    OTHER_BEGUN = 2
    OTHER = 3
    NAME_BEGUN = 4
    FOLDED = 5
    SYNONYM = 6
    NAME = 7
    EXACT_BEGUN = 8
    EXACT = 9


@dataclass(frozen=True, slots=True)
class Match:
    """For every document how well it matches, nothing for none, and whether by its name throughout.

    `words` are those of the query as they were understood in the end; `heads` what a name of the very thing may begin
    with: the query's first word, and its others; `slipped` says that words were taken for others.
    """

    quality: NDArray[np.uint8]
    named: NDArray[np.bool_]
    heads: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    words: tuple[str, ...] = ()
    slipped: bool = False


class Texts:
    """The words of documents by place; `count` places are in use."""

    def __init__(self) -> None:
        self.written = Vocabulary()
        self.name = Vocabulary()
        self.other = Vocabulary()
        self.count = 0
        self._meant: dict[str, Sequence[tuple[str, ...]]] = {}

    def add(self, wording: Wording) -> int:
        """One more document; returns its place."""
        place = self.count
        add_all(self.written, wording.written, place)
        add_all(self.name, wording.name, place)
        add_all(self.other, wording.other, place)
        self.count += 1
        self._meant.clear()
        return place

    def match(self, text: str, among: NDArray[np.bool_] | None = None) -> Match | None:
        """The documents with every word of a text; None for a blank one, which asks for nothing in particular.

        It is understood in the first of these ways by which anything is found: as it stands; without words that say
        nothing; by the keys of an input method that was off; with slips in words nobody knows; with one in
        another. Documents that are not `among` those that count decide nothing.
        """
        if not text.strip():
            return None
        typed = typed_words(text)
        nothing = Match(np.zeros(self.count, np.uint8), np.zeros(self.count, np.bool_))
        if not typed:
            return nothing
        tried: set[tuple[Typed, ...]] = set()
        for words in self._understandings(typed):
            if words not in tried:
                tried.add(words)
                if (found := self._match(words, among)) is not None:
                    return found
        return nothing

    def _understandings(self, typed: tuple[Typed, ...]) -> Iterator[tuple[Typed, ...]]:
        yield typed
        yield telling(typed)
        retyped = self._retyped(typed)
        yield retyped
        yield telling(retyped)
        unsure = self._unsure(retyped)
        yield unsure
        shorter = telling(unsure)
        yield shorter
        # A slip that made another known word of one: no more than one, or anything could be meant by anything.
        for number, word in enumerate(shorter):
            if not word.unsure:
                yield (*shorter[:number], replace(word, unsure=True), *shorter[number + 1 :])

    def _unsure(self, typed: Sequence[Typed]) -> tuple[Typed, ...]:
        return tuple(word if self._is_known(word) else replace(word, unsure=True) for word in typed)

    def known(self, text: str, among: NDArray[np.bool_] | None = None) -> str:
        """The most of a text that something is found by: without a word or more; empty when there is no such part."""
        typed = typed_words(text)
        kept = tuple(
            word for word in self._unsure(typed) if self._is_known(replace(word, begun=True)) or self._instead(word)
        )
        while kept and (len(kept) == len(typed) or self._match(kept, among) is None):
            shorter = [kept[:place] + kept[place + 1 :] for place in reversed(range(len(kept)))]
            kept = next((words for words in shorter if words and self._match(words, among) is not None), kept[:-1])
        return _said(kept)

    def parts(self, text: str, among: NDArray[np.bool_] | None = None) -> tuple[str, ...]:
        """Parts of a text that something is found by: the most of it, then each run of words; none where all of it is."""
        if (whole := self.match(text, among)) is None or whole.quality.any():
            return ()
        runs: list[tuple[Typed, ...]] = []
        run: tuple[Typed, ...] = ()
        for word in self._unsure(telling(typed_words(text))):
            longer = (*run, word)
            if self._is_found(longer, among):
                run = longer
                continue
            runs.append(run)
            run = (word,) if self._is_found((word,), among) else ()
        runs.append(run)
        found = dict.fromkeys((self.known(text, among), *(_said(words) for words in runs)))
        return tuple(part for part in found if part and part != _said(typed_words(text)))

    def _is_found(self, words: tuple[Typed, ...], among: NDArray[np.bool_] | None) -> bool:
        # Asked for by itself, its last word may be only begun.
        return self._match((*words[:-1], replace(words[-1], begun=True)), among) is not None

    def _retyped(self, typed: Sequence[Typed]) -> tuple[Typed, ...]:
        """Words nobody knows by the keys of an input method, where that makes known ones of them."""

        def meant(word: Typed) -> Typed:
            if word.accented not in {"", word.plain} or self._is_known(word):
                return word
            accented = undone(word.plain)
            other = replace(word, plain=fold_word(accented), accented=accented)
            return other if accented != word.plain and self._is_known(other) else word

        return tuple(meant(word) for word in typed)

    def _match(self, words: Sequence[Typed], among: NDArray[np.bool_] | None) -> Match | None:
        """The documents with every word; None when there are none."""
        least = quality = np.zeros(0, np.uint8)
        heads: tuple[set[str], set[str]] = (set(), set())
        understood: list[str] = []
        slipped = False
        for number, piece in enumerate(wanted(words)):
            levels, instead = self._levels(piece)
            least = np.minimum(least, levels) if number else levels
            if not least.any():
                return None
            quality = quality + levels if number else levels
            slipped |= bool(instead)
            understood += instead or [word.accented or word.plain for word in piece.words]
            heads[min(number, 1)].update(instead or self._heads(piece))
        if among is not None and not (among & (least > Level.NONE)).any():
            return None
        return Match(
            quality * (least > Level.NONE),
            least >= Level.NAME_BEGUN,
            (frozenset(heads[0]), frozenset(heads[1])),
            tuple(understood),
            slipped,
        )

    def _heads(self, piece: Wanted) -> Iterator[str]:
        for word in piece.words:
            yield word.plain
            if word.begun:
                yield from self.name.begun(word.plain)
        for phrase in piece.otherwise:
            yield fold_word(phrase[0])

    def _levels(self, piece: Wanted) -> tuple[NDArray[np.uint8], list[str]]:
        levels, instead = self._word(piece.words[0])
        for word in piece.words[1:]:
            more, meant = self._word(word)
            np.minimum(levels, more, out=levels)
            instead += meant
        for phrase in piece.otherwise:
            by_synonym = self._having_all(phrase)
            levels[by_synonym] = np.maximum(levels[by_synonym], Level.SYNONYM)
        return levels, instead

    def _having_all(self, phrase: Sequence[str]) -> Places:
        found = self.written.having(phrase[0])
        for word in phrase[1:]:
            found = np.intersect1d(found, self.written.having(word), assume_unique=True)
        return found

    def _word(self, word: Typed) -> tuple[NDArray[np.uint8], list[str]]:
        """The level of one word for every document, weaker ones written first; and what it was taken for."""
        levels = np.zeros(self.count, np.uint8)
        meant: list[str] = []
        if word.unsure:
            for alternative in self._instead(word):
                having = self._having_all_somewhere(alternative)
                if having.any():
                    levels[having] = Level.SLIP
                    meant = meant or list(alternative)
        if word.begun:
            levels[self.other.having_begun(word.plain)] = Level.OTHER_BEGUN
        levels[self.other.having(word.plain)] = Level.OTHER
        if word.begun:
            levels[self.name.having_begun(word.plain)] = Level.NAME_BEGUN
        levels[self.name.having(word.plain)] = Level.FOLDED if word.accented else Level.NAME
        if word.accented:
            if word.begun:
                levels[self.written.having_begun(word.accented)] = Level.EXACT_BEGUN
            levels[self.written.having(word.accented)] = Level.EXACT
        return levels, meant

    def _is_known(self, word: Typed) -> bool:
        if word.begun:
            return self.name.begins(word.plain) or self.other.begins(word.plain)
        return word.plain in self.name or word.plain in self.other

    def _instead(self, word: Typed) -> Sequence[tuple[str, ...]]:
        """What may have been meant: a word with one slip, several written together, a word with two slips, or both."""
        # Looked for among all words there are, and asked for again by each way of understanding a query.
        known = self._meant.get(word.plain)
        if known is None:
            if len(self._meant) >= MOST_REMEMBERED:
                self._meant.clear()
            known = self._meant[word.plain] = self._look_for(word)
        return known

    def _look_for(self, word: Typed) -> Sequence[tuple[str, ...]]:
        if meant := self.name.meant(word.plain, 1):
            return [(one,) for one in meant]
        if parts := self.name.apart(word.plain):
            return [parts]
        if meant := self.name.meant(word.plain) or self.other.meant(word.plain):
            return [(one,) for one in meant]
        return self.name.nearly_apart(word.plain)

    def _having_all_somewhere(self, words: Sequence[str]) -> NDArray[np.bool_]:
        found = np.ones(self.count, np.bool_)
        for word in words:
            here = np.zeros(self.count, np.bool_)
            here[self.name.having(word)] = True
            here[self.other.having(word)] = True
            found &= here
        return found


def _said(words: Sequence[Typed]) -> str:
    return " ".join(word.accented or word.plain for word in words)
