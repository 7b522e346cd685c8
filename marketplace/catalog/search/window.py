"""The shop window: all goods that shoppers may find, in memory, to be found, filtered, counted and put in order.

It is made from the database and kept in step with it (`keeping.py`); it decides nothing, and every process has its own
(docs/decisions/0005-search.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from marketplace.catalog.search.columns import Codes, Columns, Flags, Numbers, best
from marketplace.catalog.search.matching import Texts
from marketplace.catalog.search.vocabulary import Places
from marketplace.catalog.search.words import Wording, wording
from marketplace.catalog.views import Counts

STOCK_BIT = 12
QUALITY_BIT = 13
HEAD_QUALITY = 1
NEVER = np.int64(2**62)
WORTH_TIDYING = 1000
CERTIFICATE_BITS = (1, 2, 4, 8)


class Order(Enum):
    """Orders of goods: the column, and whether the largest come first."""

    STANDING = ("standing", True)
    NEWEST = ("published", True)
    CHEAPEST = ("price", False)
    DEAREST = ("price", True)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the window knows of a product. Categories from the root down; `looks` changes with whatever a list shows.

    `changes_at` is when the clock alone will change something: a certificate expires, a hold lapses, a sale begins.
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
    """Products in order, the place to go on from (None at the end), and how many there are in all."""

    products: tuple[int, ...] = ()
    next: tuple[int, int] | None = None
    total: int = 0
    counts: Counts = field(default_factory=Counts)
    slipped: bool = False


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
            before = (columns.looks[place], columns.standing[place], columns.in_stock[place])
        else:
            if place is not None:
                self.remove(entry.product_id)
            place = self._take_place(entry, wording(entry.name, entry.others), words)
            before = None
        columns.price[place] = entry.price
        columns.published[place] = round(entry.published.timestamp() * 1_000_000) if entry.published else 0
        columns.standing[place] = standing(entry.popularity)
        columns.stars[place] = entry.stars
        columns.certificates[place] = entry.certificates
        columns.in_stock[place] = entry.in_stock
        columns.preorder[place] = entry.preorder
        columns.looks[place] = entry.looks
        return before != (columns.looks[place], columns.standing[place], columns.in_stock[place])

    def _take_place(self, entry: Entry, words: Wording, fingerprint: int) -> int:
        columns, place = self._columns, self._texts.add(words)
        columns.make_room(place)
        self._place_of[entry.product_id] = place
        self._all = None
        columns.product[place] = entry.product_id
        columns.alive[place] = True
        columns.wording[place] = fingerprint
        columns.store[place] = self._stores.code(entry.store)
        columns.commune[place] = self._communes.code(entry.commune)
        columns.kind[place] = self._kinds.code(entry.kind)
        columns.head[place] = self._heads.code(words.name[0] if words.name else "")
        columns.top[place], columns.middle[place], columns.leaf[place] = (*entry.categories, 0, 0, 0)[:3]
        return place

    def remove(self, product_id: int) -> bool:
        """Shoppers may not find a product any more; returns whether they could."""
        place = self._place_of.pop(product_id, None)
        if place is None:
            return False
        self._columns.alive[place] = False
        self._left += 1
        self._all = None
        return True

    @property
    def untidy(self) -> bool:
        """Whether so many goods have left their places that the window is better made anew."""
        return self._left > max(WORTH_TIDYING, len(self) // 2)

    def of_store(self, slug: str) -> tuple[int, ...]:
        """The goods of a shop."""
        mine = self._columns.alive & (self._columns.store == self._stores.find(slug))
        return tuple(self._columns.product[mine].tolist())

    def known(self, text: str) -> str:
        """A text without the words nothing is known by; empty when that leaves it the same or without any."""
        return self._texts.known(text)

    def find(self, question: Question) -> Found:
        """Goods that meet a question, in its order, with counts of every choice when asked for."""
        match = self._texts.match(question.text)
        places = self._alive() if match is None else match.places
        quality = None
        if match is not None:
            alive = self._columns.alive[places]
            places, quality = places[alive], match.quality[alive]
            named = match.named[alive]
            if question.order is not Order.STANDING and named.any():
                # Put in another order, words of names count alone: the cheapest goods of a shop called after a fruit
                # are not the cheapest fruit.
                places, quality = places[named], quality[named]
            quality = quality + HEAD_QUALITY * (self._columns.head[places] == self._head_of(question.text))
        masks = self._masks(question, places)
        lacking = np.zeros(len(places), np.uint8)
        for mask in masks.values():
            lacking += ~mask
        hits = np.flatnonzero(lacking == 0)
        counts = self._counts(question, places, masks, lacking) if question.counted else Counts()
        shown, following = self._page(question, places[hits], None if quality is None else quality[hits])
        return Found(shown, following, len(hits), counts, match is not None and match.slipped)

    def _alive(self) -> Places:
        if self._all is None:
            self._all = np.flatnonzero(self._columns.alive[: self._texts.count]).astype(np.int32)
        return self._all

    def _head_of(self, text: str) -> int:
        words = wording(text).name
        return self._heads.find(words[0]) if words else -1

    def _masks(self, question: Question, places: Places) -> dict[str, Flags]:
        """For every choice that was made, which of the places meet it."""
        columns = self._columns
        masks: dict[str, Flags] = {}
        if question.category is not None:
            masks["category"] = (
                (columns.leaf[places] == question.category)
                | (columns.middle[places] == question.category)
                | (columns.top[places] == question.category)
            )
        if question.store:
            masks["store"] = columns.store[places] == self._stores.find(question.store)
        if question.communes:
            masks["commune"] = _one_of(columns.commune[places], self._communes, question.communes)
        if question.kinds:
            masks["kind"] = _one_of(columns.kind[places], self._kinds, question.kinds)
        if question.lowest is not None or question.highest is not None:
            price = columns.price[places]
            masks["price"] = _between(price, question.lowest, question.highest)
        if question.stars is not None:
            masks["stars"] = columns.stars[places] >= question.stars
        if question.certificates:
            masks["certificates"] = columns.certificates[places] & question.certificates == question.certificates
        if question.in_stock:
            masks["in_stock"] = columns.in_stock[places]
        if question.preorder:
            masks["preorder"] = columns.preorder[places]
        if question.stores is not None:
            masks["reachable"] = _one_of(columns.store[places], self._stores, question.stores)
        return masks

    def _counts(
        self, question: Question, places: Places, masks: Mapping[str, Flags], lacking: NDArray[np.uint8]
    ) -> Counts:
        """Counts of each choice among what all other choices leave."""
        columns = self._columns

        def left(choice: str) -> Places:
            mask = masks.get(choice)
            kept: Flags = lacking == 0 if mask is None else (lacking == 0) | ((lacking == 1) & ~mask)
            return places[kept]

        certificates = columns.certificates[left("certificates")]
        prices = columns.price[left("price")]
        stars = columns.stars[left("stars")]
        below = left("category")
        return Counts(
            categories={
                number: count
                for column in (columns.top, columns.middle, columns.leaf)
                for number, count in enumerate(np.bincount(column[below]).tolist())
                if number and count
            },
            communes=_by_text(columns.commune[left("commune")], self._communes),
            kinds=_by_text(columns.kind[left("kind")], self._kinds),
            stars={number: int(np.count_nonzero(stars >= number)) for number in (3, 4, 5)},
            certificates={bit: int(np.count_nonzero(certificates & bit)) for bit in CERTIFICATE_BITS},
            bands=tuple(int(np.count_nonzero(_between(prices, *band))) for band in question.bands),
            in_stock=int(np.count_nonzero(columns.in_stock[left("in_stock")])),
            preorder=int(np.count_nonzero(columns.preorder[left("preorder")])),
            reachable=self._reachable(question, left("reachable")),
        )

    def _reachable(self, question: Question, places: Places) -> int:
        if question.stores is None:
            return 0
        return int(np.count_nonzero(_one_of(self._columns.store[places], self._stores, question.stores)))

    def _page(
        self, question: Question, hits: Places, quality: Numbers | None
    ) -> tuple[tuple[int, ...], tuple[int, int] | None]:
        key = self._key(question, hits, quality)
        products = self._columns.product[hits]
        second = products if question.order.value[1] else -products
        if question.after is not None:
            last_key, last_product = question.after
            last_second = last_product if question.order.value[1] else -last_product
            beyond = (key < last_key) | ((key == last_key) & (second < last_second))
            key, products, second = key[beyond], products[beyond], second[beyond]
        chosen = best(key, second, question.limit + 1)
        shown = chosen[: question.limit]
        more = len(chosen) > question.limit
        following = (int(key[shown[-1]]), int(products[shown[-1]])) if more else None
        return tuple(products[shown].tolist()), following

    def _key(self, question: Question, hits: Places, quality: Numbers | None) -> Numbers:
        """What goods are put in order by, the largest first."""
        columns = self._columns
        name, descending = question.order.value
        key: Numbers = getattr(columns, name)[hits].astype(np.int64)
        if question.order is not Order.STANDING:
            return key if descending else -key
        if question.near:
            bonus = np.zeros(len(self._communes.texts), np.int64)
            for commune, more in question.near.items():
                if (code := self._communes.find(commune)) >= 0:
                    bonus[code] = more
            key += bonus[columns.commune[hits]]
        key += columns.in_stock[hits].astype(np.int64) << STOCK_BIT
        if quality is not None:
            key += quality << QUALITY_BIT
        return key


def _one_of(column: Numbers, codes: Codes, texts: Iterable[str]) -> Flags:
    wanted = np.zeros(len(codes.texts) + 1, np.bool_)
    wanted[[codes.find(text) for text in texts]] = True
    # Number -1, which unknown texts have, is the last of the table and nobody's.
    wanted[-1] = False
    return wanted[column]


def _between(prices: Numbers, lowest: int | None, highest: int | None) -> Flags:
    return (prices >= (lowest or 0)) & (prices <= (NEVER if highest is None else highest))


def _by_text(column: Numbers, codes: Codes) -> dict[str, int]:
    counts = np.bincount(column, minlength=1).tolist()
    return {codes.texts[number]: count for number, count in enumerate(counts) if number and count}
