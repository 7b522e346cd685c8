"""What orders do to lots: something is packed of them, or they are called back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.accounts.rules import Right, allowed
from marketplace.accounts.views import Person
from marketplace.base.errors import NotFound
from marketplace.base.inputs import Problems, read_line, read_paragraphs
from marketplace.lots.models import Lot
from marketplace.lots.rules import LONGEST_ADVICE, LONGEST_REASON, LotState
from marketplace.lots.service.entering import announce, move_lot
from marketplace.lots.service.reading import tag_of
from marketplace.lots.views import LotTag


def note_packed(session: Session, lot_ids: Collection[int], now: datetime) -> None:
    """Something is packed of these lots: from now on their entries are corrected in the open, and less is left."""
    for lot in session.scalars(select(Lot).where(col(Lot.id).in_(lot_ids))):
        if lot.first_packed_at is None:
            lot.first_packed_at = now
            session.add(lot)
        announce(session, lot, now)


def recallable_lot(session: Session, person: Person, code: str) -> LotTag:
    """A lot that the person may recall, as its seller or as the province's staff; raises NotSignedIn, NotFound."""
    return tag_of(_recallable(session, person, code))


def close_for_recall(
    session: Session, person: Person, code: str, reason: str, advice: str, now: datetime
) -> tuple[int, bool]:
    """Take a lot out of everybody's hands for good; returns its id, and whether it was not recalled before.

    Raises NotSignedIn, NotFound, and every field's problem.
    """
    lot = _recallable(session, person, code, lock=True)
    if lot.state == LotState.RECALLED:
        return lot.id, False
    problems = Problems()
    with problems.noting():
        reason = read_line(reason, field="reason", limit=LONGEST_REASON)
    with problems.noting():
        advice = read_paragraphs(advice, field="advice", limit=LONGEST_ADVICE, required=True)
    problems.refuse()
    lot.recalled_at, lot.recall_reason, lot.recall_advice = now, reason, advice
    lot.recalled_by_staff = lot.seller_id not in person.seller_ids
    move_lot(session, lot, LotState.RECALLED, person, now, reason)
    announce(session, lot, now)
    return lot.id, True


def _recallable(session: Session, person: Person, code: str, *, lock: bool = False) -> Lot:
    person.require_account()
    statement = select(Lot).where(col(Lot.code) == code.strip().upper())
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    lot = session.scalars(statement).first()
    if lot is None:
        raise NotFound
    if lot.seller_id in person.seller_ids:
        person.require_seller(lot.seller_id, Right.MANAGE_GOODS)
    elif not allowed(Right.RECALL_LOTS, person.roles):
        raise NotFound
    return lot
