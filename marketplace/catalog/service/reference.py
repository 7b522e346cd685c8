"""The category tree every installation begins with, three levels deep: reference data, kept in step by `migrate`."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, select

from marketplace.base.text import Text
from marketplace.catalog.models import Category
from marketplace.catalog.service import categories


@dataclass(frozen=True, slots=True)
class Entry:
    """A category: address, name, and the name of its icon in assets/icons/categories."""

    slug: str
    name: Text
    icon: str
    children: tuple[Entry, ...] = ()


def _entry(slug: str, vi: str, en: str, icon: str, *children: Entry) -> Entry:
    return Entry(slug, Text(vi, en), icon, children)


TREE: tuple[Entry, ...] = (
    _entry(
        "trai-cay",
        "Trái cây",
        "Fruit",
        "mango",
        _entry(
            "xoai-oi-man",
            "Xoài, ổi, mận",
            "Mangoes, guavas, plums",
            "peach",
            _entry("xoai", "Xoài", "Mangoes", "mango"),
            _entry("oi", "Ổi", "Guavas", "peach"),
            _entry("man-mang-cau", "Mận, mãng cầu", "Plums and soursops", "peach"),
        ),
        _entry(
            "cam-buoi-chanh",
            "Cam, bưởi, chanh",
            "Oranges, pomelos, limes",
            "orange",
            _entry("cam-quyt", "Cam, quýt", "Oranges and tangerines", "orange"),
            _entry("buoi", "Bưởi", "Pomelos", "orange"),
            _entry("chanh", "Chanh", "Limes", "orange"),
        ),
        _entry(
            "sau-rieng-mit",
            "Sầu riêng, mít, măng cụt",
            "Durian, jackfruit, mangosteen",
            "melon",
            _entry("sau-rieng", "Sầu riêng", "Durian", "melon"),
            _entry("mit", "Mít", "Jackfruit", "melon"),
            _entry("mang-cut", "Măng cụt", "Mangosteen", "melon"),
        ),
        _entry("nhan-chom-chom", "Nhãn, chôm chôm, vú sữa", "Longan, rambutan, star apple", "cherry"),
        _entry(
            "khom-dua-chuoi",
            "Khóm, dừa, chuối",
            "Pineapples, coconuts, bananas",
            "pineapple",
            _entry("khom", "Khóm", "Pineapples", "pineapple"),
            _entry("dua-xiem-dua-sap", "Dừa", "Coconuts", "pineapple"),
            _entry("chuoi", "Chuối", "Bananas", "pineapple"),
            _entry("dua-hau-thanh-long", "Dưa hấu, thanh long", "Watermelons, dragon fruit", "melon"),
        ),
    ),
    _entry(
        "gao-hat",
        "Gạo và hạt",
        "Rice and grains",
        "rice-plant",
        _entry("gao-thom", "Gạo thơm", "Fragrant rice", "cooked-rice"),
        _entry("gao-lut-nep", "Gạo lứt, nếp", "Brown and sticky rice", "rice-plant"),
        _entry("dau-bap-hat", "Đậu, bắp, hạt", "Beans, corn, nuts", "beans"),
    ),
    _entry(
        "thuy-san",
        "Thủy sản",
        "Fish and seafood",
        "fish",
        _entry(
            "ca-tuoi",
            "Cá tươi",
            "Fresh fish",
            "fish",
            _entry("ca-dong", "Cá đồng", "Freshwater fish", "fish"),
            _entry("ca-tra-basa", "Cá tra, basa", "Pangasius", "fish"),
            _entry("ca-bien", "Cá biển", "Sea fish", "fish"),
        ),
        _entry("tom-cua-oc", "Tôm, cua, ốc", "Shrimp, crabs, snails", "shrimp"),
        _entry("kho-mam", "Khô và mắm", "Dried and fermented fish", "dried-meat"),
        _entry("cha-ca", "Chả cá, đồ sơ chế", "Fish cakes, ready to cook", "squid"),
    ),
    _entry(
        "rau-cu",
        "Rau củ",
        "Vegetables",
        "leafy-greens",
        _entry("rau-la", "Rau lá", "Leafy greens", "leafy-greens"),
        _entry("cu-qua", "Củ, quả", "Roots and fruiting vegetables", "carrot"),
        _entry("hanh-toi-ot", "Hành, tỏi, ớt", "Onions, garlic, chillies", "onion"),
        _entry("nam", "Nấm", "Mushrooms", "mushroom"),
    ),
    _entry(
        "mat-thao-moc",
        "Mật và thảo mộc",
        "Honey and herbs",
        "honey",
        _entry("mat-ong", "Mật ong", "Honey", "honey"),
        _entry("thao-moc", "Thảo mộc", "Herbs", "herb"),
        _entry("tinh-dau-xa-phong", "Tinh dầu, xà phòng", "Oils and soaps", "soap"),
    ),
    _entry(
        "trung-gia-cam",
        "Trứng và gia cầm",
        "Eggs and poultry",
        "egg",
        _entry("trung", "Trứng", "Eggs", "egg"),
        _entry("ga-vit", "Gà, vịt", "Chickens and ducks", "chicken"),
        _entry("thit-che-bien", "Thịt chế biến", "Prepared meat", "pig"),
    ),
    _entry(
        "dan-lat",
        "Đan lát và thủ công",
        "Weaving and crafts",
        "basket",
        _entry("luc-binh-coi", "Lục bình, cói", "Water hyacinth and sedge", "handbag"),
        _entry("tre-may", "Tre, mây, lá", "Bamboo, rattan, leaves", "bamboo"),
        _entry("det-theu", "Dệt, thêu, nến", "Weaving, embroidery, candles", "yarn"),
    ),
    _entry(
        "nuoc-mam-gia-vi",
        "Nước mắm và gia vị",
        "Fish sauce and spices",
        "bottle",
        _entry("nuoc-mam", "Nước mắm, nước tương", "Fish and soy sauces", "bottle"),
        _entry("gia-vi", "Gia vị, sốt chấm", "Spices and dips", "chili"),
        _entry("dau-an-duong", "Dầu ăn, đường, dấm", "Oil, sugar, vinegar", "jar"),
    ),
    _entry(
        "banh-keo",
        "Bánh và đặc sản",
        "Cakes and specialities",
        "dumpling",
        _entry("banh-pia-banh-ngot", "Bánh pía, bánh ngọt", "Pia cakes and sweets", "custard"),
        _entry("banh-tet-banh-la", "Bánh tét, bánh lá", "Leaf-wrapped cakes", "dumpling"),
        _entry("keo-mut", "Kẹo, mứt", "Candies and jams", "candy"),
        _entry("bun-mi-banh-trang", "Bún, mì, bánh tráng", "Noodles and rice paper", "noodles"),
    ),
    _entry(
        "tra-ca-phe",
        "Trà và đồ uống",
        "Tea and drinks",
        "tea",
        _entry("tra", "Trà", "Tea", "tea"),
        _entry("ca-phe-ca-cao", "Cà phê, ca cao", "Coffee and cocoa", "coffee"),
        _entry("nuoc-trai-cay", "Nước trái cây, sữa hạt", "Juices and nut milks", "juice"),
        _entry("ruou-que", "Rượu quê", "Country spirits", "beer"),
    ),
)


def sync_reference_data(session: Session) -> None:
    """Bring the tree's names, icons and order in line with `TREE`; changes nothing on a second run, removes nothing."""
    known = {row.slug: row for row in session.exec(select(Category)).all()}
    _sync(session, known, TREE, None)
    categories.forget()


def _sync(session: Session, known: dict[str, Category], entries: tuple[Entry, ...], parent_id: int | None) -> None:
    for position, entry in enumerate(entries, start=1):
        row = known.get(entry.slug) or Category(slug=entry.slug, name_vi="", name_en="", icon="")
        row.parent_id, row.position, row.icon = parent_id, position, entry.icon
        row.name_vi, row.name_en = entry.name.vi, entry.name.en
        session.add(row)
        session.flush()
        _sync(session, known, entry.children, row.id)
