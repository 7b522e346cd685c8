"""Opens a file of goods: untrusted bytes in, rows of text out. Runs in a process of its own, whose memory is bounded.

Numbers of a spreadsheet come out as Vietnamese writes them (`1,5`), days as `31/12/2026`, so that both kinds of file
read alike from here on.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from marketplace.importing.rules import (
    LARGEST_FILE,
    LARGEST_UNPACKED,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_MEMBERS,
    MOST_RATIO,
    MOST_ROWS,
    FileEmpty,
    FileHasMacros,
    FileTooLarge,
    FileUnreadable,
    TooManyRows,
)

MEMORY = 768 * 1024 * 1024
"""What opening may take beyond what its process has; an ordinary file of 10,000 rows takes a tenth of it."""
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WORKBOOK = "xl/workbook.xml"
MACROS = re.compile(r"vbaproject|/activex/|/embeddings/|macrosheets", re.IGNORECASE)
SEPARATORS = ";\t,|"
LOOKED_AT = 20
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DEFUSED = re.compile(r"'+(?=[=+\-@\t\r])")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's rows; the first is that of its headings. `number` counts as the spreadsheet shows it."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def open_file(data: bytes) -> Opened:
    """The rows of an XLSX or CSV file; raises FileUnreadable, FileTooLarge, FileHasMacros, FileEmpty, TooManyRows."""
    if len(data) > LARGEST_FILE:
        raise FileTooLarge(field="file")
    if data.startswith(ZIP):
        rows = _spreadsheet(data)
    elif data.startswith((OLE, b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf")):
        raise FileUnreadable(field="file")
    else:
        rows = _text_rows(data)
    return _told(rows)


def open_bounded(data: bytes) -> Opened:
    """`open_file` in a process that does nothing else: its memory is bounded from then on."""
    _bound_memory()
    return open_file(data)


def check_archive(
    archive: zipfile.ZipFile, *, members: int = MOST_MEMBERS, unpacked: int = LARGEST_UNPACKED, ratio: int = MOST_RATIO
) -> list[zipfile.ZipInfo]:
    """The members of an archive if it is no bomb by what it says of itself; raises FileTooLarge, FileUnreadable.

    What is then read is read no further than a member says it is long, so that one that lies is broken, not large.
    """
    infos = archive.infolist()
    whole = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if len(infos) > members or whole > unpacked or whole > max(1, packed) * ratio:
        raise FileTooLarge(field="file")
    if any(info.flag_bits & 1 for info in infos):
        raise FileUnreadable(field="file")
    return infos


def _bound_memory() -> None:
    try:
        import resource
        from pathlib import Path

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        limit = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        # Elsewhere than on Linux only time bounds it.
        return


def _spreadsheet(data: bytes) -> Iterable[tuple[int, list[str]]]:
    import python_calamine

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [info.filename for info in check_archive(archive)]
            if WORKBOOK not in names or len(names) != len(set(names)):
                raise FileUnreadable(field="file")
            if any(MACROS.search(name) for name in names):
                raise FileHasMacros(field="file")
            if archive.testzip() is not None:
                raise FileUnreadable(field="file")
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [
            one.name
            for one in workbook.sheets_metadata
            if one.typ is python_calamine.SheetTypeEnum.WorkSheet
            and one.visible is python_calamine.SheetVisibleEnum.Visible
        ]
        sheet = workbook.get_sheet_by_name(shown[0])
        if sheet.end is None:
            raise FileEmpty(field="file")
        if sheet.end[0] - (sheet.start or (0, 0))[0] > MOST_ROWS:
            raise TooManyRows(field="file", limit=MOST_ROWS)
        if sheet.end[1] >= MOST_COLUMNS * 4:
            raise FileUnreadable(field="file")
        first = sheet.start[0] + 1 if sheet.start else 1
        cells = sheet.to_python(skip_empty_area=True)
    except (FileUnreadable, FileTooLarge, FileHasMacros, FileEmpty, TooManyRows):
        raise
    except Exception:  # noqa: BLE001 - whatever a foreign parser says of a hostile file, it cannot be read
        raise FileUnreadable(field="file") from None
    return ((first + place, [_cell(cell) for cell in row]) for place, row in enumerate(cells))


def _cell(value: Any) -> str:
    match value:
        case bool():
            return "1" if value else "0"
        case int():
            return str(value)
        case float():
            if value == int(value) and abs(value) < 1e15:
                return str(int(value))
            return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
        case datetime():
            return value.strftime("%d/%m/%Y %H:%M" if value.time() != time() else "%d/%m/%Y")
        case date():
            return value.strftime("%d/%m/%Y")
        case time() | timedelta():
            return str(value)
    return str(value)


def _text_rows(data: bytes) -> Iterable[tuple[int, list[str]]]:
    text = decode(data)
    if "\x00" in text:
        raise FileUnreadable(field="file")
    named = re.match(r"sep=(.)\r?\n", text)
    body = text[named.end() :] if named else text
    separator = named[1] if named else _separator(body)
    csv.field_size_limit(max(LONGEST_CELL * 10, 131_072))
    try:
        reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)
        rows: list[list[str]] = []
        for row in reader:
            if len(rows) > MOST_ROWS:
                raise TooManyRows(field="file", limit=MOST_ROWS)
            rows.append(row)
    except csv.Error:
        raise FileUnreadable(field="file") from None
    first = 2 if named else 1
    return ((first + place, [DEFUSED.sub(_one_less, cell, count=1) for cell in row]) for place, row in enumerate(rows))


def _one_less(marks: re.Match[str]) -> str:
    return marks[0][1:] if marks.start() == 0 else marks[0]


def decode(data: bytes) -> str:
    """The text of a CSV file in any of the encodings Excel writes here: by its mark, UTF-8, else Windows-1258.

    In that one letters and accents lie apart, so what comes out is composed. Raises FileUnreadable.
    """
    encoding = next((name for mark, name in BOMS if data.startswith(mark)), None)
    for name in (encoding,) if encoding else ("utf-8", "cp1258"):
        try:
            return unicodedata.normalize("NFC", data.decode(name or "utf-8"))
        except UnicodeDecodeError:
            continue
    raise FileUnreadable(field="file")


def _separator(text: str) -> str:
    """The sign that parts most columns, and in as many rows as evenly as any."""
    lines = "".join(text.splitlines(keepends=True)[:LOOKED_AT])

    def worth(sign: str) -> tuple[int, int]:
        try:
            counts = [len(row) for row in csv.reader(io.StringIO(lines, newline=""), delimiter=sign) if row]
        except csv.Error:
            return 0, 0
        if not counts or counts[0] < 2:
            return 0, 0
        return sum(count == counts[0] for count in counts), counts[0]

    return max(SEPARATORS, key=worth)


def _told(rows: Iterable[tuple[int, Sequence[str]]]) -> Opened:
    kept: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in rows:
        trimmed = [cell.strip() for cell in cells]
        while trimmed and not trimmed[-1]:
            trimmed.pop()
        if trimmed:
            if len(trimmed) > MOST_COLUMNS:
                raise FileUnreadable(field="file")
            kept.append((number, tuple(cell[: LONGEST_CELL + 1] for cell in trimmed)))
        if len(kept) > MOST_ROWS + 1:
            raise TooManyRows(field="file", limit=MOST_ROWS)
    if len(kept) < 2:
        raise FileEmpty(field="file")
    return Opened(kept[0][1], tuple(kept[1:]))
