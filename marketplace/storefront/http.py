"""First views: every public page as complete HTML, readable and browsable without JavaScript."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session

from marketplace.accounts.views import Person
from marketplace.base import clock, db
from marketplace.base.errors import DomainError, NotFound
from marketplace.base.inputs import parse
from marketplace.base.kept import Subjects
from marketplace.base.quantity import read_quantity
from marketplace.base.text import Locale, Text
from marketplace.base.web import request_locale
from marketplace.baskets import service as baskets
from marketplace.catalog import service as catalog
from marketplace.catalog.service import ListQuery
from marketplace.catalog.views import ProductView, VariantView
from marketplace.settings import settings
from marketplace.storefront import service
from marketplace.storefront.commands import LONGEST_CODE, Addition
from marketplace.storefront.help_pages import PAGES as HELP_PAGES
from marketplace.storefront.pages import HOME_VIEW, LISTING_VIEW, PRODUCT_VIEW, STORE_VIEW
from marketplace.storefront.pages.gone import GONE, no_such_page, trouble_content
from marketplace.storefront.query import read_query
from marketplace.storefront.subjects import LISTS, of_product
from marketplace.storefront.views import HomePage, ListingPage, ProductPage, StorePage, TroublePage
from marketplace.ui.markup import FirstView
from marketplace.ui.shell import PRODUCT_NAME, TAGLINE, Head, document

PersonOf = Callable[[Request], Awaitable[Person]]
HOME_DESCRIPTION = Text(
    "Mua thẳng nông sản, đặc sản của nhà vườn, hợp tác xã, hộ kinh doanh. Trả tiền khi nhận, mỗi đơn một hợp đồng điện tử.",
    "Buy straight from farms, co-operatives and family businesses. Cash on delivery, an electronic contract with every order.",
)

NOT_FOUND_VIEW = FirstView(no_such_page)
TROUBLE_VIEW = FirstView(trouble_content)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A public page ready to send."""

    head: Head
    body: str


def _address(path: str) -> str:
    return settings().public + path


def _breadcrumb(*steps: tuple[str, str]) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": _address(path)}
            for number, (name, path) in enumerate(steps, start=1)
        ],
    }


def _organization() -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": PRODUCT_NAME,
        "url": _address("/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": _address("/search?q={search_term_string}")},
            "query-input": "required name=search_term_string",
        },
    }


def _product_data(page: ProductPage) -> dict[str, Any]:
    product = page.product
    offers = [
        {
            "@type": "Offer",
            "name": variant.label,
            "sku": variant.sku,
            "url": _address(variant.href if product.several_variants else product.href),
            "priceCurrency": "VND",
            "price": str(variant.price),
            "availability": f"https://schema.org/{_availability(product, variant)}",
            "itemCondition": "https://schema.org/NewCondition",
            "seller": {"@type": "Organization", "name": page.seller.name, "url": _address(page.seller.href)},
        }
        for variant in product.variants
    ]
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "sku": product.chosen.sku,
        "description": " ".join(product.description) or product.name,
        "category": product.category.name,
        "offers": offers if product.several_variants else offers[0],
    }
    if product.pictures:
        data["image"] = [_address(picture.large) for picture in product.pictures]
    return data


def _availability(product: ProductView, variant: VariantView) -> str:
    if not variant.in_stock:
        return "OutOfStock"
    return "PreOrder" if product.expected_on else "InStock"


def _store_data(page: StorePage, path: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "Store",
        "name": page.name,
        "legalName": page.legal_name,
        "url": _address(path),
        "telephone": page.phone_href.removeprefix("tel:"),
        "address": {"@type": "PostalAddress", "streetAddress": page.address, "addressCountry": "VN"},
    }


def _home(page: HomePage, locale: Locale) -> Drawn:
    head = Head(
        title=f"{PRODUCT_NAME} · {TAGLINE.say(locale)}",
        description=HOME_DESCRIPTION.say(locale),
        canonical=_address("/"),
        structured=(_organization(),),
    )
    return Drawn(head, HOME_VIEW.render(locale, page))


def _listing(page: ListingPage, query: ListQuery, locale: Locale) -> Drawn:
    steps = [(page.parent_name, page.parent_href)] if page.parent_name else []
    path = f"/c/{query.category}" if query.category else "/search"
    head = Head(
        title=page.title,
        description=f"{page.title}: {page.total_text}.",
        canonical=_address(path),
        index=not query.q and page.found,
        structured=(_breadcrumb((PRODUCT_NAME, "/"), *steps, (page.title, path)), _list_data(page)),
    )
    return Drawn(head, LISTING_VIEW.render(locale, page))


def _list_data(page: ListingPage) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "url": _address(card.href), "name": card.name}
            for number, card in enumerate(page.cards, start=1)
        ],
    }


