"""A seller's lots: entered, changed until something is packed of them, corrected in the open from then on."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import clock, outbox
from marketplace.base.crypto import new_code
from marketplace.base.errors import FieldRequired, InputInvalid, NotFound
from marketplace.base.history import record_move
from marketplace.base.inputs import Problems, read_line, read_paragraphs
from marketplace.base.media import StoredDocument
from marketplace.base.quantity import show_quantity
from marketplace.base.state_machine import move
from marketplace.catalog import service as catalog
from marketplace.catalog.news import ONE_CHANGED
from marketplace.lots.commands import FindingDraft, LotDraft
from marketplace.lots.models import Lot, LotCorrection, LotTest
from marketplace.lots.rules import (
    LARGEST_GRAMS,
    LONGEST_AREA_CODE,
    LONGEST_INPUTS,
    LONGEST_LINE,
    LONGEST_REASON,
    LOT_LABELS,
    LOT_MOVES,
    MOST_TESTS,
    MOST_WAITING_DAYS,
    PASSPORT_CODE,
    CorrectionNeedsReason,
    LessThanSold,
    LotNumberTaken,
    LotState,
    TooManyTests,
    changes,
    check_days,
    check_waiting,
    read_lot_number,
)

CHANGED = "lot.changed"
"""`{"lot_id": n, "product_id": n, "seller_id": n}`: a passport reads otherwise from now on."""


def add_lot(session: Session, person: Person, product_id: int, draft: LotDraft, now: datetime) -> str:
    """Enter a lot of an own product; returns its passport's code. Raises NotFound, and every field's problem.

    A harvest within the waiting days after the last spray is refused, whoever asks (HarvestTooEarly).
    """
    product = catalog.own_named_product(session, person, product_id)
    draft = _checked(draft, now)
    taken = select(func.count()).where(col(Lot.seller_id) == product.seller_id, col(Lot.number) == draft.number)
    if session.scalar(taken):
        raise LotNumberTaken(field="number", number=draft.number)
    lot = Lot(
        code=new_code(PASSPORT_CODE),
        seller_id=product.seller_id,
        product_id=product.id,
        created_at=now,
        **{entry.name: getattr(draft, entry.name) for entry in fields(LotDraft)},
    )
    session.add(lot)
    session.flush()
    record_move(
        session, "lot", lot.id, from_state=None, to_state=LotState.OPEN, at=now, by_account_id=person.account_id
    )
    announce(session, lot, now)
    return lot.code


def change_lot(
    session: Session, person: Person, code: str, draft: LotDraft, reason: str, now: datetime, *, sold: int
) -> None:
    """Change what a lot says, but its number. Once something was packed of it, each old entry is kept with the reason.

    `sold` in grams. Raises NotFound, CorrectionNeedsReason, LessThanSold, and every field's problem: a correction is
    held to the waiting days like the first entry.
    """
    lot = own_lot(session, person, code)
    draft = _checked(replace(draft, number=lot.number), now)
    changed = changes(draft_of(lot), draft)
    if not changed:
        return
    if draft.harvested_grams < sold:
        raise LessThanSold(field="harvested", sold=show_quantity(sold))
    if lot.first_packed_at is not None or lot.state == LotState.RECALLED:
        try:
            reason = read_line(reason, field="why", limit=LONGEST_REASON)
        except FieldRequired:
            raise CorrectionNeedsReason(field="why") from None
        for change in changed:
            session.add(
                LotCorrection(
                    lot_id=lot.id,
                    field=change.field,
                    before=change.before,
                    after=change.after,
                    reason=reason,
                    by_account_id=person.account_id,
                    at=now,
                )
            )
    for change in changed:
        setattr(lot, change.field, getattr(draft, change.field))
    session.add(lot)
    announce(session, lot, now)


def switch_lot(session: Session, person: Person, code: str, now: datetime) -> None:
    """Close a lot, so that no more is packed of it, or open it again; raises NotFound, MoveRefused once recalled."""
    lot = own_lot(session, person, code)
    move_lot(session, lot, LotState.OPEN if lot.state == LotState.CLOSED else LotState.CLOSED, person, now)
    announce(session, lot, now)


def add_test(session: Session, person: Person, code: str, draft: FindingDraft, now: datetime) -> int:
    """Enter a laboratory's finding on a lot; returns its id. Raises NotFound, TooManyTests, every field's problem."""
    lot = own_lot(session, person, code)
    if (session.scalar(select(func.count()).where(col(LotTest.lot_id) == lot.id)) or 0) >= MOST_TESTS:
        raise TooManyTests(limit=MOST_TESTS)
    problems = Problems()
    subject, laboratory, result = draft.subject, draft.laboratory, draft.result
    with problems.noting():
        subject = read_line(draft.subject, field="subject", limit=LONGEST_LINE)
    with problems.noting():
        laboratory = read_line(draft.laboratory, field="laboratory", limit=LONGEST_LINE)
    with problems.noting():
        result = read_line(draft.result, field="result", limit=LONGEST_LINE)
    with problems.noting():
        if draft.tested_on > clock.local_date(now):
            raise InputInvalid(field="tested_on")
    problems.refuse()
    test = LotTest(
        lot_id=lot.id,
        subject=subject,
        laboratory=laboratory,
        tested_on=draft.tested_on,
        result=result,
        passed=draft.passed,
        created_at=now,
    )
    session.add(test)
    session.flush()
    announce(session, lot, now)
    return test.id


def attach_document(
    session: Session, person: Person, code: str, test_id: int, document: StoredDocument, now: datetime
) -> None:
    """Show the stored picture or PDF of a test, where there is none yet; raises NotFound."""
    lot = own_lot(session, person, code)
    test = session.scalars(select(LotTest).where(col(LotTest.id) == test_id, col(LotTest.lot_id) == lot.id)).first()
    if test is None:
        raise NotFound
    test.document, test.document_kind = document.key, document.kind
    session.add(test)
    announce(session, lot, now)


def own_lot(session: Session, person: Person, code: str, *, lock: bool = True) -> Lot:
    """A lot of the person's shop, locked to be changed; raises NotSignedIn, NotFound."""
    person.require_account()
    statement = select(Lot).where(col(Lot.code) == code, col(Lot.seller_id).in_(person.seller_ids))
    lot = session.scalars(statement.with_for_update() if lock else statement).first()
    if lot is None:
        raise NotFound
    person.require_seller(lot.seller_id, Right.MANAGE_GOODS)
    return lot


