"""The seller's side of the catalogue: create, change, pause; stock, price and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.errors import Conflict, NotFound
from marketplace.base.history import record_move
from marketplace.base.inputs import read_line
from marketplace.base.media import StoredPicture
from marketplace.base.state_machine import move
from marketplace.catalog import stock
from marketplace.catalog.commands import ProductDescription, ProductDraft
from marketplace.catalog.models import Product, ProductPicture
from marketplace.catalog.news import CHANGED, ONE_CHANGED
from marketplace.catalog.reading import piece_of, prices_of
from marketplace.catalog.rules import (
    LOWEST_PRICE,
    MOST_PICTURES,
    PRODUCT_MOVES,
    ProductStatus,
    TooManyPictures,
    check_price,
    check_sale,
    check_tiers,
    is_listed,
)
from marketplace.catalog.service.describing import checked, describe, only_variant, product_row
from marketplace.catalog.service.variants import (
    NewVariant,
    ask,
    changed,
    check_draft,
    check_stock,
    leading_variant,
    own_product,
    put_offer,
    write_variants,
)
from marketplace.catalog.views import RemovedPicture
from marketplace.sellers import service as sellers

LONGEST_KEY = 32


def create_product(
    session: Session, person: Person, draft: ProductDraft, now: datetime, *, creation_key: str | None = None
) -> int:
    """A new product in the person's shop, on sale as soon as the shop is approved; returns its id.

    Sent again with the same key it makes nothing and returns the product it made before. Raises InvalidInputs with
    every field's problem, NotFound without a shop.
    """
    seller = sellers.seller_of(session, person)
    person.require_seller(seller.id, Right.MANAGE_GOODS)
    if creation_key is not None:
        creation_key = read_line(creation_key, field="creation_key", limit=LONGEST_KEY)
        made = session.scalars(
            select(col(Product.id)).where(
                col(Product.seller_id) == seller.id, col(Product.creation_key) == creation_key
            )
        ).first()
        if made is not None:
            return made
    store = sellers.stores_by_seller(session, [seller.id])[seller.id]
    draft, category = checked(session, draft, now)
    product = product_row(session, store, draft, category, now)
    product.unit, product.price, product.creation_key = draft.unit, draft.price, creation_key
    session.add(product)
    try:
        session.flush()
    except IntegrityError as error:
        # The same form arrived twice at the same moment: sent once more it finds what the other one made.
        raise Conflict from error
    product_id = product.id
    write_variants(session, [NewVariant(product, only_variant(draft), position=0, leads=True)], now)
    record_move(
        session,
        "product",
        product_id,
        from_state=None,
        to_state=ProductStatus.ACTIVE,
        at=now,
        by_account_id=person.account_id,
    )
    _tell(session, product, now)
    return product_id


def update_product(
    session: Session, person: Person, product_id: int, draft: ProductDraft, now: datetime, *, stock_shown: int
) -> None:
    """Change a product of one variant: description, price, steps and stock.

    Stock is left alone unless the draft differs from `stock_shown`, what the form was drawn with. Raises NotFound,
    InvalidInputs, StockMoved, StockBelowPromised.
    """
    product = own_product(session, person, product_id)
    draft, category = checked(session, draft, now, product.expected_on)
    sku = leading_variant(session, product_id)
    prices = prices_of(sku)
    offer = replace(only_variant(draft), sale=prices.sale, tiers=prices.tiers, piece=piece_of(sku))
    check_draft(offer, ())
    describe(session, product, draft, category)
    put_offer(session, sku, offer, now)
    if draft.stock != stock_shown:
        stock.set_on_hand(session, sku.id, draft.stock, now, shown=stock_shown)
    changed(session, product, now)


def describe_product(
    session: Session, person: Person, product_id: int, description: ProductDescription, now: datetime
) -> None:
    """Change what a product is called and how it is described, whatever its variants; raises NotFound, InvalidInputs."""
    product = own_product(session, person, product_id)
    description, category = checked(session, description, now, product.expected_on)
    describe(session, product, description, category)
    changed(session, product, now)


def set_price(session: Session, person: Person, product_id: int, price: int, now: datetime) -> None:
    """Change the regular price of a product's leading variant, in đồng; raises SaleInvalid, TiersInvalid beside it."""
    product = own_product(session, person, product_id)
    sku = leading_variant(session, product_id)
    check_price(price)
    prices = prices_of(sku)
    check_sale(prices.sale, price, LOWEST_PRICE)
    check_tiers(prices.tiers, price, step=sku.step, minimum=sku.minimum, lowest=LOWEST_PRICE)
    ask(session, sku, price, now)
    changed(session, product, now)


def set_stock(session: Session, person: Person, product_id: int, quantity: int, now: datetime, *, shown: int) -> None:
    """Set what is on hand, in thousandths, by somebody who saw `shown`; raises StockMoved, StockBelowPromised."""
    product = own_product(session, person, product_id)
    check_stock(quantity)
    stock.set_on_hand(session, leading_variant(session, product_id).id, quantity, now, shown=shown)
    product.updated_at = now
    session.add(product)
    _tell(session, product, now)


