"""Reviews are answered, reported, hidden and restored; all is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace.accounts.rules import Role
from marketplace.accounts.views import GUEST
from marketplace.base.errors import FieldRequired, NotAllowed, NotFound, NotSignedIn
from marketplace.base.models import Transition
from marketplace.base.state_machine import MoveRefused
from marketplace.reviews import service as reviews
from marketplace.reviews.commands import AnswerDraft, Judgement, ReportDraft, ReviewDraft
from marketplace.reviews.rules import LinksNotAllowed, ReportReason, StarsMissing
from marketplace.reviews.service import ReceivedLine
from tests.factories import NOW, make_account, make_owner, make_person, make_seller, make_staff
from tests.reviews.bought import Bought, deliver, order, received

DAY = timedelta(days=1)


def written(session: Session, stars: int = 5, text: str = "Ngon lắm.", of: Bought | None = None) -> tuple[Bought, int]:
    """A review of goods that were received, and its id."""
    bought = received(session, of=of)
    line = ReceivedLine(bought.line_id, bought.product_id, bought.seller_id, None, "Trần Thị Bưởi", "")
    return bought, reviews.write(session, line, ReviewDraft(stars=stars, text=text), NOW)


def shown(session: Session, bought: Bought) -> tuple[int, ...]:
    """The stars of the reviews everybody sees."""
    return tuple(one.stars for one in reviews.reviews_of(session, bought.product_id, "vi").reviews)


def test_a_review_needs_stars_and_no_words(session: Session) -> None:
    bought = received(session)
    line = ReceivedLine(bought.line_id, bought.product_id, bought.seller_id, None, "Trần Thị Bưởi", "")
    with pytest.raises(StarsMissing) as refused:
        reviews.write(session, line, ReviewDraft(), NOW)
    assert refused.value.field == "stars"
    reviews.write(session, line, ReviewDraft(stars=3), NOW)
    (view,) = reviews.reviews_of(session, bought.product_id, "vi").reviews
    assert (view.author, view.stars_text, view.text, view.edited) == ("Trần T. B.", "★★★☆☆", (), False)


def test_only_the_shops_people_answer_and_an_answer_can_be_changed(session: Session) -> None:
    bought, review_id = written(session)
    stranger = make_owner(session, make_seller(session, "Vườn Chín Hớn"))
    with pytest.raises(NotFound):
        reviews.answer(session, stranger, AnswerDraft(review_id=review_id, text="Cảm ơn"), NOW)
    with pytest.raises(FieldRequired):
        reviews.answer(session, bought.owner, AnswerDraft(review_id=review_id, text=" "), NOW)
    with pytest.raises(LinksNotAllowed):
        reviews.answer(session, bought.owner, AnswerDraft(review_id=review_id, text="ghé vuon.com"), NOW)
    assert reviews.seller_reviews(session, bought.owner, "vi").unanswered == 1
    reviews.answer(session, bought.owner, AnswerDraft(review_id=review_id, text="Cảm ơn chị"), NOW)
    reviews.answer(session, bought.owner, AnswerDraft(review_id=review_id, text="Cảm ơn chị nhiều"), NOW + DAY)
    (view,) = reviews.reviews_of(session, bought.product_id, "vi").reviews
    assert view.answer == ("Cảm ơn chị nhiều",)
    assert reviews.seller_reviews(session, bought.owner, "vi").unanswered == 0
    assert reviews.seller_reviews(session, bought.owner, "vi", unanswered=True).reviews == ()


def test_reviews_come_newest_first_page_by_page_and_by_stars(session: Session) -> None:
    first, _ = written(session, 5)
    for stars in (4, 5, 1, 4):
        written(session, stars, of=first)
    found: list[int] = []
    after = ""
    while True:
        page = reviews.reviews_of(session, first.product_id, "vi", after=after, limit=2)
        found.extend(one.id for one in page.reviews)
        if not (after := page.next):
            break
    assert found == sorted(found, reverse=True)
    assert len(found) == 5
    fours = reviews.reviews_of(session, first.product_id, "vi", stars=4)
    assert [one.stars for one in fours.reviews] == [4, 4]
    summary = reviews.summary(session, first.product_id, "vi")
    assert (summary.count, summary.average_text) == (5, "3,8")
    assert [(bar.stars, bar.number) for bar in summary.bars] == [(5, 2), (4, 2), (3, 0), (2, 0), (1, 1)]
    assert len(reviews.reviews_of(session, first.product_id, "vi", after="9" * 40).reviews) == 5


def test_staff_hide_what_was_reported_with_a_reason_and_restore_it(session: Session) -> None:
    bought, review_id = written(session, 1)
    staff = make_staff(session, Role.PROVINCE_STAFF)
    with pytest.raises(NotSignedIn):
        reviews.report(session, GUEST, ReportDraft(review_id=review_id, reason=ReportReason.OTHER), NOW)
    reviews.report(session, bought.owner, ReportDraft(review_id=review_id, reason=ReportReason.UNTRUE), NOW)
    reviews.report(session, bought.owner, ReportDraft(review_id=review_id, reason=ReportReason.PRIVATE), NOW)
    (waiting,) = reviews.reported_reviews(session, staff, "vi")
    assert len(waiting.reports) == 1
    assert reviews.count_reported(session, staff) == 1
    with pytest.raises(FieldRequired):
        reviews.hide(session, staff, Judgement(review_id=review_id, text=""), NOW)
    reviews.hide(session, staff, Judgement(review_id=review_id, text="Lộ số điện thoại"), NOW)
    assert shown(session, bought) == ()
    assert reviews.count_reported(session, staff) == 0
    assert reviews.own_review(session, bought.line_id, NOW).hidden_reason == "Lộ số điện thoại"
    with pytest.raises(MoveRefused):
        reviews.hide(session, staff, Judgement(review_id=review_id, text="Lần nữa"), NOW)
    assert [one.hidden for one in reviews.reported_reviews(session, staff, "vi", hidden=True)] == [True]
    reviews.restore(session, staff, Judgement(review_id=review_id, text="Đã sửa"), NOW + DAY)
    assert shown(session, bought) == (1,)
    moves = session.exec(select(Transition).where(Transition.subject == "review").order_by(Transition.id)).all()  # type: ignore[arg-type]
    assert [(one.to_state, one.reason, one.by_account_id) for one in moves] == [
        ("hidden", "Lộ số điện thoại", staff.account_id),
        ("shown", "Đã sửa", staff.account_id),
    ]


def test_a_report_that_staff_let_stand_is_settled_for_whoever_made_it(session: Session) -> None:
    bought, review_id = written(session)
    staff = make_staff(session, Role.PROVINCE_STAFF)
    told = ReportDraft(review_id=review_id, reason=ReportReason.OFFENSIVE)
    reviews.report(session, bought.owner, told, NOW)
    reviews.let_stand(session, staff, review_id, NOW)
    reviews.report(session, bought.owner, told, NOW + DAY)
    assert reviews.reported_reviews(session, staff, "vi") == ()
    reviews.report(session, make_person(session, make_account(session)), told, NOW + DAY)
    assert len(reviews.reported_reviews(session, staff, "vi")) == 1


def test_nobody_without_the_right_moderates_nor_anybody_their_own_shop(session: Session) -> None:
    bought, review_id = written(session)
    judgement = Judgement(review_id=review_id, text="Không thích")
    for person in (bought.owner, make_person(session, make_account(session)), make_staff(session, Role.OPERATOR)):
        with pytest.raises(NotAllowed):
            reviews.hide(session, person, judgement, NOW)
    staff = make_staff(session, Role.PROVINCE_STAFF)
    own = make_seller(session, "Vườn Cán Bộ", owner_id=staff.account_id)
    sold = deliver(session, order(session, seller_id=own))
    line = ReceivedLine(sold.line_id, sold.product_id, own, None, "Trần Thị Bưởi", "")
    mine = reviews.write(session, line, ReviewDraft(stars=1), NOW)
    with pytest.raises(NotAllowed):
        reviews.hide(session, sold.owner, Judgement(review_id=mine, text="Của tôi"), NOW)
