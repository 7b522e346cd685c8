"""The staff's decisions on sellers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, tuple_
from sqlmodel import Session, col, select

from marketplace.accounts.rules import MemberRole, Right, show_phone
from marketplace.accounts.views import Person
from marketplace.base import clock, outbox
from marketplace.base.errors import InputInvalid, NotAllowed, NotFound
from marketplace.base.history import record_move
from marketplace.base.inputs import read_line
from marketplace.base.state_machine import move
from marketplace.places import service as places
from marketplace.sellers import rules
from marketplace.sellers.models import Seller, SellerMember, Store
from marketplace.sellers.rules import SELLER_MOVES, SellerKind, SellerStatus
from marketplace.sellers.service.papers import count_papers
from marketplace.sellers.views import ApplicationView

PAGE = 100
REASON_LIMIT = 500
OWNER_LEFT = "Chủ gian hàng đã đóng tài khoản."


def applications(
    session: Session,
    person: Person,
    status: SellerStatus = SellerStatus.APPLIED,
    *,
    after: int | None = None,
) -> list[ApplicationView]:
    """Sellers in a state, the longest waiting first: the province's staff see all, a commune's their own.

    At most PAGE; `after` is the last seller's id of the page before. Raises NotSignedIn or NotAllowed.
    """
    person.require_right(Right.REVIEW_SELLERS)
    statement = select(Seller, Store).join(Store, col(Store.seller_id) == col(Seller.id)).where(Seller.status == status)
    communes = person.communes_for(Right.REVIEW_SELLERS)
    if communes is not None:
        statement = statement.where(col(Seller.commune_code).in_(communes))
    if after is not None:
        since = select(Seller.applied_at).where(Seller.id == after).scalar_subquery()
        statement = statement.where(tuple_(col(Seller.applied_at), col(Seller.id)) > tuple_(since, after))
    statement = statement.order_by(col(Seller.applied_at), col(Seller.id))
    return _views(session, session.exec(statement.limit(PAGE)).all())


def application(session: Session, person: Person, seller_id: int) -> ApplicationView:
    """One seller in any state; raises NotSignedIn, NotAllowed, or NotFound beyond the person's communes."""
    person.require_right(Right.REVIEW_SELLERS)
    statement = select(Seller, Store).join(Store, col(Store.seller_id) == col(Seller.id)).where(Seller.id == seller_id)
    row = session.exec(statement).first()
    if row is None:
        raise NotFound
    person.require_right_in(Right.REVIEW_SELLERS, row[0].commune_code)
    return _views(session, [row])[0]


def approve(session: Session, person: Person, seller_id: int, now: datetime) -> None:
    """Let a seller sell. Emits `seller.approved`; raises NotAllowed, NotFound or MoveRefused."""
    seller = _load(session, person, Right.REVIEW_SELLERS, seller_id)
    # Suspended sellers go back to selling by `reinstate`, which needs another right.
    _decide(session, person, seller, (SellerStatus.APPLIED,), SellerStatus.APPROVED, "seller.approved", None, now)


def ask_for_more(
    session: Session, person: Person, seller_id: int, message: str, points: Collection[str], now: datetime
) -> None:
    """Hand an application back with a message and the points to mend, for the applicant to send again.

    Emits `seller.needs_more`; raises InputInvalid for a point its kind is not asked.
    """
    text = read_line(message, field="reason", limit=REASON_LIMIT)
    seller = _load(session, person, Right.REVIEW_SELLERS, seller_id)
    possible = rules.points_of(SellerKind(seller.kind))
    if not set(points) <= set(possible):
        raise InputInvalid(field="points")
    _decide(session, person, seller, (SellerStatus.APPLIED,), SellerStatus.NEEDS_MORE, "seller.needs_more", text, now)
    seller.asked = [point for point in possible if point in points]


def refuse(session: Session, person: Person, seller_id: int, reason: str, now: datetime) -> None:
    """Refuse an application with a reason the applicant reads. Emits `seller.refused`."""
    text = read_line(reason, field="reason", limit=REASON_LIMIT)
    seller = _load(session, person, Right.REVIEW_SELLERS, seller_id)
    waiting = (SellerStatus.APPLIED, SellerStatus.NEEDS_MORE)
    _decide(session, person, seller, waiting, SellerStatus.REFUSED, "seller.refused", text, now)


def suspend(session: Session, person: Person, seller_id: int, reason: str, now: datetime) -> None:
    """Stop a shop's sales at once, with a reason. Emits `seller.suspended`."""
    text = read_line(reason, field="reason", limit=REASON_LIMIT)
    seller = _load(session, person, Right.SUSPEND_SELLERS, seller_id)
    _decide(session, person, seller, (SellerStatus.APPROVED,), SellerStatus.SUSPENDED, "seller.suspended", text, now)


