"""JSON API of lists, search and suggestions."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from marketplace.base import clock, db, kept
from marketplace.base.inputs import Readable, describe_parameters, read_parameters
from marketplace.base.text import Locale
from marketplace.base.web import request_locale
from marketplace.catalog import service
from marketplace.catalog.news import GOODS
from marketplace.catalog.rules import CertificateKind
from marketplace.catalog.service.query import BANDS, CHOICES, MOST, USUAL
from marketplace.catalog.views import Counts, Instead, ListedProduct, WeighedView
from marketplace.sellers.rules import SellerKind

HIGHEST = 10**12
PUBLIC = {"Cache-Control": "public, max-age=5", "Vary": "Accept-Language, Cookie"}


class ProductsAsked(BaseModel):
    """What a list is asked for."""

    q: Annotated[str, Field(max_length=200, description="Words; accents and small slips do not matter.")] = ""
    category: Annotated[str, Field(max_length=80, description="A category's slug."), Readable] = ""
    store: Annotated[str, Field(max_length=80, description="A shop's slug."), Readable] = ""
    commune: Annotated[str, Field(max_length=5, description="Code of the commune goods are from."), Readable] = ""
    min_price: Annotated[int | None, Field(ge=0, le=HIGHEST, description="Whole đồng.")] = None
    max_price: Annotated[int | None, Field(ge=0, le=HIGHEST, description="Whole đồng.")] = None
    ocop: Annotated[int | None, Field(ge=3, le=5, description="So many OCOP stars or more.")] = None
    sort: service.Sort = service.Sort.POPULAR
    after: Annotated[str, Field(max_length=200, description="`next` of the page before."), Readable] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = USUAL
    kind: Annotated[SellerKind | None, Field(description="The seller's legal form.")] = None
    in_stock: Annotated[bool, Field(description="Only what can be had now.")] = False
    near: Annotated[str, Field(max_length=5, description="Code of a commune: goods near it rise."), Readable] = ""
    certificate: Annotated[CertificateKind | None, Field(description="Of the product or its whole shop.")] = None
    preorder: Annotated[bool, Field(description="Only harvests that are sold ahead.")] = False
    counts: Annotated[bool, Field(description="Add how many goods each further choice would show.")] = False

    def query(self) -> service.ListQuery:
        """It as the catalogue takes it."""
        return service.ListQuery(
            self.q, self.category, self.store, self.commune, self.min_price, self.max_price, self.ocop, self.sort,
            self.after, self.limit, kind=self.kind or "", in_stock=self.in_stock, near=self.near,
            certificate=self.certificate or "", preorder=self.preorder,
        )  # fmt: skip


class ShopOfItem(BaseModel):
    """The shop of a product."""

    slug: str
    name: str


class Weighed(BaseModel):
    """Goods ordered by the piece and paid by weight."""

    price_per_kg: int = Field(description="whole đồng")
    from_grams: int = Field(description="what one piece weighs at least")
    to_grams: int
    lowest: int = Field(description="whole đồng one piece comes to at least")
    highest: int


class Item(BaseModel):
    """A product of a list."""

    slug: str
    name: str
    price: int = Field(description="whole đồng for one unit, at most where it is weighed")
    unit: str
    weighed: Weighed | None = Field(description="how goods ordered by the piece are paid by weight")
    sku: str
    store: ShopOfItem
    commune: str
    in_stock: bool
    ocop: int | None = Field(description="stars that count today")
    picture: str


class Band(BaseModel):
    """Goods in a range of prices."""

    min_price: int | None
    max_price: int | None
    total: int


class CountsOfChoices(BaseModel):
    """How many goods each further choice would show, all other choices held."""

    category: dict[str, int] = Field(description="by slug, of every level")
    commune: dict[str, int] = Field(description="by code")
    kind: dict[str, int]
    ocop: dict[str, int] = Field(description="so many stars and more")
    certificate: dict[str, int]
    price: list[Band]
    in_stock: int
    preorder: int


class WithoutParameters(BaseModel):
    """The question without some of its parameters."""

    parameters: list[str]
    total: int


class OtherWords(BaseModel):
    """Some of the words."""

    q: str
    total: int


class OtherCategory(BaseModel):
    """A category near to what was asked for."""

    slug: str
    name: str
    total: int


class OtherQuestions(BaseModel):
    """What finds something where the question does not."""

    without: list[WithoutParameters]
    queries: list[OtherWords]
    categories: list[OtherCategory]


class ProductsAnswer(BaseModel):
    """A page of products."""

    items: list[Item]
    next: str | None = Field(description="`after` of the next page; null on the last one")
    total: int
    meant: str | None = Field(description="what the words were taken for, where nothing has them as they were typed")
    counts: CountsOfChoices | None = Field(default=None, description="with `counts=1` only")
    instead: OtherQuestions | None = Field(default=None, description="where `total` is 0 only")


def public_answer(request: Request, body: bytes, *about: str) -> Response:
    """A public JSON answer, given again until something happens to what it is about."""
    kept.Subjects(*about).may_keep(request)
    return Response(body, media_type="application/json", headers=PUBLIC)


def weighed_json(weighed: WeighedView | None) -> dict[str, int] | None:
    """How goods ordered by the piece are paid by weight: đồng a kilogram, grams and đồng of a piece; else nothing."""
    if weighed is None:
        return None
    return {
        "price_per_kg": weighed.price_per_kilogram,
        "from_grams": weighed.lightest,
        "to_grams": weighed.heaviest,
        "lowest": weighed.lowest,
        "highest": weighed.highest,
    }


def card_json(card: ListedProduct) -> dict[str, Any]:
    """A product of a list."""
    return {
        "slug": card.slug,
        "name": card.name,
        "price": card.price,
        "unit": card.unit_text,
        "weighed": weighed_json(card.weighed),
        "sku": card.sku,
        "store": {"slug": card.store_slug, "name": card.store_name},
        "commune": card.commune_name,
        "in_stock": card.in_stock,
        "ocop": card.ocop_stars or None,
        "rating": card.rating or None,
        "reviews": card.reviews,
        "picture": card.picture,
    }


def _list_body(session: Session, query: service.ListQuery, counted: bool, locale: Locale) -> bytes:
    now = clock.now()
    found = service.list_products(session, query, locale, now, counted=counted)
    body: dict[str, Any] = {
        "items": [card_json(card) for card in found.cards],
        "next": found.next_cursor,
        "total": found.total,
        "meant": found.meant or None,
    }
    if counted:
        slugs = service.category_slugs(session)
        body["counts"] = _counts_json(found.counts, slugs)
    if not found.total:
        body["instead"] = _instead_json(service.instead(session, query, locale, now))
    return orjson.dumps(body)


def _counts_json(counts: Counts, slugs: dict[int, str]) -> dict[str, Any]:
    return {
        "category": {slugs[number]: total for number, total in counts.categories.items() if number in slugs},
        "commune": counts.communes,
        "kind": counts.kinds,
        "ocop": {str(stars): total for stars, total in counts.stars.items()},
        "certificate": counts.certificates,
        "price": [
            {"min_price": lowest, "max_price": highest, "total": total}
            for (lowest, highest), total in zip(BANDS, counts.bands, strict=True)
        ],
        "in_stock": counts.in_stock,
        "preorder": counts.preorder,
    }


def _instead_json(found: Instead) -> dict[str, Any]:
    return {
        "without": [
            {"parameters": [name for choice in fewer.choices for name in CHOICES[choice]], "total": fewer.total}
            for fewer in found.fewer
        ],
        "queries": [{"q": part.q, "total": part.total} for part in found.parts],
        "categories": [
            {"slug": near.link.slug, "name": near.link.name, "total": near.total} for near in found.categories
        ],
    }


def _suggestions_body(session: Session, q: str, near: str, locale: Locale) -> bytes:
    found = service.suggest(session, q, near, locale, clock.now())
    return orjson.dumps(
        {
            "products": [
                {"name": card.name, "href": card.href, "price_text": card.price_text, "picture": card.picture}
                for card in found.products
            ],
            "categories": [{"name": link.name, "href": link.href} for link in found.categories],
            "stores": [{"name": link.name, "href": link.href} for link in found.stores],
            "queries": found.queries,
        }
    )


def finding_routes() -> APIRouter:
    """Lists and search."""
    routes = APIRouter()

    @routes.get(
        "/api/v1/products",
        summary="Find, filter and count products, page by page",
        responses={200: {"model": ProductsAnswer}},
        openapi_extra=describe_parameters(ProductsAsked),
    )
    async def products(request: Request) -> Response:
        asked = read_parameters(ProductsAsked, request.query_params)
        # Words and counts take milliseconds among many goods.
        reading = db.reading_slowly if asked.q or asked.counts else db.reading
        body = await reading(_list_body, asked.query(), asked.counts, request_locale(request))
        return public_answer(request, body, GOODS)

    @routes.get("/api/v1/suggestions", summary="What the search box proposes while somebody types")
    async def suggestions(
        request: Request,
        q: Annotated[str, Query(max_length=100, description="What has been typed so far.")] = "",
        near: Annotated[str, Query(max_length=5, description="Code of a commune: goods near it rise."), Readable] = "",
    ) -> Response:
        body = await db.reading_slowly(_suggestions_body, q, near, request_locale(request))
        return public_answer(request, body, GOODS)

    return routes
