"""Keeps the shop window in step with the database, by the events of those who change what is in it and by the clock."""

from __future__ import annotations

import heapq
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlmodel import Session, col

from marketplace.base import clock
from marketplace.base.edition import edition
from marketplace.base.feed import Happening
from marketplace.base.quantity import THOUSAND
from marketplace.base.text import LOCALES, Locale
from marketplace.catalog.models import Category, Certificate, Product, Sku, StockHold, StockLevel
from marketplace.catalog.news import CHANGED, GOODS, ONE_CHANGED, subject
from marketplace.catalog.reading import prices_of
from marketplace.catalog.rules import HoldState, struck_price, unit_price
from marketplace.catalog.search.window import Entry, Found, Question, Window
from marketplace.catalog.views import ProductCard
from marketplace.sellers import service as sellers

BATCH = 2000
MOST_CARDS = 10_000
BACKWARDS = timedelta(minutes=1)
"""A moment earlier by more than this is another time, not another thread."""


class Cards:
    """Cards of goods as they look now, by product and language; the least used go first when there are too many."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, Locale], ProductCard] = OrderedDict()
        self._lock = threading.Lock()
        self.generation = 0

    def find(self, ids: Sequence[int], locale: Locale) -> dict[int, ProductCard]:
        """Those that are known."""
        with self._lock:
            found = {number: card for number in ids if (card := self._kept.get((number, locale))) is not None}
            for number in found:
                self._kept.move_to_end((number, locale))
            return found

    def keep(self, cards: Mapping[int, ProductCard], locale: Locale, generation: int) -> None:
        """Keep cards that were read when this was the generation, unless something has changed since."""
        with self._lock:
            if generation != self.generation:
                return
            self._kept.update(((number, locale), card) for number, card in cards.items())
            while len(self._kept) > MOST_CARDS:
                self._kept.popitem(last=False)

    def drop(self, ids: Iterable[int]) -> None:
        """Forget goods that changed."""
        with self._lock:
            self.generation += 1
            for number in ids:
                for locale in LOCALES:
                    self._kept.pop((number, locale), None)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self.generation += 1
            self._kept.clear()


class Keeper:
    """The process's window, made at the first question and kept in step from then on."""

    topics = frozenset({CHANGED, ONE_CHANGED})

    def __init__(self) -> None:
        self.cards = Cards()
        self._window: Window | None = None
        self._due: list[tuple[datetime, int]] = []
        self._touched: set[int] = set()
        self._as_of = datetime.min.replace(tzinfo=UTC)
        self._lock = threading.RLock()

    def find(self, session: Session, question: Question, now: datetime) -> Found:
        """Answer a question from the window, in step with what this session sees."""
        edition().look(session, now)
        with self._lock:
            return self._made(session, now).find(question)

    def shops(self, session: Session, text: str, most: int, now: datetime) -> tuple[tuple[str, str], ...]:
        """See `Window.shops`."""
        edition().look(session, now)
        with self._lock:
            return self._made(session, now).shops(text, most)

    def known(self, text: str) -> str:
        """See `Window.known`; of what the last question found."""
        with self._lock:
            return self._window.known(text) if self._window is not None else ""

    def follow(self, session: Session, happened: Sequence[Happening], now: datetime) -> Iterable[str]:
        """Look again at the goods that changed, or will have by now."""
        with self._lock:
            self._as_of = now
            if self._window is None or any(not happening.payload for happening in happened):
                self.forget()
                return {GOODS}
            ids: set[int] = set()
            for happening in happened:
                ids.update(_meant(session, happening.payload))
            while self._due and self._due[0][0] <= now:
                ids.add(heapq.heappop(self._due)[1])
            return self._again(session, self._window, ids, now)

    def due(self) -> datetime | None:
        """When the next good changes by itself."""
        return self._due[0][0] if self._due else None

    def forget(self) -> None:
        """Make the window anew at the next question."""
        with self._lock:
            self._window = None
            self._due.clear()
            self.cards.clear()

    def _again(self, session: Session, window: Window, ids: Collection[int], now: datetime) -> set[str]:
        subjects: set[str] = set()
        self._touched.update(ids)
        self.cards.drop(ids)
        for entry, product_id, slug in _entries(session, now, ids):
            subjects.add(subject(slug))
            if _show(window, entry, product_id):
                subjects.add(GOODS)
            self._remember(entry)
        return subjects

    def _made(self, session: Session, now: datetime) -> Window:
        if self._window is None or now < self._as_of - BACKWARDS:
            self.forget()
            self._window = Window()
            for entry, product_id, _ in _entries(session, now):
                _show(self._window, entry, product_id)
                self._remember(entry)
        self._as_of = now
        return self._window

    @property
    def untidy(self) -> bool:
        """Whether many goods have left their places."""
        return self._window is not None and self._window.untidy

    def warm(self, session: Session, now: datetime) -> None:
        """Make the window now, so that nobody's first look waits for it (about 4 s for 100,000 goods)."""
        edition().look(session, now)
        with self._lock:
            self._made(session, now)

    def drawn_anew(self, session: Session, now: datetime) -> Window:
        """A tidy window as of now, made beside the one in use; `adopt` puts it in its place."""
        with self._lock:
            self._touched.clear()
        window = Window()
        # What will change by itself is remembered already, by the window in use, and only under the lock.
        for entry, product_id, _ in _entries(session, now):
            _show(window, entry, product_id)
        return window

    def adopt(self, session: Session, window: Window, now: datetime) -> None:
        """Use a window that was made anew, after what changed while it was made."""
        edition().look(session, now)
        with self._lock:
            for entry, product_id, _ in _entries(session, now, self._touched):
                _show(window, entry, product_id)
            self._window = window

    def _remember(self, entry: Entry | None) -> None:
        if entry is not None and entry.changes_at is not None:
            heapq.heappush(self._due, (entry.changes_at, entry.product_id))


