"""What a listing is asked for, and its cursors."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import orjson

from marketplace.base.crypto import keyed_token, same
from marketplace.base.errors import DomainError
from marketplace.base.text import Text
from marketplace.catalog import search

MOST = 60
USUAL = 24
BANDS: tuple[tuple[int | None, int | None], ...] = (
    (None, 50_000),
    (50_000, 200_000),
    (200_000, 500_000),
    (500_000, None),
)
"""Prices people ask for, in đồng: what is counted by price is counted by these."""
CHOICES: dict[str, tuple[str, ...]] = {
    "category": ("category",),
    "store": ("store",),
    "commune": ("commune",),
    "kind": ("kind",),
    "price": ("min_price", "max_price"),
    "stars": ("ocop",),
    "certificates": ("certificate",),
    "in_stock": ("in_stock",),
    "preorder": ("preorder",),
    "reachable": ("deliver_to",),
}
"""What the shop window calls a choice, and the parameters that make it."""
UNCHOSEN: dict[str, Any] = {
    "category": "", "store": "", "commune": "", "kind": "", "min_price": None, "max_price": None, "ocop": None,
    "certificate": "", "in_stock": False, "preorder": False, "deliver_to": "",
}  # fmt: skip
"""Each of these parameters where nobody chose."""


class Sort(StrEnum):
    """Orders of a listing."""

    POPULAR = "popular"
    RELEVANCE = "relevance"
    """As popular, which a search takes within how well it matches."""
    NEW = "new"
    PRICE_ASCENDING = "price_asc"
    PRICE_DESCENDING = "price_desc"
    BEST_RATED = "rating"


ORDERS: dict[Sort, search.Order] = {
    Sort.POPULAR: search.Order.STANDING,
    Sort.RELEVANCE: search.Order.STANDING,
    Sort.NEW: search.Order.NEWEST,
    Sort.PRICE_ASCENDING: search.Order.CHEAPEST,
    Sort.PRICE_DESCENDING: search.Order.DEAREST,
    Sort.BEST_RATED: search.Order.BEST_RATED,
}


class CursorInvalid(DomainError):
    """The cursor is not one we gave for this query."""

    code = "cursor_invalid"
    status = 400
    message = Text("Trang này không còn đúng. Hãy xem lại từ đầu.", "This page is no longer valid. Start again.")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a shopper asks for; prices in đồng, `after` an earlier page's cursor.

    `near` is the commune goods should be near to; `deliver_to` one that they must be delivered to. `certificate` is a
    kind of certificate (`rules.CertificateKind`), `preorder` asks for harvests that are sold ahead.
    """

    q: str = ""
    category: str = ""
    store: str = ""
    commune: str = ""
    min_price: int | None = None
    max_price: int | None = None
    ocop: int | None = None
    sort: Sort = Sort.POPULAR
    after: str = ""
    limit: int = USUAL
    kind: str = ""
    in_stock: bool = False
    deliver_to: str = ""
    near: str = ""
    certificate: str = ""
    preorder: bool = False

    def filters(self) -> tuple[Any, ...]:
        """Everything that decides which goods there are and in which order: what a cursor is good for."""
        # What came later stands there only where it is asked for, so that cursors given out before stay good.
        later = (self.certificate, self.preorder) if self.certificate or self.preorder else ()
        return (
            self.q, self.category, self.store, self.commune, self.min_price, self.max_price, self.ocop, self.kind,
            self.in_stock, self.deliver_to, self.near, *later,
        )  # fmt: skip


def without(query: ListQuery, choices: Iterable[str]) -> ListQuery:
    """A question without some of its choices (`CHOICES`)."""
    return replace(query, **{name: UNCHOSEN[name] for choice in choices for name in CHOICES[choice]})


def write_cursor(query: ListQuery, position: tuple[int, int]) -> str:
    """A place in the answer to this very query, sealed so that only we can make one."""
    data = orjson.dumps(position)
    return base64.urlsafe_b64encode(_seal(query, data).encode() + data).decode().rstrip("=")


def _seal(query: ListQuery, data: bytes) -> str:
    return keyed_token("cursor", f"{query.filters()}{query.sort}{data.decode()}")[:12]


def read_cursor(query: ListQuery) -> tuple[int, int]:
    """The place a cursor names; raises CursorInvalid for another query's and for one made up."""
    try:
        raw = base64.urlsafe_b64decode(query.after + "=" * (-len(query.after) % 4))
        position = orjson.loads(raw[12:])
        seal = raw[:12].decode("ascii")
    except ValueError:
        raise CursorInvalid(field="after") from None
    if not same(seal, _seal(query, raw[12:])):
        raise CursorInvalid(field="after")
    key, product_id = position
    return key, product_id
