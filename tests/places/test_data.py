"""The packaged places against what the law and the statistics office say, whatever the code makes of them."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

import marketplace.places

DATA = Path(marketplace.places.__file__).with_name("data")
CAN_THO = "92"
LARGEST_BYTES = 600_000


def rows(name: str) -> list[list[str]]:
    text = gzip.decompress((DATA / f"{name}.tsv.gz").read_bytes()).decode()
    return [line.split("\t") for line in text.splitlines()]


def test_the_country_has_34_provinces_and_3321_communes() -> None:
    """Resolution 202/2025/QH15; Decision 19/2025/QĐ-TTg lists 2,621 communes, 687 wards and 13 special zones."""
    provinces, communes = rows("provinces"), rows("communes")
    assert len(provinces) == len({code for code, _ in provinces}) == 34
    assert Counter(name.split()[0] for _, name in provinces) == {"Tỉnh": 28, "Thành": 6}
    assert len(communes) == len({row[0] for row in communes}) == 3321
    assert Counter(row[2].split()[0] for row in communes) == {"Xã": 2621, "Phường": 687, "Đặc": 13}


def test_can_tho_has_103_communes_with_hau_giang_and_soc_trang_in_them() -> None:
    """Resolution 1668/NQ-UBTVQH15: 31 wards and 72 communes."""
    ours = {row[0]: row[2] for row in rows("communes") if row[1] == CAN_THO}
    assert Counter(name.split()[0] for name in ours.values()) == {"Phường": 31, "Xã": 72}
    came_from = Counter(name.rsplit(", ", 1)[1] for code, name in rows("former_units") if code in ours)
    assert set(came_from) == {"Thành phố Cần Thơ", "Tỉnh Hậu Giang", "Tỉnh Sóc Trăng"}
    assert min(came_from.values()) > 70


@pytest.mark.parametrize(
    ("former", "commune"),
    [
        ("Phường Hưng Lợi, Quận Ninh Kiều, Thành phố Cần Thơ", "Phường Tân An"),
        ("Phường Xuân Khánh, Quận Ninh Kiều, Thành phố Cần Thơ", "Phường Ninh Kiều"),
        ("Phường I, Thành phố Vị Thanh, Tỉnh Hậu Giang", "Phường Vị Thanh"),
        ("Phường 1, Thị xã Vĩnh Châu, Tỉnh Sóc Trăng", "Phường Vĩnh Châu"),
        ("Thị trấn Nàng Mau, Huyện Vị Thủy, Tỉnh Hậu Giang", "Xã Vị Thủy"),
    ],
)
def test_a_former_unit_counts_in_the_commune_that_took_it_over(former: str, commune: str) -> None:
    names = {row[0]: row[2] for row in rows("communes")}
    assert commune in {names[code] for code, name in rows("former_units") if name == former}


def test_every_former_unit_belongs_to_a_commune_and_names_its_district_and_province() -> None:
    codes = {row[0] for row in rows("communes")}
    former = rows("former_units")
    assert len(former) == len({tuple(row) for row in former})
    assert all(code in codes and len(name.split(", ")) == 3 for code, name in former)
    # 10,035 wards, communes and towns stood in June 2025; the five island districts had none.
    assert len({name for _, name in former}) == 10_035


def test_only_special_zones_that_had_no_communes_have_no_former_ones() -> None:
    known = {code for code, _ in rows("former_units")}
    assert {row[2] for row in rows("communes") if row[0] not in known} == {
        "Đặc khu Bạch Long Vĩ",
        "Đặc khu Cồn Cỏ",
        "Đặc khu Hoàng Sa",
        "Đặc khu Lý Sơn",
        "Đặc khu Côn Đảo",
    }


def test_every_commune_lies_in_vietnam_and_in_a_known_province() -> None:
    provinces = {code for code, _ in rows("provinces")}
    for code, province, name, latitude, longitude in rows("communes"):
        assert len(code) == 5
        assert province in provinces
        assert 7 < float(latitude) < 23.5, name
        assert 102 < float(longitude) < 118, name


def test_the_data_are_small_and_name_their_licence() -> None:
    assert sum(file.stat().st_size for file in DATA.iterdir()) < LARGEST_BYTES
    assert "MIT" in (DATA / "LICENCE.md").read_text("utf-8")
