"""The seller's side of the catalogue: create, change, pause; stock, price and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import func, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import clock, outbox
from marketplace.base.crypto import new_code
from marketplace.base.errors import Conflict, FieldRequired, InputInvalid, NotFound
from marketplace.base.history import record_move
from marketplace.base.inputs import Problems, read_line, read_paragraphs
from marketplace.base.media import StoredPicture
from marketplace.base.state_machine import move
from marketplace.base.text import slugify
from marketplace.catalog import stock
from marketplace.catalog.commands import ProductDescription, ProductDraft, ProductFacts, VariantDraft
from marketplace.catalog.models import Product, ProductPicture
from marketplace.catalog.news import CHANGED, ONE_CHANGED
from marketplace.catalog.reading import piece_of, prices_of
from marketplace.catalog.rules import (
    LONGEST_LIFE_DAYS,
    LONGEST_NAME,
    LONGEST_REACH_HOURS,
    LONGEST_STORAGE,
    LOWEST_PRICE,
    MOST_PICTURES,
    PRODUCT_MOVES,
    CategoryUnknown,
    ProductStatus,
    TooManyPictures,
    check_expected,
    check_price,
    check_sale,
    check_tiers,
    check_within,
    is_listed,
    read_attribute,
)
from marketplace.catalog.service import categories
from marketplace.catalog.service.attributes import attributes_of
from marketplace.catalog.service.variants import (
    ask,
    changed,
    check_draft,
    check_offer,
    check_stock,
    leading_variant,
    own_product,
    put_offer,
    write_variant,
)
from marketplace.catalog.views import RemovedPicture
from marketplace.places import service as places
from marketplace.sellers import service as sellers

LONGEST_DESCRIPTION = 4000
LONGEST_KEY = 32
D = TypeVar("D", bound=ProductDescription)


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
    draft, category = _checked(session, draft, now)
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
        status=ProductStatus.ACTIVE,
        listed=is_listed(ProductStatus.ACTIVE, seller_sells=store.selling),
        unit=draft.unit,
        price=draft.price,
        creation_key=creation_key,
        created_at=now,
        updated_at=now,
        published_at=now,
    )
    _describe(session, product, draft, category)
    session.add(product)
    try:
        session.flush()
    except IntegrityError as error:
        # The same form arrived twice at the same moment: sent once more it finds what the other one made.
        raise Conflict from error
    product_id = product.id
    write_variant(session, product, _only_variant(draft), now, position=0, leads=True)
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
    draft, category = _checked(session, draft, now, product.expected_on)
    sku = leading_variant(session, product_id)
    prices = prices_of(sku)
    offer = replace(_only_variant(draft), sale=prices.sale, tiers=prices.tiers, piece=piece_of(sku))
    check_draft(offer, ())
    _describe(session, product, draft, category)
    put_offer(session, sku, offer, now)
    if draft.stock != stock_shown:
        stock.set_on_hand(session, sku.id, draft.stock, now, shown=stock_shown)
    changed(session, product, now)


def describe_product(
    session: Session, person: Person, product_id: int, description: ProductDescription, now: datetime
) -> None:
    """Change what a product is called and how it is described, whatever its variants; raises NotFound, InvalidInputs."""
    product = own_product(session, person, product_id)
    description, category = _checked(session, description, now, product.expected_on)
    _describe(session, product, description, category)
    changed(session, product, now)


def _describe(session: Session, product: Product, description: ProductDescription, category: categories.Node) -> None:
    product.name = description.name
    product.description = description.description
    product.category_id = category.id
    product.top_category_id = categories.top_of(session, category).id
    facts = description.facts
    product.attributes = dict(facts.attributes)
    product.season, product.shelf_life_days, product.storage = facts.season, facts.shelf_life_days, facts.storage
    product.reach_hours, product.expected_on = facts.reach_hours, facts.expected_on
    product.origin_code = facts.origin_code
    product.origin_name = places.commune(session, facts.origin_code).name if facts.origin_code else ""


def _only_variant(draft: ProductDraft) -> VariantDraft:
    return VariantDraft(
        unit=draft.unit,
        price=draft.price,
        stock=draft.stock,
        step=draft.step,
        minimum=draft.minimum,
        unit_grams=draft.unit_grams,
        content=draft.content,
    )


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


def _checked(
    session: Session, draft: D, now: datetime, expected_before: date | None = None
) -> tuple[D, categories.Node]:
    """The draft as it is kept, and its category; raises every field's problem at once.

    A harvest expected on the same day as before may have come since.
    """
    problems = Problems()
    name, description = draft.name, draft.description
    with problems.noting():
        name = read_line(draft.name, field="name", limit=LONGEST_NAME)
        if not slugify(name):
            raise InputInvalid(field="name")
    with problems.noting():
        description = read_paragraphs(draft.description, field="description", limit=LONGEST_DESCRIPTION)
    if isinstance(draft, ProductDraft):
        check_offer(_only_variant(draft), problems)
    category = next((node for node in categories.all_nodes(session) if node.slug == draft.category), None)
    with problems.noting():
        if not draft.category:
            raise FieldRequired(field="category")
        if category is None:
            raise CategoryUnknown(field="category")
    facts = _checked_facts(session, draft.facts, category, problems)
    if facts.expected_on != expected_before:
        with problems.noting():
            check_expected(facts.expected_on, clock.local_date(now))
    problems.refuse()
    if category is None:
        raise CategoryUnknown(field="category")
    return replace(draft, name=name, description=description, facts=facts), category


def _checked_facts(
    session: Session, facts: ProductFacts, category: categories.Node | None, problems: Problems
) -> ProductFacts:
    kept: dict[str, str] = {}
    # What another category asked for is not kept for this one.
    for attribute in attributes_of(session, category.id) if category else ():
        if typed := facts.attributes.get(attribute.key, "").strip():
            with problems.noting():
                kept[attribute.key] = read_attribute(attribute, typed)
    storage = facts.storage
    with problems.noting():
        storage = read_line(facts.storage, field="storage", limit=LONGEST_STORAGE, required=False)
    with problems.noting():
        check_within(facts.shelf_life_days, LONGEST_LIFE_DAYS, "shelf_life_days")
    with problems.noting():
        check_within(facts.reach_hours, LONGEST_REACH_HOURS, "reach_hours")
    if facts.origin_code:
        with problems.noting():
            places.commune(session, facts.origin_code, field="origin_code")
    return replace(facts, attributes=kept, storage=storage)


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
