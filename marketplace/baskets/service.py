"""Use cases of baskets."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, and_, delete, func, update
from sqlmodel import Session, col, select

from marketplace.accounts.rules import GUEST_COOKIE_LASTS
from marketplace.accounts.views import Person
from marketplace.base import db
from marketplace.base.crypto import new_token
from marketplace.base.errors import NotFound
from marketplace.base.money import round_half_up
from marketplace.base.quantity import LARGEST, THOUSAND, QuantityUnreadable, check_step
from marketplace.baskets.models import Basket, BasketLine
from marketplace.baskets.rules import MOST_LINES, BasketFull, BasketOrdered, NotForSale, Offer, line_problem, orderable
from marketplace.baskets.views import BasketGroup, BasketLineView, BasketView
from marketplace.catalog import service as catalog
from marketplace.catalog.rules import goods_amount, least_amount, struck_price, unit_price
from marketplace.catalog.views import SkuForSale


def create(session: Session, person: Person, now: datetime) -> str:
    """Open an empty basket; returns its public id, which is the right to use it."""
    basket = Basket(
        public_id=new_token(),
        visitor_digest=person.visitor_digest,
        account_id=person.account_id,
        created_at=now,
        updated_at=now,
    )
    session.add(basket)
    session.flush()
    return basket.public_id


def of_visitor(session: Session, person: Person) -> str | None:
    """The public id of the open basket of this account or browser, if there is one."""
    if person.account_id is not None:
        mine = col(Basket.account_id) == person.account_id
    elif person.visitor_digest is not None:
        mine = and_(col(Basket.visitor_digest) == person.visitor_digest, col(Basket.account_id).is_(None))
    else:
        return None
    return session.exec(
        select(Basket.public_id)
        .where(mine, col(Basket.ordered_at).is_(None))
        .order_by(col(Basket.updated_at).desc())
        .limit(1)
    ).first()


def adopt(session: Session, payload: dict[str, Any], now: datetime) -> None:
    """The open baskets of a browser become those of the account that just signed in on it. Idempotent."""
    visitor_digest, account_id = str(payload["visitor_digest"]), int(payload["account_id"])
    session.execute(
        update(Basket)
        .where(
            col(Basket.visitor_digest) == visitor_digest,
            col(Basket.account_id).is_(None),
            col(Basket.ordered_at).is_(None),
        )
        .values(account_id=account_id)
    )


def forget_abandoned(session: Session, now: datetime) -> int:
    """Delete guests' open baskets that no cookie can name any more; for the background. Returns how many."""
    abandoned = session.scalars(
        select(col(Basket.id))
        .where(
            col(Basket.updated_at) < now - GUEST_COOKIE_LASTS,
            col(Basket.account_id).is_(None),
            col(Basket.ordered_at).is_(None),
        )
        .order_by(col(Basket.updated_at))
        .limit(db.FORGOTTEN_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    session.execute(delete(BasketLine).where(col(BasketLine.basket_id).in_(abandoned)))
    session.execute(delete(Basket).where(col(Basket.id).in_(abandoned)))
    return len(abandoned)


def forget_of_account(session: Session, account_id: int) -> None:
    """Delete an account's open baskets: its person leaves."""
    opened = select(col(Basket.id)).where(col(Basket.account_id) == account_id, col(Basket.ordered_at).is_(None))
    session.execute(delete(BasketLine).where(col(BasketLine.basket_id).in_(opened)))
    session.execute(delete(Basket).where(col(Basket.account_id) == account_id, col(Basket.ordered_at).is_(None)))


def count_lines(session: Session, person: Person) -> int:
    """How many different goods the visitor's open basket holds."""
    public_id = of_visitor(session, person)
    if public_id is None:
        return 0
    statement = (
        select(func.count())
        .select_from(BasketLine)
        .join(Basket, col(Basket.id) == col(BasketLine.basket_id))
        .where(Basket.public_id == public_id)
    )
    return int(session.exec(statement).one())


def put_line(session: Session, public_id: str, sku_code: str, quantity: int, now: datetime) -> None:
    """Set the quantity of a stock keeping unit, in thousandths; zero removes it.

    Raises NotFound, BasketOrdered, BasketFull, NotForSale, QuantityOffStep. More than is in stock is kept and shown as
    a problem.
    """
    basket = _open(session, public_id)
    sku = catalog.sku_for_sale(session, sku_code, now)
    line = session.exec(
        select(BasketLine).where(BasketLine.basket_id == basket.id, BasketLine.sku_id == sku.sku_id)
    ).first()
    if quantity == 0:
        if line is not None:
            session.delete(line)
    else:
        if not 0 < quantity <= LARGEST:
            raise QuantityUnreadable(field="quantity")
        if not sku.listed:
            raise NotForSale(field="sku", name=sku.full_name)
        check_step(quantity, step=sku.step, minimum=sku.minimum, unit=sku.unit_text)
        if line is None:
            _check_room(session, basket)
            line = BasketLine(basket_id=basket.id, sku_id=sku.sku_id, quantity=quantity, added_at=now)
        line.quantity = quantity
        session.add(line)
    basket.updated_at = now
    session.add(basket)


def add_to(session: Session, public_id: str, sku_code: str, quantity: int, now: datetime) -> None:
    """Add a quantity to what the basket already holds of it; raises as `put_line`."""
    basket = _open(session, public_id)
    sku = catalog.sku_for_sale(session, sku_code, now)
    put_line(session, public_id, sku_code, _held(session, basket, sku) + quantity, now)


def view(session: Session, public_id: str, now: datetime) -> BasketView:
    """The basket with present prices and stock, by seller; raises NotFound."""
    basket = session.exec(select(Basket).where(Basket.public_id == public_id)).first()
    if basket is None or basket.id is None:
        raise NotFound
    rows = session.exec(select(BasketLine).where(BasketLine.basket_id == basket.id).order_by(col(BasketLine.id))).all()
    skus = catalog.skus_for_sale(session, [row.sku_id for row in rows], now)
    by_seller: defaultdict[int, list[BasketLineView]] = defaultdict(list)
    stores: dict[int, SkuForSale] = {}
    for row in rows:
        sku = skus[row.sku_id]
        stores[sku.seller_id] = sku
        by_seller[sku.seller_id].append(_line(sku, row.quantity, now))
    groups = tuple(
        BasketGroup(seller_id, stores[seller_id].store_slug, stores[seller_id].store_name, tuple(by_seller[seller_id]))
        for seller_id in sorted(by_seller)
    )
    return BasketView(basket.id, basket.public_id, basket.ordered_at is not None, groups)


def step_line(session: Session, person: Person, sku_code: str, steps: int, now: datetime) -> None:
    """Put one step more or less of a line into the visitor's basket; below the minimum the line goes."""
    public_id = of_visitor(session, person)
    if public_id is None:
        raise NotFound
    sku = catalog.sku_for_sale(session, sku_code, now)
    wanted = _held(session, _open(session, public_id), sku) + sku.step * (1 if steps > 0 else -1)
    put_line(session, public_id, sku_code, wanted if wanted >= sku.minimum else 0, now)


def set_line(session: Session, person: Person, sku_code: str, quantity: int, now: datetime) -> None:
    """Put exactly this quantity of a line into the visitor's basket, in thousandths; zero removes it."""
    public_id = of_visitor(session, person)
    if public_id is None:
        raise NotFound
    put_line(session, public_id, sku_code, quantity, now)


def remove_line(session: Session, person: Person, sku_code: str, now: datetime) -> None:
    """Take a line out of the visitor's basket."""
    set_line(session, person, sku_code, 0, now)


def add_for(session: Session, person: Person, sku_code: str, quantity: int, now: datetime) -> None:
    """Add goods to the visitor's basket, opening one for a first-time visitor."""
    public_id = of_visitor(session, person) or create(session, person, now)
    add_to(session, public_id, sku_code, quantity, now)


def of_visitor_view(session: Session, person: Person, now: datetime) -> BasketView | None:
    """The visitor's open basket, if there is one."""
    public_id = of_visitor(session, person)
    return None if public_id is None else view(session, public_id, now)


def least_of(session: Session, sku_code: str, now: datetime) -> BasketGroup:
    """What a basket with nothing but the least quantity of some goods would hold; raises NotFound."""
    sku = catalog.sku_for_sale(session, sku_code, now)
    return BasketGroup(sku.seller_id, sku.store_slug, sku.store_name, (_line(sku, sku.minimum, now),))


def claim(session: Session, public_id: str, now: datetime) -> None:
    """Take the basket for an order, once; raises NotFound, or BasketOrdered when somebody was faster."""
    claimed = session.execute(
        update(Basket)
        .where(col(Basket.public_id) == public_id, col(Basket.ordered_at).is_(None))
        .values(ordered_at=now)
    )
    if not isinstance(claimed, CursorResult) or claimed.rowcount == 0:
        if session.exec(select(Basket.id).where(Basket.public_id == public_id)).first() is None:
            raise NotFound
        raise BasketOrdered


def _open(session: Session, public_id: str) -> Basket:
    basket = session.exec(select(Basket).where(Basket.public_id == public_id).with_for_update()).first()
    if basket is None:
        raise NotFound
    if basket.ordered_at is not None:
        raise BasketOrdered
    return basket


def _held(session: Session, basket: Basket, sku: SkuForSale) -> int:
    line = select(BasketLine.quantity).where(BasketLine.basket_id == basket.id, BasketLine.sku_id == sku.sku_id)
    return session.exec(line).first() or 0


def _check_room(session: Session, basket: Basket) -> None:
    count = session.exec(select(func.count()).select_from(BasketLine).where(BasketLine.basket_id == basket.id)).one()
    if count >= MOST_LINES:
        raise BasketFull(limit=MOST_LINES)


def _line(sku: SkuForSale, quantity: int, now: datetime) -> BasketLineView:
    price = unit_price(sku.prices, quantity, now)
    offer = Offer(sku.code, sku.full_name, sku.unit_text, sku.listed, sku.step, sku.minimum, sku.available)
    return BasketLineView(
        sku_id=sku.sku_id,
        sku=sku.code,
        product_id=sku.product_id,
        product_slug=sku.product_slug,
        name=sku.name,
        variant=sku.variant,
        expected_on=sku.expected_on,
        unit=sku.unit,
        unit_text=sku.unit_text,
        price=price,
        before=struck_price(sku.prices, quantity, now),
        quantity=quantity,
        step=sku.step,
        minimum=sku.minimum,
        available=sku.available,
        total=goods_amount(price, quantity, sku.piece),
        lowest=least_amount(price, quantity, sku.piece),
        piece=sku.piece,
        grams=round_half_up(sku.unit_grams * quantity, THOUSAND),
        picture=sku.picture,
        picture_url=catalog.picture_url(sku.picture),
        orderable=orderable(offer) if sku.listed else 0,
        problem=line_problem(offer, quantity),
        reach_hours=sku.reach_hours,
    )
