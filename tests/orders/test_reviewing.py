"""Who received goods may say what they are like: once a line, by account or private link, for thirty days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from marketplace.accounts.views import GUEST
from marketplace.base.errors import NotFound
from marketplace.base.media import StoredPicture
from marketplace.orders.service import reading, reviewing
from marketplace.reviews import service as reviews
from marketplace.reviews.commands import ReviewDraft
from marketplace.reviews.rules import EditingOver, NotReceived, OwnGoods, TooManyPhotos
from tests.factories import NOW, make_account, make_person
from tests.reviews.bought import deliver, order, received

GOOD = ReviewDraft(stars=5, text="Ngon lắm.")


def test_nobody_reviews_before_the_goods_are_there(session: Session) -> None:
    bought = order(session)
    with pytest.raises(NotReceived):
        reviewing.write_review(session, GUEST, bought.number, bought.line_id, bought.key, GOOD, NOW)
    view = reading.order_for_buyer(session, GUEST, bought.number, bought.key, "vi", NOW)
    assert [line.review_href for line in view.lines] == [""]
    deliver(session, bought)
    view = reading.order_for_buyer(session, GUEST, bought.number, bought.key, "vi", NOW)
    assert view.lines[0].review_href == f"/orders/{bought.number}/review/{bought.line_id}?key={bought.key}"
    assert reading.order_for_seller(session, bought.owner, bought.number, "vi", NOW).lines[0].review_href == ""


def test_a_guest_reviews_by_the_private_link_and_nobody_else_can(session: Session) -> None:
    bought = received(session)
    stranger = make_person(session, make_account(session))
    for person, key in ((GUEST, ""), (GUEST, "x" * 43), (stranger, "")):
        with pytest.raises(NotFound):
            reviewing.write_review(session, person, bought.number, bought.line_id, key, GOOD, NOW)
    reviewing.write_review(session, GUEST, bought.number, bought.line_id, bought.key, GOOD, NOW)
    (view,) = reviews.reviews_of(session, bought.product_id, "vi").reviews
    assert (view.author, view.text) == ("Trần T. B.", ("Ngon lắm.",))


def test_a_line_of_another_order_is_not_to_be_reviewed_here(session: Session) -> None:
    bought, other = received(session), received(session)
    with pytest.raises(NotFound):
        reviewing.write_review(session, GUEST, bought.number, other.line_id, bought.key, GOOD, NOW)


def test_the_same_buyer_changes_the_one_review_of_a_line_for_thirty_days(session: Session) -> None:
    buyer = make_person(session, make_account(session))
    bought = received(session, buyer)
    reviewing.write_review(session, buyer, bought.number, bought.line_id, "", GOOD, NOW)
    later = NOW + timedelta(days=29)
    reviewing.write_review(session, buyer, bought.number, bought.line_id, "", ReviewDraft(stars=2, text="Hỏng"), later)
    (view,) = reviews.reviews_of(session, bought.product_id, "vi").reviews
    assert (view.stars, view.edited) == (2, True)
    page = reviewing.review_page(session, buyer, bought.number, bought.line_id, "", "vi", later)
    assert (page.review.stars, page.review.text, page.review.may_edit) == (2, "Hỏng", True)
    with pytest.raises(EditingOver):
        reviewing.write_review(session, buyer, bought.number, bought.line_id, "", GOOD, NOW + timedelta(days=30))


def test_nobody_reviews_goods_of_their_own_shop(session: Session) -> None:
    first = received(session)
    bought = received(session, first.owner, of=first)
    with pytest.raises(OwnGoods):
        reviewing.write_review(session, first.owner, bought.number, bought.line_id, "", GOOD, NOW)


def test_four_photos_and_no_more_and_only_of_a_review_there_is(session: Session) -> None:
    bought = received(session)
    where = (GUEST, bought.number, bought.line_id, bought.key)
    with pytest.raises(NotFound):
        reviewing.check_may_add_photo(session, *where, NOW)
    reviewing.write_review(session, *where, GOOD, NOW)
    for number in range(4):
        reviewing.add_photo(session, *where, StoredPicture(f"{number:032}", 320, 240, ""), NOW)
    with pytest.raises(TooManyPhotos):
        reviewing.add_photo(session, *where, StoredPicture("f" * 32, 320, 240, ""), NOW)
    photos = reviewing.review_page(session, *where, "vi", NOW).review.photos
    assert len(photos) == 4
    reviewing.remove_photo(session, *where, photos[1].id, NOW)
    (view,) = reviews.reviews_of(session, bought.product_id, "vi").reviews
    assert [photo.id for photo in view.photos] == [photos[0].id, photos[2].id, photos[3].id]
    other = received(session)
    with pytest.raises(NotFound):
        reviewing.remove_photo(session, GUEST, other.number, other.line_id, other.key, photos[0].id, NOW)
