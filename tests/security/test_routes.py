"""Every HTTP route, and whom it answers: each is called as everybody, with right and with junk values."""

from __future__ import annotations

import asyncio
import io
import itertools
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from PIL import Image
from sqlmodel import Session, select
from starlette.types import ASGIApp

from marketplace.accounts import service as accounts
from marketplace.accounts.rules import Role
from marketplace.base import clock, crypto, db, media
from marketplace.catalog import service as catalog
from marketplace.catalog.commands import CertificateDraft
from marketplace.catalog.models import Product
from marketplace.catalog.rules import CertificateKind
from marketplace.delivery import service as delivery
from marketplace.importing import service as importing
from marketplace.lots import service as lots
from marketplace.lots.commands import FindingDraft, LotDraft
from marketplace.orders.models import OrderLine
from marketplace.places.service import sync_reference_data
from marketplace.sellers import service as sellers
from marketplace.sellers.models import ApplicationPhoto
from marketplace.sellers.rules import ApplicationPaper
from tests.factories import make_account, make_category, make_product, make_seller
from tests.orders.shopping import accept_terms, fill_basket, place

EVERYBODY = ("guest", "buyer", "shopper", "seller", "other_seller", "staff")
SECRET_NAME, SECRET_PHONE, SECRET_STREET = "Bùi Thị Kín Đáo", "0987 654 321", "9 hẻm Không Ai Biết"
PASSWORD = "ruộng lúa bát ngát"
COMMUNE = "31117"
HOME = "http://localhost:3000"
JSON_KIND, FORM_KIND = "application/json", "application/x-www-form-urlencoded"

JUNK = (
    "\x00",
    "xoài\x00cát",
    "-1",
    "0",
    str(10**30),
    "x" * 3000,
    "' OR 1=1; --",
    "../../etc/passwd",
    "\u202e",
    "🥭",
    "1e400",
)
JUNK_VALUES: tuple[Any, ...] = (
    *JUNK, "\ud800", 10**30, -1, 1.5, 1e400, True, None, [], ["x"], {}, {"a": {"b": [1]}},
)  # fmt: skip
JUNK_BODIES = (
    b"", b"null", b"[]", b'"x"', b"{", b"\x00", b"\xff\xfe", b"[" * 50_000, b'{"a":' * 5_000, b"9" * 5_000,
    b'{"buyer": [], "address": 1}',
)  # fmt: skip


LOT = LotDraft(number="XC-1", harvested_on=date(2026, 1, 4), harvested_grams=200_000)
PDF = b"%PDF-1.7\nhello\n%%EOF\n"


@dataclass(frozen=True)
class World:
    """A market with one private order, and a cookie for each kind of person."""

    cookies: dict[str, str]
    baskets: dict[str, tuple[str, str]]
    """Each one's basket, and the hash of the contract it would conclude."""
    product: str
    product_id: int
    sku: str
    store: str
    order: str
    contract: str
    picture: str
    document: str
    paper: str
    certificate_id: int
    lot: str
    test_id: int
    line_id: int
    import_id: int


@dataclass(frozen=True)
class Call:
    """A right call of a route."""

    path: dict[str, object] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None
    kind: str = JSON_KIND
    files: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Door:
    """Whom a route answers with what; `ours` is what those it is for get, `others` what everybody else does."""

    ours: int = 200
    to: tuple[str, ...] = EVERYBODY
    others: int = 404
    guests: int | None = None
    call: Callable[[World, str], Call] = lambda _world, _who: Call()

    def expected(self, who: str) -> int:
        """The status a person gets."""
        if who in self.to:
            return self.ours
        return self.guests if who == "guest" and self.guests is not None else self.others


PARTY = ("buyer", "seller")
PAGE = Door()


def _details(**more: object) -> dict[str, object]:
    return {
        "buyer": {"name": "Trần Thị Bưởi", "phone": "0912 345 678"},
        "address": {"commune": COMMUNE, "street": "12 Trần Hưng Đạo"},
        "payment": "cod",
        "note": {},
        **more,
    }


def _photo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (320, 240), (90, 160, 60)).save(buffer, "JPEG")
    return buffer.getvalue()


