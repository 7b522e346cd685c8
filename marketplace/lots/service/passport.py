"""The passport of a lot: what anybody may know who holds a label of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.accounts.rules import show_phone
from marketplace.base import clock
from marketplace.base.errors import NotFound
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.lots.models import Lot, LotCorrection
from marketplace.lots.rules import LOT_LABELS, LotState, plain, safe_from, show_day
from marketplace.lots.service.reading import ENTRY_LABELS, corrections, shown_entry, tests_of
from marketplace.lots.views import LotFact, Passport
from marketplace.sellers import service as sellers

ORIGIN = Text("Nơi trồng, nơi làm", "Origin")
SAFE = Text(
    "Phun lần cuối {sprayed}, cách ly {days} ngày: an toàn từ {safe}. Thu hoạch {harvested}.",
    "Last sprayed {sprayed}, {days} waiting days: safe from {safe}. Harvested {harvested}.",
)
NO_SPRAY = Text("Người bán không ghi lần phun thuốc nào cho lô này.", "The seller has recorded no spray for this lot.")
CORRECTED = Text("đính chính {day}: {reason}", "corrected {day}: {reason}")
WHERE = ("area_code", "plot")
DAYS = ("sown_on", "harvested_on", "packed_on", "packer", "expires_on")
CARE = ("inputs", "spray")
SPRAYING = ("last_sprayed_on", "waiting_days")


def passport(session: Session, code: str, locale: Locale, now: datetime) -> Passport:
    """The passport of a code, whatever became of its product and shop since; raises NotFound."""
    lot = session.scalars(select(Lot).where(col(Lot.code) == code.strip().upper())).first()
    if lot is None:
        raise NotFound
    product = catalog.named_products(session, [lot.product_id])[lot.product_id]
    store = sellers.stores_by_seller(session, [lot.seller_id])[lot.seller_id]
    state, corrected = LotState(lot.state), corrections(session, lot.id)

    def facts(*names: str) -> tuple[LotFact, ...]:
        return tuple(fact for name in names if (fact := _fact(lot, name, corrected, locale)).text or fact.before)

    origin = (LotFact(ORIGIN.say(locale), product.origin),) if product.origin else ()
    return Passport(
        code=lot.code,
        number=lot.number,
        href=f"/lot/{lot.code}",
        state=state.value,
        state_text=LOT_LABELS[state].say(locale),
        product_name=product.name,
        product_href=product.href if product.listed else "",
        picture=product.picture,
        store_name=store.name,
        store_href=store.href if store.selling else "",
        seller_name=store.legal_name,
        seller_address=store.address,
        seller_phone=show_phone(store.phone),
        seller_phone_href=f"tel:{store.phone}",
        where=(*origin, *facts(*WHERE)),
        days=facts(*DAYS),
        # What the sentence on its safety says already is told again only where it was corrected.
        care=(*facts(*CARE), *(fact for fact in facts(*SPRAYING) if fact.before)),
        safe_text=_safe(lot, locale),
        sprayed=lot.last_sprayed_on is not None,
        tests=tests_of(session, lot.id, lot.code, locale),
        expired=lot.expires_on is not None and lot.expires_on < clock.local_date(now),
        recalled=state is LotState.RECALLED,
        recalled_text=clock.show_time(lot.recalled_at) if lot.recalled_at else "",
        recall_reason=lot.recall_reason,
        recall_advice=lot.recall_advice,
        area_code=lot.area_code,
        plot=lot.plot,
        sown=plain(lot.sown_on),
        harvested=plain(lot.harvested_on),
        packed=plain(lot.packed_on),
        expires=plain(lot.expires_on),
        last_sprayed=plain(lot.last_sprayed_on),
        waiting_days=lot.waiting_days,
        safe_from=plain(_safe_from(lot)),
    )


def _fact(lot: Lot, name: str, corrected: list[LotCorrection], locale: Locale) -> LotFact:
    """An entry as it stands, with what it said at first and why it was corrected last."""
    mine = [one for one in corrected if one.field == name]
    said = plain(getattr(lot, name))
    return LotFact(
        label=ENTRY_LABELS[name].say(locale),
        text=shown_entry(name, said, locale) if said or mine else "",
        before=shown_entry(name, mine[0].before, locale) if mine else "",
        why=CORRECTED.say(locale, day=clock.show_date(mine[-1].at), reason=mine[-1].reason) if mine else "",
    )


def _safe_from(lot: Lot) -> date | None:
    if lot.last_sprayed_on is None or lot.waiting_days is None:
        return None
    return safe_from(lot.last_sprayed_on, lot.waiting_days)


def _safe(lot: Lot, locale: Locale) -> str:
    safe = _safe_from(lot)
    if safe is None or lot.last_sprayed_on is None:
        grown = lot.area_code or lot.plot or lot.sown_on or lot.inputs
        return NO_SPRAY.say(locale) if grown else ""
    return SAFE.say(
        locale,
        sprayed=show_day(lot.last_sprayed_on),
        days=lot.waiting_days,
        safe=show_day(safe),
        harvested=show_day(lot.harvested_on),
    )
