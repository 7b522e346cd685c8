"""Texts nobody means well by, in everything a seller or a buyer may write: wherever they are shown they are only text.

They are written past the forms, as if each had been let in: what forms refuse is tested beside the forms.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pypdf
import pytest
from sqlmodel import Session, select

from marketplace.base import db, outbox
from marketplace.base.text import normalize
from marketplace.catalog.models import Product, Sku, StoreSection
from marketplace.catalog.news import CHANGED
from marketplace.catalog.rules import SectionKind
from marketplace.delivery import service as delivery
from marketplace.orders.models import OrderLine, SellerOrder
from marketplace.reviews.models import Review, ReviewAnswer
from marketplace.sellers.models import Seller, Store
from marketplace.sellers.rules import SellerKind
from tests.factories import NOW, make_account, make_product, make_seller
from tests.orders.shopping import place
from tests.storefront.test_http import structured, visit

TEXTS = (
    "<script>alert(1)</script>", "</title><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "</script><script>alert(1)</script>", '"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)",
    "' autofocus onfocus='alert(1)", "`onload=alert(1)", "<!--", "-->", "<![CDATA[", "]]>", "<iframe src=//evil.example>",
    "<base href=//evil.example>", "<meta http-equiv=refresh content=0;url=//evil.example>", "<form action=//evil.example>",
    "<a href=javascript:alert(1)>x</a>", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "&lt;script&gt;",
    "&#60;script&#62;", "&amp;", "\\u003cscript\\u003e", "\\", "\\\"", "{{7*7}}", "${7*7}", "{7*7}", "{}", "{0}", "{name}", "%s%n%x",
    "%3Cscript%3E", "#{7*7}", "#eval(\"1\")", "#import \"@preview/x\"", "$x^2$", "*đậm* _nghiêng_ @ref <nhãn>", "```",
    "[x](javascript:alert(1))",
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"//evil.example\")", "'; DROP TABLE product; --", "\" OR 1=1 --", "%", "_",
    "../../etc/passwd", "//evil.example", "\u2028\u2029", "\u0301" * 3, "ﷺ" * 10, "🥭" * 20, "x" * 80, "<" * 80, "\"" * 80,
    "<style>*{display:none}</style>", "</style>", "</textarea>", "</template>", "<plaintext>", "<noscript>",
    "<math><mi//xlink:href=\"data:x\">",
)  # fmt: skip
DANGEROUS = {"iframe", "object", "embed", "base", "plaintext", "style", "math", "frame", "applet", "template"}

ACTING = {"script", "meta", "link", "form", *DANGEROUS}


class Reader(HTMLParser):
    """What a browser would make of a page: its elements, their attributes, and the text between."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.comments: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def frame(self) -> Counter[str]:
        """What may act: scripts, styles, frames, and what listens."""
        return Counter(
            f"{tag} {sorted(name for name in attributes if name.startswith('on'))}"
            for tag, attributes in self.elements
            if attributes.get("type") != "application/ld+json"
            and (tag in ACTING or any(n.startswith("on") for n in attributes))
        )

    def foreign(self) -> Iterator[str]:
        """Addresses that lead to a script or to somebody else's."""
        for tag, attributes in self.elements:
            for name in ("href", "src", "action", "formaction", "srcset", "poster", "data"):
                address = (attributes.get(name) or "").strip()
                if (
                    tag == "object"
                    or urlsplit(address).scheme in {"javascript", "vbscript"}
                    or "evil.example" in urlsplit(address).netloc
                ):
                    yield f"{tag} {name}={address}"


@dataclass(frozen=True)
class Shown:
    """A shop all of whose texts are one crafted text."""

    text: str
    product: str
    store: str
    contract: str
    access_key: str


def _shop(session: Session, typed: str) -> tuple[Store, Product, Sku]:
    """A shop with one product, every text of both as typed."""
    seller_id = make_seller(session, kind=SellerKind.HOUSEHOLD)
    sku = make_product(session, seller_id=seller_id)
    store = session.exec(select(Store).where(Store.seller_id == seller_id)).one()
    product = session.get_one(Product, sku.product_id)
    seller = session.get_one(Seller, seller_id)
    seller.legal_name, seller.street = typed, typed
    store.name, store.story = typed, typed
    product.name, product.store_name, product.description, product.storage = typed, typed, f"{typed}\n{typed}", typed
    sku.label = typed[:60]
    session.add(StoreSection(seller_id=seller_id, title=typed[:60], kind=SectionKind.NEW))
    delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
    session.flush()
    return store, product, sku