def _sign_up(_world: World, who: str) -> Call:
    # Each kind of person a phone of its own: what one identifier may try is counted.
    phone = f"09123000{EVERYBODY.index(who):02d}"
    return Call(body={"name": "Lê Văn Mới", "identifier": phone, "password": PASSWORD}, kind=FORM_KIND)


def _phone_of(who: str, row: int) -> str:
    return f"091234{row}0{EVERYBODY.index(who):02d}"


DOORS: dict[str, Door] = {
    "GET /": PAGE,
    "GET /search": Door(call=lambda _w, _p: Call(query={"q": "xoài", "category": "trai-cay", "store": "", "commune": "",
        "min_price": "1", "max_price": "99", "ocop": "3", "sort": "popular", "after": "", "kind": "farm", "in_stock": "1",
        "deliver_to": COMMUNE, "certificate": "vietgap", "preorder": "1"})),
    "GET /c/{category}": Door(call=lambda _w, _p: Call({"category": "trai-cay"}, {"after": ""})),
    "GET /p/{slug}": Door(call=lambda w, _p: Call({"slug": w.product})),
    "GET /p/{slug}/share-{key}.jpg": Door(302, call=lambda w, _p: Call({"slug": w.product, "key": "0" * 32})),
    "GET /offline": PAGE,
    "GET /lot/{code}": Door(call=lambda w, _p: Call({"code": w.lot})),
    "GET /p/{slug}/reviews": Door(call=lambda w, _p: Call({"slug": w.product}, {"stars": "5", "after": "1.1"})),
    "GET /s/{slug}": Door(call=lambda w, _p: Call({"slug": w.store}, {"after": "", "q": "xoài", "category": "", "sort": "new"})),
    "GET /s/{slug}/share-{key}.jpg": Door(302, call=lambda w, _p: Call({"slug": w.store, "key": "0" * 32})),
    "POST /s/{slug}/follow": Door(303, call=lambda w, _p: Call({"slug": w.store})),
    "GET /statistics": Door(call=lambda _w, _p: Call(query={"year": "2026"})),
    "GET /verify": Door(call=lambda w, _p: Call(query={"code": w.contract})),
    "GET /verify/{code}": Door(call=lambda w, _p: Call({"code": w.contract})),
    # Pages that live over the socket: over HTTP everybody gets the same frame with nothing in it.
    **{f"GET {path}": PAGE for path in (
        "/basket", "/checkout", "/account", "/account/orders", "/account/shops", "/seller/shop", "/seller/shop/preview",
        "/seller/shop/sections", "/seller/reviews", "/staff/reviews", "/account/sign-in", "/account/sign-up", "/seller",
        "/seller/start", "/seller/orders", "/seller/products", "/seller/products/new", "/seller/products/import",
        "/staff", "/staff/sellers",
        "/staff/lots", "/account/security", "/seller/people", "/seller/join", "/account/data", "/account/addresses",
        "/account/sign-in-code", "/account/code",
        "/account/reset", "/account/reset/code", "/account/second-factor",
        "/staff/figures", "/help", "/help/buying", "/help/complaints", "/help/contracts", "/help/errors", "/help/privacy", "/help/selling",
    )},
    "GET /orders/{number}": Door(call=lambda w, _p: Call({"number": w.order}, {"key": "x"})),
    "GET /orders/{number}/review/{line}": Door(call=lambda w, _p: Call({"number": w.order, "line": w.line_id}, {"key": "x"})),
    # It, too, is a frame with nothing in it over HTTP.
    "GET /staff/sellers/{seller}": Door(call=lambda _w, _p: Call({"seller": 1})),
    "GET /seller/orders/{number}": Door(call=lambda w, _p: Call({"number": w.order})),
    "GET /seller/products/{product}/preview": Door(call=lambda w, _p: Call({"product": w.product_id})),
    "GET /seller/products/{product}/certificates": Door(call=lambda w, _p: Call({"product": w.product_id})),
    "GET /seller/products/{product}/lots": Door(call=lambda w, _p: Call({"product": w.product_id})),
    "GET /seller/lots/{lot}": Door(call=lambda w, _p: Call({"lot": w.lot})),
    "GET /seller/products/{product}/variants": Door(call=lambda w, _p: Call({"product": w.product_id})),
    "GET /seller/products/{product}": Door(call=lambda w, _p: Call({"product": w.product_id})),
    "GET /healthz": PAGE,
    "GET /readyz": PAGE,
    "GET /metrics": Door(to=()),
    "GET /manifest.webmanifest": PAGE,
    "GET /robots.txt": PAGE,
    "GET /sitemap.xml": PAGE,
    "GET /sitemaps/{name}": Door(call=lambda _w, _p: Call({"name": "pages-1.xml"})),
    "GET /preferences": Door(303, call=lambda _w, _p: Call(query={"language": "en", "theme": "dark", "next": "/"})),
    "GET /media/{name}": Door(call=lambda w, _p: Call({"name": f"{w.picture}-320.webp"})),
    "GET /media/documents/{name}": Door(call=lambda w, _p: Call({"name": f"{w.document}.pdf"})),
    "POST /basket/lines": Door(303, call=lambda w, _p: Call(body={"sku": w.sku, "quantity": "1"}, kind=FORM_KIND)),
    "GET /seller/products/import/template.xlsx": PAGE,
    "POST /seller/products/import": Door(303, ("seller", "other_seller"), 404, 401, lambda _w, _p: Call(
        files={"file": ("a.csv", "Tên;Giá\r\nXoài;65000".encode(), "text/csv")})),
    "GET /seller/products/import/{import_id}/faults.{kind}": Door(200, ("seller",), 404, 401, lambda w, _p: Call(
        {"import_id": w.import_id, "kind": "csv"})),
    "GET /seller/products/export.{kind}": Door(200, ("seller", "other_seller"), 404, 401, lambda _w, _p: Call(
        {"kind": "csv"})),
    "POST /seller/products/{product_id}/pictures": Door(201, ("seller",), 404, 401, lambda w, _p: Call(
        {"product_id": w.product_id}, files={"picture": ("a.jpg", _photo(), "image/jpeg")})),
    "POST /seller/products/{product_id}/certificates/{certificate_id}/document": Door(201, ("seller",), 404, 401,
        lambda w, _p: Call({"product_id": w.product_id, "certificate_id": w.certificate_id},
            files={"picture": ("a.pdf", PDF, "application/pdf")})),
    "GET /seller/lots/{code}/labels.pdf": Door(200, ("seller",), 404, 401, lambda w, _p: Call(
        {"code": w.lot}, {"one": "true"})),
    "POST /seller/lots/{code}/tests/{test_id}/document": Door(201, ("seller",), 404, 401, lambda w, _p: Call(
        {"code": w.lot, "test_id": w.test_id}, files={"picture": ("a.pdf", PDF, "application/pdf")})),
    "GET /seller/delivery": PAGE,
    "GET /seller/runs": PAGE,
    "GET /seller/runs/list": PAGE,
    "GET /seller/reports": PAGE,
    "GET /seller/picking.pdf": Door(200, ("seller",), 404, 401, lambda w, _p: Call(query={"numbers": w.order})),
    "GET /seller/labels.pdf": Door(200, ("seller",), 404, 401, lambda w, _p: Call(query={"numbers": w.order})),
    "GET /seller/reports.xlsx": Door(200, ("seller", "other_seller"), 404, 401, lambda _w, _p: Call(
        query={"from": "2026-03-01", "to": "2026-03-02"})),
    "POST /seller/shop/{which}": Door(201, ("seller", "other_seller"), 404, 401, lambda _w, _p: Call(
        {"which": "banner"}, files={"picture": ("a.jpg", _photo(), "image/jpeg")})),
    # Who has a shop that sells has no application open; anybody else who is signed in may begin one.
    "POST /seller/application/{paper}": Door(409, ("seller", "other_seller"), 201, 401, lambda _w, _p: Call(
        {"paper": "identity_front"}, files={"picture": ("a.jpg", _photo(), "image/jpeg")})),
    # The seller's own paper, which staff review; nobody else learns that it is there.
    "GET /seller/papers/{key}": Door(200, ("seller", "staff"), 404, 404, lambda w, _p: Call({"key": w.paper})),
    # Of an order that was not delivered yet: its buyer is told so, others find nothing.
    "POST /orders/{number}/lines/{line_id}/pictures": Door(409, ("buyer",), 404, None, lambda w, _p: Call(
        {"number": w.order, "line_id": w.line_id}, {"key": ""}, files={"picture": ("a.jpg", _photo(), "image/jpeg")})),
    "GET /api/v1/openapi.json": PAGE,
    "HEAD /api/v1/openapi.json": PAGE,
    "GET /api/v1/products": Door(call=lambda w, _p: Call(query={"q": "xoai", "category": "trai-cay", "store": w.store,
        "commune": COMMUNE, "min_price": "0", "max_price": "99", "ocop": "4", "sort": "popular", "after": "", "limit": "5",
        "kind": "farm", "in_stock": "1", "near": COMMUNE, "certificate": "vietgap", "preorder": "0", "counts": "1"})),
    "GET /api/v1/products/{slug}": Door(call=lambda w, _p: Call({"slug": w.product})),
    "GET /api/v1/lots/{code}": Door(call=lambda w, _p: Call({"code": w.lot})),
    # Who has goods of a lot is for its seller, and for the staff once it is recalled.
    "GET /api/v1/lots/{code}/buyers.csv": Door(200, ("seller",), 404, 401, lambda w, _p: Call({"code": w.lot})),
    "GET /api/v1/products/{slug}/reviews": Door(
        call=lambda w, _p: Call({"slug": w.product}, {"stars": "5", "after": "1.1", "limit": "5"})),
    "GET /api/v1/suggestions": Door(call=lambda _w, _p: Call(query={"q": "xoai", "near": COMMUNE})),
    "GET /api/v1/categories": PAGE,
    "GET /api/v1/stores/{slug}": Door(call=lambda w, _p: Call({"slug": w.store})),
    "GET /api/v1/communes": Door(call=lambda _w, _p: Call(query={"q": "ninh kieu"})),
    "POST /api/v1/baskets": Door(201),
    # A basket's id is a secret: whoever holds it may use it.
    "GET /api/v1/baskets/{basket_id}": Door(call=lambda w, p: Call({"basket_id": w.baskets[p][0]})),
    "PUT /api/v1/baskets/{basket_id}/lines/{sku}": Door(
        call=lambda w, p: Call({"basket_id": w.baskets[p][0], "sku": w.sku}, body={"quantity": "1"})),
    "POST /api/v1/baskets/{basket_id}/review": Door(
        call=lambda w, p: Call({"basket_id": w.baskets[p][0]}, body=_details())),
    "POST /api/v1/baskets/{basket_id}/checkout": Door(201, call=lambda w, p: Call(
        {"basket_id": w.baskets[p][0]}, body=_details(accepted_terms_hash=w.baskets[p][1]), headers={"Idempotency-Key": p})),
    "GET /api/v1/orders/{number}": Door(to=PARTY, call=lambda w, _p: Call({"number": w.order})),
    "POST /api/v1/orders/{number}/cancel": Door(to=("buyer",), call=lambda w, _p: Call({"number": w.order})),
    "GET /api/v1/contracts/{code}": Door(call=lambda w, _p: Call({"code": w.contract})),
    "GET /api/v1/contracts/{code}/pdf": Door(to=PARTY, call=lambda w, _p: Call({"code": w.contract})),
    "POST /api/v1/contracts/verify": Door(call=lambda _w, _p: Call(files={"file": ("a.pdf", b"%PDF-1.7", "application/pdf")})),
    "GET /api/v1/statistics/indicators": Door(call=lambda _w, _p: Call(query={"year": "2026"})),
    "GET /api/v1/statistics/series": PAGE,
    "GET /api/v1/statistics/series/{name}": Door(call=lambda _w, _p: Call({"name": "orders_placed"})),
    "POST /account/code": Door(call=lambda _w, who: Call(body={"identifier": _phone_of(who, 1), "next": "/"}, kind=FORM_KIND)),
    "POST /account/reset": Door(call=lambda _w, who: Call(body={"identifier": _phone_of(who, 2), "next": "/"}, kind=FORM_KIND)),
    "POST /account/prove": Door(200, EVERYBODY[1:], 401, call=lambda _w, who: Call(
        body={"identifier": _phone_of(who, 3), "next": "/"}, kind=FORM_KIND)),
    # Nobody is at a step, so no code is right.
    "POST /account/code/check": Door(422, call=lambda _w, _p: Call(body={"code": "123456"}, kind=FORM_KIND)),
    "POST /account/reset/code": Door(422, call=lambda _w, _p: Call(
        body={"code": "123456", "password": "vườn xoài trĩu quả"}, kind=FORM_KIND)),
    "POST /account/second-factor": Door(422, call=lambda _w, _p: Call(body={"code": "123456"}, kind=FORM_KIND)),
    "GET /account/second-factor/set-up": Door(409, EVERYBODY[1:], 303, call=lambda _w, _p: Call(query={"next": "/staff"})),
    "POST /account/second-factor/set-up": Door(404, EVERYBODY[1:], 401, call=lambda _w, _p: Call(
        query={"next": "/staff"}, body={"code": "123456"}, kind=FORM_KIND)),
    "POST /account/second-factor/codes": Door(422, EVERYBODY[1:], 401, call=lambda _w, _p: Call(
        body={"code": "123456"}, kind=FORM_KIND)),
    "POST /account/second-factor/off": Door(422, ("buyer", "shopper", "seller", "other_seller"), 403, 401,
        call=lambda _w, _p: Call(body={"code": "123456"}, kind=FORM_KIND)),
    "POST /account/data": Door(200, EVERYBODY[1:], 401),
    "POST /account/erase": Door(422, EVERYBODY[1:], 401, call=lambda _w, _p: Call(body={"agree": ""}, kind=FORM_KIND)),
    # Last, since each of these ends the session that asks.
    "POST /account/sign-in": Door(call=lambda _w, _p: Call(
        body={"identifier": SECRET_PHONE, "password": PASSWORD, "next": "/"}, kind=FORM_KIND)),
    "POST /account/sign-up": Door(call=_sign_up),
    "POST /account/sign-out": Door(call=lambda _w, _p: Call(body={"next": "/"}, kind=FORM_KIND)),
}  # fmt: skip


