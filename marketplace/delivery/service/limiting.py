"""What is limited is held by orders and given back by them, as stock is: never more than fits, whoever comes at once.

Rows are made and locked in one order, after those of the stock; guard and change are one conditional UPDATE, and a CHECK
stands behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, Insert, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlmodel import Session, col, select

from marketplace.base.db import add_rows
from marketplace.delivery.models import DeliveryHold, DeliverySlot
from marketplace.delivery.rules import SlotFull, SlotWanted
from marketplace.delivery.service.own import announce
from marketplace.settings import settings


@dataclass(frozen=True, slots=True)
class Claim:
    """What one order asks of everything limited on its way: its number, its weight, and the slots it takes.

    `field` names the input by which the buyer chose them, `seller_id` whose offers they are.
    """

    reference: str
    grams: int
    slots: tuple[SlotWanted, ...]
    field: str
    seller_id: int


def taken(session: Session, codes: Collection[str]) -> dict[str, tuple[int, int]]:
    """Orders and grams taken, by the slot's code; those nobody asked for yet are left out."""
    if not codes:
        return {}
    rows = session.execute(
        select(col(DeliverySlot.code), col(DeliverySlot.orders), col(DeliverySlot.grams)).where(
            col(DeliverySlot.code).in_(codes)
        )
    )
    return {row.code: (row.orders, row.grams) for row in rows}


def hold(session: Session, claims: Sequence[Claim], now: datetime) -> None:
    """Take a place for each order in each of its slots; raises SlotFull for the first that finds none.

    The caller's transaction must end with the error: what was taken before it is undone by the rollback.
    """
    codes = sorted({slot.code for claim in claims for slot in claim.slots})
    if not codes:
        return
    ids = _lock(session, codes)
    for claim in sorted(claims, key=lambda one: one.reference):
        for slot in sorted(claim.slots, key=lambda one: ids[one.code]):
            if not _take(session, ids[slot.code], slot, claim.grams):
                raise SlotFull(field=claim.field)
    held = [
        DeliveryHold(slot_id=ids[slot.code], reference=claim.reference, grams=claim.grams)
        for claim in claims
        for slot in claim.slots
    ]
    add_rows(session, held)
    for claim in claims:
        if claim.slots:
            # The next day or window may be what is offered from now on.
            announce(session, claim.seller_id, now)


def release(session: Session, reference: str, now: datetime) -> None:
    """Give back what an order took; twice changes nothing."""
    held = session.exec(
        select(DeliveryHold)
        .where(DeliveryHold.reference == reference, col(DeliveryHold.released_at).is_(None))
        .order_by(col(DeliveryHold.slot_id))
        .with_for_update()
    ).all()
    for row in held:
        row.released_at = now
        session.add(row)
        session.execute(
            update(DeliverySlot)
            .where(col(DeliverySlot.id) == row.slot_id)
            .values(orders=col(DeliverySlot.orders) - 1, grams=col(DeliverySlot.grams) - row.grams)
            .execution_options(synchronize_session=False)
        )


def _lock(session: Session, codes: Sequence[str]) -> dict[str, int]:
    """Lock the rows of slots, in the order of their ids; those nobody asked for before are made first.

    Whoever makes one at the same moment waits for it here, before it locks any other.
    """
    wanted = select(DeliverySlot.code, DeliverySlot.id).where(col(DeliverySlot.code).in_(codes))
    known = {code for code, _ in session.exec(wanted)}
    for code in codes:
        if code not in known:
            session.execute(_making(session, code))
    return dict(session.exec(wanted.order_by(col(DeliverySlot.id)).with_for_update()).all())


def _making(session: Session, code: str) -> Insert:
    values = {"code": code, "orders": 0, "grams": 0}
    if session.get_bind().dialect.name == "sqlite":
        return insert_on_sqlite(DeliverySlot).values(values).on_conflict_do_nothing()
    return insert_on_postgresql(DeliverySlot).values(values).on_conflict_do_nothing()


def _take(session: Session, slot_id: int, slot: SlotWanted, grams: int) -> bool:
    orders_after, grams_after = col(DeliverySlot.orders) + 1, col(DeliverySlot.grams) + grams
    taking = (
        update(DeliverySlot)
        .where(col(DeliverySlot.id) == slot_id)
        .values(orders=orders_after, grams=grams_after, orders_room=slot.orders_room, grams_room=slot.grams_room)
        .execution_options(synchronize_session=False)
    )
    if settings().reservation_guard:
        # How much fits may have been changed since the row was made: what counts is what was read with the offer.
        if slot.orders_room is not None:
            taking = taking.where(orders_after <= slot.orders_room)
        if slot.grams_room is not None:
            taking = taking.where(grams_after <= slot.grams_room)
    done = session.execute(taking)
    return isinstance(done, CursorResult) and done.rowcount == 1
