"""First views: every public page as complete HTML, readable and browsable without JavaScript."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from marketplace.accounts.views import Person
from marketplace.base import clock, db, media, ratelimit
from marketplace.base.errors import DomainError, NotFound
from marketplace.base.inputs import parse
from marketplace.base.kept import Subjects
from marketplace.base.quantity import read_quantity
from marketplace.base.text import LOCALES, Locale, Text
from marketplace.base.web import request_locale, request_place
from marketplace.baskets import service as baskets
from marketplace.catalog.service import ListQuery
from marketplace.lots import service as lots
from marketplace.lots.views import Passport
from marketplace.sellers import service as sellers
from marketplace.storefront import service, sharing
from marketplace.storefront.commands import LONGEST_CODE, LONGEST_PLACE, Addition
from marketplace.storefront.pages import (
    HOME_VIEW,
    LISTING_VIEW,
    LOT_VIEW,
    PRODUCT_VIEW,
    REVIEWS_VIEW,
    STORE_VIEW,
)
from marketplace.storefront.pages.gone import GONE, no_such_page, trouble_content
from marketplace.storefront.pages.offline import OFFLINE, offline_content
from marketplace.storefront.pages.reviews import REVIEWS
from marketplace.storefront.product_page import Asked, read_product
from marketplace.storefront.query import StoreQuery, read_query, read_stars, read_store_query
from marketplace.storefront.structured import (
    address,
    breadcrumb,
    list_data,
    organization,
    product_data,
    store_data,
    website,
)
from marketplace.storefront.subjects import LISTS, PASSPORTS, STORES, of_product
from marketplace.storefront.views import HomePage, ListingPage, ProductPage, ReviewsPage, StorePage, TroublePage
from marketplace.ui.markup import FirstView
from marketplace.ui.shell import PRODUCT_NAME, TAGLINE, Head, document

PersonOf = Callable[[Request], Awaitable[Person]]
HOME_DESCRIPTION = Text(
    "Mua thẳng nông sản, đặc sản của nhà vườn, hợp tác xã, hộ kinh doanh. Trả tiền khi nhận, mỗi đơn một hợp đồng điện tử.",
    "Buy straight from farms, co-operatives and family businesses. Cash on delivery, an electronic contract with every order.",
)

NOT_FOUND_VIEW = FirstView(no_such_page)
TROUBLE_VIEW = FirstView(trouble_content)
OFFLINE_VIEW = FirstView(offline_content)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A public page ready to send."""

    head: Head
    body: str


def _home(page: HomePage, locale: Locale) -> Drawn:
    head = Head(
        title=f"{PRODUCT_NAME} · {TAGLINE.say(locale)}",
        description=HOME_DESCRIPTION.say(locale),
        canonical=address("/"),
        structured=(website(), organization(HOME_DESCRIPTION.say(locale))),
    )
    return Drawn(head, HOME_VIEW.render(locale, page))


def _listing(page: ListingPage, query: ListQuery, locale: Locale) -> Drawn:
    steps = [(page.parent_name, page.parent_href)] if page.parent_name else []
    path = f"/c/{query.category}" if query.category else "/search"
    findable = not query.q and page.found
    # Another order or a filter shows the same goods again; only further pages show others.
    unfiltered = query == ListQuery(category=query.category, after=query.after)
    deeper = f"?{urlencode({'after': query.after})}" if query.after and unfiltered else ""
    head = Head(
        title=page.title,
        description=f"{page.title}: {page.total_text}.",
        canonical=address(path + deeper) if findable else "",
        index=findable,
        structured=(
            breadcrumb((PRODUCT_NAME, "/"), *steps, (page.title, path)),
            *([list_data(page)] if page.cards else ()),
        ),
    )
    return Drawn(head, LISTING_VIEW.render(locale, page))


def _product(page: ProductPage, locale: Locale) -> Drawn:
    product = page.product
    head = Head(
        title=product.name,
        description=f"{product.chosen.price_text} / {product.chosen.price_unit}. " + " ".join(product.description),
        canonical=address(product.href),
        image=address(sharing.share_path(page)),
        image_size=sharing.SIZE,
        kind="product",
        structured=(
            product_data(page),
            breadcrumb(
                (PRODUCT_NAME, "/"), *((step.name, step.href) for step in product.path), (product.name, product.href)
            ),
        ),
    )
    return Drawn(head, PRODUCT_VIEW.render(locale, page))


def _store(page: StorePage, query: StoreQuery, locale: Locale) -> Drawn:
    path = f"/s/{page.slug}"
    deeper = f"?{urlencode({'after': query.after})}" if query.after else ""
    head = Head(
        title=page.name,
        description=" ".join((page.kind, page.place, *page.story)),
        canonical=address(path + deeper),
        # A search within a shop, or another order, shows the same goods again.
        index=query == StoreQuery(after=query.after),
        image=address(sharing.share_path_of_store(page)),
        image_size=sharing.SIZE,
        structured=(store_data(page, path), breadcrumb((PRODUCT_NAME, "/"), (page.name, path))),
    )
    return Drawn(head, STORE_VIEW.render(locale, page))


def _lot(page: Passport, locale: Locale) -> Drawn:
    # Found by those who hold a label; nobody searches for a lot.
    head = Head(title=f"{page.product_name} · {page.number}", index=False)
    return Drawn(head, LOT_VIEW.render(locale, page))


