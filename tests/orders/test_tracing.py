"""An order line keeps the lot it was packed from, what expires first goes first, and no lot gives more than it holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from marketplace.accounts.views import GUEST
from marketplace.base.state_machine import MoveRefused
from marketplace.lots import service as lots
from marketplace.lots.rules import LotSpent, LotUnfit, NoLotToPack, PackedFromRecalled
from marketplace.orders.models import OrderLine
from marketplace.orders.rules import FulfilmentStatus
from marketplace.orders.service import answering, fulfilling, reading, recalling, tracing
from tests.factories import NOW
from tests.lots.orchard import ADVICE, HOUR, REASON, Orchard

LATER = NOW + HOUR


@pytest.fixture
def orchard(session: Session) -> Orchard:
    return Orchard(session)


def seen(orchard: Orchard, number: str) -> tuple[list[str], str]:
    """The lots a seller may choose for the one line of an order, and the one chosen beforehand."""
    view = reading.order_for_seller(orchard.session, orchard.owner, number, "vi", LATER)
    (line,) = view.packing
    return [lot.code for lot in line.lots], next((lot.code for lot in line.lots if lot.chosen), "")


def test_goods_without_lots_are_packed_as_ever(orchard: Orchard) -> None:
    number, _ = orchard.order()
    assert reading.order_for_seller(orchard.session, orchard.owner, number, "vi", LATER).packing == ()
    orchard.pack(number)
    assert (orchard.line(number).lot_id, orchard.line(number).lot_grams) == (None, None)


def test_the_lot_that_expires_first_is_chosen_beforehand_and_by_itself(orchard: Orchard) -> None:
    late = orchard.enter(number="LATE", expires_on=date(2026, 2, 1))
    endless = orchard.enter(number="ENDLESS", expires_on=None)
    soon = orchard.enter(number="SOON", expires_on=date(2026, 1, 6))
    past = orchard.enter(number="PAST", expires_on=date(2026, 1, 4))
    number, key = orchard.order()
    assert seen(orchard, number) == ([soon, late, endless], soon)
    orchard.pack(number)
    assert orchard.line(number).lot_id == orchard.lot(soon).id
    assert past not in seen_by_buyer(orchard, number, key)
    assert soon in seen_by_buyer(orchard, number, key)


def seen_by_buyer(orchard: Orchard, number: str, key: str) -> str:
    """The passport a buyer's order leads to."""
    (line,) = reading.order_for_buyer(orchard.session, GUEST, number, key, "vi", LATER).lines
    return line.lot_href


def test_the_seller_may_choose_another_lot_and_the_line_keeps_it(orchard: Orchard) -> None:
    orchard.enter(number="A")
    other = orchard.enter(number="B", expires_on=date(2026, 2, 1))
    number, key = orchard.packed(code=other)
    line = orchard.line(number)
    assert (line.lot_id, line.lot_grams) == (orchard.lot(other).id, 2000)
    assert orchard.lot(other).first_packed_at is not None
    (shown,) = reading.order_for_buyer(orchard.session, GUEST, number, key, "vi", LATER).lines
    assert (shown.lot_number, shown.lot_href, shown.lot_recalled) == ("B", f"/lot/{other}", False)


def test_a_lot_never_gives_more_than_it_holds(orchard: Orchard) -> None:
    code = orchard.enter(harvested_grams=3_000)
    orchard.packed(kilograms=2)
    number, _ = orchard.order(kilograms=2)
    assert seen(orchard, number) == ([], "")
    with pytest.raises(LotSpent) as refused:
        orchard.pack(number, code)
    assert "1 kg" in refused.value.say("vi")
    assert refused.value.field == tracing.field_of(orchard.line(number).id)
    assert orchard.line(number).lot_id is None
    orchard.pack(number)
    assert orchard.line(number).lot_id is None, "nothing holds enough: packed without a lot"


def test_what_an_order_gave_back_is_there_again(orchard: Orchard) -> None:
    code = orchard.enter(harvested_grams=2_000)
    number, _ = orchard.packed(kilograms=2)
    assert tracing.current_lot(orchard.session, orchard.sku.product_id, NOW) is None
    answering.refuse(orchard.session, orchard.owner, number, "Ngập vườn", LATER)
    current = tracing.current_lot(orchard.session, orchard.sku.product_id, NOW)
    assert current is not None
    assert current.code == code


