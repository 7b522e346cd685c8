"""What search engines are told: the map of the site, where they may go, one address a page, and what pages show."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from sqlmodel import Session, col, update

from marketplace.base import clock, db
from marketplace.catalog import service as catalog
from marketplace.catalog.models import Product
from marketplace.catalog.rules import ProductStatus
from marketplace.catalog.service import site
from marketplace.sellers import service as sellers
from marketplace.sellers.models import Seller
from marketplace.sellers.rules import SellerStatus
from marketplace.settings import settings
from marketplace.storefront import crawlers
from tests.factories import NOW, make_category, make_owner, make_product, make_seller
from tests.storefront.test_http import structured, visit

PUBLIC = "http://localhost:3000"
ENTRY = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read_map(path: str) -> dict[str, str | None]:
    """Addresses of a site map or its index, each with when it last changed."""
    answer = visit(path)
    assert answer.status_code == 200
    return {
        str(entry.findtext(f"{ENTRY}loc")).removeprefix(PUBLIC): entry.findtext(f"{ENTRY}lastmod")
        for entry in ElementTree.fromstring(answer.content)
    }


def tags(page: str, pattern: str) -> list[Any]:
    """What a pattern catches in a page's head."""
    return re.findall(pattern, page[: page.index("</head>")])


@pytest.mark.usefixtures("database")
def test_the_map_names_every_public_page_in_parts_with_when_each_last_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawlers, "PART_LENGTH", 3)
    monkeypatch.setattr(site, "BATCH", 2)
    with db.write() as session:
        seller_id = make_seller(session)
        owner = make_owner(session, seller_id)
        make_category(session, "Trái cây")
        skus = [make_product(session, f"Xoài {number}", seller_id=seller_id) for number in range(8)]
        slugs = [catalog.my_product(session, owner, sku.product_id, "vi").href for sku in skus]
    db.write_now(catalog.set_status, owner, skus[4].product_id, ProductStatus.PAUSED, NOW)
    db.write_now(catalog.set_price, owner, skus[7].product_id, 70_000, NOW + timedelta(days=2))

    index = read_map("/sitemap.xml")
    parts = {path: read_map(path) for path in index}
    assert set(index) == {
        "/sitemaps/pages-1.xml", "/sitemaps/shops-1.xml",
        "/sitemaps/products-1.xml", "/sitemaps/products-2.xml", "/sitemaps/products-3.xml",
    }  # fmt: skip
    assert max(map(len, list(parts.values())[1:])) <= 3
    told = {path for part in parts.values() for path in part}
    assert {slug for slug in told if slug.startswith("/p/")} == set(slugs) - {slugs[4]}
    assert {"/", "/search", "/statistics", "/help", "/help/buying", "/c/trai-cay", f"/s/gian-hang-{seller_id}"} <= told
    assert parts["/sitemaps/products-3.xml"][slugs[7]] == "2026-01-07T09:07:00Z"
    assert index["/sitemaps/products-3.xml"] == index["/sitemaps/shops-1.xml"] == "2026-01-07T09:07:00Z"
    for path in (path for path in told if path[:3] in {"/", "/p/", "/c/", "/s/"}):
        assert visit(path).status_code == 200, path


