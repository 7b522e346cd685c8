"""Works files off in the background: a few goods in each transaction, so that nobody waits and a stop loses nothing.

How far an import is stands in its row, which each step locks: killed at any moment, it goes on where it was, whichever
process comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select as sql_select
from sqlalchemy import update
from sqlmodel import Session, col, select

from marketplace.base import clock, db
from marketplace.base.media import StoredPicture
from marketplace.base.state_machine import move
from marketplace.base.text import LOCALES, NOTHING
from marketplace.catalog import service as catalog
from marketplace.catalog.commands import WholeProduct
from marketplace.importing.models import GoodsImport, GoodsImportPhoto, GoodsImportProduct, GoodsImportRow
from marketplace.importing.photos import discard, unpack_some
from marketplace.importing.rules import BY_COLUMN, IMPORT_MOVES, MOVING, Column, GoodsState, ImportState
from marketplace.importing.rules.cells import media_keys
from marketplace.importing.rules.goods import Assembly, CellFault, Row, column_of
from marketplace.importing.service.grouping import CODES, group, remember_codes
from marketplace.importing.service.known import known_to
from marketplace.importing.service.stages import WHOLE, acting_for, digest, locked, tell
from marketplace.importing.service.undoing import take_back

CHECKED_AT_ONCE = 100
APPLIED_AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class Step:
    """Where an import is, as its next step begins."""

    id: int
    state: ImportState
    goods: int
    done: int
    archive: str | None
    photos: int
    photos_done: int


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row as it was kept."""

    number: int
    place: int
    cells: Sequence[str]
    code: str
    faults: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a product of a file came to when it was looked at."""

    place: int
    state: GoodsState
    faults: tuple[CellFault, ...] = ()
    goods: WholeProduct | None = None
    before: WholeProduct | None = None
    rows: tuple[FileRow, ...] = ()


async def work_off(only: int | None = None) -> int:
    """One step of the import that waits longest, or of one of them; returns how much was done, 0 when nothing waits."""
    now = clock.now()
    job = await db.reading(next_import, only)
    if job is None:
        return 0
    if job.state == ImportState.CHECKING:
        if job.archive and job.photos_done < job.photos:
            photos = await unpack_some(job.archive, job.photos_done)
            return await db.writing(_keep_photos, job.id, job.photos_done, photos, now)
        if job.archive:
            await discard(job.archive)
            return await db.writing(_no_archive, job.id)
        if not job.goods:
            return await db.writing(_group, job.id, now)
        outcomes = await db.reading_slowly(look_at, job.id, CHECKED_AT_ONCE, now)
        return await db.writing(_keep_outcomes, job.id, job.done, outcomes, now)
    step = _apply if job.state == ImportState.APPLYING else take_back
    return await db.writing(step, job.id, APPLIED_AT_ONCE, now)


def next_import(session: Session, only: int | None = None) -> Step | None:
    """The import that waits longest for its next step."""
    waiting = select(GoodsImport).where(col(GoodsImport.state).in_(MOVING))
    if only is not None:
        waiting = waiting.where(GoodsImport.id == only)
    job = session.exec(waiting.order_by(col(GoodsImport.moved_at)).limit(1)).first()
    if job is None:
        return None
    return Step(job.id, ImportState(job.state), job.goods, job.done, job.archive, job.photos, job.photos_done)


def _keep_photos(
    session: Session, import_id: int, done: int, photos: Sequence[tuple[str, StoredPicture | None]], now: datetime
) -> int:
    job = locked(session, import_id, ImportState.CHECKING)
    if job is None or job.photos_done != done:
        return 0
    for name, picture in photos:
        # One that cannot be read is missed by the rows that name it, which say so.
        if picture is not None:
            session.add(
                GoodsImportPhoto(
                    import_id=job.id,
                    name=name[:200],
                    key=picture.key,
                    width=picture.width,
                    height=picture.height,
                    placeholder=picture.placeholder,
                )
            )
    job.photos_done += len(photos)
    tell(session, job, now)
    return len(photos)


def _no_archive(session: Session, import_id: int) -> int:
    session.execute(update(GoodsImport).where(col(GoodsImport.id) == import_id).values(archive=None))
    return 1


def _group(session: Session, import_id: int, now: datetime) -> int:
    job = locked(session, import_id, ImportState.CHECKING)
    if job is None:
        return 0
    group(session, job)
    tell(session, job, now)
    return 1


def look_at(session: Session, import_id: int, limit: int, now: datetime) -> list[Outcome]:
    """What the next products of a file come to, read and checked as they would be kept."""
    job = session.get(GoodsImport, import_id)
    if job is None:
        return []
    products = session.exec(
        select(GoodsImportProduct)
        .where(GoodsImportProduct.import_id == import_id, GoodsImportProduct.place >= job.done)
        .order_by(col(GoodsImportProduct.place))
        .limit(limit)
    ).all()
    if not products:
        return []
    rows = _rows(session, import_id, products[0].place, products[-1].place)
    by_place: dict[int, list[FileRow]] = {}
    for row in rows:
        by_place.setdefault(row.place, []).append(row)
    columns = [(Column(name), place) for place, name in enumerate(job.columns) if name]
    photos = next((place for column, place in columns if column is Column.PHOTOS), None)
    keys = {key for row in rows for key in media_keys(row.cells, photos)}
    known = known_to(session, job.seller_id, import_id=job.id, pictures=keys)
    ids = [product.product_id for product in products if product.product_id is not None]
    before = catalog.read_whole(session, job.seller_id, ids, now)
    found: list[Outcome] = []
    for product in products:
        own = by_place.get(product.place, [])
        told = [
            Row(
                row.number,
                {column: row.cells[place] for column, place in columns if place < len(row.cells) and row.cells[place]},
                row.code,
            )
            for row in own
        ]
        former = before.get(product.product_id) if product.product_id is not None else None
        assembly = Assembly(told, former, known, "en" if job.decimal == "en" else "vi", now)
        found.append(_outcome(session, product.place, own, assembly, now))
    return found


def _rows(session: Session, import_id: int, first: int, last: int) -> list[FileRow]:
    row = GoodsImportRow
    found = session.execute(
        sql_select(col(row.number), col(row.place), col(row.cells), col(row.code), col(row.faults))
        .where(col(row.import_id) == import_id, col(row.place).between(first, last))
        .order_by(col(GoodsImportRow.number))
    )
    return [FileRow(number, place or 0, cells, code, faults) for number, place, cells, code, faults in found]


def _outcome(session: Session, place: int, rows: Sequence[FileRow], assembly: Assembly, now: datetime) -> Outcome:
    goods, faults = assembly.product(), list(assembly.faults)
    if goods is not None:
        goods, found = catalog.check_whole(session, goods, assembly.before, now)
        faults += [
            CellFault(_row_of(goods, fault.variant, assembly.rows), column_of(fault.error), fault.error)
            for fault in found
        ]
    of_codes = any(fault[-1] == CODES for row in rows for fault in row.faults)
    if faults or goods is None or of_codes:
        state = GoodsState.FAULTY
    elif assembly.before is not None and catalog.same_goods(goods, assembly.before):
        state = GoodsState.SAME
    else:
        state = GoodsState.GOOD
    return Outcome(place, state, tuple(faults), goods, assembly.before, tuple(rows))


def _row_of(goods: WholeProduct, variant: int | None, rows: Sequence[Row]) -> int:
    """The row a fault belongs to: that of the variant where there is one, else the product's first."""
    if variant is None:
        return rows[0].number
    code = goods.variants[variant].code
    if code:
        return next((row.number for row in rows if row.code == code), rows[0].number)
    fresh = [row.number for row in rows if not row.code]
    place = sum(1 for one in goods.variants[:variant] if not one.code)
    return fresh[place] if place < len(fresh) else rows[0].number


