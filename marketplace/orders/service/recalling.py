"""Calling a lot back: nobody packs of it any more, and everybody who has goods of it is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.db import add_rows
from marketplace.base.errors import NotFound
from marketplace.base.text import Locale
from marketplace.lots import service as lots
from marketplace.lots.rules import RecallChannel
from marketplace.orders.models import OrderLine, RecallNotice, SellerOrder
from marketplace.orders.rules import CLOSED
from marketplace.orders.service import reading, recalls, tracing
from marketplace.orders.service.moving import notice
from marketplace.orders.views import AffectedBuyer, LotPage, StaffLotPage


def recall(session: Session, person: Person, code: str, reason: str, advice: str, now: datetime) -> None:
    """Recall a lot, as its seller or as the province's staff, and tell every buyer whose order holds goods of it.

    All in one transaction, and once: recalled again, nothing happens. Raises NotFound and every field's problem.
    """
    lot_id, fresh = lots.close_for_recall(session, person, code, reason, advice, now)
    if not fresh:
        return
    with_it = select(OrderLine.order_id).where(OrderLine.lot_id == lot_id)
    orders = session.exec(
        select(SellerOrder)
        .where(col(SellerOrder.id).in_(with_it), col(SellerOrder.status).not_in(CLOSED))
        .order_by(col(SellerOrder.id))
    ).all()
    add_rows(session, [RecallNotice(lot_id=lot_id, order_id=order.id, told_at=now) for order in orders])
    outbox.emit_all(session, "order.recalled", [{**notice(order), "lot_id": lot_id} for order in orders], now)


def acknowledge(session: Session, person: Person, number: str, access_key: str, now: datetime) -> None:
    """The buyer says that they know of the recalls in their order; said again, the first time counts. Raises NotFound."""
    order = reading.buyers_order(session, person, number, access_key)
    session.execute(
        update(RecallNotice)
        .where(col(RecallNotice.order_id) == order.id, col(RecallNotice.acknowledged_at).is_(None))
        .values(acknowledged_at=now)
    )
    outbox.announce(session, "order.acknowledged", notice(order), now)


def note_call(session: Session, person: Person, code: str, number: str, now: datetime) -> None:
    """The buyer of an order was told by phone; raises NotFound unless they have goods of this recalled lot."""
    lot = lots.recallable_lot(session, person, code)
    found = session.exec(
        select(RecallNotice, SellerOrder)
        .join(SellerOrder, col(SellerOrder.id) == col(RecallNotice.order_id))
        .where(col(RecallNotice.lot_id) == lot.id, col(SellerOrder.number) == number)
        .with_for_update(of=RecallNotice)
    ).first()
    if found is None:
        raise NotFound
    told, order = found
    if told.acknowledged_at is None:
        told.channel, told.acknowledged_at = RecallChannel.PHONE, now
        session.add(told)
        outbox.announce(session, "order.acknowledged", notice(order), now)


def buyers_of_lot(session: Session, person: Person, code: str, locale: Locale) -> tuple[AffectedBuyer, ...]:
    """Who has goods of a lot: for its seller, and once it is recalled for the province's staff.

    Raises NotSignedIn, NotFound for anybody else.
    """
    lot = lots.recallable_lot(session, person, code)
    if not lot.recalled and lot.seller_id not in person.seller_ids:
        raise NotFound
    return recalls.affected(session, lot.id, locale)


def my_lot(session: Session, person: Person, code: str, locale: Locale, now: datetime) -> LotPage:
    """A lot of the person's shop with its tests, corrections and buyers; raises NotSignedIn, NotFound."""
    lot = lots.my_lot(session, person, code, locale, now)
    buyers = recalls.affected(session, lot.id, locale)
    return LotPage(
        lot=tracing.with_sold(lot, sum(buyer.grams for buyer in buyers), locale),
        tests=lots.tests_of(session, lot.id, lot.code, locale),
        corrections=lots.corrections_of(session, lot.id, locale),
        buyers=buyers,
        buyers_href=_list_href(lot.code),
    )


def staff_lot(session: Session, person: Person, code: str, locale: Locale, now: datetime) -> StaffLotPage:
    """A lot by the code on its label for those who may recall it, with its buyers once it is recalled.

    Raises NotSignedIn, NotFound.
    """
    lot = lots.recallable_lot(session, person, code)
    buyers = recalls.affected(session, lot.id, locale)
    return StaffLotPage(
        asked=lot.code,
        seller_id=lot.seller_id,
        lot=lots.passport(session, lot.code, locale, now),
        holders=len(buyers),
        buyers=buyers if lot.recalled else (),
        buyers_href=_list_href(lot.code),
    )


def _list_href(code: str) -> str:
    return f"/api/v1/lots/{code}/buyers.csv"
