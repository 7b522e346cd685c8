"""Fifty buyers at once of a window with room for seven: seven get it, on either database."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlmodel import Session, func, select

from marketplace.base import clock, db
from marketplace.delivery import service as delivery
from marketplace.delivery.commands import PointDraft, TermsDraft, WindowDraft
from marketplace.delivery.models import DeliveryHold, DeliverySlot
from marketplace.orders.models import SellerOrder
from marketplace.orders.service import placing
from tests.factories import make_owner, make_product, make_seller
from tests.orders.crowd import checkout_all, prepare
from tests.orders.processes import served
from tests.orders.shopping import details, fill_basket

BUYERS, ROOM, WORKERS = 50, 7, 4


def _open_windows(session: Session) -> tuple[str, dict[str, str]]:
    """A shop whose point is open every day, and takes more orders a day than its window; its goods, and the code chosen."""
    now = clock.now()
    seller_id = make_seller(session)
    owner = make_owner(session, seller_id)
    delivery.ask_of_orders(session, owner, TermsDraft(orders_a_day="40"), now)
    delivery.add_point(session, owner, PointDraft(name="Sạp 12", street="12 Mậu Thân"), "31117", now)
    session.flush()
    point = delivery.my_delivery(session, owner, "vi", now).points[0]
    for day in range(7):
        window = WindowDraft(point_id=str(point.id), weekday=str(day), opens="7:00", closes="10:00", capacity=str(ROOM))
        delivery.add_window(session, owner, window, now)
    session.flush()
    sku = make_product(session, seller_id=seller_id, on_hand=10**9, step=1000, minimum=1000)
    offered = placing.review(session, fill_basket(session, [(sku.code, 1000)], now=now), details(), now).orders[0]
    return sku.code, {f"gian-hang-{seller_id}": offered.offer.ways[-1].code}


def _counted(table: Any) -> int:
    with db.read() as session:
        return int(session.exec(select(func.count()).select_from(table)).one())


def test_fifty_buyers_of_a_window_for_seven_make_seven_orders(database: str) -> None:
    code, ways = db.write_now(_open_windows)
    ready = prepare([[(code, 1000)]] * BUYERS, delivery=ways)
    with served(WORKERS) as port:
        answers = checkout_all(port, ready)
    statuses = Counter(status for status, _ in answers)
    assert statuses[201] == ROOM
    # Who comes while the last place is being taken is told that it is full; who comes later finds it no longer offered.
    assert {body["code"] for status, body in answers if status != 201} <= {"delivery_full", "delivery_method_unknown"}
    assert _counted(SellerOrder) == ROOM
    assert _counted(DeliveryHold) == 2 * ROOM
    with db.read() as session:
        assert set(session.exec(select(DeliverySlot.orders)).all()) == {ROOM}
