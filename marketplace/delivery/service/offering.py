"""The ways in which goods can get to a buyer: what the product's page, the basket and the checkout offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from marketplace.base import clock
from marketplace.delivery.models import DeliveryCommune, DeliveryMethod
from marketplace.delivery.rules import (
    METHOD_LABELS,
    REACH_LABELS,
    Carrier,
    MethodKind,
    Order,
    Place,
    Shipment,
    SlotWanted,
    Tariff,
    Zone,
    answer_hours,
    arrival,
    arrival_text,
    closed_text,
    day_slot,
    days_text,
    in_time,
    reaches,
)
from marketplace.delivery.service.calendar import Timetable, timetables
from marketplace.delivery.service.carriers import carrier_of, least_fees, rates_of
from marketplace.delivery.service.points import Waiting, openings_of, points_offered
from marketplace.delivery.service.runs import Passenger, runs_in, stops_for
from marketplace.delivery.views import Asks, DeliveryOption, SellersOffer, WayOffered
from marketplace.sellers.views import StoreView


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one seller sends: where from, goods total in đồng, weight in grams, how soon it must arrive, and when its last
    goods are expected. `hours` the seller states to answer in (none where it accepts by itself), `weekdays` on which it
    delivers.
    """

    origin: Place
    goods_total: int
    grams: int
    reach_hours: int | None = None
    hours: int = 0
    automatic: bool = False
    weekdays: int = 0
    expected_on: date | None = None


def offers(
    session: Session, parcels: Mapping[int, Parcel], destination: Place, now: datetime
) -> dict[int, SellersOffer]:
    """How each seller (by id) can deliver its parcel, cheapest first; without ways where none reaches."""
    tables = timetables(session, {seller_id: parcel.weekdays for seller_id, parcel in parcels.items()}, now)
    methods = _methods(session, parcels)
    rates = rates_of(session, [method for found in methods.values() for method in found])
    named = _named(session, [method for found in methods.values() for method in found])
    local = now.astimezone(clock.VIETNAM)
    hours = {
        seller_id: answer_hours(tables[seller_id].days, local, parcel.hours) for seller_id, parcel in parcels.items()
    }
    answered = {
        seller_id: local if parcel.automatic else local + timedelta(hours=hours[seller_id])
        for seller_id, parcel in parcels.items()
    }
    waiting = {seller_id: Waiting(answered[seller_id], parcel.expected_on) for seller_id, parcel in parcels.items()}
    fetched = openings_of(session, waiting, tables)
    passengers = {
        seller_id: Passenger(parcel.grams, parcel.reach_hours, answered[seller_id], parcel.expected_on)
        for seller_id, parcel in parcels.items()
    }
    driven = stops_for(session, passengers, destination.commune, tables, now)
    found = {}
    for seller_id, parcel in parcels.items():
        table = tables[seller_id]
        order = _order(parcel, local, answered[seller_id])
        ways = [
            way
            for method in methods.get(seller_id, ())
            if reaches(Zone(method.zone), parcel.origin, destination, named.get(method.id, frozenset()))
            and in_time(MethodKind(method.kind), method.days_to, parcel.reach_hours)
            and (way := _option(method, carrier_of(method, rates), parcel, destination, table, order)) is not None
        ]
        # Fetching the goods oneself is never chosen for a buyer who did not ask for it.
        ways.sort(key=lambda way: (way.kind == MethodKind.PICKUP, way.fee))
        found[seller_id] = SellersOffer(
            (*ways, *driven.get(seller_id, ()), *fetched.get(seller_id, ())),
            hours[seller_id],
            table.minimum_order,
            max(0, table.minimum_order - parcel.goods_total),
            closed_text(table.days.closed, local.date()),
        )
    return found


def _methods(session: Session, seller_ids: Mapping[int, Parcel]) -> dict[int, list[DeliveryMethod]]:
    methods: defaultdict[int, list[DeliveryMethod]] = defaultdict(list)
    for method in session.exec(
        select(DeliveryMethod)
        .where(col(DeliveryMethod.seller_id).in_(seller_ids), col(DeliveryMethod.active).is_(True))
        .order_by(col(DeliveryMethod.id))
    ):
        methods[method.seller_id].append(method)
    return methods


