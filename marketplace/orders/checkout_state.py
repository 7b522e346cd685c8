"""Live state of the checkout: details, review of every contract, acceptance."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

import reflex as rx
from pydantic import BeforeValidator, Field, StringConstraints
from sqlmodel import Session

from marketplace.accounts import service as accounts
from marketplace.accounts.views import AddressView
from marketplace.base import clock, db
from marketplace.base.crypto import new_token
from marketplace.base.errors import DomainError, InvalidInputs, NotFound
from marketplace.base.inputs import LARGEST_INTEGER, Payload, parse
from marketplace.base.money import show_money
from marketplace.base.quantity import show_quantity
from marketplace.base.text import Locale, Text
from marketplace.base.web import place_of_cookies
from marketplace.baskets import service as baskets
from marketplace.baskets.rules import BasketEmpty
from marketplace.baskets.views import BasketGroup, BasketLineView
from marketplace.catalog.rules import sum_text
from marketplace.contracts import template as contract_template
from marketplace.orders.commands import CheckoutCommand, CheckoutDetails
from marketplace.orders.limits import limit_checkouts
from marketplace.orders.rules import OrderStatus, TermsChanged, TermsNotAccepted, deadline
from marketplace.orders.service import placing
from marketplace.orders.service.placing import OrderQuote, Quote
from marketplace.orders.service.telling import fee_text, way_detail
from marketplace.orders.views import (
    CheckoutPage,
    ClausePage,
    LineView,
    PlacedPage,
    QuotePage,
    WayPage,
)
from marketplace.places import service as places
from marketplace.places.choosing import ChoosesCommune
from marketplace.ui.live import answering

ANSWER_WITHIN = Text("Người bán trả lời trong {hours} giờ", "The seller answers within {hours} hours")
ANSWERS_BY = Text("{store} trả lời trước {time}", "{store} answers by {time}")
HAS_ACCEPTED = Text("{store} đã nhận đơn, hợp đồng đã giao kết", "{store} has accepted; the contract is concluded")
PICK_FROM_LIST = Text(
    "Gõ vài chữ rồi chọn xã, phường trong danh sách.", "Type a few letters and pick your commune from the list."
)


class WayPicked(Payload):
    """A way of delivery chosen for a seller's order."""

    store: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    code: Annotated[str, StringConstraints(min_length=1, max_length=32)]


class NoteWritten(Payload):
    """A word to a seller."""

    store: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    note: Annotated[str, StringConstraints(max_length=500)]


class Typed(Payload):
    """What the details' form sends, as typed."""

    name: str = ""
    phone: str = ""
    email: str = ""
    street: str = ""
    keep: Annotated[bool, BeforeValidator(bool)] = False


class AddressPicked(Payload):
    """A place of the address book."""

    address_id: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]


class Accepted(Payload):
    """The tick under the contracts."""

    agree: Annotated[bool, BeforeValidator(bool)] = False


