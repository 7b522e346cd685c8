"""What a listing is asked for, its cursors, and its totals."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson
from sqlmodel import Session

from marketplace.base.crypto import keyed_token, same
from marketplace.base.errors import DomainError
from marketplace.base.text import Text

MOST = 60
USUAL = 24
TOTALS_LAST_SECONDS = 20.0
MOST_TOTALS = 5000


class Sort(StrEnum):
    """Orders of a listing."""

    POPULAR = "popular"
    RELEVANCE = "relevance"
    """As popular, which a search takes within how well it matches."""
    NEW = "new"
    PRICE_ASCENDING = "price_asc"
    PRICE_DESCENDING = "price_desc"


SORTS: dict[Sort, tuple[str, bool]] = {
    Sort.POPULAR: ("popularity", True),
    Sort.RELEVANCE: ("popularity", True),
    Sort.NEW: ("published_at", True),
    Sort.PRICE_ASCENDING: ("price", False),
    Sort.PRICE_DESCENDING: ("price", True),
}
"""The column of each order, and whether it descends."""


class CursorInvalid(DomainError):
    """The cursor is not one we gave for this query."""

    code = "cursor_invalid"
    status = 400
    message = Text("Trang này không còn đúng. Hãy xem lại từ đầu.", "This page is no longer valid. Start again.")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a shopper asks for; prices in đồng, `after` an earlier page's cursor."""

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

    def filters(self) -> tuple[Any, ...]:
        """What decides the total."""
        return (self.q, self.category, self.store, self.commune, self.min_price, self.max_price, self.ocop)


_totals: dict[tuple[Any, ...], tuple[float, int]] = {}


def forget_totals() -> None:
    """Count anew from now on."""
    _totals.clear()


def kept_total(session: Session, query: ListQuery, count: Callable[[], int]) -> int:
    """A total, counted at most every few seconds: counting is the one thing that grows with the catalogue."""
    key = (session.get_bind().engine.url.render_as_string(hide_password=False), *query.filters())
    known = _totals.get(key)
    moment = time.monotonic()
    if known is not None and moment - known[0] < TOTALS_LAST_SECONDS:
        return known[1]
    total = count()
    if len(_totals) >= MOST_TOTALS:
        _totals.clear()
    _totals[key] = (moment, total)
    return total


def write_cursor(query: ListQuery, position: list[Any]) -> str:
    """A place in the answer to this very query, sealed so that only we can make one."""
    data = orjson.dumps(position)
    return base64.urlsafe_b64encode(_seal(query, data).encode() + data).decode().rstrip("=")


def _seal(query: ListQuery, data: bytes) -> str:
    return keyed_token("cursor", f"{query.filters()}{query.sort}{data.decode()}")[:12]


def read_cursor(query: ListQuery, length: int) -> list[Any]:
    """The place a cursor names; raises CursorInvalid for another query's and for one made up."""
    try:
        raw = base64.urlsafe_b64decode(query.after + "=" * (-len(query.after) % 4))
        position = orjson.loads(raw[12:])
        seal = raw[:12].decode("ascii")
    except ValueError:
        raise CursorInvalid(field="after") from None
    if not isinstance(position, list) or len(position) != length or not same(seal, _seal(query, raw[12:])):
        raise CursorInvalid(field="after")
    return position
