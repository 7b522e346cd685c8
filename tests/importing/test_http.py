"""Files of goods over HTTP: sent by a plain form, come back to be mended, and all goods taken out."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Awaitable, Callable

import httpx
import openpyxl
import pytest
from PIL import Image
from sqlmodel import Session, col, select

from marketplace.accounts import service as accounts
from marketplace.accounts.views import Person
from marketplace.api import make_api
from marketplace.base import clock, db
from marketplace.catalog.models import Product, ProductPicture
from marketplace.importing import service
from marketplace.importing.models import GoodsImportPhoto
from marketplace.importing.rules import ImportState
from marketplace.importing.writing import goods_headers
from marketplace.sellers import service as sellers
from tests.factories import make_account, make_category, make_seller
from tests.importing.files import GUAVA, HEADERS, MANGO, bring_in, check, csv_file, run, take_back, xlsx_file

HOME = "http://localhost:3000"
Ask = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def owner(database: str) -> tuple[Person, str]:
    def make(session: Session) -> tuple[Person, str]:
        make_category(session)
        account = make_account(session)
        make_seller(session, owner_id=account)
        token = accounts.open_session(session, account, "test", clock.now())
        return sellers.acting_person(session, token, clock.now()), token

    return db.write_now(make)


def asking(token: str, act: Callable[[httpx.AsyncClient], Awaitable[None]]) -> None:
    async def go() -> None:
        transport = httpx.ASGITransport(make_api())
        async with httpx.AsyncClient(transport=transport, base_url=HOME, cookies={"sid": token}) as client:
            await act(client)

    asyncio.run(go())


def send(token: str, data: bytes, photos: bytes = b"", name: str = "hàng.csv") -> str:
    """Where the form leads."""
    found = []
    files = {"file": (name, data)} | ({"photos": ("a.zip", photos)} if photos else {})

    async def act(client: httpx.AsyncClient) -> None:
        answer = await client.post("/seller/products/import", files=files)
        assert answer.status_code == 303
        found.append(answer.headers["location"])

    asking(token, act)
    return found[0]


def fetched(token: str, path: str) -> bytes:
    found = []

    async def act(client: httpx.AsyncClient) -> None:
        answer = await client.get(path, headers={"cookie": f"sid={token}; language=vi"})
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["cache-control"] == "no-store"
        found.append(answer.content)

    asking(token, act)
    return found[0]


def photo(shade: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (320, 240), (shade, 160, 60)).save(buffer, "JPEG")
    return buffer.getvalue()


def archive(**photos: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in photos.items():
            made.writestr(name.replace("_", ".").replace("0", "/"), data)
    return buffer.getvalue()


def test_the_template_is_filled_in_and_comes_in(owner: tuple[Person, str]) -> None:
    person, token = owner
    data = fetched(token, "/seller/products/import/template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Hàng hóa", "Giải thích", "Danh mục", "Đơn vị"]
    sheet = book["Hàng hóa"]
    headers = [cell.value for cell in sheet[1]]
    assert headers == goods_headers("vi")[0]
    sheet.cell(2, headers.index("Danh mục") + 1, "Trái cây")
    sheet.cell(2, headers.index("Đặc điểm") + 1).value = None
    buffer = io.BytesIO()
    book.save(buffer)
    import_id = check(person, buffer.getvalue(), kind="xlsx")
    view = db.read_now(service.my_import, person, import_id, "vi", clock.now())
    assert (view.good, view.faults) == (1, ())


def test_a_file_sent_is_opened_and_waits_for_its_columns(owner: tuple[Person, str]) -> None:
    person, token = owner
    where = send(token, xlsx_file(MANGO, GUAVA), name="C:\\hàng\\tháng 1.xlsx")
    import_id = int(where.removeprefix("/seller/products/import?file="))
    view = db.read_now(service.my_import, person, import_id, "vi", clock.now())
    assert (view.name, view.state, view.rows_text) == ("tháng 1.xlsx", "matching", "2 dòng")
    assert [column.chosen for column in view.columns][:3] == ["sku", "product", "name"]
    assert view.columns[2].sample == "Xoài cát Hòa Lộc · Ổi lê"


@pytest.mark.parametrize(
    ("data", "photos", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(99), b"", "file_unreadable"),
        (b"Ten;Gia\r\n", b"", "file_empty"),
        (csv_file(MANGO), b"no zip", "photos_unreadable"),
    ],
)
def test_what_is_refused_is_said_on_the_page_it_was_sent_from(
    owner: tuple[Person, str], data: bytes, photos: bytes, code: str
) -> None:
    assert send(owner[1], data, photos) == f"/seller/products/import?refused={code}"


def test_photos_come_along_are_found_by_name_and_missing_ones_are_named(owner: tuple[Person, str]) -> None:
    person, token = owner
    headers = (*HEADERS, "Ảnh")
    rows = (
        (*MANGO, "Xoai.JPG, xoai2.jpg"),
        (*GUAVA, "oi.jpg"),
        ("C", "", "Cam", "Trái cây", "", "kg", "9000", "1", "hỏng.jpg"),
    )
    photos = archive(anh0xoai_jpg=photo(90), xoai2_jpg=photo(20), hỏng_jpg=b"not a picture")
    where = send(token, csv_file(*rows, headers=headers), photos)
    import_id = int(where.rpartition("=")[2])
    db.write_now(service.start, person, import_id, ImportState.CHECKING, clock.now())
    assert run(import_id) is ImportState.CHECKED
    view = db.read_now(service.my_import, person, import_id, "vi", clock.now())
    assert [(fault.row, fault.column) for fault in view.faults] == [("3", "Ảnh"), ("4", "Ảnh")]
    assert "Không thấy ảnh “oi.jpg”" in view.faults[0].text
    db.write_now(service.start, person, import_id, ImportState.APPLYING, clock.now())
    assert run(import_id) is ImportState.APPLIED
    with db.write() as session:
        product = session.exec(select(Product)).one()
        keys = session.exec(select(ProductPicture.key).order_by(col(ProductPicture.position))).all()
    assert len(keys) == 2
    assert product.picture == keys[0]
    # Its own photos can be named by their address, here in another order; taken back, they are as before.
    swapped = "; ".join(f"/media/{key}-640.webp" for key in reversed(keys[1:]))
    again = bring_in(person, csv_file(("XOAI", swapped), headers=("SKU", "Ảnh")))
    with db.write() as session:
        assert session.exec(select(ProductPicture.key)).all() == [keys[1]]
        held = session.exec(select(GoodsImportPhoto.key).where(GoodsImportPhoto.import_id == again)).all()
        assert held == [keys[0]]
    take_back(person, again)
    with db.write() as session:
        assert session.exec(select(ProductPicture.key).order_by(col(ProductPicture.position))).all() == keys


def test_a_photo_of_another_shop_is_not_taken(owner: tuple[Person, str]) -> None:
    person, _ = owner
    row = (*MANGO, f"/media/{'a' * 32}-640.webp; https://elsewhere.example/x.jpg")
    view = db.read_now(
        service.my_import, person, check(person, csv_file(row, headers=(*HEADERS, "Ảnh"))), "vi", clock.now()
    )
    assert "Không thấy ảnh" in view.faults[0].text


def test_all_goods_are_taken_out_in_either_kind_and_change_nothing_when_they_come_back(
    owner: tuple[Person, str],
) -> None:
    person, token = owner
    bring_in(
        person, csv_file(*[(f"M{n}", "", f"Xoài số {n}", "Trái cây", "", "kg", "65.000", "12,5") for n in range(230)])
    )
    for kind in ("csv", "xlsx"):
        data = fetched(token, f"/seller/products/export.{kind}")
        view = db.read_now(service.my_import, person, check(person, data, kind=kind), "vi", clock.now())
        assert (view.goods, view.same, view.faults) == (230, 230, ())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_faulty_rows_come_back_in_the_kind_they_came(owner: tuple[Person, str], kind: str) -> None:
    person, token = owner
    bad = ("=1+1", "", "Cam", "Trái cây", "", "kg", "mười", "5")
    data = csv_file(bad) if kind == "csv" else xlsx_file(bad)
    import_id = check(person, data, kind=kind)
    view = db.read_now(service.my_import, person, import_id, "vi", clock.now())
    assert view.faults_href == f"/seller/products/import/{import_id}/faults.{kind}"
    back = fetched(token, view.faults_href)
    if kind == "csv":
        lines = back.decode("utf-8-sig").splitlines()
        assert lines[0].endswith(";Cần sửa")
        assert lines[1].startswith("'=1+1;;Cam")
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(back)).active
        assert sheet is not None
        assert sheet["A2"].value == "=1+1"
        assert sheet["A2"].data_type == "s"
        assert "Chưa đọc được số tiền" in str(sheet["I2"].value)
