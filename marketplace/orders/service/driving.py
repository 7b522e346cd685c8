"""What a pickup run hands over at each of its stops, for who drives it: read only by its organiser."""

from __future__ import annotations

from sqlmodel import Session, col, select

from marketplace.accounts import rules as accounts
from marketplace.accounts.views import Person
from marketplace.base.money import show_money
from marketplace.base.text import Locale, Text
from marketplace.delivery import service as delivery
from marketplace.delivery.rules import KILOGRAM
from marketplace.orders.models import Purchase, SellerOrder
from marketplace.orders.rules import CLOSED, STATUS_LABELS, OrderStatus
from marketplace.orders.views import RunListPage, RunOrder, RunStopList

STOP_SUM = Text("{orders} đơn · {kilograms} kg · thu {amount}", "{orders} orders · {kilograms} kg · collect {amount}")


def list_of_run(session: Session, person: Person, run_id: int, locale: Locale) -> RunListPage:
    """The orders of a run by stop, each with whom it is for and what is to be collected; raises NotSignedIn, NotFound."""
    run = delivery.run_for_list(session, person, run_id, locale)
    rows = session.exec(
        select(SellerOrder, Purchase)
        .join(Purchase, col(Purchase.id) == col(SellerOrder.purchase_id))
        .where(
            col(SellerOrder.delivery_code).in_([stop.code for stop in run.stops]),
            col(SellerOrder.status).not_in(CLOSED),
        )
        .order_by(col(Purchase.buyer_name), col(SellerOrder.id))
    ).all()
    return RunListPage(
        name=run.name,
        day_text=run.day_text,
        load_text=run.load_text,
        stops=tuple(
            _stop(stop.place, stop.hours, [row for row in rows if row[0].delivery_code == stop.code], locale)
            for stop in run.stops
        ),
    )


def _stop(place: str, hours: str, rows: list[tuple[SellerOrder, Purchase]], locale: Locale) -> RunStopList:
    grams = sum(order.parcel_grams for order, _ in rows)
    return RunStopList(
        place=place,
        hours=hours,
        sum_text=STOP_SUM.say(
            locale,
            orders=len(rows),
            kilograms=-(-grams // KILOGRAM),
            amount=show_money(sum(order.total for order, _ in rows)),
        ),
        orders=tuple(
            RunOrder(
                number=order.number,
                store=order.store_name,
                buyer=purchase.buyer_name,
                phone=accounts.show_phone(purchase.buyer_phone),
                phone_href=f"tel:{purchase.buyer_phone}",
                total_text=show_money(order.total),
                status_text=STATUS_LABELS[OrderStatus(order.status)].say(locale),
            )
            for order, purchase in rows
        ),
    )
