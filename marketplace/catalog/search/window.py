"""The shop window: all goods that shoppers may find, in memory, to be found, filtered, counted and put in order.

It is made from the database and kept in step with it (`keeping.py`); it decides nothing, and every process has its own
(docs/decisions/0005-search.md).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

import numpy as np

from marketplace.catalog.rules import CertificateKind
from marketplace.catalog.search.columns import FIRST_ROOM, Codes, Columns, Flags, Numbers, Places, best
from marketplace.catalog.search.matching import Match, Texts
from marketplace.catalog.search.words import Wording, wording
from marketplace.catalog.views import Counts

STOCK_BIT = 12
"""Goods there are come before goods that are sold out, however well these sold."""
QUALITY_BIT = 13
LEVEL_QUALITY, FIRST_QUALITY, OTHER_QUALITY = 2, 2, 1
"""What a level counts; and that a name begins as the query does, or with another word of it."""
NO_LIMIT = 2**31 - 1
WORTH_TIDYING = 1000
CERTIFICATE_BITS = {kind.value: 1 << place for place, kind in enumerate(CertificateKind)}


class Order(Enum):
    """Orders of goods: the column, and whether the largest come first."""

    STANDING = ("standing", True)
    NEWEST = ("published", True)
    CHEAPEST = ("price", False)
    DEAREST = ("price", True)
    BEST_RATED = ("rated", True)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the window knows of a product. Categories from the root down; `looks` changes with whatever a list shows.

    `certificates` has a bit for each kind (`CERTIFICATE_BITS`). `changes_at` is when the clock alone will change something:
    a certificate expires, a hold lapses, a sale begins.
    """

    product_id: int
    name: str
    others: tuple[str, ...]
    categories: tuple[int, ...]
    store: str
    commune: str
    kind: str
    price: int
    popularity: int
    published: datetime | None
    in_stock: bool
    stars: int = 0
    certificates: int = 0
    preorder: bool = False
    rated: int = 0
    looks: int = 0
    changes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What a shopper wants to see. `near` raises goods by commune; `after` is the key and product of the last one seen."""

    text: str = ""
    category: int | None = None
    store: str = ""
    communes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    stars: int | None = None
    certificates: int = 0
    in_stock: bool = False
    preorder: bool = False
    stores: tuple[str, ...] | None = None
    near: Mapping[str, int] = field(default_factory=dict)
    order: Order = Order.STANDING
    after: tuple[int, int] | None = None
    limit: int = 24
    counted: bool = False
    bands: tuple[tuple[int | None, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Products in order, the place to go on from (None at the end), and how many there are in all.

    `meant` is the text by which they were found when words were taken for others.
    """

    products: tuple[int, ...] = ()
    next: tuple[int, int] | None = None
    total: int = 0
    counts: Counts = field(default_factory=Counts)
    meant: str = ""


def standing(popularity: int) -> int:
    """Popularity by its magnitude and four more bits (steps of about 4 %), so that a sale seldom moves anything."""
    magnitude = max(0, popularity) + 1
    length = magnitude.bit_length()
    return length * 16 + ((magnitude << 4) >> (length - 1)) % 16