def _keep_outcomes(session: Session, import_id: int, done: int, outcomes: Sequence[Outcome], now: datetime) -> int:
    job = locked(session, import_id, ImportState.CHECKING)
    if job is None or job.done != done:
        return 0
    _note(session, job, outcomes)
    job.done += len(outcomes)
    if job.done >= job.goods:
        job.state = move(IMPORT_MOVES, ImportState(job.state), ImportState.CHECKED)
    tell(session, job, now)
    return len(outcomes)


def _note(session: Session, job: GoodsImport, outcomes: Sequence[Outcome]) -> None:
    """Keep what products came to, and what is wrong with their rows."""
    places = {name: place for place, name in enumerate(job.columns) if name}
    products = {
        product.place: product
        for product in session.exec(
            select(GoodsImportProduct).where(
                GoodsImportProduct.import_id == job.id,
                col(GoodsImportProduct.place).in_([outcome.place for outcome in outcomes]),
            )
        )
    }
    wrong: dict[int, list[list[object]]] = {}
    for outcome in outcomes:
        products[outcome.place].state = outcome.state
        for fault in outcome.faults:
            place = places.get(fault.column.value, -1) if fault.column else -1
            # What the file has no column for is named in the words themselves.
            name = BY_COLUMN[fault.column].name if fault.column and place < 0 else NOTHING
            said = [": ".join(filter(None, (name.say(each), fault.error.say(each)))) for each in LOCALES]
            wrong.setdefault(fault.row, []).append([place, *said, "checked"])
    ids = [outcome.place for outcome in outcomes if outcome.faults or any(row.faults for row in outcome.rows)]
    if ids:
        for row in session.exec(
            select(GoodsImportRow).where(GoodsImportRow.import_id == job.id, col(GoodsImportRow.place).in_(ids))
        ):
            row.faults = [fault for fault in row.faults if fault[-1] == CODES] + wrong.get(row.number, [])
            session.add(row)
    session.add_all(products.values())


