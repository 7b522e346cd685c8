"""Reading reviews: of one product page by page, and what one buyer wrote."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlmodel import Session, col

from marketplace.base import clock
from marketplace.base.media import picture_url
from marketplace.base.ratings import MOST_STARS, average_rating, rating_text
from marketplace.base.text import Locale, Text
from marketplace.reviews.models import Review, ReviewAnswer, ReviewCount, ReviewPhoto
from marketplace.reviews.rules import ReviewState, may_edit
from marketplace.reviews.views import OwnReview, PhotoView, ReviewList, ReviewView, StarsBar, Summary

PAGE = 10
MOST = 50
LABEL = Text("{stars} trên 5 sao", "{stars} out of 5 stars")
BAR = Text("{stars} sao: {number} đánh giá", "{stars} stars: {number} reviews")
COUNT = Text("{count} đánh giá", "{count} reviews")
ONE = Text("1 đánh giá", "1 review")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(r"(\d{1,17})\.(\d{1,18})")


def reviews_of(
    session: Session, product_id: int, locale: Locale, *, stars: int = 0, after: str = "", limit: int = PAGE
) -> ReviewList:
    """Shown reviews of a product, newest first, of some stars only when they are named.

    `after` is the place an earlier page ended at; one that was never given begins anew.
    """
    statement = select(Review).where(col(Review.product_id) == product_id, col(Review.state) == ReviewState.SHOWN)
    if stars:
        statement = statement.where(col(Review.stars) == stars)
    if (place := _read_cursor(after)) is not None:
        moment, last = place
        statement = statement.where(
            or_(col(Review.written_at) < moment, and_(col(Review.written_at) == moment, col(Review.id) < last))
        )
    newest = statement.order_by(col(Review.written_at).desc(), col(Review.id).desc()).limit(limit + 1)
    rows = session.scalars(newest).all()
    shown = rows[:limit]
    following = _write_cursor(shown[-1]) if len(rows) > limit else ""
    return ReviewList(review_views(session, shown, locale), following)


def _write_cursor(review: Review) -> str:
    return f"{(review.written_at - EPOCH) // timedelta(microseconds=1)}.{review.id}"


def _read_cursor(text: str) -> tuple[datetime, int] | None:
    match = _CURSOR.fullmatch(text)
    if match is None or not text.isascii():
        return None
    try:
        return EPOCH + timedelta(microseconds=int(match[1])), int(match[2])
    except OverflowError:
        return None


def summary(session: Session, product_id: int, locale: Locale) -> Summary:
    """What all shown reviews of a product come to, read from the counters."""
    rows = session.execute(
        select(col(ReviewCount.stars), col(ReviewCount.number)).where(col(ReviewCount.product_id) == product_id)
    ).all()
    numbers: dict[int, int] = dict(rows)
    count = sum(numbers.values())
    total = sum(stars * number for stars, number in numbers.items())
    return Summary(
        average=average_rating(total, count),
        average_text=rating_text(total, count, locale),
        count=count,
        count_text=count_text(count, locale),
        stars_text=stars_text(round(average_rating(total, count))) if count else "",
        bars=tuple(
            StarsBar(
                stars,
                numbers.get(stars, 0),
                label=BAR.say(locale, stars=stars, number=numbers.get(stars, 0)),
            )
            for stars in range(MOST_STARS, 0, -1)
        )
        if count
        else (),
    )


def count_text(count: int, locale: Locale) -> str:
    """`12 đánh giá`."""
    return ONE.say(locale) if count == 1 else COUNT.say(locale, count=count)


def stars_text(stars: int) -> str:
    """`★★★★☆`."""
    return "★" * stars + "☆" * (MOST_STARS - stars)


def review_views(session: Session, rows: Sequence[Review], locale: Locale) -> tuple[ReviewView, ...]:
    """Reviews with their photos and answers, in two more queries whatever their number."""
    ids = [row.id for row in rows]
    photos = _photos(session, ids)
    answers = {
        one.review_id: one
        for one in session.scalars(select(ReviewAnswer).where(col(ReviewAnswer.review_id).in_(ids))).all()
    }
    return tuple(
        ReviewView(
            id=row.id,
            stars=row.stars,
            stars_text=stars_text(row.stars),
            label=LABEL.say(locale, stars=row.stars),
            author=row.author,
            date_text=clock.show_date(row.written_at),
            edited=row.edited_at is not None,
            variant=row.variant,
            text=tuple(part for part in row.text.split("\n") if part),
            photos=photos.get(row.id, ()),
            answer=tuple(part for part in answers[row.id].text.split("\n") if part) if row.id in answers else (),
            answer_date=clock.show_date(answers[row.id].written_at) if row.id in answers else "",
            written=row.written_at.isoformat(),
        )
        for row in rows
    )


def _photos(session: Session, review_ids: Collection[int]) -> dict[int, tuple[PhotoView, ...]]:
    found: dict[int, tuple[PhotoView, ...]] = {}
    if review_ids:
        rows = session.scalars(
            select(ReviewPhoto)
            .where(col(ReviewPhoto.review_id).in_(review_ids))
            .order_by(col(ReviewPhoto.position), col(ReviewPhoto.id))
        ).all()
        for row in rows:
            photo = PhotoView(row.id, picture_url(row.key, 320), picture_url(row.key, 1280))
            found[row.review_id] = (*found.get(row.review_id, ()), photo)
    return found


def own_review(session: Session, order_line_id: int, now: datetime) -> OwnReview:
    """What its buyer wrote of a line, to change; an empty one where nothing was written."""
    row = session.scalars(select(Review).where(col(Review.order_line_id) == order_line_id)).first()
    if row is None:
        return OwnReview()
    return OwnReview(
        id=row.id,
        stars=row.stars,
        text=row.text,
        photos=_photos(session, [row.id]).get(row.id, ()),
        may_edit=may_edit(row.written_at, now),
        hidden_reason=row.hidden_reason or "",
    )


def own_stars(session: Session, order_line_ids: Collection[int]) -> dict[int, int]:
    """The stars given to some lines; those without a review are left out."""
    if not order_line_ids:
        return {}
    rows = session.execute(
        select(col(Review.order_line_id), col(Review.stars)).where(col(Review.order_line_id).in_(order_line_ids))
    ).all()
    return dict(rows)
