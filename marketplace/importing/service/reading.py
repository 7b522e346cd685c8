"""What a seller sees of the files they brought in."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, cast, func
from sqlmodel import Session, col, select

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.importing.models import GoodsImport, GoodsImportProduct, GoodsImportRow
from marketplace.importing.rules import BY_COLUMN, KEPT_DAYS, Column, GoodsState, ImportState
from marketplace.importing.service.receiving import own_import
from marketplace.importing.views import ColumnView, FaultView, ImportLine, ImportView
from marketplace.sellers import service as sellers

SHOWN_FAULTS = 200
SHOWN_LEFT = 20
SHOWN_IMPORTS = 10
SAMPLES = 3
STAGES = {
    ImportState.MATCHING: Text("Chờ bạn xem lại các cột", "Waiting for you to look at the columns"),
    ImportState.CHECKING: Text("Đang kiểm tra từng dòng", "Checking each row"),
    ImportState.CHECKED: Text("Đã kiểm tra, chưa đưa lên gian hàng", "Checked, not in your shop yet"),
    ImportState.APPLYING: Text("Đang đưa hàng lên gian hàng", "Bringing goods into your shop"),
    ImportState.APPLIED: Text("Đã đưa lên gian hàng", "In your shop"),
    ImportState.UNDOING: Text("Đang rút lại", "Taking it back"),
    ImportState.UNDONE: Text("Đã rút lại", "Taken back"),
}
UNPACKING = Text("Đang đọc ảnh {done}/{all}", "Reading photo {done} of {all}")
PROGRESS = Text("{done}/{all} sản phẩm", "{done} of {all} products")
SUMMARY = Text("{goods} sản phẩm, {faulty} cần sửa", "{goods} products, {faulty} to mend")
BROUGHT = Text(
    "{made} mới, {changed} sửa, {same} giữ nguyên, {faulty} cần sửa",
    "{made} new, {changed} changed, {same} as they were, {faulty} to mend",
)
BACK = Text("{taken_back} đã rút lại, {left} giữ nguyên", "{taken_back} taken back, {left} left")
ROWS = Text("{rows} dòng", "{rows} rows")


def my_imports(session: Session, person: Person, locale: Locale) -> tuple[ImportLine, ...]:
    """The latest files of the person's shop, the newest first; raises NotSignedIn, NotFound."""
    seller = sellers.seller_of(session, person)
    jobs = session.exec(
        select(GoodsImport)
        .where(GoodsImport.seller_id == seller.id, GoodsImport.rows > 0)
        .order_by(col(GoodsImport.id).desc())
        .limit(SHOWN_IMPORTS)
    ).all()
    return tuple(
        ImportLine(
            id=job.id,
            href=f"/seller/products/import?file={job.id}",
            name=job.file_name,
            at=clock.show_time(job.created_at),
            state_text=STAGES[ImportState(job.state)].say(locale),
            summary=_summary(job, _counts(session, job.id), locale),
        )
        for job in jobs
    )


def _counts(session: Session, import_id: int) -> Counter[GoodsState]:
    found = session.exec(
        select(GoodsImportProduct.state, func.count())
        .where(GoodsImportProduct.import_id == import_id)
        .group_by(GoodsImportProduct.state)
    )
    return Counter({GoodsState(state): count for state, count in found})


def _summary(job: GoodsImport, counts: Counter[GoodsState], locale: Locale) -> str:
    said = {state.value: counts[state] for state in GoodsState}
    match ImportState(job.state):
        case ImportState.MATCHING:
            return ROWS.say(locale, rows=job.rows)
        case ImportState.CHECKING | ImportState.CHECKED:
            return SUMMARY.say(locale, goods=job.goods, **said)
        case ImportState.APPLYING | ImportState.APPLIED:
            return BROUGHT.say(locale, **said)
    return BACK.say(locale, **said)


def state_of(session: Session, import_id: int) -> ImportState:
    """How far a file is; for whoever runs it to its end."""
    return ImportState(session.exec(select(GoodsImport.state).where(GoodsImport.id == import_id)).one())


