"""Goods by the file: rows a second and peak memory of each stage, beside bare SQL that writes the same rows.

`python -m benchmarks.importing [ROWS]`; each kind of file in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from marketplace.settings import ROOT

ROWS = 10_000
AT_ONCE = 25
AIM_SECONDS = 60


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _rows(count: int) -> list[tuple[str, ...]]:
    return [
        (f"XOAI-{n}", "", f"Xoài cát Hòa Lộc số {n}", "Xoài", "", "kg", str(20_000 + n), str(n % 90))
        for n in range(count)
    ]


def _file(kind: str, count: int) -> bytes:
    from marketplace.importing import writing
    from marketplace.importing.rules import BY_COLUMN, Column

    columns = [Column(name) for name in ("sku", "product", "name", "category", "variant", "unit", "price", "stock")]
    headers = [BY_COLUMN[column].name.vi for column in columns]
    if kind == "csv":
        return writing.CsvFile(headers).rows(_rows(count))
    path = writing.table(headers, [column.value for column in columns], _rows(count), "vi")
    data = path.read_bytes()
    path.unlink()
    return data


def floor(folder: Path, count: int) -> float:
    """Seconds for bare SQL: a product, its unit, price and stock, so many to a transaction, each safely on disk."""
    connection = sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)
    for statement in (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "CREATE TABLE product (id INTEGER PRIMARY KEY, slug TEXT UNIQUE, name TEXT, price INTEGER)",
        "CREATE TABLE sku (id INTEGER PRIMARY KEY, code TEXT UNIQUE, product_id INTEGER, price INTEGER)",
        "CREATE TABLE asked (id INTEGER PRIMARY KEY, sku_id INTEGER, price INTEGER)",
        "CREATE TABLE stock (id INTEGER PRIMARY KEY, sku_id INTEGER UNIQUE, on_hand INTEGER)",
    ):
        connection.execute(statement)
    rows, began = _rows(count), time.perf_counter()
    for start in range(0, count, AT_ONCE):
        connection.execute("BEGIN IMMEDIATE")
        for number, row in enumerate(rows[start : start + AT_ONCE], start=start):
            connection.execute("INSERT INTO product VALUES (?, ?, ?, ?)", (number, row[0], row[2], int(row[6])))
            connection.execute("INSERT INTO sku VALUES (?, ?, ?, ?)", (number, row[0], number, int(row[6])))
            connection.execute("INSERT INTO asked VALUES (?, ?, ?)", (number, number, int(row[6])))
            connection.execute("INSERT INTO stock VALUES (?, ?, ?)", (number, number, int(row[7]) * 1000))
        connection.execute("COMMIT")
    taken = time.perf_counter() - began
    connection.close()
    return taken


def measure(kind: str, count: int) -> dict[str, Any]:
    """Seconds of each stage and the peak of memory, in this process."""
    from sqlmodel import Session

    from marketplace import tables
    from marketplace.accounts.views import Person
    from marketplace.base import clock, db
    from marketplace.catalog import service as catalog
    from marketplace.importing import http, service
    from marketplace.importing.receiving import bring
    from marketplace.importing.rules import ImportState
    from marketplace.places.service import sync_reference_data
    from tests.factories import make_owner, make_seller

    tables.metadata.create_all(db.engine())

    def shop(session: Session) -> Person:
        sync_reference_data(session)
        catalog.sync_reference_data(session)
        return make_owner(session, make_seller(session))

    person, data = db.write_now(shop), _file(kind, count)
    seconds: dict[str, float] = {}
    before = _peak()

    async def stages() -> None:
        async def timed(name: str, act: Callable[[], Any]) -> Any:
            began = time.perf_counter()
            found = await act()
            seconds[name] = time.perf_counter() - began
            return found

        import_id = await timed("received", lambda: bring(person, f"a.{kind}", data))

        async def stage(state: ImportState) -> None:
            if state is ImportState.UNDOING:
                db.write_now(service.start_undo, person, import_id, clock.now())
            else:
                db.write_now(service.start, person, import_id, state, clock.now())
            while await service.work_off(import_id):
                pass

        await timed("checked", lambda: stage(ImportState.CHECKING))
        await timed("brought in", lambda: stage(ImportState.APPLYING))

        async def out() -> None:
            if kind == "csv":
                async for _ in http.csv_of_goods(person, "vi"):
                    pass
            else:
                (await http.xlsx_of_goods(person, "vi")).unlink()

        await timed("taken out", out)
        await timed("taken back", lambda: stage(ImportState.UNDOING))

    asyncio.run(stages())
    return {"seconds": seconds, "memory": _peak(), "before": before}


def main() -> int:
    """Print the table; each kind of file is measured in a process of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else ROWS
    with tempfile.TemporaryDirectory() as folder:
        bare = floor(Path(folder), count)
    print(f"{os.cpu_count()} cores; {count:,} rows; floor: bare SQL, {AT_ONCE} goods a transaction")
    print(f"{'':24}{'seconds':>9}{'rows/s':>9}{'/ floor':>9}")
    print(f"{'floor':24}{bare:9.2f}{count / bare:9.0f}{1:9.1f}")
    for kind in ("csv", "xlsx"):
        with tempfile.TemporaryDirectory() as var:
            environment = {**os.environ, "MARKETPLACE_VAR": var, "MARKETPLACE_DATABASE_URL": ""}
            command = [sys.executable, "-m", "benchmarks.importing", "--measure", kind, str(count)]
            done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout)
        for stage, seconds in found["seconds"].items():
            print(f"{kind + ', ' + stage:24}{seconds:9.2f}{count / seconds:9.0f}{seconds / bare:9.1f}")
        whole = sum(found["seconds"][stage] for stage in ("received", "checked", "brought in"))
        print(f"{kind + ', in all until it is in':32}{whole:6.1f} s of {AIM_SECONDS}", end="")
        print(f"; memory {found['memory']:.0f} MB at its peak, {found['before']:.0f} MB before")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
        sys.exit(0)
    sys.exit(main())
