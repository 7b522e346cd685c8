"""JSON API of reviews."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from marketplace.base import clock, db
from marketplace.base.inputs import Readable
from marketplace.base.kept import Subjects
from marketplace.base.ratings import MOST_STARS
from marketplace.base.text import Locale
from marketplace.base.web import request_locale
from marketplace.catalog import service as catalog
from marketplace.catalog.news import GOODS, subject
from marketplace.reviews import service
from marketplace.reviews.service.reading import MOST, PAGE
from marketplace.reviews.views import ReviewView
from marketplace.settings import settings

PUBLIC = {"Cache-Control": "public, max-age=5", "Vary": "Accept-Language, Cookie"}


def review_json(review: ReviewView) -> dict[str, Any]:
    """A review as the API shows it."""
    return {
        "id": review.id,
        "stars": review.stars,
        "author": review.author,
        "text": "\n".join(review.text),
        "variant": review.variant or None,
        "written": review.written,
        "edited": review.edited,
        "photos": [settings().public + photo.large for photo in review.photos],
        "answer": "\n".join(review.answer) or None,
    }


def _body(session: Session, slug: str, stars: int, after: str, limit: int, locale: Locale) -> bytes:
    product = catalog.listed_product(session, slug, clock.now())
    found = service.reviews_of(session, product.id, locale, stars=stars, after=after, limit=limit)
    summary = service.summary(session, product.id, locale)
    numbers = {bar.stars: bar.number for bar in summary.bars}
    return orjson.dumps(
        {
            "items": [review_json(review) for review in found.reviews],
            "next": found.next or None,
            "total": numbers.get(stars, 0) if stars else summary.count,
            "rating": summary.average or None,
            "stars": {str(number): numbers.get(number, 0) for number in range(1, MOST_STARS + 1)},
        }
    )


def review_routes() -> APIRouter:
    """`/api/v1/products/{slug}/reviews`."""
    routes = APIRouter(prefix="/api/v1", tags=["catalogue"])

    @routes.get("/products/{slug}/reviews", summary="What buyers say of a product, newest first")
    async def reviews(
        request: Request,
        slug: str,
        stars: int = Query(default=0, ge=0, le=MOST_STARS),
        after: Annotated[str, Query(max_length=40), Readable] = "",
        limit: int = Query(default=PAGE, ge=1, le=MOST),
    ) -> Response:
        body = await db.reading(_body, slug, stars, after, limit, request_locale(request))
        Subjects(GOODS, subject(slug)).may_keep(request)
        return Response(body, media_type="application/json", headers=PUBLIC)

    return routes
