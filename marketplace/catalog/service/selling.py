"""The seller's side of the catalogue: create, change, pause; stock, price and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import media, outbox
from marketplace.base.crypto import new_code
from marketplace.base.errors import Conflict, FieldRequired, InputInvalid, NotFound
from marketplace.base.history import record_move
from marketplace.base.inputs import Problems, read_line, read_paragraphs
from marketplace.base.media import StoredPicture, picture_url
from marketplace.base.money import plain_money, show_money
from marketplace.base.quantity import LARGEST, QuantityUnreadable, show_quantity
from marketplace.base.state_machine import move
from marketplace.base.text import Locale, Text, fold, slugify, words
from marketplace.catalog import stock
from marketplace.catalog.commands import ProductDraft
from marketplace.catalog.models import Product, ProductPicture, Sku, StockLevel
from marketplace.catalog.news import CHANGED, ONE_CHANGED
from marketplace.catalog.rules import (
    LOW_STOCK_STEPS,
    MOST_PICTURES,
    PRODUCT_MOVES,
    UNIT_LABELS,
    CategoryUnknown,
    GoodsShown,
    ProductStatus,
    TooManyPictures,
    Unit,
    check_price,
    check_steps,
    check_weight,
    is_listed,
)
from marketplace.catalog.service import categories
from marketplace.catalog.service.products import pictures_of
from marketplace.catalog.views import GoodsCounts, OwnGoods, OwnProduct, RemovedPicture
from marketplace.sellers import service as sellers

LONGEST_NAME = 120
LONGEST_DESCRIPTION = 4000
LONGEST_KEY = 32
PAGE = 50

STATUS_LABELS: dict[ProductStatus, Text] = {
    ProductStatus.DRAFT: Text("Nháp", "Draft"),
    ProductStatus.ACTIVE: Text("Đang bán", "On sale"),
    ProductStatus.PAUSED: Text("Tạm ngưng", "Paused"),
}


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
    draft, category = _checked(session, draft)
    product = Product(
        store_id=store.id,
        seller_id=seller.id,
        store_slug=store.slug,
        store_name=store.name,
        commune_code=store.commune_code,
        commune_name=store.commune_name,
        category_id=category.id,
        top_category_id=categories.top_of(session, category).id,
        slug=f"{slugify(draft.name, 80)}-{new_code(5).lower()}",
        name=draft.name,
        description=draft.description,
        status=ProductStatus.ACTIVE,
        listed=is_listed(ProductStatus.ACTIVE, seller_sells=store.selling),
        unit=draft.unit,
        price=draft.price,
        creation_key=creation_key,
        created_at=now,
        updated_at=now,
        published_at=now,
    )
    session.add(product)
    try:
        session.flush()
    except IntegrityError as error:
        # The same form arrived twice at the same moment: sent once more it finds what the other one made.
        raise Conflict from error
    product_id = product.id or 0
    sku = Sku(
        code=f"S{new_code(7)}",
        product_id=product_id,
        price=draft.price,
        step=draft.step,
        minimum=draft.minimum,
        unit_grams=draft.unit_grams,
    )
    session.add(sku)
    session.flush()
    session.add(StockLevel(sku_id=sku.id, on_hand=draft.stock))
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
    """Change a product's description, price, steps and stock.

    Stock is left alone unless the draft differs from `stock_shown`, what the form was drawn with. Raises NotFound,
    InvalidInputs, StockMoved, StockBelowPromised.
    """
    product, sku = _own(session, person, product_id)
    draft, category = _checked(session, draft)
    product.name = draft.name
    product.description = draft.description
    product.category_id = category.id
    product.top_category_id = categories.top_of(session, category).id
    product.unit = draft.unit
    product.price = sku.price = draft.price
    sku.step, sku.minimum, sku.unit_grams = draft.step, draft.minimum, draft.unit_grams
    product.updated_at = now
    session.add_all([product, sku])
    if draft.stock != stock_shown:
        stock.set_on_hand(session, sku.id or 0, draft.stock, now, shown=stock_shown)
    _tell(session, product, now)


def set_price(session: Session, person: Person, product_id: int, price: int, now: datetime) -> None:
    """Change a price, in đồng."""
    product, sku = _own(session, person, product_id)
    product.price = sku.price = check_price(price)
    product.updated_at = now
    session.add_all([product, sku])
    _tell(session, product, now)


def set_stock(session: Session, person: Person, product_id: int, quantity: int, now: datetime, *, shown: int) -> None:
    """Set what is on hand, in thousandths, by somebody who saw `shown`; raises StockMoved, StockBelowPromised."""
    product, sku = _own(session, person, product_id)
    _check_stock(quantity)
    stock.set_on_hand(session, sku.id or 0, quantity, now, shown=shown)
    product.updated_at = now
    session.add(product)
    _tell(session, product, now)


def set_status(session: Session, person: Person, product_id: int, target: ProductStatus, now: datetime) -> None:
    """Put a product on sale or pause it; raises NotFound, MoveRefused."""
    product, _ = _own(session, person, product_id)
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
    product, _ = _own(session, person, product_id)
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
    """Take a picture away; returns what `put_back_picture` needs to undo it. Raises NotFound."""
    product, _ = _own(session, person, product_id)
    picture = session.get(ProductPicture, picture_id)
    if picture is None or picture.product_id != product_id:
        raise NotFound
    order = _picture_ids(session, product_id)
    media.hold(picture.key)
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
    product, _ = _own(session, person, product_id)
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


def my_products(
    session: Session,
    person: Person,
    locale: Locale,
    *,
    show: GoodsShown = GoodsShown.ALL,
    q: str = "",
    before: int | None = None,
    limit: int = PAGE,
) -> OwnGoods:
    """The products of the person's shop, newest first: under one heading, with the words of `q` in their names.

    Those older than the one of id `before`, where it is given.
    """
    seller = sellers.seller_of(session, person)
    wanted: list[ColumnElement[bool]] = [col(Product.seller_id) == seller.id, _heading(show)]
    if sought := words(q[:LONGEST_NAME]):
        wanted.append(col(Product.id).in_(_named(session, wanted, sought)))
    if before is not None:
        wanted.append(col(Product.id) < before)
    rows = session.execute(_own_rows().where(*wanted).order_by(col(Product.id).desc()).limit(limit + 1)).all()
    goods = tuple(_own_view(product, sku, level, locale) for product, sku, level in rows[:limit])
    return OwnGoods(goods, goods[-1].id if len(rows) > limit else 0, _counts(session, seller.id))


def my_product(session: Session, person: Person, product_id: int, locale: Locale) -> OwnProduct:
    """One product of the person's shop, to edit; raises NotFound."""
    person.require_account()
    row = session.execute(
        _own_rows().where(col(Product.id) == product_id, col(Product.seller_id).in_(person.seller_ids))
    ).first()
    if row is None:
        raise NotFound
    product, sku, level = row
    return replace(
        _own_view(product, sku, level, locale),
        category_slug=categories.by_id(session, product.category_id).slug,
        pictures=pictures_of(session, product_id),
        description=product.description,
    )


