"""Which lot goes into which parcel: the choice when an order is packed, and what is left of each lot."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.quantity import quantity_text, show_quantity
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.rules import UNIT_LABELS, Unit
from marketplace.catalog.views import WeighedSku, full_name
from marketplace.lots import service as lots
from marketplace.lots.commands import LotDraft
from marketplace.lots.rules import (
    LotSpent,
    LotUnfit,
    NoLotToPack,
    PackedFromRecalled,
    first_expired_first_out,
    grams_of,
    may_be_packed,
)
from marketplace.lots.views import LotChoice, LotOnHand, LotTag, OwnLot
from marketplace.orders.models import OrderLine, SellerOrder
from marketplace.orders.rules import CLOSED
from marketplace.orders.views import LotsPage, PackingLine

CHOICE = Text("{number} · thu hoạch {day} · còn {left} kg", "{number} · harvested {day} · {left} kg left")
CHOICE_UNTIL = Text(
    "{number} · đến {day} · còn {left} kg",
    "{number} · until {day} · {left} kg left",
)


def field_of(line_id: int) -> str:
    """The name of the field in which a line's lot is chosen."""
    return f"lot-{line_id}"


def sold(session: Session, lot_ids: Collection[int], *, but: int | None = None) -> dict[int, int]:
    """Grams of lots in orders that stand, by lot; without those of the order `but`, which is packed anew."""
    if not lot_ids:
        return {}
    statement = (
        select(OrderLine.lot_id, func.sum(OrderLine.lot_grams))
        .join(SellerOrder, col(SellerOrder.id) == col(OrderLine.order_id))
        .where(col(OrderLine.lot_id).in_(lot_ids), col(SellerOrder.status).not_in(CLOSED))
        .group_by(col(OrderLine.lot_id))
    )
    if but is not None:
        statement = statement.where(col(OrderLine.order_id) != but)
    rows = session.exec(statement).all()
    return {lot_id: int(grams) for lot_id, grams in rows if lot_id is not None and grams is not None}


def current_lot(session: Session, product_id: int, now: datetime) -> LotTag | None:
    """The lot that the next parcel would be packed from; None where a product has none on record."""
    on_hand = _on_hand(session, [product_id])
    first = first_expired_first_out([lot.stock for lot in on_hand], 1, clock.local_date(now))
    return next((lot.tag for lot in on_hand if first and lot.stock.id == first[0].id), None)


def choices(session: Session, order: SellerOrder, locale: Locale, now: datetime) -> tuple[PackingLine, ...]:
    """For each line whose product has lots: those that hold enough, the one to be used first on top."""
    lines = lines_of(session, order)
    weights = catalog.weighed_skus(session, [line.sku_id for line in lines])
    on_hand = _on_hand(session, {weight.product_id for weight in weights.values()}, but=order.id)
    known = {lot.tag.product_id for lot in on_hand}
    return tuple(
        _packing_line(line, weights[line.sku_id], on_hand, locale, now)
        for line in lines
        if weights[line.sku_id].product_id in known
    )


def keep_lots(session: Session, order: SellerOrder, chosen: Mapping[str, str], now: datetime) -> None:
    """Write down which lot each line is packed from, by the passport code under its field's name.

    A line nobody chose for takes what expires first. Raises LotUnfit, LotSpent, and NoLotToPack where only a recalled lot
    is left: what replaces it must be traceable too.
    """
    lines = lines_of(session, order)
    weights = catalog.weighed_skus(session, [line.sku_id for line in lines])
    product_ids = {weight.product_id for weight in weights.values()}
    on_hand = _on_hand(session, product_ids, but=order.id, lock=True)
    left = {lot.tag.id: lot.stock.left for lot in on_hand}
    for line in lines:
        weight = weights[line.sku_id]
        mine = [
            replace(lot, stock=replace(lot.stock, left=left[lot.tag.id]))
            for lot in on_hand
            if lot.tag.product_id == weight.product_id
        ]
        grams = _grams(line, weight)
        lot = _lot_for(line, mine, grams, chosen.get(field_of(line.id), ""), now)
        line.lot_id, line.lot_grams = (lot.id, grams) if lot else (None, None)
        if lot:
            left[lot.id] -= grams
        session.add(line)
    lots.note_packed(session, {line.lot_id for line in lines if line.lot_id is not None}, now)


def check_may_leave(session: Session, order: SellerOrder) -> None:
    """Raise PackedFromRecalled when a lot in a parcel was recalled since it was packed."""
    recalled = recalled_in(session, lines_of(session, order))
    if recalled:
        raise PackedFromRecalled(number=recalled[0].number)


