"""JSON API of baskets. A basket's id is a secret: holding it is the right to use it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from marketplace.accounts.views import Person
from marketplace.base import clock, db, ratelimit
from marketplace.base.callers import request_caller
from marketplace.base.inputs import Payload
from marketplace.base.quantity import plain_quantity, read_quantity
from marketplace.base.text import Locale
from marketplace.base.web import json_answer, request_locale
from marketplace.baskets import service
from marketplace.baskets.views import BasketView, weighed_terms

PersonOf = Callable[[Request], Awaitable[Person]]


class BasketCreated(BaseModel):
    """A fresh basket."""

    id: str


class LineQuantity(Payload):
    """How much of a stock keeping unit; `"0"` removes it."""

    quantity: str = Field(max_length=20, examples=["1.5"])


def basket_json(basket: BasketView, locale: Locale) -> dict[str, Any]:
    """A basket as the API shows it: by seller, money in đồng, quantities as decimal text, weighed goods at most."""
    return {
        "id": basket.public_id,
        "ordered": basket.ordered,
        "goods_total": basket.goods_total,
        "groups": [
            {
                "store": {"slug": group.store_slug, "name": group.store_name},
                "goods_total": group.goods_total,
                "lines": [
                    {
                        "sku": line.sku,
                        "slug": line.product_slug,
                        "name": line.name,
                        "variant": line.variant.say(locale) or None,
                        "unit": line.unit_text.say(locale),
                        "quantity": plain_quantity(line.quantity),
                        "step": plain_quantity(line.step),
                        "minimum": plain_quantity(line.minimum),
                        "price": line.unit_price,
                        "weighed": weighed_terms(line),
                        "price_before": line.before,
                        "expected": line.expected_on.isoformat() if line.expected_on else None,
                        "total": line.total,
                        "problem": None
                        if line.problem is None
                        else {"code": line.problem.code, "title": line.problem.say(locale)},
                    }
                    for line in group.lines
                ],
            }
            for group in basket.groups
        ],
    }


def basket_routes(person_of: PersonOf) -> APIRouter:
    """Routes below /api/v1/baskets."""
    routes = APIRouter(prefix="/api/v1/baskets", tags=["baskets"])

    @routes.post("", status_code=201, response_model=BasketCreated)
    async def create(request: Request) -> Response:
        await ratelimit.checking("basket", request_caller(request))
        person = await person_of(request)
        return json_answer({"id": await db.writing(service.create, person, clock.now())}, 201)

    @routes.get("/{basket_id}")
    async def show(request: Request, basket_id: str) -> Response:
        basket = await db.reading(service.view, basket_id, clock.now())
        return json_answer(basket_json(basket, request_locale(request)))

    @routes.put("/{basket_id}/lines/{sku}")
    async def put_line(request: Request, basket_id: str, sku: str, line: LineQuantity) -> Response:
        quantity = read_quantity(line.quantity)
        await db.writing(service.put_line, basket_id, sku, quantity, clock.now())
        basket = await db.reading(service.view, basket_id, clock.now())
        return json_answer(basket_json(basket, request_locale(request)))

    return routes
