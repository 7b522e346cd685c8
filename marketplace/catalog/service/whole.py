"""Goods as a whole, with all their variants: read for files and for undoing, checked, and put in place many at a time.

What is put goes through the same checks and the same writing as what is typed; readers hear of a batch at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import db, outbox
from marketplace.base.errors import DomainError, NotFound
from marketplace.base.history import record_beginnings, record_move
from marketplace.base.inputs import Problems
from marketplace.base.media import StoredPicture
from marketplace.base.quantity import quantity_text
from marketplace.base.state_machine import move
from marketplace.catalog import stock
from marketplace.catalog.commands import ProductFacts, WholeProduct, WholeVariant
from marketplace.catalog.models import Product, ProductPicture, Sku, StockLevel
from marketplace.catalog.news import CHANGED
from marketplace.catalog.reading import content_said, listed_price, piece_of, prices_of
from marketplace.catalog.rules import (
    MOST_PICTURES,
    MOST_VARIANTS,
    PRODUCT_MOVES,
    LastVariant,
    ProductStatus,
    StockBelowPromised,
    StockMoved,
    TooManyPictures,
    TooManyVariants,
    Unit,
    is_listed,
)
from marketplace.catalog.service import categories
from marketplace.catalog.service.describing import checked, describe, product_row
from marketplace.catalog.service.variants import NewVariant, check_label, check_offer, put_offer, settle, write_variants
from marketplace.sellers import service as sellers
from marketplace.sellers.views import StoreView


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a product, or with one of its variants by its place."""

    variant: int | None
    error: DomainError


def own_ids(session: Session, seller_id: int, *, after: int = 0, limit: int | None = None) -> list[int]:
    """The ids of a seller's goods in the order they were made."""
    mine = select(col(Product.id)).where(col(Product.seller_id) == seller_id, col(Product.id) > after)
    return list(session.scalars(mine.order_by(col(Product.id)).limit(limit)).all())


def own_codes(session: Session, seller_id: int) -> dict[str, tuple[int, int]]:
    """Every stock keeping unit of a seller by its code: its id and its product's."""
    rows = session.execute(
        select(col(Sku.code), col(Sku.id), col(Sku.product_id))
        .join(Product, col(Product.id) == col(Sku.product_id))
        .where(col(Product.seller_id) == seller_id)
    )
    return {code: (sku_id, product_id) for code, sku_id, product_id in rows}


def codes_of_products(session: Session, product_ids: Collection[int]) -> dict[str, tuple[int, int]]:
    """The stock keeping units of some products by their code: id and product."""
    rows = session.execute(
        select(col(Sku.code), col(Sku.id), col(Sku.product_id)).where(col(Sku.product_id).in_(product_ids))
    )
    return {code: (sku_id, product_id) for code, sku_id, product_id in rows}


def own_slugs(session: Session, seller_id: int) -> dict[str, int]:
    """A seller's goods by the last part of their address."""
    rows = session.execute(select(col(Product.slug), col(Product.id)).where(col(Product.seller_id) == seller_id))
    return {row.slug: row.id for row in rows}


def own_pictures(session: Session, seller_id: int, keys: Collection[str]) -> dict[str, StoredPicture]:
    """Those of some pictures that are of a seller's goods, by their key."""
    if not keys:
        return {}
    rows = session.scalars(
        select(ProductPicture)
        .join(Product, col(Product.id) == col(ProductPicture.product_id))
        .where(col(Product.seller_id) == seller_id, col(ProductPicture.key).in_(keys))
    )
    return {row.key: StoredPicture(row.key, row.width, row.height, row.placeholder) for row in rows}


def read_whole(session: Session, seller_id: int, ids: Collection[int], now: datetime) -> dict[int, WholeProduct]:
    """Goods of a seller by their ids; those that are not theirs are left out."""
    products = session.scalars(
        select(Product).where(col(Product.id).in_(ids), col(Product.seller_id) == seller_id).order_by(col(Product.id))
    ).all()
    known = [product.id for product in products]
    variants: dict[int, list[WholeVariant]] = defaultdict(list)
    for sku, level, expired in session.execute(
        select(Sku, StockLevel, stock.expired(now))
        .join(StockLevel, col(StockLevel.sku_id) == col(Sku.id))
        .where(col(Sku.product_id).in_(known))
        .order_by(col(Sku.position), col(Sku.id))
    ):
        variants[sku.product_id].append(_variant(sku, level, int(expired)))
    pictures: dict[int, list[StoredPicture]] = defaultdict(list)
    for row in session.scalars(
        select(ProductPicture).where(col(ProductPicture.product_id).in_(known)).order_by(col(ProductPicture.position))
    ):
        pictures[row.product_id].append(StoredPicture(row.key, row.width, row.height, row.placeholder))
    slugs = categories.category_slugs(session)
    return {
        product.id: WholeProduct(
            id=product.id,
            slug=product.slug,
            sold=product.sold,
            status=ProductStatus(product.status),
            name=product.name,
            category=slugs[product.category_id],
            description=product.description,
            facts=ProductFacts(
                attributes=dict(product.attributes),
                season=product.season,
                shelf_life_days=product.shelf_life_days,
                storage=product.storage,
                reach_hours=product.reach_hours,
                expected_on=product.expected_on,
                origin_code=product.origin_code,
            ),
            variants=tuple(variants[product.id]),
            pictures=tuple(pictures[product.id]),
        )
        for product in products
    }