def count_low_stock(session: Session, person: Person, seller_id: int) -> int:
    """How many products on sale can be ordered only a few more times."""
    person.require_seller(seller_id)
    return _counts(session, seller_id).low


def _counts(session: Session, seller_id: int) -> GoodsCounts:
    every = [func.count(case((_heading(show), 1))) for show in GoodsShown]
    statement = (
        select(*every)
        .select_from(Product)
        .join(Sku, col(Sku.product_id) == col(Product.id))
        .join(StockLevel, col(StockLevel.sku_id) == col(Sku.id))
        .where(col(Product.seller_id) == seller_id)
    )
    counted = dict(zip(GoodsShown, session.execute(statement).one(), strict=True))
    return GoodsCounts(**{show.name.lower(): int(count) for show, count in counted.items()})


def _heading(show: GoodsShown) -> ColumnElement[bool]:
    free = col(StockLevel.on_hand) - col(StockLevel.allocated) - col(StockLevel.held)
    on_sale = col(Product.status) == ProductStatus.ACTIVE
    conditions: dict[GoodsShown, ColumnElement[bool]] = {
        GoodsShown.ALL: literal(True),
        GoodsShown.ON_SALE: on_sale,
        GoodsShown.LOW: and_(on_sale, free < col(Sku.minimum) + col(Sku.step) * LOW_STOCK_STEPS),
        GoodsShown.SOLD_OUT: and_(on_sale, free < col(Sku.minimum)),
        GoodsShown.PAUSED: col(Product.status) == ProductStatus.PAUSED,
    }
    return conditions[show]


def _named(session: Session, wanted: Sequence[ColumnElement[bool]], sought: Sequence[str]) -> list[int]:
    """A shop has few enough goods to fold their names here; the search index knows only what shoppers may find."""
    names = session.execute(
        select(col(Product.id), col(Product.name))
        .join(Sku, col(Sku.product_id) == col(Product.id))
        .join(StockLevel, col(StockLevel.sku_id) == col(Sku.id))
        .where(*wanted)
    )
    found = ((product_id, fold(name)) for product_id, name in names)
    return [product_id for product_id, name in found if all(word in name for word in sought)]


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


