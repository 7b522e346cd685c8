"""How a shop delivers is its owner's to say: what may be said, who may say it, and that shoppers are told at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from marketplace.accounts.views import GUEST, Person
from marketplace.base.errors import DomainError, InvalidInputs, NotAllowed, NotFound, NotSignedIn
from marketplace.base.models import OutboxEvent
from marketplace.base.outbox import write_announcements
from marketplace.delivery import service
from marketplace.delivery.commands import ClosedDraft, MethodDraft, PointDraft, TermsDraft, WindowDraft
from marketplace.delivery.models import DeliveryCommune
from marketplace.delivery.rules import TooManyMethods
from marketplace.sellers.models import SellerMember
from marketplace.sellers.rules import MemberRole
from tests.factories import NOW, make_account, make_commune, make_owner, make_person, make_seller

NINH_KIEU, CAI_KHE = "31117", "31120"
NEW = MethodDraft(zone="named", base_fee="12k", kilogram_fee="3.000", days_from="0", days_to="1", cutoff="15:00")


def _shop(session: Session) -> tuple[int, Person]:
    seller_id = make_seller(session)
    service.give_default_methods(session, {"seller_id": seller_id}, NOW)
    make_commune(session, CAI_KHE, "Phường Cái Khế")
    session.flush()
    return seller_id, make_owner(session, seller_id)


def _problems(use_case: Callable[[], None]) -> set[str | None]:
    with pytest.raises(DomainError) as caught:
        use_case()
    error = caught.value
    return {one.field for one in error.problems} if isinstance(error, InvalidInputs) else {error.field}


def _announced(session: Session) -> int:
    write_announcements(session)
    return len(session.exec(select(OutboxEvent).where(OutboxEvent.topic == "seller.delivers")).all())


def test_an_owner_adds_a_way_to_named_communes_and_changes_it(session: Session) -> None:
    _, owner = _shop(session)
    service.save_method(session, owner, "", NEW, [NINH_KIEU, CAI_KHE, NINH_KIEU], NOW)
    card = service.my_delivery(session, owner, "vi", NOW).methods[-1]
    assert card.reach == "2 xã, phường: Phường Cái Khế, Phường Ninh Kiều"
    assert card.fee_text.replace("\u00a0", " ") == "12.000 ₫, mỗi kg sau kg đầu thêm 3.000 ₫"
    assert card.days_text == "0–1 ngày · đặt trước 15:00"
    form = service.method_form(session, owner, card.code, "vi")
    assert (form.base_fee, form.cutoff, [one.code for one in form.communes]) == (
        "12.000",
        "15:00",
        [CAI_KHE, NINH_KIEU],
    )
    service.save_method(session, owner, card.code, NEW.model_copy(update={"zone": "province"}), [NINH_KIEU], NOW)
    session.flush()
    assert session.exec(select(DeliveryCommune)).all() == []
    assert _announced(session) == 2


def test_a_way_that_was_added_can_go_and_those_of_the_start_are_turned_off(session: Session) -> None:
    _, owner = _shop(session)
    service.save_method(session, owner, "", NEW, [NINH_KIEU], NOW)
    code = service.my_delivery(session, owner, "en", NOW).methods[-1].code
    service.remove_method(session, owner, code, NOW)
    with pytest.raises(NotFound):
        service.remove_method(session, owner, "own", NOW)
    service.turn_method(session, owner, "carrier", NOW)
    assert {card.code: card.active for card in service.my_delivery(session, owner, "en", NOW).methods} == {
        "own": True,
        "carrier": False,
        "pickup": True,
    }


def test_everything_wrong_with_a_way_is_said_at_once_beside_its_input(session: Session) -> None:
    _, owner = _shop(session)
    wrong = MethodDraft(
        zone="named", base_fee="x", kilogram_fee="y", free_above="z", days_from="3", days_to="2", cutoff="25:00"
    )
    fields = {"commune", "base_fee", "kilogram_fee", "free_above", "days_to", "cutoff"}
    assert _problems(lambda: service.save_method(session, owner, "", wrong, [], NOW)) == fields
    assert _problems(lambda: service.save_method(session, owner, "", NEW, ["99999"], NOW)) == {"commune"}
    country = NEW.model_copy(update={"zone": "country"})
    assert _problems(lambda: service.save_method(session, owner, "own", country, [], NOW)) == {"zone"}


def test_a_carriers_table_is_typed_line_by_line(session: Session) -> None:
    _, owner = _shop(session)
    table = MethodDraft(zone="country", tariff="table", days_from="2", days_to="4", bands_province="2=25k\n5=40k")
    service.save_method(session, owner, "carrier", table, [], NOW)
    form = service.method_form(session, owner, "carrier", "vi")
    assert (form.tariff, form.bands_province) == ("table", "2 = 25.000\n5 = 40.000")
    empty = table.model_copy(update={"bands_province": ""})
    assert _problems(lambda: service.save_method(session, owner, "carrier", empty, [], NOW)) == {"bands_province"}


def test_there_are_only_so_many_ways(session: Session) -> None:
    _, owner = _shop(session)
    with pytest.raises(TooManyMethods):
        for _ in range(20):
            service.save_method(session, owner, "", NEW, [NINH_KIEU], NOW)


def test_a_shop_says_what_it_asks_of_orders_and_when_it_rests(session: Session) -> None:
    _, owner = _shop(session)
    service.ask_of_orders(session, owner, TermsDraft(minimum_order="200k", orders_a_day="5"), NOW)
    service.close_days(session, owner, ClosedDraft(first="2026-02-14", last="2026-02-20", reason="nghỉ Tết"), NOW)
    service.close_days(session, owner, ClosedDraft(first="2026-01-08"), NOW)
    session.flush()
    own = service.my_delivery(session, owner, "vi", NOW)
    assert (own.minimum_order, own.orders_a_day) == ("200.000", "5")
    assert [(rest.span_text, rest.reason) for rest in own.closed] == [
        ("08/01/2026", ""),
        ("14/02 – 20/02/2026", "nghỉ Tết"),
    ]
    service.open_days(session, owner, own.closed[0].id, NOW)
    service.ask_of_orders(session, owner, TermsDraft(), NOW)
    later = service.my_delivery(session, owner, "vi", NOW + timedelta(days=60))
    assert (later.closed, later.minimum_order, later.orders_a_day) == ((), "", "")
    wrong = TermsDraft(minimum_order="x", orders_a_day="0")
    assert _problems(lambda: service.ask_of_orders(session, owner, wrong, NOW)) == {"minimum_order", "orders_a_day"}
    assert _problems(lambda: service.close_days(session, owner, ClosedDraft(first="x"), NOW)) == {"first"}


def test_a_point_is_open_in_its_windows(session: Session) -> None:
    _, owner = _shop(session)
    service.add_point(session, owner, PointDraft(name="Sạp 12", street="12 Mậu Thân"), CAI_KHE, NOW)
    session.flush()
    (point,) = service.my_delivery(session, owner, "vi", NOW).points
    window = WindowDraft(point_id=str(point.id), weekday="5", opens="7:00", closes="10:00", capacity="3")
    service.add_window(session, owner, window, NOW)
    session.flush()
    (point,) = service.my_delivery(session, owner, "vi", NOW).points
    assert (point.address, point.windows[0].text) == ("12 Mậu Thân, Phường Cái Khế", "thứ Bảy 07:00–10:00")
    service.remove_window(session, owner, point.windows[0].id, NOW)
    service.turn_point(session, owner, point.id, NOW)
    (point,) = service.my_delivery(session, owner, "vi", NOW).points
    assert (point.windows, point.active) == ((), False)
    wrong = window.model_copy(update={"weekday": "7", "opens": "11:00", "capacity": ""})
    assert _problems(lambda: service.add_window(session, owner, wrong, NOW)) == {"weekday", "opens", "capacity"}
    assert _problems(lambda: service.add_point(session, owner, PointDraft(), "", NOW)) == {"name", "street", "commune"}


USE_CASES: tuple[Callable[[Session, Person, Any], object], ...] = (
    lambda session, person, there: service.my_delivery(session, person, "vi", NOW),
    lambda session, person, there: service.method_form(session, person, "own", "vi"),
    lambda session, person, there: service.save_method(session, person, "own", NEW, [NINH_KIEU], NOW),
    lambda session, person, there: service.turn_method(session, person, "own", NOW),
    lambda session, person, there: service.remove_method(session, person, "own-x", NOW),
    lambda session, person, there: service.ask_of_orders(session, person, TermsDraft(), NOW),
    lambda session, person, there: service.close_days(session, person, ClosedDraft(first="2026-02-01"), NOW),
    lambda session, person, there: service.open_days(session, person, there.closed[0].id, NOW),
    lambda session, person, there: service.add_point(session, person, PointDraft(name="a", street="b"), CAI_KHE, NOW),
    lambda session, person, there: service.turn_point(session, person, there.points[0].id, NOW),
    lambda session, person, there: service.add_window(
        session, person, WindowDraft(point_id=str(there.points[0].id)), NOW
    ),
    lambda session, person, there: service.remove_window(session, person, there.points[0].windows[0].id, NOW),
)
OF_ONE_SHOP = (3, 7, 9, 10, 11)
"""Those that name something, which another shop's owner does not find."""


