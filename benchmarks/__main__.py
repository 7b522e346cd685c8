"""`python -m benchmarks [--full]`: tables of what the shop costs, beside the floor measured in the same run."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from benchmarks import floor, search, servers, sessions
from benchmarks.client import Ask, Figures, load
from benchmarks.servers import catalogue, environment
from marketplace.operations import build
from marketplace.settings import ROOT

QUERIES = (
    "sau rieng", "sầu riêng", "xoai cat", "gạo st25", "mat ong", "mật ong hoa tràm", "khom", "tom", "ca thac lac", "buoi",
    "dua", "dừa xiêm", "banh pia", "hanh tim", "tra mang cau", "nuoc mam", "rau", "trung vit", "luc binh", "chom chom",
    "nhan", "cam", "oi", "mit", "du du", "chuoi", "ca phe", "keo dua", "muoi ot", "gung",
)  # fmt: skip
CATEGORIES = ("trai-cay", "gao-hat", "thuy-san", "rau-cu", "banh-keo")
SORTS = ("popular", "new", "price_asc", "price_desc")
ROUNDS = 400
"""So many questions of each kind are asked in process."""
HEADER = f"{'':44}{'req/s':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'errors':>8}"


def row(name: str, figures: Figures) -> None:
    """One line of a table."""
    print(
        f"{name:44}{figures.per_second:8.0f}{figures.p50:9.2f}{figures.p95:9.2f}{figures.p99:9.2f}{figures.errors:8d}",
        flush=True,
    )


def get(port: int, path: str) -> Any:
    """One JSON answer."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return json.loads(answer.read())


def readings(port: int) -> dict[str, list[Ask]]:
    """The requests of each reading workload: first and deep pages, searches, products, first views."""
    lists = [f"/api/v1/products?sort={sort}&category={name}" for sort in SORTS for name in ("", *CATEGORIES)]
    for start in lists[:8]:
        cursor = get(port, start)["next"]
        for _ in range(3):
            if cursor is None:
                break
            lists.append(f"{start}&after={cursor}")
            cursor = get(port, lists[-1])["next"]
    slugs = [item["slug"] for item in get(port, "/api/v1/products?limit=60&sort=new")["items"]]
    quoted = [urllib.parse.quote(query) for query in QUERIES]
    return {
        "JSON listing": [Ask(path) for path in lists],
        "JSON search": [Ask(f"/api/v1/products?q={query}") for query in quoted],
        "JSON product": [Ask(f"/api/v1/products/{slug}") for slug in slugs],
        "first view listing": [Ask(f"/c/{name}") for name in CATEGORIES],
        "first view product": [Ask(f"/p/{slug}") for slug in slugs],
        "first view search": [Ask(f"/search?q={query}") for query in quoted],
    }


def checkouts(var: Path, count: int) -> list[Ask]:
    """Reviewed baskets ready to be ordered, made through the services in a process with this database's settings."""
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.baskets", str(count)],
        cwd=ROOT,
        env=environment(var),
        check=True,
        capture_output=True,
        text=True,
    )
    return [
        Ask(
            f"/api/v1/baskets/{item['basket']}/checkout",
            "POST",
            json.dumps(item["body"]).encode(),
            (("Content-Type", "application/json"), ("Idempotency-Key", item["basket"])),
        )
        for item in json.loads(made.stdout)
    ]


def nobody_asked_before(count: int, salt: int) -> list[Ask]:
    """Listings no two of which are the same, so that nothing kept can answer them."""
    return [Ask(f"/api/v1/products?min_price={salt * count + number}") for number in range(count)]


