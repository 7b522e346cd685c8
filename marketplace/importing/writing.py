"""Writes files of goods, XLSX and CSV. Whatever a person typed comes out as text, never as a formula, link or program."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from marketplace.base.spreadsheets import TEXT_STAYS_TEXT
from marketplace.base.text import Locale, Text
from marketplace.catalog.rules import UNIT_LABELS
from marketplace.importing.rules import BY_COLUMN, COLUMNS, Column

DANGEROUS = re.compile(r"^'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[0-9]{1,13}(?:[,.][0-9]{1,3})?")
GOODS = Text("Hàng hóa", "Goods")
EXPLAINED = Text("Giải thích", "Explanations")
CATEGORIES = Text("Danh mục", "Categories")
UNITS = Text("Đơn vị", "Units")
HEADINGS = (
    Text("Cột", "Column"),
    Text("Tên tiếng Anh", "In Vietnamese"),
    Text("Bắt buộc", "Needed"),
    Text("Ghi gì", "What to write"),
    Text("Ví dụ", "Example"),
)
YES = Text("có, với hàng mới", "yes, for new goods")
LONGEST = 32_000


def defused(cell: str) -> str:
    """A cell of a CSV file that no spreadsheet runs; read back, the mark before it is taken off again."""
    return f"'{cell}" if DANGEROUS.match(cell) else cell


class CsvFile:
    """A CSV file as Excel opens it here: UTF-8 with its mark, semicolons."""

    def __init__(self, headers: Sequence[str]) -> None:
        self._started = False
        self._headers = headers

    def rows(self, rows: Iterable[Sequence[str]]) -> bytes:
        """Some rows more, the headings before the first."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
        if not self._started:
            writer.writerow([defused(header) for header in self._headers])
        for row in rows:
            writer.writerow([defused(cell) for cell in row])
        mark = "" if self._started else "\ufeff"
        self._started = True
        return (mark + buffer.getvalue()).encode()


class XlsxFile:
    """An XLSX file on its way to disk, a row at a time, so that ten thousand goods need no more memory than ten."""

    def __init__(self, headers: Sequence[str], columns: Sequence[Column | None], locale: Locale) -> None:
        handle, name = tempfile.mkstemp(suffix=".xlsx")
        self.path = Path(name)
        import os

        os.close(handle)
        self._book = xlsxwriter.Workbook(str(self.path), {**TEXT_STAYS_TEXT, "constant_memory": True})
        self._head = self._book.add_format({"bold": True, "bg_color": "#E5EFDC", "bottom": 1})
        self._needed = self._book.add_format({"bold": True, "bg_color": "#CFE5B8", "bottom": 1})
        self._wrap = self._book.add_format({"text_wrap": True, "valign": "top"})
        # As text, so that 0123 or 3-6 typed by hand stay what they are.
        self._text = self._book.add_format({"num_format": "@"})
        self._columns, self._locale = columns, locale
        self._numbers = {
            place for place, column in enumerate(columns) if column is not None and BY_COLUMN[column].number
        }
        self._sheet = self._book.add_worksheet(GOODS.say(locale))
        self._row = 0
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            wide = column in {Column.NAME, Column.DESCRIPTION, Column.PHOTOS, None}
            self._sheet.set_column(place, place, 36 if wide else 16, None if place in self._numbers else self._text)
        self._sheet.set_row(0, 22)
        for place, header in enumerate(headers):
            column = columns[place]
            needed = column is not None and BY_COLUMN[column].needed
            self._sheet.write_string(0, place, header, self._needed if needed else self._head)

    def rows(self, rows: Iterable[Sequence[str]]) -> None:
        """Some rows more."""
        for row in rows:
            self._row += 1
            for place, cell in enumerate(row):
                if not cell:
                    continue
                if place in self._numbers and _NUMBER.fullmatch(cell):
                    self._sheet.write_number(self._row, place, float(cell.replace(",", ".")))
                else:
                    self._sheet.write_string(self._row, place, cell[:LONGEST])

    def explain(self, categories: Sequence[tuple[str, str]]) -> None:
        """Sheets that say what each column wants, in both languages, and what categories and units there are."""
        locale, other = self._locale, "vi" if self._locale == "en" else "en"
        sheet = self._book.add_worksheet(EXPLAINED.say(locale))
        for place, (heading, width) in enumerate(zip(HEADINGS, (24, 22, 18, 70, 34), strict=True)):
            sheet.set_column(place, place, width, self._wrap)
            sheet.write_string(0, place, heading.say(locale), self._head)
        for row, one in enumerate(COLUMNS, start=1):
            hint = f"{one.hint.say(locale)}\n{one.hint.say(other)}"
            cells = (one.name.say(locale), one.name.say(other), YES.say(locale) if one.needed else "", hint)
            for place, cell in enumerate((*cells, one.example.say(locale))):
                sheet.write_string(row, place, cell, self._wrap)
        self._list(CATEGORIES, [(path,) for _, path in categories])
        self._list(UNITS, [(text.vi, text.en) for text in UNIT_LABELS.values()])

    def _list(self, title: Text, rows: Sequence[Sequence[str]]) -> None:
        sheet = self._book.add_worksheet(title.say(self._locale))
        sheet.set_column(0, 1, 48)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)

    def close(self) -> Path:
        """Finish the file; whoever asked for it deletes it."""
        self._book.close()
        return self.path


def goods_headers(locale: Locale) -> tuple[list[str], list[Column | None]]:
    """The headings of a file of goods, and what each is."""
    return [one.name.say(locale) for one in COLUMNS], [one.column for one in COLUMNS]


def goods_row(cells: dict[Column, str]) -> list[str]:
    """A row in the order of the headings."""
    return [cells.get(one.column, "") for one in COLUMNS]


def template(categories: Sequence[tuple[str, str]], locale: Locale) -> Path:
    """The file to fill in: headings, one row as an example, and sheets that explain."""
    headers, columns = goods_headers(locale)
    file = XlsxFile(headers, columns, locale)
    file.rows([[one.example.say(locale) if one.column is not Column.PHOTOS else "" for one in COLUMNS]])
    file.explain(categories)
    return file.close()


def table(headers: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[str]], locale: Locale) -> Path:
    """Rows that come back to be mended, under the headings they came with."""
    known: list[Any] = [Column(name) if name else None for name in columns]
    file = XlsxFile(headers, known, locale)
    file.rows(rows)
    return file.close()
