"""A person's own data as a file, and the end of their account: plain forms, since one answers with a file."""

from __future__ import annotations

import asyncio
import io
import zipfile
from datetime import datetime
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import BeforeValidator, ConfigDict
from starlette.responses import RedirectResponse

from marketplace.accounts.cookies import drop_token
from marketplace.accounts.plain_form import plain_form
from marketplace.base import clock, db, ratelimit
from marketplace.base.errors import DomainError
from marketplace.base.inputs import Payload, parse
from marketplace.base.web import domain_problem, json_answer, request_locale
from marketplace.orders.http import PersonOf
from marketplace.orders.rules import ErasureNotAgreed
from marketplace.orders.service import leaving

NAME = "cho-que-du-lieu-cua-toi"


class EraseForm(Payload):
    """The tick under what erasing means."""

    model_config = ConfigDict(extra="ignore")

    agree: Annotated[bool, BeforeValidator(bool)] = False


def leaving_routes(person_of: PersonOf) -> APIRouter:
    """Routes of a person's own data."""
    routes = APIRouter(prefix="/account", tags=["account"])

    @routes.post("/data")
    async def download(request: Request) -> Response:
        try:
            person = await person_of(request)
            await ratelimit.checking("own_data", str(person.require_account()))
            now = clock.now()
            data = await db.reading_slowly(leaving.own_data, person, now)
        except DomainError as error:
            return _refusal(request, error)
        file = await asyncio.to_thread(_zipped, data, now)
        headers = {"Content-Disposition": f'attachment; filename="{NAME}.zip"', "Cache-Control": "no-store"}
        return Response(file, media_type="application/zip", headers=headers)

    @routes.post("/erase")
    async def erase(request: Request) -> Response:
        try:
            person = await person_of(request)
            person.require_account()
            async with request.form(max_files=0, max_fields=10) as form:
                if not parse(EraseForm, dict(form)).agree:
                    raise ErasureNotAgreed(field="agree")
            await db.writing(leaving.erase, person, clock.now())
        except DomainError as error:
            return _refusal(request, error)
        answer = json_answer({"next": "/"}) if _wants_json(request) else RedirectResponse("/", 303)
        drop_token(answer)
        return answer

    return routes


def _zipped(data: dict[str, Any], now: datetime) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(f"{NAME}.json", now.astimezone(clock.VIETNAM).timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, orjson.dumps(data, option=orjson.OPT_INDENT_2))
    return buffer.getvalue()


def _refusal(request: Request, error: DomainError) -> Response:
    locale = request_locale(request)
    if _wants_json(request):
        return domain_problem(error, locale)
    return plain_form(request.url.path, error, {}, locale)


def _wants_json(request: Request) -> bool:
    return "json" in request.headers.get("accept", "")