def reinstate(session: Session, person: Person, seller_id: int, now: datetime) -> None:
    """Let a suspended shop sell again. Emits `seller.reinstated`."""
    seller = _load(session, person, Right.SUSPEND_SELLERS, seller_id)
    _decide(session, person, seller, (SellerStatus.SUSPENDED,), SellerStatus.APPROVED, "seller.reinstated", None, now)


def leave_shops(session: Session, person: Person, now: datetime) -> None:
    """A person leaves for good: their own shop closes, and shops they helped in do without them. Emits `seller.suspended`.

    The owner stays written down as such: a shop's orders and contracts need somebody who made them.
    """
    account_id = person.require_account()
    owned = [seller_id for seller_id, role in person.member_roles if role is MemberRole.OWNER]
    for seller in session.exec(select(Seller).where(col(Seller.id).in_(owned)).with_for_update()).all():
        status = SellerStatus(seller.status)
        if status is SellerStatus.APPROVED:
            target, topic = SellerStatus.SUSPENDED, "seller.suspended"
        elif status is SellerStatus.APPLIED:
            target, topic = SellerStatus.REFUSED, "seller.refused"
        else:
            continue
        _decide(session, person, seller, (status,), target, topic, OWNER_LEFT, now)
    session.execute(
        delete(SellerMember).where(
            col(SellerMember.account_id) == account_id, col(SellerMember.role) != MemberRole.OWNER
        )
    )


def _load(session: Session, person: Person, right: Right, seller_id: int) -> Seller:
    person.require_right(right)
    seller = session.exec(select(Seller).where(Seller.id == seller_id).with_for_update()).first()
    if seller is None:
        raise NotFound
    person.require_right_in(right, seller.commune_code)
    if seller_id in person.seller_ids:
        # Nobody decides on a shop of their own.
        raise NotAllowed
    return seller


def _decide(
    session: Session,
    person: Person,
    seller: Seller,
    from_states: Collection[SellerStatus],
    target: SellerStatus,
    topic: str,
    reason: str | None,
    now: datetime,
) -> None:
    before = SellerStatus(seller.status)
    allowed = {state: SELLER_MOVES[state] for state in from_states}
    seller.status = move(allowed, before, target)
    seller.decided_at = now
    seller.decision_reason = reason
    seller.asked = []
    session.add(seller)
    seller_id = seller.id or 0
    record_move(
        session,
        "seller",
        seller_id,
        from_state=before,
        to_state=target,
        at=now,
        by_account_id=person.account_id,
        reason=reason,
    )
    outbox.emit(session, topic, {"seller_id": seller_id}, now)


def _views(session: Session, rows: Sequence[tuple[Seller, Store]]) -> list[ApplicationView]:
    communes = places.communes(session, {seller.commune_code for seller, _ in rows})
    tax_codes = {seller.tax_code for seller, _ in rows if seller.tax_code is not None}
    same_tax_code = _users(session, Seller.tax_code, tax_codes)
    same_phone = _users(session, Seller.phone, {seller.phone for seller, _ in rows})
    same_account = _users_of_accounts(session, {seller.bank_account for seller, _ in rows if seller.bank_account})
    papers = count_papers(session, {seller.id or 0 for seller, _ in rows})
    return [
        ApplicationView(
            seller_id=seller.id or 0,
            kind=SellerKind(seller.kind),
            status=SellerStatus(seller.status),
            store_name=store.name,
            store_slug=store.slug,
            legal_name=seller.legal_name,
            tax_code=seller.tax_code,
            street=seller.street,
            commune_code=seller.commune_code,
            commune_name=communes[seller.commune_code].name if seller.commune_code in communes else "",
            phone_text=show_phone(seller.phone),
            applied_text=clock.show_time(seller.applied_at),
            decision_reason=seller.decision_reason,
            same_tax_code=same_tax_code.get(seller.tax_code, 1) - 1,
            same_phone=same_phone.get(seller.phone, 1) - 1,
            same_bank_account=same_account.get((seller.bank, seller.bank_account), 1) - 1,
            papers=papers.get(seller.id or 0, 0),
        )
        for seller, store in rows
    ]


def _users(session: Session, column: str | None, values: Collection[str]) -> Mapping[str | None, int]:
    if not values:
        return {}
    using = select(column, func.count()).where(col(column).in_(values)).group_by(col(column))
    return dict(session.exec(using).all())


def _users_of_accounts(session: Session, numbers: Collection[str]) -> Mapping[tuple[str | None, str | None], int]:
    # Two banks may number accounts alike: only the same number at the same bank is one account.
    if not numbers:
        return {}
    using = (
        select(Seller.bank, Seller.bank_account, func.count())
        .where(col(Seller.bank_account).in_(numbers))
        .group_by(col(Seller.bank), col(Seller.bank_account))
    )
    return {(bank, number): users for bank, number, users in session.exec(using).all()}
