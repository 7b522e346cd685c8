"""Pickup points: where and when goods can be fetched, as long as a window has room; arranged by their owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from marketplace.accounts.views import Person
from marketplace.base.errors import FieldRequired, InputInvalid, NotFound
from marketplace.base.inputs import Problems, read_line
from marketplace.base.names import read_name
from marketplace.base.text import LOCALES, Locale, Text
from marketplace.delivery.commands import PointDraft, WindowDraft
from marketplace.delivery.models import PickupPoint, PickupWindow
from marketplace.delivery.rules import (
    MOST_WINDOWS_SHOWN,
    WEEKDAYS,
    MethodKind,
    SlotWanted,
    TooManyPoints,
    Window,
    check_window,
    day_slot,
    days_text,
    hours_text,
    opening_text,
    openings,
    read_capacity,
    window_code,
    window_slot,
    window_text,
)
from marketplace.delivery.service import limiting
from marketplace.delivery.service.calendar import Timetable
from marketplace.delivery.service.own import announce, own_seller
from marketplace.delivery.views import DeliveryOption, PointCard, WayOffered, WindowCard
from marketplace.places import service as places
from marketplace.places.views import CommuneView
from marketplace.sellers.rules import read_time

MOST_POINTS, MOST_WINDOWS = 10, 21
ORDERS = Text("{count} đơn mỗi lần", "{count} orders each time")
AT_POINT = Text("Đến lấy tại {name}", "Pick up at {name}")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is to be fetched: when the seller has answered at the latest, in local time, and when the goods are there."""

    not_before: datetime
    expected_on: date | None


def openings_of(
    session: Session, waiting: Mapping[int, Waiting], tables: Mapping[int, Timetable]
) -> dict[int, list[DeliveryOption]]:
    """The next windows with room at the points of each seller, by id."""
    points = _points(session, waiting)
    coming = {
        point.id: _coming(windows, tables[point.seller_id], waiting[point.seller_id]) for point, windows in points
    }
    slots = {window_slot(window.id, day): window.capacity for found in coming.values() for day, window in found}
    taken = limiting.taken(session, slots)
    communes = places.communes(session, {point.commune_code for point, _ in points})
    ways: defaultdict[int, list[DeliveryOption]] = defaultdict(list)
    for point, _ in points:
        free = [
            (day, window)
            for day, window in coming[point.id]
            if taken.get(window_slot(window.id, day), (0, 0))[0] < window.capacity
        ]
        address = _address(point, communes)
        ways[point.seller_id].extend(
            _option(point, address, day, window, tables[point.seller_id]) for day, window in free[:MOST_WINDOWS_SHOWN]
        )
    return ways


def points_offered(session: Session, seller_id: int) -> tuple[WayOffered, ...]:
    """The points of a seller with the hours of their windows, whichever day it is."""
    points = _points(session, [seller_id])
    communes = places.communes(session, {point.commune_code for point, _ in points})
    return tuple(
        WayOffered(
            label=_label(point),
            reach=Text(*[_address(point, communes)] * 2),
            days=Text(*(", ".join(window_text(window).say(locale) for window in windows) for locale in LOCALES)),
            fee=0,
        )
        for point, windows in points
    )


def _coming(windows: list[Window], table: Timetable, waiting: Waiting) -> list[tuple[date, Window]]:
    return openings(windows, table.days, waiting.not_before, waiting.expected_on)


def _points(session: Session, seller_ids: Collection[int]) -> list[tuple[PickupPoint, list[Window]]]:
    rows = session.exec(
        select(PickupPoint, PickupWindow)
        .join(PickupWindow, col(PickupWindow.point_id) == col(PickupPoint.id))
        .where(
            col(PickupPoint.seller_id).in_(seller_ids),
            col(PickupPoint.active).is_(True),
            col(PickupWindow.active).is_(True),
        )
        .order_by(col(PickupPoint.id), col(PickupWindow.id))
    ).all()
    points: dict[int, tuple[PickupPoint, list[Window]]] = {}
    for point, window in rows:
        points.setdefault(point.id, (point, []))[1].append(as_window(window))
    return list(points.values())


def as_window(row: PickupWindow) -> Window:
    """A window's row as the rules know it."""
    return Window(row.id, row.weekday, row.opens, row.closes, row.capacity)


def _label(point: PickupPoint) -> Text:
    return Text(*(AT_POINT.say(locale, name=point.name) for locale in LOCALES))


def _option(point: PickupPoint, address: str, day: date, window: Window, table: Timetable) -> DeliveryOption:
    slots = [SlotWanted(window_slot(window.id, day), window.capacity)]
    if table.orders_a_day is not None:
        slots.append(SlotWanted(day_slot(point.seller_id, day), table.orders_a_day))
    return DeliveryOption(
        code=window_code(window.id, day),
        kind=MethodKind.PICKUP.value,
        label=_label(point),
        days=days_text(0, 0),
        fee=0,
        kilogram_fee=0,
        free_above=None,
        first=day,
        last=day,
        when=opening_text(day, window.opens, window.closes),
        place=address,
        hours=hours_text(window.opens, window.closes),
        slots=tuple(slots),
    )


