"""A shop's page is its owner's to arrange: times, place, looks, pictures."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from marketplace.accounts.rules import MemberRole
from marketplace.accounts.views import GUEST
from marketplace.base.errors import InvalidInputs, NotAllowed, NotFound, NotSignedIn, TextTooLong
from marketplace.base.media import StoredPicture
from marketplace.base.text import Locale
from marketplace.sellers import service as sellers
from marketplace.sellers.commands import ShopDraft
from marketplace.sellers.models import SellerMember, Store
from marketplace.sellers.rules import ShopPicture, delivery_days_text, mask_of, opening_lines, read_position, read_time
from marketplace.sellers.rules.shop import (
    OpeningInvalid,
    PositionFar,
    PositionUnreadable,
    TimeUnreadable,
    check_hours,
)
from tests.factories import NOW, make_account, make_owner, make_person, make_seller


@pytest.mark.parametrize(
    ("typed", "minutes"), [("06:30", 390), ("6h", 360), ("6h05", 365), ("24:00", 1440), ("", None), (" 7:15 ", 435)]
)
def test_times_are_read_as_people_write_them(typed: str, minutes: int | None) -> None:
    assert read_time(typed, field="hours_0") == minutes


@pytest.mark.parametrize("typed", ["25:00", "24:01", "6", "sáng", "6:5", "12:60"])
def test_what_is_no_time_is_refused_beside_its_day(typed: str) -> None:
    with pytest.raises(TimeUnreadable) as refused:
        read_time(typed, field="hours_3")
    assert refused.value.field == "hours_3"


@pytest.mark.parametrize(("opens", "closes"), [(600, None), (None, 600), (600, 600), (700, 600)])
def test_a_day_closes_after_it_opens(opens: int | None, closes: int | None) -> None:
    with pytest.raises(OpeningInvalid):
        check_hours(opens, closes, field="hours_0")
    assert check_hours(None, None, field="hours_0") is None


def test_days_with_the_same_hours_stand_on_one_line() -> None:
    week = (*[(390, 1050)] * 6, None)
    assert opening_lines(week, "vi") == [("Thứ hai – Thứ bảy", "06:30 – 17:30"), ("Chủ nhật", "nghỉ")]
    assert opening_lines(((390, 1050),) * 7, "en") == [("Every day", "06:30 – 17:30")]
    assert opening_lines((), "vi") == opening_lines((None,) * 7, "vi") == []


@pytest.mark.parametrize(
    ("days", "text", "locale"),
    [
        ((0, 2, 4), "Thứ hai, Thứ tư, Thứ sáu", "vi"),
        ((0, 1, 2, 5), "Monday – Wednesday, Saturday", "en"),
        ((5, 6), "Thứ bảy, Chủ nhật", "vi"),
        ((), "", "vi"),
        (range(7), "Every day", "en"),
    ],
)
def test_delivery_days_are_said_in_runs(days: tuple[int, ...], text: str, locale: Locale) -> None:
    assert delivery_days_text(mask_of(days), locale) == text


@pytest.mark.parametrize(
    "typed", ["10.0312, 105.7837", "10,0312; 105,7837", "10.0312°N 105.7837°E", "10.0312 105.7837"]
)
def test_a_position_is_read_as_maps_on_phones_give_it(typed: str) -> None:
    assert read_position(typed) == (10.0312, 105.7837)
    assert read_position("  ") is None


@pytest.mark.parametrize("typed", ["10.0312", "gần chợ", "10.0312, 105.7837, 3.55", "http://maps 10.0312, 105.7837"])
def test_what_is_no_position_is_refused(typed: str) -> None:
    with pytest.raises(PositionUnreadable):
        read_position(typed)


DRAFT = ShopDraft(
    story="Vườn nhà ba đời.\n\nHái lúc sáng sớm.",
    theme="river",
    position="10.035, 105.79",
    hours=(("06:00", "17:00"),) * 6 + (("", ""),),
    delivery_days=(0, 3, 6),
)


def test_what_the_owner_says_stands_on_the_page_and_in_the_form(session: Session) -> None:
    owner = make_owner(session, seller_id := make_seller(session))
    sellers.present_shop(session, owner, DRAFT, NOW)
    session.flush()
    store = sellers.stores_by_seller(session, [seller_id])[seller_id]
    assert store.theme.value == "river"
    assert store.position == (10.035, 105.79)
    assert store.opening == ((360, 1020),) * 6 + (None,)
    form = sellers.my_shop(session, owner, "vi")
    assert (form.story, form.position, form.theme) == (DRAFT.story, "10.035, 105.79", "river")
    assert [day.delivers for day in form.days] == [True, False, False, True, False, False, True]
    assert (form.days[0].opens, form.days[6].opens) == ("06:00", "")


def test_everything_wrong_is_said_at_once_and_nothing_is_kept(session: Session) -> None:
    owner = make_owner(session, make_seller(session))
    wrong = ShopDraft("x" * 2001, "neon", "21.0278, 105.8342", (("9:00", "8:00"), ("sớm", "")), ())
    with pytest.raises(InvalidInputs) as refused:
        sellers.present_shop(session, owner, wrong, NOW)
    found = {problem.field: type(problem) for problem in refused.value.problems}
    assert found["story"] is TextTooLong
    assert found["position"] is PositionFar
    assert found["hours_0"] is OpeningInvalid
    assert found["hours_1"] is TimeUnreadable
    assert "theme" in found


def test_only_the_owner_arranges_the_page(session: Session) -> None:
    seller_id = make_seller(session)
    helper_id = make_account(session, "Lê Văn Phụ")
    session.add(SellerMember(seller_id=seller_id, account_id=helper_id, role=MemberRole.STAFF))
    session.flush()
    helper, nobody = make_person(session, helper_id), make_person(session, make_account(session))
    for person, refusal in ((GUEST, NotSignedIn), (nobody, NotFound), (helper, NotAllowed)):
        with pytest.raises(refusal):
            sellers.present_shop(session, person, DRAFT, NOW)
        with pytest.raises(refusal):
            sellers.set_shop_picture(session, person, ShopPicture.BANNER, None, NOW)


def test_pictures_come_and_go(session: Session) -> None:
    owner = make_owner(session, seller_id := make_seller(session))
    for which, column in ((ShopPicture.LOGO, "portrait"), (ShopPicture.BANNER, "banner")):
        sellers.set_shop_picture(session, owner, which, StoredPicture("a" * 32, 960, 320, ""), NOW)
        session.flush()
        assert getattr(session.exec(select(Store).where(Store.seller_id == seller_id)).one(), column) == "a" * 32
        sellers.set_shop_picture(session, owner, which, None, NOW)
        session.flush()
        assert getattr(session.exec(select(Store).where(Store.seller_id == seller_id)).one(), column) is None