def move_lot(
    session: Session, lot: Lot, target: LotState, person: Person, now: datetime, reason: str | None = None
) -> None:
    """Move a lot and keep who, when and why; raises MoveRefused."""
    before = LotState(lot.state)
    lot.state = move(LOT_MOVES, before, target, LOT_LABELS)
    session.add(lot)
    record_move(
        session,
        "lot",
        lot.id,
        from_state=before,
        to_state=target,
        at=now,
        by_account_id=person.account_id,
        reason=reason,
    )


def announce(session: Session, lot: Lot, now: datetime) -> None:
    """Tell those who show a lot, and those who show its product."""
    about = {"product_id": lot.product_id, "seller_id": lot.seller_id}
    outbox.announce(session, CHANGED, {"lot_id": lot.id, **about}, now)
    outbox.announce(session, ONE_CHANGED, about, now)


def draft_of(lot: Lot) -> LotDraft:
    """A lot as it was last entered."""
    return LotDraft(**{entry.name: getattr(lot, entry.name) for entry in fields(LotDraft)})


def _checked(draft: LotDraft, now: datetime) -> LotDraft:
    problems = Problems()
    read: dict[str, Any] = {}
    with problems.noting():
        read["number"] = read_lot_number(draft.number)
    limits = {
        "area_code": LONGEST_AREA_CODE,
        "plot": LONGEST_LINE,
        "spray": LONGEST_LINE,
        "packer": LONGEST_LINE,
    }
    for name, limit in limits.items():
        with problems.noting():
            read[name] = read_line(getattr(draft, name), field=name, limit=limit, required=False)
    with problems.noting():
        read["inputs"] = read_paragraphs(draft.inputs, field="inputs", limit=LONGEST_INPUTS)
    with problems.noting():
        if not 0 < draft.harvested_grams <= LARGEST_GRAMS:
            raise InputInvalid(field="harvested")
    with problems.noting():
        if draft.waiting_days is not None and not 0 <= draft.waiting_days <= MOST_WAITING_DAYS:
            raise InputInvalid(field="waiting_days")
        check_waiting(draft.last_sprayed_on, draft.waiting_days, draft.harvested_on)
    with problems.noting():
        check_days(draft, clock.local_date(now))
    problems.refuse()
    return replace(draft, **read)
