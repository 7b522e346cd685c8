"""Verification of contracts for anybody, and the document for their parties."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session
from starlette.datastructures import UploadFile

from marketplace.base import clock, db, ratelimit
from marketplace.base.callers import request_caller
from marketplace.base.errors import FieldRequired
from marketplace.base.text import Locale
from marketplace.base.web import json_answer, request_locale
from marketplace.contracts import documents, service
from marketplace.contracts.pages import TITLE, VERIFICATION_VIEW, read_code
from marketplace.contracts.views import VerificationView
from marketplace.settings import settings
from marketplace.ui.shell import Head, document

Authorize = Callable[[Request, int], Awaitable[None]]
"""Raises NotFound unless the request comes from a party of the order."""

MULTIPART = "multipart/form-data"
PDF_BODY = {
    "requestBody": {
        "required": True,
        "description": "A PDF of at most 10 MB, as the body itself or as the part `file` of a form.",
        "content": {
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            MULTIPART: {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
        },
    }
}


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


def verdict_json(verdict: documents.DocumentVerdict, locale: Locale) -> dict[str, object]:
    """What a file is worth."""
    return {
        "valid": verdict.valid,
        "code": verdict.code,
        "finding": verdict.finding.value,
        "signatures": [
            {"signer": signature.signer, "valid": signature.valid, "at": signature.at}
            for signature in verdict.signatures
        ],
        "reason": verdict.reason.say(locale),
    }


async def _file(request: Request) -> bytes:
    """The PDF of a request, as its body or as the part `file` of a form; raises FieldRequired."""
    if not request.headers.get("content-type", "").lower().startswith(MULTIPART):
        return await request.body()
    async with request.form(max_files=1, max_fields=8) as form:
        part = form.get("file")
        if not isinstance(part, UploadFile):
            raise FieldRequired(field="file")
        # One byte more than is looked at, so that what is too large is known to be.
        return await part.read(documents.LARGEST_BYTES + 1)


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
        html = document(
            head,
            VERIFICATION_VIEW.render(locale, view),
            locale=locale,
            theme=request.cookies.get("theme"),
            by_address="lang" in request.query_params,
        )
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})

    @routes.get("/api/v1/contracts/{code}")
    async def verify(request: Request, code: str) -> Response:
        return json_answer(verification_json(await db.reading(_look, read_code(code), request_locale(request))))

    @routes.get("/api/v1/contracts/{code}/pdf")
    async def pdf(request: Request, code: str) -> Response:
        await authorize(request, await db.reading(service.order_of, read_code(code)))
        data = await documents.fetching(read_code(code), clock.now())
        return Response(
            data,
            media_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{read_code(code)}.pdf"', "Cache-Control": "no-store"},
        )

    @routes.post("/api/v1/contracts/verify", openapi_extra=PDF_BODY)
    async def verify_document(request: Request) -> Response:
        # Checking a stranger's file costs a process of its own.
        await ratelimit.checking("verify", request_caller(request))
        verdict = await documents.verifying(await _file(request), clock.now())
        return json_answer(verdict_json(verdict, request_locale(request)))

    return routes
