"""Routes of the house itself: health, preferences, robots and site map."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from marketplace.accounts.rules import local_path
from marketplace.base import db
from marketplace.base.callers import THIS_MACHINE, request_caller
from marketplace.base.text import LOCALES
from marketplace.base.web import json_answer
from marketplace.settings import settings
from marketplace.ui.shell import THEMES

A_YEAR = 365 * 24 * 3600


def _ping(session: Session) -> None:
    session.execute(text("SELECT 1"))


def system_routes() -> APIRouter:
    """Health, metrics, preferences and what crawlers ask for."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/healthz")
    async def alive() -> Response:
        return json_answer({"status": "ok"})

    @routes.get("/readyz")
    async def ready() -> Response:
        try:
            await db.reading(_ping)
        except SQLAlchemyError:
            return json_answer({"status": "database unreachable"}, 503)
        return json_answer({"status": "ok"})

    @routes.get("/metrics")
    async def metrics(request: Request) -> Response:
        # Figures of the machine are for whoever stands next to it.
        if request_caller(request) != THIS_MACHINE:
            return json_answer({"status": "not here"}, 404)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    @routes.get("/preferences")
    async def preferences(request: Request, language: str = "", theme: str = "", next: str = "") -> Response:
        referrer = request.headers.get("referer", "")
        back = next or referrer.removeprefix(settings().public).removeprefix(
            f"http://{request.headers.get('host', '')}"
        )
        answer = RedirectResponse(local_path(back, may_sign_in=True), 303)
        for name, value, allowed in (("language", language, LOCALES), ("theme", theme, THEMES)):
            if value in allowed:
                answer.set_cookie(name, value, max_age=A_YEAR, samesite="lax", secure=settings().secure, path="/")
        return answer

    @routes.get("/robots.txt")
    async def robots() -> Response:
        closed = "\n".join(
            f"Disallow: {path}" for path in ("/basket", "/checkout", "/orders", "/account", "/seller", "/staff", "/api")
        )
        return PlainTextResponse(f"User-agent: *\n{closed}\nSitemap: {settings().public}/sitemap.xml\n")

    return routes
