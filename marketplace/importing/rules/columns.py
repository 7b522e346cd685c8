"""The columns of a file of goods: one table for the template, matching by name, the export and the explanations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from marketplace.base.text import Locale, Text, fold
from marketplace.importing.rules.states import ColumnsMissing, ColumnTwice


class Column(StrEnum):
    """What a column of a file may say."""

    SKU = "sku"
    PRODUCT = "product"
    NAME = "name"
    CATEGORY = "category"
    VARIANT = "variant"
    UNIT = "unit"
    PRICE = "price"
    STOCK = "stock"
    SEEN = "seen"
    STEP = "step"
    MINIMUM = "minimum"
    CONTENT = "content"
    WEIGHT = "weight"
    PIECE = "piece"
    SALE = "sale"
    TIERS = "tiers"
    DESCRIPTION = "description"
    ATTRIBUTES = "attributes"
    SEASON = "season"
    LIFE = "life"
    STORAGE = "storage"
    REACH = "reach"
    EXPECTED = "expected"
    ORIGIN = "origin"
    PHOTOS = "photos"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Described:
    """A column as people read it; `example` as the template shows it, `also` what else it may be called, folded."""

    column: Column
    name: Text
    hint: Text
    example: Text
    also: tuple[str, ...] = ()
    needed: bool = False
    number: bool = False
    of_product: bool = False


def _c(column: Column, name: Text, hint: Text, example: str | Text, *also: str, **flags: bool) -> Described:
    shown = example if isinstance(example, Text) else Text(example, example)
    return Described(column, name, hint, shown, also, **flags)


COLUMNS: tuple[Described, ...] = (
    _c(
        Column.SKU,
        Text("Mã SKU", "SKU"),
        Text(
            "Mã của từng loại. Mã đã có thì sửa hàng đó; để trống hoặc mã mới thì thêm hàng mới.",
            "The code of each variant. A known code changes those goods; empty or new adds goods.",
        ),
        "XOAI-1KG",
        "sku", "ma", "ma hang", "ma hang hoa", "ma vach", "barcode", "item code", "code", "variant sku",
    ),
    _c(
        Column.PRODUCT,
        Text("Mã sản phẩm", "Product code"),
        Text(
            "Các dòng cùng mã là các loại của một sản phẩm. Sản phẩm chỉ có một loại thì để trống.",
            "Rows that share it are variants of one product. Leave it empty for a product of one variant.",
        ),
        "XOAI",
        "ma san pham", "ma sp", "nhom", "ma nhom", "handle", "product id", "parent sku", "group",
    ),
    _c(
        Column.NAME,
        Text("Tên sản phẩm", "Name"),
        Text("Như khách sẽ thấy, nhiều nhất 120 ký tự.", "As shoppers will see it, at most 120 characters."),
        "Xoài cát Hòa Lộc",
        "ten", "ten hang", "ten hang hoa", "ten sp", "san pham", "mat hang", "product", "product name", "title", "goods",
        needed=True, of_product=True,
    ),
    _c(
        Column.CATEGORY,
        Text("Danh mục", "Category"),
        Text(
            "Tên danh mục như trên chợ, ví dụ Xoài hay Gạo thơm (xem trang Danh mục).",
            "A category's name as on the market, such as Mangoes (see the sheet of categories).",
        ),
        Text("Xoài", "Mangoes"),
        "loai hang", "nhom hang", "phan loai hang", "nganh hang", "product category", "type",
        needed=True, of_product=True,
    ),
    _c(
        Column.VARIANT,
        Text("Loại", "Variant"),
        Text("Tên của loại khi có nhiều loại: Loại 1, Hộp 5 kg…", "What this variant is called, where there are several."),
        Text("Loại 1", "Grade 1"),
        "ten loai", "phan loai", "bien the", "quy cach dong goi", "option", "variant name", "option1 value",
    ),
    _c(
        Column.UNIT,
        Text("Đơn vị", "Unit"),
        Text("kg, trái, hộp, chai, bó, con… (xem trang Đơn vị).", "kg, box, bottle, bunch… (see the sheet of units)."),
        "kg",
        "don vi tinh", "dvt", "don vi ban", "uom", "unit of measure",
        needed=True,
    ),
    _c(
        Column.PRICE,
        Text("Giá (đ)", "Price (đ)"),
        Text("Giá một đơn vị: 65000, 65.000 hay 65k.", "For one unit: 65000, 65.000 or 65k."),
        "65000",
        "gia", "gia ban", "don gia", "gia ban le", "gia niem yet", "price", "unit price", "variant price",
        needed=True, number=True,
    ),
    _c(
        Column.STOCK,
        Text("Tồn kho", "Stock"),
        Text("Còn bao nhiêu đơn vị trong kho: 120 hay 1,5.", "How many units are in store: 120 or 1.5."),
        "120",
        "ton", "so luong", "so luong ton", "ton hien tai", "sl", "kho", "quantity", "qty", "on hand", "inventory",
        "variant inventory qty",
        needed=True, number=True,
    ),
    _c(
        Column.SEEN,
        Text("Tồn kho lúc xuất tệp", "Stock when taken out"),
        Text(
            "Tự ghi khi xuất tệp, đừng sửa: nhờ nó hàng bán trong lúc bạn sửa tệp không bị ghi đè.",
            "Written when goods are taken out; leave it: what sells while you edit is then not overwritten.",
        ),
        "",
        "ton luc xuat", "stock seen",
        number=True,
    ),
    _c(
        Column.STEP,
        Text("Bước đặt", "Step"),
        Text("Đặt thêm từng bao nhiêu, ví dụ 0,5. Để trống là 1.", "Orders go in steps of this, such as 0.5. Empty is 1."),
        Text("0,5", "0.5"),
        "buoc", "step", "boi so",
        number=True,
    ),
    _c(
        Column.MINIMUM,
        Text("Đặt ít nhất", "Minimum"),
        Text("Ít nhất bao nhiêu một lần đặt, bội số của bước.", "The least to order, a multiple of the step."),
        "1",
        "dat toi thieu", "toi thieu", "minimum", "min order", "minimum order", "moq",
        number=True,
    ),
    _c(
        Column.CONTENT,
        Text("Bên trong có", "Content"),
        Text("Một đơn vị có bao nhiêu: 500 ml, 5 kg, 30 cái.", "How much is in one unit: 500 ml, 5 kg, 30 pieces."),
        "",
        "quy cach", "dung tich", "khoi luong tinh", "net content", "net weight", "size",
    ),
    _c(
        Column.WEIGHT,
        Text("Nặng khi gửi (g)", "Parcel weight (g)"),
        Text("Một đơn vị nặng bao nhiêu gam khi gửi. Để trống thì tự tính.", "Grams of one unit in a parcel. Empty is reckoned."),
        "",
        "trong luong", "khoi luong", "can nang", "weight", "grams", "variant grams",
        number=True,
    ),
    _c(
        Column.PIECE,
        Text("Một con, trái nặng (kg)", "A piece weighs (kg)"),
        Text(
            "Chỉ cho hàng đặt theo con, trái mà tính tiền theo cân: nhẹ nhất - nặng nhất, ví dụ 1,6 - 2,0. Giá khi đó là giá một kg.",
            "Only for goods ordered by the piece and paid by weight: lightest - heaviest, such as 1.6 - 2.0. The price is "
            "then for the kilogram.",
        ),
        "",
        "khoang can", "piece weight", "weight range",
    ),
    _c(
        Column.SALE,
        Text("Khuyến mãi", "Sale"),
        Text(
            "Giá; từ ngày; đến ngày. Ví dụ 55000; 01/12/2026; 31/12/2026.",
            "Price; from; until. For example 55000; 01/12/2026; 31/12/2026.",
        ),
        "",
        "gia khuyen mai", "gia giam", "sale price", "promotion",
    ),
    _c(
        Column.TIERS,
        Text("Giá sỉ", "Wholesale"),
        Text(
            "Từ số lượng: giá, cách nhau dấu chấm phẩy. Ví dụ 10: 60000; 50: 55000.",
            "From a quantity: price, such as 10: 60000; 50: 55000.",
        ),
        "10: 60000; 50: 55000",
        "gia si theo so luong", "gia ban si", "tiers", "wholesale price", "wholesale prices",
    ),
    _c(
        Column.DESCRIPTION,
        Text("Mô tả", "Description"),
        Text("Nhiều dòng cũng được.", "May have several lines."),
        Text("Vườn nhà, hái mỗi sáng.", "From our own garden, picked each morning."),
        "mo ta san pham", "mo ta chi tiet", "ghi chu", "description", "body", "details",
        of_product=True,
    ),
    _c(
        Column.ATTRIBUTES,
        Text("Đặc điểm", "Attributes"),
        Text(
            "Tên: giá trị, cách nhau dấu chấm phẩy. Ví dụ Giống: Cát Hòa Lộc; Phân loại: Loại 1.",
            "Name: value, parted by semicolons. For example Variety: Cát Hòa Lộc; Grade: Grade 1.",
        ),
        Text("Giống: Cát Hòa Lộc", "Variety: Cát Hòa Lộc"),
        "thuoc tinh", "dac tinh", "attributes", "properties",
        of_product=True,
    ),
    _c(
        Column.SEASON,
        Text("Tháng có hàng", "Months of season"),
        Text("Ví dụ 3-6 hay 1, 2, 12. Quanh năm thì để trống.", "Such as 3-6 or 1, 2, 12. Empty is all year."),
        "3-6",
        "mua vu", "thang", "season", "months",
        of_product=True,
    ),
    _c(
        Column.LIFE,
        Text("Dùng tốt trong (ngày)", "Keeps for (days)"),
        Text("Số ngày từ khi giao.", "Days from delivery."),
        "7",
        "han dung", "han su dung", "hsd", "shelf life", "shelf life days",
        number=True, of_product=True,
    ),
    _c(
        Column.STORAGE,
        Text("Bảo quản", "Storage"),
        Text("Ví dụ Nơi thoáng mát.", "Such as: in a cool, airy place."),
        Text("Nơi thoáng mát", "Cool and airy"),
        "cach bao quan", "storage",
        of_product=True,
    ),
    _c(
        Column.REACH,
        Text("Giao tươi trong (giờ)", "Fresh within (hours)"),
        Text("Hàng tươi phải tới trong bao nhiêu giờ.", "Fresh goods arrive within so many hours."),
        "",
        "giao trong", "reach", "reach hours",
        number=True, of_product=True,
    ),
    _c(
        Column.EXPECTED,
        Text("Ngày có hàng", "Expected on"),
        Text("Cho hàng bán trước vụ: ngày/tháng/năm.", "For a harvest sold ahead: day/month/year."),
        "",
        "ngay du kien", "ngay thu hoach", "expected", "available on",
        of_product=True,
    ),
    _c(
        Column.ORIGIN,
        Text("Nơi trồng, nơi làm", "Origin"),
        Text("Tên xã, phường. Để trống là nơi có gian hàng.", "The commune's name. Empty is where the shop is."),
        "",
        "xuat xu", "noi trong", "nguon goc", "origin", "commune",
        of_product=True,
    ),
    _c(
        Column.PHOTOS,
        Text("Ảnh", "Photos"),
        Text(
            "Tên tệp trong tệp .zip gửi kèm, hoặc địa chỉ ảnh của gian hàng trên chợ (/media/…), cách nhau dấu chấm phẩy.",
            "Names of files in the .zip sent along, or addresses of your photos here (/media/…), parted by semicolons.",
        ),
        "xoai-1.jpg; xoai-2.jpg",
        "hinh", "hinh anh", "anh san pham", "link anh", "photos", "photo", "image", "images", "image src", "pictures",
        of_product=True,
    ),
    _c(
        Column.STATUS,
        Text("Trạng thái", "Status"),
        Text("Đang bán hoặc Tạm ngưng. Hàng mới để trống là đang bán.", "On sale or Paused. New goods are on sale where it is empty."),
        Text("Đang bán", "On sale"),
        "tinh trang", "status", "published",
        of_product=True,
    ),
)  # fmt: skip
BY_COLUMN = {one.column: one for one in COLUMNS}
FAULTS = Text("Cần sửa", "To mend")
"""The heading of what is wrong with a row that comes back; not read when it comes in again."""
_NEEDED = tuple(one for one in COLUMNS if one.needed)


def _bare(heading: str) -> str:
    """A heading without accents, signs, what stands in brackets and a mark that it is needed."""
    folded = re.sub(r"\([^)]*\)|\[[^]]*\]", " ", fold(heading))
    return " ".join(re.findall(r"[a-z0-9]+", folded))


_KNOWN: dict[str, Column] = {}
for _one in COLUMNS:
    for _name in (_one.name.vi, _one.name.en, _one.column.value, *_one.also):
        _KNOWN.setdefault(_bare(_name), _one.column)


def match_columns(headers: Sequence[str]) -> list[Column | None]:
    """What each column of a file says, by its heading; each thing once, the first heading for it wins.

    A heading that is spelled exactly as ours goes before one that is only called alike.
    """
    exact = {_bare(name): one.column for one in COLUMNS for name in (one.name.vi, one.name.en)}
    found: list[Column | None] = [exact.get(_bare(header)) for header in headers]
    taken: set[Column] = set()
    for place, column in enumerate(found):
        if column in taken:
            found[place] = None
        elif column is not None:
            taken.add(column)
    for place, header in enumerate(headers):
        column = _KNOWN.get(_bare(header))
        if found[place] is None and column is not None and column not in taken and _bare(header) not in exact:
            found[place] = column
            taken.add(column)
    return found


def guess_decimal(headers: Sequence[str]) -> Locale:
    """How numbers in text are written: as in English where the headings are English, else as in Vietnamese."""
    bare = [_bare(header) for header in headers]
    vietnamese = {_bare(one.name.vi) for one in COLUMNS} | {
        name
        for one in COLUMNS
        for name in map(_bare, one.also)
        if re.search(r"\b(gia|ton|ten|ma|don|so|sl|dvt)\b", name)
    }
    english = {_bare(one.name.en) for one in COLUMNS} | {"product name", "title", "quantity", "qty", "unit price"}
    only_english = english - vietnamese
    return "en" if any(name in only_english for name in bare) and not any(name in vietnamese for name in bare) else "vi"


def missing_columns(chosen: Iterable[Column | None]) -> None:
    """Raise ColumnTwice, or ColumnsMissing unless goods can be made or changed from these columns.

    Goods that are there are found by their SKU alone; new ones need all that a form would ask for.
    """
    known = [column for column in chosen if column is not None]
    for column in known:
        if known.count(column) > 1:
            name = BY_COLUMN[column].name
            raise ColumnTwice(field="columns", name=name)
    if Column.SKU in known and len(known) > 1:
        return
    lacking = [one.name for one in _NEEDED if one.column not in known]
    if lacking:
        names = Text(", ".join(name.vi for name in lacking), ", ".join(name.en for name in lacking))
        raise ColumnsMissing(field="columns", names=names)
