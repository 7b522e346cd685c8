"""The HTTP half of the app put together: JSON API, first views, forms, uploads. Benchmarks and tests serve it alone."""

from __future__ import annotations

from fastapi import FastAPI, Request

from marketplace.accounts.http import account_routes
from marketplace.base import db
from marketplace.base.kept import KeptAnswers
from marketplace.base.media_http import media_routes
from marketplace.base.web import answer_with_problems
from marketplace.baskets.http import basket_routes
from marketplace.catalog.http import catalog_routes
from marketplace.contracts.http import contract_routes
from marketplace.importing.http import importing_routes
from marketplace.lots.http import lot_routes
from marketplace.orders.http import order_routes
from marketplace.orders.leaving_http import leaving_routes
from marketplace.orders.service import reading
from marketplace.places.http import place_routes
from marketplace.reviews.http import review_routes
from marketplace.sellers.acting import person_of
from marketplace.sellers.http import seller_routes
from marketplace.statistics.http import statistics_routes
from marketplace.statistics.sales_http import sales_routes
from marketplace.storefront.crawlers import crawler_routes
from marketplace.storefront.http import storefront_routes
from marketplace.system import system_routes
from marketplace.ui.shell import PRODUCT_NAME


async def _party_of_contract(request: Request, order_id: int) -> None:
    key = request.headers.get("order-access-key") or request.query_params.get("key", "")
    await db.reading(reading.party_may_read, await person_of(request), key, order_id)


def make_api() -> FastAPI:
    """All routes in one FastAPI app."""
    api = FastAPI(title=PRODUCT_NAME, version="1", openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None)
    answer_with_problems(api)
    api.add_middleware(KeptAnswers)
    for routes in (
        system_routes(),
        catalog_routes(person_of),
        review_routes(),
        basket_routes(person_of),
        lot_routes(person_of),
        importing_routes(person_of),
        order_routes(person_of),
        contract_routes(_party_of_contract),
        place_routes(),
        seller_routes(person_of),
        account_routes(person_of),
        leaving_routes(person_of),
        statistics_routes(person_of),
        sales_routes(person_of),
        media_routes(),
        storefront_routes(person_of),
        crawler_routes(),
    ):
        api.include_router(routes)
    return api
