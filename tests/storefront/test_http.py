"""First views: what a browser gets before any script runs, and that it is never what no longer holds."""

from __future__ import annotations

import asyncio
import functools
import json
import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from marketplace.accounts import service as accounts
from marketplace.api import make_api
from marketplace.base import db
from marketplace.base.web import session_cookie_name
from marketplace.baskets import service as baskets
from marketplace.catalog import service as catalog
from marketplace.catalog.rules import ProductStatus
from marketplace.sellers import service as sellers
from tests.factories import NOW, make_account, make_category, make_owner, make_product, make_seller


@functools.cache
def api() -> FastAPI:
    """The HTTP half, put together once: it keeps nothing of any test."""
    return make_api()


def visit(path: str, **options: Any) -> httpx.Response:
    """Open one public page."""
    return _ask("GET", path, **options)


def post(path: str, **options: Any) -> httpx.Response:
    """Send one form of a public page."""
    return _ask("POST", path, **options)


def _ask(method: str, path: str, **options: Any) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(api(), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **options)

    return asyncio.run(ask())


def structured(page: str) -> list[dict[str, Any]]:
    """The JSON-LD blocks of a page."""
    return [json.loads(block) for block in re.findall(r'<script type="application/ld\+json">(.+?)</script>', page)]


@pytest.mark.usefixtures("database")
def test_a_products_page_shows_its_new_price_at_once_to_readers_of_both_languages() -> None:
    with db.write() as session:
        owner = make_owner(session, seller_id := make_seller(session))
        sku = make_product(session, "Sầu riêng Ri6", seller_id=seller_id, price=120_000)
        slug = catalog.my_product(session, owner, sku.product_id, "vi").href
    for language in ("vi", "en"):
        assert "120.000" in visit(slug, params={"lang": language}).text
    db.write_now(catalog.set_price, owner, sku.product_id, 95_000, NOW)
    for language in ("vi", "en"):
        page = visit(slug, params={"lang": language}).text
        assert "95.000" in page
        assert "120.000" not in page
    assert next(block for block in structured(page) if block["@type"] == "Product")["offers"]["price"] == "95000"


@pytest.mark.usefixtures("database")
def test_what_is_paused_is_gone_from_every_page_at_once() -> None:
    with db.write() as session:
        owner = make_owner(session, seller_id := make_seller(session))
        category_id = make_category(session, "Trái cây")
        sku = make_product(session, "Chôm chôm nhãn", seller_id=seller_id, category_id=category_id)
        slug = catalog.my_product(session, owner, sku.product_id, "vi").href
    places = ("/", "/search", "/search?q=chom+chom", "/c/trai-cay", f"/s/gian-hang-{seller_id}")
    assert [slug in visit(place).text for place in places] == [True] * len(places)
    db.write_now(catalog.set_status, owner, sku.product_id, ProductStatus.PAUSED, NOW)
    assert [slug in visit(place).text for place in places] == [False] * len(places)
    assert visit(slug).status_code == 404


@pytest.mark.usefixtures("database")
def test_a_page_made_for_somebody_signed_in_shows_a_stranger_nothing_of_them() -> None:
    with db.write() as session:
        account_id = make_account(session, "Lê Thị Riêng Tư")
        token = accounts.open_session(session, account_id, "test", NOW)
        product = catalog.sku_for_sale(session, make_product(session, "Khóm Cầu Đúc").code, NOW)
        person = sellers.acting_person(session, token, NOW)
        baskets.add_for(session, person, product.code, 500, NOW)
    known = visit(f"/p/{product.product_slug}", headers={"cookie": f"{session_cookie_name()}={token}"})
    stranger = visit(f"/p/{product.product_slug}")
    assert known.text == stranger.text
    assert "Riêng Tư" not in known.text
    assert "set-cookie" not in known.headers


@pytest.mark.usefixtures("sqlite_database")
def test_a_page_is_complete_before_any_script_runs() -> None:
    with db.write() as session:
        sku = make_product(session, "Bánh pía <b>Sóc Trăng</b> & hạt sen", price=88_000)
        slug = catalog.sku_for_sale(session, sku.code, NOW).product_slug
    page = visit(f"/p/{slug}").text
    head = page[: page.index("</head>")]
    assert "<title>Bánh pía &lt;b&gt;Sóc Trăng&lt;/b&gt; &amp; hạt sen · Chợ Quê</title>" in head
    for tag in ('name="description"', 'property="og:title"', 'property="og:url"', 'rel="canonical"'):
        assert tag in head
    assert {block["@type"] for block in structured(page)} == {"Product", "BreadcrumbList"}
    assert "<b>Sóc Trăng</b>" not in page
    assert 'action="/basket/lines"' in page


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize("path", ["/p/khong-co", "/c/khong-co", "/s/khong-co"])
def test_what_there_is_not_answers_404_in_the_readers_language(path: str) -> None:
    for language, words in (("vi", "Không có trang này"), ("en", "There is no such page")):
        answer = visit(path, params={"lang": language})
        assert answer.status_code == 404
        assert words in answer.text
