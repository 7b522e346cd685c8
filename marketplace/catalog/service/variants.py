"""The variants of a seller's product: what each costs and holds, their order, and which of them leads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, delete, or_, select
from sqlmodel import Session, col

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.crypto import new_code
from marketplace.base.db import add_rows
from marketplace.base.errors import NotFound
from marketplace.base.inputs import Problems
from marketplace.base.names import read_name
from marketplace.base.quantity import LARGEST, THOUSAND, QuantityUnreadable
from marketplace.catalog import stock
from marketplace.catalog.commands import VariantDraft
from marketplace.catalog.models import PriceAsked, Product, Sku, StockLevel
from marketplace.catalog.news import ONE_CHANGED
from marketplace.catalog.reading import label_of, listed_price, prices_of
from marketplace.catalog.rules import (
    LONGEST_LABEL,
    LOWEST_PRICE,
    MOST_VARIANTS,
    Asked,
    LastVariant,
    Sale,
    TooManyVariants,
    Unit,
    VariantTwice,
    check_content,
    check_piece,
    check_price,
    check_sale,
    check_steps,
    check_tiers,
    check_weight,
    move_within,
    piece_label,
    price_before,
)

AT_ONCE = 200
"""So many sales turn in one transaction."""


def own_product(session: Session, person: Person, product_id: int) -> Product:
    """A product of the person's shop, locked to be changed; raises NotFound."""
    person.require_account()
    product = session.scalars(
        select(Product)
        .where(col(Product.id) == product_id, col(Product.seller_id).in_(person.seller_ids))
        .with_for_update()
    ).first()
    if product is None:
        raise NotFound
    person.require_seller(product.seller_id, Right.MANAGE_GOODS)
    return product


def variants_of(session: Session, product_id: int) -> Sequence[Sku]:
    """A product's variants in their order, those that rest among them."""
    return session.scalars(
        select(Sku).where(col(Sku.product_id) == product_id).order_by(col(Sku.position), col(Sku.id))
    ).all()


def leading_variant(session: Session, product_id: int) -> Sku:
    """The variant that stands for its product in lists."""
    return session.scalars(select(Sku).where(col(Sku.product_id) == product_id, col(Sku.leads).is_(True))).one()


def add_variant(session: Session, person: Person, product_id: int, draft: VariantDraft, now: datetime) -> str:
    """Offer a product in one more variant, behind the others; returns its code.

    Raises NotFound, TooManyVariants, and every field's problem.
    """
    product = own_product(session, person, product_id)
    known = variants_of(session, product_id)
    if len(known) >= MOST_VARIANTS:
        raise TooManyVariants(limit=MOST_VARIANTS)
    check_draft(draft, known)
    position = 1 + max(sku.position for sku in known)
    (sku,) = write_variants(session, [NewVariant(product, draft, position)], now)
    changed(session, product, now)
    return sku.code


def change_variant(
    session: Session,
    person: Person,
    product_id: int,
    code: str,
    draft: VariantDraft,
    now: datetime,
    *,
    stock_shown: int,
) -> None:
    """Change what a variant is called, costs and holds; stock only where the draft differs from `stock_shown`.

    Raises NotFound, StockMoved, StockBelowPromised, and every field's problem.
    """
    product = own_product(session, person, product_id)
    known = variants_of(session, product_id)
    sku = _of_code(known, code)
    check_draft(draft, [other for other in known if other is not sku])
    sku.label = draft.label
    put_offer(session, sku, draft, now)
    if draft.stock != stock_shown:
        stock.set_on_hand(session, sku.id, draft.stock, now, shown=stock_shown)
    changed(session, product, now)


def switch_variant(session: Session, person: Person, product_id: int, code: str, now: datetime) -> None:
    """Let a variant rest, or offer it again; raises NotFound, LastVariant."""
    product = own_product(session, person, product_id)
    known = variants_of(session, product_id)
    sku = _of_code(known, code)
    if sku.active and not any(other.active for other in known if other is not sku):
        raise LastVariant
    sku.active = not sku.active
    session.add(sku)
    changed(session, product, now)


def move_variant(session: Session, person: Person, product_id: int, code: str, places: int, now: datetime) -> None:
    """Put a variant further on or back; the first one that is offered leads. Raises NotFound."""
    product = own_product(session, person, product_id)
    known = {sku.id: sku for sku in variants_of(session, product_id)}
    order = move_within(list(known), _of_code(list(known.values()), code).id, places)
    for position, sku_id in enumerate(order):
        known[sku_id].position = position
        session.add(known[sku_id])
    changed(session, product, now)


