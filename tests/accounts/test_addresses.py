"""The address book: kept, changed, preferred and forgotten, by its owner alone, at most twenty."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from marketplace.accounts import rules, service
from marketplace.accounts.service import AddressDraft
from marketplace.accounts.views import GUEST, Person
from marketplace.base import db
from marketplace.base.errors import InvalidInputs, NotFound, NotSignedIn
from tests.factories import NOW, make_account, make_commune, make_person

HOME = AddressDraft("Nguyễn Thị Lan", "0912 345 678", "31117", "12 ấp Mỹ Thuận")


def shopper(session: Session) -> Person:
    make_commune(session)
    return make_person(session, make_account(session))


def streets(session: Session, person: Person) -> list[tuple[str, bool]]:
    return [(one.street, one.usual) for one in service.my_addresses(session, person)]


def keep(session: Session, person: Person, street: str, minutes: int = 0) -> int:
    return service.save_address(session, person, replace(HOME, street=street), NOW + timedelta(minutes=minutes))


def test_the_first_address_is_the_usual_one_and_stays_first(session: Session) -> None:
    lan = shopper(session)
    keep(session, lan, "1")
    keep(session, lan, "2", 1)
    keep(session, lan, "3", 2)
    assert streets(session, lan) == [("1", True), ("3", False), ("2", False)]
    first = service.my_addresses(session, lan)[0]
    assert (first.name, first.phone_text, first.commune_text) == (
        "Nguyễn Thị Lan",
        "0912 345 678",
        "Phường Ninh Kiều, Thành phố Cần Thơ",
    )


def test_an_address_that_is_there_is_not_kept_twice(session: Session) -> None:
    lan = shopper(session)
    first = service.save_address(session, lan, HOME, NOW)
    again = replace(HOME, phone="+84912345678", street=" 12  ấp Mỹ Thuận ")
    assert service.save_address(session, lan, again, NOW) == first
    assert len(service.my_addresses(session, lan)) == 1


def test_another_one_becomes_the_usual_one_alone(session: Session) -> None:
    lan = shopper(session)
    keep(session, lan, "1")
    second = keep(session, lan, "2", 1)
    service.make_usual(session, lan, second)
    assert streets(session, lan) == [("2", True), ("1", False)]


def test_when_the_usual_one_goes_the_last_used_takes_its_place(session: Session) -> None:
    lan = shopper(session)
    first = keep(session, lan, "1")
    keep(session, lan, "2", 1)
    keep(session, lan, "3", 2)
    service.remove_address(session, lan, first)
    assert streets(session, lan) == [("3", True), ("2", False)]


def test_an_address_is_changed_in_its_place(session: Session) -> None:
    lan = shopper(session)
    first = keep(session, lan, "1")
    assert service.save_address(session, lan, HOME, NOW, address_id=first) == first
    assert streets(session, lan) == [(HOME.street, True)]


def test_the_book_is_full_at_twenty(session: Session) -> None:
    lan = shopper(session)
    for number in range(rules.MOST_ADDRESSES):
        keep(session, lan, str(number))
    with pytest.raises(rules.TooManyAddresses):
        keep(session, lan, "more")
    # What is there already needs no room.
    keep(session, lan, "3")
    assert len(service.my_addresses(session, lan)) == rules.MOST_ADDRESSES


@pytest.mark.usefixtures("database")
def test_several_at_once_make_one_usual_address() -> None:
    lan = db.write_now(shopper)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: db.write_now(keep, lan, str(number)), range(4)))
    with db.read() as session:
        assert sorted(usual for _, usual in streets(session, lan)) == [False, False, False, True]


def test_nobody_reads_or_touches_anothers_addresses(session: Session) -> None:
    lan, minh = shopper(session), make_person(session, make_account(session, "Minh"))
    first = service.save_address(session, lan, HOME, NOW)
    assert service.my_addresses(session, minh) == ()
    for act in (service.make_usual, service.remove_address):
        with pytest.raises(NotFound):
            act(session, minh, first)
    with pytest.raises(NotFound):
        service.save_address(session, minh, replace(HOME, street="của tôi"), NOW, address_id=first)
    assert streets(session, lan) == [(HOME.street, True)]
    with pytest.raises(NotSignedIn):
        service.my_addresses(session, GUEST)
    with pytest.raises(NotSignedIn):
        service.save_address(session, GUEST, HOME, NOW)


def test_all_that_is_wrong_is_named(session: Session) -> None:
    lan = shopper(session)
    with pytest.raises(InvalidInputs) as refused:
        service.save_address(session, lan, AddressDraft(" ", "123", "99999", "x" * 201), NOW)
    assert {problem.field for problem in refused.value.problems} == {"name", "phone", "commune", "street"}