class CheckoutState(ChoosesCommune, rx.State):
    """What the checkout page holds; what was typed stays through every step back."""

    page: CheckoutPage = CheckoutPage()
    name: str = ""
    phone: str = ""
    email: str = ""
    street: str = ""
    ways: dict[str, str] = {}
    notes: dict[str, str] = {}
    addresses: tuple[AddressView, ...] = ()
    keep: bool = False
    drawn: int = 0
    """Counts drawings of the inputs: a place that was picked stands in new ones."""
    working: bool = False
    _terms_hash: str = ""
    _key: str = ""
    _basket: str = ""
    _stores: dict[str, tuple[str, int]] = {}
    """Name and hours to answer of each shop, by its slug."""

    @answering
    async def load(self) -> None:
        """Open the page; a purchase just placed stays visible until the page is left."""
        person = await self._enter()
        public_id = await db.reading(baskets.of_visitor, person)
        if self.page.step == "done" and public_id is None:
            self.path = self._here()
            return
        if public_id != self._basket:
            self._basket, self._key, self._terms_hash = public_id or "", new_token(), ""
            self.page = CheckoutPage()
        self.addresses = await db.reading(accounts.my_addresses, person) if person.signed_in else ()
        if self.addresses and not (self.street or self.phone):
            self._take_address(self.addresses[0])
        if not self.name and person.signed_in:
            self.name = person.name
        await self._remember_place()
        if public_id is None:
            self.page = CheckoutPage(step="empty")
        else:
            basket = await db.reading(baskets.view, public_id, clock.now())
            step = "details" if basket.lines else "empty"
            self.page = CheckoutPage(
                step=step,
                goods_total_text=sum_text(basket.goods_total, self._locale(), estimated=basket.estimated),
                estimated=basket.estimated,
                orders=tuple(_goods_page(group, self._locale()) for group in basket.groups),
            )
        self.path = self._here()

    @answering
    async def pick_address(self, address_id: int) -> None:
        """Have it brought to a place of the address book."""
        wanted = parse(AddressPicked, {"address_id": address_id}).address_id
        found = await db.reading(accounts.my_addresses, await self._person())
        picked = next((one for one in found if one.id == wanted), None)
        if picked is None:
            raise NotFound
        self._take_address(picked)

    @answering
    async def review(self, form: dict[str, Any]) -> None:
        """Read what was typed and show every contract as it would be ordered."""
        self._remember(parse(Typed, form))
        await self._quote(await self._visitors_basket())

    @answering
    async def pick_way(self, store: str, code: str) -> None:
        """Choose another way of delivery; totals and contract follow."""
        choice = parse(WayPicked, {"store": store, "code": code})
        self._require_quoted(choice.store)
        self.ways = {**self.ways, choice.store: choice.code}
        await self._quote(await self._visitors_basket())

    @answering
    async def write_note(self, store: str, note: str) -> None:
        """A word to the seller becomes part of the contract shown."""
        written = parse(NoteWritten, {"store": store, "note": note})
        self._require_quoted(written.store)
        self.notes = {**self.notes, written.store: written.note}
        await self._quote(await self._visitors_basket())

    @answering
    async def correct(self) -> None:
        """Back to the details, with everything as it was typed."""
        self.page = self._details_again()
        self._terms_hash = ""

    @answering
    async def order(self, form: dict[str, Any]) -> None:
        """Accept the contracts as shown and order; pressed twice it orders once."""
        if not parse(Accepted, form).agree:
            raise TermsNotAccepted(field="agree")
        person = await self._person()
        await limit_checkouts(self._caller(), person)
        basket = await self._visitors_basket()
        command = CheckoutCommand(**self._details().model_dump(), accepted_terms_hash=self._terms_hash)
        now = clock.now()
        try:
            answer = await db.writing(placing.place, person, basket, command, self._key, now)
        except TermsChanged as changed:
            await self._quote(basket)
            self._show(changed)
            return
        if self.keep and person.signed_in:
            # The order stands whatever becomes of the address book.
            with contextlib.suppress(DomainError):
                draft = accounts.AddressDraft(self.name, self.phone, self.commune, self.street)
                await db.writing(accounts.save_address, person, draft, now)
        self.page = CheckoutPage(
            step="done",
            purchase=answer["purchase"],
            placed=tuple(_placed_page(order, self._stores, now, self._locale()) for order in answer["orders"]),
        )
        self.basket_count = 0

    async def _remember_place(self) -> None:
        """Begin with the commune whose delivery the shopper asked about before, unless one was chosen or typed here."""
        code = "" if self.commune or self.commune_name else place_of_cookies(self._cookie_header())
        place = (await db.reading(places.communes, [code])).get(code) if code else None
        if place is not None:
            self._take_commune(place.code, f"{place.name}, {place.province}")

    def _take_address(self, place: AddressView) -> None:
        self.name, self.phone, self.street = place.name, place.phone_text, place.street
        self._take_commune(place.commune, place.commune_text)
        self.drawn += 1

    def _details_again(self) -> CheckoutPage:
        return replace(self.page, step="details")

    async def _visitors_basket(self) -> str:
        public_id = await db.reading(baskets.of_visitor, await self._person())
        if public_id is None:
            raise BasketEmpty
        return public_id

    def _require_quoted(self, store: str) -> None:
        if store not in self._stores:
            raise NotFound

    def _remember(self, typed: Typed) -> None:
        self.name, self.phone = typed.name[:200], typed.phone[:60]
        self.email, self.street = typed.email[:300], typed.street[:400]
        self.keep = typed.keep

    def _details(self) -> CheckoutDetails:
        return parse(
            CheckoutDetails,
            {
                "buyer": {"name": self.name, "phone": self.phone, "email": self.email.strip() or None},
                "address": {"commune": self.commune, "street": self.street},
                "delivery": dict(self.ways),
                "note": dict(self.notes),
            },
        )

    async def _quote(self, basket: str) -> None:
        locale = self._locale()
        try:
            details = self._details()
        except InvalidInputs as error:
            self._show(error)
            if not self.commune:
                self.problems = {**self.problems, "address.commune": PICK_FROM_LIST.say(locale)}
            return

        def look(session: Session) -> Quote:
            return placing.review(session, basket, details, clock.now())

        try:
            quoted = await db.reading_slowly(look)
        except DomainError:
            if self.page.step == "review":
                self.page = self._details_again()
            raise
        self._terms_hash = quoted.terms_hash
        self._stores = {order.group.store_slug: (order.group.store_name, order.offer.hours) for order in quoted.orders}
        self.page = CheckoutPage(
            step="review",
            goods_total_text=sum_text(quoted.basket.goods_total, locale, estimated=quoted.basket.estimated),
            estimated=quoted.basket.estimated,
            orders=tuple(_quote_page(order, locale) for order in quoted.orders),
            total_text=sum_text(quoted.total, locale, estimated=quoted.basket.estimated),
        )


