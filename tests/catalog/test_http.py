"""The catalogue's JSON API and the upload of pictures, through the protocol."""

from __future__ import annotations

import asyncio
import io
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from PIL import Image

from marketplace.accounts.views import GUEST, Person
from marketplace.base import clock, db
from marketplace.base.kept import KeptAnswers
from marketplace.base.media_http import media_routes
from marketplace.base.web import answer_with_problems
from marketplace.catalog import service as catalog
from marketplace.catalog.http import catalog_routes
from marketplace.catalog.models import Product
from marketplace.catalog.rules import CertificateKind
from marketplace.places.models import Commune
from marketplace.sellers.rules import SellerKind
from tests.factories import (
    NOW,
    make_category,
    make_certificate,
    make_commune,
    make_owner,
    make_product,
    make_seller,
)


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
def test_goods_are_filtered_by_seller_stock_certificate_and_harvest_and_counted_when_asked() -> None:
    with db.write() as session:
        farm = make_seller(session, "Vườn", kind=SellerKind.FARM)
        shop = make_seller(session, "Quầy", kind=SellerKind.HOUSEHOLD, commune_code="31120")
        fruit = make_category(session, "Trái cây")
        make_certificate(session, farm, kind=CertificateKind.VIETGAP)
        first = make_product(session, "Ổi lê", seller_id=farm, category_id=fruit, on_hand=0).product_id
        make_certificate(session, farm, first, stars=4)
        ahead = make_product(session, "Ổi xá lị", seller_id=farm, category_id=fruit).product_id
        session.get_one(Product, ahead).expected_on = clock.local_date(clock.now()) + timedelta(days=3)
        make_product(session, "Ổi ruột hồng", seller_id=shop, category_id=fruit, price=250_000)

    def found(query: str) -> set[str]:
        return {item["name"] for item in call("GET", f"/api/v1/products?q=oi&{query}").json()["items"]}

    assert found("kind=farm") == {"Ổi lê", "Ổi xá lị"}
    assert found("in_stock=1") == found("in_stock=true") == {"Ổi xá lị", "Ổi ruột hồng"}
    assert found("certificate=vietgap") == {"Ổi lê", "Ổi xá lị"}
    assert found("certificate=ocop") == {"Ổi lê"}
    assert found("preorder=1") == {"Ổi xá lị"}
    assert len(found("in_stock=0&preorder=false")) == 3
    plain = call("GET", "/api/v1/products?q=oi").json()
    assert "counts" not in plain
    assert "instead" not in plain
    assert plain["meant"] is None
    counts = call("GET", "/api/v1/products?q=oi&kind=farm&counts=1").json()["counts"]
    assert counts == {
        "category": {"trai-cay": 2},
        "commune": {"31117": 2},
        "kind": {"farm": 2, "household": 1},
        "ocop": {"3": 1, "4": 1, "5": 0},
        "certificate": {"ocop": 1, "vietgap": 2, "globalgap": 0, "organic": 0},
        "price": [
            {"min_price": None, "max_price": 50_000, "total": 0},
            {"min_price": 50_000, "max_price": 200_000, "total": 2},
            {"min_price": 200_000, "max_price": 500_000, "total": 0},
            {"min_price": 500_000, "max_price": None, "total": 0},
        ],
        "in_stock": 1,
        "preorder": 1,
    }


@pytest.mark.usefixtures("database")
def test_goods_near_a_commune_rise_in_lists_and_suggestions() -> None:
    with db.write() as session:
        make_commune(session, "31117")
        far = make_commune(session, "31120", "Phường Xa")
        session.get_one(Commune, far).latitude = 10.9
        here = make_seller(session, "Gần", commune_code="31117")
        there = make_seller(session, "Xa", commune_code="31120")
        make_product(session, "Ổi xa", seller_id=there, popularity=2_000)
        make_product(session, "Ổi gần", seller_id=here, popularity=1_000)
    for path, key in (("/api/v1/products?q=oi", "items"), ("/api/v1/suggestions?q=oi", "products")):
        names = {near: call("GET", f"{path}&near={near}").json()[key][0]["name"] for near in ("", "31117", "99999")}
        assert names == {"": "Ổi xa", "31117": "Ổi gần", "99999": "Ổi xa"}


@pytest.mark.usefixtures("database")
def test_what_was_meant_and_what_to_ask_for_instead_are_told() -> None:
    with db.write() as session:
        make_product(session, "Sầu riêng Ri6", category_id=make_category(session, "Trái cây"))
    assert call("GET", "/api/v1/products?q=sau+rieg").json()["meant"] == "sầu riêng"
    assert call("GET", "/api/v1/products?q=sau+rieng&kind=household&max_price=1").json()["instead"] == {
        "without": [{"parameters": ["kind", "min_price", "max_price"], "total": 1}],
        "queries": [],
        "categories": [{"slug": "trai-cay", "name": "Trái cây", "total": 1}],
    }
    assert call("GET", "/api/v1/products?q=sau+rieng+kwzkwz").json()["instead"]["queries"] == [
        {"q": "sau rieng", "total": 1}
    ]


@pytest.mark.usefixtures("sqlite_database")
def test_lists_are_documented_with_every_parameter_and_what_comes_back() -> None:
    described = call("GET", "/openapi.json").json()
    listing = described["paths"]["/api/v1/products"]["get"]
    assert {one["name"] for one in listing["parameters"]} == {
        "q", "category", "store", "commune", "min_price", "max_price", "ocop", "sort", "after", "limit",
        "kind", "in_stock", "near", "certificate", "preorder", "counts",
    }  # fmt: skip
    described_as = {one["name"]: one["schema"] for one in listing["parameters"]}
    assert described_as["kind"]["anyOf"][0]["enum"] == [kind.value for kind in SellerKind]
    assert described_as["limit"]["maximum"] == 60
    assert "$ref" not in json.dumps(listing["parameters"])
    answer = listing["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    assert set(described["components"]["schemas"][answer]["properties"]) == {
        "items", "next", "total", "meant", "counts", "instead",
    }  # fmt: skip


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
        ("kind=bank", 422, "kind"),
        ("certificate=iso", 422, "certificate"),
        ("in_stock=maybe", 422, "in_stock"),
        ("counts=2", 422, "counts"),
        (f"near={'1' * 6}", 422, "near"),
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