def _review(session: Session, line: OrderLine, seller_id: int, product_id: int, typed: str) -> None:
    written: dict[str, Any] = {"author": typed[:40], "variant": typed[:60], "text": typed, "written_at": NOW}
    review = Review(order_line_id=line.id, product_id=product_id, seller_id=seller_id, stars=5, **written)
    session.add(review)
    session.flush()
    session.add(ReviewAnswer(review_id=review.id, account_id=make_account(session), text=typed, written_at=NOW))


def _market(session: Session, texts: Sequence[str]) -> list[Shown]:
    """A shop for each text, with a reviewed product, and an order from each of them."""
    shops = [(text, *_shop(session, text)) for text in texts]
    outbox.announce(session, CHANGED, {"product_ids": [product.id for _, _, product, _ in shops]}, NOW)
    goods = [(sku.code, 1000) for _, _, _, sku in shops]
    answer = place(session, goods, key=texts[0], note={store.slug: text for text, store, _, _ in shops})
    keys = {order["number"]: (order["contract"], order["access_key"]) for order in answer["orders"]}
    orders = dict(session.exec(select(SellerOrder.seller_id, SellerOrder)).all())
    lines = dict(session.exec(select(OrderLine.sku_id, OrderLine)).all())
    shown = []
    for text, store, product, sku in shops:
        _review(session, lines[sku.id], store.seller_id, product.id, text)
        shown.append(Shown(text, product.slug, store.slug, *keys[orders[store.seller_id].number]))
    return shown


@pytest.fixture
def market(sqlite_database: str) -> list[Shown]:
    """A shop for each crafted text, and one whose texts are harmless, the first."""

    def make(session: Session) -> list[Shown]:
        half = len(TEXTS) // 2
        return [*_market(session, ("Vườn nhà", *TEXTS[:half])), *_market(session, TEXTS[half:])]

    return db.write_now(make)


def _opened(path: str, **asked: str) -> Reader:
    answer = visit(path, params=asked or None)
    assert answer.status_code == 200, path
    return Reader(answer.text)


def test_pages_show_every_text_as_it_was_typed_and_none_adds_a_script_or_an_address(market: list[Shown]) -> None:
    usual: dict[str, Counter[str]] = {}
    for shown in market:
        for path in (f"/p/{shown.product}", f"/s/{shown.store}"):
            page = visit(path).text
            read = Reader(page)
            frame = usual.setdefault(path[:3], read.frame())
            assert read.frame() == frame, (shown.text, path)
            assert not list(read.foreign()), (shown.text, path)
            words = normalize(" ".join(read.said))
            assert words.count(normalize(shown.text)) >= 3, (shown.text, path)
            assert all(block["@type"] for block in structured(page))
            if path.startswith("/p/"):
                product = next(block for block in structured(page) if block["@type"] == "Product")
                assert product["name"] == shown.text


def test_lists_show_them_and_say_back_what_was_sought_as_text(market: list[Shown]) -> None:
    usual = _opened("/search?q=xoai").frame()
    for text in TEXTS:
        read = _opened("/search", q=text)
        assert read.frame() == usual, text
        assert not list(read.foreign()), text
    assert len([tag for tag, _ in _opened("/search?sort=new").elements if tag == "h3"]) >= 20


def test_programs_and_crawlers_get_every_text_as_it_was_typed(market: list[Shown]) -> None:
    for shown in market:
        product, store = visit(f"/api/v1/products/{shown.product}"), visit(f"/api/v1/stores/{shown.store}")
        assert product.json()["name"] == store.json()["name"] == shown.text
        assert {answer.headers["content-type"] for answer in (product, store)} == {"application/json"}
    maps = re.findall(r"<loc>http://[^/]+(/sitemaps/.+?)</loc>", visit("/sitemap.xml").text)
    assert maps
    for path in maps:
        ElementTree.fromstring(visit(path).content)


def test_a_drawn_contract_says_what_was_written_and_reads_none_of_it_as_markup(sqlite_database: str) -> None:
    for shown in db.write_now(_market, [text for text in TEXTS if text[0] in "#$*"]):
        asked = visit(f"/api/v1/contracts/{shown.contract}/pdf", headers={"Order-Access-Key": shown.access_key})
        text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(asked.content)).pages)
        assert "".join(text.split()).count("".join(shown.text.split())) >= 3, shown.text
