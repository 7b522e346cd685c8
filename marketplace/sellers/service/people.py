"""Who works for a seller, and who is acting."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from marketplace.accounts import service as accounts
from marketplace.accounts.rules import MemberRole, Right, Task
from marketplace.accounts.views import Contact, Person
from marketplace.base import crypto
from marketplace.base.errors import Conflict, NotFound
from marketplace.sellers import rules
from marketplace.sellers.models import SellerInvitation, SellerMember
from marketplace.sellers.service.reading import stores_by_seller
from marketplace.sellers.views import InvitationView, MemberView

_OF_ACCOUNT = select(SellerMember.seller_id, SellerMember.role, SellerMember.tasks).where(
    col(SellerMember.account_id) == bindparam("account_id")
)


def acting_person(session: Session, token: str | None, now: datetime) -> Person:
    """Who acts with this cookie, with everything services decide rights by: two indexed queries, one for a guest."""
    return accounts.person_for_token(session, token, now, memberships=_memberships)


def _memberships(session: Session, account_id: int) -> Collection[tuple[int, MemberRole | Task]]:
    found = session.execute(_OF_ACCOUNT, {"account_id": account_id})
    held: list[tuple[int, MemberRole | Task]] = []
    for seller_id, role, tasks in found:
        held += [(seller_id, MemberRole(role)), *((seller_id, task) for task in rules.read_tasks(tasks))]
    return held


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
            tasks=rules.read_tasks(member.tasks),
        )
        for member in found
    ]
    return sorted(views, key=lambda view: (view.role is not MemberRole.OWNER, view.name, view.account_id))


def invite_member(session: Session, person: Person, seller_id: int, tasks: Collection[Task], now: datetime) -> str:
    """The secret of a link by which one more person may join to do these tasks; the owner passes it on.

    A link instead of a phone number, so that an owner cannot find out who has an account.
    """
    person.require_seller(seller_id, Right.MANAGE_PEOPLE)
    token = crypto.new_token()
    session.add(
        SellerInvitation(
            token_digest=crypto.digest(token),
            seller_id=seller_id,
            tasks=rules.write_tasks(tasks),
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
    invited = session.exec(select(SellerInvitation).where(SellerInvitation.token_digest == digest)).one()
    seller_id = invited.seller_id
    session.add(SellerMember(seller_id=seller_id, account_id=account_id, role=MemberRole.STAFF, tasks=invited.tasks))
    try:
        session.flush()
    except IntegrityError as error:
        # Already one of its people; the transaction is given up, so the invitation stays good.
        raise Conflict from error
    accounts.close_all_sessions(session, account_id, now)
    return seller_id


def invitation(session: Session, person: Person, token: str, now: datetime) -> InvitationView:
    """What an invitation is to, for whoever holds its link; raises NotSignedIn or InvitationSpent."""
    person.require_account()
    found = session.exec(
        select(SellerInvitation).where(
            SellerInvitation.token_digest == crypto.digest(token),
            col(SellerInvitation.used_at).is_(None),
            col(SellerInvitation.expires_at) > now,
        )
    ).first()
    if found is None:
        raise rules.InvitationSpent
    store = stores_by_seller(session, [found.seller_id])[found.seller_id]
    return InvitationView(store.name, rules.read_tasks(found.tasks))


def set_tasks(
    session: Session, person: Person, seller_id: int, account_id: int, tasks: Collection[Task], now: datetime
) -> None:
    """Choose what a helper does; signs them out, so that no old token carries new rights.

    Raises NotSignedIn, NotFound for strangers and the owner, NotAllowed, or NoTask.
    """
    person.require_seller(seller_id, Right.MANAGE_PEOPLE)
    kept = rules.write_tasks(tasks)
    member = session.exec(
        select(SellerMember)
        .where(
            SellerMember.seller_id == seller_id,
            SellerMember.account_id == account_id,
            SellerMember.role != MemberRole.OWNER,
        )
        .with_for_update()
    ).first()
    if member is None:
        raise NotFound
    if member.tasks == kept:
        return
    member.tasks = kept
    session.add(member)
    accounts.close_all_sessions(session, account_id, now)


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
