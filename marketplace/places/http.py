"""JSON API of places."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Query, Request, Response

from marketplace.base import db, ratelimit
from marketplace.base.callers import request_caller
from marketplace.places import service


def place_routes() -> APIRouter:
    """`/api/v1/communes`."""
    routes = APIRouter(prefix="/api/v1", tags=["places"])

    @routes.get("/communes")
    async def communes(request: Request, q: str = Query(default="", max_length=80)) -> Response:
        await ratelimit.checking("search", request_caller(request))
        found = await db.reading(service.find_communes, q)
        body = [
            {"code": place.code, "name": place.name, "province": place.province, "former": list(place.former)}
            for place in found
        ]
        return Response(
            orjson.dumps(body), media_type="application/json", headers={"Cache-Control": "public, max-age=300"}
        )

    return routes
