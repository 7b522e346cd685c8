"""`/media/…`: stored pictures and documents, immutable."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from marketplace.base import avif, media
from marketplace.base.storage import storage


def media_routes() -> APIRouter:
    """Pictures in every width as WebP and AVIF, and documents to save."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/media/documents/{name}")
    async def document(name: str) -> Response:
        match = media.DOCUMENT.fullmatch(name)
        if match is None:
            raise HTTPException(404)
        return await media.answer(media.document_name(match[1]), "application/pdf", save_as=name)

    @routes.get("/media/{name}")
    async def rendition(name: str) -> Response:
        match = media.FILE.fullmatch(name)
        if match is None:
            raise HTTPException(404)
        key, width, kind = match[1], int(match[2]), match[3]
        stored = media.picture_name(key, width, kind)
        if kind == media.WEBP or await _is_there(stored):
            return await media.answer(stored, f"image/{kind}")
        # The same picture for ever to whoever has it now; what stands between must ask for the lighter one.
        instead = await media.answer(media.picture_name(key, width), "image/webp", shared=False)
        avif.workshop().want(key)
        return instead

    return routes


async def _is_there(name: str) -> bool:
    path = storage().file(name)
    return path.exists() if path is not None else await asyncio.to_thread(storage().holds, name)
