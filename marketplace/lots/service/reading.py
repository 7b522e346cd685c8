"""Looking at lots: as order lines and packing forms name them, and as their seller manages them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.media import document_url
from marketplace.base.quantity import plain_quantity, show_quantity
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.views import NamedProduct
from marketplace.lots.models import Lot, LotCorrection, LotTest
from marketplace.lots.rules import LOT_LABELS, LotState, LotStock, show_day
from marketplace.lots.service.entering import own_lot
from marketplace.lots.views import CorrectionView, LotOnHand, LotTag, LotTestView, OwnLot, TypedLot

PASSED = Text("Đạt", "Passed")
FAILED = Text("Không đạt", "Not passed")
WHY = Text("{day}: {reason}", "{day}: {reason}")

ENTRY_LABELS: dict[str, Text] = {
    "area_code": Text("Mã số vùng trồng", "Growing-area code"),
    "plot": Text("Thửa trồng", "Plot"),
    "sown_on": Text("Gieo trồng", "Sown"),
    "inputs": Text("Phân bón, vật tư đã dùng", "Fertilisers and inputs"),
    "spray": Text("Thuốc phun lần cuối", "Last spray with"),
    "last_sprayed_on": Text("Phun lần cuối", "Last sprayed"),
    "waiting_days": Text("Thời gian cách ly", "Waiting days"),
    "harvested_on": Text("Thu hoạch", "Harvested"),
    "harvested_grams": Text("Sản lượng", "Harvest"),
    "packed_on": Text("Đóng gói", "Packed"),
    "packer": Text("Người đóng gói", "Packed by"),
    "expires_on": Text("Dùng tốt nhất trước", "Best before"),
}
"""What each entry of a lot is called, in the order in which corrections are shown."""
DAYS = Text("{count} ngày", "{count} days")


def shown_entry(name: str, plain: str, locale: Locale) -> str:
    """An entry as a correction keeps it, for people."""
    if not plain:
        return "–"
    if name.endswith("_on"):
        return show_day(date.fromisoformat(plain))
    if name == "harvested_grams":
        return f"{show_quantity(int(plain), locale)} kg"
    return DAYS.say(locale, count=plain) if name == "waiting_days" else plain


def tags(session: Session, lot_ids: Collection[int]) -> dict[int, LotTag]:
    """Lots by id as order lines name them."""
    if not lot_ids:
        return {}
    return {lot.id: tag_of(lot) for lot in session.scalars(select(Lot).where(col(Lot.id).in_(lot_ids)))}


def lots_to_pack(session: Session, product_ids: Collection[int], *, lock: bool = False) -> list[LotOnHand]:
    """The lots of products, but those closed; what is left is the whole harvest here, since orders know what was sold.

    Recalled ones are among them and fit for nothing. Locked in one order, so that two parcels cannot both take the last
    of a lot.
    """
    statement = (
        select(Lot).where(col(Lot.product_id).in_(product_ids), col(Lot.state) != LotState.CLOSED).order_by(col(Lot.id))
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return [LotOnHand(tag_of(lot), _stock(lot)) for lot in session.scalars(statement)]


def my_lots(
    session: Session, person: Person, product_id: int, locale: Locale, now: datetime
) -> tuple[NamedProduct, tuple[OwnLot, ...]]:
    """The lots of an own product, the youngest harvest first; raises NotFound."""
    product = catalog.own_named_product(session, person, product_id)
    lots = session.scalars(
        select(Lot).where(col(Lot.product_id) == product.id).order_by(col(Lot.harvested_on).desc(), col(Lot.id).desc())
    )
    today = clock.local_date(now)
    return product, tuple(_own(lot, product, locale, today) for lot in lots)


def my_lot(session: Session, person: Person, code: str, locale: Locale, now: datetime) -> OwnLot:
    """A lot of the person's shop; raises NotFound."""
    lot = own_lot(session, person, code, lock=False)
    product = catalog.named_products(session, [lot.product_id])[lot.product_id]
    return _own(lot, product, locale, clock.local_date(now))


