"""Shoppers follow shops; how many do is counted, and what is new since their last visit is known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace.accounts.views import GUEST
from marketplace.base import db
from marketplace.base.errors import NotFound, NotSignedIn
from marketplace.sellers import service as sellers
from marketplace.sellers.models import Follow, Store
from marketplace.sellers.rules import SellerStatus
from marketplace.sellers.service import following
from marketplace.sellers.service.following import TooManyFollowed
from marketplace.storefront import service as storefront
from tests.factories import NOW, make_account, make_person, make_product, make_seller

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _slug(session: Session, seller_id: int) -> str:
    return sellers.stores_by_seller(session, [seller_id])[seller_id].slug


def _followers(session: Session, seller_id: int) -> int:
    session.expire_all()
    return session.exec(select(Store.followers).where(Store.seller_id == seller_id)).one()


def test_following_twice_is_once_and_leaving_twice_too(session: Session) -> None:
    seller_id, person = make_seller(session), make_person(session, make_account(session))
    slug = _slug(session, seller_id)
    for _ in range(2):
        sellers.follow(session, person, slug, NOW)
        assert sellers.follows(session, person, slug)
        assert _followers(session, seller_id) == 1
    for _ in range(2):
        sellers.unfollow(session, person, slug, NOW)
        assert not sellers.follows(session, person, slug)
        assert _followers(session, seller_id) == 0


def test_a_guest_cannot_follow_and_nobody_a_shop_that_is_not_open(session: Session) -> None:
    slug = _slug(session, make_seller(session))
    closed = _slug(session, make_seller(session, "Vườn Đóng", status=SellerStatus.SUSPENDED))
    with pytest.raises(NotSignedIn):
        sellers.follow(session, GUEST, slug, NOW)
    assert not sellers.follows(session, GUEST, slug)
    with pytest.raises(NotFound):
        sellers.follow(session, make_person(session, make_account(session)), closed, NOW)


def test_nobody_follows_more_shops_than_they_can_look_at(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST_FOLLOWED", 1)
    person = make_person(session, make_account(session))
    sellers.follow(session, person, _slug(session, make_seller(session)), NOW)
    with pytest.raises(TooManyFollowed):
        sellers.follow(session, person, _slug(session, make_seller(session, "Vườn Hai")), NOW)


def test_taps_at_the_same_moment_count_once(database: str) -> None:
    with db.write() as session:
        seller_id = make_seller(session)
        slug = _slug(session, seller_id)
        people = [make_person(session, make_account(session)) for _ in range(4)]
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda person: db.write_now(sellers.follow, person, slug, NOW), people * 3))
    with db.read() as session:
        assert _followers(session, seller_id) == len(people) == len(session.exec(select(Follow)).all())


def test_what_came_since_the_last_visit_is_new_until_this_one_is_over(session: Session) -> None:
    seller_id, person = make_seller(session), make_person(session, make_account(session))
    make_product(session, "Xoài cũ", seller_id=seller_id, at=NOW - DAY)
    sellers.follow(session, person, _slug(session, seller_id), NOW)
    make_product(session, "Xoài mới", seller_id=seller_id, at=NOW + HOUR)

    def news() -> str:
        session.expire_all()
        return storefront.following(session, person, "en", NOW).shops[0].news_text

    assert news() == "1 new since your last visit"
    sellers.begin_visit(session, person, NOW + 2 * HOUR)
    assert news() == "1 new since your last visit"
    sellers.begin_visit(session, person, NOW + 2 * HOUR + timedelta(minutes=5))
    assert news() == "1 new since your last visit"
    sellers.begin_visit(session, person, NOW + DAY)
    assert news() == ""
    cards = storefront.following(session, person, "vi", NOW).shops[0].cards
    assert [card.name for card in cards] == ["Xoài mới", "Xoài cũ"]


def test_shops_with_news_come_first(session: Session) -> None:
    person = make_person(session, make_account(session))
    for name, number in (("Vườn Vắng", 0), ("Vườn Rộn", 2), ("Vườn Ít", 1)):
        seller_id = make_seller(session, name)
        sellers.follow(session, person, _slug(session, seller_id), NOW)
        for serial in range(number):
            make_product(session, f"Món {serial}", seller_id=seller_id, at=NOW + HOUR)
    names = [shop.name for shop in storefront.following(session, person, "vi", NOW).shops]
    assert names == ["Vườn Rộn", "Vườn Ít", "Vườn Vắng"]