def turn_prices(session: Session, now: datetime) -> int:
    """Keep the price of products in step with sales that began, and put those that ended on record; for the background.

    What a list, a page, a basket or a contract asks is decided by the clock alone and never waits for this. Returns how
    many.
    """
    turned = session.execute(
        select(Sku, Product)
        .join(Product, col(Product.id) == col(Sku.product_id))
        .where(
            col(Sku.sale_until).is_not(None),
            or_(
                col(Sku.sale_until) <= now,
                and_(col(Sku.leads).is_(True), col(Sku.sale_since) <= now, col(Product.price) != _on_sale()),
            ),
        )
        .order_by(col(Product.id))
        .limit(AT_ONCE)
        .with_for_update(of=Product, skip_locked=True)
    ).all()
    for sku, product in turned:
        if sku.sale_until <= now:
            _put_sale(session, sku, None, now)
        changed(session, product, now)
    return len(turned)


def _on_sale() -> ColumnElement[int]:
    """SQL beside a variant: what lists show of it while its sale holds (`reading.listed_price`)."""
    by_weight = (2 * col(Sku.sale_price) * col(Sku.heaviest_grams) + THOUSAND) // (2 * THOUSAND)
    return case((col(Sku.heaviest_grams).is_not(None), by_weight), else_=col(Sku.sale_price))


@dataclass(frozen=True, slots=True)
class NewVariant:
    """A checked variant that is about to be written, its place among its product's, and whether it leads."""

    product: Product
    draft: VariantDraft
    position: int
    leads: bool = False


def write_variants(session: Session, new: Sequence[NewVariant], now: datetime) -> list[Sku]:
    """Write checked variants with their stock, all in a few statements; their products are there already."""
    skus = [
        Sku(
            code=f"S{new_code(7)}",
            product_id=one.product.id,
            price=one.draft.price,
            unit=one.draft.unit,
            label=one.draft.label,
            position=one.position,
            leads=one.leads,
        )
        for one in new
    ]
    for sku, one in zip(skus, new, strict=True):
        _put_terms(sku, one.draft)
    session.add_all(skus)
    session.flush()
    drafts = [one.draft for one in new]
    add_rows(session, [PriceAsked(sku_id=sku.id, price=sku.price, since=now) for sku in skus])
    add_rows(session, [StockLevel(sku_id=sku.id, on_hand=draft.stock) for sku, draft in zip(skus, drafts, strict=True)])
    for sku, draft in zip(skus, drafts, strict=True):
        if draft.sale is not None:
            _put_sale(session, sku, draft.sale, now)
    session.flush()
    return skus


def put_offer(session: Session, sku: Sku, draft: VariantDraft, now: datetime) -> None:
    """Write what a checked draft says a variant costs, and how it is sold."""
    counted_before = (sku.unit, sku.heaviest_grams is None)
    _put_terms(sku, draft)
    former = prices_of(sku).sale
    if counted_before == (sku.unit, sku.heaviest_grams is None):
        _put_sale(session, sku, None, now, kept=draft.sale == former)
        ask(session, sku, draft.price, now)
    else:
        _ask_anew(session, sku, draft.price, now)
    _put_sale(session, sku, draft.sale, now)


def _put_terms(sku: Sku, draft: VariantDraft) -> None:
    """What a variant is sold by, beside its regular price and its sale."""
    sku.unit, sku.step, sku.minimum = draft.unit, draft.step, draft.minimum
    # What is paid by weight travels, and is paid for, as its heaviest piece until it is weighed.
    sku.unit_grams = draft.piece.heaviest if draft.piece else draft.unit_grams
    sku.lightest_grams = draft.piece.lightest if draft.piece else None
    sku.heaviest_grams = draft.piece.heaviest if draft.piece else None
    sku.content_amount = draft.content.amount if draft.content else None
    sku.content_measure = draft.content.measure if draft.content else None
    sku.tiers = [[tier.quantity, tier.price] for tier in draft.tiers]


