"""The catalogue's JSON API and the upload of pictures, through the protocol."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from PIL import Image

from marketplace.accounts.views import GUEST, Person
from marketplace.base import db
from marketplace.base.kept import KeptAnswers
from marketplace.base.media import media_routes
from marketplace.base.web import answer_with_problems
from marketplace.catalog import service as catalog
from marketplace.catalog.http import catalog_routes
from tests.factories import NOW, make_category, make_owner, make_product, make_seller


def call(method: str, path: str, person: Person = GUEST, **options: Any) -> httpx.Response:
    """One request of a person to the catalogue."""

    async def person_of(_: Request) -> Person:
        return person

    app = FastAPI()
    app.add_middleware(KeptAnswers)
    answer_with_problems(app)
    app.include_router(catalog_routes(person_of))
    app.include_router(media_routes())

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **options)

    return asyncio.run(ask())


def photo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 160, 60)).save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.mark.usefixtures("database")
def test_the_list_has_the_shape_that_was_promised() -> None:
    with db.write() as session:
        sku = make_product(session, "Sầu riêng Ri6", price=120_000, on_hand=0)
    answer = call("GET", "/api/v1/products?q=sau+rieng")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert (body["next"], body["total"]) == (None, 1)
    item = body["items"][0]
    assert {key: item[key] for key in ("name", "price", "unit", "sku", "in_stock")} == {
        "name": "Sầu riêng Ri6",
        "price": 120_000,
        "unit": "kg",
        "sku": sku.code,
        "in_stock": False,
    }
    assert item["slug"].startswith("sau-rieng-ri6-")
    assert item["store"]["slug"].startswith("gian-hang-")


@pytest.mark.usefixtures("database")
def test_pages_follow_their_cursors_to_the_end() -> None:
    with db.write() as session:
        seller_id = make_seller(session)
        for number in range(5):
            make_product(session, f"Ổi {number}", seller_id=seller_id, price=(number + 1) * 1000)
    for query in ("sort=price_asc", "q=oi&sort=price_asc", "q=oi", "sort=new", "sort=relevance"):
        names: list[str] = []
        after: str | None = ""
        while after is not None:
            body = call("GET", f"/api/v1/products?{query}&limit=2&after={after}").json()
            names += [item["name"] for item in body["items"]]
            assert body["total"] == 5
            after = body["next"]
        assert sorted(names) == [f"Ổi {number}" for number in range(5)]


@pytest.mark.usefixtures("database")
def test_a_product_is_shown_in_full_with_exact_quantities() -> None:
    with db.write() as session:
        sku = make_product(session, "Xoài", on_hand=12_500, step=100, minimum=500)
        slug = catalog.list_products(session, catalog.ListQuery(), "vi", NOW).cards[0].slug
    body = call("GET", f"/api/v1/products/{slug}").json()
    assert (body["sku"], body["step"], body["minimum"], body["available"]) == (sku.code, "0.1", "0.5", "12.5")
    assert body["category"] == "trai-cay"
    unknown = call("GET", "/api/v1/products/khong-co")
    assert (unknown.status_code, unknown.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.usefixtures("database")
def test_categories_come_as_a_tree_in_the_readers_language() -> None:
    with db.write() as session:
        make_category(session, "Cam quýt", parent_id=make_category(session, "Trái cây"))
    vi, en = (call("GET", f"/api/v1/categories?lang={lang}").json() for lang in ("vi", "en"))
    assert [(item["slug"], item["name"]) for item in vi] == [("trai-cay", "Trái cây")]
    assert vi[0]["children"] == [{"slug": "cam-quyt", "name": "Cam quýt"}]
    assert en[0]["name"] == "Trái cây (en)"


@pytest.mark.usefixtures("database")
def test_what_the_caller_has_is_not_sent_again_until_it_changes() -> None:
    with db.write() as session:
        owner = make_owner(session, seller_id := make_seller(session))
        product_id = make_product(session, seller_id=seller_id, on_hand=1_000).product_id
    first = call("GET", "/api/v1/products")
    again = call("GET", "/api/v1/products", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    db.write_now(catalog.set_stock, owner, product_id, 0, NOW, shown=1_000)
    changed = call("GET", "/api/v1/products", headers={"If-None-Match": first.headers["etag"]})
    assert (changed.status_code, changed.json()["items"][0]["in_stock"]) == (200, False)


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("limit=0", 422, "limit"),
        ("limit=61", 422, "limit"),
        ("limit=x", 422, "limit"),
        ("min_price=-1", 422, "min_price"),
        ("max_price=1e9", 422, "max_price"),
        ("max_price=9999999999999999999999", 422, "max_price"),
        ("ocop=2", 422, "ocop"),
        ("ocop=6", 422, "ocop"),
        ("sort=cheapest", 422, "sort"),
        ("after=junk", 400, "after"),
        ("after=%ff", 400, "after"),
        (f"after={'A' * 201}", 422, "after"),
        ("category=khong-co", 404, "category"),
        (f"q={'x' * 201}", 422, "q"),
    ],
)
def test_a_wrong_parameter_is_a_problem_that_names_it(query: str, status: int, field: str) -> None:
    answer = call("GET", f"/api/v1/products?{query}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["field"] == field


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize("q", ["%00", "%ed%a0%80", "%22%27*()", "%F0%9F%A5%AD", "+", "%CC%81"])
def test_any_bytes_in_a_search_are_answered(q: str) -> None:
    for sort in ("popular", "price_asc", "new"):
        assert call("GET", f"/api/v1/products?q={q}&sort={sort}").status_code == 200


@pytest.mark.usefixtures("database")
def test_a_seller_adds_a_photo_and_shoppers_see_it() -> None:
    with db.write() as session:
        seller_id = make_seller(session)
        product_id = make_product(session, seller_id=seller_id).product_id
        owner, other = make_owner(session, seller_id), make_owner(session, make_seller(session))
    path, files = f"/seller/products/{product_id}/pictures", {"picture": ("IMG_1.jpg", photo(), "image/jpeg")}
    assert call("POST", path, GUEST, files=files).status_code == 401
    assert call("POST", path, other, files=files).status_code == 404
    refused = call("POST", path, owner, files={"picture": ("x.jpg", b"<svg/>", "image/jpeg")})
    assert (refused.status_code, refused.json()["code"]) == (422, "picture_unreadable")
    assert call("POST", path, owner).status_code == 422
    added = call("POST", path, owner, files=files)
    assert added.status_code == 201
    shown = call("GET", "/api/v1/products").json()["items"][0]["picture"]
    assert shown == added.json()["src"]
    assert call("GET", shown).headers["content-type"] == "image/webp"