def measure(products: int, connections: tuple[int, ...], requests: int, bare: dict[int, Figures]) -> dict[str, Figures]:
    """All workloads on a catalogue of this size; returns the figures at the fewest connections."""
    var = catalogue(products)
    print(f"\n{products:,} products\n{HEADER}")
    sql, order = floor.listing(var), floor.order(var)
    row("floor: bare SQL of a listing", sql)
    row("floor: minimal order transaction", order)
    found: dict[str, Figures] = {}
    with servers.shop(var) as served:
        for name, asks in readings(served.port).items():
            for at_once in connections:
                repeated = [asks[number % len(asks)] for number in range(requests)]
                figures = load(served.port, repeated, at_once)
                row(f"{name}, {at_once} at once", figures)
                found.setdefault(name, figures)
        for at_once in connections:
            figures = load(served.port, nobody_asked_before(requests, at_once), at_once)
            row(f"JSON listing, new each time, {at_once} at once", figures)
            found.setdefault("JSON listing, new each time", figures)
        for at_once in connections:
            figures = load(served.port, checkouts(var, requests // 4), at_once, warm=False)
            row(f"checkout, {at_once} at once", figures)
            found.setdefault("checkout", figures)
        # Every order ends what was kept: one order among twenty listings.
        lists, orders = readings(served.port)["JSON listing"], checkouts(var, requests // 20)
        mixed = [lists[n % len(lists)] if n % 21 else orders[n // 21] for n in range(len(orders) * 21)]
        figures = load(served.port, mixed, connections[-1], counts=lambda ask: ask.method == "GET")
        row(f"JSON listing beside orders, {connections[-1]} at once", figures)
    fewest = connections[0]
    for name in ("JSON listing", "JSON listing, new each time", "first view listing", "first view product"):
        ratio = found[name].p50 / (bare[fewest].p50 + sql.p50)
        print(f"{name} p50 / (bare route + bare SQL) = {ratio:.1f}  (aim: 3)")
    print(f"checkout p50 / minimal order transaction = {found['checkout'].p50 / order.p50:.1f}")
    return found


def live(pages: int) -> None:
    """Open pages: memory each, and an event's time among them."""
    var = catalogue(1_000)
    print(
        f"\nlive sessions\n{'open pages':>12}{'kB each':>10}{'all served in s':>17}{'event p50 ms':>14}{'p95':>8}{'events/s':>10}"
    )
    for count in (pages // 10, pages):
        with servers.shop(var) as served:
            slugs = [item["slug"] for item in get(served.port, "/api/v1/products?limit=60&sort=new")["items"]]
            seen = sessions.measure(served, count, slugs)
        print(
            f"{seen.pages:12}{seen.bytes_each / 1000:10.0f}{seen.opened_in:17.1f}{seen.event.p50:14.1f}"
            f"{seen.event.p95:8.1f}{seen.event.per_second:10.0f}",
            flush=True,
        )


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--full",
        action="store_true",
        help="up to 100,000 products (1,000,000 in process), 32 connections, 1,000 open pages",
    )
    parser.add_argument("--only", choices=("search",), help="search in process alone, on both databases")
    arguments = parser.parse_args()
    in_process = (1_000, 10_000, 100_000, 1_000_000) if arguments.full else (1_000, 10_000)
    if arguments.only:
        search.report(in_process, ROUNDS)
        return 0
    sizes = (1_000, 10_000, 100_000) if arguments.full else (1_000, 10_000)
    connections = (1, 8, 32) if arguments.full else (1, 8)
    requests = 2000 if arguments.full else 600
    if not build.is_fresh():
        subprocess.run([sys.executable, "-m", "marketplace", "build"], cwd=ROOT, check=True)
    print(f"{os.cpu_count()} cores, shared by the server and the load generator: read ratios, not absolutes.")
    bare: dict[int, Figures] = {}
    print(HEADER)
    with servers.bare("benchmarks.floor:make_bare") as served:
        for at_once in connections:
            bare[at_once] = load(served.port, [Ask("/healthz")] * requests, at_once)
            row(f"floor: bare JSON route, {at_once} at once", bare[at_once])
    found = {size: measure(size, connections, requests, bare) for size in sizes}
    print(f"\np95 at {sizes[-1]:,} products / p95 at {sizes[0]:,} (aim: 1.3)")
    for name in found[sizes[0]]:
        print(f"{name:44}{found[sizes[-1]][name].p95 / found[sizes[0]][name].p95:8.2f}")
    live(1000 if arguments.full else 200)
    search.report(in_process, ROUNDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