def ask(session: Session, sku: Sku, price: int, now: datetime) -> None:
    """Ask another regular price for a variant from now on, and remember what was asked until now."""
    if price == sku.price:
        return
    before = session.scalars(
        select(PriceAsked).where(col(PriceAsked.sku_id) == sku.id, col(PriceAsked.until).is_(None))
    ).all()
    for row in before:
        row.until = now
        session.add(row)
    session.add(PriceAsked(sku_id=sku.id, price=price, since=now))
    sku.price = price
    session.add(sku)


def _ask_anew(session: Session, sku: Sku, price: int, now: datetime) -> None:
    """What a piece cost says nothing of what a kilogram may be compared with: asked prices begin anew."""
    session.execute(delete(PriceAsked).where(col(PriceAsked.sku_id) == sku.id))
    session.add(PriceAsked(sku_id=sku.id, price=price, since=now))
    sku.price = price
    session.add(sku)


def _put_sale(session: Session, sku: Sku, sale: Sale | None, now: datetime, *, kept: bool = False) -> None:
    former = prices_of(sku).sale
    if former is not None and former.since < now and not kept:
        # It was asked too, and whatever comes next is compared with it.
        session.add(PriceAsked(sku_id=sku.id, price=former.price, since=former.since, until=min(former.until, now)))
    sku.sale_price, sku.sale_since, sku.sale_until = (sale.price, sale.since, sale.until) if sale else (None,) * 3
    sku.price_before = price_before(_asked(session, sku.id), sale) if sale else None
    session.add(sku)


def _asked(session: Session, sku_id: int) -> list[Asked]:
    rows = session.scalars(select(PriceAsked).where(col(PriceAsked.sku_id) == sku_id)).all()
    return [Asked(row.price, row.since, row.until) for row in rows]


def changed(session: Session, product: Product, now: datetime) -> None:
    """After any change of a product's variants: the first one offered leads, its product follows, readers hear."""
    settle(session, product, now)
    outbox.emit(session, ONE_CHANGED, {"product_id": product.id, "seller_id": product.seller_id}, now)


def settle(session: Session, product: Product, now: datetime, known: Sequence[Sku] = ()) -> None:
    """As `changed`, where one event tells readers of many products; `known` are its variants in their order."""
    known = known or variants_of(session, product.id)
    first = next(sku for sku in known if sku.active)
    if not first.leads:
        for sku in known:
            sku.leads = False
        # One leads at any time: the former one steps back first.
        session.flush()
        first.leads = True
    session.add_all(known)
    product.unit = Unit(first.unit)
    product.price = listed_price(first, now)
    product.updated_at = now
    session.add(product)


def check_draft(draft: VariantDraft, others: Sequence[Sku]) -> None:
    """Raise every problem of a variant beside its field; `others` are the variants it stands beside."""
    problems = Problems()
    check_label(draft, {label_of(sku).vi.casefold() for sku in others}, problems)
    check_offer(draft, problems)
    problems.refuse()


def check_label(draft: VariantDraft, taken: Collection[str], problems: Problems) -> str:
    """What a variant is called, in lower case; notes where it hides something, or reads as one that is `taken`."""
    label = piece_label(draft.label, draft.unit, draft.content, draft.piece)
    with problems.noting():
        read_name(draft.label, field="label", limit=LONGEST_LABEL, required=False)
        if label.vi.casefold() in taken:
            raise VariantTwice(field="label", label=label)
    return label.vi.casefold()


def check_offer(draft: VariantDraft, problems: Problems) -> None:
    """Note what stands in the way of selling at these prices, in these steps."""
    with problems.noting():
        check_price(draft.price)
    with problems.noting():
        check_steps(draft.step, draft.minimum)
        check_tiers(draft.tiers, draft.price, step=draft.step, minimum=draft.minimum, lowest=LOWEST_PRICE)
    with problems.noting():
        check_weight(draft.unit_grams)
    with problems.noting():
        check_content(draft.content)
        said = draft.content is not None
        check_piece(draft.piece, draft.unit, step=draft.step, minimum=draft.minimum, content_said=said)
    with problems.noting():
        check_sale(draft.sale, draft.price, LOWEST_PRICE)
    with problems.noting():
        check_stock(draft.stock)


def check_stock(quantity: int) -> None:
    """Raise QuantityUnreadable for stock nobody has."""
    if not 0 <= quantity <= LARGEST:
        raise QuantityUnreadable(field="stock")


def _of_code(known: Sequence[Sku], code: str) -> Sku:
    found = next((sku for sku in known if sku.code == code), None)
    if found is None:
        raise NotFound(field="sku")
    return found
