"""The app put together: pages, HTTP routes and background work, nothing else."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import reflex as rx
from fastapi import Request, Response
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace import background, tables
from marketplace.accounts.cookies import connection_token, visitor_token
from marketplace.accounts.pages import PAGES as ACCOUNT_PAGES
from marketplace.accounts.views import Person
from marketplace.api import make_api
from marketplace.base import clock, db
from marketplace.base.web import Guard, HeadAsGet, request_locale
from marketplace.baskets import service as baskets
from marketplace.catalog import service as catalog
from marketplace.catalog.pages import PAGES as CATALOG_PAGES
from marketplace.contracts.pages import PAGES as CONTRACT_PAGES
from marketplace.delivery.pages import PAGES as DELIVERY_PAGES
from marketplace.importing.pages import PAGES as IMPORTING_PAGES
from marketplace.orders.basket_pages import PAGES as BASKET_PAGES
from marketplace.orders.lots_pages import PAGES as LOT_PAGES
from marketplace.orders.pages import PAGES as ORDER_PAGES
from marketplace.orders.recall_pages import PAGES as RECALL_PAGES
from marketplace.orders.run_pages import PAGES as RUN_PAGES
from marketplace.orders.seller_pages import PAGES as SELLER_ORDER_PAGES
from marketplace.places import service as places
from marketplace.reviews.pages import PAGES as REVIEW_PAGES
from marketplace.sellers.acting import person_of_cookies
from marketplace.sellers.pages import PAGES as SELLER_PAGES
from marketplace.settings import settings
from marketplace.statistics.pages import PAGES as STATISTICS_PAGES
from marketplace.storefront.help_pages import PAGES as HELP_PAGES
from marketplace.storefront.http import Drawn, send
from marketplace.storefront.pages import PAGES as STOREFRONT_PAGES
from marketplace.storefront.trouble import PagesInTrouble
from marketplace.ui import faults, live, news, shell
from marketplace.ui.page import WAITING_FIRST_VIEW, Page, document_title
from marketplace.ui.shell import PRODUCT_NAME, Head
from marketplace.ui.sockets import Sockets

METADATA = tables.metadata

PAGES: tuple[Page, ...] = (
    *STOREFRONT_PAGES,
    *HELP_PAGES,
    *BASKET_PAGES,
    *ORDER_PAGES,
    *CONTRACT_PAGES,
    *ACCOUNT_PAGES,
    *SELLER_PAGES,
    *DELIVERY_PAGES,
    *SELLER_ORDER_PAGES,
    *LOT_PAGES,
    *RUN_PAGES,
    *RECALL_PAGES,
    *IMPORTING_PAGES,
    *CATALOG_PAGES,
    *REVIEW_PAGES,
    *STATISTICS_PAGES,
)


class Reception:
    """How visitors are recognised, for the rooms that know no feature."""

    async def person(self, cookie_header: str) -> Person:
        """The person behind a cookie header."""
        return await person_of_cookies(cookie_header)

    async def basket_count(self, person: Person) -> int:
        """How many goods the person's basket holds."""
        return await db.reading(baskets.count_lines, person)


def _waiting(page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        locale = request_locale(request)
        title = page.title.say(locale) if page.title else PRODUCT_NAME
        description = page.description.say(locale) if page.description else ""
        canonical = settings().public + page.path if description else ""
        head = Head(title, description, canonical, index=bool(description))
        drawn = Drawn(head, (page.first_view or WAITING_FIRST_VIEW).render(locale, None))
        return send(request, drawn)

    return serve


class Visitors:
    """Gives every browser that opens a page its cookie, to which baskets and the live page's state are bound."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the cookie to HTML answers of browsers that have none."""
        if scope["type"] != "http" or scope["method"] != "GET" or connection_token(Request(scope)) is not None:
            await self.app(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and any(
                key == b"content-type" and value.startswith(b"text/html") for key, value in message["headers"]
            ):
                carrier = Response()
                visitor_token(Request(scope), carrier)
                cookies = [(key, value) for key, value in carrier.raw_headers if key == b"set-cookie"]
                message = {**message, "headers": [*message["headers"], *cookies]}
            await send(message)

        await self.app(scope, receive, with_cookie)


def _squeezed(app: ASGIApp) -> ASGIApp:
    # Pages are mostly repeated class names: a fifth of their bytes over a slow network for a fraction of a millisecond.
    return GZipMiddleware(app, minimum_size=1024, compresslevel=6)


@contextlib.asynccontextmanager
async def _background_work(app: rx.App) -> AsyncIterator[None]:
    """Outbox, lapsing orders and news, as long as the app runs."""
    await db.reading_slowly(places.warm)
    await db.reading_slowly(catalog.warm, clock.now())
    seen = background.News()

    async def pass_on_news() -> int:
        return await news.tell(app, await db.reading(seen.topics))

    tasks = [
        asyncio.create_task(background.keep(pass_on_news, background.NEWS_PAUSE, "news", rest_always=True)),
        asyncio.create_task(
            background.keep(background.tidy_window, background.WINDOW_PAUSE, "window", rest_always=True)
        ),
    ]
    if settings().works:
        tasks.extend(asyncio.create_task(background.keep(*work)) for work in background.WORK)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


EDGE: tuple[Callable[[ASGIApp], ASGIApp], ...] = (
    PagesInTrouble,
    Visitors,
    _squeezed,
    lambda inner: Sockets(inner, live.doors()),
    lambda inner: Guard(inner, shell.script_hashes),
    HeadAsGet,
)
"""What every request passes on its way, from within outwards."""

live.receive_with(Reception())
api = make_api()
for page in PAGES:
    if not page.own_first_view:
        api.add_api_route(page.path, _waiting(page), methods=["GET"], include_in_schema=False)
app = rx.App(
    api_transformer=[api, *EDGE],
    toaster=None,
    app_wraps={},
    reset_style=False,
    backend_exception_handler=faults.fault_in_event,
    frontend_exception_handler=faults.fault_in_browser,
    html_lang="vi",
)
live.tell_what_pages_show(app)
for page in PAGES:
    app.add_page(page.build, route=page.route, on_load=page.on_load, title=document_title(page.title))
app.register_lifespan_task(lambda: _background_work(app))
