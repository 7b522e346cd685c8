"""A seller's lots: their own to enter, unsafe harvests refused whoever asks, corrected in the open once sold."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from marketplace.accounts.views import GUEST
from marketplace.base import media
from marketplace.base.errors import InvalidInputs, NotFound, NotSignedIn
from marketplace.base.models import Transition
from marketplace.base.state_machine import MoveRefused
from marketplace.lots import service as lots
from marketplace.lots.commands import FindingDraft
from marketplace.lots.models import Lot, LotCorrection
from marketplace.lots.rules import (
    MOST_TESTS,
    CorrectionNeedsReason,
    HarvestTooEarly,
    LessThanSold,
    LotNumberTaken,
    TooManyTests,
)
from marketplace.orders.service import recalling, tracing
from tests.factories import NOW, make_owner, make_seller, make_staff
from tests.lots.orchard import ADVICE, DRAFT, REASON, Orchard

FINDING = FindingDraft(
    subject="Dư lượng thuốc",
    laboratory="Phòng thử nghiệm",
    tested_on=date(2026, 1, 5),
    result="Không phát hiện",
    passed=True,
)


@pytest.fixture
def orchard(session: Session) -> Orchard:
    return Orchard(session)


def test_a_lot_is_entered_with_a_number_of_its_shops_own(orchard: Orchard, session: Session) -> None:
    code = orchard.enter(number=" xc-7 ")
    assert (orchard.lot(code).number, orchard.lot(code).state, len(code)) == ("XC-7", "open", 10)
    with pytest.raises(LotNumberTaken) as taken:
        orchard.enter(number="XC-7")
    assert taken.value.field == "number"
    other = Orchard(session)
    assert other.enter(number="XC-7") != code
    moves = session.exec(select(Transition.to_state).where(Transition.subject == "lot")).all()
    assert list(moves) == ["open", "open"]


def test_no_two_lots_of_a_shop_share_a_number_even_side_by_side(orchard: Orchard, session: Session) -> None:
    lot = orchard.lot(orchard.enter())
    session.add(
        Lot(
            code="OTHER",
            seller_id=lot.seller_id,
            product_id=lot.product_id,
            number=lot.number,
            harvested_on=lot.harvested_on,
            harvested_grams=1,
            created_at=NOW,
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_harvest_within_the_waiting_days_is_refused_when_entered_changed_and_corrected(orchard: Orchard) -> None:
    early: dict[str, Any] = {"last_sprayed_on": date(2025, 12, 30), "waiting_days": 7}
    with pytest.raises(HarvestTooEarly):
        orchard.enter(**early)
    code = orchard.enter()
    for _ in range(2):
        with pytest.raises(HarvestTooEarly):
            tracing.change_lot(orchard.session, orchard.owner, code, replace(DRAFT, **early), "Ghi nhầm", NOW)
        orchard.packed()
    assert orchard.lot(code).last_sprayed_on == DRAFT.last_sprayed_on


def test_everything_that_is_wrong_is_told_at_once(orchard: Orchard) -> None:
    with pytest.raises(InvalidInputs) as refused:
        orchard.enter(number="!", harvested_grams=0, waiting_days=None, expires_on=date(2020, 1, 1), plot="x" * 121)
    assert {problem.field for problem in refused.value.problems} == {
        "number", "harvested", "waiting_days", "expires_on", "plot",
    }  # fmt: skip


def test_until_something_is_packed_a_lot_is_changed_without_a_trace(orchard: Orchard) -> None:
    code = orchard.enter()
    tracing.change_lot(orchard.session, orchard.owner, code, replace(DRAFT, number="NO", plot="Thửa 9"), "", NOW)
    lot = orchard.lot(code)
    assert (lot.plot, lot.number) == ("Thửa 9", "XC-1")
    assert orchard.session.exec(select(LotCorrection)).all() == []


def test_once_something_is_packed_each_old_entry_stays_beside_the_new_one(orchard: Orchard) -> None:
    code = orchard.enter()
    orchard.packed()
    after = replace(DRAFT, plot="Thửa 9", expires_on=None)
    with pytest.raises(CorrectionNeedsReason) as refused:
        tracing.change_lot(orchard.session, orchard.owner, code, after, "  ", NOW)
    assert refused.value.field == "why"
    tracing.change_lot(orchard.session, orchard.owner, code, after, "Ghi nhầm thửa", NOW)
    rows = orchard.session.exec(select(LotCorrection).order_by(LotCorrection.id)).all()  # type: ignore[arg-type]
    assert [(row.field, row.before, row.after, row.reason) for row in rows] == [
        ("plot", "Thửa 7", "Thửa 9", "Ghi nhầm thửa"),
        ("expires_on", "2026-01-20", "", "Ghi nhầm thửa"),
    ]
    tracing.change_lot(orchard.session, orchard.owner, code, after, "Lần nữa", NOW)
    assert len(orchard.session.exec(select(LotCorrection)).all()) == 2
    shown = lots.corrections_of(orchard.session, orchard.lot(code).id, "vi")
    assert [(one.label, one.before, one.after) for one in shown] == [
        ("Dùng tốt nhất trước", "20/01/2026", "–"),
        ("Thửa trồng", "Thửa 7", "Thửa 9"),
    ]


def test_a_harvest_is_never_corrected_below_what_was_sold_of_it(orchard: Orchard) -> None:
    code = orchard.enter()
    orchard.packed(kilograms=3)
    with pytest.raises(LessThanSold):
        tracing.change_lot(orchard.session, orchard.owner, code, replace(DRAFT, harvested_grams=2_999), "Cân lại", NOW)
    tracing.change_lot(orchard.session, orchard.owner, code, replace(DRAFT, harvested_grams=3_000), "Cân lại", NOW)
    (mine,) = tracing.my_lots(orchard.session, orchard.owner, orchard.sku.product_id, "vi", NOW).lots
    assert (mine.harvested_kg, mine.sold_kg, mine.left_kg) == ("3", "3", "0")


def test_a_closed_lot_opens_again_and_a_recalled_one_never(orchard: Orchard) -> None:
    code = orchard.enter()
    for state in ("closed", "open"):
        lots.switch_lot(orchard.session, orchard.owner, code, NOW)
        assert orchard.lot(code).state == state
    recalling.recall(orchard.session, orchard.owner, code, REASON, ADVICE, NOW)
    with pytest.raises(MoveRefused):
        lots.switch_lot(orchard.session, orchard.owner, code, NOW)


def test_another_shop_the_staff_and_guests_find_no_such_lot(orchard: Orchard, session: Session) -> None:
    code = orchard.enter()
    stranger = make_owner(session, make_seller(session))
    for person, error in ((stranger, NotFound), (make_staff(session), NotFound), (GUEST, NotSignedIn)):
        for attempt in (
            lambda who: lots.my_lot(session, who, code, "vi", NOW),
            lambda who: lots.switch_lot(session, who, code, NOW),
            lambda who: tracing.change_lot(session, who, code, DRAFT, "x", NOW),
            lambda who: lots.add_test(session, who, code, FINDING, NOW),
            lambda who: lots.label_of(session, who, code),
            lambda who: lots.add_lot(session, who, orchard.sku.product_id, DRAFT, NOW),
            lambda who: tracing.my_lots(session, who, orchard.sku.product_id, "vi", NOW),
        ):
            with pytest.raises(error):
                attempt(person)


def test_tests_come_with_their_documents_and_are_bounded(orchard: Orchard) -> None:
    code = orchard.enter()
    first = lots.add_test(orchard.session, orchard.owner, code, FINDING, NOW)
    stored = asyncio.run(media.store_document(b"%PDF-1.7\nhello\n%%EOF\n"))
    lots.attach_document(orchard.session, orchard.owner, code, first, stored, NOW)
    (shown,) = lots.passport(orchard.session, code, "en", NOW).tests
    assert (shown.verdict, shown.document_href) == ("Passed", f"/media/documents/{stored.key}.pdf")
    for _ in range(MOST_TESTS - 1):
        lots.add_test(orchard.session, orchard.owner, code, FINDING, NOW)
    with pytest.raises(TooManyTests):
        lots.add_test(orchard.session, orchard.owner, code, FINDING, NOW)
    with pytest.raises(InvalidInputs):
        far = replace(FINDING, subject="", tested_on=date(2027, 1, 1))
        lots.add_test(orchard.session, orchard.owner, orchard.enter(number="B"), far, NOW)