def set_status(session: Session, person: Person, product_id: int, target: ProductStatus, now: datetime) -> None:
    """Put a product on sale or pause it; raises NotFound, MoveRefused."""
    product = own_product(session, person, product_id)
    before = ProductStatus(product.status)
    product.status = move(PRODUCT_MOVES, before, target)
    store = sellers.stores_by_seller(session, [product.seller_id])[product.seller_id]
    product.listed = is_listed(product.status, seller_sells=store.selling)
    product.updated_at = now
    session.add(product)
    record_move(
        session, "product", product_id, from_state=before, to_state=target, at=now, by_account_id=person.account_id
    )
    _tell(session, product, now)


def add_picture(session: Session, person: Person, product_id: int, picture: StoredPicture, now: datetime) -> None:
    """Add a stored picture behind the others; the first one is the product's face. Raises TooManyPictures."""
    product = own_product(session, person, product_id)
    count, last = session.execute(
        select(func.count(), func.max(col(ProductPicture.position))).where(col(ProductPicture.product_id) == product_id)
    ).one()
    if count >= MOST_PICTURES:
        raise TooManyPictures(field="picture", limit=MOST_PICTURES)
    session.add(
        ProductPicture(
            product_id=product_id,
            key=picture.key,
            width=picture.width,
            height=picture.height,
            placeholder=picture.placeholder,
            position=0 if last is None else last + 1,
        )
    )
    session.flush()
    _face(session, product, now)


def remove_picture(session: Session, person: Person, product_id: int, picture_id: int, now: datetime) -> RemovedPicture:
    """Take a picture away; returns what `put_back_picture` needs to undo it. Raises NotFound.

    Its files are held by whoever lets it be undone (`media.hold`): in a bucket that takes longer than a transaction may.
    """
    product = own_product(session, person, product_id)
    picture = session.get(ProductPicture, picture_id)
    if picture is None or picture.product_id != product_id:
        raise NotFound
    order = _picture_ids(session, product_id)
    session.delete(picture)
    session.flush()
    _face(session, product, now)
    kept = StoredPicture(picture.key, picture.width, picture.height, picture.placeholder)
    return RemovedPicture(kept, order.index(picture_id))


def put_back_picture(session: Session, person: Person, product_id: int, removed: RemovedPicture, now: datetime) -> None:
    """Put a picture back where it was; raises NotFound, TooManyPictures."""
    add_picture(session, person, product_id, removed.picture, now)
    *others, again = _picture_ids(session, product_id)
    others.insert(removed.position, again)
    arrange_pictures(session, person, product_id, others, now)


def arrange_pictures(session: Session, person: Person, product_id: int, order: Sequence[int], now: datetime) -> None:
    """Put the pictures into an order, by their ids; the first one is the product's face.

    Raises NotFound, and Conflict unless these are exactly the pictures there are.
    """
    product = own_product(session, person, product_id)
    rows = session.scalars(select(ProductPicture).where(col(ProductPicture.product_id) == product_id)).all()
    by_id = {row.id: row for row in rows}
    if sorted(order) != sorted(by_id):
        raise Conflict
    # Positions are unique: out of the way first, then into place.
    for away, row in enumerate(rows):
        row.position = -1 - away
    session.flush()
    for position, picture_id in enumerate(order):
        by_id[picture_id].position = position
    session.flush()
    _face(session, product, now)


def on_seller_status(session: Session, payload: dict[str, Any], now: datetime) -> None:
    """A seller may sell or may not any more: its products are listed or not. Idempotent."""
    seller_id = int(payload["seller_id"])
    store = sellers.stores_by_seller(session, [seller_id]).get(seller_id)
    if store is None:
        return
    mine = col(Product.seller_id) == seller_id
    session.execute(
        update(Product)
        .where(mine)
        .values(
            listed=(col(Product.status) == ProductStatus.ACTIVE) & literal(store.selling),
            store_name=store.name,
            store_slug=store.slug,
            commune_code=store.commune_code,
            commune_name=store.commune_name,
        )
        .execution_options(synchronize_session="fetch")
    )
    outbox.announce(session, CHANGED, {"seller_id": seller_id}, now)


def _picture_ids(session: Session, product_id: int) -> list[int]:
    statement = select(col(ProductPicture.id)).where(col(ProductPicture.product_id) == product_id)
    return list(session.scalars(statement.order_by(col(ProductPicture.position))).all())


def _face(session: Session, product: Product, now: datetime) -> None:
    first = session.scalars(
        select(ProductPicture)
        .where(col(ProductPicture.product_id) == product.id)
        .order_by(col(ProductPicture.position))
        .limit(1)
    ).first()
    product.picture = first.key if first else None
    product.placeholder = first.placeholder if first else None
    product.updated_at = now
    session.add(product)
    _tell(session, product, now)


def _tell(session: Session, product: Product, now: datetime) -> None:
    outbox.emit(session, ONE_CHANGED, {"product_id": product.id, "seller_id": product.seller_id}, now)
