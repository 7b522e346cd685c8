"""Verification of contracts for anybody, and the document for their parties."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from marketplace.base import clock, db, ratelimit
from marketplace.base.text import Locale
from marketplace.base.web import json_answer, request_locale
from marketplace.contracts import documents, service
from marketplace.contracts.pages import TITLE, VERIFICATION_VIEW, read_code
from marketplace.contracts.views import VerificationView
from marketplace.settings import settings
from marketplace.ui.shell import Head, document

Authorize = Callable[[Request, int], Awaitable[None]]
"""Raises NotFound unless the request comes from a party of the order."""

_drawing = asyncio.Semaphore(2)


def verification_json(view: VerificationView) -> dict[str, object]:
    """What anybody may know of a contract."""
    return {
        "code": view.code,
        "valid": view.genuine,
        "known": view.known,
        "state": view.state or None,
        "store": view.store_name or None,
        "offered_at": view.offered_at or None,
        "concluded_at": view.concluded_at or None,
        "terms_hash": view.terms_hash or None,
        "template": view.template_version or None,
        "level": view.level or None,
        "evidence": view.evidence_count,
    }


def _look(session: Session, code: str, locale: Locale) -> VerificationView:
    return service.verification(session, code, locale, clock.now()) if code else VerificationView()


def contract_routes(authorize: Authorize) -> APIRouter:
    """Verify page and API; documents for those whom `authorize` lets in."""
    routes = APIRouter(tags=["contracts"])

    @routes.get("/verify", include_in_schema=False)
    @routes.get("/verify/{code}", include_in_schema=False)
    async def page(request: Request, code: str = "") -> Response:
        locale = request_locale(request)
        view = await db.reading(_look, read_code(code or request.query_params.get("code", "")), locale)
        head = Head(TITLE.say(locale), canonical=f"{settings().public}/verify", index=not view.code)
        html = document(head, VERIFICATION_VIEW.render(locale, view), locale=locale, theme=request.cookies.get("theme"))
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})

    @routes.get("/api/v1/contracts/{code}")
    async def verify(request: Request, code: str) -> Response:
        return json_answer(verification_json(await db.reading(_look, read_code(code), request_locale(request))))

    @routes.get("/api/v1/contracts/{code}/pdf")
    async def pdf(request: Request, code: str) -> Response:
        await authorize(request, await db.reading(service.order_of, read_code(code)))
        async with _drawing:
            data = await db.writing(documents.sealed, read_code(code), clock.now())
        return Response(
            data,
            media_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{read_code(code)}.pdf"', "Cache-Control": "no-store"},
        )

    @routes.post("/api/v1/contracts/verify")
    async def verify_document(request: Request) -> Response:
        # Checking a stranger's file costs a process of its own.
        await ratelimit.checking("verify", ratelimit.request_address(request))
        verdict = await db.reading_slowly(documents.verdict, await request.body(), clock.now())
        locale = request_locale(request)
        return json_answer(
            {
                "valid": verdict.valid,
                "code": verdict.code,
                "signatures": [
                    {"signer": signature.signer, "valid": signature.valid, "at": signature.at}
                    for signature in verdict.signatures
                ],
                "finding": verdict.finding.value,
                "reason": verdict.reason.say(locale),
            }
        )

    return routes
