"""JSON API of stores, and the pictures sellers give theirs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, File, Path, Request, Response, UploadFile

from marketplace.accounts.views import Person
from marketplace.base import clock, db, media, ratelimit
from marketplace.base.media import picture_url
from marketplace.base.ratings import average_rating
from marketplace.base.text import Locale
from marketplace.base.web import json_answer, request_locale
from marketplace.sellers import service
from marketplace.sellers.rules import ApplicationPaper, ShopPicture, opening_lines
from marketplace.sellers.views import StoreView, paper_url

PersonOf = Callable[[Request], Awaitable[Person]]


def seller_routes(person_of: PersonOf) -> APIRouter:
    """`/api/v1/stores/{slug}`, and uploads of a shop's owner."""
    routes = APIRouter(tags=["stores"])

    @routes.post("/seller/shop/{which}", status_code=201, include_in_schema=False)
    async def add_picture(request: Request, which: ShopPicture, picture: Annotated[UploadFile, File()]) -> Response:
        person = await person_of(request)
        # Whose shop it is comes first: nobody makes us decode pictures for nothing.
        await db.reading(service.check_may_present, person)
        await ratelimit.checking("upload", f"account {person.require_account()}")
        stored = await media.store_upload(await picture.read(media.LARGEST_BYTES + 1))
        await db.writing(service.set_shop_picture, person, which, stored, clock.now())
        return json_answer({"key": stored.key, "src": media.picture_url(stored.key, 320)}, 201)

    @routes.post("/seller/application/{paper}", status_code=201, include_in_schema=False)
    async def add_paper(request: Request, paper: ApplicationPaper, picture: Annotated[UploadFile, File()]) -> Response:
        person = await person_of(request)
        account_id = person.require_account()
        await db.reading(service.check_may_apply, person)
        await ratelimit.checking("upload", f"account {account_id}")
        key = await media.store_private(await picture.read(media.LARGEST_BYTES + 1))
        await db.writing(service.keep_paper, person, paper, key, clock.now())
        return json_answer({"src": paper_url(key)}, 201)

    @routes.get("/seller/papers/{key}", include_in_schema=False)
    async def paper(request: Request, key: Annotated[str, Path(pattern="^[0-9a-f]{32}$")]) -> Response:
        await db.reading(service.check_may_see_paper, await person_of(request), key)
        return await media.answer_private(key)

    @routes.get("/api/v1/stores/{slug}")
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
        "banner": picture_url(store.banner, 1280) if store.banner else None,
        "rating": average_rating(store.rating_sum, store.rating_count) or None,
        "reviews": store.rating_count,
        "followers": store.followers,
        "position": {"latitude": store.position[0], "longitude": store.position[1]} if store.position else None,
        "opening": [{"days": days, "hours": hours} for days, hours in opening_lines(store.opening, locale)],
        "disclosure": {
            "legal_name": store.legal_name,
            "tax_code": store.public_tax_code,
            "address": store.address,
            "phone": store.phone_text,
        },
    }
