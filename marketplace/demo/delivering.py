"""How demo shops deliver beside the three ways every shop begins with: named communes, points, rests, what they ask of orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from marketplace.delivery.models import (
    ClosedDays,
    DeliveryCommune,
    DeliveryMethod,
    DeliveryTerms,
    PickupPoint,
    PickupWindow,
)
from marketplace.delivery.rules import MethodKind, Tariff, Zone
from marketplace.demo.rows import Writer
from marketplace.demo.sellers import DemoSeller
from marketplace.places.views import CommuneView

REASONS = ("nhà có giỗ", "vườn xịt cỏ, nghỉ hái", "đi họp hợp tác xã", "sửa xe giao hàng")
POINTS = ("Sạp nhà ở chợ {place}", "Nhà văn hoá {place}", "Bưu điện {place}")
WINDOWS = ((0, 360, 540), (2, 360, 540), (5, 360, 600), (6, 990, 1110))
"""Weekday from Monday, and hours in minutes from midnight."""


def write_delivery(
    random: Random,
    writer: Writer,
    seller_id: int,
    serial: int,
    seller: DemoSeller,
    near: Sequence[CommuneView],
    today: date,
) -> None:
    """What the shop of a number has of it; `near` are communes it may drive to."""
    if serial % 3 == 0:
        _write_point(random, writer, seller_id, seller)
    if serial % 4 == 1:
        writer.add(DeliveryTerms, seller_id=seller_id, minimum_order=0, orders_a_day=random.choice((20, 30, 40)))
    if serial % 4 == 2:
        _write_round(random, writer, seller_id, near)
        first = today + timedelta(days=random.randint(9, 20))
        last = first + timedelta(days=random.randint(0, 2))
        writer.add(ClosedDays, seller_id=seller_id, first=first, last=last, reason=random.choice(REASONS))
    if serial % 8 == 7:
        writer.add(DeliveryTerms, seller_id=seller_id, minimum_order=random.choice((50_000, 80_000)), orders_a_day=None)


def _write_round(random: Random, writer: Writer, seller_id: int, near: Sequence[CommuneView]) -> None:
    """A cheap round to a few communes, on the same day for who orders early."""
    method_id = writer.add(
        DeliveryMethod,
        seller_id=seller_id,
        code="own-vong1",
        kind=MethodKind.OWN,
        zone=Zone.NAMED,
        base_fee=random.choice((8_000, 10_000, 12_000)),
        kilogram_fee=1_000,
        free_above=random.choice((150_000, 200_000)),
        days_from=0,
        days_to=1,
        active=True,
        cutoff=random.choice((540, 600, 660)),
        tariff=Tariff.KILOGRAM,
    )
    for commune in random.sample(list(near), min(4, len(near))):
        writer.add(DeliveryCommune, method_id=method_id, commune_code=commune.code)


def _write_point(random: Random, writer: Writer, seller_id: int, seller: DemoSeller) -> None:
    point_id = writer.add(
        PickupPoint,
        seller_id=seller_id,
        name=random.choice(POINTS).format(place=seller.commune.name.split(" ", 1)[1]),
        commune_code=seller.commune.code,
        street=seller.street,
        active=True,
    )
    for weekday, opens, closes in random.sample(WINDOWS, 2):
        writer.add(
            PickupWindow,
            point_id=point_id,
            weekday=weekday,
            opens=opens,
            closes=closes,
            capacity=random.choice((6, 8, 12)),
            active=True,
        )
