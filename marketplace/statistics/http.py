"""Open data of the province as JSON, and the first view of the public page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from marketplace.accounts.views import Person
from marketplace.base import clock, kept
from marketplace.base.text import Locale
from marketplace.base.web import json_answer, request_locale
from marketplace.settings import settings
from marketplace.statistics import service
from marketplace.statistics.pages import STATISTICS_VIEW, TITLE, UNDER
from marketplace.statistics.rules import PUBLIC_SERIES
from marketplace.statistics.state import read_year
from marketplace.statistics.views import FactView, IndicatorView, SeriesView
from marketplace.ui.shell import Head, document

PersonOf = Callable[[Request], Awaitable[Person]]


def indicator_json(view: IndicatorView) -> dict[str, Any]:
    """An indicator as the API shows it: shares in ten-thousandths, null where a figure is missing."""
    return {
        "code": view.code,
        "name": view.name,
        "share": view.share if view.known else None,
        "text": view.share_text,
        "period": view.period_text or None,
        "verdict": view.verdict,
        "formula": view.formula,
        "inclusion": view.inclusion,
        "source": view.source,
        "made_of": [_fact_json(fact) for fact in view.facts],
        "targets": [
            {
                "year": target.year,
                "share": target.share,
                "exceed": target.strict,
                "standing": target.standing,
                "verdict": target.verdict,
                "decision": target.decision,
            }
            for target in view.targets
        ],
        "sectors": [{"name": sector.name, "share": sector.share if sector.known else None} for sector in view.sectors],
    }


def _fact_json(fact: FactView) -> dict[str, Any]:
    return {
        "role": fact.role_text,
        "series": fact.series,
        "name": fact.name,
        "origin": fact.origin,
        "value": fact.value if fact.known else None,
        "text": fact.value_text,
        "period": {"from": fact.period_from or None, "to": fact.period_to or None},
        "source": fact.source or None,
    }


def series_json(view: SeriesView) -> dict[str, Any]:
    """A public series: whole months, null where fewer than three sellers stand behind a figure."""
    return {
        "name": view.name,
        "title": view.title,
        "rule": view.rule,
        "unit": view.unit,
        "points": [
            {
                "period": point.period,
                "from": point.period_from,
                "to": point.period_to,
                "value": point.value,
                "hidden": point.value is None,
            }
            for point in view.points
        ],
    }


def statistics_routes(_person_of: PersonOf) -> APIRouter:
    """Routes below /api/v1/statistics, and /statistics. All of it is public: nothing here asks who is there."""
    routes = APIRouter(tags=["statistics"])

    @routes.get("/api/v1/statistics/indicators")
    async def indicators(request: Request, year: int | None = Query(default=None, ge=0, le=9999)) -> Response:
        now = clock.now()
        asked = clock.local_date(now).year if year is None else year
        views = await kept.ANY.reading_slowly(service.public_indicators, asked, request_locale(request), now)
        return json_answer({"year": asked, "indicators": [indicator_json(view) for view in views]})

    @routes.get("/api/v1/statistics/series")
    async def all_series(request: Request) -> Response:
        locale = request_locale(request)
        return json_answer(
            {
                "series": [
                    {"name": one.code, "title": one.name.say(locale), "href": f"/api/v1/statistics/series/{one.code}"}
                    for one in PUBLIC_SERIES.values()
                ]
            }
        )

    @routes.get("/api/v1/statistics/series/{name}")
    async def series(request: Request, name: str) -> Response:
        view = await kept.ANY.reading_slowly(service.public_series, name, request_locale(request), clock.now())
        return json_answer(series_json(view))

    @routes.get("/statistics", include_in_schema=False)
    async def page(request: Request) -> Response:
        locale = request_locale(request)
        now = clock.now()
        year = read_year(request.query_params.get("year", ""), clock.local_date(now))
        view = await kept.ANY.reading_slowly(service.public_page, year, locale, now)
        html = STATISTICS_VIEW.render(locale, view)
        drawn = document(
            _head(locale),
            html,
            locale=locale,
            theme=request.cookies.get("theme"),
            by_address="lang" in request.query_params,
        )
        return HTMLResponse(drawn, headers={"Cache-Control": "private, no-cache", "Vary": "Cookie"})

    return routes


def _head(locale: Locale) -> Head:
    return Head(
        title=TITLE.say(locale),
        description=UNDER.say(locale),
        canonical=f"{settings().public}/statistics",
        structured=(
            {
                "@context": "https://schema.org",
                "@type": "Dataset",
                "name": TITLE.say(locale),
                "description": UNDER.say(locale),
                "url": f"{settings().public}/statistics",
                "isAccessibleForFree": True,
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "encodingFormat": "application/json",
                        "contentUrl": f"{settings().public}/api/v1/statistics/series/{one.code}",
                        "name": one.name.say(locale),
                    }
                    for one in PUBLIC_SERIES.values()
                ],
            },
        ),
    )
