"""A lot's passport: everything a buyer asks, nothing private, never what no longer holds; and its labels."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from datetime import date

import httpx
import pytest
from pypdf import PdfReader
from sqlmodel import Session

from marketplace.accounts import service as accounts
from marketplace.api import make_api
from marketplace.base import clock, db
from marketplace.base.errors import NotFound
from marketplace.base.web import session_cookie_name
from marketplace.catalog import service as catalog
from marketplace.catalog.rules import ProductStatus
from marketplace.lots import labels
from marketplace.lots import service as lots
from marketplace.orders.service import recalling, tracing
from tests.factories import NOW
from tests.lots.orchard import ADVICE, DRAFT, REASON, Orchard

LABEL = labels.Label(
    "Xoài cát Hòa Lộc", "XC-1", "04/01/2026", "20/01/2026", "VN-CTOR-0032", "Vườn Ba Tám", "Cần Thơ", "http://x/lot/ABC"
)


def visit(path: str, cookie: str = "") -> httpx.Response:
    """Ask for one address."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(make_api(), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path, headers={"Cookie": cookie} if cookie else {})

    return asyncio.run(ask())


def test_a_passport_tells_what_a_buyer_asks_and_when_it_was_safe(session: Session) -> None:
    orchard = Orchard(session)
    code = orchard.enter()
    found = lots.passport(session, code.lower(), "vi", NOW)
    assert found.number == "XC-1"
    assert [fact.text for fact in found.where] == ["VN-CTOR-0032", "Thửa 7"]
    assert [fact.text for fact in found.days] == ["04/01/2026", "20/01/2026"]
    assert found.safe_text.startswith("Phun lần cuối 20/12/2025, cách ly 7 ngày: an toàn từ 27/12/2025.")
    bare = orchard.enter(number="B", last_sprayed_on=None, waiting_days=None, spray="")
    assert "không ghi lần phun" in lots.passport(session, bare, "vi", NOW).safe_text
    with pytest.raises(NotFound):
        lots.passport(session, "KHONGCOLON", "vi", NOW)


def test_a_corrected_passport_keeps_what_it_said_at_first(session: Session) -> None:
    orchard = Orchard(session)
    code = orchard.enter()
    orchard.packed()
    for plot in ("Thửa 8", "Thửa 9"):
        tracing.change_lot(session, orchard.owner, code, replace(DRAFT, plot=plot), f"Đo lại {plot}", NOW)
    fact = lots.passport(session, code, "vi", NOW).where[-1]
    assert (fact.text, fact.before, fact.why) == ("Thửa 9", "Thửa 7", "đính chính 05/01/2026: Đo lại Thửa 9")


@pytest.mark.usefixtures("database")
def test_the_page_and_the_api_say_at_once_that_a_lot_was_recalled_and_name_no_buyer() -> None:
    with db.write() as session:
        orchard = Orchard(session)
        code = orchard.enter()
        orchard.packed(buyer={"name": "Bùi Thị Kín Đáo", "phone": "0987 654 321"})
    before = visit(f"/lot/{code}")
    assert before.status_code == 200
    assert "XC-1" in before.text
    assert 'name="robots" content="noindex"' in before.text
    assert visit(f"/api/v1/lots/{code}").json()["recall"] is None
    db.write_now(recalling.recall, orchard.owner, code, REASON, ADVICE, NOW)
    page, told = visit(f"/lot/{code}").text, visit(f"/api/v1/lots/{code}").json()
    for shown in (REASON, ADVICE):
        assert shown in page
    assert page.index(ADVICE) < page.index("<h1")
    assert (told["state"], told["recall"]["advice"]) == ("recalled", ADVICE)
    for secret in ("Kín Đáo", "654 321", "654321"):
        assert secret not in page + str(told)


@pytest.mark.usefixtures("database")
def test_a_passport_outlives_the_sale_of_its_goods() -> None:
    with db.write() as session:
        orchard = Orchard(session)
        code = orchard.enter()
        catalog.set_status(session, orchard.owner, orchard.sku.product_id, ProductStatus.PAUSED, NOW)
    told = visit(f"/api/v1/lots/{code}").json()
    assert (told["product"]["page"], told["growing_area_code"]) == (None, "VN-CTOR-0032")
    assert told["last_spray"] == {"on": "2025-12-20", "waiting_days": 7, "safe_from": "2025-12-27"}


def test_an_unknown_code_is_a_real_404(database: str) -> None:
    assert database
    assert visit("/lot/KHONGCOLON").status_code == 404
    assert visit("/api/v1/lots/KHONGCOLON").status_code == 404


@pytest.mark.usefixtures("database")
def test_the_products_page_names_the_lot_that_goes_next_and_follows_when_it_is_used_up() -> None:
    with db.write() as session:
        orchard = Orchard(session)
        path = catalog.named_products(session, [orchard.sku.product_id])[orchard.sku.product_id].href
        first = orchard.enter(number="A", harvested_grams=2_000, expires_on=None)
        orchard.enter(number="B", harvested_on=date(2026, 1, 5), expires_on=None)
        number, _ = orchard.order(kilograms=2)
    assert f"/lot/{first}" in visit(path).text
    with db.write() as session:
        orchard.session = session
        orchard.pack(number)
    page = visit(path).text
    assert f"/lot/{first}" not in page
    assert "Lô B, thu hoạch 05/01/2026" in page


def test_labels_carry_the_lot_its_days_and_its_shop_twenty_four_on_a_sheet() -> None:
    sheet = PdfReader(io.BytesIO(labels.draw(LABEL, sheet=True)))
    text = sheet.pages[0].extract_text()
    assert len(sheet.pages) == 1
    for shown in ("XC-1", "04/01/2026", "20/01/2026", "Vườn Ba Tám"):
        assert text.count(shown) == labels.ON_SHEET
    one = PdfReader(io.BytesIO(labels.draw(LABEL, sheet=False)))
    assert len(one.pages) == 1
    assert round(float(one.pages[0].mediabox.width) / 72 * 25.4) == 70


@pytest.mark.parametrize("name", ["🥭" * 30, "#panic() " * 12, "Xoài " * 24, "x" * 120])
def test_whatever_goods_are_called_their_label_is_one_label(name: str) -> None:
    drawn = PdfReader(io.BytesIO(labels.draw(replace(LABEL, product=name, shop=name), sheet=False)))
    assert len(drawn.pages) == 1


@pytest.mark.usefixtures("sqlite_database")
def test_labels_are_for_their_seller_alone() -> None:
    with db.write() as session:
        orchard = Orchard(session)
        path = f"/seller/lots/{orchard.enter()}/labels.pdf"
        token = accounts.open_session(session, orchard.owner.require_account(), "test", clock.now())
    assert visit(path).status_code == 401
    answer = visit(path, f"{session_cookie_name()}={token}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
