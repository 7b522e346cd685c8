"""A listing's address as a query: whatever stands in it, a person's page never breaks on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.base.ratings import MOST_STARS
from marketplace.catalog.rules import CertificateKind
from marketplace.catalog.service import ListQuery, Sort
from marketplace.sellers.rules import SellerKind

HIGHEST = 10**12
LONGEST = 100


def _number(value: str | None, lowest: int, highest: int) -> int | None:
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 13:
        return None
    return int(value) if lowest <= int(value) <= highest else None


@dataclass(frozen=True, slots=True)
class StoreQuery:
    """What is looked for among the goods of one shop."""

    q: str = ""
    category: str = ""
    sort: Sort = Sort.POPULAR
    after: str = ""


def read_store_query(parameters: Mapping[str, str]) -> StoreQuery:
    """What a shop's address asks for; what is not understood is left out."""
    sort = parameters.get("sort", "")
    return StoreQuery(
        q=parameters.get("q", "").strip()[:LONGEST],
        category=parameters.get("category", "")[:80],
        sort=Sort(sort) if sort in set(Sort) else Sort.POPULAR,
        after=parameters.get("after", "")[:200],
    )


def read_stars(parameters: Mapping[str, str]) -> int:
    """The stars an address of reviews asks for, 0 for any."""
    return _number(parameters.get("stars"), 1, MOST_STARS) or 0


def read_query(parameters: Mapping[str, str], category: str = "") -> ListQuery:
    """What an address asks for; what is not understood is left out."""
    sort = parameters.get("sort", "")
    return ListQuery(
        q=parameters.get("q", "")[:LONGEST],
        category=category,
        commune=parameters.get("commune", "")[:5],
        min_price=_number(parameters.get("min_price"), 0, HIGHEST),
        max_price=_number(parameters.get("max_price"), 0, HIGHEST),
        ocop=_number(parameters.get("ocop"), 3, 5),
        sort=Sort(sort) if sort in set(Sort) else Sort.POPULAR,
        after=parameters.get("after", "")[:200],
        kind=kind if (kind := parameters.get("kind", "")) in set(SellerKind) else "",
        in_stock=parameters.get("in_stock", "") == "1",
        deliver_to=(place := parameters.get("deliver_to", "")[:5]),
        near=place,
        certificate=proof if (proof := parameters.get("certificate", "")) in set(CertificateKind) else "",
        preorder=parameters.get("preorder", "") == "1",
    )
