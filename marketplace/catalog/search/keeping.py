"""Keeps the shop window in step with the database, by the events of those who change what is in it and by the clock."""

from __future__ import annotations

import heapq
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.base.edition import edition
from marketplace.base.feed import Happening
from marketplace.base.text import LOCALES, Locale
from marketplace.catalog.models import Product, Sku, StockLevel
from marketplace.catalog.news import CHANGED, GOODS, ONE_CHANGED, subject
from marketplace.catalog.search.entries import entries
from marketplace.catalog.search.window import Entry, Found, Question, Window
from marketplace.catalog.views import ListedProduct

MOST_CARDS = 10_000
BACKWARDS = timedelta(minutes=10)
"""A moment earlier by more than this is another time, not a thread that waited for a large window to be made."""


class Cards:
    """Cards of goods as they look now, by product and language; the least used go first when there are too many."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, Locale], ListedProduct] = OrderedDict()
        self._lock = threading.Lock()
        self.generation = 0

    def find(self, ids: Sequence[int], locale: Locale) -> dict[int, ListedProduct]:
        """Those that are known."""
        with self._lock:
            found = {number: card for number in ids if (card := self._kept.get((number, locale))) is not None}
            for number in found:
                self._kept.move_to_end((number, locale))
            return found

    def keep(self, cards: Mapping[int, ListedProduct], locale: Locale, generation: int) -> None:
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
        self._due_at: dict[int, datetime] = {}
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

    def parts(self, session: Session, text: str, now: datetime) -> tuple[str, ...]:
        """See `Window.parts`."""
        edition().look(session, now)
        with self._lock:
            return self._made(session, now).parts(text)

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
                moment, product_id = heapq.heappop(self._due)
                ids.add(product_id)
                if self._due_at.get(product_id) == moment:
                    del self._due_at[product_id]
            return self._again(session, self._window, ids, now)

    def due(self) -> datetime | None:
        """When the next good changes by itself."""
        return self._due[0][0] if self._due else None

    def forget(self) -> None:
        """Make the window anew at the next question."""
        with self._lock:
            self._window = None
            self._due.clear()
            self._due_at.clear()
            self.cards.clear()

    def _again(self, session: Session, window: Window, ids: Collection[int], now: datetime) -> set[str]:
        subjects: set[str] = set()
        self._touched.update(ids)
        self.cards.drop(ids)
        for entry, product_id, slug in entries(session, now, ids):
            subjects.add(subject(slug))
            if _show(window, entry, product_id):
                subjects.add(GOODS)
            self._remember(entry)
        return subjects

    def _made(self, session: Session, now: datetime) -> Window:
        if self._window is None or now < self._as_of - BACKWARDS:
            self.forget()
            self._window = Window()
            for entry, product_id, _ in entries(session, now):
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
        for entry, product_id, _ in entries(session, now):
            _show(window, entry, product_id)
        return window

    def adopt(self, session: Session, window: Window, now: datetime) -> None:
        """Use a window that was made anew, after what changed while it was made."""
        edition().look(session, now)
        with self._lock:
            for entry, product_id, _ in entries(session, now, self._touched):
                _show(window, entry, product_id)
            self._window = window

    def _remember(self, entry: Entry | None) -> None:
        if entry is None or entry.changes_at is None or self._due_at.get(entry.product_id) == entry.changes_at:
            return
        # What stood there before is looked at in vain once; a good that sells a thousand times waits here once.
        self._due_at[entry.product_id] = entry.changes_at
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
