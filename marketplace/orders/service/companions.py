"""What is often bought together."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import distinct, func
from sqlmodel import Session, col, select

from marketplace.orders.models import OrderLine, SellerOrder

LATEST_PURCHASES = 400
LEAST_TOGETHER = 2


def bought_with(session: Session, sku_ids: Collection[int], limit: int) -> tuple[str, ...]:
    """Slugs of products that buyers of one, by its stock keeping units, put into the same purchase, most often first.

    Only orders the sellers accepted count, the latest few hundred, and what was together at least twice.
    """
    with_it = (
        select(SellerOrder.purchase_id)
        .join(OrderLine, col(OrderLine.order_id) == col(SellerOrder.id))
        .where(col(OrderLine.sku_id).in_(sku_ids), col(SellerOrder.confirmed_at).is_not(None))
        .order_by(col(OrderLine.id).desc())
        .limit(LATEST_PURCHASES)
        .subquery()
    )
    times = func.count(distinct(col(SellerOrder.purchase_id)))
    rows = session.exec(
        select(OrderLine.product_slug)
        .join(SellerOrder, col(SellerOrder.id) == col(OrderLine.order_id))
        .where(
            col(SellerOrder.purchase_id).in_(select(with_it.c.purchase_id)),
            col(OrderLine.sku_id).not_in(sku_ids),
            col(SellerOrder.confirmed_at).is_not(None),
        )
        .group_by(col(OrderLine.product_slug))
        .having(times >= LEAST_TOGETHER)
        .order_by(times.desc(), col(OrderLine.product_slug))
        .limit(limit)
    ).all()
    return tuple(rows)