def recalled_in(session: Session, lines: Sequence[OrderLine]) -> list[LotTag]:
    """The recalled lots that lines were packed from."""
    found = lots.tags(session, {line.lot_id for line in lines if line.lot_id is not None})
    return [tag for tag in found.values() if tag.recalled]


def lines_of(session: Session, order: SellerOrder) -> Sequence[OrderLine]:
    """The lines of an order in their order."""
    return session.exec(select(OrderLine).where(OrderLine.order_id == order.id).order_by(col(OrderLine.id))).all()


def named(line: OrderLine) -> str:
    """The goods of a line with their variant, as they were ordered."""
    return full_name(line.name, Text(line.variant, line.variant)).vi


def my_lots(session: Session, person: Person, product_id: int, locale: Locale, now: datetime) -> LotsPage:
    """The lots of an own product with what is left of each; raises NotFound."""
    product, found = lots.my_lots(session, person, product_id, locale, now)
    gone = sold(session, [lot.id for lot in found])
    return LotsPage(
        product_id=product.id,
        product_name=product.name,
        goods_href=product.edit_href,
        lots=tuple(with_sold(lot, gone.get(lot.id, 0), locale) for lot in found),
    )


def change_lot(session: Session, person: Person, code: str, draft: LotDraft, reason: str, now: datetime) -> None:
    """Change or correct a lot; see `lots.change_lot`."""
    lot = lots.my_lot(session, person, code, "vi", now)
    lots.change_lot(session, person, code, draft, reason, now, sold=sold(session, [lot.id]).get(lot.id, 0))


def with_sold(lot: OwnLot, grams: int, locale: Locale) -> OwnLot:
    """A lot with what was sold of it and what is left."""
    left = max(lot.grams - grams, 0)
    return replace(lot, sold_kg=show_quantity(grams, locale), left_kg=show_quantity(left, locale))


def _on_hand(
    session: Session, product_ids: Collection[int], *, but: int | None = None, lock: bool = False
) -> list[LotOnHand]:
    found = lots.lots_to_pack(session, product_ids, lock=lock)
    gone = sold(session, [lot.tag.id for lot in found], but=but)
    return [replace(lot, stock=replace(lot.stock, left=lot.stock.left - gone.get(lot.tag.id, 0))) for lot in found]


def _grams(line: OrderLine, weight: WeighedSku) -> int:
    return line.grams_final or grams_of(line.quantity, weight.unit_grams)


def _lot_for(line: OrderLine, mine: Sequence[LotOnHand], grams: int, code: str, now: datetime) -> LotTag | None:
    """The lot a line is packed from, out of its product's; None where none is on record or holds enough."""
    today, field = clock.local_date(now), field_of(line.id)
    if code:
        chosen = next((lot for lot in mine if lot.tag.code == code), None)
        if chosen is None or not may_be_packed(chosen.stock, today):
            raise LotUnfit(field=field)
        if chosen.stock.left < grams:
            left, needed = quantity_text(max(chosen.stock.left, 0)), quantity_text(grams)
            raise LotSpent(field=field, number=chosen.tag.number, left=left, needed=needed)
        return chosen.tag
    fit = first_expired_first_out([lot.stock for lot in mine], grams, today)
    if fit:
        return next(lot.tag for lot in mine if lot.stock.id == fit[0].id)
    if any(lot.tag.recalled for lot in mine):
        raise NoLotToPack(field=field, name=named(line))
    return None


def _packing_line(
    line: OrderLine, weight: WeighedSku, on_hand: Sequence[LotOnHand], locale: Locale, now: datetime
) -> PackingLine:
    mine = {lot.stock.id: lot for lot in on_hand if lot.tag.product_id == weight.product_id}
    fit = first_expired_first_out([lot.stock for lot in mine.values()], _grams(line, weight), clock.local_date(now))
    unit = UNIT_LABELS[Unit(line.unit)].say(locale)
    return PackingLine(
        field=field_of(line.id),
        name=named(line),
        quantity_text=f"{show_quantity(line.quantity, locale)} {unit}",
        lots=tuple(_choice(mine[stock.id], locale, first=place == 0) for place, stock in enumerate(fit)),
        needs_lot=any(lot.tag.recalled for lot in mine.values()),
        lots_href=f"/seller/products/{weight.product_id}/lots",
    )


def _choice(lot: LotOnHand, locale: Locale, *, first: bool) -> LotChoice:
    tag = lot.tag
    text = CHOICE_UNTIL if tag.expires_text else CHOICE
    label = text.say(
        locale,
        number=tag.number,
        # The year goes without saying, and a phone is narrow.
        day=(tag.expires_text or tag.harvested_text)[:5],
        left=show_quantity(lot.stock.left, locale),
    )
    return LotChoice(tag.code, label, first)
