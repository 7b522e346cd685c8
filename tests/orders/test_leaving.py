"""A person takes their data along, and leaves; what the law needs stays without their name."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from marketplace.accounts import rules
from marketplace.accounts import service as accounts
from marketplace.accounts.models import Account, AccountSession, SavedAddress
from marketplace.accounts.rules import ERASED
from marketplace.accounts.service.leaving import SEAL as ACCOUNT_SEAL
from marketplace.accounts.views import Person
from marketplace.base import clock, crypto, db
from marketplace.base.errors import NotSignedIn
from marketplace.base.web import answer_with_problems
from marketplace.contracts import service as contracts
from marketplace.delivery import service as delivery
from marketplace.orders.leaving_http import NAME, leaving_routes
from marketplace.orders.models import Purchase, SellerOrder
from marketplace.orders.rules import BuyerOrdersOpen, ShopOrdersOpen
from marketplace.orders.service import answering, leaving, reading
from marketplace.reviews.models import Review
from marketplace.sellers import service as sellers
from marketplace.sellers.acting import person_of
from marketplace.sellers.models import Seller, Store
from tests.factories import NOW, make_account, make_owner, make_person, make_product, make_seller, make_staff
from tests.orders.shopping import place

PHONE = "+84912345678"


def buyer(session: Session) -> Person:
    return make_person(session, make_account(session, "Trần Thị Bưởi", PHONE))


def order(session: Session, person: Person, key: str = "first") -> tuple[int, str, str]:
    """An order of the person; its seller, its number and its contract."""
    seller_id = make_seller(session)
    delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
    code = make_product(session, seller_id=seller_id).code
    placed = place(session, [(code, 1000)], person, key=key)["orders"][0]
    return seller_id, placed["number"], placed["contract"]


def test_the_file_holds_all_that_is_kept_and_nothing_of_anybody_else(session: Session) -> None:
    lan, minh = buyer(session), make_person(session, make_account(session, "Người Khác"))
    _, number, contract = order(session, lan)
    _, others, _ = order(session, minh, "second")
    accounts.save_address(session, lan, accounts.AddressDraft("Mẹ", PHONE, "31117", "3 bến đò"), NOW)
    data = leaving.own_data(session, lan, NOW)
    assert data["account"]["name"] == "Trần Thị Bưởi"
    assert [(one["number"], one["contract"]) for one in data["orders"]] == [(number, contract)]
    assert data["orders"][0]["goods"][0]["quantity"] == "1"
    assert data["account"]["addresses"][0]["street"] == "3 bến đò"
    assert len(data["account"]["sign_ins"]) == 1
    said = json.dumps(data, default=str, ensure_ascii=False)
    assert others not in said
    assert "Người Khác" not in said
    assert "hash" not in said


def test_both_need_a_sign_in_of_a_moment_ago(session: Session) -> None:
    lan = buyer(session)
    late = NOW + rules.FRESH_FOR + timedelta(seconds=1)
    for act in (leaving.own_data, leaving.erase):
        with pytest.raises(rules.SignInAgain):
            act(session, lan, late)
        with pytest.raises(NotSignedIn):
            act(session, Person(), NOW)


def test_nobody_leaves_who_waits_for_goods(session: Session) -> None:
    lan = buyer(session)
    seller_id, number, _ = order(session, lan)
    with pytest.raises(BuyerOrdersOpen):
        leaving.erase(session, lan, NOW)
    owner = make_owner(session, seller_id)
    with pytest.raises(ShopOrdersOpen):
        leaving.erase(session, owner, NOW)
    answering.refuse(session, owner, number, "Hết hàng", NOW)
    leaving.erase(session, owner, NOW)
    leaving.erase(session, lan, NOW)


def test_what_the_law_needs_stays_and_names_nobody(session: Session) -> None:
    lan = buyer(session)
    assert lan.account_id is not None
    seller_id, number, contract = order(session, lan)
    owner = make_owner(session, seller_id)
    answering.refuse(session, owner, number, "Hết hàng", NOW)
    store = session.exec(select(Store).where(Store.seller_id == seller_id)).one()
    sellers.follow(session, lan, store.slug, NOW)
    accounts.save_address(session, lan, accounts.AddressDraft("Mẹ", PHONE, "31117", "3 bến đò"), NOW)
    leaving.erase(session, lan, NOW)
    session.flush()
    session.expire_all()

    account = session.get_one(Account, lan.account_id)
    assert (account.name, account.phone, account.email, account.password_hash) == (ERASED, None, None, None)
    assert account.disabled_at == NOW
    assert account.sealed is not None
    assert json.loads(crypto.unseal(ACCOUNT_SEAL, account.sealed))["name"] == "Trần Thị Bưởi"
    purchase = session.exec(select(Purchase)).one()
    assert (purchase.buyer_name, purchase.street, purchase.buyer_email) == (ERASED, ERASED, None)
    assert purchase.sealed_buyer is not None
    assert json.loads(crypto.unseal(leaving.SEAL, purchase.sealed_buyer))["phone"] == PHONE
    seen = reading.order_for_seller(session, owner, number, "vi", NOW)
    shown = repr(seen)
    assert "Bưởi" not in shown
    assert "345 678" not in shown
    assert purchase.buyer_phone not in shown
    # Order, contract and its evidence hold as before.
    assert session.exec(select(SellerOrder.number)).one() == number
    assert contracts.verification(session, contract, "vi", NOW).genuine
    for table in (SavedAddress, AccountSession):
        rows = session.exec(select(table).where(table.account_id == lan.account_id)).all()
        assert rows == []
    assert session.get_one(Store, store.id).followers == 0


def test_one_phone_is_still_one_buyer(session: Session) -> None:
    lan = buyer(session)
    for key in ("first", "second"):
        seller_id, number, _ = order(session, lan, key)
        answering.refuse(session, make_owner(session, seller_id), number, "Hết hàng", NOW)
    leaving.erase(session, lan, NOW)
    phones = session.exec(select(Purchase.buyer_phone)).all()
    assert len(phones) == 2
    assert len(set(phones)) == 1
    assert PHONE not in phones


def test_reviews_stand_without_a_name(session: Session) -> None:
    lan = buyer(session)
    seller_id, number, _ = order(session, lan)
    answering.refuse(session, make_owner(session, seller_id), number, "Hết hàng", NOW)
    from marketplace.orders.models import OrderLine

    line = session.exec(select(OrderLine)).one()
    product_id = make_product(session, seller_id=seller_id).product_id
    session.add(
        Review(
            order_line_id=line.id,
            product_id=product_id,
            seller_id=seller_id,
            account_id=lan.account_id,
            author="Trần T.",
            stars=5,
            text="Ngọt",
            written_at=NOW,
        )
    )
    session.flush()
    assert leaving.own_data(session, lan, NOW)["reviews"][0]["text"] == "Ngọt"
    leaving.erase(session, lan, NOW)
    session.expire_all()
    review = session.exec(select(Review)).one()
    assert (review.author, review.text, review.stars) == (ERASED, "Ngọt", 5)


def test_a_shop_without_open_orders_closes_with_its_owner(session: Session) -> None:
    seller_id = make_seller(session)
    leaving.erase(session, make_owner(session, seller_id), NOW)
    assert session.get_one(Seller, seller_id).status == "suspended"


def test_who_holds_a_role_is_let_go_by_the_operator(session: Session) -> None:
    with pytest.raises(rules.StaffStay):
        leaving.erase(session, make_staff(session), NOW)


def test_the_phone_is_free_for_a_new_account_afterwards(session: Session) -> None:
    lan = buyer(session)
    leaving.erase(session, lan, NOW)
    assert accounts.find_for_sign_in(session, PHONE) == ()
    assert accounts.sign_up(session, "Mới", PHONE, None, NOW) != lan.account_id


@pytest.mark.usefixtures("database")
def test_over_http_the_file_comes_as_a_zip_and_erasing_takes_the_cookie() -> None:
    def newcomer(session: Session) -> str:
        return accounts.open_session(session, make_account(session, "Trần Thị Bưởi", PHONE), "test", clock.now())

    api = FastAPI()
    api.include_router(leaving_routes(person_of))
    answer_with_problems(api)
    with TestClient(api, base_url="http://localhost:3000", follow_redirects=False) as browser:
        assert browser.post("/account/data", headers={"Accept": "application/json"}).status_code == 401
        browser.cookies["sid"] = db.write_now(newcomer)
        file = browser.post("/account/data")
        assert file.headers["content-disposition"] == f'attachment; filename="{NAME}.zip"'
        assert file.headers["cache-control"] == "no-store"
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            assert json.loads(archive.read(f"{NAME}.json"))["account"]["name"] == "Trần Thị Bưởi"
        refused = browser.post("/account/erase", headers={"Accept": "application/json"})
        assert refused.json()["field"] == "agree"
        assert "Xóa tài khoản" in browser.post("/account/erase").text
        done = browser.post("/account/erase", data={"agree": "on"}, headers={"Accept": "application/json"})
        assert done.json() == {"next": "/"}
        assert 'sid=""' in done.headers["set-cookie"]
