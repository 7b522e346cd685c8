"""Files of goods over HTTP: the template, a file that arrives, what is to be mended, and all goods taken out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, File, Request, Response, UploadFile
from fastapi.responses import FileResponse, RedirectResponse, StreamingResponse
from starlette.background import BackgroundTask

from marketplace.accounts.views import Person
from marketplace.base import clock, db, ratelimit
from marketplace.base.errors import DomainError
from marketplace.base.text import Locale
from marketplace.base.web import request_locale
from marketplace.catalog import service as catalog
from marketplace.importing import service, writing
from marketplace.importing.receiving import bring
from marketplace.importing.rules import LARGEST_FILE, LARGEST_PHOTOS
from marketplace.sellers import service as sellers

PersonOf = Callable[[Request], Awaitable[Person]]
Kind = Literal["xlsx", "csv"]
PAGE = "/seller/products/import"
GOODS_AT_ONCE = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def importing_routes(person_of: PersonOf) -> APIRouter:
    """For the goods' seller alone."""
    routes = APIRouter(include_in_schema=False)

    @routes.post(PAGE)
    async def receive(
        request: Request, file: Annotated[UploadFile, File()], photos: Annotated[UploadFile | None, File()] = None
    ) -> Response:
        person = await person_of(request)
        # Whose shop it is comes first: nobody makes us open files for nothing.
        await db.reading(service.my_imports, person, request_locale(request))
        await ratelimit.checking("upload", f"account {person.require_account()}")
        try:
            sent = await photos.read(LARGEST_PHOTOS + 1) if photos is not None and photos.filename else b""
            import_id = await bring(person, file.filename or "", await file.read(LARGEST_FILE + 1), sent)
        except DomainError as refusal:
            # A form of the browser's own comes back to its page, which says why.
            return RedirectResponse(f"{PAGE}?refused={refusal.code}", 303)
        return RedirectResponse(f"{PAGE}?file={import_id}", 303)

    @routes.get(f"{PAGE}/template.xlsx")
    async def template(request: Request) -> Response:
        locale = request_locale(request)
        categories = await db.reading(catalog.named_paths, locale)
        path = await asyncio.to_thread(writing.template, categories, locale)
        return _sent(path, "mau-hang-hoa.xlsx" if locale == "vi" else "goods-template.xlsx")

    @routes.get(PAGE + "/{import_id}/faults.{kind}")
    async def faults(request: Request, import_id: int, kind: Kind) -> Response:
        person, locale = await person_of(request), request_locale(request)
        headers, columns, rows = await db.reading_slowly(service.mend_rows, person, import_id, locale)
        name = f"can-sua-{import_id}.{kind}"
        if kind == "csv":
            data = await asyncio.to_thread(writing.CsvFile(headers).rows, rows)
            return Response(data, media_type=CSV, headers=_saved_as(name))
        return _sent(await asyncio.to_thread(writing.table, headers, columns, rows, locale), name)

    @routes.get("/seller/products/export.{kind}")
    async def export(request: Request, kind: Kind) -> Response:
        person, locale = await person_of(request), request_locale(request)
        await db.reading(sellers.seller_of, person)
        if kind == "csv":
            return StreamingResponse(csv_of_goods(person, locale), media_type=CSV, headers=_saved_as("hang-hoa.csv"))
        return _sent(await xlsx_of_goods(person, locale), "hang-hoa.xlsx")

    return routes


async def _batches(person: Person, locale: Locale, decimal: Locale) -> AsyncIterator[Sequence[Sequence[str]]]:
    after = 0
    while True:
        rows, after = await db.reading_slowly(
            service.export_batch, person, after, GOODS_AT_ONCE, locale, decimal, clock.now()
        )
        if not after:
            return
        yield [writing.goods_row(row) for row in rows]


async def csv_of_goods(person: Person, locale: Locale) -> AsyncIterator[bytes]:
    """All goods of a shop as CSV, some at a time."""
    file = writing.CsvFile(writing.goods_headers(locale)[0])
    yield file.rows(())
    async for rows in _batches(person, locale, locale):
        yield await asyncio.to_thread(file.rows, rows)


async def xlsx_of_goods(person: Person, locale: Locale) -> Path:
    """All goods of a shop as XLSX, written to a file that whoever sends it deletes."""
    file = await asyncio.to_thread(writing.XlsxFile, *writing.goods_headers(locale), locale)
    try:
        async for rows in _batches(person, locale, "vi"):
            await asyncio.to_thread(file.rows, rows)
        await asyncio.to_thread(file.explain, await db.reading(catalog.named_paths, locale))
        return await asyncio.to_thread(file.close)
    except BaseException:
        file.path.unlink(missing_ok=True)
        raise


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


def _sent(path: Path, name: str) -> Response:
    return FileResponse(
        path,
        media_type=XLSX,
        headers=_saved_as(name),
        background=BackgroundTask(lambda: path.unlink(missing_ok=True)),
    )
