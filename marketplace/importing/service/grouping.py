"""Which rows of a file are of one product, and which of the shop's own goods each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from marketplace.base import db
from marketplace.base.errors import TextTooLong
from marketplace.base.text import Text
from marketplace.catalog import service as catalog
from marketplace.importing.models import (
    GoodsImport,
    GoodsImportProduct,
    GoodsImportRow,
    OwnProductCode,
    OwnSkuCode,
)
from marketplace.importing.rules import Column, GoodsState
from marketplace.importing.rules.goods import SkuElsewhere, SkuTwice
from marketplace.importing.service.known import folded_code, own_product_codes, own_sku_codes

LONGEST_CODE = 40
CODES = "codes"
"""Marks a fault that was found when rows were put together; those of a check are found anew with each."""


@dataclass(slots=True)
class _Codes:
    """How a shop's goods may be named in a file: by its own codes first, then by ours."""

    skus: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Folded code to our code and the product."""
    products: dict[str, int] = field(default_factory=dict)


def group(session: Session, job: GoodsImport) -> None:
    """Number the products of a file in the order of their first rows; faults of codes are noted with their rows."""
    session.execute(delete(GoodsImportProduct).where(col(GoodsImportProduct.import_id) == job.id))
    columns = {Column(name): place for place, name in enumerate(job.columns) if name}
    codes = _codes(session, job.seller_id)
    rows = session.exec(
        select(GoodsImportRow.id, GoodsImportRow.number, GoodsImportRow.cells)
        .where(GoodsImportRow.import_id == job.id)
        .order_by(col(GoodsImportRow.number))
    ).all()

    def cell(cells: Sequence[str], column: Column) -> str:
        place = columns.get(column)
        return folded_code(cells[place]) if place is not None and place < len(cells) else ""

    products_of_codes: dict[str, int] = {}
    for _, _, cells in rows:
        known = codes.skus.get(cell(cells, Column.SKU))
        if known and (product := cell(cells, Column.PRODUCT)):
            products_of_codes.setdefault(product, known[1])
    places: dict[object, int] = {}
    product_ids: list[int | None] = []
    seen: dict[str, int] = {}
    found: list[dict[str, object]] = []
    for row_id, number, cells in rows:
        sku, product = cell(cells, Column.SKU), cell(cells, Column.PRODUCT)
        known = codes.skus.get(sku)
        faults: list[list[object]] = []
        key: object
        product_id = known[1] if known else None
        named = codes.products.get(product) or products_of_codes.get(product)
        if product_id is not None and product and named not in {None, product_id}:
            name = _name_of(session, product_id)
            faults.append(_fault(columns[Column.SKU], SkuElsewhere.message, name=name))
        product_id = product_id or named
        key = product_id or (f"={product}" if product else row_id)
        if sku and sku in seen:
            faults.append(_fault(columns[Column.SKU], SkuTwice.message, row=seen[sku]))
        elif sku:
            seen[sku] = number
        for column, code, is_known in ((Column.SKU, sku, known), (Column.PRODUCT, product, named)):
            if len(code) > LONGEST_CODE and not is_known:
                faults.append(_fault(columns[column], TextTooLong.message, limit=LONGEST_CODE))
        if key not in places:
            places[key] = len(product_ids)
            product_ids.append(product_id)
        found.append(
            {"id": row_id, "place": places[key], "code": known[0] if known and not faults else "", "faults": faults}
        )
    session.execute(update(GoodsImportRow), found)
    db.add_rows(
        session,
        [
            GoodsImportProduct(import_id=job.id, place=place, product_id=product_id, state=GoodsState.WAITING)
            for place, product_id in enumerate(product_ids)
        ],
    )
    job.goods, job.done = len(product_ids), 0
    session.add(job)


def _codes(session: Session, seller_id: int) -> _Codes:
    ours = catalog.own_codes(session, seller_id)
    codes = _Codes()
    by_id = {sku_id: (code, product_id) for code, (sku_id, product_id) in ours.items()}
    codes.skus.update({folded_code(code): (code, product_id) for code, (_, product_id) in ours.items()})
    codes.skus.update({folded_code(own): by_id[sku_id] for sku_id, own in own_sku_codes(session, seller_id).items()})
    codes.products.update(catalog.own_slugs(session, seller_id))
    codes.products.update({folded_code(own): number for number, own in own_product_codes(session, seller_id).items()})
    return codes


def remember_codes(
    session: Session, job: GoodsImport, products: Mapping[int, str], skus: Mapping[int, Mapping[str, str]]
) -> None:
    """Keep what the file calls new goods: products by id, their variants by our code."""
    db.add_rows(
        session,
        [
            OwnProductCode(seller_id=job.seller_id, product_id=product_id, code=code, folded=folded_code(code))
            for product_id, code in products.items()
        ],
    )
    ids = {code: sku_id for code, (sku_id, _) in catalog.codes_of_products(session, list(skus)).items()}
    db.add_rows(
        session,
        [
            OwnSkuCode(seller_id=job.seller_id, sku_id=ids[ours], code=own, folded=folded_code(own))
            for named in skus.values()
            for ours, own in named.items()
        ],
    )


def forget_codes(session: Session, product_ids: Sequence[int]) -> None:
    """New goods were taken back: their codes are free again."""
    ids = [sku_id for sku_id, _ in catalog.codes_of_products(session, product_ids).values()]
    session.execute(delete(OwnSkuCode).where(col(OwnSkuCode.sku_id).in_(ids)))
    session.execute(delete(OwnProductCode).where(col(OwnProductCode.product_id).in_(product_ids)))


def _name_of(session: Session, product_id: int) -> str:
    return catalog.named_products(session, [product_id])[product_id].name


def _fault(place: int, message: Text, **values: object) -> list[object]:
    return [place, message.say("vi", **values), message.say("en", **values), CODES]
