"""JSON API of passports, labels to print, and documents of tests."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, File, Request, Response, UploadFile

from marketplace.accounts.views import Person
from marketplace.base import clock, db, media, ratelimit
from marketplace.base.kept import Subjects
from marketplace.base.web import json_answer, request_locale
from marketplace.catalog.news import GOODS
from marketplace.lots import labels, service
from marketplace.lots.views import Passport
from marketplace.settings import settings

PersonOf = Callable[[Request], Awaitable[Person]]
PUBLIC = {"Cache-Control": "public, max-age=5", "Vary": "Accept-Language, Cookie"}
PASSPORTS = Subjects("lot", "seller", GOODS)
"""What a passport tells of: lots, and the shops and goods it names."""


def passport_json(lot: Passport) -> dict[str, Any]:
    """A passport for programs; days as `2026-01-05`, what is not known as null."""
    public = settings().public
    return {
        "code": lot.code,
        "number": lot.number,
        "state": lot.state,
        "page": public + lot.href,
        "product": {"name": lot.product_name, "page": public + lot.product_href if lot.product_href else None},
        "seller": {"name": lot.seller_name, "store": lot.store_name, "address": lot.seller_address},
        "growing_area_code": lot.area_code or None,
        "plot": lot.plot or None,
        "sown": lot.sown or None,
        "harvested": lot.harvested,
        "packed": lot.packed or None,
        "best_before": lot.expires or None,
        "last_spray": {"on": lot.last_sprayed, "waiting_days": lot.waiting_days, "safe_from": lot.safe_from}
        if lot.sprayed
        else None,
        "tests": [
            {
                "subject": test.subject,
                "laboratory": test.laboratory,
                "on": test.tested,
                "result": test.result,
                "passed": test.passed,
                "document": public + test.document_href if test.document_href else None,
            }
            for test in lot.tests
        ],
        "recall": {"at": lot.recalled_text, "reason": lot.recall_reason, "advice": lot.recall_advice}
        if lot.recalled
        else None,
    }


def lot_routes(person_of: PersonOf) -> APIRouter:
    """Passports for programs; labels and documents for the lot's seller."""
    routes = APIRouter(tags=["lots"])

    @routes.get("/api/v1/lots/{code}")
    async def lot(request: Request, code: str) -> Response:
        found = await PASSPORTS.reading(service.passport, code, request_locale(request), clock.now())
        PASSPORTS.may_keep(request)
        return Response(orjson.dumps(passport_json(found)), media_type="application/json", headers=PUBLIC)

    @routes.get("/seller/lots/{code}/labels.pdf", include_in_schema=False)
    async def label_sheet(request: Request, code: str, one: bool = False) -> Response:
        label = await db.reading(service.label_of, await person_of(request), code)
        data = await asyncio.to_thread(labels.draw, label, sheet=not one)
        return Response(
            data,
            media_type="application/pdf",
            headers={
                "Content-Disposition": f'inline; filename="{label.address.rpartition("/")[2]}.pdf"',
                "Cache-Control": "no-store",
            },
        )

    @routes.post("/seller/lots/{code}/tests/{test_id}/document", status_code=201, include_in_schema=False)
    async def add_document(
        request: Request, code: str, test_id: int, picture: Annotated[UploadFile, File()]
    ) -> Response:
        person = await person_of(request)
        # Whose lot it is comes first: nobody makes us decode pictures for what is not theirs.
        await db.reading(service.label_of, person, code)
        await ratelimit.checking("upload", f"account {person.require_account()}")
        stored = await media.store_document(await picture.read(media.LARGEST_BYTES + 1))
        await db.writing(service.attach_document, person, code, test_id, stored, clock.now())
        return json_answer({"key": stored.key, "src": media.document_url(stored.key, stored.kind)}, 201)

    return routes
