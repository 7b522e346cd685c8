"""What is offered while somebody types."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.catalog.views.lists import ListedProduct


@dataclass(frozen=True, slots=True)
class SuggestedLink:
    """A category or a shop that the search box proposes."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the search box proposes while somebody types, the best few of each."""

    products: tuple[ListedProduct, ...] = ()
    categories: tuple[SuggestedLink, ...] = ()
    stores: tuple[SuggestedLink, ...] = ()
    queries: tuple[str, ...] = ()
