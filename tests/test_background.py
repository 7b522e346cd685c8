"""Work that no request waits for."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from PIL import Image
from sqlmodel import Session, col, select

from marketplace import background, tables
from marketplace.accounts import service as accounts
from marketplace.accounts.views import Person
from marketplace.base import db, media
from marketplace.baskets import service as baskets
from marketplace.catalog import service as catalog
from marketplace.delivery import service as delivery
from marketplace.orders.models import SellerOrder
from marketplace.orders.service import answering
from tests.factories import NOW, make_account, make_owner, make_product, make_seller
from tests.orders.shopping import place
from tests.pictures import picture_path


def test_every_column_that_names_a_picture_is_asked_before_files_go() -> None:
    named = {
        column
        for table in tables.metadata.tables.values()
        for column in table.columns
        if column.name in {"picture", "portrait", "banner", "document"}
        or (column.name == "key" and table.name.endswith(("_picture", "_photo")))
    }
    assert {column.expression for column in background.PICTURES} == named


def _last_used(picture: media.StoredPicture, at: datetime) -> None:
    for width in media.WIDTHS:
        os.utime(picture_path(picture.key, width), (at.timestamp(), at.timestamp()))


@pytest.mark.usefixtures("sqlite_database")
def test_only_files_no_row_names_are_deleted_and_only_after_the_grace_time() -> None:
    kept, taken_away, fresh = (media.store_pixels(Image.new("RGB", (320, 240), (9, 9, blue))) for blue in (1, 2, 3))
    now = datetime.now(UTC)
    later = now + background.PICTURES_STAY * 1.5
    _last_used(kept, now - background.PICTURES_STAY * 2)
    _last_used(taken_away, now - background.PICTURES_STAY * 2)
    _last_used(fresh, later)
    with db.write() as session:
        seller_id = make_seller(session)
        owner, product_id = make_owner(session, seller_id), make_product(session, seller_id=seller_id).product_id
        for picture in (kept, taken_away):
            catalog.add_picture(session, owner, product_id, picture, NOW)
        last = catalog.my_product(session, owner, product_id, "vi").pictures[-1]
        media.hold(catalog.remove_picture(session, owner, product_id, last.id, NOW).picture.key)
    assert asyncio.run(background.tidy_pictures()) == 0
    with time_machine.travel(later, tick=False):
        assert asyncio.run(background.tidy_pictures()) == 1
    assert [picture_path(picture.key, 640).exists() for picture in (kept, taken_away, fresh)] == [
        True,
        False,
        True,
    ]


@pytest.mark.usefixtures("sqlite_database")
def test_an_order_that_cannot_lapse_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with db.write() as session:
        seller_id = make_seller(session)
        delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
        code = make_product(session, seller_id=seller_id).code
        numbers = [place(session, [(code, 1000)], key=key)["orders"][0]["number"] for key in ("a", "b")]
    expire = answering.expire

    def broken(session: Session, number: str, now: datetime) -> bool:
        if number == numbers[0]:
            raise RuntimeError("its record is damaged")
        return expire(session, number, now)

    monkeypatch.setattr(answering, "expire", broken)
    with time_machine.travel(NOW + timedelta(hours=13), tick=False):
        assert asyncio.run(background.sweep()) == 1
    with db.read() as session:
        statuses = session.exec(select(SellerOrder.status).order_by(col(SellerOrder.id))).all()
    assert list(statuses) == ["placed", "expired"]


@pytest.mark.usefixtures("sqlite_database")
def test_tidying_deletes_what_nobody_can_use_any_more() -> None:
    with db.write() as session:
        account_id = make_account(session)
        accounts.open_session(session, account_id, "test", NOW)
        baskets.create(session, Person(visitor_digest="a" * 64), NOW)
    with time_machine.travel(NOW, tick=False):
        assert asyncio.run(background.tidy()) == 0
    with time_machine.travel(NOW + timedelta(days=365), tick=False):
        assert asyncio.run(background.tidy()) == 2
