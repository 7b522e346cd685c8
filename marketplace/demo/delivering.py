"""How demo shops deliver beside the three ways every shop begins with: named communes, points, rests, what they ask of orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from marketplace.base.clock import VIETNAM, local_date
from marketplace.delivery.models import (
    ClosedDays,
    DeliveryCommune,
    DeliveryMethod,
    DeliveryTerms,
    PickupPoint,
    PickupRun,
    PickupWindow,
    RunMember,
    RunStop,
)
from marketplace.delivery.rules import MethodKind, Tariff, Zone
from marketplace.demo.rows import Writer
from marketplace.demo.sellers import DemoSeller
from marketplace.places.views import CommuneView

REASONS = ("nhà có giỗ", "vườn xịt cỏ, nghỉ hái", "đi họp hợp tác xã", "sửa xe giao hàng")
POINTS = ("Sạp nhà ở chợ {place}", "Nhà văn hoá {place}", "Bưu điện {place}")
STOPS = ("Nhà văn hoá {place}", "Bưu điện {place}")
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


def write_run(
    random: Random, writer: Writer, account_id: int, sellers: Sequence[int], near: Sequence[CommuneView], now: datetime
) -> None:
    """A pickup run of the province's staff, on the Saturday after next, for some shops and a few communes."""
    today = local_date(now)
    day = today + timedelta(days=(5 - today.weekday()) % 7 + 7)
    run_id = writer.add(
        PickupRun,
        name="Chuyến gom thứ Bảy",
        account_id=account_id,
        seller_id=None,
        day=day,
        opens_at=now,
        closes_at=datetime.combine(day - timedelta(days=2), time(18), VIETNAM).astimezone(UTC),
        fee=12_000,
        orders_room=60,
        grams_room=400_000,
        active=True,
    )
    for seller_id in sellers:
        writer.add(RunMember, run_id=run_id, seller_id=seller_id)
    for number, commune in enumerate(random.sample(list(near), min(4, len(near)))):
        writer.add(
            RunStop,
            run_id=run_id,
            name=random.choice(STOPS).format(place=commune.name.split(" ", 1)[1]),
            street=f"{random.randint(2, 180)} đường trung tâm",
            commune_code=commune.code,
            opens=420 + 60 * number,
            closes=465 + 60 * number,
        )


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