def registered() -> Iterator[str]:
    """Every route of the app as `METHOD /path`."""
    import marketplace.marketplace

    waiting = list(marketplace.marketplace.api.routes)
    while waiting:
        route: Any = waiting.pop()
        if hasattr(route, "original_router"):
            waiting.extend(route.original_router.routes)
        else:
            yield from (f"{method} {route.path}" for method in route.methods)


def test_every_route_stands_in_the_table_and_the_table_names_no_other() -> None:
    assert sorted(registered()) == sorted(DOORS)


@pytest.fixture
def world(database: str) -> World:
    """A market in which one order is nobody else's business."""
    now = clock.now()
    with db.write() as session:
        sync_reference_data(session)
        make_category(session)
        people = {
            "buyer": accounts.sign_up(session, SECRET_NAME, SECRET_PHONE, crypto.hash_password(PASSWORD), now),
            **{who: make_account(session, f"Người {who}") for who in ("shopper", "seller", "other_seller", "staff")},
        }
        seller = make_seller(session, owner_id=people["seller"])
        delivery.give_default_methods(session, {"seller_id": seller}, now)
        make_seller(session, "Vườn Chín Hớn", owner_id=people["other_seller"])
        accounts.grant_role(session, people["staff"], Role.PROVINCE_STAFF, None, now)
        sku = make_product(session, seller_id=seller)
        tokens = {
            who: accounts.open_session(session, account, "test", now, strong=True) for who, account in people.items()
        }
        tokens["guest"] = crypto.new_token()
        acting = {who: sellers.acting_person(session, token, now) for who, token in tokens.items()}
        private: dict[str, Any] = {
            "buyer": {"name": SECRET_NAME, "phone": SECRET_PHONE},
            "address": {"commune": COMMUNE, "street": SECRET_STREET},
        }
        placed = place(session, [(sku.code, 1000)], acting["buyer"], now, **private)["orders"][0]
        baskets = {}
        for who, person in acting.items():
            basket = fill_basket(session, [(sku.code, 1000)], person, now)
            baskets[who] = basket, accept_terms(session, basket, now).accepted_terms_hash
        shop = sellers.stores_by_seller(session, [seller])[seller]
        product = session.get_one(Product, sku.product_id)
        honour = CertificateDraft(
            kind=CertificateKind.VIETGAP, number="1", issuer="x", expires_on=(now + timedelta(days=99)).date()
        )
        certificate_id = catalog.add_certificate(session, acting["seller"], sku.product_id, honour, now)
        lot = lots.add_lot(session, acting["seller"], sku.product_id, LOT, now)
        finding = FindingDraft(subject="x", laboratory="x", tested_on=LOT.harvested_on, result="x", passed=True)
        test_id = lots.add_test(session, acting["seller"], lot, finding, now)
        return World(
            cookies={who: f"sid={token}" for who, token in tokens.items()},
            baskets=baskets,
            product=product.slug,
            product_id=sku.product_id,
            sku=sku.code,
            store=shop.slug,
            order=placed["number"],
            contract=placed["contract"],
            picture=media.store_picture(_photo()).key,
            document=asyncio.run(media.store_document(PDF)).key,
            paper=_sent_paper(session, people["seller"], seller),
            certificate_id=certificate_id,
            lot=lot,
            test_id=test_id,
            import_id=importing.begin(session, acting["seller"], "a.csv", "csv", ["Tên"], now),
            line_id=session.exec(select(OrderLine.id)).one(),
        )


