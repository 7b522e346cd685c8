"""What the search box proposes while somebody types: from memory, the best few of each kind."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlmodel import Session

from marketplace.base.text import Locale, normalize
from marketplace.catalog import search
from marketplace.catalog.search.matching import Texts
from marketplace.catalog.search.words import fold_word, typed_words, wording
from marketplace.catalog.service import categories
from marketplace.catalog.service.categories import Node
from marketplace.catalog.service.listing import list_products
from marketplace.catalog.service.query import ListQuery
from marketplace.catalog.views import SuggestedLink, Suggestions

LOOKED_AT = 24
MOST_PRODUCTS = 4
MOST_OTHERS = 3
MOST_QUERIES = 4
SHORTEST_QUERY = 2
"""Words of a proposed query, at least; a single one says little more than what was typed."""


def suggest(session: Session, q: str, near: str, locale: Locale, now: datetime) -> Suggestions:
    """Products, categories, shops and whole queries for what has been typed so far; nothing for a blank text."""
    if not q.strip():
        return Suggestions()
    found = list_products(session, ListQuery(q=q, near=near, limit=LOOKED_AT), locale, now)
    return Suggestions(
        products=found.cards[:MOST_PRODUCTS],
        categories=tuple(
            SuggestedLink(node.name(locale), f"/c/{node.slug}")
            for node in categories_named(categories.all_nodes(session), q)
        ),
        stores=tuple(
            SuggestedLink(name, f"/s/{slug}") for slug, name in search.keeper().shops(session, q, MOST_OTHERS, now)
        ),
        queries=tuple(
            query
            for query in _queries(found.meant or q, [card.name for card in found.cards])
            if query != normalize(q).lower()
        ),
    )


@lru_cache(maxsize=8)
def _texts(nodes: tuple[Node, ...]) -> Texts:
    texts = Texts()
    for node in nodes:
        texts.add(wording(f"{node.name_vi} {node.name_en}"))
    return texts


def categories_named(nodes: tuple[Node, ...], q: str) -> tuple[Node, ...]:
    """The few categories a text names best."""
    match = _texts(nodes).match(q)
    if match is None or match.slipped:
        return ()
    places = heapq.nlargest(MOST_OTHERS, range(len(nodes)), key=lambda place: (match.quality[place], -place))
    return tuple(nodes[place] for place in places if match.quality[place])


def _queries(q: str, names: Sequence[str]) -> tuple[str, ...]:
    """The beginnings of names that hold all that was typed, those of the most and best goods first."""
    typed = [word.plain for word in typed_words(q)]
    beginnings = Counter[str]()
    for rank, name in enumerate(names):
        beginning = _beginning(name, typed)
        if beginning:
            beginnings[beginning] += LOOKED_AT - rank
    return tuple(beginning for beginning, _ in beginnings.most_common(MOST_QUERIES))


def _beginning(name: str, typed: Sequence[str]) -> str:
    missing = set(typed)
    taken: list[str] = []
    for word in name.lower().split()[: len(typed) + 1]:
        taken.append(word.strip(",.;:()"))
        missing -= {wanted for wanted in missing if fold_word(word).startswith(wanted)}
        if not missing and len(taken) >= SHORTEST_QUERY:
            return " ".join(taken)
    return "" if missing else " ".join(taken)
