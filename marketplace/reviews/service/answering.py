"""A seller reads what was said of the shop's goods, and answers each review once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base.errors import Conflict, NotFound
from marketplace.base.ratings import rating_text
from marketplace.base.text import Locale
from marketplace.catalog import service as catalog
from marketplace.reviews.commands import AnswerDraft
from marketplace.reviews.models import Review, ReviewAnswer
from marketplace.reviews.rules import ANSWER_LIMIT, ReviewState, read_words
from marketplace.reviews.service.reading import review_views
from marketplace.reviews.views import SellersReview, SellersReviews
from marketplace.sellers import service as sellers

SELLERS_PAGE = 20


def answer(session: Session, person: Person, draft: AnswerDraft, now: datetime) -> None:
    """Answer a review of the person's shop, or change the answer there is.

    Raises NotSignedIn, NotFound for other shops' reviews, NotAllowed, or the text's problem.
    """
    account_id = person.require_account()
    review = session.scalars(
        select(Review).where(col(Review.id) == draft.review_id, col(Review.seller_id).in_(person.seller_ids))
    ).first()
    if review is None:
        raise NotFound
    person.require_seller(review.seller_id, Right.ANSWER_REVIEWS)
    text = read_words(draft.text, field="text", limit=ANSWER_LIMIT, required=True)
    known = session.scalars(
        select(ReviewAnswer).where(col(ReviewAnswer.review_id) == review.id).with_for_update()
    ).first()
    if known is None:
        known = ReviewAnswer(review_id=review.id, account_id=account_id, text=text, written_at=now)
    else:
        known.text, known.account_id, known.edited_at = text, account_id, now
    session.add(known)
    try:
        session.flush()
    except IntegrityError as error:
        # Two of the shop answered at the same moment.
        raise Conflict from error
    catalog.reviewed(session, review.product_id, now)


def seller_reviews(
    session: Session, person: Person, locale: Locale, *, unanswered: bool = False, before: int = 0
) -> SellersReviews:
    """What was said of the goods of the person's shop, newest first; those older than the one of id `before`.

    Raises NotSignedIn, NotFound without a shop, NotAllowed.
    """
    seller = sellers.seller_of(session, person)
    person.require_seller(seller.id, Right.ANSWER_REVIEWS)
    theirs = col(Review.seller_id) == seller.id
    open_ones = (theirs, col(Review.state) == ReviewState.SHOWN, ~_answered())
    statement = select(Review).where(*(open_ones if unanswered else (theirs,)))
    if before:
        since = select(col(Review.written_at)).where(col(Review.id) == before, theirs).scalar_subquery()
        statement = statement.where(
            (col(Review.written_at) < since) | ((col(Review.written_at) == since) & (col(Review.id) < before))
        )
    rows = session.scalars(
        statement.order_by(col(Review.written_at).desc(), col(Review.id).desc()).limit(SELLERS_PAGE + 1)
    ).all()
    store = sellers.stores_by_seller(session, [seller.id])[seller.id]
    return SellersReviews(
        reviews=told(session, rows[:SELLERS_PAGE], locale),
        older=rows[SELLERS_PAGE - 1].id if len(rows) > SELLERS_PAGE else 0,
        unanswered=session.scalar(select(func.count()).select_from(Review).where(*open_ones)) or 0,
        average_text=rating_text(store.rating_sum, store.rating_count, locale),
        count=store.rating_count,
    )


def _answered() -> ColumnElement[bool]:
    """SQL beside a review: its seller answered it."""
    return exists().where(col(ReviewAnswer.review_id) == col(Review.id)).correlate(Review)


def told(session: Session, rows: Sequence[Review], locale: Locale) -> tuple[SellersReview, ...]:
    """Reviews with what they are about, hidden or not."""
    views = review_views(session, rows, locale)
    goods = catalog.named_products(session, {row.product_id for row in rows})
    stores = sellers.stores_by_seller(session, {row.seller_id for row in rows})
    return tuple(
        SellersReview(
            review=view,
            product=goods[row.product_id].name,
            product_href=goods[row.product_id].href,
            store=stores[row.seller_id].name,
            answer="\n".join(view.answer),
            hidden=row.state == ReviewState.HIDDEN,
            hidden_reason=row.hidden_reason or "",
        )
        for row, view in zip(rows, views, strict=True)
    )
