"""Who carries a method's parcels: the adapter of its tariff, with its rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from marketplace.delivery.models import DeliveryMethod, DeliveryRate
from marketplace.delivery.rules import Band, ByKilogram, Carrier, TableRate, Tariff, Zone

Rates = Mapping[int, Mapping[Zone, Sequence[Band]]]
"""The tables of methods, by their id and zone."""


def rates_of(session: Session, methods: Sequence[DeliveryMethod]) -> Rates:
    """The tables of those methods that reckon by one."""
    asked = [method.id for method in methods if method.tariff == Tariff.TABLE]
    rates: defaultdict[int, defaultdict[Zone, list[Band]]] = defaultdict(lambda: defaultdict(list))
    if asked:
        rows = (
            select(DeliveryRate).where(col(DeliveryRate.method_id).in_(asked)).order_by(col(DeliveryRate.up_to_grams))
        )
        for row in session.exec(rows):
            rates[row.method_id][Zone(row.zone)].append(Band(row.up_to_grams, row.fee))
    return rates


def carrier_of(method: DeliveryMethod, rates: Rates) -> Carrier:
    """The adapter that quotes for a method."""
    match Tariff(method.tariff):
        case Tariff.KILOGRAM:
            return ByKilogram(method.base_fee, method.kilogram_fee)
        case Tariff.TABLE:
            return TableRate(rates.get(method.id, {}))


def least_fees(session: Session, methods: Sequence[DeliveryMethod]) -> dict[int, int]:
    """What the lightest parcel to the nearest place costs by each method."""
    rates = rates_of(session, methods)
    found = {}
    for method in methods:
        bands = [band.fee for zone in rates.get(method.id, {}).values() for band in zone]
        found[method.id] = min(bands, default=0) if method.tariff == Tariff.TABLE else method.base_fee
    return found
