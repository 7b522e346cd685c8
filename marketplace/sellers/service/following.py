"""Shoppers who follow shops. How many there are is counted as they come and go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.errors import DomainError
from marketplace.base.text import Text
from marketplace.sellers.models import Follow, Seller, Store
from marketplace.sellers.rules import SellerStatus
from marketplace.sellers.service.reading import store_by_slug
from marketplace.sellers.views import FollowedShop

CHANGED = "follow.changed"
"""`{"store_id": n}`: how many follow a shop; its own subject, since lists of goods say nothing of it."""
MOST_FOLLOWED = 200
VISIT_LASTS = timedelta(minutes=30)
"""Whoever comes back within this is still on the same visit, and what was new to it stays marked."""


class TooManyFollowed(DomainError):
    """More shops than anybody can keep an eye on."""

    code = "too_many_followed"
    status = 409
    message = Text(
        "Bạn theo dõi nhiều nhất {limit} gian hàng. Hãy bỏ bớt vài gian hàng trước.",
        "You can follow at most {limit} shops. Stop following a few first.",
    )


def follow(session: Session, person: Person, slug: str, now: datetime) -> None:
    """Follow an open shop; twice is once. Raises NotSignedIn, NotFound, TooManyFollowed."""
    account_id = person.require_account()
    store = store_by_slug(session, slug)
    theirs = select(Follow.store_id).where(Follow.account_id == account_id)
    followed = session.exec(theirs).all()
    if store.id in followed:
        return
    if len(followed) >= MOST_FOLLOWED:
        raise TooManyFollowed(limit=MOST_FOLLOWED)
    try:
        with session.begin_nested():
            session.add(
                Follow(account_id=account_id, store_id=store.id, followed_at=now, visit_began=now, seen_until=now)
            )
    except IntegrityError:
        # The same tap arrived twice at the same moment: the other one counted.
        return
    _count(session, store.id, 1, now)


def unfollow(session: Session, person: Person, slug: str, now: datetime) -> None:
    """Stop following a shop, open or not; raises NotSignedIn."""
    account_id = person.require_account()
    store_id = session.exec(select(Store.id).where(Store.slug == slug)).first()
    gone = session.execute(delete(Follow).where(col(Follow.account_id) == account_id, col(Follow.store_id) == store_id))
    if store_id is not None and cast("CursorResult[Any]", gone).rowcount:
        _count(session, store_id, -1, now)


def unfollow_all(session: Session, person: Person, now: datetime) -> None:
    """Stop following every shop; raises NotSignedIn."""
    theirs = col(Follow.account_id) == person.require_account()
    followed = session.exec(select(Follow.store_id).where(theirs)).all()
    session.execute(delete(Follow).where(theirs))
    for store_id in followed:
        _count(session, store_id, -1, now)


def follows(session: Session, person: Person, slug: str) -> bool:
    """Whether the person follows a shop; nobody unknown does."""
    if person.account_id is None:
        return False
    found = (
        select(Follow.id)
        .join(Store, col(Store.id) == col(Follow.store_id))
        .where(Follow.account_id == person.account_id, Store.slug == slug)
    )
    return session.exec(found).first() is not None


def followed_shops(session: Session, person: Person) -> list[FollowedShop]:
    """The open shops a person follows, the latest followed first; raises NotSignedIn."""
    account_id = person.require_account()
    rows = session.exec(
        select(Follow, Store)
        .join(Store, col(Store.id) == col(Follow.store_id))
        .join(Seller, col(Seller.id) == col(Store.seller_id))
        .where(Follow.account_id == account_id, Seller.status == SellerStatus.APPROVED)
        .order_by(col(Follow.followed_at).desc(), col(Follow.id).desc())
        .limit(MOST_FOLLOWED)
    ).all()
    return [FollowedShop(store.id, store.seller_id, store.slug, one.seen_until) for one, store in rows]


def begin_visit(session: Session, person: Person, now: datetime) -> None:
    """The person comes to see what is new: from now on new is what came since the last visit. Raises NotSignedIn."""
    session.execute(
        update(Follow)
        .where(col(Follow.account_id) == person.require_account(), col(Follow.visit_began) < now - VISIT_LASTS)
        .values(seen_until=col(Follow.visit_began), visit_began=now)
        .execution_options(synchronize_session=False)
    )


def recount_followers(session: Session) -> int:
    """Count every shop's followers anew; returns how many shops were wrong."""
    counted = select(func.count(col(Follow.id))).where(col(Follow.store_id) == col(Store.id)).scalar_subquery()
    changed = session.execute(
        update(Store)
        .where(col(Store.followers) != counted)
        .values(followers=counted)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", changed).rowcount


def _count(session: Session, store_id: int, by: int, now: datetime) -> None:
    session.execute(
        update(Store)
        .where(col(Store.id) == store_id)
        .values(followers=col(Store.followers) + by)
        .execution_options(synchronize_session=False)
    )
    outbox.announce(session, CHANGED, {"store_id": store_id}, now)
