"""A shop's goods, or the faulty rows of a file, as rows to be written into a file."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base.text import Locale
from marketplace.catalog import service as catalog
from marketplace.importing.models import GoodsImportProduct, GoodsImportRow
from marketplace.importing.rules import FAULTS, Column, GoodsState
from marketplace.importing.rules.cells import write_rows
from marketplace.importing.service.known import known_to, own_product_codes, own_sku_codes
from marketplace.importing.service.receiving import own_import
from marketplace.sellers import service as sellers


def export_batch(
    session: Session, person: Person, after: int, limit: int, locale: Locale, decimal: Locale, now: datetime
) -> tuple[list[dict[Column, str]], int]:
    """The rows of the next goods of the person's shop, and the id of the last one; 0 when there are no more."""
    seller = sellers.seller_of(session, person)
    person.require_seller(seller.id, Right.MANAGE_GOODS)
    ids = catalog.own_ids(session, seller.id, after=after, limit=limit)
    if not ids:
        return [], 0
    known = known_to(session, seller.id)
    codes = catalog.codes_of_products(session, ids)
    own = own_sku_codes(session, seller.id, [sku_id for sku_id, _ in codes.values()])
    products = own_product_codes(session, seller.id, ids)
    rows: list[dict[Column, str]] = []
    for product_id, goods in catalog.read_whole(session, seller.id, ids, now).items():
        for cells in write_rows(goods, known, locale, decimal):
            code = cells[Column.SKU]
            cells[Column.SKU] = own.get(codes[code][0], code)
            cells[Column.PRODUCT] = products.get(product_id, cells[Column.PRODUCT])
            rows.append(cells)
    return rows, ids[-1]


def mend_rows(
    session: Session, person: Person, import_id: int, locale: Locale
) -> tuple[list[str], list[str], list[list[str]]]:
    """Headings, what each is, and all rows of faulty products of a file as they came, each with what is wrong with it."""
    job = own_import(session, person, import_id)
    places = select(GoodsImportProduct.place).where(
        GoodsImportProduct.import_id == job.id, GoodsImportProduct.state == GoodsState.FAULTY
    )
    rows = session.exec(
        select(GoodsImportRow.cells, GoodsImportRow.faults)
        .where(GoodsImportRow.import_id == job.id, col(GoodsImportRow.place).in_(places))
        .order_by(col(GoodsImportRow.number))
    )
    width = len(job.headers)
    # What was wrong with a file that was mended once already is not carried along.
    kept = [place for place, header in enumerate(job.headers) if header not in {FAULTS.vi, FAULTS.en}]
    found = []
    for cells, faults in rows:
        padded = [*cells, *[""] * (width - len(cells))]
        said = [
            f"{job.headers[place]}: {en if locale == 'en' else vi}"
            if 0 <= place < width
            else (en if locale == "en" else vi)
            for place, vi, en, *_ in faults
        ]
        found.append([*(padded[place] for place in kept), "\n".join(said)])
    return (
        [*(job.headers[place] for place in kept), FAULTS.say(locale)],
        [*(job.columns[place] for place in kept), ""],
        found,
    )