@pytest.mark.usefixtures("sqlite_database")
def test_a_part_of_the_map_is_made_once_until_something_in_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    with db.write() as session:
        owner = make_owner(session, seller_id := make_seller(session))
        sku = make_product(session, seller_id=seller_id)
    made: list[int] = []
    make = catalog.site_products

    def counted(session: Session, after: int, last: int) -> Any:
        made.append(after)
        return make(session, after, last)

    monkeypatch.setattr(catalog, "site_products", counted)
    visit("/search")
    path, squeezed = "/sitemaps/products-1.xml", {"Accept-Encoding": "gzip"}
    first = visit(path, headers=squeezed)
    assert (
        visit(path, headers=squeezed).content
        == first.content
        == visit(path, headers={"Accept-Encoding": "identity"}).content
    )
    known = visit(path, headers=squeezed | {"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert "max-age=3600" in known.headers["cache-control"]
    assert len(made) == 2, "kept for those who take gzip, made anew for the others"
    db.write_now(catalog.set_price, owner, sku.product_id, 1000, NOW + timedelta(days=1))
    assert visit(path, headers=squeezed | {"If-None-Match": first.headers["etag"]}).status_code == 200


@pytest.mark.usefixtures("sqlite_database")
def test_there_is_no_part_of_the_map_beyond_the_last() -> None:
    for name in ("products-1.xml", "pages-2.xml", "pages-1", "..%2Fsitemap.xml"):
        assert visit(f"/sitemaps/{name}").status_code == 404


def may_be_crawled(path: str) -> bool:
    """As RFC 9309 reads our rules: of all that match the longest one counts, and Allow wins a tie."""
    verdicts = [(0, True)]
    for rule in re.findall(r"(Allow|Disallow): (\S+)", crawlers.robots_text()):
        pattern = re.escape(rule[1]).replace(r"\*", ".*").replace(r"\$", "$")
        if re.match(pattern, path):
            verdicts.append((len(rule[1]), rule[0] == "Allow"))
    return max(verdicts)[1]


def test_crawlers_stay_away_from_what_is_somebodys_own_and_from_endless_filters() -> None:
    open_paths = (
        "/", "/search", "/c/trai-cay", "/p/xoai-1", "/p/xoai-1?lang=en", "/s/vuon?after=x", "/help", "/statistics", "/verify",
        "/search?after=abc", "/c/trai-cay?after=abc&lang=en", "/c/trai-cay?lang=en", "/media/x-320.webp", "/sitemaps/pages-1.xml",
        "/assets/app.js", "/statistics?year=2026",
    )  # fmt: skip
    closed = (
        "/basket", "/basket/lines", "/checkout", "/orders/A1", "/account", "/account/orders", "/seller/products", "/staff",
        "/verify/ABC", "/api/v1/products", "/preferences?language=en", "/search?q=xoai", "/search?sort=new", "/c/trai-cay?ocop=3",
        "/c/trai-cay?lang=en&sort=new", "/search?sort=new&after=abc", "/search?min_price=1&after=x", "/c/trai-cay?kind=farm",
    )  # fmt: skip
    assert [path for path in open_paths if not may_be_crawled(path)] == []
    assert [path for path in closed if may_be_crawled(path)] == []


@pytest.mark.usefixtures("sqlite_database")
def test_the_rules_for_crawlers_name_the_map() -> None:
    assert crawlers.robots_text().endswith(f"Sitemap: {settings().public}/sitemap.xml\n")
    answer = visit("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text == crawlers.robots_text()


@pytest.mark.usefixtures("sqlite_database")
def test_every_state_of_a_list_names_the_one_address_that_shows_its_goods() -> None:
    with db.write() as session:
        seller_id = make_seller(session)
        category_id = make_category(session, "Trái cây")
        for number in range(40):
            make_product(session, f"Xoài {number}", seller_id=seller_id, category_id=category_id)
    after, later = (
        html.unescape(re.findall(r'href="([^"]+)"[^>]*rel="next"', visit(path).text)[0])
        for path in ("/c/trai-cay", "/c/trai-cay?sort=new")
    )
    assert "after=" in after
    assert "after=" in later
    addresses = {
        "/c/trai-cay": "/c/trai-cay",
        "/c/trai-cay?sort=new": "/c/trai-cay",
        "/c/trai-cay?min_price=1&sort=price": "/c/trai-cay",
        after: after,
        later: "/c/trai-cay",
        "/search": "/search",
        f"/s/gian-hang-{seller_id}": f"/s/gian-hang-{seller_id}",
    }
    for path, address in addresses.items():
        assert tags(visit(path).text, r'<link rel="canonical" href="([^"]+)"') == [PUBLIC + address], path
    for path in ("/search?q=xoai", "/search?q=khong+co+gi+ca"):
        page = visit(path).text
        assert tags(page, r'name="robots" content="([^"]+)"') == ["noindex"]
        assert not tags(page, r"(canonical|hreflang)")


@pytest.mark.usefixtures("sqlite_database")
def test_each_page_has_an_address_in_either_language_and_says_so_in_both() -> None:
    with db.write() as session:
        slug = catalog.sku_for_sale(session, make_product(session, "Bánh pía").code, NOW).product_slug
    plain, english = f"{PUBLIC}/p/{slug}", f"{PUBLIC}/p/{slug}?lang=en"
    for path, language, here in ((plain, "vi", plain), (english, "en", english), (f"{plain}?lang=vi", "vi", plain)):
        answer = visit(path.removeprefix(PUBLIC))
        page = answer.text
        assert f'<html lang="{language}"' in page
        assert tags(page, r'<link rel="canonical" href="([^"]+)"') == [here]
        assert tags(page, r'property="og:url" content="([^"]+)"') == [here]
        alternates = tags(page, r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"')
        assert alternates == [("vi", plain), ("en", english), ("x-default", plain)]
        assert "set-cookie" not in answer.headers
    chosen = visit(f"/p/{slug}", headers={"cookie": "language=en"}).text
    assert tags(chosen, r'<link rel="canonical" href="([^"]+)"') == [plain], "a cookie is no address"


@pytest.mark.usefixtures("sqlite_database")
def test_who_chooses_a_language_leaves_the_one_the_address_named() -> None:
    back = visit("/preferences?language=vi", headers={"Referer": f"{PUBLIC}/c/trai-cay?sort=new&lang=en"})
    assert back.headers["location"] == "/c/trai-cay?sort=new"
    theme = visit("/preferences?theme=dark", headers={"Referer": f"{PUBLIC}/c/trai-cay?lang=en"})
    assert theme.headers["location"] == "/c/trai-cay?lang=en"


REQUIRED: dict[str, tuple[str, ...]] = {
    "Product": ("name", "image", "offers"),
    "Offer": ("price", "priceCurrency"),
    "Organization": ("name",),
    "Brand": ("name",),
    "Country": ("name",),
    "WebSite": ("name", "url"),
    "SearchAction": ("target", "query-input"),
    "EntryPoint": ("urlTemplate",),
    "Store": ("name", "address"),
    "PostalAddress": ("streetAddress", "addressLocality", "addressRegion", "addressCountry"),
    "BreadcrumbList": ("itemListElement",),
    "ItemList": ("itemListElement",),
    "ListItem": ("position", "name"),
    "UnitPriceSpecification": ("price", "priceCurrency", "referenceQuantity"),
    "QuantitativeValue": ("value", "unitCode"),
    "GeoCoordinates": ("latitude", "longitude"),
    "OpeningHoursSpecification": ("dayOfWeek", "opens", "closes"),
    "AggregateRating": ("ratingValue", "reviewCount", "bestRating"),
    "Review": ("author", "reviewRating"),
    "Rating": ("ratingValue", "bestRating"),
    "Person": ("name",),
}
"""What Google's pages on structured data (2025) require of each type, and of what we add beside it."""
RECOMMENDED: dict[str, tuple[str, ...]] = {
    "Product": ("description", "sku", "brand"),
    "Offer": ("availability", "itemCondition", "url", "priceSpecification"),
    "Store": ("telephone", "url"),
}
AVAILABILITY = {"InStock", "OutOfStock", "PreOrder"}


def faults(data: Any, where: str = "") -> list[str]:
    """What search engines would find missing or wrong in JSON-LD."""
    if isinstance(data, list):
        return [fault for number, part in enumerate(data) for fault in faults(part, f"{where}[{number}]")]
    if not isinstance(data, dict):
        return [] if data not in ("", None) else [f"{where} is empty"]
    kind = data.get("@type", "")
    here = f"{where}/{kind}"
    found = [] if kind in REQUIRED else [f"{here}: unknown type"]
    found += [
        f"{here}: {name} is missing"
        for name in (*REQUIRED.get(kind, ()), *RECOMMENDED.get(kind, ()))
        if not data.get(name)
    ]
    for name, value in data.items():
        if name in {"url", "item", "image", "logo", "@id"}:
            some = value if isinstance(value, list) else [value]
            found += [f"{here}: {name} is no whole address" for one in some if not str(one).startswith(f"{PUBLIC}/")]
    if kind in {"Offer", "UnitPriceSpecification"}:
        found += [] if re.fullmatch(r"[1-9]\d*", str(data.get("price"))) else [f"{here}: price"]
        found += [] if data.get("priceCurrency") == "VND" else [f"{here}: currency"]
    if kind == "Offer" and str(data.get("availability")).removeprefix("https://schema.org/") not in AVAILABILITY:
        found.append(f"{here}: availability")
    if kind in {"BreadcrumbList", "ItemList"}:
        positions = [item["position"] for item in data["itemListElement"]]
        found += [] if positions == list(range(1, len(positions) + 1)) and positions else [f"{here}: positions"]
    for name, value in data.items():
        found += faults(value, f"{here}.{name}") if isinstance(value, dict | list) or value in ("", None) else []
    return found


@pytest.mark.usefixtures("database")
def test_what_pages_tell_of_their_goods_is_what_search_engines_require() -> None:
    with db.write() as session:
        seller_id = make_seller(session)
        category_id = make_category(session, "Trái cây")
        skus = [
            make_product(
                session, "Sầu riêng Ri6", seller_id=seller_id, category_id=category_id, ocop=(4, date(2030, 1, 1))
            ),
            make_product(session, "Hết hàng", seller_id=seller_id, category_id=category_id, on_hand=0),
        ]
        session.exec(update(Product).values(picture="0" * 32))
        slugs = [catalog.sku_for_sale(session, sku.code, NOW).product_slug for sku in skus]
        for sku in skus:
            _give_picture(session, sku.product_id)
    expected: dict[str, set[str]] = {
        "/": {"WebSite", "Organization"},
        "/c/trai-cay": {"BreadcrumbList", "ItemList"},
        f"/p/{slugs[0]}": {"Product", "BreadcrumbList"},
        f"/p/{slugs[1]}": {"Product", "BreadcrumbList"},
        f"/s/gian-hang-{seller_id}": {"Store", "BreadcrumbList"},
    }
    for path, kinds in expected.items():
        blocks = structured(visit(path).text)
        assert {block["@type"] for block in blocks} == kinds
        assert all(block["@context"] == "https://schema.org" for block in blocks)
        assert faults(blocks, path) == []
    offers = [structured(visit(f"/p/{slug}").text)[0]["offers"]["availability"] for slug in slugs]
    assert offers == ["https://schema.org/InStock", "https://schema.org/OutOfStock"]


def test_the_check_of_structured_data_notices_what_is_missing() -> None:
    offer = {"@type": "Offer", "price": "0", "priceCurrency": "USD", "availability": "yes", "url": "/p/x"}
    found = " ".join(faults({"@type": "Product", "name": "x", "offers": offer}))
    for word in ("image", "description", "price", "currency", "availability", "whole address", "itemCondition"):
        assert word in found


def _give_picture(session: Session, product_id: int) -> None:
    from marketplace.catalog.models import ProductPicture

    session.add(ProductPicture(product_id=product_id, key="0" * 32, width=800, height=800))


@pytest.mark.usefixtures("database")
def test_goods_off_the_market_are_not_found_for_a_years_round_and_then_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    with db.write() as session:
        owner = make_owner(session, seller_id := make_seller(session))
        sku = make_product(session, seller_id=seller_id)
        href = catalog.my_product(session, owner, sku.product_id, "vi").href
    paused = clock.now() - sellers.COMES_BACK_WITHIN
    api = f"/api/v1/products/{href.removeprefix('/p/')}"
    for at, status in ((paused + timedelta(days=1), 404), (paused - timedelta(days=1), 410)):
        with db.write() as session:
            session.exec(
                update(Product).values(
                    status=ProductStatus.PAUSED,
                    listed=False,
                    updated_at=at,
                    published_at=datetime(2020, 1, 1, tzinfo=UTC),
                )
            )
        answer = visit(href)
        assert (answer.status_code, visit(api).status_code) == (status, status)
        assert "Không có trang này" in answer.text
        assert "noindex" in answer.text
    assert visit(api).json()["code"] == "gone"
    assert visit("/p/never-was").status_code == 404


@pytest.mark.usefixtures("database")
def test_a_shop_suspended_long_ago_is_gone_with_its_goods_and_one_never_opened_is_not_found() -> None:
    with db.write() as session:
        owner = make_owner(session, seller_id := make_seller(session))
        sku = make_product(session, seller_id=seller_id)
        session.exec(update(Product).values(listed=False, published_at=datetime(2020, 1, 1, tzinfo=UTC)))
        href = catalog.my_product(session, owner, sku.product_id, "vi").href
        applied = make_seller(session, "Chưa mở", status=SellerStatus.APPLIED)
    long_ago = clock.now() - sellers.COMES_BACK_WITHIN - timedelta(days=1)
    for at, status in ((clock.now(), 404), (long_ago, 410)):
        with db.write() as session:
            which = update(Seller).where(col(Seller.id) == seller_id)
            session.exec(which.values(status=SellerStatus.SUSPENDED, decided_at=at))
        paths = (f"/s/gian-hang-{seller_id}", f"/api/v1/stores/gian-hang-{seller_id}", href)
        assert [visit(path).status_code for path in paths] == [status] * 3
    assert visit(f"/s/gian-hang-{applied}").status_code == 404


@pytest.mark.usefixtures("sqlite_database")
def test_whatever_is_public_says_how_long_it_may_be_kept_and_is_asked_about_with_its_tag() -> None:
    with db.write() as session:
        slug = catalog.sku_for_sale(session, make_product(session).code, NOW).product_slug
    expected = {
        "/": "private, no-cache",
        f"/p/{slug}": "private, no-cache",
        "/search": "private, no-cache",
        f"/api/v1/products/{slug}": "public, max-age=5",
        "/api/v1/products": "public, max-age=5",
        "/sitemap.xml": "public, max-age=3600",
    }
    for path, lasting in expected.items():
        answer = visit(path)
        assert answer.headers["cache-control"] == lasting, path
        again = visit(path, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path
    assert visit("/p/khong-co").headers["cache-control"] == "private, no-cache"
