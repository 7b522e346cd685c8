"""A person's own data as a file, and the erasure of their account, which keeps what the law needs with the name sealed.

Orders, contracts and the ledger stay for the years that accounting law asks for (Law on Accounting 88/2015/QH13, article
41; decree 174/2016/NĐ-CP, articles 12 and 13). See docs/decisions/0019-codes-and-second-factors.md.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from marketplace.accounts import service as accounts
from marketplace.accounts.rules import ERASED, MemberRole
from marketplace.accounts.views import Person
from marketplace.base import crypto
from marketplace.base.quantity import plain_quantity
from marketplace.baskets import service as baskets
from marketplace.contracts import service as contracts
from marketplace.orders.models import OrderLine, Purchase, SellerOrder
from marketplace.orders.rules import OPEN, BuyerOrdersOpen, ShopOrdersOpen
from marketplace.reviews import service as reviews
from marketplace.sellers import service as sellers

SEAL = "erased buyer"
PHONE_ROOM = 16


def own_data(session: Session, person: Person, now: datetime) -> dict[str, Any]:
    """All that is kept of the person, as plain values; raises NotSignedIn, SignInAgain."""
    account_id = accounts.require_fresh(session, person, now)
    return {
        "made_at": now,
        "account": accounts.own_account(session, person),
        "orders": _orders(session, account_id),
        "reviews": reviews.written_by(session, account_id),
        "follows": [shop.slug for shop in sellers.followed_shops(session, person)],
    }


def erase(session: Session, person: Person, now: datetime) -> None:
    """Close the person's account for good.

    Raises NotSignedIn, SignInAgain, StaffStay, BuyerOrdersOpen, or ShopOrdersOpen for the owner of a shop that has
    orders to answer or deliver; a shop without any closes with its owner.
    """
    account_id = accounts.require_fresh(session, person, now)
    mine = select(col(Purchase.id)).where(col(Purchase.account_id) == account_id)
    if number := _open(session, col(SellerOrder.purchase_id).in_(mine)):
        raise BuyerOrdersOpen(field="form", number=number)
    for seller_id, role in person.member_roles:
        if role is MemberRole.OWNER and (number := _open(session, col(SellerOrder.seller_id) == seller_id)):
            raise ShopOrdersOpen(field="form", number=number)
    accounts.erase_account(session, person, now)
    sellers.leave_shops(session, person, now)
    sellers.unfollow_all(session, person, now)
    reviews.forget_author(session, account_id, now)
    baskets.forget_of_account(session, account_id)
    for purchase in session.exec(select(Purchase).where(Purchase.account_id == account_id)).all():
        _seal(purchase)
        session.add(purchase)


def _open(session: Session, which: Any) -> int:
    counting = select(func.count()).where(which, col(SellerOrder.status).in_([*OPEN]))
    return session.exec(counting).one()


def _seal(purchase: Purchase) -> None:
    who = {
        "name": purchase.buyer_name,
        "phone": purchase.buyer_phone,
        "email": purchase.buyer_email,
        "street": purchase.street,
    }
    purchase.sealed_buyer = crypto.seal(SEAL, json.dumps(who))
    purchase.buyer_name, purchase.street, purchase.buyer_email = ERASED, ERASED, None
    # The same for all orders of one phone, so that buyers are still counted once; nobody can read it back.
    purchase.buyer_phone = crypto.keyed_token("erased phone", purchase.buyer_phone)[:PHONE_ROOM]


def _orders(session: Session, account_id: int) -> list[dict[str, Any]]:
    rows = session.exec(
        select(SellerOrder, Purchase)
        .join(Purchase, col(Purchase.id) == col(SellerOrder.purchase_id))
        .where(col(Purchase.account_id) == account_id)
        .order_by(col(SellerOrder.placed_at))
    ).all()
    ids = [order.id for order, _ in rows]
    lines: dict[int, list[dict[str, Any]]] = {}
    for line in session.exec(select(OrderLine).where(col(OrderLine.order_id).in_(ids))).all():
        lines.setdefault(line.order_id, []).append(
            {"name": line.name, "quantity": plain_quantity(line.quantity), "unit": line.unit, "total": line.total}
        )
    codes = contracts.codes_of(session, ids)
    return [
        {
            "number": order.number,
            "placed_at": order.placed_at,
            "store": order.store_name,
            "status": order.status,
            "goods": lines.get(order.id, []),
            "delivery_fee": order.delivery_fee,
            "total": order.total,
            "note": order.note,
            "contract": codes.get(order.id),
            "receiver": {
                "name": purchase.buyer_name,
                "phone": purchase.buyer_phone,
                "email": purchase.buyer_email,
                "street": purchase.street,
                "commune": purchase.commune_name,
            },
        }
        for order, purchase in rows
    ]
