"""Looking at orders, always from what the acting person may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from marketplace.accounts import rules as accounts
from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.crypto import keyed_token, same
from marketplace.base.errors import NotFound
from marketplace.base.money import show_money
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.rules import sum_text
from marketplace.contracts import service as contracts
from marketplace.contracts.rules import STATE_LABELS, ContractState
from marketplace.delivery.rules import METHOD_LABELS as DELIVERY_LABELS
from marketplace.delivery.rules import MethodKind, arrival_text
from marketplace.lots import service as lots
from marketplace.lots.views import LotTag
from marketplace.orders.models import OrderLine, Purchase, SellerOrder
from marketplace.orders.rules import (
    BEFORE_LEAVING,
    CLOSED,
    CLOSED_REASONS,
    FULFILMENT_LABELS,
    PAYMENT_LABELS,
    STATUS_LABELS,
    ClosedReason,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
    next_fulfilment_steps,
)
from marketplace.orders.service import recalls, tracing, weighing
from marketplace.orders.service.lines import count_text, estimated, line_view
from marketplace.orders.service.received import review_links
from marketplace.orders.service.timeline import steps_of
from marketplace.orders.service.tracing import named
from marketplace.orders.views import LineView, OrderCard, OrderView, SellerToday
from marketplace.payments.rules import METHOD_LABELS as PAYMENT_METHOD_LABELS
from marketplace.payments.rules import PaymentMethod
from marketplace.sellers import service as sellers

PAGE = 30
FEWEST_DIGITS = 4
SELLERS_SIDE = "/seller/orders/"
URGENT = timedelta(hours=2)

STEP_LABELS: dict[FulfilmentStatus, Text] = {
    FulfilmentStatus.PACKED: Text("Đã đóng gói", "Packed"),
    FulfilmentStatus.SHIPPED: Text("Đã giao cho người chở", "Handed to the carrier"),
    FulfilmentStatus.READY_FOR_PICKUP: Text("Sẵn sàng để khách đến lấy", "Ready for pick-up"),
    FulfilmentStatus.DELIVERED: Text("Khách đã nhận hàng", "The buyer has the goods"),
}
AGAIN_LABELS: dict[FulfilmentStatus, Text] = {
    FulfilmentStatus.SHIPPED: Text("Giao lại lần nữa", "Try the delivery again"),
    FulfilmentStatus.READY_FOR_PICKUP: Text("Hẹn khách đến lấy lại", "Let the buyer come again"),
}
FAIL_LABELS: dict[FulfilmentStatus, Text] = {
    FulfilmentStatus.SHIPPED: Text("Giao không thành", "Delivery failed"),
    FulfilmentStatus.READY_FOR_PICKUP: Text("Khách không đến lấy", "The buyer did not come"),
    FulfilmentStatus.DELIVERED: Text("Khách không nhận hoặc không trả tiền", "Not accepted or not paid"),
}
SELLERS_REASON = Text(
    "Người bán không giao được: “{reason}” Người mua không phải trả gì.",
    "The seller cannot deliver: “{reason}” The buyer owes nothing.",
)
DELIVERY_FAILED = Text(
    "Lần giao này không thành. Người bán sẽ giao lại, hoặc nhận hàng về và đóng đơn; bạn chưa phải trả gì.",
    "This delivery failed. The seller tries again, or takes the goods back and closes the order; you owe nothing so far.",
)
TIME_LEFT = Text("còn {hours} giờ {minutes} phút", "{hours} h {minutes} min left")
BUYERS_TIME_LEFT = Text(
    "Người bán còn {hours} giờ {minutes} phút để nhận đơn", "The seller has {hours} h {minutes} min left to accept"
)
BUYERS_TIME_OVER = Text("Đã quá hạn, đơn đang được đóng", "The deadline has passed, the order is being closed")
TIME_OVER = Text("đã quá hạn", "overdue")


def sellers_order(session: Session, person: Person, number: str, *, lock: bool = True) -> SellerOrder:
    """An order of a seller the person works for, locked for a change; anybody else's is NotFound.

    NotAllowed for a helper whose task orders are not.
    """
    person.require_account()
    statement = select(SellerOrder).where(
        SellerOrder.number == number, col(SellerOrder.seller_id).in_(person.seller_ids)
    )
    order = session.exec(statement.with_for_update() if lock else statement).first()
    if order is None:
        raise NotFound
    person.require_seller(order.seller_id, Right.HANDLE_ORDERS)
    return order


def buyers_order(session: Session, person: Person, number: str, access_key: str, *, lock: bool = False) -> SellerOrder:
    """An order by its private link or of the buyer's own account; anybody else's is NotFound."""
    statement = select(SellerOrder, Purchase.account_id).join(
        Purchase, col(Purchase.id) == col(SellerOrder.purchase_id)
    )
    statement = statement.where(SellerOrder.number == number)
    found = session.exec(statement.with_for_update(of=SellerOrder) if lock else statement).first()
    by_link = same(access_key, keyed_token("order", number))
    if found is None:
        raise NotFound
    order, account_id = found
    if not by_link and (account_id is None or account_id != person.account_id):
        raise NotFound
    return order


def party_may_read(session: Session, person: Person, access_key: str, order_id: int) -> None:
    """Raise NotFound unless the person is a party of the order: buyer, holder of its private link, or its seller."""
    order = session.get(SellerOrder, order_id)
    if order is None:
        raise NotFound
    if order.seller_id in person.sellers_with(Right.MANAGE_CONTRACTS):
        return
    buyers_order(session, person, order.number, access_key)


def order_for_buyer(
    session: Session, person: Person, number: str, access_key: str, locale: Locale, now: datetime
) -> OrderView:
    """An order as its buyer sees it."""
    return _view(
        session, buyers_order(session, person, number, access_key), locale, now, seller=False, access_key=access_key
    )


def followed(
    session: Session, person: Person, number: str, access_key: str, locale: Locale, now: datetime
) -> tuple[int, OrderView]:
    """An order as its buyer follows it, with its id to hear news of it."""
    order = buyers_order(session, person, number, access_key)
    return order.id or 0, _view(session, order, locale, now, seller=False, access_key=access_key)


def order_for_seller(session: Session, person: Person, number: str, locale: Locale, now: datetime) -> OrderView:
    """An order as its seller sees it."""
    order = sellers_order(session, person, number, lock=False)
    seen = _view(session, order, locale, now, seller=True)
    return seen if person.may(Right.SEE_MONEY, order.seller_id) else replace(seen, net_text="", commission_text="")


def order_for_party(
    session: Session, person: Person, number: str, access_key: str, locale: Locale, now: datetime
) -> OrderView:
    """An order as whichever party asks sees it; NotFound for anybody else."""
    seller_id = session.exec(select(SellerOrder.seller_id).where(SellerOrder.number == number)).first()
    if seller_id in person.seller_ids and not access_key:
        return order_for_seller(session, person, number, locale, now)
    return order_for_buyer(session, person, number, access_key, locale, now)


def seller_orders(
    session: Session,
    person: Person,
    locale: Locale,
    now: datetime,
    *,
    statuses: Sequence[OrderStatus] = (),
    sought: str = "",
    before: datetime | None = None,
) -> tuple[OrderCard, ...]:
    """Orders of the person's sellers, newest first, a page at a time; `sought` is part of a number, a name or a phone."""
    person.require_account()
    statement = _cards().where(col(SellerOrder.seller_id).in_(person.sellers_with(Right.HANDLE_ORDERS)))
    if statuses:
        statement = statement.where(col(SellerOrder.status).in_(statuses))
    if sought.strip():
        statement = statement.where(_sought(sought.strip()))
    if before is not None:
        statement = statement.where(col(SellerOrder.placed_at) < before)
    rows = session.exec(statement.order_by(col(SellerOrder.placed_at).desc()).limit(PAGE)).all()
    return _as_cards(session, rows, locale, now, SELLERS_SIDE)


