"""Use cases of delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from marketplace.delivery.models import DeliveryMethod
from marketplace.delivery.rules import (
    METHOD_LABELS,
    REACH_LABELS,
    MethodKind,
    Place,
    Zone,
    days_text,
    fee,
    in_time,
    reaches,
)
from marketplace.delivery.views import DeliveryOption, WayOffered


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one seller sends: where from, goods total in đồng, weight in grams, and how soon it must arrive."""

    origin: Place
    goods_total: int
    grams: int
    reach_hours: int | None = None


def options(
    session: Session, parcels: Mapping[int, Parcel], destination: Place
) -> dict[int, tuple[DeliveryOption, ...]]:
    """The ways each seller (by id) can deliver its parcel, cheapest first; empty where none reaches."""
    methods = session.exec(
        select(DeliveryMethod)
        .where(col(DeliveryMethod.seller_id).in_(parcels), col(DeliveryMethod.active).is_(True))
        .order_by(col(DeliveryMethod.id))
    ).all()
    found: dict[int, list[DeliveryOption]] = {seller_id: [] for seller_id in parcels}
    for method in methods:
        parcel = parcels[method.seller_id]
        fast_enough = in_time(MethodKind(method.kind), method.days_to, parcel.reach_hours)
        if fast_enough and reaches(Zone(method.zone), parcel.origin, destination):
            found[method.seller_id].append(_option(method, parcel))
    # Fetching the goods oneself is never chosen for a buyer who did not ask for it.
    return {
        seller_id: tuple(sorted(ways, key=lambda way: (way.kind == MethodKind.PICKUP, way.fee)))
        for seller_id, ways in found.items()
    }


def _option(method: DeliveryMethod, parcel: Parcel) -> DeliveryOption:
    return DeliveryOption(
        code=method.code,
        kind=MethodKind(method.kind).value,
        label=METHOD_LABELS[MethodKind(method.kind)],
        days=days_text(method.days_from, method.days_to),
        fee=fee(
            base_fee=method.base_fee,
            kilogram_fee=method.kilogram_fee,
            free_above=method.free_above,
            goods_total=parcel.goods_total,
            grams=parcel.grams,
        ),
        kilogram_fee=method.kilogram_fee,
        free_above=method.free_above,
        days_from=method.days_from,
        days_to=method.days_to,
    )


def offered(session: Session, seller_id: int, reach_hours: int | None = None) -> tuple[WayOffered, ...]:
    """How a seller delivers, wherever the buyer is: cheapest first, the fee for the first kilogram.

    Only what is fast enough for goods that must arrive within some hours.
    """
    methods = session.exec(
        select(DeliveryMethod)
        .where(DeliveryMethod.seller_id == seller_id, col(DeliveryMethod.active).is_(True))
        .order_by(col(DeliveryMethod.base_fee), col(DeliveryMethod.id))
    ).all()
    return tuple(
        WayOffered(
            label=METHOD_LABELS[MethodKind(method.kind)],
            reach=REACH_LABELS[Zone(method.zone)],
            days=days_text(method.days_from, method.days_to),
            fee=method.base_fee,
        )
        for method in methods
        if in_time(MethodKind(method.kind), method.days_to, reach_hours)
    )


def reaching(session: Session, origins: Mapping[int, Place], destination: Place) -> set[int]:
    """Which of the sellers, by id with where they send from, bring goods to a place; fetching them oneself is not that."""
    rows = session.exec(
        select(DeliveryMethod.seller_id, DeliveryMethod.zone)
        .where(col(DeliveryMethod.active).is_(True), DeliveryMethod.kind != MethodKind.PICKUP)
        .distinct()
    ).all()
    return {
        seller_id
        for seller_id, zone in rows
        if (origin := origins.get(seller_id)) is not None and reaches(Zone(zone), origin, destination)
    }


def give_default_methods(session: Session, payload: dict[str, Any], now: datetime) -> None:
    """A new seller can sell at once: pick-up, own delivery in the province, a carrier for the country. Idempotent."""
    seller_id = int(payload["seller_id"])
    known = set(session.exec(select(DeliveryMethod.code).where(DeliveryMethod.seller_id == seller_id)).all())
    defaults = (
        DeliveryMethod(
            seller_id=seller_id,
            code="own",
            kind=MethodKind.OWN,
            zone=Zone.PROVINCE,
            base_fee=20_000,
            kilogram_fee=2_000,
            free_above=500_000,
            days_from=1,
            days_to=2,
        ),
        DeliveryMethod(
            seller_id=seller_id,
            code="carrier",
            kind=MethodKind.CARRIER,
            zone=Zone.COUNTRY,
            base_fee=32_000,
            kilogram_fee=6_000,
            days_from=2,
            days_to=4,
        ),
        DeliveryMethod(
            seller_id=seller_id,
            code="pickup",
            kind=MethodKind.PICKUP,
            zone=Zone.PROVINCE,
            days_from=0,
            days_to=1,
        ),
    )
    session.add_all(method for method in defaults if method.code not in known)
