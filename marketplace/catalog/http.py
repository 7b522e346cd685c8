"""JSON API of the catalogue, and the upload of product pictures; lists and search are in `finding_http.py`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, File, Request, Response, UploadFile

from marketplace.accounts.views import Person
from marketplace.base import clock, db, media, ratelimit
from marketplace.base.quantity import plain_quantity
from marketplace.base.web import json_answer, request_locale
from marketplace.catalog import service
from marketplace.catalog.finding_http import finding_routes, public_answer, weighed_json
from marketplace.catalog.news import GOODS, subject
from marketplace.catalog.views import CategoryBranch, CertificateView, ProductView, VariantView
from marketplace.settings import settings

PersonOf = Callable[[Request], Awaitable[Person]]


def product_json(product: ProductView) -> dict[str, Any]:
    """A product in full; quantities as decimal text, `price` as in `card_json`."""
    return {
        "slug": product.slug,
        "name": product.name,
        "description": "\n".join(product.description),
        "price": product.chosen.price,
        "unit": product.chosen.unit_text,
        "weighed": weighed_json(product.chosen.weighed),
        "sku": product.chosen.sku,
        "step": plain_quantity(product.chosen.step),
        "minimum": plain_quantity(product.chosen.minimum),
        "available": plain_quantity(product.chosen.available),
        "in_stock": product.chosen.in_stock,
        "facts": [{"label": fact.label, "text": fact.text} for fact in product.facts],
        "season": [int(month.number) for month in product.season if month.on],
        "in_season": product.in_season if product.season else None,
        "reach_hours": product.reach_hours,
        "certificates": [certificate_json(certificate) for certificate in product.certificates],
        "variants": [variant_json(variant) for variant in product.variants],
        "expected": product.expected_on.isoformat() if product.expected_on else None,
        "ocop": product.ocop_stars or None,
        "rating": product.rating or None,
        "reviews": product.reviews,
        "store": {"slug": product.store_slug, "name": product.store_name},
        "commune": product.commune_name,
        "category": product.category.slug,
        "pictures": [
            settings().public + media.picture_url(picture.key, media.WIDTHS[-1]) for picture in product.pictures
        ],
    }


def certificate_json(certificate: CertificateView) -> dict[str, Any]:
    """A certificate that counts today."""
    href = certificate.document_href
    return {
        "kind": certificate.kind,
        "stars": certificate.stars or None,
        "number": certificate.number or None,
        "issuer": certificate.issuer or None,
        "issued": certificate.issued or None,
        "expires": certificate.expires,
        "document": settings().public + href if href else None,
    }


def variant_json(variant: VariantView) -> dict[str, Any]:
    """A variant of a product: what it costs now, at its minimum; of weighed goods `price_before` and `tiers` are a kilogram's."""
    return {
        "sku": variant.sku,
        "label": variant.label,
        "price": variant.price,
        "price_before": variant.before,
        "unit": variant.unit_text,
        "weighed": weighed_json(variant.weighed),
        "step": plain_quantity(variant.step),
        "minimum": plain_quantity(variant.minimum),
        "available": plain_quantity(variant.available),
        "in_stock": variant.in_stock,
        "price_per_base": variant.price_per_base,
        "base": variant.base or None,
        "tiers": [{"from": plain_quantity(tier.quantity), "price": tier.price} for tier in variant.tiers],
    }


def category_json(category: CategoryBranch, *, root: bool = True) -> dict[str, Any]:
    """A category with all below it; a root always says what is below, others where there is something."""
    found: dict[str, Any] = {"slug": category.slug, "name": category.name}
    if root or category.children:
        found["children"] = [category_json(child, root=False) for child in category.children]
    return found


def catalog_routes(person_of: PersonOf) -> APIRouter:
    """Public catalogue, and uploads of sellers."""
    routes = APIRouter(tags=["catalogue"])
    routes.include_router(finding_routes())

    @routes.get("/api/v1/products/{slug}")
    async def product(request: Request, slug: str) -> Response:
        found = await db.reading(service.product_by_slug, slug, request_locale(request), clock.now())
        return public_answer(request, orjson.dumps(product_json(found)), GOODS, subject(slug))

    @routes.get("/api/v1/categories")
    async def categories(request: Request) -> Response:
        tree = await db.reading(service.branches, request_locale(request))
        return public_answer(request, orjson.dumps([category_json(item) for item in tree]), GOODS)

    @routes.post("/seller/products/{product_id}/pictures", status_code=201, include_in_schema=False)
    async def add_picture(request: Request, product_id: int, picture: Annotated[UploadFile, File()]) -> Response:
        person = await person_of(request)
        # Whose product it is comes first: nobody makes us decode pictures for goods that are not theirs.
        await db.reading(service.my_product, person, product_id, request_locale(request))
        await ratelimit.checking("upload", f"account {person.require_account()}")
        stored = await media.store_upload(await picture.read(media.LARGEST_BYTES + 1))
        await db.writing(service.add_picture, person, product_id, stored, clock.now())
        return json_answer({"key": stored.key, "src": media.picture_url(stored.key, 320)}, 201)

    @routes.post(
        "/seller/products/{product_id}/certificates/{certificate_id}/document", status_code=201, include_in_schema=False
    )
    async def add_document(
        request: Request, product_id: int, certificate_id: int, picture: Annotated[UploadFile, File()]
    ) -> Response:
        person = await person_of(request)
        await db.reading(service.my_certificates, person, product_id, request_locale(request), clock.now())
        await ratelimit.checking("upload", f"account {person.require_account()}")
        stored = await media.store_document(await picture.read(media.LARGEST_BYTES + 1))
        await db.writing(service.attach_document, person, product_id, certificate_id, stored, clock.now())
        return json_answer({"key": stored.key, "src": media.document_url(stored.key, stored.kind)}, 201)

    return routes