def buyer_orders(session: Session, person: Person, locale: Locale, now: datetime) -> tuple[OrderCard, ...]:
    """The signed-in person's own orders, newest first."""
    account_id = person.require_account()
    statement = _cards().where(col(Purchase.account_id) == account_id)
    rows = session.exec(statement.order_by(col(SellerOrder.placed_at).desc()).limit(PAGE)).all()
    return _as_cards(session, rows, locale, now, "/orders/")


def today(session: Session, person: Person, locale: Locale, now: datetime) -> SellerToday:
    """What the person's shop should do now; raises NotFound without a shop."""
    seller = sellers.seller_of(session, person)
    handles = person.may(Right.HANDLE_ORDERS, seller.id)
    waiting = _cards().where(col(SellerOrder.seller_id) == seller.id, col(SellerOrder.status) == OrderStatus.PLACED)
    rows = session.exec(waiting.order_by(col(SellerOrder.accept_by)).limit(PAGE)).all() if handles else []
    counts = dict(
        session.exec(
            select(SellerOrder.fulfilment_status, func.count())
            .where(SellerOrder.seller_id == seller.id, SellerOrder.status == OrderStatus.CONFIRMED)
            .group_by(col(SellerOrder.fulfilment_status))
        ).all()
    )
    month = now - timedelta(days=30)
    earned = session.exec(
        select(func.coalesce(func.sum(SellerOrder.total), 0)).where(
            SellerOrder.seller_id == seller.id,
            SellerOrder.status == OrderStatus.COMPLETED,
            col(SellerOrder.completed_at) >= month,
        )
    ).one()
    return SellerToday(
        store_name=seller.store_name,
        store_href=f"/s/{seller.store_slug}",
        selling=seller.selling,
        standing=seller.status_label.say(locale),
        reason="" if seller.selling else seller.decision_reason or "",
        waiting=_as_cards(session, rows, locale, now, SELLERS_SIDE),
        to_ship=counts.get(FulfilmentStatus.PENDING, 0) + counts.get(FulfilmentStatus.PACKED, 0),
        underway=counts.get(FulfilmentStatus.SHIPPED, 0) + counts.get(FulfilmentStatus.READY_FOR_PICKUP, 0),
        to_collect=counts.get(FulfilmentStatus.DELIVERED, 0),
        failed=counts.get(FulfilmentStatus.FAILED, 0),
        earned_text=show_money(int(earned)) if person.may(Right.SEE_MONEY, seller.id) else "",
        low_stock=catalog.count_low_stock(session, person, seller.id),
    )


