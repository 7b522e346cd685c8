"""Writing a review of goods that were received: once a line, changed for a while.

Whether the goods were received, and by whom, is known to orders above, which call these functions once they have seen to
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from marketplace.base import media
from marketplace.base.errors import Conflict, NotFound
from marketplace.base.inputs import Problems
from marketplace.base.media import StoredPicture
from marketplace.catalog import service as catalog
from marketplace.reviews.commands import ReviewDraft
from marketplace.reviews.models import Review, ReviewPhoto
from marketplace.reviews.rules import (
    MOST_PHOTOS,
    TEXT_LIMIT,
    ReviewState,
    TooManyPhotos,
    check_may_edit,
    check_stars,
    read_words,
    short_name,
)
from marketplace.reviews.service.counting import count


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """A line of goods in their buyer's hands."""

    order_line_id: int
    product_id: int
    seller_id: int
    account_id: int | None
    buyer_name: str
    variant: str


def write(session: Session, line: ReceivedLine, draft: ReviewDraft, now: datetime) -> int:
    """Write the review of a line, or change the one there is; returns its id.

    Raises EditingOver, or each entry's problem by field.
    """
    problems = Problems()
    text = ""
    with problems.noting():
        check_stars(draft.stars)
    with problems.noting():
        text = read_words(draft.text, field="text", limit=TEXT_LIMIT)
    problems.refuse()
    review = _of_line(session, line.order_line_id)
    if review is None:
        return _write_first(session, line, draft.stars, text, now)
    check_may_edit(review.written_at, now)
    before, review.stars, review.text, review.edited_at = review.stars, draft.stars, text, now
    session.add(review)
    session.flush()
    if review.state == ReviewState.SHOWN:
        count(session, review, now, before=before, after=review.stars)
        catalog.reviewed(session, review.product_id, now)
    return review.id


def _write_first(session: Session, line: ReceivedLine, stars: int, text: str, now: datetime) -> int:
    review = Review(
        order_line_id=line.order_line_id,
        product_id=line.product_id,
        seller_id=line.seller_id,
        account_id=line.account_id,
        author=short_name(line.buyer_name),
        variant=line.variant,
        stars=stars,
        text=text,
        written_at=now,
    )
    session.add(review)
    try:
        session.flush()
    except IntegrityError as error:
        # Sent twice at the same moment; sent once more it changes the one that came first.
        raise Conflict from error
    count(session, review, now, after=stars)
    return review.id


def check_may_add_photo(session: Session, order_line_id: int, now: datetime) -> None:
    """Raise NotFound, EditingOver or TooManyPhotos unless the review of a line takes one more photo."""
    review = _of_line(session, order_line_id)
    if review is None:
        raise NotFound
    check_may_edit(review.written_at, now)
    number = session.scalar(
        select(func.count()).select_from(ReviewPhoto).where(col(ReviewPhoto.review_id) == review.id)
    )
    if (number or 0) >= MOST_PHOTOS:
        raise TooManyPhotos(field="picture", limit=MOST_PHOTOS)


def add_photo(session: Session, order_line_id: int, picture: StoredPicture, now: datetime) -> None:
    """Add a stored photo behind the others; raises as `check_may_add_photo`."""
    review = _of_line(session, order_line_id)
    check_may_add_photo(session, order_line_id, now)
    if review is None:
        raise NotFound
    last = session.scalar(select(func.max(col(ReviewPhoto.position))).where(col(ReviewPhoto.review_id) == review.id))
    session.add(ReviewPhoto(review_id=review.id, key=picture.key, position=0 if last is None else last + 1))
    catalog.reviewed(session, review.product_id, now)


def remove_photo(session: Session, order_line_id: int, photo_id: int, now: datetime) -> None:
    """Take a photo away again; raises NotFound, EditingOver."""
    review = _of_line(session, order_line_id)
    photo = session.get(ReviewPhoto, photo_id)
    if review is None or photo is None or photo.review_id != review.id:
        raise NotFound
    check_may_edit(review.written_at, now)
    media.hold(photo.key)
    session.delete(photo)
    catalog.reviewed(session, review.product_id, now)


def _of_line(session: Session, order_line_id: int) -> Review | None:
    """The review of a line, locked to be changed."""
    return session.scalars(select(Review).where(col(Review.order_line_id) == order_line_id).with_for_update()).first()
