"""Routes of the house itself: health, metrics, preferences."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from marketplace.accounts.rules import local_path
from marketplace.base import db
from marketplace.base.callers import THIS_MACHINE, request_caller
from marketplace.base.text import LOCALES
from marketplace.base.web import PLACE, PLACE_SHAPE, json_answer, request_locale
from marketplace.settings import settings
from marketplace.ui.shell import THEMES, manifest

A_YEAR = 365 * 24 * 3600


def _ping(session: Session) -> None:
    session.execute(text("SELECT 1"))


def _without_language(path: str) -> str:
    """The address without the language it named: the person's choice takes its place."""
    parts = urlsplit(path)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "lang"]
    return urlunsplit(parts._replace(query=urlencode(query)))


def system_routes() -> APIRouter:
    """Health, metrics and preferences."""
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
    async def preferences(
        request: Request, language: str = "", theme: str = "", commune: str = "", next: str = ""
    ) -> Response:
        referrer = request.headers.get("referer", "")
        back = next or referrer.removeprefix(settings().public).removeprefix(
            f"http://{request.headers.get('host', '')}"
        )
        if language:
            back = _without_language(back)
        answer = RedirectResponse(local_path(back, may_sign_in=True), 303)
        for name, value, allowed in (
            ("language", language, language in LOCALES),
            ("theme", theme, theme in THEMES),
            (PLACE, commune, PLACE_SHAPE.fullmatch(commune)),
        ):
            if allowed:
                answer.set_cookie(name, value, max_age=A_YEAR, samesite="lax", secure=settings().secure, path="/")
        return answer

    @routes.get("/manifest.webmanifest")
    async def app_manifest(request: Request) -> Response:
        headers = {"Cache-Control": "public, max-age=3600", "Vary": "Cookie"}
        body = orjson.dumps(manifest(request_locale(request)))
        return Response(body, media_type="application/manifest+json", headers=headers)

    return routes