def _sent_paper(session: Session, account_id: int, seller_id: int) -> str:
    key = asyncio.run(media.store_private(_photo()))
    session.add(
        ApplicationPhoto(
            account_id=account_id,
            seller_id=seller_id,
            paper=ApplicationPaper.IDENTITY_BACK,
            key=key,
            added_at=clock.now(),
        )
    )
    session.flush()
    return key


Ask = Callable[..., Awaitable[httpx.Response]]


def _ask_all(asking: Callable[[Ask], Awaitable[None]], peer: str = "203.113.1.1") -> None:
    """Speak to the app as it stands on the wire, everything of the edge included."""
    import marketplace.marketplace

    edge: ASGIApp = marketplace.marketplace.api
    for wrap in marketplace.marketplace.EDGE:
        edge = wrap(edge)

    async def run() -> None:
        transport = httpx.ASGITransport(edge, raise_app_exceptions=False, client=(peer, 4711))
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:

            async def ask(
                method: str, path: str, cookie: str, call: Call, content: bytes | None = None
            ) -> httpx.Response:
                headers = {"Cookie": cookie, "Accept": JSON_KIND, **call.headers}
                if content is None and call.body is not None:
                    content = _encoded(call)
                if content is not None:
                    headers["Content-Type"] = call.kind
                query = f"?{urlencode(call.query)}" if call.query else ""
                sent = [(key.encode(), value.encode("latin-1")) for key, value in headers.items()]
                # Each call stands for itself: no cookie of an earlier answer is sent along.
                client.cookies.clear()
                return await client.request(method, path + query, headers=sent, content=content, files=call.files)

            await asking(ask)

    asyncio.run(run())