def points_of(session: Session, seller_id: int, locale: Locale) -> tuple[PointCard, ...]:
    """All points of a seller with their windows, in words."""
    points = session.exec(
        select(PickupPoint).where(PickupPoint.seller_id == seller_id).order_by(col(PickupPoint.id))
    ).all()
    windows: defaultdict[int, list[WindowCard]] = defaultdict(list)
    for row in session.exec(
        select(PickupWindow)
        .where(col(PickupWindow.point_id).in_([point.id for point in points]), col(PickupWindow.active).is_(True))
        .order_by(col(PickupWindow.weekday), col(PickupWindow.opens), col(PickupWindow.id))
    ):
        card = WindowCard(row.id, window_text(as_window(row)).say(locale), ORDERS.say(locale, count=row.capacity))
        windows[row.point_id].append(card)
    communes = places.communes(session, {point.commune_code for point in points})
    return tuple(
        PointCard(
            point.id,
            point.name,
            _address(point, communes),
            point.active,
            bool(windows[point.id]),
            tuple(windows[point.id]),
        )
        for point in points
    )


def add_point(session: Session, person: Person, draft: PointDraft, commune: str, now: datetime) -> None:
    """Hand goods over at one more place; raises NotSignedIn, NotFound, NotAllowed, or each entry's problem by field."""
    seller, problems = own_seller(session, person), Problems()
    with problems.noting():
        name = read_name(draft.name, field="name", limit=80)
    with problems.noting():
        street = read_line(draft.street, field="street", limit=200)
    with problems.noting():
        if not commune:
            raise FieldRequired(field="commune")
        places.commune(session, commune)
    problems.refuse()
    known = session.exec(select(PickupPoint.id).where(PickupPoint.seller_id == seller.id)).all()
    if len(known) >= MOST_POINTS:
        raise TooManyPoints(most=MOST_POINTS)
    session.add(PickupPoint(seller_id=seller.id, name=name, street=street, commune_code=commune))
    announce(session, seller.id, now)


def turn_point(session: Session, person: Person, point_id: int, now: datetime) -> None:
    """Hand nothing over there any longer, or again; raises NotSignedIn, NotFound, NotAllowed."""
    point = _own_point(session, person, point_id)
    point.active = not point.active
    session.add(point)
    announce(session, point.seller_id, now)


def add_window(session: Session, person: Person, draft: WindowDraft, now: datetime) -> None:
    """Open a point on a weekday; raises as `add_point`, and TooManyPoints for more windows than anybody reads."""
    point = _own_point(session, person, int(draft.point_id) if draft.point_id.isdecimal() else 0)
    problems = Problems()
    with problems.noting():
        if draft.weekday not in {str(day) for day in range(len(WEEKDAYS))}:
            raise InputInvalid(field="weekday")
    with problems.noting():
        opens, closes = check_window(
            read_time(draft.opens, field="opens"), read_time(draft.closes, field="opens"), field="opens"
        )
    with problems.noting():
        capacity = read_capacity(draft.capacity, field="capacity")
        if capacity is None:
            raise FieldRequired(field="capacity")
    problems.refuse()
    known = session.exec(
        select(PickupWindow.id).where(PickupWindow.point_id == point.id, col(PickupWindow.active).is_(True))
    ).all()
    if len(known) >= MOST_WINDOWS:
        raise TooManyPoints(most=MOST_WINDOWS)
    session.add(
        PickupWindow(point_id=point.id, weekday=int(draft.weekday), opens=opens, closes=closes, capacity=capacity or 1)
    )
    announce(session, point.seller_id, now)


def remove_window(session: Session, person: Person, window_id: int, now: datetime) -> None:
    """Offer a window no longer; orders that chose it keep it. Raises NotSignedIn, NotFound, NotAllowed."""
    seller, row = own_seller(session, person), session.get(PickupWindow, window_id)
    point = session.get(PickupPoint, row.point_id) if row else None
    if row is None or point is None or point.seller_id != seller.id:
        raise NotFound
    row.active = False
    session.add(row)
    announce(session, seller.id, now)


def _own_point(session: Session, person: Person, point_id: int) -> PickupPoint:
    seller, point = own_seller(session, person), session.get(PickupPoint, point_id)
    if point is None or point.seller_id != seller.id:
        raise NotFound
    return point


def _address(point: PickupPoint, communes: Mapping[str, CommuneView]) -> str:
    commune = communes.get(point.commune_code)
    return ", ".join(filter(None, (point.street, commune.name if commune else "")))
