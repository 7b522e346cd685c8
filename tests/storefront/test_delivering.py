"""Fee and day of delivery on a product's page: what the checkout will say, for everybody from the same commune alike."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, update

from marketplace.api import make_api
from marketplace.base import db
from marketplace.base.text import LOCALES
from marketplace.catalog.models import Product
from marketplace.catalog.rules import Unit
from marketplace.delivery import service as delivery
from marketplace.delivery.models import DeliveryMethod
from marketplace.delivery.rules import MethodKind, Zone
from marketplace.orders.service import placing
from marketplace.storefront import service
from tests.factories import NOW, make_commune, make_product, make_seller
from tests.orders.shopping import details, fill_basket

NINH_KIEU, HANOI = "31117", "00070"


def _shop(session: Session, *methods: DeliveryMethod) -> int:
    seller_id = make_seller(session)
    for method in methods:
        method.seller_id = seller_id
        session.add(method)
    if not methods:
        delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
    session.flush()
    make_commune(session, HANOI, "Phường Hoàn Kiếm", "01")
    return seller_id


def _own(zone: Zone = Zone.PROVINCE, **values: int | None) -> DeliveryMethod:
    return DeliveryMethod(code="own", kind=MethodKind.OWN, zone=zone, base_fee=20_000, **values)  # type: ignore[arg-type]


@settings(max_examples=12)
@given(
    price=st.integers(1_000, 900_000), minimum=st.sampled_from([500, 1000, 1500, 7000]), grams=st.integers(100, 30_000)
)
def test_the_fees_on_the_page_are_those_of_the_checkout(session: Session, price: int, minimum: int, grams: int) -> None:
    with session.begin_nested() as attempt:
        sku = make_product(session, seller_id=_shop(session), price=price, unit=Unit.KILOGRAM, minimum=minimum)
        sku.unit_grams = grams
        session.add(sku)
        quoted = placing.review(session, fill_basket(session, [(sku.code, minimum)]), details(), NOW).orders[0]
        told = service.to_commune(session, sku.code, "trai-cay", NINH_KIEU, "en", NOW)
        assert told is not None
        offered = [(way.label.en, f"{way.fee:,}".replace(",", ".") + "\u00a0₫") for way in quoted.offer.ways]
        assert [(way.label, way.fee_text.replace("free", "0\u00a0₫")) for way in told.ways] == offered
        attempt.rollback()


def test_the_days_run_from_todays_acceptance_to_the_sellers_deadline(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session, _own(days_from=1, days_to=2)))
    told = service.to_commune(session, sku.code, "trai-cay", NINH_KIEU, "vi", NOW)
    assert told is not None
    # Ordered on a Monday afternoon, answered within twelve hours, so on Tuesday at the latest.
    assert told.ways[0].detail == "thứ Ba 06/01 đến thứ Năm 08/01/2026"
    assert told.place == "Phường Ninh Kiều, Thành phố Cần Thơ"


def test_goods_of_a_coming_harvest_arrive_after_it(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session, _own(days_from=0, days_to=0)))
    session.execute(update(Product).values(expected_on=date(2026, 3, 1)))
    told = service.to_commune(session, sku.code, "trai-cay", NINH_KIEU, "en", NOW)
    assert told is not None
    assert told.ways[0].detail == "Sunday 01/03/2026"


def test_what_makes_a_fee_grow_or_vanish_is_said_beside_it(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session, _own(kilogram_fee=2_000, free_above=500_000)))
    told = service.to_commune(session, sku.code, "trai-cay", NINH_KIEU, "vi", NOW)
    assert told is not None
    assert "mỗi kg sau kg đầu thêm 2.000\u00a0₫ · miễn phí từ 500.000\u00a0₫ tiền hàng" in told.ways[0].detail
    assert told.note.startswith("Phí cho 0,5 kg")


def test_where_the_seller_does_not_deliver_the_page_says_so_and_leads_to_what_comes_there(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session, _own()))
    told = service.to_commune(session, sku.code, "trai-cay", HANOI, "vi", NOW)
    assert told is not None
    assert "chưa giao đến Phường Hoàn Kiếm" in told.refusal
    assert told.instead_href == f"/c/trai-cay?deliver_to={HANOI}"
    assert told.ways == ()


def test_fresh_goods_that_would_come_too_late_are_not_promised(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session, _own(days_from=2, days_to=3)))
    session.execute(update(Product).values(reach_hours=24))
    told = service.to_commune(session, sku.code, "trai-cay", NINH_KIEU, "vi", NOW)
    assert told is not None
    assert "phải tới trong 24 giờ" in told.refusal


def test_an_unknown_commune_tells_nothing(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session))
    assert service.to_commune(session, sku.code, "trai-cay", "99999", "vi", NOW) is None


def _product_on_sale() -> str:
    with db.write() as session:
        sku = make_product(session, seller_id=_shop(session, _own(days_from=1, days_to=1)))
        product = session.get(Product, sku.product_id)
        assert product is not None
        return f"/p/{product.slug}"


@pytest.mark.usefixtures("database")
def test_a_kept_page_is_never_given_to_a_visitor_from_elsewhere() -> None:
    path = _product_on_sale()

    async def pages() -> list[str]:
        transport = httpx.ASGITransport(make_api())
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return [
                (await client.get(path, headers={"Cookie": f"commune={code}"} if code else {})).text
                for code in ("", NINH_KIEU, HANOI, "", NINH_KIEU, "<b>", "99999")
            ]

    nowhere, here, far, again, here_again, nonsense, unknown = asyncio.run(pages())
    assert "Giao đến" not in nowhere
    assert "Phường Ninh Kiều, Thành phố Cần Thơ" in here
    assert "chưa giao đến Phường Hoàn Kiếm" in far
    assert (again, here_again) == (nowhere, here)
    assert nonsense == unknown == nowhere


@pytest.mark.usefixtures("database")
def test_without_scripts_a_name_typed_becomes_links_that_remember_the_commune_and_lead_back() -> None:
    path = _product_on_sale()

    async def follow() -> tuple[str, httpx.Response]:
        transport = httpx.ASGITransport(make_api())
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            asked = (await client.get(path, params={"place": "ninh kieu"})).text
            link = asked.split('href="/preferences?commune=')[1].split('"')[0].replace("&amp;", "&")
            return asked, await client.get(f"/preferences?commune={link}", follow_redirects=True)

    asked, back = asyncio.run(follow())
    assert "Phường Ninh Kiều" in asked
    assert back.url.path == path
    assert "Giao đến" in back.text
    assert "chưa giao đến" not in back.text


@pytest.mark.usefixtures("database")
def test_a_name_that_no_commune_has_is_told_so() -> None:
    path = _product_on_sale()

    async def ask() -> str:
        transport = httpx.ASGITransport(make_api())
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return (await client.get(path, params={"place": "xyzw"})).text

    assert "Không thấy xã, phường nào như vậy" in asyncio.run(ask())


@pytest.mark.usefixtures("sqlite_database")
def test_preferences_remember_only_what_can_be_a_commune() -> None:
    async def ask(code: str) -> str:
        transport = httpx.ASGITransport(make_api())
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            answer = await client.get("/preferences", params={"commune": code, "next": "/"})
            return str(answer.headers.get("set-cookie", ""))

    assert f"commune={NINH_KIEU};" in asyncio.run(ask(NINH_KIEU))
    assert asyncio.run(ask("1; secure")) == asyncio.run(ask("123456")) == ""


def test_days_are_named_in_both_languages(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session, _own(days_from=1, days_to=1)))
    evening = NOW.replace(hour=3)
    told = [service.to_commune(session, sku.code, "x", NINH_KIEU, locale, evening) for locale in LOCALES]
    assert [part.ways[0].detail for part in told if part] == ["thứ Ba 06/01/2026", "Tuesday 06/01/2026"]
    later = service.to_commune(session, sku.code, "x", NINH_KIEU, "vi", evening + timedelta(days=5))
    assert later is not None
    assert later.ways[0].detail == "Chủ nhật 11/01/2026"
