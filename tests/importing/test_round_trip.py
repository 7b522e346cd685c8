"""What goes out comes back as it was: into the same shop nothing changes, into another one the same goods appear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.base.media import StoredPicture
from marketplace.base.text import LOCALES, Locale, Text, normalize, slugify
from marketplace.catalog.commands import ProductFacts, WholeProduct, WholeVariant
from marketplace.catalog.rules import (
    CONTENTS,
    PIECES,
    Attribute,
    AttributeKind,
    Content,
    Measure,
    PieceWeight,
    ProductStatus,
    Sale,
    Tier,
    Unit,
)
from marketplace.catalog.service import same_goods
from marketplace.importing import writing
from marketplace.importing.opening import open_file
from marketplace.importing.rules import Column, guess_decimal, match_columns
from marketplace.importing.rules.cells import Known, write_rows
from marketplace.importing.rules.goods import Assembly, Row
from tests.factories import NOW

PICTURES = {key: StoredPicture(key, 800, 600, "") for key in (f"{n:032x}" for n in range(3))}
KNOWN = Known(
    categories={"trai cay": ("trai-cay",), "fruit": ("trai-cay",), "nuoc mam": ("nuoc-mam",), "fish sauce": ("nuoc-mam",)},
    category_names={"trai-cay": Text("Trái cây", "Fruit"), "nuoc-mam": Text("Nước mắm", "Fish sauce")},
    attributes={
        "trai-cay": (
            Attribute("variety", Text("Giống", "Variety")),
            Attribute("grade", Text("Phân loại", "Grade"), AttributeKind.CHOICE, choices=(("1", Text("Loại 1", "Grade 1")),)),
            Attribute("weight", Text("Nặng", "Weight"), AttributeKind.NUMBER, Text("g", "g")),
        )
    },
    communes={"phuong ninh kieu": "31117"},
    commune_names={"31117": "Phường Ninh Kiều"},
    pictures=PICTURES,
)  # fmt: skip
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếờựỹ XYZ 0123456789 .,;:'=+-@()&/%"


def texts(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(LETTERS, min_size=least, max_size=most).map(normalize)


def spoken(text: str) -> bool:
    """A cell that says something: alone, a dash empties what is there."""
    return text not in {"-", "–", "—"}


@st.composite
def variants(draw: st.DrawFn) -> WholeVariant:
    unit = draw(st.sampled_from(Unit))
    step = draw(st.sampled_from([100, 500, 1000, 2500]))
    minimum = step * draw(st.integers(1, 20))
    price = draw(st.integers(1000, 400_000_000))
    piece, content = None, None
    if unit in PIECES and draw(st.booleans()):
        lightest = draw(st.integers(50, 4000))
        piece, step, minimum = PieceWeight(lightest, lightest + draw(st.integers(1, lightest))), 1000, 2000
    elif unit not in CONTENTS:
        content = draw(st.none() | st.builds(Content, st.integers(1, 9_000_000), st.sampled_from(Measure)))
    since = NOW + timedelta(minutes=draw(st.integers(-5000, 5000)), seconds=draw(st.integers(0, 59)))
    sale = Sale(price // 2, since, since + timedelta(minutes=draw(st.integers(2, 100_000))))
    sorted_quantities = sorted(draw(st.sets(st.integers(1, 50), max_size=3)))
    tiers = tuple(Tier(minimum + step * n, price - 1 - i) for i, n in enumerate(sorted_quantities))
    stock = draw(st.integers(0, 10**9))
    return WholeVariant(
        code=f"S{draw(st.integers(0, 10**7)):07d}",
        label=draw(texts(0, 30).filter(spoken)),
        unit=unit,
        price=price,
        stock=stock,
        stock_shown=stock,
        step=step,
        minimum=minimum,
        unit_grams=piece.heaviest if piece else draw(st.integers(1, 1_000_000)),
        content=content,
        piece=piece,
        sale=draw(st.sampled_from([None, sale])),
        tiers=tiers,
    )


@st.composite
def goods(draw: st.DrawFn) -> WholeProduct:
    category = draw(st.sampled_from(["trai-cay", "nuoc-mam"]))
    attributes = st.fixed_dictionaries(
        {},
        optional={"variety": texts(1, 20).filter(bool), "grade": st.just("1"), "weight": st.sampled_from(["5", "0.5"])},
    )
    return WholeProduct(
        id=7,
        slug="xoai-cat-abcde",
        status=draw(st.sampled_from([ProductStatus.ACTIVE, ProductStatus.PAUSED])),
        name=draw(texts(1, 60).filter(slugify)),
        category=category,
        description=draw(texts(0, 60).filter(spoken)),
        facts=ProductFacts(
            attributes=draw(attributes) if category == "trai-cay" else {},
            season=draw(st.integers(0, 4095)),
            shelf_life_days=draw(st.none() | st.integers(1, 3650)),
            storage=draw(texts(0, 40).filter(spoken)),
            reach_hours=draw(st.none() | st.integers(1, 240)),
            expected_on=draw(st.none() | st.dates(date(2026, 1, 6), date(2026, 12, 31))),
            origin_code=draw(st.sampled_from([None, "31117"])),
        ),
        variants=tuple(draw(st.lists(variants(), min_size=1, max_size=3, unique_by=lambda one: one.code))),
        pictures=tuple(PICTURES[key] for key in draw(st.lists(st.sampled_from(sorted(PICTURES)), unique=True))),
    )


def written(product: WholeProduct, kind: str, locale: Locale) -> bytes:
    headers, columns = writing.goods_headers(locale)
    rows = [writing.goods_row(row) for row in write_rows(product, KNOWN, locale, "vi" if kind == "xlsx" else locale)]
    if kind == "csv":
        file = writing.CsvFile(headers)
        return file.rows(()) + file.rows(rows)
    sheet = writing.XlsxFile(headers, columns, locale)
    sheet.rows(rows)
    path = sheet.close()
    data = path.read_bytes()
    path.unlink()
    return data


def read(
    data: bytes, kind: str, before: WholeProduct | None, now: datetime
) -> tuple[WholeProduct | None, Sequence[object]]:
    opened = open_file(data)
    columns = [(column, place) for place, column in enumerate(match_columns(opened.headers)) if column]
    rows = []
    for number, cells in opened.rows:
        said = {column: cells[place] for column, place in columns if place < len(cells) and cells[place]}
        rows.append(Row(number, said, said[Column.SKU] if before else ""))
    decimal: Locale = "vi" if kind == "xlsx" else guess_decimal(opened.headers)
    assembly = Assembly(rows, before, KNOWN, decimal, now)
    return assembly.product(), assembly.faults


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=40)
@given(product=goods())
def test_taken_out_and_brought_in_again_nothing_changes(kind: str, locale: Locale, product: WholeProduct) -> None:
    again, faults = read(written(product, kind, locale), kind, product, NOW)
    assert faults == []
    assert again is not None
    assert same_goods(again, product)
    assert [one.stock == one.stock_shown for one in again.variants] == [True] * len(product.variants)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=40)
@given(product=goods())
def test_brought_into_another_shop_they_are_the_same_goods(kind: str, locale: Locale, product: WholeProduct) -> None:
    again, faults = read(written(product, kind, locale), kind, None, NOW)
    assert faults == []
    assert again is not None

    def to_the_minute(variant: WholeVariant) -> WholeVariant:
        sale = variant.sale
        if sale is not None:
            sale = replace(
                sale,
                since=sale.since.replace(second=0, microsecond=0),
                until=sale.until.replace(second=0, microsecond=0),
            )
        return replace(variant, code="", sale=sale, stock_shown=None)

    wanted = replace(product, id=None, slug="", variants=tuple(map(to_the_minute, product.variants)))
    got = replace(again, variants=tuple(map(to_the_minute, again.variants)), pictures=again.pictures or ())
    assert got == wanted
