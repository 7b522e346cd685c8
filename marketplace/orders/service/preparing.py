"""Several orders at once: what to take from the shelves for them, and what goes onto their parcels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.accounts.rules import Right, show_phone
from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.errors import NotFound
from marketplace.base.quantity import show_quantity
from marketplace.base.text import Locale, Text
from marketplace.catalog.rules import UNIT_LABELS, Unit, sum_text
from marketplace.delivery.rules import METHOD_LABELS, MethodKind
from marketplace.orders.models import OrderLine, Purchase, SellerOrder
from marketplace.orders.rules import BEFORE_LEAVING, CLOSED, NothingToPrepare, OrderStatus
from marketplace.orders.service.lines import count_text, estimated
from marketplace.orders.service.tracing import named
from marketplace.orders.sheets import ParcelLabel, PickedOrder, PickingList, Taken
from marketplace.payments.rules import PaymentMethod
from marketplace.settings import settings

TO_COLLECT = Text("Thu {amount}", "Collect {amount}")
NOTHING_TO_COLLECT = Text("Không thu tiền", "Nothing to collect")


def picking_list(
    session: Session, person: Person, numbers: Sequence[str], locale: Locale, now: datetime
) -> PickingList:
    """What these orders need from the shelves, all together and each by itself.

    Raises NotSignedIn, NotFound for an order that is not of the person's shops, NotAllowed without HANDLE_ORDERS, and
    NothingToPrepare when none of them is still to be packed.
    """
    found, lines = _orders(session, person, numbers)
    return PickingList(
        shop=found[0][0].store_name,
        printed=clock.show_time(now),
        taken=_taken(found, lines, locale),
        orders=tuple(
            PickedOrder(
                number=order.number,
                buyer=purchase.buyer_name,
                phone=show_phone(purchase.buyer_phone),
                place=f"{purchase.street}, {purchase.commune_name}",
                way=METHOD_LABELS[MethodKind(order.delivery_kind)].say(locale),
                note=order.note,
                accepted=order.status == OrderStatus.CONFIRMED,
                lines=tuple(f"{count_text(line, locale)} · {named(line)}" for line in lines[order.id or 0]),
            )
            for order, purchase in found
        ),
    )


def parcel_labels(session: Session, person: Person, numbers: Sequence[str], locale: Locale) -> tuple[ParcelLabel, ...]:
    """A label for each of these orders; raises as `picking_list` does."""
    found, lines = _orders(session, person, numbers)
    return tuple(
        ParcelLabel(
            number=order.number,
            shop=order.store_name,
            buyer=purchase.buyer_name,
            phone=show_phone(purchase.buyer_phone),
            street=purchase.street,
            commune=purchase.commune_name,
            way=METHOD_LABELS[MethodKind(order.delivery_kind)].say(locale),
            collect=_to_collect(order, purchase, lines[order.id or 0], locale),
            goods="; ".join(f"{count_text(line, locale)} {named(line)}" for line in lines[order.id or 0]),
            note=order.note,
            address=f"{settings().public}/seller/orders/{order.number}",
        )
        for order, purchase in found
    )


def _to_collect(order: SellerOrder, purchase: Purchase, lines: Sequence[OrderLine], locale: Locale) -> str:
    if purchase.payment_method != PaymentMethod.CASH_ON_DELIVERY:
        return NOTHING_TO_COLLECT.say(locale)
    return TO_COLLECT.say(locale, amount=sum_text(order.total, locale, estimated=estimated(lines)))


def _orders(
    session: Session, person: Person, numbers: Sequence[str]
) -> tuple[list[tuple[SellerOrder, Purchase]], Mapping[int, list[OrderLine]]]:
    person.require_account()
    rows = session.exec(
        select(SellerOrder, Purchase)
        .join(Purchase, col(Purchase.id) == col(SellerOrder.purchase_id))
        .where(col(SellerOrder.number).in_(set(numbers)), col(SellerOrder.seller_id).in_(person.seller_ids))
        .order_by(col(SellerOrder.placed_at), col(SellerOrder.id))
    ).all()
    if len(rows) != len(set(numbers)):
        raise NotFound
    for seller_id in {order.seller_id for order, _ in rows}:
        person.require_seller(seller_id, Right.HANDLE_ORDERS)
    found = [
        (order, purchase)
        for order, purchase in rows
        if order.status not in CLOSED and order.fulfilment_status in BEFORE_LEAVING
    ]
    if not found:
        raise NothingToPrepare
    lines: dict[int, list[OrderLine]] = defaultdict(list)
    ids = [order.id for order, _ in found]
    for line in session.exec(select(OrderLine).where(col(OrderLine.order_id).in_(ids)).order_by(col(OrderLine.id))):
        lines[line.order_id].append(line)
    return found, lines


def _taken(
    found: Sequence[tuple[SellerOrder, Purchase]], lines: Mapping[int, Sequence[OrderLine]], locale: Locale
) -> tuple[Taken, ...]:
    """Each stock keeping unit with what all orders need of it together, by name."""
    wanted: dict[tuple[int, str], list[tuple[str, OrderLine]]] = defaultdict(list)
    for order, _ in found:
        for line in lines[order.id or 0]:
            wanted[line.sku_id, line.unit].append((order.number, line))
    return tuple(
        sorted(
            (
                Taken(
                    name=named(needs[0][1]),
                    quantity=f"{show_quantity(sum(line.quantity for _, line in needs), locale)} "
                    f"{UNIT_LABELS[Unit(unit)].say(locale)}",
                    orders=", ".join(dict.fromkeys(number for number, _ in needs)),
                )
                for (_, unit), needs in wanted.items()
            ),
            key=lambda taken: taken.name,
        )
    )