Row = tuple[SellerOrder, Purchase]


def _cards() -> Select[SellerOrder, Purchase]:
    return select(SellerOrder, Purchase).join(Purchase, col(Purchase.id) == col(SellerOrder.purchase_id))


def _sought(typed: str) -> ColumnElement[bool]:
    digits = "".join(character for character in typed if character.isdigit())
    ways = [
        col(SellerOrder.number).icontains(typed, autoescape=True),
        col(Purchase.buyer_name).icontains(typed, autoescape=True),
    ]
    if len(digits) >= FEWEST_DIGITS:
        # Kept as +84912345678, typed as 0912 345 678.
        ways.append(col(Purchase.buyer_phone).contains(digits.removeprefix("84").lstrip("0"), autoescape=True))
    return or_(*ways)


def _as_cards(session: Session, rows: Sequence[Row], locale: Locale, now: datetime, base: str) -> tuple[OrderCard, ...]:
    reachable = base == SELLERS_SIDE
    wanted: ColumnElement[bool] = col(OrderLine.order_id).in_([order.id for order, *_ in rows])
    lines: dict[int, list[OrderLine]] = {}
    found = session.exec(select(OrderLine).where(wanted).order_by(col(OrderLine.id))).all()
    recalled = {tag.id for tag in tracing.recalled_in(session, found)}
    with_recalled = {line.order_id for line in found if line.lot_id in recalled}
    for line in found:
        lines.setdefault(line.order_id, []).append(line)
    return tuple(
        OrderCard(
            number=order.number,
            href=f"{base}{order.number}",
            placed_at=clock.show_time(order.placed_at),
            status=OrderStatus(order.status).value,
            status_text=_status_text(order, locale),
            total_text=sum_text(order.total, locale, estimated=estimated(lines.get(order.id, ()))),
            summary=" · ".join(f"{count_text(line, locale)} {named(line)}" for line in lines.get(order.id, ())),
            buyer=purchase.buyer_name,
            place=purchase.commune_name,
            payment_text=PAYMENT_METHOD_LABELS[PaymentMethod(purchase.payment_method)].say(locale),
            phone_href=f"tel:{purchase.buyer_phone}" if reachable and order.status not in CLOSED else "",
            message_href=f"sms:{purchase.buyer_phone}" if reachable and order.status not in CLOSED else "",
            deadline_text=_time_left(order, locale, now),
            urgent=order.status == OrderStatus.PLACED and order.accept_by - now < URGENT,
            can_accept=order.status == OrderStatus.PLACED and now < order.accept_by,
            store_name=order.store_name,
            fulfilment=FulfilmentStatus(order.fulfilment_status).value,
            troubled=_is_troubled(order),
            recalled=order.id in with_recalled and order.status not in CLOSED,
        )
        for order, purchase in rows
    )