def _variant(sku: Sku, level: StockLevel, expired: int) -> WholeVariant:
    prices = prices_of(sku)
    return WholeVariant(
        code=sku.code,
        active=sku.active,
        label=sku.label,
        unit=Unit(sku.unit),
        price=sku.price,
        stock=level.on_hand,
        stock_shown=level.on_hand,
        promised=level.allocated + level.held - expired,
        step=sku.step,
        minimum=sku.minimum,
        unit_grams=sku.unit_grams,
        content=content_said(sku),
        piece=piece_of(sku),
        sale=prices.sale,
        tiers=prices.tiers,
    )


def check_whole(
    session: Session, goods: WholeProduct, before: WholeProduct | None, now: datetime
) -> tuple[WholeProduct, list[Fault]]:
    """The goods as they would be kept, and everything that stands in the way, in the words of the forms."""
    faults: list[Fault] = []
    description = Problems()
    with description.noting():
        goods, _ = checked(session, goods, now, before.facts.expected_on if before else None)
    with description.noting():
        if goods.pictures is not None and len(goods.pictures) > MOST_PICTURES:
            raise TooManyPictures(field="pictures", limit=MOST_PICTURES)
        if len(goods.variants) > MOST_VARIANTS:
            raise TooManyVariants(field="label", limit=MOST_VARIANTS)
        if not any(variant.active for variant in goods.variants):
            raise LastVariant(field="label")
    faults.extend(Fault(None, error) for error in description.found)
    known = {variant.code: variant for variant in before.variants} if before else {}
    taken: set[str] = set()
    for place, variant in enumerate(goods.variants):
        problems = Problems()
        taken.add(check_label(variant, taken, problems))
        check_offer(variant, problems)
        with problems.noting():
            _check_stock(variant, known.get(variant.code))
        faults.extend(Fault(place, error) for error in problems.found)
    return goods, faults


def _check_stock(variant: WholeVariant, now: WholeVariant | None) -> None:
    if now is None or variant.stock == variant.stock_shown:
        return
    if variant.stock_shown is not None and now.stock != variant.stock_shown:
        raise StockMoved(field="stock", shown=quantity_text(variant.stock_shown), now=quantity_text(now.stock))
    if variant.stock < now.promised:
        raise StockBelowPromised(field="stock", promised=quantity_text(now.promised))


def lock_whole(session: Session, seller_id: int, ids: Collection[int]) -> None:
    """Lock goods and their stock, each in the order of their ids, before many are looked at and changed at once."""
    session.execute(
        select(col(Product.id))
        .where(col(Product.id).in_(ids), col(Product.seller_id) == seller_id)
        .order_by(col(Product.id))
        .with_for_update()
    ).all()
    stock.lock(session, session.scalars(select(col(Sku.id)).where(col(Sku.product_id).in_(ids))).all())


def put_whole(
    session: Session, person: Person, seller_id: int, goods: Sequence[WholeProduct], now: datetime
) -> list[int]:
    """Make or change checked goods of a seller, all in the caller's transaction; returns their ids in order.

    Those to be changed were locked before they were read. Raises NotFound for goods of others, StockMoved and
    StockBelowPromised.
    """
    person.require_seller(seller_id, Right.MANAGE_GOODS)
    store = sellers.stores_by_seller(session, [seller_id])[seller_id]
    fresh = iter(_make(session, person, store, [one for one in goods if one.id is None], now))
    known = [one.id for one in goods if one.id is not None]
    products = {row.id: row for row in session.scalars(select(Product).where(col(Product.id).in_(known)))}
    skus: dict[int, list[Sku]] = defaultdict(list)
    for sku in session.scalars(select(Sku).where(col(Sku.product_id).in_(known))):
        skus[sku.product_id].append(sku)
    ids = []
    for one in goods:
        if one.id is None:
            ids.append(next(fresh))
        elif (product := products.get(one.id)) is None or product.seller_id != seller_id:
            raise NotFound
        else:
            _change(session, person, store, product, skus[one.id], one, now)
            ids.append(one.id)
    if ids:
        outbox.announce(session, CHANGED, {"product_ids": ids, "seller_id": seller_id}, now)
    return ids