def _apply(session: Session, import_id: int, limit: int, now: datetime) -> int:
    """Bring the next good products in, looked at anew under lock: meanwhile something may have been sold or changed."""
    job = locked(session, import_id, ImportState.APPLYING)
    if job is None:
        return 0
    ids = session.exec(
        select(GoodsImportProduct.product_id).where(
            GoodsImportProduct.import_id == import_id,
            col(GoodsImportProduct.place).between(job.done, job.done + limit - 1),
            col(GoodsImportProduct.product_id).is_not(None),
        )
    ).all()
    catalog.lock_whole(session, job.seller_id, [number for number in ids if number is not None])
    outcomes = look_at(session, import_id, limit, now)
    waiting = {
        product.place: product
        for product in session.exec(
            select(GoodsImportProduct).where(
                GoodsImportProduct.import_id == import_id,
                col(GoodsImportProduct.place).in_([outcome.place for outcome in outcomes]),
                GoodsImportProduct.state == GoodsState.GOOD,
            )
        )
    }
    mine = [outcome for outcome in outcomes if outcome.place in waiting]
    good = [outcome for outcome in mine if outcome.state is GoodsState.GOOD and outcome.goods is not None]
    _note(session, job, [outcome for outcome in mine if outcome not in good])
    goods = [outcome.goods for outcome in good if outcome.goods is not None]
    made = catalog.put_whole(session, acting_for(job), job.seller_id, goods, now)
    after = catalog.read_whole(session, job.seller_id, made, now)
    for outcome, product_id in zip(good, made, strict=True):
        _kept(session, job, waiting[outcome.place], outcome, after[product_id])
    _remember(session, job, good, [after[product_id] for product_id in made])
    job.done += len(outcomes)
    if job.done >= job.goods:
        job.state = move(IMPORT_MOVES, ImportState(job.state), ImportState.APPLIED)
        job.applied_at = now
    tell(session, job, now)
    return max(1, len(outcomes))


def _kept(
    session: Session, job: GoodsImport, product: GoodsImportProduct, outcome: Outcome, after: WholeProduct
) -> None:
    """Remember what undoing needs, and what the file calls what it made."""
    before = outcome.before
    product.state = GoodsState.CHANGED if before else GoodsState.MADE
    product.product_id = after.id
    product.before = WHOLE.dump_python(before, mode="json") if before else None
    product.after = digest(after)
    session.add(product)
    if before is not None:
        kept = {picture.key for picture in after.pictures or ()}
        for picture in before.pictures or ():
            if picture.key not in kept:
                session.add(
                    GoodsImportPhoto(
                        import_id=job.id,
                        name="",
                        key=picture.key,
                        width=picture.width,
                        height=picture.height,
                        placeholder=picture.placeholder,
                    )
                )


def _remember(session: Session, job: GoodsImport, outcomes: Sequence[Outcome], made: Sequence[WholeProduct]) -> None:
    """Keep what the file calls what it made."""
    columns = {Column(name): place for place, name in enumerate(job.columns) if name}

    def cell(row: FileRow, column: Column) -> str:
        place = columns.get(column)
        return row.cells[place].strip() if place is not None and place < len(row.cells) else ""

    products: dict[int, str] = {}
    skus: dict[int, dict[str, str]] = {}
    for outcome, after in zip(outcomes, made, strict=True):
        known = {variant.code for variant in outcome.before.variants} if outcome.before else set()
        fresh = [variant.code for variant in after.variants if variant.code not in known]
        rows = [row for row in outcome.rows if not row.code]
        named = {code: cell(row, Column.SKU) for code, row in zip(fresh, rows, strict=True) if cell(row, Column.SKU)}
        if named:
            skus[after.id or 0] = named
        group_code = next(filter(None, (cell(row, Column.PRODUCT) for row in outcome.rows)), "")
        if outcome.before is None and group_code:
            products[after.id or 0] = group_code
    remember_codes(session, job, products, skus)