def _is_troubled(order: SellerOrder) -> bool:
    return order.fulfilment_status == FulfilmentStatus.FAILED or order.status in CLOSED


def _status_text(order: SellerOrder, locale: Locale) -> str:
    if order.status == OrderStatus.CONFIRMED and order.fulfilment_status != FulfilmentStatus.PENDING:
        return FULFILMENT_LABELS[FulfilmentStatus(order.fulfilment_status)].say(locale)
    return STATUS_LABELS[OrderStatus(order.status)].say(locale)


def _time_left(order: SellerOrder, locale: Locale, now: datetime, *, seller: bool = True) -> str:
    if order.status != OrderStatus.PLACED:
        return ""
    if now >= order.accept_by:
        return (TIME_OVER if seller else BUYERS_TIME_OVER).say(locale)
    left = int((order.accept_by - now).total_seconds()) // 60
    return (TIME_LEFT if seller else BUYERS_TIME_LEFT).say(locale, hours=left // 60, minutes=left % 60)


def _view(
    session: Session, order: SellerOrder, locale: Locale, now: datetime, *, seller: bool, access_key: str = ""
) -> OrderView:
    purchase = session.exec(select(Purchase).where(Purchase.id == order.purchase_id)).one()
    contract = contracts.contract_for_party(session, order.id or 0, locale)
    lines = tracing.lines_of(session, order)
    guessed = estimated(lines)
    status, fulfilment = OrderStatus(order.status), FulfilmentStatus(order.fulfilment_status)
    possible = next_fulfilment_steps(status, fulfilment, pickup=order.delivery_kind == MethodKind.PICKUP)
    labels = AGAIN_LABELS if fulfilment is FulfilmentStatus.FAILED else STEP_LABELS
    step = next((step for step in labels if step in possible), None) if seller else None
    in_time = status is OrderStatus.PLACED and now < order.accept_by
    pdf = f"/api/v1/contracts/{contract.code}/pdf"
    share = weighing.share_of(session, order.id)
    tags = lots.tags(session, {line.lot_id for line in lines if line.lot_id is not None})
    links = {} if seller else review_links(session, order, lines, access_key, locale)
    held = [(named(line), tags[line.lot_id]) for line in lines if line.lot_id is not None]
    told = recalls.told(session, order, held, locale) if status not in CLOSED else ()
    repacking = bool(told) and fulfilment is FulfilmentStatus.PACKED and status is OrderStatus.CONFIRMED
    packs = seller and (step is FulfilmentStatus.PACKED or repacking)
    return OrderView(
        number=order.number,
        purchase=purchase.number,
        store_name=order.store_name,
        store_href=f"/s/{order.store_slug}",
        status=status.value,
        status_text=_status_text(order, locale),
        fulfilment=fulfilment.value,
        fulfilment_text=FULFILMENT_LABELS[fulfilment].say(locale),
        payment_status=PaymentStatus(order.payment_status).value,
        payment_text=PAYMENT_LABELS[PaymentStatus(order.payment_status)].say(locale),
        payment_method_text=PAYMENT_METHOD_LABELS[PaymentMethod(purchase.payment_method)].say(locale),
        placed_at=clock.show_time(order.placed_at),
        deadline_text=_time_left(order, locale, now, seller=seller),
        lines=tuple(_line(line, tags, links.get(line.id, ("", "")), locale) for line in lines),
        to_weigh=weighing.to_weigh(lines, locale) if step is FulfilmentStatus.PACKED else (),
        estimated=guessed,
        steps=steps_of(session, order, locale),
        goods_total=order.goods_total,
        delivery_fee=order.delivery_fee,
        total=order.total,
        goods_total_text=sum_text(order.goods_total, locale, estimated=guessed),
        delivery_fee_text=show_money(order.delivery_fee),
        total_text=sum_text(order.total, locale, estimated=guessed),
        delivery_text=" · ".join(
            filter(None, (DELIVERY_LABELS[MethodKind(order.delivery_kind)].say(locale), order.delivery_place))
        ),
        arrival_text=_arrival(order, locale),
        note=order.note,
        buyer_name=purchase.buyer_name,
        buyer_phone="" if purchase.sealed_buyer else accounts.show_phone(purchase.buyer_phone),
        buyer_phone_href="" if purchase.sealed_buyer else f"tel:{purchase.buyer_phone}",
        address=f"{purchase.street}, {purchase.commune_name}",
        contract=contract.code,
        contract_state=contract.state,
        contract_text=STATE_LABELS[ContractState(contract.state)].say(locale),
        contract_href=f"/verify/{contract.code}",
        pdf_href=f"{pdf}?key={access_key}" if access_key else pdf,
        can_accept=seller and in_time,
        can_give_up=seller and status is OrderStatus.CONFIRMED and fulfilment in BEFORE_LEAVING,
        can_cancel=not seller and in_time,
        next_step=step.value if step else "",
        next_step_text=labels[step].say(locale) if step else "",
        fail_text=FAIL_LABELS[fulfilment].say(locale) if seller and FulfilmentStatus.FAILED in possible else "",
        can_take_back=seller and FulfilmentStatus.RETURNED in possible,
        can_collect=seller and status is OrderStatus.CONFIRMED and fulfilment is FulfilmentStatus.DELIVERED,
        commission_text=show_money(share) if seller else "",
        net_text=sum_text(order.total - share, locale, estimated=guessed) if seller else "",
        reason_text=_reason(order, locale, seller=seller),
        closed=status in CLOSED,
        troubled=_is_troubled(order),
        recalls=told,
        must_acknowledge=not seller and any(not recall.acknowledged_text for recall in told),
        packing=tracing.choices(session, order, locale, now) if packs else (),
        repacking=seller and repacking,
        by_link=bool(access_key),
    )


def _reason(order: SellerOrder, locale: Locale, *, seller: bool) -> str:
    if not order.closed_reason:
        waiting = order.fulfilment_status == FulfilmentStatus.FAILED and not seller
        return DELIVERY_FAILED.say(locale) if waiting else ""
    if order.closed_reason in CLOSED_REASONS:
        return CLOSED_REASONS[ClosedReason(order.closed_reason)].say(locale)
    return SELLERS_REASON.say(locale, reason=order.closed_reason)


def _line(line: OrderLine, tags: Mapping[int, LotTag], review: tuple[str, str], locale: Locale) -> LineView:
    lot = tags[line.lot_id] if line.lot_id is not None else LotTag()
    return replace(
        line_view(line, locale),
        lot_number=lot.number,
        lot_href=lot.href,
        lot_recalled=lot.recalled,
        review_href=review[0],
        review_text=review[1],
    )


def _arrival(order: SellerOrder, locale: Locale) -> str:
    """When an order comes or is fetched, as agreed; empty for one of before that was agreed."""
    if order.arrives_from is None or order.arrives_to is None:
        return ""
    days = arrival_text(order.arrives_from, order.arrives_to).say(locale)
    return ", ".join(filter(None, (days, order.delivery_hours)))
