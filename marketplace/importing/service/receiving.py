"""A file arrives, its columns are chosen, and the seller says what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from marketplace.accounts.rules import MemberRole, Right
from marketplace.accounts.views import Person
from marketplace.base import db
from marketplace.base.errors import Conflict, NotFound
from marketplace.base.inputs import cleaned
from marketplace.base.state_machine import move
from marketplace.base.text import Locale, normalize
from marketplace.importing.models import GoodsImport, GoodsImportPhoto, GoodsImportProduct, GoodsImportRow
from marketplace.importing.rules import (
    IMPORT_MOVES,
    KEPT_DAYS,
    MOVING,
    Column,
    ImportBusy,
    ImportState,
    guess_decimal,
    match_columns,
    missing_columns,
)
from marketplace.importing.service.stages import tell
from marketplace.sellers import service as sellers


def begin(session: Session, person: Person, name: str, kind: str, headers: Sequence[str], now: datetime) -> int:
    """A file of the person's shop is arriving; its columns are matched by name. Returns its id; raises NotFound."""
    seller = sellers.seller_of(session, person)
    person.require_seller(seller.id, Right.MANAGE_GOODS)
    shown = [cleaned(header)[:80] for header in headers]
    job = GoodsImport(
        seller_id=seller.id,
        account_id=person.account_id,
        file_name=normalize(cleaned(name))[:120],
        kind=kind,
        # A spreadsheet's numbers are written by us, a text's by whoever typed them.
        decimal="vi" if kind == "xlsx" else guess_decimal(headers),
        headers=shown,
        columns=[column.value if column else "" for column in match_columns(headers)],
        created_at=now,
        moved_at=now,
    )
    session.add(job)
    session.flush()
    return job.id


def add_rows(
    session: Session, person: Person, import_id: int, rows: Sequence[tuple[int, Sequence[str]]], *, last: bool
) -> None:
    """Keep some rows of a file that is arriving; with the `last` ones it is there. Raises NotFound, Conflict."""
    job = own_import(session, person, import_id, lock=True)
    if job.rows or job.state != ImportState.MATCHING:
        raise Conflict
    db.add_rows(
        session,
        [GoodsImportRow(import_id=job.id, number=number, cells=list(row)) for number, row in rows],
    )
    if last:
        job.rows = len(session.exec(select(GoodsImportRow.id).where(GoodsImportRow.import_id == job.id)).all())
        session.add(job)


def attach_photos(session: Session, person: Person, import_id: int, archive: str, photos: int) -> None:
    """Photos came along, as many as there are; they are unpacked before the rows are checked."""
    job = own_import(session, person, import_id, lock=True)
    if job.state != ImportState.MATCHING:
        raise Conflict
    job.archive, job.photos, job.photos_done = archive, photos, 0
    session.add(job)


def choose_columns(
    session: Session, person: Person, import_id: int, columns: Sequence[str], decimal: Locale, now: datetime
) -> None:
    """Say what each column is taken for, and how decimals are written; raises Conflict, ColumnTwice, ColumnsMissing."""
    job = own_import(session, person, import_id, lock=True)
    if job.state != ImportState.MATCHING or len(columns) != len(job.headers):
        raise Conflict
    chosen = [Column(name) if name in set(Column) else None for name in columns]
    missing_columns(chosen)
    job.columns, job.decimal = [column.value if column else "" for column in chosen], decimal
    session.add(job)


def start(session: Session, person: Person, import_id: int, target: ImportState, now: datetime) -> None:
    """Have a file checked, or what is good of it brought in; raises MoveRefused, ImportBusy, ColumnsMissing."""
    job = own_import(session, person, import_id, lock=True)
    if target not in {ImportState.CHECKING, ImportState.APPLYING}:
        raise Conflict
    if target is ImportState.CHECKING:
        missing_columns([Column(name) if name else None for name in job.columns])
        if not job.rows:
            raise Conflict
    _begin_stage(session, job, target, now)


def start_undo(session: Session, person: Person, import_id: int, now: datetime) -> None:
    """Have a whole import taken back; raises MoveRefused, ImportBusy."""
    _begin_stage(session, own_import(session, person, import_id, lock=True), ImportState.UNDOING, now)


def stop_matching(session: Session, person: Person, import_id: int, now: datetime) -> None:
    """Go back to the columns after a dry run; what was found is forgotten. Raises MoveRefused."""
    job = own_import(session, person, import_id, lock=True)
    job.state = move(IMPORT_MOVES, ImportState(job.state), ImportState.MATCHING)
    job.goods = job.done = 0
    session.execute(delete(GoodsImportProduct).where(col(GoodsImportProduct.import_id) == job.id))
    tell(session, job, now)


def _begin_stage(session: Session, job: GoodsImport, target: ImportState, now: datetime) -> None:
    others = select(GoodsImport.id).where(
        GoodsImport.seller_id == job.seller_id, col(GoodsImport.state).in_(MOVING), GoodsImport.id != job.id
    )
    if session.exec(others.limit(1)).first() is not None:
        raise ImportBusy
    job.state = move(IMPORT_MOVES, ImportState(job.state), target)
    job.done = 0
    tell(session, job, now)


def own_import(session: Session, person: Person, import_id: int, *, lock: bool = False) -> GoodsImport:
    """A file of the person's shop; raises NotSignedIn, NotFound, NotAllowed."""
    person.require_account()
    statement = select(GoodsImport).where(
        GoodsImport.id == import_id, col(GoodsImport.seller_id).in_(person.seller_ids)
    )
    job = session.exec(statement.with_for_update() if lock else statement).first()
    if job is None:
        raise NotFound
    person.require_seller(job.seller_id, Right.MANAGE_GOODS)
    return job


def run_for_shop(session: Session, slug: str) -> Person:
    """The operator, acting for a shop by its address; raises NotFound."""
    store = sellers.store_by_slug(session, slug)
    contacts = sellers.seller_contacts(session, store.seller_id)
    if not contacts:
        raise NotFound(field="seller")
    return Person(
        account_id=contacts[0].account_id,
        seller_ids=frozenset({store.seller_id}),
        member_roles=frozenset({(store.seller_id, MemberRole.OWNER)}),
    )


def forget_old(session: Session, now: datetime) -> int:
    """Delete what nobody can take back any more, a bounded number of rows at a time; for the background."""
    old = session.exec(
        select(GoodsImport.id)
        .where(GoodsImport.moved_at < now - timedelta(days=KEPT_DAYS), col(GoodsImport.state).not_in(MOVING))
        .order_by(col(GoodsImport.id))
        .limit(1)
    ).first()
    if old is None:
        return 0
    for table in (GoodsImportRow, GoodsImportProduct, GoodsImportPhoto):
        some = session.exec(select(table.id).where(table.import_id == old).limit(db.FORGOTTEN_AT_ONCE)).all()
        if some:
            session.execute(delete(table).where(col(table.id).in_(some)))
            return len(some)
    session.execute(delete(GoodsImport).where(col(GoodsImport.id) == old))
    return 1
