"""What search engines ask for: where they may go, and the map of all public pages in parts of bounded size."""

from __future__ import annotations

import asyncio
import hashlib
import zlib
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from xml.sax.saxutils import escape

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse, StreamingResponse
from sqlmodel import Session

from marketplace.base import db
from marketplace.catalog import service as catalog
from marketplace.catalog.service import SiteEntry
from marketplace.settings import settings
from marketplace.storefront.help_pages import PAGES as HELP_PAGES
from marketplace.storefront.structured import address
from marketplace.storefront.subjects import LISTS

PART_LENGTH = 45_000
"""The protocol allows 50,000 addresses and 50 MB in a part."""
KEPT_PARTS = 32
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
AN_HOUR = "public, max-age=3600"
CLOSED = (
    "/basket",
    "/checkout",
    "/orders/",
    "/account",
    "/seller",
    "/staff",
    "/verify/",
    "/preferences",
    "/offline",
    "/api/",
    "/_event",
)
LISTS_OF_GOODS = ("/search", "/c/*")
DISTINCT = ("after=", "lang=en$")
"""The only questions to a list whose answer is a page of its own; filters and orders show the same goods again."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the site map; `tag` changes with whatever is in it."""

    name: str
    tag: str
    changed: datetime | None
    number: int = 0
    """Of the range of products in it, 0 for other pages."""
    entries: tuple[SiteEntry, ...] = ()
    fixed: tuple[str, ...] = ()
    """Paths of pages that say nothing of when they last changed."""


def robots_text() -> str:
    """Where crawlers may go: not to what is somebody's own, nor to the endless orders and filters of lists."""
    rules = [f"Disallow: {path}" for path in CLOSED]
    for path in LISTS_OF_GOODS:
        rules.append(f"Disallow: {path}?")
        rules.extend(f"Allow: {path}?{question}" for question in DISTINCT)
    return "\n".join(["User-agent: *", *rules, "", f"Sitemap: {address('/sitemap.xml')}", ""])


def site_map(session: Session) -> tuple[Part, ...]:
    """All parts of the map as of now."""
    fixed = ("/", "/search", "/statistics", "/verify", *(page.path for page in HELP_PAGES if page.description))
    categories = tuple(f"/c/{slug}" for slug, _ in catalog.named_paths(session, "vi"))
    shops = catalog.site_shops(session)
    return (
        _part("pages-1", str((fixed, categories)), None, fixed=(*fixed, *categories)),
        *(
            _part(
                f"shops-{start // PART_LENGTH + 1}",
                str(some := tuple(shops[start : start + PART_LENGTH])),
                max(shop.changed for shop in some),
                entries=some,
            )
            for start in range(0, len(shops), PART_LENGTH)
        ),
        *(
            _part(f"products-{part.number}", str(part), part.changed, number=part.number)
            for part in catalog.site_parts(session, PART_LENGTH)
        ),
    )


def _part(
    name: str,
    content: str,
    changed: datetime | None,
    *,
    number: int = 0,
    entries: tuple[SiteEntry, ...] = (),
    fixed: tuple[str, ...] = (),
) -> Part:
    tag = hashlib.blake2b(f"{settings().public} {name} {content}".encode(), digest_size=12).hexdigest()
    return Part(name, f'W/"{tag}"', changed, number, entries, fixed)


def _element(kind: str, path: str, changed: datetime | None) -> str:
    date = f"<lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed else ""
    return f"<{kind}><loc>{escape(address(path))}</loc>{date}</{kind}>\n"


def index_text(parts: tuple[Part, ...]) -> str:
    """The map's index: where its parts are and when each last changed."""
    listed = "".join(_element("sitemap", f"/sitemaps/{part.name}.xml", part.changed) for part in parts)
    return f"{DECLARATION}<sitemapindex {NAMESPACE}>\n{listed}</sitemapindex>\n"


async def _pieces(part: Part) -> AsyncIterator[bytes]:
    yield f"{DECLARATION}<urlset {NAMESPACE}>\n".encode()
    yield "".join(_element("url", path, None) for path in part.fixed).encode()
    yield "".join(_element("url", entry.path, entry.changed) for entry in part.entries).encode()
    after, last = (part.number - 1) * PART_LENGTH, part.number * PART_LENGTH
    while part.number:
        piece, after = await db.reading_slowly(_products_piece, after, last)
        yield piece
        if not after:
            break
    yield b"</urlset>\n"


def _products_piece(session: Session, after: int, last: int) -> tuple[bytes, int]:
    entries, following = catalog.site_products(session, after, last)
    return "".join(_element("url", entry.path, entry.changed) for entry in entries).encode(), following


async def _squeezed(part: Part) -> AsyncIterator[bytes]:
    squeezer = zlib.compressobj(6, wbits=31)
    whole = bytearray()
    async for piece in _pieces(part):
        done = await asyncio.to_thread(squeezer.compress, piece) if piece else b""
        whole += done
        if done:
            yield done
    rest = squeezer.flush()
    _keep(part, bytes(whole + rest))
    yield rest


@lru_cache(maxsize=1)
def _kept() -> OrderedDict[tuple[str, str], bytes]:
    return OrderedDict()


def _keep(part: Part, squeezed: bytes) -> None:
    for key in [key for key in _kept() if key[0] == part.name]:
        del _kept()[key]
    _kept()[part.name, part.tag] = squeezed
    while len(_kept()) > KEPT_PARTS:
        _kept().popitem(last=False)


def crawler_routes() -> APIRouter:
    """`/robots.txt`, `/sitemap.xml` and its parts."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/robots.txt")
    async def robots() -> Response:
        return PlainTextResponse(robots_text(), headers={"Cache-Control": AN_HOUR})

    @routes.get("/sitemap.xml")
    async def index(request: Request) -> Response:
        LISTS.may_keep(request)
        text = index_text(await LISTS.reading_slowly(site_map))
        return Response(text, media_type="application/xml", headers={"Cache-Control": AN_HOUR})

    @routes.get("/sitemaps/{name}")
    async def part(request: Request, name: str) -> Response:
        parts = await LISTS.reading_slowly(site_map)
        found = next((part for part in parts if f"{part.name}.xml" == name), None)
        if found is None:
            raise HTTPException(404)
        headers = {"Cache-Control": AN_HOUR, "ETag": found.tag, "Vary": "Accept-Encoding"}
        if found.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return StreamingResponse(_pieces(found), media_type="application/xml", headers=headers)
        headers["Content-Encoding"] = "gzip"
        kept = _kept().get((found.name, found.tag))
        if kept is not None:
            return Response(kept, media_type="application/xml", headers=headers)
        return StreamingResponse(_squeezed(found), media_type="application/xml", headers=headers)

    return routes