def _goods_page(group: BasketGroup, locale: Locale) -> QuotePage:
    return QuotePage(
        store_slug=group.store_slug,
        store_name=group.store_name,
        lines=tuple(
            LineView(
                sku=line.sku,
                name=line.full_name.say(locale),
                expected_text=line.expected_text.say(locale),
                quantity_text=show_quantity(line.quantity, locale),
                unit_text=line.unit_text.say(locale),
                price_text=show_money(line.price),
                about_text=_about(line, locale),
                total_text=sum_text(line.total, locale, estimated=line.piece is not None),
                picture=line.picture_url,
            )
            for line in group.lines
        ),
        goods_total_text=sum_text(group.goods_total, locale, estimated=group.estimated),
    )


def _about(line: BasketLineView, locale: Locale) -> str:
    """What a piece weighs and comes to be, where goods are paid by weight."""
    if line.piece is None:
        return ""
    return f"{line.weights_text.say(locale)} × {show_money(line.price)}/kg · {line.about_text.say(locale)}"


def _quote_page(order: OrderQuote, locale: Locale) -> QuotePage:
    return replace(
        _goods_page(order.group, locale),
        ways=tuple(
            WayPage(
                order.group.store_slug,
                way.code,
                way.label.say(locale),
                way_detail(way, locale),
                fee_text(way, locale),
                way.code == order.chosen.code,
            )
            for way in order.offer.ways
        ),
        closed_text=order.offer.closed.say(locale),
        note=order.note,
        delivery_fee_text=show_money(order.chosen.fee),
        total_text=sum_text(order.total, locale, estimated=order.group.estimated),
        acceptance_text=ANSWER_WITHIN.say(locale, hours=order.offer.hours),
        clauses=tuple(
            ClausePage(clause.title, tuple(clause.paragraphs))
            for clause in contract_template.clauses(order.terms, locale)
        ),
    )


def _placed_page(
    order: dict[str, Any], stores: dict[str, tuple[str, int]], now: datetime, locale: Locale
) -> PlacedPage:
    key = order["access_key"]
    store, hours = stores.get(order["store"], (order["store"], 0))
    accepted = order["status"] == OrderStatus.CONFIRMED
    answer = HAS_ACCEPTED if accepted else ANSWERS_BY
    return PlacedPage(
        number=order["number"],
        store=store,
        # Answers given again may be of before goods were weighed.
        total_text=sum_text(order["total"], locale, estimated=order.get("estimated", False)),
        href=f"/orders/{order['number']}?key={key}",
        pdf_href=f"/api/v1/contracts/{order['contract']}/pdf?key={key}",
        contract=order["contract"],
        accepted=accepted,
        answer_text=answer.say(locale, store=store, time=clock.show_time(deadline(now, hours))),
    )
