"""Files as Excel and Vietnamese hands make them are read; crafted ones are refused, or come out as harmless text."""

from __future__ import annotations

import asyncio
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

import openpyxl
import pytest
from sqlmodel import Session

from marketplace.accounts.views import Person
from marketplace.base import db
from marketplace.base.errors import DomainError
from marketplace.base.names import read_name
from marketplace.base.text import slugify
from marketplace.catalog import service as catalog
from marketplace.importing import receiving, service, writing
from marketplace.importing.opening import open_file
from marketplace.importing.photos import keep_archive
from marketplace.importing.rules import (
    MOST_ROWS,
    Column,
    FileHasMacros,
    FileTooLarge,
    FileUnreadable,
    PhotosTooLarge,
    PhotosUnreadable,
    TooManyRows,
    match_columns,
)
from marketplace.importing.rules.cells import (
    parts_of,
    read_content,
    read_moment,
    read_piece,
    read_season,
    read_tiers,
    read_unit,
    read_whole_number,
)
from tests.factories import NOW, make_category, make_owner, make_seller
from tests.importing.files import GUAVA, HEADERS, MANGO, bring_in, check, csv_file, xlsx_file

ROWS = (MANGO, GUAVA)


@pytest.mark.parametrize("sign", [";", "\t", ",", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom"])
def test_the_habits_of_excel_are_read(sign: str, encoding: str) -> None:
    rows = [tuple(cell.replace(",", ".") for cell in row) for row in ROWS]
    name = "utf-16-le" if encoding == "utf-16-le-bom" else encoding
    data = csv_file(*rows, sign=sign, encoding=name)
    data = b"\xff\xfe" + data if encoding == "utf-16-le-bom" else data
    opened = open_file(data)
    assert opened.headers == HEADERS
    assert [cells for _, cells in opened.rows] == rows
    assert [number for number, _ in opened.rows] == [2, 3]


def test_windows_1258_is_read_and_composed() -> None:
    text = "Tên sản phẩm;Giá\r\nXoài cát Hòa Lộc;65.000\r\nBưởi Năm Roi ửng đỏ;30.000"
    import unicodedata

    pieces = []
    for character in text:
        try:
            pieces.append(character.encode("cp1258"))
        except UnicodeEncodeError:
            base, *marks = list(unicodedata.normalize("NFD", character))
            if len(marks) == 2:
                marks.sort(key=lambda mark: mark not in "\u0302\u0306\u031b")
                base = unicodedata.normalize("NFC", base + marks.pop(0))
            pieces.append((base + "".join(marks)).encode("cp1258"))
    data = b"".join(pieces)
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    opened = open_file(data)
    assert opened.headers == ("Tên sản phẩm", "Giá")
    assert opened.rows[1][1] == ("Bưởi Năm Roi ửng đỏ", "30.000")


def test_a_line_that_names_the_sign_quotes_and_empty_lines_are_understood() -> None:
    data = 'sep=;\r\nTên;Giá;Mô tả\r\n\r\n"Xoài; loại 1";65000;"hai\r\ndòng"\r\n;;\r\n'.encode()
    opened = open_file(data)
    assert opened.rows == ((4, ("Xoài; loại 1", "65000", "hai\r\ndòng")),)


def test_numbers_and_days_of_a_spreadsheet_come_as_vietnamese_writes_them() -> None:
    data = xlsx_file(
        ("A", 1.5, 1.125, 65000.0, datetime(2026, 12, 31, tzinfo=UTC).replace(tzinfo=None), True),
        headers=("a", "b", "c", "d", "e", "f"),
    )
    assert open_file(data).rows == ((2, ("A", "1,5", "1,125", "65000", "31/12/2026", "1")),)


def test_columns_are_known_by_what_people_call_them() -> None:
    said = ["Mã hàng", "TÊN HÀNG HÓA *", "ĐVT", "Đơn giá (VNĐ)", "SL tồn", "Nhóm hàng", "Hình ảnh", "Ghi gì đó"]
    assert match_columns(said) == [
        Column.SKU, Column.NAME, Column.UNIT, Column.PRICE, None, Column.CATEGORY, Column.PHOTOS, None,
    ]  # fmt: skip
    english = ["Item code", "Product name", "UOM", "Unit price", "Qty", "Category"]
    assert None not in match_columns(english)
    assert match_columns(["Giá", "Giá bán", "Giá (đ)"]) == [Column.PRICE, None, None]


def test_cells_are_read_as_people_write_them() -> None:
    assert read_unit(" KG ").value == "kg"
    assert read_unit("Quả").value == "fruit"
    assert read_content("1,5 lít").amount == 1500
    assert read_content("5.000 g").amount == 5000
    assert read_piece("1,6 - 2").heaviest == 2000
    assert [tier.price for tier in read_tiers("10: 60k; 50: 55.000", "vi")] == [60_000, 55_000]
    assert read_season("11-2") == read_season("1, 2, 11, 12")
    assert read_moment("31/12/2026", ends=True).isoformat() == "2026-12-31T17:00:00+00:00"
    assert read_whole_number("1.500", Column.WEIGHT) == 1500
    assert parts_of('a: b; "c; d"') == ["a: b", "c; d"]


# What follows is crafted to do harm.
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def _book(**members: bytes) -> bytes:
    """An XLSX whose members are replaced or added by their path; `sheet` is the first sheet's."""
    source, buffer = io.BytesIO(xlsx_file(*ROWS)), io.BytesIO()
    members = {"xl/worksheets/sheet1.xml" if name == "sheet" else name: data for name, data in members.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, members.pop(name, old.read(name)))
        for name, data in members.items():
            new.writestr(name, data)
    return buffer.getvalue()


def _zip(members: dict[str, bytes], *, packed: bool = True) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _lying(data: bytes) -> bytes:
    """An archive whose first member says that it unpacks to ten bytes."""
    place = data.index(b"PK\x01\x02")
    return data[: place + 24] + struct.pack("<I", 10) + data[place + 28 :]


def refused() -> Iterator[tuple[str, bytes]]:
    """Files that are no files of goods."""
    whole = xlsx_file(*ROWS)
    for name, head in {
        "a PNG": b"\x89PNG\r\n\x1a\n", "a JPEG": b"\xff\xd8\xff\xe0", "a GIF": b"GIF89a", "a PDF": b"%PDF-1.7\n",
        "an old XLS or one with a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a RAR": b"Rar!\x1a\x07\x00",
        "a GZIP": b"\x1f\x8b\x08\x00", "a 7z": b"7z\xbc\xaf\x27\x1c", "a program": b"MZ\x90\x00\x03\x00\x00\x00",
        "a Linux program": b"\x7fELF\x02\x01\x01\x00", "zeros": b"\x00" * 64,
    }.items():  # fmt: skip
        yield name, head + b"\x00" * 400
        yield f"{name} with a table behind", head + b"\x00" * 8 + csv_file(*ROWS)
    # Named by parts: how long it is changes with the hour written into it, and processes that share the tests must agree.
    for part in range(14):
        yield f"a spreadsheet cut off after {part} of 14 parts", whole[: 8 + (len(whole) - 72) * part // 14]
    for part in range(8):
        place = 60 + (len(whole) - 460) * part // 8
        yield f"a spreadsheet overwritten at {part} of 8 parts", whole[:place] + b"\xff" * 40 + whole[place + 40 :]
    yield "a bomb", _book(sheet=SHEET.format("<row/>" * 1_500_000).encode())
    yield "a bomb of spaces", _book(sheet=b" " * 40_000_000)
    yield "a bomb beside the sheet", _book(**{"xl/media/a.bin": b"\x00" * 49_000_000})
    yield "more than fifty megabytes", _zip({"xl/workbook.xml": b"x", **{f"{n}": bytes(6_000_000) for n in range(9)}})
    yield "many members", _book(**{f"xl/extra{n}.xml": b"<a/>" for n in range(250)})
    yield "a size that lies", _lying(_book(sheet=SHEET.format("").encode() + b" " * 100_000))
    yield "macros", _book(**{"xl/vbaProject.bin": b"Attribute VB_Name"})
    yield "macros under another case", _book(**{"XL/VBAPROJECT.BIN": b"Attribute VB_Name"})
    yield "an ActiveX control", _book(**{"xl/activeX/activeX1.xml": b"<a/>"})
    yield "an embedded file", _book(**{"xl/embeddings/oleObject1.bin": b"MZ"})
    yield "a sheet of old macros", _book(**{"xl/macrosheets/sheet1.xml": b"<a/>"})
    yield "a zip of something else", _zip({"a.txt": b"hello", "b.html": b"<script>alert(1)</script>"})
    yield "a document of Word", _zip({"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"})
    yield "an Android package", _zip({"classes.dex": b"dex\n035", "AndroidManifest.xml": b"x"})
    yield "a zip within a zip", _zip({"xl/workbook.xml": whole})
    yield "a workbook that is no XML", _book(**{"xl/workbook.xml": b"\x00\x01\x02"})
    yield "a sheet that is no XML", _book(sheet=b"<worksheet><sheetData><row><c")
    yield (
        "a cell at the world's end",
        _book(
            sheet=SHEET.format(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            ).encode()
        ),
    )
    yield "far more rows", csv_file(*[MANGO] * (MOST_ROWS + 2))
    yield "far more columns", csv_file(("x",) * 300, headers=("Tên",) * 300)
    yield "nothing", b""
    yield "headings alone", csv_file()
    yield "a mark alone", b"\xef\xbb\xbf"
    yield "half a pair of bytes", b"\xff\xfeT\x00\xea"
    yield "surrogates without their half", "Tên;Giá\r\n".encode("utf-16") + b"\x00\xd8\x00\xd8"
    yield "a quotation without an end", 'Tên;Giá\r\n"Xoài;65000'.encode()
    yield "nulls in the text", "Tên;Giá\r\nXo\x00ài;65000".encode()
    yield "more than twelve megabytes", b"Ten;Gia\r\n" + b"x" * (12 * 1024 * 1024 + 1)


HARMFUL = dict(refused())


# One takes all memory there is, and is opened where memory is bounded, below.
@pytest.mark.parametrize("case", [case for case in HARMFUL if case != "a cell at the world's end"])
def test_a_crafted_file_is_refused_in_words(case: str) -> None:
    with pytest.raises(DomainError) as caught:
        open_file(HARMFUL[case])
    assert caught.value.say("vi") != caught.value.say("en")


def test_what_would_take_all_memory_is_refused_by_its_own_process_and_the_next_file_is_read() -> None:
    async def both() -> None:
        with pytest.raises((FileUnreadable, FileTooLarge, TooManyRows)):
            await receiving.open_apart(HARMFUL["a cell at the world's end"])
        assert (await receiving.open_apart(xlsx_file(*ROWS))).headers == HEADERS

    asyncio.run(both())


def test_macros_are_named_as_the_reason() -> None:
    with pytest.raises(FileHasMacros):
        open_file(HARMFUL["macros"])


def photos() -> Iterator[tuple[str, bytes]]:
    """Archives that are none of photos."""
    yield "no archive", b"hello"
    yield "an empty one", _zip({})
    yield "no photo in it", _zip({"a.exe": b"MZ", "b.svg": b"<svg onload='alert(1)'/>"})
    yield "a bomb", _zip({"a.jpg": bytes(150_000_000)})
    yield "a photo as large as a film", _zip({"a.jpg": bytes(13_000_000)}, packed=False)
    yield "a thousand and one", _zip({f"{n}.jpg": b"x" for n in range(1001)})
    yield "more than five hundred", _zip({f"{n}.jpg": b"x" for n in range(501)})
    yield "one cut off", _zip({"a.jpg": zlib.compress(bytes(99)) * 99})[:-30]


ARCHIVES = dict(photos())


@pytest.mark.parametrize("case", ARCHIVES)
def test_a_crafted_archive_of_photos_is_refused(case: str) -> None:
    with pytest.raises((PhotosUnreadable, PhotosTooLarge)):
        asyncio.run(keep_archive(ARCHIVES[case]))


EVIL = (
    "=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil.example\",\"x\")", "+1+1", "-2+3", "@SUM(1,1)", "=IMPORTXML(\"x\",\"y\")",
    "'=1+1", "''=1+1", "=WEBSERVICE(\"http://evil.example\")", "@echo off", "-1", "+84 912", "=DDE(\"cmd\";\"/c calc\";\"x\")",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{7*7}}", "${7*7}", "{% raw %}", "javascript:alert(1)",
    "http://evil.example/", "../../etc/passwd", "'; DROP TABLE product; --", "Xоài сát", "Ｘｏàｉ", "xoài\u0301\u0301\u0301",
    "🥭" * 20, "ﷺ", "𝒳𝑜𝒶̀𝒾", "Cam\tsành", "x" * 120,
)  # fmt: skip
TURNING = tuple(
    f"Cam {mark}hnàs" for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)
HIDING = tuple(f"Cam{mark}sành" for mark in "\x01\x07\x08\x1b\x7f\x9f\ue000")


@pytest.fixture
def owner(sqlite_database: str) -> Person:
    def make(session: Session) -> Person:
        make_category(session)
        return make_owner(session, make_seller(session))

    return db.write_now(make)


def _named(*names: str) -> tuple[tuple[str, ...], ...]:
    return tuple((f"C{n}", "", name, "Trái cây", "", "kg", "9000", "1") for n, name in enumerate(names))


def test_text_that_turns_or_hides_is_refused_in_its_cell(owner: Person) -> None:
    wrong = [*TURNING, *HIDING]
    view = db.read_now(service.my_import, owner, check(owner, csv_file(*_named(*wrong))), "vi", NOW)
    assert (view.good, view.faulty) == (0, len(wrong))
    assert {fault.column for fault in view.faults} == {"Tên sản phẩm"}


def test_formulas_and_scripts_come_in_as_text_and_go_out_as_text(owner: Person) -> None:
    bring_in(owner, writing.CsvFile(HEADERS).rows(_named(*EVIL)))
    kept = {one.name for one in db.read_now(catalog.my_products, owner, "vi", limit=100).goods}
    assert len(kept) == len(EVIL) - sum(1 for name in EVIL if not catalog_takes(name))
    rows, _ = db.read_now(service.export_batch, owner, 0, 100, "vi", "vi", NOW)
    headers, columns = writing.goods_headers("vi")
    file = writing.XlsxFile(headers, columns, "vi")
    file.rows([writing.goods_row(row) for row in rows])
    path = file.close()
    sheet = openpyxl.load_workbook(path)["Hàng hóa"]
    path.unlink()
    names = [cell for cell in sheet["C"][1:] if cell.value]
    assert {cell.value for cell in names} == kept
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert all(cell.hyperlink is None for cell in names)
    text = writing.CsvFile(headers).rows([writing.goods_row(row) for row in rows]).decode("utf-8-sig")
    cells = [cell for line in text.splitlines() for cell in line.split(";")]
    assert not [cell for cell in cells if cell.strip('"')[:1] in {"=", "+", "-", "@", "\t", "\r"}]


def catalog_takes(name: str) -> bool:
    """Whether a form would take this as the name of goods."""
    try:
        return bool(slugify(read_name(name, field="name", limit=120)))
    except DomainError:
        return False


def test_there_are_more_than_a_hundred_of_them() -> None:
    assert len(HARMFUL) + len(ARCHIVES) + len(EVIL) + len(TURNING) + len(HIDING) > 100