def tests_of(session: Session, lot_id: int, code: str, locale: Locale) -> tuple[LotTestView, ...]:
    """A lot's tests, the latest first."""
    rows = session.scalars(
        select(LotTest).where(col(LotTest.lot_id) == lot_id).order_by(col(LotTest.tested_on).desc(), col(LotTest.id))
    )
    return tuple(
        LotTestView(
            id=row.id,
            subject=row.subject,
            laboratory=row.laboratory,
            tested=row.tested_on.isoformat(),
            tested_text=show_day(row.tested_on),
            result=row.result,
            passed=row.passed,
            verdict=(PASSED if row.passed else FAILED).say(locale),
            document_href=document_url(row.document, row.document_kind),
            upload_href=f"/seller/lots/{code}/tests/{row.id}/document",
        )
        for row in rows
    )


def corrections_of(session: Session, lot_id: int, locale: Locale) -> tuple[CorrectionView, ...]:
    """What was corrected of a lot, the latest first."""
    rows = corrections(session, lot_id)
    return tuple(
        CorrectionView(
            label=ENTRY_LABELS[row.field].say(locale),
            before=shown_entry(row.field, row.before, locale),
            after=shown_entry(row.field, row.after, locale),
            why=WHY.say(locale, day=clock.show_date(row.at), reason=row.reason),
        )
        for row in reversed(rows)
    )


def corrections(session: Session, lot_id: int) -> list[LotCorrection]:
    """A lot's corrections in their order."""
    return list(
        session.scalars(
            select(LotCorrection).where(col(LotCorrection.lot_id) == lot_id).order_by(col(LotCorrection.id))
        )
    )


def tag_of(lot: Lot) -> LotTag:
    """A lot as order lines and products name it."""
    return LotTag(
        id=lot.id,
        code=lot.code,
        number=lot.number,
        href=f"/lot/{lot.code}",
        product_id=lot.product_id,
        seller_id=lot.seller_id,
        harvested_text=show_day(lot.harvested_on),
        expires_text=show_day(lot.expires_on) if lot.expires_on else "",
        recalled=lot.state == LotState.RECALLED,
        recall_reason=lot.recall_reason,
        recall_advice=lot.recall_advice,
        recalled_at=clock.show_time(lot.recalled_at) if lot.recalled_at else "",
    )


def _stock(lot: Lot) -> LotStock:
    return LotStock(lot.id, LotState(lot.state), lot.harvested_on, lot.expires_on, lot.harvested_grams)


def _own(lot: Lot, product: NamedProduct, locale: Locale, today: date) -> OwnLot:
    state = LotState(lot.state)
    return OwnLot(
        id=lot.id,
        code=lot.code,
        number=lot.number,
        href=f"/lot/{lot.code}",
        edit_href=f"/seller/lots/{lot.code}",
        product_id=product.id,
        product_name=product.name,
        goods_href=product.edit_href,
        state=state.value,
        state_text=LOT_LABELS[state].say(locale),
        open=state is LotState.OPEN,
        recalled=state is LotState.RECALLED,
        expired=lot.expires_on is not None and lot.expires_on < today,
        packed_from=lot.first_packed_at is not None,
        harvested_text=show_day(lot.harvested_on),
        expires_text=show_day(lot.expires_on) if lot.expires_on else "",
        grams=lot.harvested_grams,
        harvested_kg=show_quantity(lot.harvested_grams, locale),
        recall_reason=lot.recall_reason,
        recall_advice=lot.recall_advice,
        recalled_at=clock.show_time(lot.recalled_at) if lot.recalled_at else "",
        typed=_typed(lot, locale),
    )


def _typed(lot: Lot, locale: Locale) -> TypedLot:
    def day(value: date | None) -> str:
        return value.isoformat() if value else ""

    kilograms = plain_quantity(lot.harvested_grams)
    return TypedLot(
        number=lot.number,
        area_code=lot.area_code,
        plot=lot.plot,
        sown_on=day(lot.sown_on),
        inputs=lot.inputs,
        spray=lot.spray,
        last_sprayed_on=day(lot.last_sprayed_on),
        waiting_days="" if lot.waiting_days is None else str(lot.waiting_days),
        harvested_on=day(lot.harvested_on),
        harvested=kilograms if locale == "en" else kilograms.replace(".", ","),
        packed_on=day(lot.packed_on),
        packer=lot.packer,
        expires_on=day(lot.expires_on),
    )
