"""What to ask for instead of a question that finds nothing: without some choices, by some of its words, in a category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from marketplace.base.text import Locale
from marketplace.catalog import search
from marketplace.catalog.service import categories
from marketplace.catalog.service.categories import Node
from marketplace.catalog.service.listing import list_products
from marketplace.catalog.service.query import ListQuery, without
from marketplace.catalog.service.suggesting import categories_named
from marketplace.catalog.views import Counts, Fewer, Instead, NearCategory, Part

MOST_FEWER = 4
MOST_PARTS = 4
MOST_CATEGORIES = 8
PLACES = frozenset({"category", "store"})
"""Choices that say where somebody looks rather than what for: given up last."""


def instead(
    session: Session, query: ListQuery, locale: Locale, now: datetime, *, stores: tuple[str, ...] | None = None
) -> Instead:
    """Other questions near to one that finds nothing, each with how many goods it finds, none without any."""
    asked = replace(query, after="", limit=1)
    counts = list_products(session, asked, locale, now, stores=stores, counted=True).counts
    parts = () if counts.unfiltered else _parts(session, query.q, locale, now)
    every = list_products(session, ListQuery(limit=1), locale, now, counted=True).counts.categories
    nodes = _near(categories.all_nodes(session), query, [part.q for part in parts])
    return Instead(
        fewer=_fewer(session, asked, counts, locale, now),
        parts=parts,
        categories=tuple(NearCategory(node.link(locale), every[node.id]) for node in nodes if every.get(node.id))[
            :MOST_CATEGORIES
        ],
    )


def _fewer(session: Session, query: ListQuery, counts: Counts, locale: Locale, now: datetime) -> tuple[Fewer, ...]:
    """Each choice that alone stands in the way; else all filters; else all choices together."""
    if not counts.unfiltered:
        return ()
    alone = sorted(_found(counts.without), key=lambda item: -item[1])
    if alone:
        return tuple(Fewer((choice,), total) for choice, total in alone[:MOST_FEWER])
    filters = tuple(choice for choice in counts.without if choice not in PLACES)
    if len(filters) < len(counts.without):
        there = list_products(session, without(query, filters), locale, now).total
        if there:
            return (Fewer(filters, there),)
    return (Fewer(tuple(counts.without), counts.unfiltered),)


def _found(totals: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(choice, total) for choice, total in totals.items() if total]


def _parts(session: Session, text: str, locale: Locale, now: datetime) -> tuple[Part, ...]:
    found = []
    for words in search.keeper().parts(session, text, now)[:MOST_PARTS]:
        goods = list_products(session, ListQuery(q=words, limit=1), locale, now)
        if goods.total:
            found.append(Part(goods.meant or words, goods.total))
    return tuple(dict.fromkeys(found))


def _near(nodes: tuple[Node, ...], query: ListQuery, parts: Sequence[str]) -> list[Node]:
    """Categories the words name, else those beside the one that was looked in, else the roots."""
    named = [node for text in (query.q, *parts) for node in categories_named(nodes, text)]
    here = next((node for node in nodes if node.slug == query.category), None)
    above = here.parent_id if here else None
    beside = [node for node in nodes if above in {node.parent_id, node.id}]
    return [node for node in dict.fromkeys(named or beside) if node is not here]
