"""What invented goods say of themselves: attributes of their category, season, keeping, and how far they may travel."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from marketplace.catalog.rules import season_mask
from marketplace.demo.goods.model import Archetype

LEAVES: dict[str, tuple[tuple[str, str], ...]] = {
    "xoai-oi-man": (("Xoài", "xoai"), ("Ổi", "oi"), ("Mận", "man-mang-cau"), ("Mãng cầu", "man-mang-cau")),
    "cam-buoi-chanh": (("Cam", "cam-quyt"), ("Quýt", "cam-quyt"), ("Bưởi", "buoi"), ("Chanh", "chanh")),
    "sau-rieng-mit": (("Sầu riêng", "sau-rieng"), ("Mít", "mit"), ("Măng cụt", "mang-cut")),
    "khom-dua-chuoi": (
        ("Khóm", "khom"),
        ("Dưa hấu", "dua-hau-thanh-long"),
        ("Thanh long", "dua-hau-thanh-long"),
        ("Dừa", "dua-xiem-dua-sap"),
        ("Chuối", "chuoi"),
    ),
    "ca-tuoi": (("Cá tra", "ca-tra-basa"), ("Cá basa", "ca-tra-basa"), ("Cá", "ca-dong")),
}
"""Where in the third level goods stand, by the first words of their names."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How goods of a kind are kept: between how many days, where, and within how many hours they must arrive."""

    days: tuple[int, int]
    storage: str
    reach_hours: int | None = None


KEPT: dict[str, Keeping] = {
    "trai-cay": Keeping((4, 10), "Để nơi thoáng mát, chín rồi thì cho vào ngăn mát"),
    "gao-hat": Keeping((120, 240), "Đậy kín, để nơi khô ráo"),
    "ca-tuoi": Keeping((1, 3), "Ướp đá khi giao, ngăn mát dùng trong ngày", 48),
    "tom-cua-oc": Keeping((1, 2), "Giữ sống bằng khăn ẩm hoặc ướp đá", 48),
    "kho-mam": Keeping((90, 180), "Ngăn mát 3 tháng, ngăn đông 6 tháng"),
    "cha-ca": Keeping((5, 30), "Ngăn đông −18 °C"),
    "rau-la": Keeping((2, 5), "Gói giấy, để ngăn mát", 72),
    "rau-cu": Keeping((5, 14), "Để nơi thoáng mát, tránh nắng"),
    "mat-thao-moc": Keeping((360, 720), "Đậy kín, tránh nắng"),
    "trung-gia-cam": Keeping((14, 28), "Để nơi mát, không rửa trước khi cất"),
    "nuoc-mam-gia-vi": Keeping((360, 720), "Đậy kín sau khi dùng, tránh nắng"),
    "banh-keo": Keeping((15, 90), "Để nơi khô ráo, mở ra dùng trong tuần"),
    "tra-ca-phe": Keeping((180, 540), "Kín hơi, tránh ẩm"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What one product says."""

    category: str
    attributes: dict[str, str] = field(default_factory=dict)
    season: int = 0
    shelf_life_days: int | None = None
    storage: str = ""
    reach_hours: int | None = None


def tell(random: Random, archetype: Archetype, theme: str, name: str) -> Told:
    """What a product of a kind, in the top category `theme`, says of itself under its name."""
    keeping = KEPT.get(archetype.category) or KEPT.get(theme)
    return Told(
        category=next(
            (leaf for words, leaf in LEAVES.get(archetype.category, ()) if archetype.name.startswith(words)),
            archetype.category,
        ),
        attributes=_attributes(random, archetype, theme, name),
        season=season_mask(archetype.months),
        shelf_life_days=_days(random, *keeping.days) if keeping else None,
        storage=keeping.storage if keeping else "",
        reach_hours=keeping.reach_hours if keeping else None,
    )


def _days(random: Random, least: int, most: int) -> int:
    # What keeps for long is counted in months.
    return random.randint(least, most) if most <= 30 else random.randint(-(-least // 30), most // 30) * 30


def _attributes(random: Random, archetype: Archetype, theme: str, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    graded = name.casefold()
    match theme:
        case "trai-cay":
            found = {"variety": archetype.name, "grade": "1" if "loại 1" in graded else random.choice(("1", "2", "xo"))}
            if archetype.category == "sau-rieng-mit" and archetype.name.startswith("Sầu riêng"):
                found["flesh"] = str(random.randint(28, 38))
        case "gao-hat":
            found = {
                "variety": archetype.name,
                "crop": random.choice(("dong-xuan", "he-thu", "thu-dong")),
                "milled_days": str(random.randint(1, 14)),
            }
        case "thuy-san":
            dried = archetype.category == "kho-mam"
            found = {"state": "kho" if dried else "dong-lanh" if "cấp đông" in graded else "tuoi"}
        case "rau-cu":
            found = {"grown": "nha-luoi" if "nhà lưới" in graded else random.choice(("ruong", "ruong", "thuy-canh"))}
        case "mat-thao-moc" if archetype.category == "mat-ong":
            found = {"water": f"{random.randint(180, 215) / 10:.1f}"}
        case "trung-gia-cam":
            found = {"reared": "thao-duoc" if "thảo dược" in graded else random.choice(("tha-vuon", "chuong"))}
        case "nuoc-mam-gia-vi" if archetype.name.startswith("Nước mắm"):
            found = {"protein": str(random.randint(25, 43)), "aged": str(random.choice((9, 12, 15, 18)))}
    return found