def _make(
    session: Session, person: Person, store: StoreView, goods: Sequence[WholeProduct], now: datetime
) -> Sequence[int]:
    if not goods:
        return []
    nodes = {node.slug: node for node in categories.all_nodes(session)}
    rows = [product_row(session, store, one, nodes[one.category], now, one.status) for one in goods]
    for row, one in zip(rows, goods, strict=True):
        _face(row, one.pictures or ())
    session.add_all(rows)
    session.flush()
    new = [
        NewVariant(row, variant, place, leads=place == next(i for i, v in enumerate(one.variants) if v.active))
        for row, one in zip(rows, goods, strict=True)
        for place, variant in enumerate(one.variants)
    ]
    skus = write_variants(session, new, now)
    for sku, made in zip(skus, new, strict=True):
        sku.active = made.draft.active if isinstance(made.draft, WholeVariant) else True
    db.add_rows(
        session,
        [picture for row, one in zip(rows, goods, strict=True) for picture in _pictures(row.id, one.pictures or ())],
    )
    leads = {sku.product_id: sku for sku in skus if sku.leads}
    for row in rows:
        lead = leads[row.id]
        row.unit, row.price = Unit(lead.unit), listed_price(lead, now)
    session.flush()
    by_status: dict[ProductStatus, list[int]] = defaultdict(list)
    for row in rows:
        by_status[ProductStatus(row.status)].append(row.id)
    for status, ids in by_status.items():
        record_beginnings(session, "product", ids, status, now, by_account_id=person.account_id)
    return [row.id for row in rows]


def _change(
    session: Session,
    person: Person,
    store: StoreView,
    product: Product,
    known: Sequence[Sku],
    goods: WholeProduct,
    now: datetime,
) -> None:
    node = categories.by_slug(session, goods.category)
    describe(session, product, goods, node)
    skus = {sku.code: sku for sku in known}
    new = []
    for place, variant in enumerate(goods.variants):
        sku = skus.get(variant.code)
        if sku is None:
            new.append(NewVariant(product, variant, place))
            continue
        sku.label, sku.position, sku.active = variant.label, place, variant.active
        put_offer(session, sku, variant, now)
        if variant.stock != variant.stock_shown:
            stock.set_on_hand(session, sku.id, variant.stock, now, shown=variant.stock_shown)
    session.flush()
    added = write_variants(session, new, now) if new else []
    for sku, made in zip(added, new, strict=True):
        sku.active = made.draft.active if isinstance(made.draft, WholeVariant) else True
    if goods.pictures is not None:
        session.execute(delete(ProductPicture).where(col(ProductPicture.product_id) == product.id))
        db.add_rows(session, list(_pictures(product.id, goods.pictures)))
        _face(product, goods.pictures)
    before = ProductStatus(product.status)
    if goods.status is not before:
        product.status = move(PRODUCT_MOVES, before, goods.status)
        record_move(
            session,
            "product",
            product.id,
            from_state=before,
            to_state=goods.status,
            at=now,
            by_account_id=person.account_id,
        )
    product.listed = is_listed(goods.status, seller_sells=store.selling)
    settle(session, product, now, sorted((*known, *added), key=lambda sku: (sku.position, sku.id)))


def same_goods(one: WholeProduct, other: WholeProduct) -> bool:
    """Whether putting one in place of the other would change nothing that was said."""
    return _said(one) == _said(other)


def _said(goods: WholeProduct) -> WholeProduct:
    variants = tuple(replace(variant, promised=0, stock_shown=None) for variant in goods.variants)
    return replace(goods, sold=0, slug="", variants=variants)


def count_goods(session: Session, seller_id: int) -> int:
    """How many goods a seller has."""
    return int(
        session.execute(
            select(func.count()).select_from(Product).where(col(Product.seller_id) == seller_id)
        ).scalar_one()
    )


def _pictures(product_id: int, pictures: Sequence[StoredPicture]) -> list[ProductPicture]:
    return [
        ProductPicture(
            product_id=product_id,
            key=picture.key,
            width=picture.width,
            height=picture.height,
            placeholder=picture.placeholder,
            position=place,
        )
        for place, picture in enumerate(pictures)
    ]


def _face(product: Product, pictures: Sequence[StoredPicture]) -> None:
    first = pictures[0] if pictures else None
    product.picture = first.key if first else None
    product.placeholder = first.placeholder if first else None


def category_names(session: Session) -> Mapping[str, tuple[str, str]]:
    """Every category's name in both languages by its address."""
    return {node.slug: (node.name_vi, node.name_en) for node in categories.all_nodes(session)}