def _product(page: ProductPage, locale: Locale) -> Drawn:
    product = page.product
    head = Head(
        title=product.name,
        description=f"{product.chosen.price_text} / {product.chosen.unit_text}. " + " ".join(product.description),
        canonical=_address(product.href),
        image=_address(product.pictures[0].large) if product.pictures else "",
        kind="product",
        structured=(
            _product_data(page),
            _breadcrumb(
                (PRODUCT_NAME, "/"), *((step.name, step.href) for step in product.path), (product.name, product.href)
            ),
        ),
    )
    return Drawn(head, PRODUCT_VIEW.render(locale, page))


def _store(page: StorePage, slug: str, locale: Locale) -> Drawn:
    path = f"/s/{slug}"
    head = Head(
        title=page.name,
        description=" ".join((page.kind, page.place, *page.story)),
        canonical=_address(path),
        image=_address(page.portrait) if page.portrait else "",
        structured=(_store_data(page, path), _breadcrumb((PRODUCT_NAME, "/"), (page.name, path))),
    )
    return Drawn(head, STORE_VIEW.render(locale, page))


def send(request: Request, drawn: Drawn, status: int = 200) -> Response:
    """A drawn page in the reader's language and theme."""
    html = document(drawn.head, drawn.body, locale=request_locale(request), theme=request.cookies.get("theme"))
    return HTMLResponse(html, status, headers={"Cache-Control": "private, no-cache", "Vary": "Cookie"})


def _public(request: Request, drawn: Drawn, about: Subjects = LISTS) -> Response:
    about.may_keep(request)
    return send(request, drawn)


def not_found(request: Request) -> Response:
    """A real 404 that a person can go on from."""
    locale = request_locale(request)
    return send(request, Drawn(Head(GONE.say(locale), index=False), NOT_FOUND_VIEW.render(locale, None)), 404)


def in_trouble(request: Request, status: int, reason: str) -> Response:
    """A page for a person whose page cannot be shown, for a reason given in their language."""
    locale = request_locale(request)
    return send(request, Drawn(Head(reason, index=False), TROUBLE_VIEW.render(locale, TroublePage(reason))), status)


def storefront_routes(person_of: PersonOf) -> APIRouter:
    """The public pages, and the basket form that works before the page is alive."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    async def home(request: Request) -> Response:
        locale = request_locale(request)
        page = await LISTS.reading(service.home, locale, clock.now())
        return _public(request, _home(page, locale))

    async def listing(request: Request, category: str) -> Response:
        locale, query = request_locale(request), read_query(request.query_params, category)
        page = await LISTS.reading(service.listing, query, locale, clock.now())
        return _public(request, _listing(page, query, locale))

    @routes.get("/search")
    async def search(request: Request) -> Response:
        try:
            return await listing(request, "")
        except NotFound:
            return not_found(request)

    @routes.get("/c/{category}")
    async def category(request: Request, category: str) -> Response:
        try:
            return await listing(request, category)
        except NotFound:
            return not_found(request)

    @routes.get("/p/{slug}")
    async def product(request: Request, slug: str) -> Response:
        locale, sku = request_locale(request), request.query_params.get("sku", "")[:LONGEST_CODE]
        try:
            page = await of_product(slug).reading(service.product, slug, sku, locale, clock.now())
        except NotFound:
            return not_found(request)
        return _public(request, _product(page, locale), of_product(slug))

    @routes.get("/s/{slug}")
    async def store(request: Request, slug: str) -> Response:
        locale, after = request_locale(request), request.query_params.get("after", "")[:200]
        try:
            page = await LISTS.reading(service.store, slug, after, locale, clock.now())
        except NotFound:
            return not_found(request)
        return _public(request, _store(page, slug, locale))

    @routes.post("/basket/lines")
    async def add_line(request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=10)
        person = await person_of(request)
        try:
            addition = parse(Addition, dict(form))
            quantity = read_quantity(addition.quantity)
            await db.writing(baskets.add_for, person, addition.sku, quantity, clock.now())
        except DomainError:
            # The basket page says what stands in the way; a form without JavaScript has no better place.
            return RedirectResponse("/basket", 303)
        return RedirectResponse("/basket", 303)

    @routes.get("/sitemap.xml")
    async def sitemap(request: Request) -> Response:
        LISTS.may_keep(request)
        paths = await db.reading_slowly(_paths)
        entries = "".join(f"<url><loc>{escape(_address(path))}</loc></url>" for path in paths)
        xml = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
        return Response(xml, media_type="application/xml", headers={"Cache-Control": "public, max-age=3600"})

    return routes


def _paths(session: Session) -> list[str]:
    told = [page.path for page in HELP_PAGES if page.description]
    categories = [f"/c/{slug}" for slug, _ in catalog.named_paths(session, "vi")]
    return ["/", "/search", "/statistics", *told, *categories, *catalog.newest_paths(session)]
