"""What search makes of text: tokens of a document, and the tiers in which a query is answered.

Every token says in its first letter what it is: a word of the product's name as written (`e`) or folded (`n`), a folded
word of anything shoppers may mean by it (`w`), or a fact to filter by (`k`). So one index holds them all, and nothing a
person types can reach another kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.base.text import fold

MOST_WORDS = 8
LONGEST_WORD = 40
# Latin letters and digits. Where Python and SQLite see other boundaries of words a token could become a phrase,
# which an index without positions refuses.
_WORD = re.compile(r"(?:(?=[^\W_])[a-z0-9\u00df-\u024f\u1e00-\u1eff])+")

_BUCKET_BITS = 11
_ID_BITS = 40
LAST_ID = (1 << _ID_BITS) - 1


def position(popularity: int, product_id: int) -> int:
    """Where a product stands in the index: best sellers first, the newer of equals first.

    Popularity counts by its magnitude and four more bits (steps of about 4 %), so that a sale seldom moves anything.
    """
    magnitude = max(0, popularity) + 1
    length = magnitude.bit_length()
    bucket = length * 16 + ((magnitude << 4) >> (length - 1)) % 16
    return ((1 << _BUCKET_BITS) - 1 - bucket) << _ID_BITS | (LAST_ID - product_id)


def product_at(place: int) -> int:
    """The product that stands at a position."""
    return LAST_ID - (place & LAST_ID)


def written(text: str) -> list[str]:
    """The words of a text with their accents, in lower case and composed; compatible forms as their plain ones."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold())]


def folded(text: str) -> list[str]:
    """The words of a text without accents."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def price_step(price: int) -> int:
    """A price by its magnitude, four steps an octave, for narrowing a search before looking at any product."""
    length = max(1, price).bit_length()
    return length * 4 + ((max(1, price) << 2) >> (length - 1)) % 4


@dataclass(frozen=True, slots=True)
class Facts:
    """What a product can be filtered by."""

    categories: tuple[int, ...]
    store_slug: str
    commune_code: str
    price: int
    ocop_stars: int

    def tokens(self) -> Iterable[str]:
        """As tokens."""
        for number in self.categories:
            yield from category_tag(number)
        yield from store_tag(self.store_slug)
        yield from commune_tag(self.commune_code)
        yield f"kb{price_step(self.price)}"
        for stars in range(3, self.ocop_stars + 1):
            yield from ocop_tag(stars)


def category_tag(category_id: int) -> tuple[str, ...]:
    """Goods of a category or one below it."""
    return (f"kc{category_id}",)


def store_tag(slug: str) -> tuple[str, ...]:
    """Goods of a shop; a hyphen would end the token."""
    return (f"ks{_plain(slug)}",)


def commune_tag(code: str) -> tuple[str, ...]:
    """Goods from a commune."""
    return (f"kp{_plain(code)}",)


def ocop_tag(stars: int) -> tuple[str, ...]:
    """Goods with at least so many OCOP stars, valid or not."""
    return (f"ko{stars}",)


def price_tags(lowest: int, highest: int) -> tuple[str, ...]:
    """Goods whose price may lie between, in đồng; the price itself decides."""
    return tuple(f"kb{step}" for step in range(price_step(lowest), price_step(highest) + 1))


def _plain(value: str) -> str:
    return re.sub(r"[^a-z0-9]+", lambda part: "z" * len(part[0]), value.casefold())


def document(name: str, others: Iterable[str], facts: Facts) -> str:
    """Everything the index knows of a product, as distinct tokens between spaces."""
    plain = folded(name)
    found = dict.fromkeys(f"e{word}" for word in written(name))
    found.update(dict.fromkeys(f"n{word}" for word in plain))
    found.update(dict.fromkeys(f"w{word}" for text in (name, *others) for word in folded(text)))
    found.update(dict.fromkeys(facts.tokens()))
    return " ".join(found)


@dataclass(frozen=True, slots=True)
class Tier:
    """Tokens a document must all have; the last one may be only begun."""

    tokens: tuple[str, ...]
    begun: bool


def tiers(typed: str) -> tuple[Tier, ...]:
    """How a query is answered, best matches first; each tier holds all matches of those before it, and more.

    Words of the name before other words, whole words before begun ones, and exact accents first where they were typed.
    """
    plain, exact = folded(typed)[:MOST_WORDS], written(typed)[:MOST_WORDS]
    if not plain:
        return ()
    names = tuple(f"n{word}" for word in plain)
    found = [Tier(names, begun=False), Tier(names, begun=True), Tier(tuple(f"w{word}" for word in plain), begun=True)]
    if exact and exact != plain:
        accented = tuple(f"e{word}" for word in exact)
        found[:0] = [Tier(accented, begun=False), Tier(accented, begun=True)]
    return tuple(found)
