"""What is limited is never taken twice: the conditional UPDATE, the CHECK behind it, and what is given back."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from marketplace.delivery.models import DeliveryHold, DeliverySlot
from marketplace.delivery.rules import SlotFull, SlotWanted
from marketplace.delivery.service import limiting
from tests.factories import NOW


def _claim(reference: str, slot: SlotWanted, grams: int = 1000) -> limiting.Claim:
    return limiting.Claim(reference, grams, (slot,), "delivery.x", 1)


def test_a_slot_takes_as_many_orders_and_grams_as_it_has_room_for(session: Session) -> None:
    slot = SlotWanted("run.1", 3, 2500)
    limiting.hold(session, [_claim("A", slot), _claim("B", slot)], NOW)
    assert limiting.taken(session, ["run.1", "run.2"]) == {"run.1": (2, 2000)}
    with pytest.raises(SlotFull), session.begin_nested():
        limiting.hold(session, [_claim("C", slot, 501)], NOW)
    limiting.hold(session, [_claim("C", slot, 500)], NOW)
    assert limiting.taken(session, ["run.1"]) == {"run.1": (3, 2500)}


def test_without_the_guard_the_check_still_refuses(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "settings", lambda: SimpleNamespace(reservation_guard=False))
    slot = SlotWanted("window.1.20260105", 1)
    limiting.hold(session, [_claim("A", slot)], NOW)
    with pytest.raises(IntegrityError), session.begin_nested():
        limiting.hold(session, [_claim("B", slot)], NOW)


def test_room_that_was_made_smaller_takes_no_more_and_gives_back_what_it_holds(session: Session) -> None:
    wide, narrow = SlotWanted("day.1.20260105", 5), SlotWanted("day.1.20260105", 1)
    for reference in "AB":
        limiting.hold(session, [_claim(reference, wide)], NOW)
    with pytest.raises(SlotFull), session.begin_nested():
        limiting.hold(session, [_claim("C", narrow)], NOW)
    for reference in "AB":
        limiting.release(session, reference, NOW)
    session.flush()
    limiting.hold(session, [_claim("C", narrow)], NOW)
    assert limiting.taken(session, [wide.code])[wide.code][0] == 1


@settings(max_examples=20)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.integers(0, 2000)), max_size=25))
def test_whatever_is_taken_and_given_back_the_rows_add_up(session: Session, steps: list[tuple[bool, int, int]]) -> None:
    with session.begin_nested() as attempt:
        held: dict[str, int] = {}
        for takes, number, grams in steps:
            reference = f"DH-{number}"
            if takes and reference not in held:
                slot = SlotWanted("run.9", 3, 4000)
                fits = len(held) < 3 and sum(held.values()) + grams <= 4000
                try:
                    with session.begin_nested():
                        limiting.hold(session, [_claim(reference, slot, grams)], NOW)
                    assert fits
                    held[reference] = grams
                except SlotFull:
                    assert not fits
            elif not takes and held.pop(reference, None) is not None:
                limiting.release(session, reference, NOW)
                session.flush()
                for row in session.exec(select(DeliveryHold).where(DeliveryHold.reference == reference)).all():
                    # The number of an order comes once; here it comes again.
                    session.delete(row)
                session.flush()
            assert limiting.taken(session, ["run.9"]).get("run.9", (0, 0)) == (len(held), sum(held.values()))
        attempt.rollback()
    assert session.exec(select(DeliverySlot)).all() == []