def count_sale(session: Session, sold: Sequence[tuple[int, int]], now: datetime) -> None:
    """Add sold quantities (stock keeping unit id, thousandths) to their products, which rise in lists and in search."""
    owners = session.execute(
        select(col(Sku.id), col(Sku.product_id)).where(col(Sku.id).in_([sku_id for sku_id, _ in sold]))
    ).all()
    product_of = {row.id: row.product_id for row in owners}
    quantities: Counter[int] = Counter()
    for sku_id, quantity in sold:
        quantities[product_of[sku_id]] += quantity
    # Lowest id first, so that two of these at once cannot deadlock.
    for product_id in sorted(quantities):
        session.execute(
            update(Product)
            .where(col(Product.id) == product_id)
            .values(
                sold=col(Product.sold) + quantities[product_id],
                popularity=col(Product.popularity) + quantities[product_id],
            )
            .execution_options(synchronize_session=False)
        )
    outbox.announce(session, CHANGED, {"product_ids": sorted(quantities)}, now)


def _checked(session: Session, draft: ProductDraft) -> tuple[ProductDraft, categories.Node]:
    """The draft as it is kept, and its category; raises every field's problem at once."""
    problems = Problems()
    name, description = draft.name, draft.description
    with problems.noting():
        name = read_line(draft.name, field="name", limit=LONGEST_NAME)
        if not slugify(name):
            raise InputInvalid(field="name")
    with problems.noting():
        description = read_paragraphs(draft.description, field="description", limit=LONGEST_DESCRIPTION)
    with problems.noting():
        check_price(draft.price)
    with problems.noting():
        check_steps(draft.step, draft.minimum)
    with problems.noting():
        check_weight(draft.unit_grams)
    with problems.noting():
        _check_stock(draft.stock)
    category = next((node for node in categories.all_nodes(session) if node.slug == draft.category), None)
    with problems.noting():
        if not draft.category:
            raise FieldRequired(field="category")
        if category is None:
            raise CategoryUnknown(field="category")
    problems.refuse()
    if category is None:
        raise CategoryUnknown(field="category")
    return replace(draft, name=name, description=description), category


def _check_stock(quantity: int) -> None:
    if not 0 <= quantity <= LARGEST:
        raise QuantityUnreadable(field="stock")


def _own(session: Session, person: Person, product_id: int) -> tuple[Product, Sku]:
    person.require_account()
    row = session.execute(
        select(Product, Sku)
        .join(Sku, col(Sku.product_id) == col(Product.id))
        .where(col(Product.id) == product_id, col(Product.seller_id).in_(person.seller_ids))
        .with_for_update()
    ).first()
    if row is None:
        raise NotFound
    person.require_seller(row[0].seller_id, Right.MANAGE_GOODS)
    return row[0], row[1]


def _picture_ids(session: Session, product_id: int) -> list[int]:
    statement = select(col(ProductPicture.id)).where(col(ProductPicture.product_id) == product_id)
    return list(session.scalars(statement.order_by(col(ProductPicture.position))).all())


def _own_rows() -> Any:
    return (
        select(Product, Sku, StockLevel)
        .join(Sku, col(Sku.product_id) == col(Product.id))
        .join(StockLevel, col(StockLevel.sku_id) == col(Sku.id))
    )


def _own_view(product: Product, sku: Sku, level: StockLevel, locale: Locale) -> OwnProduct:
    free = level.on_hand - level.allocated - level.held
    status = ProductStatus(product.status)
    return OwnProduct(
        id=product.id or 0,
        name=product.name,
        href=f"/p/{product.slug}",
        edit_href=f"/seller/products/{product.id}",
        preview_href=f"/seller/products/{product.id}/preview",
        sku=sku.code,
        status=status.value,
        status_text=STATUS_LABELS[status].say(locale),
        listed=product.listed,
        price=sku.price,
        price_text=show_money(sku.price),
        creation_key=product.creation_key or "",
        price_typed=plain_money(sku.price),
        upload_href=f"/seller/products/{product.id}/pictures",
        unit=product.unit,
        unit_text=UNIT_LABELS[Unit(product.unit)].say(locale),
        step_text=show_quantity(sku.step, locale),
        minimum_text=show_quantity(sku.minimum, locale),
        on_hand_text=show_quantity(level.on_hand, locale),
        promised_text=show_quantity(level.allocated + level.held, locale),
        low=status is ProductStatus.ACTIVE and free < sku.minimum + sku.step * LOW_STOCK_STEPS,
        sold_out=status is ProductStatus.ACTIVE and free < sku.minimum,
        picture=picture_url(product.picture, 320),
    )


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
