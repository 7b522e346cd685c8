"""Who works for a seller, and who is acting."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from marketplace.accounts import service as accounts
from marketplace.accounts.rules import MemberRole, Right
from marketplace.accounts.views import Contact, Person
from marketplace.base import crypto
from marketplace.base.errors import Conflict, NotFound
from marketplace.sellers import rules
from marketplace.sellers.models import SellerInvitation, SellerMember
from marketplace.sellers.views import MemberView

_OF_ACCOUNT = select(SellerMember.seller_id, SellerMember.role).where(
    col(SellerMember.account_id) == bindparam("account_id")
)


def acting_person(session: Session, token: str | None, now: datetime) -> Person:
    """Who acts with this cookie, with everything services decide rights by: two indexed queries, one for a guest."""
    return accounts.person_for_token(session, token, now, memberships=_memberships)


def _memberships(session: Session, account_id: int) -> Collection[tuple[int, MemberRole]]:
    found = session.execute(_OF_ACCOUNT, {"account_id": account_id})
    return [(seller_id, MemberRole(role)) for seller_id, role in found]


def members(session: Session, person: Person, seller_id: int) -> list[MemberView]:
    """The people of a seller, its owner first; raises NotSignedIn, NotFound, or NotAllowed."""
    account_id = person.require_seller(seller_id, Right.MANAGE_PEOPLE)
    found = session.exec(select(SellerMember).where(SellerMember.seller_id == seller_id)).all()
    known = accounts.contacts(session, [member.account_id for member in found])
    views = [
        MemberView(
            account_id=member.account_id,
            name=known[member.account_id].name,
            role=MemberRole(member.role),
            myself=member.account_id == account_id,
        )
        for member in found
    ]
    return sorted(views, key=lambda view: (view.role is not MemberRole.OWNER, view.name, view.account_id))


def invite_member(session: Session, person: Person, seller_id: int, now: datetime) -> str:
    """The secret of a link by which one more person may join; the owner passes it on.

    A link instead of a phone number, so that an owner cannot find out who has an account.
    """
    person.require_seller(seller_id, Right.MANAGE_PEOPLE)
    token = crypto.new_token()
    session.add(
        SellerInvitation(
            token_digest=crypto.digest(token),
            seller_id=seller_id,
            created_at=now,
            expires_at=now + rules.INVITATION_LASTS,
        )
    )
    return token


def join_seller(session: Session, person: Person, token: str, now: datetime) -> int:
    """Work for the seller that sent the invitation; its id. Signs out everywhere, so that no old token carries new rights.

    Raises NotSignedIn, InvitationSpent, or Conflict.
    """
    account_id = person.require_account()
    digest = crypto.digest(token)
    using = update(SellerInvitation).where(
        col(SellerInvitation.token_digest) == digest,
        col(SellerInvitation.used_at).is_(None),
        col(SellerInvitation.expires_at) > now,
    )
    if not _changed(session.execute(using.values(used_at=now))):
        raise rules.InvitationSpent
    seller_id = session.exec(select(SellerInvitation.seller_id).where(SellerInvitation.token_digest == digest)).one()
    session.add(SellerMember(seller_id=seller_id, account_id=account_id, role=MemberRole.STAFF))
    try:
        session.flush()
    except IntegrityError as error:
        # Already one of its people; the transaction is given up, so the invitation stays good.
        raise Conflict from error
    accounts.close_all_sessions(session, account_id, now)
    return seller_id


def remove_member(session: Session, person: Person, seller_id: int, account_id: int, now: datetime) -> None:
    """Let somebody go, and sign them out at once. Raises NotFound for strangers and for the owner."""
    person.require_seller(seller_id, Right.MANAGE_PEOPLE)
    leaving = delete(SellerMember).where(
        col(SellerMember.seller_id) == seller_id,
        col(SellerMember.account_id) == account_id,
        col(SellerMember.role) != MemberRole.OWNER,
    )
    if not _changed(session.execute(leaving)):
        raise NotFound
    accounts.close_all_sessions(session, account_id, now)


def seller_contacts(session: Session, seller_id: int) -> list[Contact]:
    """Everybody to tell about the seller's business; for the outbox's handlers, not for pages."""
    account_ids = session.exec(select(SellerMember.account_id).where(SellerMember.seller_id == seller_id)).all()
    return list(accounts.contacts(session, account_ids).values())


def _changed(result: object) -> int:
    return cast("CursorResult[Any]", result).rowcount