@pytest.mark.parametrize("unfit", ["closed", "expired", "foreign", "unknown"])
def test_a_lot_that_cannot_be_packed_is_refused_even_when_it_was_chosen(orchard: Orchard, unfit: str) -> None:
    code = orchard.enter(expires_on=date(2026, 1, 4) if unfit == "expired" else None)
    if unfit == "closed":
        lots.switch_lot(orchard.session, orchard.owner, code, NOW)
    elif unfit == "foreign":
        code = Orchard(orchard.session).enter()
    elif unfit == "unknown":
        code = "KHONGCOLON"
    number, _ = orchard.order()
    with pytest.raises(LotUnfit):
        orchard.pack(number, code)


def test_once_a_lot_is_recalled_nothing_is_packed_of_it_and_what_replaces_it_must_be_a_lot(orchard: Orchard) -> None:
    code = orchard.enter()
    number, _ = orchard.order()
    recalling.recall(orchard.session, orchard.owner, code, REASON, ADVICE, NOW)
    with pytest.raises(LotUnfit):
        orchard.pack(number, code)
    with pytest.raises(NoLotToPack):
        orchard.pack(number)
    (line,) = reading.order_for_seller(orchard.session, orchard.owner, number, "vi", LATER).packing
    assert (line.lots, line.needs_lot) == ((), True)
    replacing = orchard.enter(number="NEW")
    orchard.pack(number)
    assert orchard.line(number).lot_id == orchard.lot(replacing).id


def test_a_parcel_of_a_recalled_lot_does_not_leave_until_it_is_packed_anew(orchard: Orchard) -> None:
    code = orchard.enter()
    number, key = orchard.packed()
    with pytest.raises(MoveRefused):
        fulfilling.repack(orchard.session, orchard.owner, number, {}, LATER)
    recalling.recall(orchard.session, orchard.owner, code, REASON, ADVICE, LATER)
    with pytest.raises(PackedFromRecalled):
        orchard.send(number)
    assert reading.order_for_seller(orchard.session, orchard.owner, number, "vi", LATER).repacking
    orchard.enter(number="NEW")
    fulfilling.repack(orchard.session, orchard.owner, number, {}, LATER)
    view = reading.order_for_buyer(orchard.session, GUEST, number, key, "vi", LATER)
    assert (view.recalls, view.lines[0].lot_number) == ((), "NEW")
    assert recalling.buyers_of_lot(orchard.session, orchard.owner, code, "vi") == ()
    orchard.send(number)


def test_the_api_names_the_lot_of_each_line(orchard: Orchard) -> None:
    from marketplace.orders.http import order_json

    code = orchard.enter()
    number, key = orchard.packed()
    told = order_json(reading.order_for_buyer(orchard.session, GUEST, number, key, "vi", LATER))
    assert told["lines"][0]["lot"] == {"number": "XC-1", "code": code, "recalled": False}
    other, key = orchard.order()
    told = order_json(reading.order_for_buyer(orchard.session, GUEST, other, key, "vi", LATER))
    assert told["lines"][0]["lot"] is None


@settings(max_examples=8)
@given(harvests=st.lists(st.integers(1, 8), min_size=1, max_size=3), orders=st.lists(st.integers(1, 5), max_size=5))
def test_whatever_is_packed_in_whatever_order_no_lot_is_oversold(
    session: Session, harvests: list[int], orders: list[int]
) -> None:
    with session.begin_nested() as savepoint:
        orchard = Orchard(session)
        codes = [
            orchard.enter(
                number=f"L{place}", harvested_grams=kilograms * 1000, expires_on=NOW.date() + timedelta(days=place)
            )
            for place, kilograms in enumerate(harvests)
        ]
        left = list(harvests)
        for kilograms in orders:
            number, _ = orchard.packed(kilograms)
            place = next((place for place, rest in enumerate(left) if rest >= kilograms), None)
            expected = None if place is None else orchard.lot(codes[place]).id
            assert orchard.line(number).lot_id == expected
            if place is not None:
                left[place] -= kilograms
        sold = tracing.sold(session, [orchard.lot(code).id for code in codes])
        for code, kilograms, rest in zip(codes, harvests, left, strict=True):
            assert sold.get(orchard.lot(code).id, 0) == (kilograms - rest) * 1000
        savepoint.rollback()


def test_a_line_names_a_lot_and_its_weight_or_neither(orchard: Orchard, session: Session) -> None:
    from sqlalchemy.exc import IntegrityError

    orchard.order()
    line = session.exec(select(OrderLine)).one()
    line.lot_grams = 5
    session.add(line)
    with pytest.raises(IntegrityError):
        session.flush()


def test_goods_do_not_leave_unpacked(orchard: Orchard) -> None:
    number, _ = orchard.order()
    with pytest.raises(MoveRefused):
        fulfilling.advance(orchard.session, orchard.owner, number, FulfilmentStatus.SHIPPED, LATER)