def _encoded(call: Call) -> bytes:
    if call.kind == FORM_KIND:
        return urlencode(
            {name: str(value).encode("utf-8", "surrogatepass") for name, value in call.body.items()}
        ).encode()
    return json.dumps(call.body).encode()


def _path(template: str, values: dict[str, object]) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", quote(str(value), safe=""))
    return template


def _keeps_to_itself(answer: httpx.Response, who: str) -> None:
    assert answer.status_code < 500, answer.text
    for trace in ("Traceback", "sqlalchemy", "psycopg", 'File "'):
        assert trace not in answer.text
    if who not in PARTY:
        for secret in (SECRET_NAME, SECRET_PHONE, SECRET_PHONE.replace(" ", ""), SECRET_STREET):
            assert secret not in answer.text
    assert "object-src 'none'" in answer.headers["content-security-policy"] or answer.request.url.path.startswith(
        "/media/"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_each_kind_of_person_gets_what_the_table_says_and_nothing_of_anothers(world: World) -> None:
    seen: dict[str, dict[str, int]] = {}

    async def ask_right(ask: Ask) -> None:
        for name, door in DOORS.items():
            method, template = name.split()
            for who in EVERYBODY:
                call = door.call(world, who)
                answer = await ask(method, _path(template, call.path), world.cookies[who], call)
                _keeps_to_itself(answer, who)
                if answer.status_code != door.expected(who):
                    seen.setdefault(name, {})[who] = answer.status_code

    _ask_all(ask_right)
    assert seen == {}


def _spoilt(value: Any, junk: Any) -> Iterator[Any]:
    """A body with one of its entries replaced."""
    if isinstance(value, dict):
        for name in value:
            for inner in [junk, *_spoilt(value[name], junk)]:
                yield {**value, name: inner}


def _spoilt_calls(template: str, call: Call) -> Iterator[tuple[str, Call, bytes | None]]:
    """The call with one junk value in its address, its query or its body."""
    for name in call.path:
        for junk in JUNK:
            yield _path(template, {**call.path, name: junk}), call, None
    path = _path(template, call.path)
    for name in call.query:
        for junk in JUNK:
            yield path, Call(query={**call.query, name: junk}), None
    if call.body is not None or call.files is not None:
        for kind in dict.fromkeys((call.kind, "multipart/form-data; boundary=x")):
            for content in JUNK_BODIES:
                yield path, Call(kind=kind, headers=call.headers), content
    if call.body is not None:
        for junk in JUNK if call.kind == FORM_KIND else JUNK_VALUES:
            for body in _spoilt(call.body, junk):
                yield path, Call(body=body, kind=call.kind, headers=call.headers), None


def test_no_junk_from_anybody_breaks_a_route_or_opens_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # Hashing is slow by design and sees none of the junk's shape.
    monkeypatch.setattr(crypto, "hashing", lambda _: asyncio.sleep(0, "x"))
    monkeypatch.setattr(crypto, "matching", lambda *_: asyncio.sleep(0, False))
    callers = itertools.cycle(("guest", "shopper", "other_seller", "staff"))
    asked: Counter[str] = Counter()

    async def ask_junk(ask: Ask) -> None:
        for name, door in DOORS.items():
            method, template = name.split()
            # They take turns; what one junk value is to one of them the next one is to another.
            for (path, call, content), who in zip(
                _spoilt_calls(template, door.call(world, "guest")), callers, strict=False
            ):
                _keeps_to_itself(await ask(method, path, world.cookies[who], call, content), who)
                asked[who] += 1

    _ask_all(ask_junk)
    assert min(asked.values()) > 200
    assert len(asked) == 4


def test_a_header_no_browser_sends_breaks_nothing(world: World) -> None:
    odd = {"X-Forwarded-For": "x" * 3000, "Cookie": 'sid="\\"; language=\xff', "Accept-Language": "en" * 999}
    names = ("Order-Access-Key", "Idempotency-Key", "If-None-Match", "User-Agent", "Referer")

    async def ask_oddly(ask: Ask) -> None:
        for name, door in DOORS.items():
            method, template = name.split()
            call = door.call(world, "guest")
            odd_call = Call(
                call.path, call.query, call.body, call.kind, call.files, odd | dict.fromkeys(names, "\xff'--")
            )
            _keeps_to_itself(await ask(method, _path(template, call.path), "", odd_call), "guest")

    _ask_all(ask_oddly)


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 200), *[({name: "203.113.1.1"}, 404) for name in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP")]],
    ids=str,
)
@pytest.mark.usefixtures("sqlite_database")
def test_figures_of_the_machine_are_for_whoever_stands_next_to_it(headers: dict[str, str], status: int) -> None:
    async def ask_metrics(ask: Ask) -> None:
        assert (await ask("GET", "/metrics", "", Call(headers=headers))).status_code == status

    _ask_all(ask_metrics, "127.0.0.1")
