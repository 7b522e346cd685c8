"""Reports of reviews, and the staff who hide or restore them; every decision is kept with who, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import clock, outbox
from marketplace.base.errors import NotAllowed, NotFound
from marketplace.base.history import record_move
from marketplace.base.inputs import read_line
from marketplace.base.state_machine import move
from marketplace.base.text import Locale
from marketplace.catalog import service as catalog
from marketplace.reviews.commands import Judgement, ReportDraft
from marketplace.reviews.models import Review, ReviewReport
from marketplace.reviews.rules import (
    NOTE_LIMIT,
    REASON_LIMIT,
    REPORT_LABELS,
    REVIEW_MOVES,
    STATE_LABELS,
    ReportReason,
    ReviewState,
)
from marketplace.reviews.service.answering import told
from marketplace.reviews.service.counting import count
from marketplace.reviews.views import SellersReview

REPORTED = "report.made"
"""`{"review_id": n}`: staff have something to look at."""
PAGE = 50


def report(session: Session, person: Person, draft: ReportDraft, now: datetime) -> None:
    """Ask the staff to look at a shown review; a second report of the same person takes the first one's place.

    Emits `report.made`. Raises NotSignedIn, NotFound, or the note's problem.
    """
    account_id = person.require_account()
    note = read_line(draft.note, field="note", limit=NOTE_LIMIT, required=False)
    shown = select(col(Review.id)).where(col(Review.id) == draft.review_id, col(Review.state) == ReviewState.SHOWN)
    if session.scalar(shown) is None:
        raise NotFound
    known = session.scalars(
        select(ReviewReport).where(
            col(ReviewReport.review_id) == draft.review_id, col(ReviewReport.account_id) == account_id
        )
    ).first()
    if known is not None and known.settled_at is not None:
        # Staff looked at it and let it stand: the same person does not make them look again.
        return
    one = known or ReviewReport(review_id=draft.review_id, account_id=account_id, reported_at=now)
    one.reason, one.note = draft.reason, note
    try:
        with session.begin_nested():
            session.add(one)
    except IntegrityError:
        # The same tap arrived twice.
        return
    outbox.announce(session, REPORTED, {"review_id": draft.review_id}, now)


def reported_reviews(
    session: Session, person: Person, locale: Locale, *, hidden: bool = False
) -> tuple[SellersReview, ...]:
    """Reviews with open reports, the longest waiting first; or those that are hidden, the latest first.

    Raises NotSignedIn, NotAllowed.
    """
    person.require_right(Right.MODERATE_REVIEWS)
    if hidden:
        statement = select(Review).where(col(Review.state) == ReviewState.HIDDEN).order_by(col(Review.id).desc())
    else:
        waiting = (
            select(col(ReviewReport.review_id), func.min(col(ReviewReport.reported_at)).label("since"))
            .where(col(ReviewReport.settled_at).is_(None))
            .group_by(col(ReviewReport.review_id))
            .subquery()
        )
        statement = (
            select(Review)
            .join(waiting, waiting.c.review_id == col(Review.id))
            .where(col(Review.state) == ReviewState.SHOWN)
            .order_by(waiting.c.since, col(Review.id))
        )
    rows = session.scalars(statement.limit(PAGE)).all()
    reports = _reports(session, rows, locale)
    views = told(session, rows, locale)
    return tuple(replace(view, reports=reports.get(view.review.id, ())) for view in views)


def count_reported(session: Session, person: Person) -> int:
    """How many shown reviews wait for the staff; raises as `reported_reviews`."""
    person.require_right(Right.MODERATE_REVIEWS)
    waiting = (
        select(func.count(func.distinct(col(ReviewReport.review_id))))
        .join(Review, col(Review.id) == col(ReviewReport.review_id))
        .where(col(ReviewReport.settled_at).is_(None), col(Review.state) == ReviewState.SHOWN)
    )
    return session.scalar(waiting) or 0


def hide(session: Session, person: Person, judgement: Judgement, now: datetime) -> None:
    """Take a review out of everybody's sight and of the ratings, with a reason its author reads.

    Raises NotSignedIn, NotAllowed, NotFound, MoveRefused, or the reason's problem.
    """
    reason = read_line(judgement.text, field="text", limit=REASON_LIMIT)
    review = _load(session, person, judgement.review_id)
    _move(session, person, review, ReviewState.HIDDEN, reason, now)
    review.hidden_reason = reason
    count(session, review, now, before=review.stars)


def restore(session: Session, person: Person, judgement: Judgement, now: datetime) -> None:
    """Show a hidden review again, with a reason; raises as `hide`."""
    reason = read_line(judgement.text, field="text", limit=REASON_LIMIT)
    review = _load(session, person, judgement.review_id)
    _move(session, person, review, ReviewState.SHOWN, reason, now)
    review.hidden_reason = None
    count(session, review, now, after=review.stars)


def let_stand(session: Session, person: Person, review_id: int, now: datetime) -> None:
    """Settle the reports of a review that is all right; raises NotSignedIn, NotAllowed, NotFound."""
    review = _load(session, person, review_id)
    _settle(session, review, now)
    outbox.announce(session, REPORTED, {"review_id": review.id}, now)


def _load(session: Session, person: Person, review_id: int) -> Review:
    person.require_right(Right.MODERATE_REVIEWS)
    review = session.scalars(select(Review).where(col(Review.id) == review_id).with_for_update()).first()
    if review is None:
        raise NotFound
    if review.seller_id in person.seller_ids or review.account_id == person.account_id:
        # Nobody decides on what is said of a shop of their own, or on what they wrote.
        raise NotAllowed
    return review


def _move(session: Session, person: Person, review: Review, target: ReviewState, reason: str, now: datetime) -> None:
    before = ReviewState(review.state)
    review.state = move(REVIEW_MOVES, before, target, STATE_LABELS)
    session.add(review)
    session.flush()
    record_move(
        session,
        "review",
        review.id,
        from_state=before,
        to_state=target,
        at=now,
        by_account_id=person.account_id,
        reason=reason,
    )
    _settle(session, review, now)
    catalog.reviewed(session, review.product_id, now)


def _settle(session: Session, review: Review, now: datetime) -> None:
    session.execute(
        update(ReviewReport)
        .where(col(ReviewReport.review_id) == review.id, col(ReviewReport.settled_at).is_(None))
        .values(settled_at=now)
        .execution_options(synchronize_session=False)
    )


def _reports(session: Session, rows: Sequence[Review], locale: Locale) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    reports = session.scalars(
        select(ReviewReport)
        .where(col(ReviewReport.review_id).in_([row.id for row in rows]))
        .order_by(col(ReviewReport.reported_at), col(ReviewReport.id))
    ).all()
    for one in reports:
        said = (clock.show_date(one.reported_at), REPORT_LABELS[ReportReason(one.reason)].say(locale), one.note)
        found[one.review_id] = (*found.get(one.review_id, ()), " · ".join(part for part in said if part))
    return found