class Window:
    """Goods by place. A product whose words or category change takes a new place, so places only grow."""

    def __init__(self) -> None:
        self._texts = Texts()
        self._columns = Columns()
        self._place_of: dict[int, int] = {}
        self._left = 0
        self._stores, self._communes, self._kinds, self._heads = Codes(), Codes(), Codes(), Codes()
        self._shops = Texts()
        self._shop_names: list[tuple[str, str]] = []
        self._shop_codes = array("i")
        self._goods = np.zeros(FIRST_ROOM, np.int32)
        self._shop_name_of: dict[str, str] = {}
        self._all: Places | None = None

    def __len__(self) -> int:
        """How many goods there are."""
        return len(self._place_of)

    def __contains__(self, product_id: int) -> bool:
        """Whether shoppers may find a product."""
        return product_id in self._place_of

    def put(self, entry: Entry) -> bool:
        """Show a product as it is now; returns whether anything about it looks different."""
        columns = self._columns
        place = self._place_of.get(entry.product_id)
        words = hash((entry.name, entry.others, entry.categories, entry.store, entry.commune, entry.kind))
        if place is not None and columns.wording[place] == words:
            before = (columns.looks[place], columns.standing[place])
        else:
            if place is not None:
                self.remove(entry.product_id)
            place = self._take_place(entry, wording(entry.name, entry.others), words)
            before = None
        columns.price[place] = entry.price
        columns.published[place] = round(entry.published.timestamp() * 1_000_000) if entry.published else 0
        columns.standing[place] = standing(entry.popularity) + (entry.in_stock << STOCK_BIT)
        columns.stars[place] = entry.stars
        columns.rated[place] = entry.rated
        columns.certificates[place] = entry.certificates
        columns.in_stock[place] = entry.in_stock
        columns.preorder[place] = entry.preorder
        columns.looks[place] = entry.looks
        return before != (columns.looks[place], columns.standing[place])

    def _take_place(self, entry: Entry, words: Wording, fingerprint: int) -> int:
        columns, place = self._columns, self._texts.add(words)
        columns.make_room(place)
        self._place_of[entry.product_id] = place
        self._all = None
        columns.product[place] = entry.product_id
        columns.alive[place] = True
        columns.wording[place] = fingerprint
        columns.store[place] = store = self._stores.code(entry.store)
        if store >= len(self._goods):
            self._goods = np.concatenate((self._goods, np.zeros_like(self._goods)))
        self._goods[store] += 1
        self._remember_shop(entry)
        columns.commune[place] = self._communes.code(entry.commune)
        columns.kind[place] = self._kinds.code(entry.kind)
        columns.head[place] = self._heads.code(words.name[0] if words.name else "")
        columns.top[place], columns.middle[place], columns.leaf[place] = (*entry.categories, 0, 0, 0)[:3]
        return place

    def _remember_shop(self, entry: Entry) -> None:
        name = entry.others[0] if entry.others else ""
        if self._shop_name_of.get(entry.store) != name:
            self._shop_name_of[entry.store] = name
            self._shops.add(wording(name))
            self._shop_names.append((entry.store, name))
            self._shop_codes.append(self._stores.code(entry.store))

    def shops(self, text: str, most: int) -> tuple[tuple[str, str], ...]:
        """Slugs and names of the shops a text names best, those with the most goods first; none without goods."""
        match = self._shops.match(text)
        if match is None or match.slipped:
            return ()
        places = np.flatnonzero(match.quality)
        theirs = self._goods[np.array(self._shop_codes, np.intp)[places]]
        found = []
        for place in places[np.lexsort((theirs, match.quality[places]))[::-1]].tolist():
            slug, name = self._shop_names[place]
            if self._shop_name_of[slug] == name and self._goods[self._shop_codes[place]]:
                found.append((slug, name))
                if len(found) == most:
                    break
        return tuple(found)

    def remove(self, product_id: int) -> bool:
        """Shoppers may not find a product any more; returns whether they could."""
        place = self._place_of.pop(product_id, None)
        if place is None:
            return False
        self._columns.alive[place] = False
        self._goods[self._columns.store[place]] -= 1
        self._left += 1
        self._all = None
        return True

    @property
    def untidy(self) -> bool:
        """Whether so many goods have left their places that the window is better made anew."""
        return self._left > max(WORTH_TIDYING, len(self) // 2)

    def parts(self, text: str) -> tuple[str, ...]:
        """Parts of a text that goods are found by, where they are not by all of it."""
        return self._texts.parts(text, self._of("alive"))

    def find(self, question: Question) -> Found:
        """Goods that meet a question, in its order, with counts of every choice when asked for."""
        wanted = self._of("alive")
        match = self._texts.match(question.text, wanted)
        if match is not None:
            wanted = wanted & (match.quality > 0)
            if question.order is not Order.STANDING and (wanted & match.named).any():
                # Put in another order, words of names count alone: the cheapest goods of a shop called after a fruit
                # are not the cheapest fruit.
                wanted = wanted & match.named
        masks = self._masks(question)
        lacking = np.zeros(len(wanted), np.uint8)
        for mask in masks.values():
            lacking += ~mask
        meeting = wanted & (lacking == 0) if masks else wanted
        hits = self._everything() if match is None and not masks else np.flatnonzero(meeting)
        counts = Counts()
        if question.counted:
            counts = self._counts(question, hits, wanted & (lacking == 1), masks, int(np.count_nonzero(wanted)))
        shown, following = self._page(question, hits, match)
        meant = " ".join(match.words) if match is not None and match.slipped else ""
        return Found(shown, following, len(hits), counts, meant)

    def _everything(self) -> Places:
        if self._all is None:
            self._all = np.flatnonzero(self._columns.alive[: self._texts.count])
        return self._all

    def _of(self, name: str) -> Any:
        return getattr(self._columns, name)[: self._texts.count]

    def _masks(self, question: Question) -> dict[str, Flags]:
        """For every choice that was made, which places meet it."""
        masks: dict[str, Flags] = {}
        if question.category is not None:
            masks["category"] = (
                (self._of("leaf") == question.category)
                | (self._of("middle") == question.category)
                | (self._of("top") == question.category)
            )
        if question.store:
            masks["store"] = self._of("store") == self._stores.find(question.store)
        if question.communes:
            masks["commune"] = _one_of(self._of("commune"), self._communes, question.communes)
        if question.kinds:
            masks["kind"] = _one_of(self._of("kind"), self._kinds, question.kinds)
        if question.lowest is not None or question.highest is not None:
            masks["price"] = _between(self._of("price"), question.lowest, question.highest)
        if question.stars is not None:
            masks["stars"] = self._of("stars") >= question.stars
        if question.certificates:
            masks["certificates"] = self._of("certificates") & question.certificates == question.certificates
        if question.in_stock:
            masks["in_stock"] = self._of("in_stock")
        if question.preorder:
            masks["preorder"] = self._of("preorder")
        if question.stores is not None:
            masks["reachable"] = _one_of(self._of("store"), self._stores, question.stores)
        return masks

    def _counts(
        self, question: Question, hits: Places, nearly: Flags, masks: Mapping[str, Flags], unfiltered: int
    ) -> Counts:
        """Counts of each choice among what all other choices leave: what meets all, and what lacks this one alone."""
        without = {choice: np.flatnonzero(nearly & ~mask) for choice, mask in masks.items()}

        def left(choice: str, name: str) -> Any:
            column, more = self._of(name), without.get(choice)
            meeting = column if len(hits) == len(column) else column[hits]
            return meeting if more is None else np.concatenate((meeting, column[more]))

        certificates, prices, stars = (
            left("certificates", "certificates"),
            left("price", "price"),
            left("stars", "stars"),
        )
        return Counts(
            categories={
                number: count
                for name in ("top", "middle", "leaf")
                for number, count in enumerate(np.bincount(left("category", name)).tolist())
                if number and count
            },
            communes=_by_text(left("commune", "commune"), self._communes),
            kinds=_by_text(left("kind", "kind"), self._kinds),
            stars={number: int(np.count_nonzero(stars >= number)) for number in (3, 4, 5)},
            certificates={kind: int(np.count_nonzero(certificates & bit)) for kind, bit in CERTIFICATE_BITS.items()},
            bands=tuple(int(np.count_nonzero(_between(prices, *band))) for band in question.bands),
            in_stock=int(np.count_nonzero(left("in_stock", "in_stock"))),
            preorder=int(np.count_nonzero(left("preorder", "preorder"))),
            reachable=len(hits) if "reachable" in masks else 0,
            without={choice: len(hits) + len(more) for choice, more in without.items()},
            unfiltered=unfiltered,
        )

    def _page(
        self, question: Question, hits: Places, match: Match | None
    ) -> tuple[tuple[int, ...], tuple[int, int] | None]:
        key = self._key(question, hits, match)
        sign = 1 if question.order.value[1] else -1
        if question.after is not None:
            last_key, last_product = question.after
            beyond = key < last_key
            equal = np.flatnonzero(key == last_key)
            beyond[equal[sign * self._columns.product[hits[equal]] < sign * last_product]] = True
            hits, key = hits[beyond], key[beyond]
        chosen = best(key, lambda places: sign * self._columns.product[hits[places]], question.limit + 1)
        shown = chosen[: question.limit]
        products = self._columns.product[hits[shown]]
        more = len(chosen) > question.limit
        following = (int(key[shown[-1]]), int(products[-1])) if more else None
        return tuple(products.tolist()), following

    def _key(self, question: Question, hits: Places, match: Match | None) -> Numbers:
        """What goods are put in order by, the largest first."""
        name, descending = question.order.value
        key: Numbers = self._of(name)[hits]
        if question.order is not Order.STANDING:
            return key if descending else -key
        if question.near:
            bonus = np.zeros(len(self._communes.texts), np.int32)
            for commune, more in question.near.items():
                if (code := self._communes.find(commune)) >= 0:
                    bonus[code] = more
            key = key + bonus[self._of("commune")[hits]]
        if match is not None:
            bonus = np.zeros(len(self._heads.texts) + 1, np.uint8)
            first, others = match.heads
            bonus[[self._heads.find(word) for word in others]] = OTHER_QUALITY
            bonus[[self._heads.find(word) for word in first]] = FIRST_QUALITY
            # Number -1, which unknown words have, is the last of the table and nobody's.
            quality = LEVEL_QUALITY * match.quality[hits] + bonus[self._of("head")[hits]]
            key = key + (quality.astype(np.int32) << QUALITY_BIT)
        return key


def _one_of(column: Numbers, codes: Codes, texts: Iterable[str]) -> Flags:
    wanted = np.zeros(len(codes.texts) + 1, np.bool_)
    wanted[[codes.find(text) for text in texts]] = True
    # Number -1, which unknown texts have, is the last of the table and nobody's.
    wanted[-1] = False
    return wanted[column]


def _between(prices: Numbers, lowest: int | None, highest: int | None) -> Flags:
    return (prices >= min(lowest or 0, NO_LIMIT)) & (prices <= min(NO_LIMIT if highest is None else highest, NO_LIMIT))


def _by_text(column: Numbers, codes: Codes) -> dict[str, int]:
    counts = np.bincount(column, minlength=1).tolist()
    return {codes.texts[number]: count for number, count in enumerate(counts) if number and count}
