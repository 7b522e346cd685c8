"""A seller's report to take along."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Query, Request, Response

from marketplace.accounts.views import Person
from marketplace.base import clock, db
from marketplace.base.web import request_locale
from marketplace.statistics import service, workbooks

PersonOf = Callable[[Request], Awaitable[Person]]


def sales_routes(person_of: PersonOf) -> APIRouter:
    """The workbook, for who may see the shop's money."""
    routes = APIRouter()

    @routes.get("/seller/reports.xlsx", include_in_schema=False)
    async def workbook(
        request: Request,
        since: str = Query(default="", alias="from", max_length=10),
        until: str = Query(default="", alias="to", max_length=10),
    ) -> Response:
        person, locale = await person_of(request), request_locale(request)
        report = await db.reading_slowly(service.sales_report, person, since, until, locale, clock.now(), whole=True)
        return Response(
            await asyncio.to_thread(workbooks.write, report, locale),
            media_type=workbooks.MEDIA_TYPE,
            headers={
                "Content-Disposition": f'attachment; filename="cho-que-{report.since}-{report.until}.xlsx"',
                "Cache-Control": "no-store",
            },
        )

    return routes
