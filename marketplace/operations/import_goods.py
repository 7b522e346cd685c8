"""`python -m marketplace import FILE --seller SLUG [--dry-run]`: a shop's goods by the file, as on its own page."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from marketplace.accounts.views import Person
from marketplace.base import clock, db
from marketplace.importing import service
from marketplace.importing.receiving import bring
from marketplace.importing.rules import ImportState
from marketplace.importing.views import ImportView

REFUSED = 1
TOLD_EVERY = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `import`."""
    parser.add_argument("file", type=Path, help="goods as XLSX or CSV; the template is on the shop's page")
    parser.add_argument("--seller", required=True, metavar="SLUG", help="the shop's address: the last part of /s/…")
    parser.add_argument("--photos", type=Path, metavar="ZIP", help="photos that the file names")
    parser.add_argument("--dry-run", action="store_true", help="say what is wrong and change nothing")
    parser.add_argument("--skip-faulty", action="store_true", help="bring good rows in although others are faulty")


def run(arguments: argparse.Namespace) -> int:
    """Check the file, say every fault, and bring the goods in; fails when anything is faulty."""
    try:
        data = arguments.file.read_bytes()
        photos = arguments.photos.read_bytes() if arguments.photos else b""
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return REFUSED
    return asyncio.run(_run(arguments, data, photos))


async def _run(arguments: argparse.Namespace, data: bytes, photos: bytes) -> int:
    person = db.read_now(service.run_for_shop, arguments.seller)
    import_id = await bring(person, arguments.file.name, data, photos)
    await _stage(person, import_id, ImportState.CHECKING)
    found = _look(person, import_id)
    for fault in found.faults:
        where = f"row {fault.row}" + (f", {fault.column}" if fault.column else "")
        print(f"{where}: {fault.text}" + (f" ({fault.typed})" if fault.typed else ""))
    if found.more_faults:
        print(f"and {found.more_faults} more")
    print(f"{found.new} new, {found.existing} to change, {found.same} unchanged, {found.faulty} faulty")
    if arguments.dry_run or (found.faulty and not arguments.skip_faulty):
        return REFUSED if found.faulty else 0
    if found.good:
        await _stage(person, import_id, ImportState.APPLYING)
        done = _look(person, import_id)
        print(f"{done.made} made, {done.changed} changed; import {import_id} can be taken back on the shop's page")
    return REFUSED if found.faulty else 0


def _look(person: Person, import_id: int) -> ImportView:
    return db.read_now(service.my_import, person, import_id, "en", clock.now())


async def _stage(person: Person, import_id: int, stage: ImportState) -> None:
    """Begin a stage and work until it is over; a server beside may do part of it."""
    await db.writing(service.start, person, import_id, stage, clock.now())
    steps = 0
    while await db.reading(service.state_of, import_id) is stage:
        if not await service.work_off(import_id):
            await asyncio.sleep(0.1)
        steps += 1
        if sys.stderr.isatty() and steps % TOLD_EVERY == 0:
            print(f"\r{_look(person, import_id).progress_text}", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)
