"""Weighing what was ordered by the piece and is paid by weight: part of packing, once (decision 0015).

One final figure: the line's, and from it the order's, the purchase's, what is still to be paid, commission and freight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from marketplace.base.inputs import Problems
from marketplace.base.money import show_money
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.rules import PieceWeight, WeightMissing, check_weighed, weighed_amount, weights_text
from marketplace.contracts import service as contracts
from marketplace.delivery.rules import lighter_fee
from marketplace.orders.models import OrderCharge, OrderLine, Purchase, SellerOrder
from marketplace.orders.rules import COMMISSIONS, ChargeKind
from marketplace.orders.service.lines import count_text
from marketplace.orders.service.tracing import named
from marketplace.orders.views import WeighView
from marketplace.payments import service as payments
from marketplace.sellers.rules import commission

FIELD = "weight_{line}"
"""Name of the input of a line's weight."""
TO_WEIGH = Text("{count} {goods}: cân được (kg)", "{count} {goods}: weight (kg)")
TO_WEIGH_HINT = Text(
    "Đã ghi {weights}. Nặng hơn cũng chỉ tính đến {highest}.",
    "Stated: {weights}. Anything heavier still costs {highest}.",
)


def weigh(
    session: Session, order: SellerOrder, grams: Mapping[int, int], now: datetime, by_account_id: int | None
) -> None:
    """Settle a locked order by what its goods weigh, in grams by line; nothing where none are paid by weight.

    Raises WeightMissing and WeightUnlikely, each beside the input of its line, all at once.
    """
    lines = _by_weight(session, order.id)
    if not lines:
        return
    _check(lines, grams)
    goods_before, fee_before, lighter = order.goods_total, order.delivery_fee, order.parcel_grams
    for line, piece in lines:
        line.grams_final = grams[line.id]
        amount = weighed_amount(line.price, line.quantity, piece, grams[line.id])
        order.goods_total += amount - line.total
        line.total = amount
        lighter += grams[line.id] - piece.times(line.quantity).heaviest
        session.add(line)
    order.delivery_fee = lighter_fee(fee_before, order.kilogram_fee, grams=order.parcel_grams, lighter=lighter)
    order.total = order.goods_total + order.delivery_fee
    session.add(order)
    changes = {
        ChargeKind.GOODS_WEIGHED: order.goods_total - goods_before,
        ChargeKind.DELIVERY_WEIGHED: order.delivery_fee - fee_before,
    }
    _write_charges(session, order, changes)
    _lower(session, order, -sum(changes.values()))
    codes = catalog.skus_for_sale(session, [line.sku_id for line, _ in lines], now)
    contracts.weigh(
        session,
        order.id,
        {codes[line.sku_id].code: grams[line.id] for line, _ in lines},
        delivery_fee=order.delivery_fee,
        total=order.total,
        now=now,
        by_account_id=by_account_id,
    )


def _check(lines: Sequence[tuple[OrderLine, PieceWeight]], grams: Mapping[int, int]) -> None:
    problems = Problems()
    for line, piece in lines:
        field = FIELD.format(line=line.id)
        with problems.noting():
            if line.id not in grams:
                raise WeightMissing(field=field, goods=named(line))
            check_weighed(grams[line.id], line.quantity, piece, goods=named(line), field=field)
    problems.refuse()


def _by_weight(session: Session, order_id: int) -> list[tuple[OrderLine, PieceWeight]]:
    lines = session.exec(
        select(OrderLine)
        .where(OrderLine.order_id == order_id, col(OrderLine.heaviest_grams).is_not(None))
        .order_by(col(OrderLine.id))
    ).all()
    return [(line, piece) for line in lines if (piece := line.piece) is not None]


def _write_charges(session: Session, order: SellerOrder, changes: Mapping[ChargeKind, int]) -> None:
    """What weighing changed, as lines of their own beside those frozen at the sale."""
    agreed = session.exec(
        select(OrderCharge).where(OrderCharge.order_id == order.id, OrderCharge.kind == ChargeKind.COMMISSION)
    ).one()
    rate = agreed.rate or 0
    less = commission(order.goods_total, rate) - agreed.amount
    session.add_all(
        OrderCharge(order_id=order.id, kind=kind, amount=amount, rate=rate if kind in COMMISSIONS else None)
        for kind, amount in {**changes, ChargeKind.COMMISSION_WEIGHED: less}.items()
    )


def _lower(session: Session, order: SellerOrder, less: int) -> None:
    payments.expect_less(session, order.id, less)
    # Two sellers of one purchase may weigh at the same moment: each takes off its own part.
    session.execute(
        update(Purchase)
        .where(col(Purchase.id) == order.purchase_id)
        .values(total=col(Purchase.total) - less)
        .execution_options(synchronize_session="fetch")
    )


def share_of(session: Session, order_id: int) -> int:
    """The platform's share of an order, in đồng: as agreed, less what weighing took off."""
    statement = select(func.coalesce(func.sum(OrderCharge.amount), 0)).where(
        OrderCharge.order_id == order_id, col(OrderCharge.kind).in_(COMMISSIONS)
    )
    return int(session.exec(statement).one())


def to_weigh(lines: Sequence[OrderLine], locale: Locale) -> tuple[WeighView, ...]:
    """What the seller has to weigh before packing, as the form asks for it."""
    found = []
    for line in lines:
        piece = line.piece
        if piece is None or line.grams_final is not None:
            continue
        weights = weights_text(piece.times(line.quantity)).say(locale)
        found.append(
            WeighView(
                field=FIELD.format(line=line.id),
                label=TO_WEIGH.say(locale, count=count_text(line, locale), goods=named(line)),
                hint=TO_WEIGH_HINT.say(locale, weights=weights, highest=show_money(line.total)),
            )
        )
    return tuple(found)