def _show(window: Window, entry: Entry | None, product_id: int) -> bool:
    """Show a product as it is now, or no more; returns whether anything looks different."""
    return window.put(entry) if entry is not None else window.remove(product_id)


@lru_cache(maxsize=1)
def keeper() -> Keeper:
    """The process's."""
    made = Keeper()
    edition().add(made)
    return made


def _meant(session: Session, payload: dict[str, Any]) -> Iterable[int]:
    """The products an event tells of."""
    if "product_id" in payload:
        return [int(payload["product_id"])]
    if "product_ids" in payload:
        return [int(number) for number in payload["product_ids"]]
    if "stock_level_ids" in payload:
        return session.scalars(
            select(col(Sku.product_id))
            .join(StockLevel, col(StockLevel.sku_id) == col(Sku.id))
            .where(col(StockLevel.id).in_(payload["stock_level_ids"]))
        ).all()
    return session.scalars(select(col(Product.id)).where(col(Product.seller_id) == int(payload["seller_id"]))).all()


@lru_cache(maxsize=1)
def _rows() -> Select[*tuple[Any, ...]]:
    product, sku, level = Product.__table__, Sku.__table__, StockLevel.__table__  # type: ignore[attr-defined]
    return (
        select(
            *(product.c[name] for name in (
                "id", "slug", "name", "listed", "seller_id", "category_id", "store_slug", "store_name", "commune_code",
                "commune_name", "popularity", "published_at", "ocop_stars", "ocop_valid_to", "sold", "picture",
                "expected_on",
            )),
            *(sku.c[name] for name in (
                "code", "minimum", "unit", "content_amount", "content_measure", "price", "sale_price", "sale_since",
                "sale_until", "price_before", "tiers",
            )),
            level.c.id.label("level_id"),
            (level.c.on_hand - level.c.allocated - level.c.held).label("free"),
        )
        .select_from(product)
        .join(sku, and_(sku.c.product_id == product.c.id, sku.c.leads))
        .join(level, level.c.sku_id == sku.c.id)
        .order_by(product.c.id)
    )  # fmt: skip


def _entries(
    session: Session, now: datetime, ids: Collection[int] | None = None
) -> Iterator[tuple[Entry | None, int, str]]:
    """Every listed product, or some whether listed or not, with id and slug; read in batches."""
    if ids is not None and not ids:
        return
    rows, product = _rows(), Product.__table__  # type: ignore[attr-defined]
    branches = _branches(session)
    if ids is None:
        last = 0
        statement = rows.where(product.c.listed.is_(True)).limit(BATCH)
        while batch := session.connection().execute(statement.where(product.c.id > last)).all():
            yield from _as_entries(session, batch, branches, now)
            last = batch[-1].id
        return
    waiting = sorted(ids)
    for start in range(0, len(waiting), BATCH):
        some = rows.where(product.c.id.in_(waiting[start : start + BATCH]))
        yield from _as_entries(session, session.connection().execute(some).all(), branches, now)


