"""Opening a shop."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, select

from marketplace.accounts.rules import MemberRole, Right, parse_phone
from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.errors import Conflict, FieldRequired, NotFound
from marketplace.base.history import record_move
from marketplace.base.inputs import Problems, read_line
from marketplace.base.names import LOCAL_SCRIPTS, read_name
from marketplace.base.state_machine import move
from marketplace.places import service as places
from marketplace.sellers import rules
from marketplace.sellers.commands import ApplyCommand
from marketplace.sellers.models import Seller, SellerMember, Store
from marketplace.sellers.rules import MENDABLE, SELLER_MOVES, ApplicationPaper, SellerStatus
from marketplace.sellers.service.reading import seller_of, seller_view
from marketplace.sellers.views import SellerView
from marketplace.settings import settings

SHOP_NAME_LIMIT = 120
LEGAL_NAME_LIMIT = 160
STREET_LIMIT = 200


def apply(session: Session, person: Person, command: ApplyCommand, now: datetime) -> SellerView:
    """Apply for a shop of one's own; staff approve it before it sells.

    Emits `seller.applied` {seller_id}. Raises NotSignedIn, ShopAlreadyOwned, or each entry's problem by field.
    """
    account_id = person.require_account()
    owned = select(SellerMember.id).where(SellerMember.account_id == account_id, SellerMember.role == MemberRole.OWNER)
    if session.exec(owned).first() is not None:
        raise rules.ShopAlreadyOwned
    entries = _read(session, command)
    seller = Seller(
        kind=command.kind,
        status=SellerStatus.APPLIED,
        legal_name=entries.legal_name,
        tax_code=entries.tax_code,
        commune_code=command.commune,
        street=entries.street,
        phone=entries.phone,
        bank=entries.bank,
        bank_account=entries.bank_account,
        bank_holder=entries.bank_holder,
        acceptance_hours=settings().acceptance_hours,
        applied_at=now,
    )
    session.add(seller)
    session.flush()
    seller_id = seller.id or 0
    store = Store(
        seller_id=seller_id, slug=_free_slug(session, entries.shop_name), name=entries.shop_name, created_at=now
    )
    session.add(SellerMember(seller_id=seller_id, account_id=account_id, role=MemberRole.OWNER))
    session.add(store)
    try:
        session.flush()
    except IntegrityError as error:
        # The same person applied twice at once, or another shop took the address a moment ago.
        raise Conflict from error
    _record(session, seller_id, None, account_id, now)
    return seller_view(seller, store, MemberRole.OWNER)


def apply_again(session: Session, person: Person, seller_id: int, command: ApplyCommand, now: datetime) -> SellerView:
    """Send an application again that was refused or needs more; the shop keeps its address.

    Raises NotSignedIn, NotFound, NotAllowed, MoveRefused in any other state, or each entry's problem by field.
    """
    seen = seller_of(session, person, seller_id)
    account_id = person.require_seller(seen.id, Right.MANAGE_SHOP)
    entries = _read(session, command)
    seller = session.exec(select(Seller).where(Seller.id == seen.id).with_for_update()).one()
    store = session.exec(select(Store).where(Store.seller_id == seen.id)).one()
    before = SellerStatus(seller.status)
    seller.status = move(SELLER_MOVES, before, SellerStatus.APPLIED)
    seller.kind = command.kind
    seller.legal_name = entries.legal_name
    seller.tax_code = entries.tax_code
    seller.commune_code = command.commune
    seller.street = entries.street
    seller.phone = entries.phone
    seller.bank, seller.bank_account, seller.bank_holder = entries.bank, entries.bank_account, entries.bank_holder
    seller.applied_at = now
    seller.asked = []
    store.name = entries.shop_name
    session.add_all([seller, store])
    _record(session, seen.id, before, account_id, now)
    return seller_view(seller, store, seen.role)


def check_entries(
    session: Session, command: ApplyCommand, papers: Collection[ApplicationPaper], fields: Collection[str] | None = None
) -> None:
    """Whether an application could be sent, or some of its entries; raises each one's problem by field."""
    problems = Problems()
    with problems.noting():
        _read(session, command)
    for paper in rules.missing_papers(command.kind, papers):
        problems.found.append(rules.PaperMissing(field=paper.value))
    if fields is not None:
        problems.found = [problem for problem in problems.found if problem.field in fields]
    problems.refuse()


def check_may_apply(session: Session, person: Person) -> None:
    """Whether the account may fill in an application now; raises NotSignedIn, ApplicationClosed."""
    mine = own_application(session, person)
    if mine is not None and mine.status not in MENDABLE:
        raise rules.ApplicationClosed


def own_application(session: Session, person: Person) -> SellerView | None:
    """The shop the account owns; None for who only helps in another's, and may open one of their own."""
    try:
        mine = seller_of(session, person)
    except NotFound:
        return None
    return mine if mine.role is MemberRole.OWNER else None


@dataclass(frozen=True, slots=True)
class _Entries:
    shop_name: str
    legal_name: str
    street: str
    phone: str
    tax_code: str | None
    bank: str | None
    bank_account: str | None
    bank_holder: str | None


def _read(session: Session, command: ApplyCommand) -> _Entries:
    problems = Problems()
    shop_name = legal_name = street = phone = ""
    tax_code = bank = bank_account = bank_holder = None
    with problems.noting():
        shop_name = read_name(command.shop_name, field="shop_name", limit=SHOP_NAME_LIMIT, scripts=LOCAL_SCRIPTS)
    with problems.noting():
        legal_name = read_name(
            command.legal_name, field="legal_name", limit=LEGAL_NAME_LIMIT, required=False, scripts=LOCAL_SCRIPTS
        )
    with problems.noting():
        street = read_line(command.street, field="street", limit=STREET_LIMIT)
    with problems.noting():
        phone = parse_phone(command.phone)
    with problems.noting():
        tax_code = rules.parse_tax_code(command.tax_code, command.kind)
    with problems.noting():
        if not command.commune:
            raise FieldRequired(field="commune")
        places.commune(session, command.commune)
    if command.bank or command.bank_account.strip():
        # An account for payouts can be named later; half of one is of no use. A holder alone was only proposed.
        with problems.noting():
            bank = rules.parse_bank(command.bank)
        with problems.noting():
            bank_account = rules.parse_bank_account(command.bank_account)
        with problems.noting():
            bank_holder = rules.parse_bank_holder(command.bank_holder)
    problems.refuse()
    return _Entries(shop_name, legal_name or shop_name, street, phone, tax_code, bank, bank_account, bank_holder)


def _free_slug(session: Session, name: str) -> str:
    base = rules.slug_base(name)
    alike = select(Store.slug).where(or_(col(Store.slug) == base, col(Store.slug).startswith(f"{base}-")))
    return rules.store_slug(name, set(session.exec(alike).all()))


def _record(session: Session, seller_id: int, before: SellerStatus | None, account_id: int, now: datetime) -> None:
    record_move(
        session,
        "seller",
        seller_id,
        from_state=before,
        to_state=SellerStatus.APPLIED,
        at=now,
        by_account_id=account_id,
    )
    outbox.emit(session, "seller.applied", {"seller_id": seller_id}, now)
