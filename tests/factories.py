"""Builders of rows for tests: each makes one thing, with believable values unless told otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from sqlmodel import Session

from marketplace.accounts import service as accounts
from marketplace.accounts.models import Account
from marketplace.accounts.rules import MemberRole, Role
from marketplace.accounts.views import Person
from marketplace.base.text import fold
from marketplace.places.models import Commune, Province
from marketplace.sellers import service as sellers
from marketplace.sellers.models import Seller, SellerMember, Store
from marketplace.sellers.rules import SellerKind, SellerStatus

NOW = datetime(2026, 1, 5, 9, 7, tzinfo=UTC)
_numbers = count(1)


def make_commune(session: Session, code: str = "31117", name: str = "Phường Ninh Kiều", province: str = "92") -> str:
    """A commune with its province, unless it is there; returns its code."""
    if session.get(Province, province) is None:
        session.add(Province(code=province, name="Thành phố Cần Thơ", folded=fold("Thành phố Cần Thơ")))
        session.flush()
    if session.get(Commune, code) is None:
        session.add(
            Commune(
                code=code,
                province_code=province,
                name=name,
                folded=fold(name),
                latitude=10.03,
                longitude=105.78,
                valid_from=date(2025, 7, 1),
            )
        )
        session.flush()
    return code


def make_account(session: Session, name: str = "Nguyễn Thị Lan", phone: str | None = None) -> int:
    """An account with a phone of its own and no password; returns its id."""
    account = Account(name=name, phone=phone or f"+8491{next(_numbers):07d}", created_at=NOW)
    session.add(account)
    session.flush()
    assert account.id is not None
    return account.id


def make_person(session: Session, account_id: int, now: datetime = NOW) -> Person:
    """The account as it acts: signed in, with the rights it has by now."""
    token = accounts.open_session(session, account_id, "test", now)
    return sellers.acting_person(session, token, now)


def make_staff(session: Session, role: Role = Role.PROVINCE_STAFF, commune_code: str | None = None) -> Person:
    """A signed-in person with a staff role."""
    account_id = make_account(session, "Trần Văn Minh")
    accounts.grant_role(session, account_id, role, commune_code, NOW)
    return make_person(session, account_id)


def make_seller(
    session: Session,
    name: str = "Vườn Ba Tám",
    *,
    status: SellerStatus = SellerStatus.APPROVED,
    kind: SellerKind = SellerKind.FARM,
    commune_code: str = "31117",
    owner_id: int | None = None,
) -> int:
    """A seller with its store and owner; returns its id."""
    make_commune(session, commune_code)
    seller = Seller(
        kind=kind,
        status=status,
        legal_name=f"{name} – Nguyễn Văn Tám",
        commune_code=commune_code,
        street="12 ấp Mỹ Thuận",
        phone=f"+8490{next(_numbers):07d}",
        applied_at=NOW,
    )
    session.add(seller)
    session.flush()
    assert seller.id is not None
    session.add(Store(seller_id=seller.id, slug=f"gian-hang-{seller.id}", name=name, created_at=NOW))
    session.add(SellerMember(seller_id=seller.id, account_id=owner_id or make_account(session), role=MemberRole.OWNER))
    session.flush()
    return seller.id


def make_owner(session: Session, seller_id: int) -> Person:
    """The owner of a seller, signed in."""
    contacts = sellers.seller_contacts(session, seller_id)
    return make_person(session, contacts[0].account_id)
