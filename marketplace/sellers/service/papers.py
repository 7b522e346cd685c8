"""Photos of an applicant's papers: whose they are, and who may see them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base.errors import NotFound
from marketplace.sellers.models import ApplicationPhoto, Seller
from marketplace.sellers.rules import ApplicationPaper
from marketplace.sellers.service.applying import check_may_apply


def papers_of(session: Session, account_id: int) -> dict[ApplicationPaper, str]:
    """The papers an account has photographed, each with its key."""
    rows = session.exec(select(ApplicationPhoto).where(ApplicationPhoto.account_id == account_id)).all()
    there = {ApplicationPaper(row.paper): row.key for row in rows}
    return {paper: there[paper] for paper in ApplicationPaper if paper in there}


def sent_papers(session: Session, seller_id: int) -> dict[ApplicationPaper, str]:
    """The papers that were sent for a seller, each with its key."""
    rows = session.exec(select(ApplicationPhoto).where(ApplicationPhoto.seller_id == seller_id)).all()
    there = {ApplicationPaper(row.paper): row.key for row in rows}
    return {paper: there[paper] for paper in ApplicationPaper if paper in there}


def count_papers(session: Session, seller_ids: Collection[int]) -> dict[int | None, int]:
    """How many papers were sent for each seller."""
    counting = (
        select(ApplicationPhoto.seller_id, func.count())
        .where(col(ApplicationPhoto.seller_id).in_(seller_ids))
        .group_by(col(ApplicationPhoto.seller_id))
    )
    return dict(session.exec(counting).all())


def keep_paper(session: Session, person: Person, paper: ApplicationPaper, key: str, now: datetime) -> None:
    """Put a photo in its place, instead of one that was there; raises NotSignedIn, ApplicationClosed."""
    account_id = person.require_account()
    check_may_apply(session, person)
    row = session.exec(
        select(ApplicationPhoto)
        .where(ApplicationPhoto.account_id == account_id, ApplicationPhoto.paper == paper)
        .with_for_update()
    ).first() or ApplicationPhoto(account_id=account_id, paper=paper, key=key, added_at=now)
    row.key, row.added_at = key, now
    # Unsent again: what staff look at is what was sent.
    row.seller_id = None
    session.add(row)
    session.flush()


def send_papers(session: Session, account_id: int, seller_id: int) -> None:
    """Show the staff what was photographed."""
    for row in session.exec(select(ApplicationPhoto).where(ApplicationPhoto.account_id == account_id)).all():
        row.seller_id = seller_id
        session.add(row)


def check_may_see_paper(session: Session, person: Person, key: str) -> None:
    """Whether a photo is the person's own, or of an application it reviews; raises NotFound for all others."""
    row = session.exec(select(ApplicationPhoto).where(ApplicationPhoto.key == key)).first()
    if row is None or person.account_id is None:
        raise NotFound
    if row.account_id == person.account_id:
        return
    seller = session.get(Seller, row.seller_id) if row.seller_id is not None else None
    communes = person.communes_for(Right.REVIEW_SELLERS)
    if seller is None or (communes is not None and seller.commune_code not in communes):
        raise NotFound
