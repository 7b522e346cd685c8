"""How a kind of goods is described: what it is, how it is packed and graded, when it is in season."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marketplace.catalog.rules import CONTENTS, Content, Measure, Unit


@dataclass(frozen=True, slots=True)
class Packing:
    """A way to sell goods; step and minimum in thousandths, `share` is its price in percent of the base price.

    `grams` is what one unit weighs in percent of the base weight. With `lightest` it is paid by weight: a piece weighs between
    that and `grams`, and its share of the price is the kilogram's of the base.
    """

    label: str
    unit: Unit
    share: int
    grams: int
    step: int = 1000
    minimum: int = 1000
    lightest: int = 0

    @property
    def content(self) -> Content | None:
        """What its label says is in one unit: `hộp 2 chai 500 ml` holds a litre."""
        found = None if self.unit in CONTENTS else _SAYS.search(self.label)
        if found is None:
            return None
        size, measure = _MEASURES[found[3]]
        return Content(int(found[1] or 1) * int(found[2]) * size, measure)


_SAYS = re.compile(r"(?:(\d+) (?:hũ|chai) )?(\d+) (kg|g|ml|lít|trái|cái|con|trứng)\b")
_MEASURES = {
    "kg": (1000, Measure.GRAM),
    "g": (1, Measure.GRAM),
    "ml": (1, Measure.MILLILITRE),
    "lít": (1000, Measure.MILLILITRE),
    "trái": (1, Measure.FRUIT),
    "cái": (1, Measure.PIECE),
    "con": (1, Measure.PIECE),
    "trứng": (1, Measure.PIECE),
}


@dataclass(frozen=True, slots=True)
class Archetype:
    """A kind of goods of the region; prices in đồng for the base weight, `months` empty when it is there all year.

    `whole` is how some of it is ordered by the piece and paid by weight.
    """

    category: str
    name: str
    description: str
    packings: tuple[Packing, ...]
    grades: tuple[str, ...]
    grams: int
    lowest: int
    highest: int
    motifs: tuple[str, ...]
    months: tuple[int, ...] = ()
    ocop: int | None = None
    whole: Packing | None = None


LOOSE = (
    Packing("", Unit.KILOGRAM, 100, 100, 500, 500),
    Packing("", Unit.KILOGRAM, 96, 100, 500, 1000),
    Packing("hộp 2 kg", Unit.BOX, 198, 200),
    Packing("thùng 5 kg", Unit.CRATE, 480, 500),
    Packing("sọt 10 kg", Unit.BOX, 930, 1000),
)
BY_FRUIT = (
    Packing("", Unit.FRUIT, 100, 100),
    Packing("chục 10 trái", Unit.DOZEN, 970, 1000),
    Packing("chục 12 trái", Unit.DOZEN_OF_TWELVE, 1150, 1200),
    Packing("thùng 6 trái", Unit.CRATE, 590, 600),
    Packing("thùng 20 trái", Unit.CRATE, 1880, 2000),
)
RICE_BAGS = (
    Packing("túi 2 kg", Unit.BAG, 204, 200),
    Packing("túi 5 kg", Unit.BAG, 500, 500),
    Packing("bao 10 kg", Unit.BAG, 980, 1000),
    Packing("bao 25 kg", Unit.BAG, 2380, 2500),
    Packing("", Unit.KILOGRAM, 100, 100, 1000, 1000),
    Packing("bao tạ", Unit.QUINTAL, 9300, 10_000),
)
FRESH_FISH = (
    Packing("", Unit.KILOGRAM, 100, 100, 500, 1000),
    Packing("làm sạch, khay 500 g", Unit.BOX, 55, 50),
    Packing("làm sạch, túi 1 kg", Unit.BAG, 108, 100),
    Packing("thùng xốp 5 kg", Unit.CRATE, 485, 500),
)
WHOLE_FISH = Packing("nguyên con", Unit.HEAD, 96, 130, lightest=80)
WHOLE_JACKFRUIT = Packing("nguyên trái", Unit.FRUIT, 92, 1000, lightest=600)
WHOLE_DURIAN = Packing("nguyên trái", Unit.FRUIT, 94, 350, lightest=200)
WHOLE_ROUND_FRUIT = Packing("nguyên trái", Unit.FRUIT, 100, 130, lightest=85)
WHOLE_FOWL = Packing("nguyên con", Unit.HEAD, 100, 125, lightest=100)
CUTS = (
    Packing("khay 500 g", Unit.BOX, 52, 50),
    Packing("túi 1 kg", Unit.BAG, 100, 100),
    Packing("hộp quà 1 kg", Unit.BOX, 110, 100),
    Packing("thùng xốp 5 kg", Unit.CRATE, 485, 500),
)
LIVE = (
    Packing("", Unit.KILOGRAM, 100, 100, 500, 1000),
    Packing("hộp 1 kg", Unit.BOX, 104, 100),
    Packing("thùng xốp 5 kg", Unit.CRATE, 485, 500),
)
DRIED = (
    Packing("túi 250 g", Unit.BAG, 27, 25),
    Packing("túi 500 g hút chân không", Unit.BAG, 52, 50),
    Packing("túi 1 kg", Unit.BAG, 100, 100),
    Packing("hộp quà 1 kg", Unit.BOX, 112, 100),
)
JARS = (
    Packing("hũ 250 g", Unit.JAR, 30, 25),
    Packing("hũ 500 g", Unit.JAR, 54, 50),
    Packing("hũ 900 g", Unit.JAR, 92, 90),
    Packing("hộp 3 hũ 250 g", Unit.BOX, 86, 75),
)
BOTTLES = (
    Packing("chai 250 ml", Unit.BOTTLE, 32, 35),
    Packing("chai 500 ml", Unit.BOTTLE, 54, 65),
    Packing("chai 1 lít", Unit.BOTTLE, 100, 120),
    Packing("hộp 2 chai 500 ml", Unit.BOX, 110, 140),
    Packing("thùng 6 chai 1 lít", Unit.CRATE, 570, 720),
)
EGGS = (
    Packing("hộp 10 trứng", Unit.BOX, 100, 100),
    Packing("chục", Unit.DOZEN, 96, 100),
    Packing("vỉ 30 trứng", Unit.BOX, 282, 300),
    Packing("thùng 60 trứng", Unit.CRATE, 550, 600),
)
BY_HEAD = (
    Packing("", Unit.HEAD, 100, 100),
    Packing("làm sạch", Unit.HEAD, 108, 85),
    Packing("cặp 2 con", Unit.PIECE, 196, 200),
)
PIECES = (
    Packing("", Unit.PIECE, 100, 100),
    Packing("bộ 2 cái", Unit.BOX, 190, 200),
    Packing("bộ 3 cái", Unit.BOX, 275, 300),
    Packing("lốc 5 cái", Unit.BOX, 445, 500),
)
BUNCHES = (
    Packing("mớ 200 g", Unit.HANDFUL, 22, 20),
    Packing("bó 300 g", Unit.BUNCH, 32, 30),
    Packing("túi 500 g", Unit.BAG, 51, 50),
    Packing("", Unit.KILOGRAM, 100, 100, 500, 500),
    Packing("khay 1 kg", Unit.BOX, 108, 100),
)
MUSHROOM_TRAYS = (
    Packing("khay 300 g", Unit.BOX, 32, 30),
    Packing("túi 500 g", Unit.BAG, 51, 50),
    Packing("", Unit.KILOGRAM, 100, 100, 500, 500),
    Packing("khay 1 kg", Unit.BOX, 108, 100),
)
ROLLS = (
    Packing("đòn 1 kg", Unit.PIECE, 100, 100),
    Packing("cặp 2 đòn", Unit.BOX, 196, 200),
    Packing("thùng 10 đòn", Unit.CRATE, 950, 1000),
)
TEAS = (
    Packing("túi 100 g", Unit.BAG, 12, 10),
    Packing("hộp 200 g", Unit.BOX, 24, 22),
    Packing("túi 500 g", Unit.BAG, 52, 50),
    Packing("hộp 30 túi lọc", Unit.BOX, 15, 9),
    Packing("", Unit.KILOGRAM, 100, 100, 500, 500),
)
POWDERS = TEAS[:3]
CAKES = (
    Packing("hộp 4 cái", Unit.BOX, 100, 100),
    Packing("hộp 6 cái", Unit.BOX, 147, 150),
    Packing("hộp 8 cái", Unit.BOX, 190, 200),
    Packing("thùng 10 hộp", Unit.CRATE, 960, 1000),
)
SWEETS = (
    Packing("gói 200 g", Unit.BAG, 22, 20),
    Packing("hộp 300 g", Unit.BOX, 34, 30),
    Packing("gói 500 g", Unit.BAG, 52, 50),
    Packing("hộp quà 800 g", Unit.BOX, 92, 80),
)

ORCHARD = ("", "loại 1", "VietGAP", "chín cây", "tuyển chọn", "hữu cơ", "loại lớn")
PICKED = ("", "loại 1", "VietGAP", "tuyển chọn", "hữu cơ", "loại lớn")
"""Of fruit that is cut before it is ripe, or eaten green."""
RICES = ("", "gạo mới", "hữu cơ", "ruộng lúa – tôm", "xay xát trong tuần", "thượng hạng")
GRAINS = ("", "hạt mới", "hữu cơ", "loại 1")
FISHES = ("", "loại lớn", "loại vừa", "loại 1", "bắt trong ngày", "tuyển chọn")
FILLETS = ("", "loại 1", "tuyển chọn", "cấp đông nhanh")
DRIEDS = ("", "một nắng", "loại 1", "ít muối", "phơi nắng giàn cao", "đặc biệt")
DRIED_IN_OVENS = ("", "loại 1", "ít muối", "đặc biệt")
GREENS = ("", "VietGAP", "hữu cơ", "nhà lưới", "hái trong ngày", "loại 1")
WILD = ("", "hái trong ngày", "loại 1", "non")
DUG = ("", "VietGAP", "hữu cơ", "loại 1", "vụ mới", "loại lớn")
MUSHROOM_GRADES = ("", "VietGAP", "hữu cơ", "hái trong ngày", "loại 1")
HOMEMADE = ("", "truyền thống", "nhà làm", "mẻ nhỏ", "đặc biệt", "ít ngọt")
SAUCES = ("", "truyền thống", "nhà làm", "ủ lâu", "thượng hạng", "ít muối")
HONEYS = ("", "nguyên chất", "khai thác đầu mùa", "lọc thô", "thượng hạng")
POULTRY = ("", "nuôi thảo dược", "nuôi vườn", "loại 1", "VietGAP")
LAID = ("", "nuôi thảo dược", "loại 1", "VietGAP", "mới trong ngày")
CRAFTS = ("", "cỡ nhỏ", "cỡ vừa", "cỡ lớn", "màu tự nhiên", "đan dày")
DRINKS = ("", "truyền thống", "hữu cơ", "đặc biệt")