def _as_entries(
    session: Session, rows: Sequence[Row[Any]], branches: dict[int, _Branch], now: datetime
) -> Iterator[tuple[Entry | None, int, str]]:
    lapsing = _lapsing(session, [row.level_id for row in rows if row.free < row.minimum])
    kinds = sellers.kinds_of(session, {row.seller_id for row in rows})
    turning = _turning(session, [row.id for row in rows], now)
    for row in rows:
        entry = None
        if row.listed:
            held = lapsing.get(row.level_id, ())
            entry = _entry(row, branches[row.category_id], kinds[row.seller_id], held, turning.get(row.id, ()), now)
        yield entry, row.id, row.slug


_Branch = tuple[tuple[int, ...], tuple[str, ...]]
"""Ids of the categories from the root down, and all their names."""


def _entry(
    row: Row[Any],
    branch: _Branch,
    kind: str,
    lapsing: Sequence[tuple[datetime, int]],
    turning: Sequence[datetime],
    now: datetime,
) -> Entry:
    free, changes, prices = row.free, [*turning], prices_of(row)
    price = unit_price(prices, row.minimum, now)
    for moment, quantity in lapsing:
        if moment <= now:
            free += quantity
        else:
            changes.append(moment)
    stars = row.ocop_stars or 0
    if stars and row.ocop_valid_to is not None:
        _, ends = clock.day_bounds(row.ocop_valid_to)
        if ends <= now:
            stars = 0
        else:
            changes.append(ends)
    else:
        stars = 0
    if row.expected_on is not None and (comes := clock.day_bounds(row.expected_on)[0]) > now:
        changes.append(comes)
    in_stock = free >= row.minimum
    categories, names = branch
    looks = (
        row.name, price, struck_price(prices, row.minimum, now), row.unit, row.content_amount, row.content_measure,
        row.store_name, row.commune_name, row.sold // THOUSAND, row.picture, row.code,
        stars, in_stock,
    )  # fmt: skip
    return Entry(
        product_id=row.id,
        name=row.name,
        others=(row.store_name, row.commune_name, *names),
        categories=categories,
        store=row.store_slug,
        commune=row.commune_code,
        kind=kind,
        price=price,
        popularity=row.popularity,
        published=row.published_at,
        in_stock=in_stock,
        stars=stars,
        looks=hash(looks),
        changes_at=min(changes, default=None),
    )


def _lapsing(session: Session, level_ids: Sequence[int]) -> dict[int, list[tuple[datetime, int]]]:
    """Open holds on stock rows that have too little: when each ends, and how much it gives back."""
    found: dict[int, list[tuple[datetime, int]]] = {}
    for start in range(0, len(level_ids), BATCH):
        rows = session.execute(
            select(col(StockHold.stock_level_id), col(StockHold.expires_at), func.sum(col(StockHold.quantity)))
            .where(
                col(StockHold.stock_level_id).in_(level_ids[start : start + BATCH]),
                col(StockHold.state) == HoldState.HELD,
            )
            .group_by(col(StockHold.stock_level_id), col(StockHold.expires_at))
        ).all()
        for level_id, expires_at, quantity in rows:
            found.setdefault(level_id, []).append((expires_at, int(quantity)))
    return found


def _turning(session: Session, product_ids: Sequence[int], now: datetime) -> dict[int, list[datetime]]:
    """When sales of any variant of these products begin or end, and when their certificates do."""
    found: dict[int, list[datetime]] = {}
    rows = session.execute(
        select(col(Sku.product_id), col(Sku.sale_since), col(Sku.sale_until)).where(
            col(Sku.product_id).in_(product_ids), col(Sku.sale_until) > now
        )
    ).all()
    for product_id, since, until in rows:
        found.setdefault(product_id, []).extend(moment for moment in (since, until) if moment > now)
    lapsing = session.execute(
        select(col(Certificate.product_id), col(Certificate.expires_on)).where(
            col(Certificate.product_id).in_(product_ids), col(Certificate.expires_on) >= clock.local_date(now)
        )
    ).all()
    for product_id, expires_on in lapsing:
        found.setdefault(product_id, []).append(clock.day_bounds(expires_on)[1])
    return found


def _branches(session: Session) -> dict[int, _Branch]:
    rows = session.execute(
        select(col(Category.id), col(Category.parent_id), col(Category.name_vi), col(Category.name_en))
    ).all()
    nodes = {row.id: row for row in rows}
    found: dict[int, _Branch] = {}
    for row in rows:
        path: list[Any] = [row]
        while path[0].parent_id is not None:
            path.insert(0, nodes[path[0].parent_id])
        names = tuple(name for node in path for name in (node.name_vi, node.name_en))
        found[row.id] = (tuple(node.id for node in path), names)
    return found
