"""What a seller's pages show of orders and of the shop."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from marketplace.orders.service import reading
from marketplace.sellers import service as sellers
from marketplace.sellers.rules import SellerStatus
from tests.factories import NOW, make_owner, make_seller, make_staff


def test_a_seller_reads_where_the_shop_stands_and_why_it_was_refused(session: Session) -> None:
    seller_id = make_seller(session, status=SellerStatus.APPLIED)
    owner, staff = make_owner(session, seller_id), make_staff(session)
    before = reading.today(session, owner, "vi", NOW)
    assert (before.selling, before.standing, before.reason) == (False, "Chờ duyệt", "")
    sellers.refuse(session, staff, seller_id, "Chưa rõ địa chỉ gian hàng.", NOW)
    refused = reading.today(session, owner, "vi", NOW + timedelta(minutes=1))
    assert (refused.selling, refused.standing, refused.reason) == (
        False,
        "Chưa được duyệt",
        "Chưa rõ địa chỉ gian hàng.",
    )


def test_an_open_shop_needs_no_reason(session: Session) -> None:
    seller_id = make_seller(session)
    today = reading.today(session, make_owner(session, seller_id), "en", NOW)
    assert (today.selling, today.standing, today.reason) == (True, "Selling", "")
