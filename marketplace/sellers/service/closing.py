"""Shops that were open and are not any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from marketplace.base.errors import Gone, NotFound
from marketplace.sellers.models import Seller, Store
from marketplace.sellers.rules import SellerStatus
from marketplace.sellers.service.reading import store_by_slug
from marketplace.sellers.views import StoreView

COMES_BACK_WITHIN = timedelta(days=400)
"""A harvest comes once a year: what has not been there for longer is not expected back."""


def open_store(session: Session, slug: str, now: datetime) -> StoreView:
    """An open shop by its address; raises NotFound, Gone."""
    try:
        return store_by_slug(session, slug)
    except NotFound:
        if closed_for_good(session, now, slug=slug):
            raise Gone from None
        raise


def closed_for_good(session: Session, now: datetime, *, slug: str = "", seller_id: int = 0) -> bool:
    """Whether a shop was suspended longer ago than anybody waits for it; one that was never open is not."""
    row = session.exec(
        select(Seller.status, Seller.decided_at)
        .join(Store, col(Store.seller_id) == col(Seller.id))
        .where(col(Store.slug) == slug if slug else col(Seller.id) == seller_id)
    ).first()
    if row is None:
        return False
    status, decided_at = row
    return (
        SellerStatus(status) is SellerStatus.SUSPENDED
        and decided_at is not None
        and decided_at < now - COMES_BACK_WITHIN
    )
