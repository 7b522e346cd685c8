"""JSON API of stores."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from marketplace.base import clock, db
from marketplace.base.media import picture_url
from marketplace.base.text import Locale
from marketplace.base.web import json_answer, request_locale
from marketplace.sellers import service
from marketplace.sellers.views import StoreView


def seller_routes() -> APIRouter:
    """`/api/v1/stores/{slug}`."""
    routes = APIRouter(prefix="/api/v1", tags=["stores"])

    @routes.get("/stores/{slug}")
    async def store(request: Request, slug: str) -> Response:
        """An open shop and what it discloses about its seller; 404 when there is none, 410 when it is gone for good."""
        found = await db.reading(service.open_store, slug, clock.now())
        return json_answer(store_json(found, request_locale(request)))

    return routes


def store_json(store: StoreView, locale: Locale) -> dict[str, Any]:
    """A shop as the API shows it."""
    return {
        "slug": store.slug,
        "name": store.name,
        "kind": store.kind.value,
        "kind_label": store.kind_label.say(locale),
        "commune": {"code": store.commune_code, "name": store.commune_name, "province": store.province_name},
        "story": store.story,
        "portrait": picture_url(store.portrait) if store.portrait else None,
        "disclosure": {
            "legal_name": store.legal_name,
            "tax_code": store.public_tax_code,
            "address": store.address,
            "phone": store.phone_text,
        },
    }
