"""JSON API of reviewing, checking out and following orders, and photos of what was received."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, File, Header, Query, Request, Response, UploadFile
from sqlmodel import Session

from marketplace.accounts.views import Person
from marketplace.base import clock, db, media, ratelimit
from marketplace.base.callers import request_caller
from marketplace.base.errors import InputInvalid
from marketplace.base.quantity import plain_quantity
from marketplace.base.text import Locale
from marketplace.base.web import json_answer, request_locale
from marketplace.baskets.views import weighed_terms
from marketplace.contracts import template as contract_template
from marketplace.orders import sheets
from marketplace.orders.commands import CheckoutCommand, CheckoutDetails
from marketplace.orders.limits import limit_checkouts
from marketplace.orders.rules import MOST_AT_ONCE, IdempotencyKeyMissing
from marketplace.orders.service import answering, placing, preparing, reading, recalling, recalls, reviewing
from marketplace.orders.service.placing import OrderQuote, Quote
from marketplace.orders.views import OrderView

PersonOf = Callable[[Request], Awaitable[Person]]
LONGEST_KEY = 255
Chosen = Annotated[str, Query(max_length=2500)]
"""Numbers of orders, with commas between."""


def _numbers(chosen: str) -> list[str]:
    found = [number for number in chosen.split(",") if number]
    if not 0 < len(found) <= MOST_AT_ONCE:
        raise InputInvalid
    return found


def _sheet(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return Response(data, media_type="application/pdf", headers=headers)


def quote_json(quoted: Quote, locale: Locale) -> dict[str, Any]:
    """What would be ordered, with the contract of each order and the hash that accepting it needs."""
    return {
        "terms_hash": quoted.terms_hash,
        "total": quoted.total,
        "estimated": quoted.basket.estimated,
        "orders": [_order_quote_json(order, locale) for order in quoted.orders],
    }


def _order_quote_json(order: OrderQuote, locale: Locale) -> dict[str, Any]:
    return {
        "store": {"slug": order.store.slug, "name": order.store.name},
        "goods_total": order.group.goods_total,
        "delivery_fee": order.chosen.fee,
        "total": order.total,
        "minimum_order": order.offer.minimum_order,
        "acceptance_hours": order.offer.hours,
        "delivery": {
            "chosen": order.chosen.code,
            "options": [
                {
                    "code": way.code,
                    "kind": way.kind,
                    "label": way.label.say(locale),
                    "days": way.days.say(locale),
                    "fee": way.fee,
                    "from": way.first.isoformat(),
                    "to": way.last.isoformat(),
                    "when": way.when.say(locale),
                    "place": way.place or None,
                }
                for way in order.offer.ways
            ],
            "closed": order.offer.closed.say(locale) or None,
        },
        "lines": [
            {
                "sku": line.sku,
                "name": line.name,
                "variant": line.variant.say(locale) or None,
                "unit": line.unit_text.say(locale),
                "quantity": plain_quantity(line.quantity),
                "price": line.unit_price,
                "weighed": weighed_terms(line),
                "total": line.total,
            }
            for line in order.group.lines
        ],
        "contract": {
            "hash": order.terms_hash,
            "clauses": [
                {"title": clause.title, "paragraphs": list(clause.paragraphs)}
                for clause in contract_template.clauses(order.terms, locale)
            ],
        },
    }


def order_json(order: OrderView) -> dict[str, Any]:
    """An order as its parties see it through the API."""
    return {
        "number": order.number,
        "purchase": order.purchase,
        "store": {"slug": order.store_href.removeprefix("/s/"), "name": order.store_name},
        "status": order.status,
        "fulfilment_status": order.fulfilment,
        "payment_status": order.payment_status,
        "goods_total": order.goods_total,
        "delivery_fee": order.delivery_fee,
        "total": order.total,
        "estimated": order.estimated,
        "contract": {"code": order.contract, "state": order.contract_state},
        "lines": [
            {
                "name": line.name,
                "quantity": line.quantity_text,
                "unit": line.unit_text,
                "weight": line.weight_text or None,
                "total": line.total_text,
                "lot": {
                    "number": line.lot_number,
                    "code": line.lot_href.rpartition("/")[2],
                    "recalled": line.lot_recalled,
                }
                if line.lot_number
                else None,
            }
            for line in order.lines
        ],
        "steps": [{"label": step.label, "at": step.at or None, "done": step.done} for step in order.steps],
    }


def order_routes(person_of: PersonOf) -> APIRouter:
    """Routes for review, checkout and orders, and for photos of what was received."""
    routes = APIRouter(tags=["orders"])

    @routes.post("/orders/{number}/lines/{line_id}/pictures", status_code=201, include_in_schema=False)
    async def add_photo(
        request: Request, number: str, line_id: int, picture: Annotated[UploadFile, File()], key: str = ""
    ) -> Response:
        person, now = await person_of(request), clock.now()
        # Whose review it is comes first: nobody makes us decode pictures for goods they did not receive.
        await db.reading(reviewing.check_may_add_photo, person, number, line_id, key, now)
        await ratelimit.checking("upload", f"order {number}")
        stored = await media.store_upload(await picture.read(media.LARGEST_BYTES + 1))
        await db.writing(reviewing.add_photo, person, number, line_id, key, stored, clock.now())
        return json_answer({"key": stored.key, "src": media.picture_url(stored.key, 320)}, 201)

    @routes.post("/api/v1/baskets/{basket_id}/review")
    async def review(request: Request, basket_id: str, details: CheckoutDetails) -> Response:
        locale = request_locale(request)

        def answer(session: Session) -> dict[str, Any]:
            return quote_json(placing.review(session, basket_id, details, clock.now()), locale)

        return json_answer(await db.reading_slowly(answer))

    @routes.post("/api/v1/baskets/{basket_id}/checkout", status_code=201)
    async def checkout(
        request: Request,
        basket_id: str,
        command: CheckoutCommand,
        idempotency_key: str | None = Header(default=None),
    ) -> Response:
        if not idempotency_key:
            raise IdempotencyKeyMissing(field="Idempotency-Key")
        if len(idempotency_key) > LONGEST_KEY:
            raise InputInvalid(field="Idempotency-Key")
        person = await person_of(request)
        await limit_checkouts(request_caller(request), person)
        answer = await db.writing(placing.place, person, basket_id, command, idempotency_key, clock.now())
        return json_answer(answer, 201)

    @routes.get("/api/v1/orders/{number}")
    async def order(request: Request, number: str, order_access_key: str = Header(default="")) -> Response:
        person = await person_of(request)
        locale, now = request_locale(request), clock.now()
        found = await db.reading(reading.order_for_party, person, number, order_access_key, locale, now)
        return json_answer(order_json(found))

    @routes.post("/api/v1/orders/{number}/cancel")
    async def cancel(request: Request, number: str, order_access_key: str = Header(default="")) -> Response:
        person = await person_of(request)
        locale, now = request_locale(request), clock.now()

        def withdraw(session: Session) -> OrderView:
            answering.cancel(session, person, number, order_access_key, now)
            return reading.order_for_buyer(session, person, number, order_access_key, locale, now)

        return json_answer(order_json(await db.writing(withdraw)))

    @routes.get("/seller/picking.pdf", include_in_schema=False)
    async def picking_list(request: Request, numbers: Chosen) -> Response:
        person, locale = await person_of(request), request_locale(request)
        found = await db.reading(preparing.picking_list, person, _numbers(numbers), locale, clock.now())
        return _sheet(await asyncio.to_thread(sheets.draw_picking_list, found, locale), "picking")

    @routes.get("/seller/labels.pdf", include_in_schema=False)
    async def parcel_labels(request: Request, numbers: Chosen) -> Response:
        person, locale = await person_of(request), request_locale(request)
        found = await db.reading(preparing.parcel_labels, person, _numbers(numbers), locale)
        return _sheet(await asyncio.to_thread(sheets.draw_parcel_labels, found, locale), "labels")

    @routes.get("/api/v1/lots/{code}/buyers.csv", include_in_schema=False)
    async def buyers_of_lot(request: Request, code: str) -> Response:
        locale = request_locale(request)
        found = await db.reading(recalling.buyers_of_lot, await person_of(request), code, locale)
        return Response(
            recalls.as_csv(found, locale),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="buyers.csv"', "Cache-Control": "no-store"},
        )

    return routes
