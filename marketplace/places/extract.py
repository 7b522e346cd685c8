"""Makes this package's data files from the `vietnamadminunits` distribution (MIT), which is needed only for that.

`pip install vietnamadminunits==1.0.4`, then `python -m marketplace.places.extract`. The distribution is no requirement of
the app: it draws in a GPL package, and the app needs only these rows.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).with_name("data")


def _source() -> Path:
    found = importlib.util.find_spec("vietnamadminunits")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("install vietnamadminunits first")
    return Path(next(iter(found.submodule_search_locations))) / "data"


def _write(name: str, rows: Iterable[Iterable[object]]) -> int:
    lines = ["\t".join(str(value) for value in row) for row in rows]
    # No time stamp inside, so that the same rows make the same file.
    (DATA / name).write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0))
    return len(lines)


def main() -> None:
    """Write provinces, communes and former units, and say how many."""
    source = _source()
    DATA.mkdir(exist_ok=True)
    units = sqlite3.connect(source / "dataset.db")
    provinces = units.execute("SELECT DISTINCT provinceCode, province FROM admin_units ORDER BY 1").fetchall()
    communes = units.execute(
        "SELECT wardCode, provinceCode, ward, wardLat, wardLon, provinceKey, wardKey FROM admin_units ORDER BY 1"
    ).fetchall()
    names = {
        f"{province_key}_{district_key}_{ward_key}": f"{ward}, {district}, {province}"
        for province_key, district_key, ward_key, ward, district, province in units.execute(
            "SELECT provinceKey, districtKey, wardKey, ward, district, province FROM admin_units_legacy"
        )
    }
    codes = {(province, ward): code for code, _, _, _, _, province, ward in communes}
    conversion = json.loads((source / "converter_2025.json").read_text("utf-8"))
    former: set[tuple[str, str]] = set()
    for province, wards in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            former.update(
                (codes[province, ward], names[old]) for old in olds if (province, ward) in codes and old in names
            )
    for province, olds in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in olds.items():
            former.update(
                (codes[province, part["newWardKey"]], names[old])
                for part in parts
                if (province, part["newWardKey"]) in codes and old in names
            )
    print("provinces", _write("provinces.tsv.gz", provinces))
    print("communes", _write("communes.tsv.gz", (row[:5] for row in communes)))
    print("former units", _write("former_units.tsv.gz", sorted(former)))


if __name__ == "__main__":
    main()
