"""Which attributes the goods of a category have: reference data, beside the tree of `reference`.

A category has those of the ones above it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlmodel import Session

from marketplace.base.text import Text
from marketplace.catalog.rules import Attribute, AttributeKind, attributes_along
from marketplace.catalog.service import categories

GRADES = (
    ("1", Text("Loại 1", "Grade 1")),
    ("2", Text("Loại 2", "Grade 2")),
    ("3", Text("Loại 3", "Grade 3")),
    ("xo", Text("Hàng xô, không phân loại", "Ungraded")),
)
CROPS = (
    ("dong-xuan", Text("Đông Xuân", "Winter–spring")),
    ("he-thu", Text("Hè Thu", "Summer–autumn")),
    ("thu-dong", Text("Thu Đông", "Autumn–winter")),
    ("mua", Text("Lúa mùa", "Rainy season")),
)
STATES = (
    ("tuoi", Text("Tươi", "Fresh")),
    ("song", Text("Sống", "Alive")),
    ("dong-lanh", Text("Đông lạnh", "Frozen")),
    ("kho", Text("Khô", "Dried")),
)
GROWN = (
    ("nha-luoi", Text("Nhà lưới", "Net house")),
    ("ruong", Text("Ngoài ruộng", "Open field")),
    ("thuy-canh", Text("Thủy canh", "Hydroponic")),
    ("tu-nhien", Text("Mọc tự nhiên", "Wild")),
)
REARED = (
    ("tha-vuon", Text("Thả vườn", "Free range")),
    ("chuong", Text("Nuôi chuồng", "Housed")),
    ("thao-duoc", Text("Nuôi thảo dược", "Fed with herbs")),
)


def _text(key: str, vi: str, en: str) -> Attribute:
    return Attribute(key, Text(vi, en))


def _number(key: str, vi: str, en: str, unit_vi: str, unit_en: str) -> Attribute:
    return Attribute(key, Text(vi, en), AttributeKind.NUMBER, Text(unit_vi, unit_en))


def _choice(key: str, vi: str, en: str, choices: tuple[tuple[str, Text], ...]) -> Attribute:
    return Attribute(key, Text(vi, en), AttributeKind.CHOICE, choices=choices)


ATTRIBUTES: Mapping[str, Sequence[Attribute]] = MappingProxyType(
    {
        "trai-cay": (
            _text("variety", "Giống", "Variety"),
            _choice("grade", "Phân loại", "Grade", GRADES),
            _number("piece_weight", "Trọng lượng một trái", "Weight of one", "g", "g"),
        ),
        "sau-rieng-mit": (_number("flesh", "Tỷ lệ cơm", "Flesh", "%", "%"),),
        "gao-hat": (
            _text("variety", "Giống", "Variety"),
            _choice("crop", "Vụ", "Crop season", CROPS),
            _number("milled_days", "Xay xát cách đây", "Milled ago", "ngày", "days"),
        ),
        "thuy-san": (_choice("state", "Trạng thái", "State", STATES), _text("size", "Cỡ", "Size")),
        "rau-cu": (_choice("grown", "Cách trồng", "Grown", GROWN), _choice("grade", "Phân loại", "Grade", GRADES)),
        "mat-thao-moc": (_text("source", "Nguồn hoa, cây", "Plant"),),
        "mat-ong": (_number("water", "Độ ẩm", "Water content", "%", "%"),),
        "trung-gia-cam": (_choice("reared", "Cách nuôi", "Reared", REARED),),
        "dan-lat": (_text("material", "Chất liệu", "Material"), _text("dimensions", "Kích thước", "Dimensions")),
        "det-theu": (_text("technique", "Kỹ thuật", "Technique"),),
        "nuoc-mam-gia-vi": (_text("ingredients", "Thành phần", "Ingredients"),),
        "nuoc-mam": (
            _number("protein", "Độ đạm", "Protein", "°N", "°N"),
            _number("aged", "Thời gian ủ", "Aged", "tháng", "months"),
        ),
        "banh-keo": (_text("ingredients", "Thành phần", "Ingredients"),),
        "tra-ca-phe": (_text("ingredients", "Thành phần", "Ingredients"),),
        "ca-phe-ca-cao": (_text("roast", "Mức rang", "Roast"),),
        "ruou-que": (_number("alcohol", "Độ cồn", "Alcohol", "% vol", "% vol"),),
    }
)


def attributes_of(session: Session, category_id: int) -> tuple[Attribute, ...]:
    """What the goods of a category have beside price and name."""
    return attributes_along(ATTRIBUTES, [node.slug for node in categories.path_of(session, category_id)])
