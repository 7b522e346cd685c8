"""The address book: where a person has goods brought to, kept for the next time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from marketplace.accounts import rules
from marketplace.accounts.models import Account, SavedAddress
from marketplace.accounts.views import AddressView, Person
from marketplace.base import db
from marketplace.base.errors import NotFound
from marketplace.base.inputs import Problems, read_line
from marketplace.places import service as places


@dataclass(frozen=True, slots=True)
class AddressDraft:
    """An address as typed."""

    name: str
    phone: str
    commune: str
    street: str


def my_addresses(session: Session, person: Person) -> tuple[AddressView, ...]:
    """The person's addresses, the usual one first, then the last used; raises NotSignedIn."""
    found = session.exec(
        select(SavedAddress)
        .where(SavedAddress.account_id == person.require_account())
        .order_by(col(SavedAddress.usual).desc(), col(SavedAddress.used_at).desc(), col(SavedAddress.id).desc())
    ).all()
    known = places.communes(session, [one.commune_code for one in found])
    return tuple(
        AddressView(
            id=one.id,
            name=one.name,
            phone_text=rules.show_phone(one.phone),
            commune=one.commune_code,
            commune_text=f"{place.name}, {place.province}" if (place := known.get(one.commune_code)) else "",
            street=one.street,
            usual=one.usual,
        )
        for one in found
    )


def save_address(
    session: Session, person: Person, draft: AddressDraft, now: datetime, *, address_id: int | None = None
) -> int:
    """Keep an address, or change one; its id. The first is the usual one, and one already there is not kept twice.

    Raises NotSignedIn, what is wrong with each entry, TooManyAddresses, or NotFound for one that is not the person's.
    """
    account_id = person.require_account()
    values = _read(session, draft)
    # One at a time for each account, so that two at once neither exceed the limit nor both become the usual one.
    session.exec(select(Account.id).where(Account.id == account_id).with_for_update()).one()
    same = session.exec(
        select(SavedAddress.id).where(
            SavedAddress.account_id == account_id,
            *(getattr(SavedAddress, name) == value for name, value in values.items()),
        )
    ).first()
    if address_id is None and same is not None:
        session.execute(update(SavedAddress).where(col(SavedAddress.id) == same).values(used_at=now))
        return same
    if address_id is not None:
        changing = update(SavedAddress).where(
            col(SavedAddress.id) == address_id, col(SavedAddress.account_id) == account_id
        )
        if not db.row_count(session.execute(changing.values(**values, used_at=now))):
            raise NotFound
        return address_id
    number = session.exec(select(func.count()).where(col(SavedAddress.account_id) == account_id)).one()
    if number >= rules.MOST_ADDRESSES:
        raise rules.TooManyAddresses(most=rules.MOST_ADDRESSES)
    row = SavedAddress.model_validate({**values, "account_id": account_id, "usual": number == 0, "used_at": now})
    session.add(row)
    session.flush()
    return row.id


def make_usual(session: Session, person: Person, address_id: int) -> None:
    """Begin with this address from now on; raises NotSignedIn or NotFound."""
    own = col(SavedAddress.account_id) == person.require_account()
    session.execute(update(SavedAddress).where(own, col(SavedAddress.usual)).values(usual=False))
    chosen = update(SavedAddress).where(own, col(SavedAddress.id) == address_id)
    if not db.row_count(session.execute(chosen.values(usual=True))):
        raise NotFound


def remove_address(session: Session, person: Person, address_id: int) -> None:
    """Forget an address; the last used becomes the usual one where that went. Raises NotSignedIn or NotFound."""
    own = col(SavedAddress.account_id) == person.require_account()
    if not db.row_count(session.execute(delete(SavedAddress).where(own, col(SavedAddress.id) == address_id))):
        raise NotFound
    left = session.exec(select(SavedAddress).where(own).order_by(col(SavedAddress.used_at).desc())).all()
    if left and not any(one.usual for one in left):
        left[0].usual = True
        session.add(left[0])


def _read(session: Session, draft: AddressDraft) -> dict[str, str]:
    problems = Problems()
    values: dict[str, str] = {}
    with problems.noting():
        values["name"] = rules.read_name(draft.name)
    with problems.noting():
        values["phone"] = rules.parse_phone(draft.phone)
    with problems.noting():
        if draft.commune not in places.communes(session, [draft.commune]):
            raise rules.CommuneNotPicked(field="commune")
        values["commune_code"] = draft.commune
    with problems.noting():
        values["street"] = read_line(draft.street, field="street", limit=rules.STREET_LIMIT)
    problems.refuse()
    return values