def _reviews(page: ReviewsPage, locale: Locale) -> Drawn:
    title = f"{REVIEWS.say(locale)}: {page.product}"
    head = Head(
        title=title,
        description=f"{title}. ★ {page.summary.average_text}, {page.summary.count_text}.",
        canonical=address(page.all_href),
        # Some stars alone, and older pages, are for people who came from the first.
        index=False,
        structured=(breadcrumb((PRODUCT_NAME, "/"), (page.product, page.product_href), (title, page.all_href)),),
    )
    return Drawn(head, REVIEWS_VIEW.render(locale, page))


def send(request: Request, drawn: Drawn, status: int = 200) -> Response:
    """A drawn page in the reader's language and theme."""
    html = document(
        drawn.head,
        drawn.body,
        locale=request_locale(request),
        theme=request.cookies.get("theme"),
        by_address="lang" in request.query_params,
    )
    return HTMLResponse(html, status, headers={"Cache-Control": "private, no-cache", "Vary": "Cookie"})


def _public(request: Request, drawn: Drawn, about: Subjects = LISTS) -> Response:
    about.may_keep(request)
    return send(request, drawn)


def not_found(request: Request, reason: NotFound | None = None) -> Response:
    """A real 404, or 410 for what is gone for good, that a person can go on from."""
    locale = request_locale(request)
    drawn = Drawn(Head(GONE.say(locale), index=False), NOT_FOUND_VIEW.render(locale, None))
    return send(request, drawn, reason.status if reason else 404)


def in_trouble(request: Request, status: int, reason: str) -> Response:
    """A page for a person whose page cannot be shown, for a reason given in their language."""
    locale = request_locale(request)
    return send(request, Drawn(Head(reason, index=False), TROUBLE_VIEW.render(locale, TroublePage(reason))), status)


async def _shared(cards: Sequence[sharing.ShareCard], key: str, newest: str) -> Response:
    """The picture of a key where it is one of these cards, or was drawn before; else the way to the newest one."""
    card = next((card for card in cards if card.key == key), None)
    if card is not None:
        return await media.answer(await sharing.share_picture(card), "image/jpeg")
    # Of another price, or somebody's guess: only what the page shows now is ever drawn.
    if media.KEY.fullmatch(key) is not None:
        with contextlib.suppress(HTTPException):
            return await media.answer(media.drawn_name(key), "image/jpeg")
    return RedirectResponse(newest, 302)


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
        page = await LISTS.reading_slowly(service.listing, query, locale, clock.now())
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
        locale, asked = request_locale(request), request.query_params
        sku, typed = asked.get("sku", "")[:LONGEST_CODE], asked.get("place", "").strip()[:LONGEST_PLACE]
        try:
            page = await read_product(Asked(slug, sku, request_place(request), typed), locale)
        except NotFound as reason:
            return not_found(request, reason)
        return _public(request, _product(page, locale), of_product(slug))

    @routes.get("/p/{slug}/share-{key}.jpg")
    async def share_picture(slug: str, key: str) -> Response:
        # A picture's address names no language, but what it shows may be in either.
        pages = [await of_product(slug).reading(service.product, slug, "", locale, clock.now()) for locale in LOCALES]
        return await _shared([sharing.card_of(page) for page in pages], key, sharing.share_path(pages[0]))

    @routes.get("/offline")
    async def offline(request: Request) -> Response:
        locale = request_locale(request)
        return send(request, Drawn(Head(OFFLINE.say(locale), index=False), OFFLINE_VIEW.render(locale, None)))

    @routes.get("/lot/{code}")
    async def lot(request: Request, code: str) -> Response:
        locale = request_locale(request)
        try:
            page = await PASSPORTS.reading(lots.passport, code[:20], locale, clock.now())
        except NotFound as reason:
            return not_found(request, reason)
        return _public(request, _lot(page, locale), PASSPORTS)

    _add_shops(routes, person_of)

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

    return routes


def _add_shops(routes: APIRouter, person_of: PersonOf) -> None:
    """Shops, who follows them, and what is said of their goods."""

    @routes.get("/p/{slug}/reviews")
    async def reviews(request: Request, slug: str) -> Response:
        locale, stars = request_locale(request), read_stars(request.query_params)
        after = request.query_params.get("after", "")[:40]
        try:
            page = await of_product(slug).reading(service.reviews_page, slug, stars, after, locale, clock.now())
        except NotFound as reason:
            return not_found(request, reason)
        return _public(request, _reviews(page, locale), of_product(slug))

    @routes.get("/s/{slug}")
    async def store(request: Request, slug: str) -> Response:
        locale, query = request_locale(request), read_store_query(request.query_params)
        try:
            page = await STORES.reading(service.store, slug, query, locale, clock.now())
        except NotFound as reason:
            return not_found(request, reason)
        return _public(request, _store(page, query, locale), STORES)

    @routes.get("/s/{slug}/share-{key}.jpg")
    async def share_picture_of_store(slug: str, key: str) -> Response:
        pages = [await STORES.reading(service.store, slug, StoreQuery(), locale, clock.now()) for locale in LOCALES]
        cards = [sharing.card_of_store(page) for page in pages]
        return await _shared(cards, key, sharing.share_path_of_store(pages[0]))

    @routes.post("/s/{slug}/follow")
    async def follow(request: Request, slug: str) -> Response:
        person = await person_of(request)
        back = f"/s/{quote(slug, safe='')}"
        if not person.signed_in:
            return RedirectResponse(f"/account/sign-in?next={back}", 303)
        await ratelimit.checking("follow", f"account {person.account_id}")
        await db.writing(sellers.follow, person, slug, clock.now())
        return RedirectResponse(back, 303)
