"""Takes a whole import back: new goods leave the market, changed ones become as before, unless touched since."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.base.state_machine import move
from marketplace.catalog import service as catalog
from marketplace.catalog.commands import WholeProduct
from marketplace.catalog.rules import ProductStatus
from marketplace.importing.models import GoodsImportProduct
from marketplace.importing.rules import IMPORT_MOVES, GoodsState, ImportState
from marketplace.importing.service.grouping import forget_codes
from marketplace.importing.service.stages import WHOLE, acting_for, digest, locked, tell


def take_back(session: Session, import_id: int, limit: int, now: datetime) -> int:
    """Take the next products of an import back; returns how many were looked at."""
    job = locked(session, import_id, ImportState.UNDOING)
    if job is None:
        return 0
    products = session.exec(
        select(GoodsImportProduct)
        .where(
            GoodsImportProduct.import_id == import_id,
            GoodsImportProduct.place >= job.done,
            col(GoodsImportProduct.state).in_((GoodsState.MADE, GoodsState.CHANGED)),
        )
        .order_by(col(GoodsImportProduct.place))
        .limit(limit)
    ).all()
    ids = [product.product_id for product in products if product.product_id is not None]
    catalog.lock_whole(session, job.seller_id, ids)
    now_there = catalog.read_whole(session, job.seller_id, ids, now)
    back: list[WholeProduct] = []
    for product in products:
        there = now_there.get(product.product_id or 0)
        if there is None or digest(there) != product.after:
            product.state = GoodsState.LEFT
        else:
            former = WHOLE.validate_python(product.before) if product.before else None
            back.append(_former(there, former))
            product.state = GoodsState.TAKEN_BACK
        session.add(product)
    forget_codes(session, [product.product_id for product in products if _is_new(product) and product.product_id])
    catalog.put_whole(session, acting_for(job), job.seller_id, back, now)
    job.done = products[-1].place + 1 if products else job.goods
    if len(products) < limit:
        job.done = job.goods
        job.state = move(IMPORT_MOVES, ImportState(job.state), ImportState.UNDONE)
    tell(session, job, now)
    return max(1, len(products))


def _is_new(product: GoodsImportProduct) -> bool:
    return product.state == GoodsState.TAKEN_BACK and product.before is None


def _former(there: WholeProduct, before: WholeProduct | None) -> WholeProduct:
    """What takes an import back from a product: as it was, or off the market where it is new."""
    if before is None:
        return replace(there, status=ProductStatus.PAUSED, pictures=None)
    stocks = {variant.code: variant.stock for variant in there.variants}
    known = {variant.code for variant in before.variants}
    former = tuple(replace(variant, stock_shown=stocks.get(variant.code)) for variant in before.variants)
    added = tuple(replace(variant, active=False) for variant in there.variants if variant.code not in known)
    return replace(before, variants=(*former, *added))
