"""The floors: a bare JSON route of the same server, the bare SQL of a listing, a minimal order's transaction."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from fastapi import FastAPI, Response

from benchmarks.client import Figures, figures

BODY = (
    b'{"items":[' + b",".join(b'{"slug":"xoai-cat-hoa-loc","name":"Xoai cat","price":65000}' for _ in range(24)) + b"]}"
)
LISTING = """
SELECT product.slug, product.name, product.price, product.unit, product.store_slug, sku.code, stock_level.on_hand
FROM product JOIN sku ON sku.product_id = product.id JOIN stock_level ON stock_level.sku_id = sku.id
WHERE product.listed = 1 ORDER BY product.popularity DESC, product.id DESC LIMIT 24
"""


def make_bare() -> FastAPI:
    """One route that returns ready bytes."""
    api = FastAPI()

    @api.get("/healthz")
    async def bare() -> Response:
        return Response(BODY, media_type="application/json")

    return api


def listing(var: Path, times: int = 2000) -> Figures:
    """The bare SQL of the first page of a listing, in a loop."""
    connection = sqlite3.connect(var / "marketplace.sqlite3")
    taken = []
    began = time.perf_counter()
    for _ in range(times):
        start = time.perf_counter()
        connection.execute(LISTING).fetchall()
        taken.append(time.perf_counter() - start)
    connection.close()
    return figures(taken, time.perf_counter() - began, 0)


def order(var: Path, times: int = 300) -> Figures:
    """A minimal order: lock, take stock, write ten rows, commit to disk, in a file beside the database."""
    connection = sqlite3.connect(var / "floor.sqlite3", isolation_level=None)
    for statement in (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "CREATE TABLE IF NOT EXISTS stock (id INTEGER PRIMARY KEY, held INTEGER)",
        "CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, body TEXT)",
        "INSERT OR IGNORE INTO stock VALUES (1, 0)",
    ):
        connection.execute(statement)
    taken = []
    began = time.perf_counter()
    for _ in range(times):
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE stock SET held = held + 1 WHERE id = 1")
        connection.executemany("INSERT INTO entry(body) VALUES (?)", [("x" * 200,)] * 10)
        connection.execute("COMMIT")
        taken.append(time.perf_counter() - start)
    connection.close()
    return figures(taken, time.perf_counter() - began, 0)
