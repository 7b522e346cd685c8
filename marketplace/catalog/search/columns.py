"""Facts of documents by their place, in arrays that grow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]
"""Documents by their place, ascending."""

FIRST_ROOM = 256
WORTH_A_SAMPLE = 8192
SAMPLE = 1024
SPARE = 8


class Codes:
    """Small numbers for texts that repeat, such as a shop's slug. Number 0 stands for none."""

    def __init__(self) -> None:
        self._of: dict[str, int] = {"": 0}
        self.texts: list[str] = [""]

    def code(self, text: str) -> int:
        """The number of a text, a new one when it has none yet."""
        known = self._of.get(text)
        if known is None:
            known = self._of[text] = len(self.texts)
            self.texts.append(text)
        return known

    def find(self, text: str) -> int:
        """The number of a text; -1, which nothing has, when it has none."""
        return self._of.get(text, -1)


class Columns:
    """What is filtered, counted and put in order by. Prices in đồng, moments in microseconds since 1970 (UTC)."""

    NAMES: ClassVar[tuple[str, ...]] = (
        "product", "price", "published", "standing", "top", "middle", "leaf", "store", "commune", "kind", "stars",
        "certificates", "head", "looks", "wording", "alive", "in_stock", "preorder", "rated",
    )  # fmt: skip

    product: Numbers
    price: Numbers
    published: Numbers
    standing: Numbers
    top: Numbers
    middle: Numbers
    leaf: Numbers
    store: Numbers
    commune: Numbers
    kind: Numbers
    stars: Numbers
    certificates: Numbers
    head: Numbers
    looks: Numbers
    wording: Numbers
    alive: Flags
    in_stock: Flags
    preorder: Flags
    rated: Numbers

    _SMALL: ClassVar[frozenset[str]] = frozenset(
        {
            "price",
            "standing",
            "top",
            "middle",
            "leaf",
            "store",
            "commune",
            "kind",
            "stars",
            "certificates",
            "head",
            "rated",
        }
    )
    _FLAGS: ClassVar[frozenset[str]] = frozenset({"alive", "in_stock", "preorder"})

    def __init__(self) -> None:
        for name in self.NAMES:
            kind = np.bool_ if name in self._FLAGS else np.int32 if name in self._SMALL else np.int64
            setattr(self, name, np.zeros(FIRST_ROOM, kind))

    def make_room(self, place: int) -> None:
        """Let there be a row at a place."""
        if place < len(self.product):
            return
        for name in self.NAMES:
            old = getattr(self, name)
            larger = np.zeros(max(place + 1, len(old) * 2), old.dtype)
            larger[: len(old)] = old
            setattr(self, name, larger)


def best(key: Numbers, second: Callable[[Places], Numbers], most: int) -> Places:
    """Where the `most` largest keys are, the largest first, equal ones by what `second` says of them; in linear time."""
    if len(key) > WORTH_A_SAMPLE:
        # A threshold that a sample says a few more than these are above: then only those need to be looked at.
        sample = key[:: len(key) // SAMPLE]
        rank = min(len(sample), most * len(sample) // len(key) + SPARE)
        likely = np.flatnonzero(key >= np.partition(sample, len(sample) - rank)[len(sample) - rank])
        if len(likely) >= most:
            return likely[_best(key[likely], second(likely), most)]
    return _best(key, second(np.arange(len(key))), most)


def _best(key: Numbers, second: Numbers, most: int) -> Places:
    if len(key) > most:
        threshold = np.partition(key, len(key) - most)[len(key) - most]
        above = np.flatnonzero(key > threshold)
        equal = np.flatnonzero(key == threshold)
        missing = most - len(above)
        if len(equal) > missing:
            equal = equal[np.argpartition(second[equal], len(equal) - missing)[len(equal) - missing :]]
        chosen = np.concatenate((above, equal))
    else:
        chosen = np.arange(len(key))
    return chosen[np.lexsort((second[chosen], key[chosen]))[::-1]]
