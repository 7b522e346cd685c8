"""Files of goods as sellers send them, made by the tests themselves."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter
from sqlmodel import Session

from marketplace.accounts.views import Person
from marketplace.base import db
from marketplace.importing import service
from marketplace.importing.opening import Opened, open_file
from marketplace.importing.rules import ImportState
from tests.factories import NOW

HEADERS = ("Mã SKU", "Mã sản phẩm", "Tên sản phẩm", "Danh mục", "Loại", "Đơn vị", "Giá (đ)", "Tồn kho")
MANGO = ("XOAI", "", "Xoài cát Hòa Lộc", "Trái cây", "", "kg", "65.000", "12,5")
GUAVA = ("OI", "", "Ổi lê", "Trái cây", "", "kg", "20k", "40")


def csv_file(
    *rows: Sequence[str], headers: Sequence[str] = HEADERS, sign: str = ";", encoding: str = "utf-8-sig"
) -> bytes:
    """A CSV file."""
    return "\r\n".join(sign.join(row) for row in (headers, *rows)).encode(encoding)


def xlsx_file(*rows: Sequence[object], headers: Sequence[str] = HEADERS) -> bytes:
    """An XLSX file, its numbers as numbers."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate((headers, *rows)):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, place, cell, day)
            else:
                sheet.write(number, place, cell)
    book.close()
    return buffer.getvalue()


def arrive(session: Session, person: Person, opened: Opened, *, kind: str = "csv", now: datetime = NOW) -> int:
    """A file arrives whole; its id."""
    import_id = service.begin(session, person, "hàng.csv", kind, opened.headers, now)
    service.add_rows(session, person, import_id, opened.rows, last=True)
    return import_id


def arrived(person: Person, data: bytes, *, kind: str = "csv", now: datetime = NOW) -> int:
    """A file arrives in a transaction of its own; its id."""
    return db.write_now(arrive, person, open_file(data), kind=kind, now=now)


def run(import_id: int) -> ImportState:
    """Let the background come to the end of a stage; how far the file is then."""

    async def work() -> None:
        while await service.work_off(import_id):
            pass

    asyncio.run(work())
    return db.read_now(service.state_of, import_id)


def check(person: Person, data: bytes, *, kind: str = "csv") -> int:
    """A file arrives and is checked; its id."""
    import_id = arrived(person, data, kind=kind)
    db.write_now(service.start, person, import_id, ImportState.CHECKING, NOW)
    assert run(import_id) is ImportState.CHECKED
    return import_id


def bring_in(person: Person, data: bytes, *, kind: str = "csv") -> int:
    """A file arrives, is checked, and what is good of it comes in; its id."""
    import_id = check(person, data, kind=kind)
    db.write_now(service.start, person, import_id, ImportState.APPLYING, NOW)
    assert run(import_id) is ImportState.APPLIED
    return import_id


def take_back(person: Person, import_id: int) -> None:
    """A whole import is taken back."""
    db.write_now(service.start_undo, person, import_id, NOW)
    assert run(import_id) is ImportState.UNDONE
