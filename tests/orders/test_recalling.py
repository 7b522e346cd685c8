"""A recall closes the lot, lists and tells every buyer once, in one transaction, and nobody else learns who they are."""

from __future__ import annotations

import csv
import io

import pytest
from sqlmodel import Session, col, select

from marketplace.accounts.rules import Role
from marketplace.accounts.views import GUEST
from marketplace.base.errors import InvalidInputs, NotFound, NotSignedIn
from marketplace.base.models import OutboxEvent, Transition
from marketplace.orders.models import RecallNotice
from marketplace.orders.rules import FulfilmentStatus
from marketplace.orders.service import answering, fulfilling, reading, recalling, recalls
from tests.factories import NOW, make_account, make_commune, make_owner, make_person, make_seller, make_staff
from tests.lots.orchard import ADVICE, HOUR, REASON, Orchard

LATER = NOW + 2 * HOUR


class Recall:
    """Three buyers of a lot, one of them with an account; others of another lot, or whose orders ended."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.orchard = orchard = Orchard(session)
        self.code = orchard.enter(harvested_grams=20_000)
        other = orchard.enter(number="B")
        self.buyer = make_person(session, make_account(session))
        self.numbers = {}
        for name, person in (("Lan", GUEST), ("Mai", self.buyer), ("Cúc", GUEST)):
            number, key = orchard.packed(2, self.code, person, buyer={"name": name, "phone": "0912 345 678"})
            self.numbers[name] = number, key
        orchard.send(self.numbers["Cúc"][0])
        orchard.packed(1, other)
        given_up, _ = orchard.packed(1, self.code)
        answering.refuse(session, orchard.owner, given_up, "Ngập vườn", NOW + HOUR)
        orchard.order(1)

    def recall(self) -> None:
        recalling.recall(self.session, self.orchard.owner, self.code, REASON, ADVICE, NOW + HOUR)

    def notices(self) -> list[RecallNotice]:
        return list(self.session.exec(select(RecallNotice).order_by(col(RecallNotice.id))).all())


@pytest.fixture
def recall(session: Session) -> Recall:
    return Recall(session)


def test_every_buyer_who_holds_goods_of_the_lot_is_listed_and_told(recall: Recall) -> None:
    listed = recalling.buyers_of_lot(recall.session, recall.orchard.owner, recall.code, "vi")
    assert {buyer.name for buyer in listed} == {"Lan", "Mai", "Cúc"}
    assert {buyer.told_text for buyer in listed} == {""}
    recall.recall()
    listed = recalling.buyers_of_lot(recall.session, recall.orchard.owner, recall.code, "vi")
    assert [(buyer.phone, buyer.weight_text, bool(buyer.told_text)) for buyer in listed] == [
        ("0912 345 678", "2 kg", True)
    ] * 3
    for number, key in recall.numbers.values():
        view = reading.order_for_buyer(recall.session, GUEST if key else recall.buyer, number, key, "vi", LATER)
        (told,) = view.recalls
        assert (told.number, told.reason, told.advice) == ("XC-1", REASON, ADVICE)
        assert view.must_acknowledge
    (mine,) = reading.buyer_orders(recall.session, recall.buyer, "vi", LATER)
    assert mine.recalled


def test_a_recall_happens_once(recall: Recall) -> None:
    for _ in range(2):
        recall.recall()
    assert len(recall.notices()) == 3
    told = recall.session.exec(select(OutboxEvent).where(OutboxEvent.topic == "order.recalled")).all()
    assert sorted(event.payload["number"] for event in told) == sorted(number for number, _ in recall.numbers.values())
    moves = recall.session.exec(
        select(Transition).where(Transition.subject == "lot", Transition.to_state == "recalled")
    ).all()
    assert [(move.reason, move.by_account_id) for move in moves] == [(REASON, recall.orchard.owner.account_id)]


def test_a_recall_without_reason_or_advice_changes_nothing(recall: Recall) -> None:
    with pytest.raises(InvalidInputs) as refused:
        recalling.recall(recall.session, recall.orchard.owner, recall.code, " ", "", NOW)
    assert {problem.field for problem in refused.value.problems} == {"reason", "advice"}
    assert recall.orchard.lot(recall.code).state == "open"
    assert recall.notices() == []


def test_the_provinces_staff_recall_too_and_nobody_else_learns_who_bought(recall: Recall) -> None:
    make_commune(recall.session)
    strangers = [
        make_owner(recall.session, make_seller(recall.session)),
        make_staff(recall.session, Role.COMMUNE_STAFF, "31117"),
        recall.buyer,
    ]
    for person in strangers:
        with pytest.raises(NotFound):
            recalling.recall(recall.session, person, recall.code, REASON, ADVICE, NOW)
        with pytest.raises(NotFound):
            recalling.buyers_of_lot(recall.session, person, recall.code, "vi")
        with pytest.raises(NotFound):
            recalling.staff_lot(recall.session, person, recall.code, "vi", NOW)
    with pytest.raises(NotSignedIn):
        recalling.buyers_of_lot(recall.session, GUEST, recall.code, "vi")
    staff = make_staff(recall.session)
    before = recalling.staff_lot(recall.session, staff, recall.code, "vi", NOW)
    assert (before.holders, before.buyers) == (3, ())
    with pytest.raises(NotFound):
        recalling.buyers_of_lot(recall.session, staff, recall.code, "vi")
    recalling.recall(recall.session, staff, recall.code, REASON, ADVICE, NOW)
    page = recalling.staff_lot(recall.session, staff, recall.code, "vi", NOW)
    assert (page.lot.recalled, len(page.buyers)) == (True, 3)
    assert recall.orchard.lot(recall.code).recalled_by_staff


def test_a_buyer_acknowledges_by_the_private_link_and_the_first_time_counts(recall: Recall) -> None:
    recall.recall()
    number, key = recall.numbers["Lan"]
    with pytest.raises(NotFound):
        recalling.acknowledge(recall.session, GUEST, number, "wrong", LATER)
    recalling.acknowledge(recall.session, GUEST, number, key, LATER)
    recalling.acknowledge(recall.session, GUEST, number, key, LATER + HOUR)
    recall.session.expire_all()
    acknowledged = [notice.acknowledged_at for notice in recall.notices()]
    assert acknowledged == [LATER, None, None]
    view = reading.order_for_buyer(recall.session, GUEST, number, key, "vi", LATER)
    assert not view.must_acknowledge
    assert view.recalls[0].acknowledged_text


def test_a_call_is_noted_once_beside_the_buyer(recall: Recall) -> None:
    recall.recall()
    number, _ = recall.numbers["Cúc"]
    owner = recall.orchard.owner
    recalling.note_call(recall.session, owner, recall.code, number, LATER)
    recalling.note_call(recall.session, owner, recall.code, number, LATER + HOUR)
    buyers = recalling.buyers_of_lot(recall.session, owner, recall.code, "vi")
    assert [(buyer.channel_text, buyer.acknowledged_text) for buyer in buyers if buyer.number == number] == [
        ("Điện thoại", "18:07 05/01/2026")
    ]
    with pytest.raises(NotFound):
        recalling.note_call(recall.session, owner, recall.code, "DH-NONE", LATER)
    with pytest.raises(NotFound):
        recalling.note_call(
            recall.session, make_owner(recall.session, make_seller(recall.session)), recall.code, number, LATER
        )


def test_the_list_opens_in_a_spreadsheet_and_runs_nothing_there(session: Session) -> None:
    orchard = Orchard(session, "Xoài, loại “1”")
    code = orchard.enter()
    orchard.packed(2, buyer={"name": "=HYPERLINK(1)", "phone": "0912 345 678"})
    recalling.recall(session, orchard.owner, code, REASON, ADVICE, NOW)
    data = recalls.as_csv(recalling.buyers_of_lot(session, orchard.owner, code, "vi"), "vi")
    assert data.startswith(b"\xef\xbb\xbf")
    heading, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert dict(zip(heading, row, strict=True)) | {"Đơn hàng": "", "Đặt lúc": ""} == {
        "Đơn hàng": "",
        "Đặt lúc": "",
        "Người mua": "'=HYPERLINK(1)",
        "Điện thoại": "0912 345 678",
        "Nơi nhận": "Phường Ninh Kiều, Thành phố Cần Thơ",
        "Hàng": "2 kg Xoài, loại “1”",
        "Kilôgam": "2",
        "Tình trạng": "Đã đóng gói",
        "Báo lúc": "16:07 05/01/2026",
        "Bằng cách": "Trang đơn hàng",
        "Xác nhận lúc": "",
    }


def test_goods_on_their_way_are_still_handed_over_and_their_buyer_knows(recall: Recall) -> None:
    recall.recall()
    number, key = recall.numbers["Cúc"]
    fulfilling.advance(recall.session, recall.orchard.owner, number, FulfilmentStatus.DELIVERED, LATER)
    assert reading.order_for_buyer(recall.session, GUEST, number, key, "vi", LATER).recalls
