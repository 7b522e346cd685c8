"""Lists of products: found in the shop window, shown as cards."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from sqlmodel import Session

from marketplace.base.errors import InputInvalid, NotFound
from marketplace.base.text import Locale
from marketplace.catalog import search
from marketplace.catalog.rules import CertificateKind
from marketplace.catalog.search.words import spelt
from marketplace.catalog.service import categories
from marketplace.catalog.service.cards import cards_by_id
from marketplace.catalog.service.query import BANDS, MOST, ORDERS, ListQuery, read_cursor, write_cursor
from marketplace.catalog.views import ProductList
from marketplace.places import service as places
from marketplace.places.views import CommuneView

NEARNESS: tuple[tuple[float, int], ...] = ((0.5, 64), (8, 40), (25, 24), (60, 10))
"""Up to how many kilometres goods rise by how many steps of popularity (16 steps are twice as much sold)."""
KILOMETRES_A_DEGREE = 111.2


def list_products(
    session: Session,
    query: ListQuery,
    locale: Locale,
    now: datetime,
    *,
    stores: tuple[str, ...] | None = None,
    counted: bool = False,
) -> ProductList:
    """One page of products, of some stores only when they are named; raises InputInvalid, NotFound, CursorInvalid.

    `counted` adds how many goods each further choice would show, prices by `BANDS`.
    """
    if not 1 <= query.limit <= MOST:
        raise InputInvalid(field="limit")
    question = search.Question(
        text=query.q,
        category=categories.by_slug(session, query.category).id if query.category else None,
        store=query.store,
        communes=(query.commune,) if query.commune else (),
        kinds=(query.kind,) if query.kind else (),
        lowest=query.min_price,
        highest=query.max_price,
        stars=query.ocop,
        certificates=search.CERTIFICATE_BITS[CertificateKind(query.certificate)] if query.certificate else 0,
        in_stock=query.in_stock,
        preorder=query.preorder,
        stores=stores,
        near=_near(session, query.near),
        order=ORDERS[query.sort],
        after=read_cursor(query) if query.after else None,
        limit=query.limit,
        counted=counted,
        bands=BANDS,
    )
    found = search.keeper().find(session, question, now)
    cards = cards_by_id(session, found.products, locale, now)
    return ProductList(
        cards,
        write_cursor(query, found.next) if found.next else None,
        found.total,
        counts=found.counts,
        meant=spelt(found.meant, [card.name for card in cards]) if found.meant else "",
    )


def _near(session: Session, code: str) -> Mapping[str, int]:
    if not code:
        return {}
    try:
        here = places.commune(session, code, field="near")
    except NotFound:
        return {}
    return _raised(here, places.communes_of(session, here.province_code))


@lru_cache(maxsize=256)
def _raised(here: CommuneView, around: tuple[CommuneView, ...]) -> Mapping[str, int]:
    """How much goods of each commune of a province rise for somebody in one of them."""
    return {
        there.code: next(steps for kilometres, steps in NEARNESS if away <= kilometres)
        for there in around
        if (away := _kilometres(here, there)) <= NEARNESS[-1][0]
    }


def _kilometres(here: CommuneView, there: CommuneView) -> float:
    # Within a province the earth is flat enough.
    along = (here.longitude - there.longitude) * math.cos(math.radians(here.latitude))
    return math.hypot(here.latitude - there.latitude, along) * KILOMETRES_A_DEGREE


def warm(session: Session, now: datetime) -> None:
    """Make this process's shop window."""
    search.keeper().warm(session, now)