def test_nobody_but_the_owner_says_how_a_shop_delivers(session: Session) -> None:
    seller_id, owner = _shop(session)
    service.close_days(session, owner, ClosedDraft(first="2026-02-14"), NOW)
    service.add_point(session, owner, PointDraft(name="Sạp 12", street="12 Mậu Thân"), CAI_KHE, NOW)
    session.flush()
    point = service.my_delivery(session, owner, "vi", NOW).points[0]
    window = WindowDraft(point_id=str(point.id), weekday="5", opens="7:00", closes="10:00", capacity="3")
    service.add_window(session, owner, window, NOW)
    session.flush()
    there = service.my_delivery(session, owner, "vi", NOW)
    helper_id = make_account(session, "Người phụ")
    session.add(SellerMember(seller_id=seller_id, account_id=helper_id, role=MemberRole.STAFF))
    session.flush()
    helper, other = make_person(session, helper_id), make_owner(session, make_seller(session, "Gian khác"))
    for number, use_case in enumerate(USE_CASES):
        with pytest.raises(NotSignedIn):
            use_case(session, GUEST, there)
        with pytest.raises(NotAllowed):
            use_case(session, helper, there)
        if number in OF_ONE_SHOP:
            with pytest.raises(NotFound):
                use_case(session, other, there)
    assert service.my_delivery(session, owner, "vi", NOW) == there