def _named(session: Session, methods: Sequence[DeliveryMethod]) -> dict[int, frozenset[str]]:
    """The communes of those methods that name some."""
    asked = [method.id for method in methods if method.zone == Zone.NAMED]
    if not asked:
        return {}
    communes: defaultdict[int, set[str]] = defaultdict(set)
    for row in session.exec(select(DeliveryCommune).where(col(DeliveryCommune.method_id).in_(asked))):
        communes[row.method_id].add(row.commune_code)
    return {method_id: frozenset(codes) for method_id, codes in communes.items()}


def _order(parcel: Parcel, local: datetime, answered: datetime) -> Order:
    return Order(local.date(), local.hour * 60 + local.minute, answered.date(), parcel.expected_on)


def _option(
    method: DeliveryMethod, carrier: Carrier, parcel: Parcel, destination: Place, table: Timetable, order: Order
) -> DeliveryOption | None:
    kind = MethodKind(method.kind)
    own = kind is MethodKind.OWN
    days = arrival(table.days, order, method.days_from, method.days_to, cutoff=method.cutoff, own=own)
    cost = carrier.quote(Shipment(parcel.origin, destination, parcel.grams))
    if days is None or cost is None:
        return None
    free = method.free_above is not None and parcel.goods_total >= method.free_above
    limited = table.orders_a_day is not None
    return DeliveryOption(
        code=method.code,
        kind=kind.value,
        label=METHOD_LABELS[kind],
        days=days_text(method.days_from, method.days_to),
        fee=0 if free else cost,
        kilogram_fee=0 if method.tariff == Tariff.TABLE else method.kilogram_fee,
        free_above=method.free_above,
        first=days.first,
        last=days.last,
        when=arrival_text(days.first, days.last),
        slots=(SlotWanted(day_slot(method.seller_id, days.leaves), table.orders_a_day),) if limited else (),
    )


def asks_of(session: Session, store: StoreView, now: datetime) -> Asks:
    """What a seller asks of every order, wherever it goes."""
    table = timetables(session, {store.seller_id: store.delivery_days}, now)[store.seller_id]
    local = now.astimezone(clock.VIETNAM)
    return Asks(
        answer_hours(table.days, local, store.acceptance_hours),
        table.minimum_order,
        closed_text(table.days.closed, local.date()),
    )


def offered(session: Session, seller_id: int, reach_hours: int | None = None) -> tuple[WayOffered, ...]:
    """How a seller delivers, wherever the buyer is: cheapest first, the fee for the first kilogram.

    Only what is fast enough for goods that must arrive within some hours.
    """
    methods = session.exec(
        select(DeliveryMethod)
        .where(DeliveryMethod.seller_id == seller_id, col(DeliveryMethod.active).is_(True))
        .order_by(col(DeliveryMethod.id))
    ).all()
    least = least_fees(session, methods)
    ways = [
        WayOffered(
            label=METHOD_LABELS[MethodKind(method.kind)],
            reach=REACH_LABELS[Zone(method.zone)],
            days=days_text(method.days_from, method.days_to),
            fee=least[method.id],
        )
        for method in sorted(methods, key=lambda one: least[one.id])
        if in_time(MethodKind(method.kind), method.days_to, reach_hours)
    ]
    return (*ways, *points_offered(session, seller_id))


def reaching(session: Session, origins: Mapping[int, Place], destination: Place, now: datetime) -> set[int]:
    """Which of the sellers, by id with where they send from, bring goods to a place; fetching them oneself is not that."""
    brings = col(DeliveryMethod.active).is_(True), DeliveryMethod.kind != MethodKind.PICKUP
    rows = session.exec(
        select(DeliveryMethod.seller_id, DeliveryMethod.zone)
        .where(*brings, DeliveryMethod.zone != Zone.NAMED)
        .distinct()
    ).all()
    named = session.exec(
        select(DeliveryMethod.seller_id)
        .join(DeliveryCommune, col(DeliveryCommune.method_id) == col(DeliveryMethod.id))
        .where(*brings, DeliveryMethod.zone == Zone.NAMED, DeliveryCommune.commune_code == destination.commune)
    ).all()
    found = {
        seller_id
        for seller_id, zone in rows
        if (origin := origins.get(seller_id)) is not None and reaches(Zone(zone), origin, destination)
    }
    return found | ((set(named) | runs_in(session, destination.commune, now)) & origins.keys())
