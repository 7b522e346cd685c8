"""What shops listed lately, for those who follow them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session, col

from marketplace.base.text import Locale
from marketplace.catalog.models import Product
from marketplace.catalog.service.cards import cards_of
from marketplace.catalog.views import NewGoods

LATEST = 4


def newest_goods(session: Session, since: Mapping[int, datetime], locale: Locale, now: datetime) -> dict[int, NewGoods]:
    """The latest few goods of each seller, and how many it listed after its moment; sellers without any are left out."""
    if not since:
        return {}
    ranked = (
        select(
            col(Product.id),
            col(Product.seller_id),
            func.row_number()
            .over(
                partition_by=col(Product.seller_id),
                order_by=(col(Product.published_at).desc(), col(Product.id).desc()),
            )
            .label("place"),
        )
        .where(col(Product.seller_id).in_(list(since)), col(Product.listed).is_(True))
        .subquery()
    )
    rows = session.execute(
        select(ranked.c.id, ranked.c.seller_id).where(ranked.c.place <= LATEST).order_by(ranked.c.place)
    ).all()
    after = [
        and_(col(Product.seller_id) == seller_id, col(Product.published_at) > moment)
        for seller_id, moment in since.items()
    ]
    counted = session.execute(
        select(col(Product.seller_id), func.count())
        .where(col(Product.listed).is_(True), or_(*after))
        .group_by(col(Product.seller_id))
    ).all()
    fresh: dict[int, int] = dict(counted)
    cards = cards_of(session, [row.id for row in rows], locale, now)
    return {
        seller_id: NewGoods(
            seller_id,
            tuple(cards[row.id] for row in rows if row.seller_id == seller_id and row.id in cards),
            fresh.get(seller_id, 0),
        )
        for seller_id in {row.seller_id for row in rows}
    }