def my_import(session: Session, person: Person, import_id: int, locale: Locale, now: datetime) -> ImportView:
    """A file of the person's shop; raises NotSignedIn, NotFound, NotAllowed."""
    job = own_import(session, person, import_id)
    person.require_seller(job.seller_id, Right.MANAGE_GOODS)
    counts, state = _counts(session, job.id), ImportState(job.state)
    unpacking = state is ImportState.CHECKING and job.photos_done < job.photos
    done, whole = (job.photos_done, job.photos) if unpacking else (job.done, job.goods)
    faults, more = _faults(session, job, locale) if state is not ImportState.MATCHING else ((), 0)
    until = (job.applied_at or now) + timedelta(days=KEPT_DAYS)
    return ImportView(
        id=job.id,
        name=job.file_name,
        state=state.value,
        stage_text=STAGES[state].say(locale),
        progress_text=(UNPACKING if unpacking else PROGRESS).say(locale, done=done, all=whole or "…"),
        percent=str(100 * done // whole if whole else 0),
        decimal=job.decimal,
        rows_text=ROWS.say(locale, rows=job.rows),
        goods=job.goods,
        good=counts[GoodsState.GOOD],
        **_new_and_known(session, job.id),
        faulty=counts[GoodsState.FAULTY],
        made=counts[GoodsState.MADE],
        changed=counts[GoodsState.CHANGED],
        same=counts[GoodsState.SAME],
        taken_back=counts[GoodsState.TAKEN_BACK],
        left=counts[GoodsState.LEFT],
        can_undo=state is ImportState.APPLIED and bool(counts[GoodsState.MADE] + counts[GoodsState.CHANGED]),
        undo_until=clock.show_date(until),
        columns=_columns(session, job) if state is ImportState.MATCHING else (),
        faults=faults,
        more_faults=more,
        left_names=_left(session, job.id),
        faults_href=f"/seller/products/import/{job.id}/faults.{job.kind}",
    )


def _new_and_known(session: Session, import_id: int) -> dict[str, int]:
    known, new = (
        session.exec(
            select(func.count()).where(
                GoodsImportProduct.import_id == import_id,
                GoodsImportProduct.state == GoodsState.GOOD,
                col(GoodsImportProduct.product_id).is_not(None)
                if there
                else col(GoodsImportProduct.product_id).is_(None),
            )
        ).one()
        for there in (True, False)
    )
    return {"new": new, "existing": known}


def _columns(session: Session, job: GoodsImport) -> tuple[ColumnView, ...]:
    first = session.exec(
        select(GoodsImportRow.cells)
        .where(GoodsImportRow.import_id == job.id)
        .order_by(col(GoodsImportRow.number))
        .limit(SAMPLES)
    ).all()
    return tuple(
        ColumnView(
            place=str(place),
            header=header,
            sample=" · ".join(cells[place][:40] for cells in first if place < len(cells) and cells[place]),
            chosen=job.columns[place],
        )
        for place, header in enumerate(job.headers)
    )


def _faults(session: Session, job: GoodsImport, locale: Locale) -> tuple[tuple[FaultView, ...], int]:
    rows = session.exec(
        select(GoodsImportRow.number, GoodsImportRow.cells, GoodsImportRow.faults)
        .where(GoodsImportRow.import_id == job.id, has_faults())
        .order_by(col(GoodsImportRow.number))
    )
    found: list[FaultView] = []
    more = 0
    for number, cells, faults in rows:
        for place, vi, en, *_ in faults:
            if len(found) == SHOWN_FAULTS:
                more += 1
                continue
            known = 0 <= place < len(job.headers)
            typed = cells[place][:60] if known and place < len(cells) else ""
            header = job.headers[place] if known else ""
            found.append(FaultView(str(number), header, typed, en if locale == "en" else vi))
    return tuple(found), more


def has_faults() -> ColumnElement[bool]:
    """SQL beside a row of a file: something is wrong with it."""
    return cast(col(GoodsImportRow.faults), String) != "[]"


def _left(session: Session, import_id: int) -> tuple[str, ...]:
    ids = session.exec(
        select(GoodsImportProduct.product_id)
        .where(GoodsImportProduct.import_id == import_id, GoodsImportProduct.state == GoodsState.LEFT)
        .order_by(col(GoodsImportProduct.place))
        .limit(SHOWN_LEFT)
    ).all()
    named = catalog.named_products(session, [number for number in ids if number is not None])
    return tuple(named[number].name for number in ids if number in named)


def column_name(column: str, locale: Locale) -> str:
    """What a column is called."""
    return BY_COLUMN[Column(column)].name.say(locale)
