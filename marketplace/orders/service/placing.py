"""From a basket to orders: the quote a buyer reviews, and the checkout that accepts exactly that quote."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from sqlmodel import Session

from marketplace.accounts import rules as accounts
from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.crypto import keyed_token, new_code
from marketplace.base.db import add_rows
from marketplace.base.history import record_beginnings
from marketplace.base.inputs import Problems
from marketplace.base.money import show_money
from marketplace.base.quantity import plain_quantity
from marketplace.base.text import normalize
from marketplace.baskets import service as baskets
from marketplace.baskets.rules import BasketEmpty, BasketOrdered
from marketplace.baskets.views import BasketGroup, BasketLineView, BasketView
from marketplace.catalog import stock
from marketplace.contracts import rules as contract_rules
from marketplace.contracts import service as contracts
from marketplace.contracts import template as contract_template
from marketplace.contracts.rules import BuyerParty, ContractDraft, ContractLine, SellerParty
from marketplace.contracts.service import Offered
from marketplace.delivery import service as delivery
from marketplace.delivery.rules import BelowMinimumOrder, MethodUnknown, Place, TooFar, Unreachable, freight_shares
from marketplace.delivery.views import DeliveryOption, SellersOffer
from marketplace.orders.commands import CheckoutCommand, CheckoutDetails
from marketplace.orders.models import CheckoutReplay, OrderCharge, OrderLine, Purchase, SellerOrder
from marketplace.orders.rules import (
    ChargeKind,
    FulfilmentStatus,
    IdempotencyKeyReused,
    OrderStatus,
    PaymentStatus,
    ShopSuspended,
    TermsChanged,
    TermsNotAccepted,
    deadline,
)
from marketplace.orders.service import answering
from marketplace.orders.service.moving import notice
from marketplace.payments import service as payments
from marketplace.payments.rules import METHOD_LABELS as PAYMENT_METHOD_LABELS
from marketplace.payments.rules import PaymentMethod
from marketplace.places import service as places
from marketplace.places.views import CommuneView
from marketplace.sellers import service as sellers
from marketplace.sellers.rules import commission
from marketplace.sellers.views import StoreView
from marketplace.settings import settings


@dataclass(frozen=True, slots=True)
class OrderQuote:
    """What one seller's order would be: goods, ways of delivery, the chosen one, and the whole contract."""

    group: BasketGroup
    store: StoreView
    offer: SellersOffer
    chosen: DeliveryOption
    note: str
    terms: dict[str, Any]
    terms_hash: str

    @property
    def total(self) -> int:
        """Đồng for goods and delivery, at most where goods are still to be weighed."""
        return self.group.goods_total + self.chosen.fee


@dataclass(frozen=True, slots=True)
class Quote:
    """What a checkout would order, with everything the buyer must see before accepting."""

    basket: BasketView
    buyer_phone: str
    commune: CommuneView
    orders: tuple[OrderQuote, ...]

    @property
    def total(self) -> int:
        """Đồng for the whole purchase."""
        return sum(order.total for order in self.orders)

    @property
    def terms_hash(self) -> str:
        """One hash over the contracts of all orders."""
        return contract_rules.combined_hash({order.group.store_slug: order.terms_hash for order in self.orders})


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """One order of a fresh purchase, as the buyer is told."""

    number: str
    total: int
    status: str
    contract: str
    access_key: str
    store: str
    estimated: bool
    """Whether the total is the highest there may be, since some goods are still to be weighed."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A fresh purchase."""

    purchase: str
    orders: tuple[PlacedOrder, ...]

    def as_answer(self) -> dict[str, Any]:
        """The body of the API's answer."""
        return {
            "purchase": self.purchase,
            "orders": [
                {
                    "number": order.number,
                    "total": order.total,
                    "status": order.status,
                    "contract": order.contract,
                    "access_key": order.access_key,
                    "store": order.store,
                    "estimated": order.estimated,
                }
                for order in self.orders
            ],
        }


def access_key(order_number: str) -> str:
    """The secret of an order's private link: made from its number, so that it is stored nowhere."""
    return keyed_token("order", order_number)


def requirements(basket: BasketView, details: CheckoutDetails) -> Problems:
    """All that stands in the way of ordering this basket with these details; the page shows the same list."""
    problems = Problems()
    if not basket.lines:
        problems.found.append(BasketEmpty())
    problems.found.extend(basket.problems)
    with problems.noting():
        accounts.parse_phone(details.buyer.phone, field="buyer.phone")
    if details.buyer.email:
        with problems.noting():
            accounts.parse_email(details.buyer.email, field="buyer.email")
    with problems.noting():
        payments.check_method(details.payment)
    return problems


def quote(session: Session, basket: BasketView, details: CheckoutDetails, now: datetime) -> Quote:
    """Recompute everything a checkout of this basket would order.

    Raises InvalidInputs with every problem and its field.
    """
    problems = requirements(basket, details)
    with problems.noting():
        places.commune(session, details.address.commune, field="address.commune")
    problems.refuse()
    commune = places.commune(session, details.address.commune)
    stores = sellers.stores_by_seller(session, [group.seller_id for group in basket.groups])
    offers = offers_to(session, basket.groups, stores, commune, now)
    phone = accounts.parse_phone(details.buyer.phone, field="buyer.phone")
    offers = _sharing(basket.groups, offers, details.delivery)
    orders = []
    for group in basket.groups:
        with problems.noting():
            store, offer = stores[group.seller_id], offers[group.seller_id]
            chosen = _choose(group, offer, details.delivery.get(group.store_slug))
            if not store.selling:
                # Its goods stay listed for a moment after the decision.
                raise ShopSuspended(field=f"delivery.{group.store_slug}", store=store.name)
            note = details.note.get(group.store_slug, "")
            terms = _terms(group, store, offer.hours, chosen, details, phone, commune, note)
            orders.append(OrderQuote(group, store, offer, chosen, note, terms, contract_rules.terms_hash(terms)))
    problems.refuse()
    return Quote(basket, phone, commune, tuple(orders))


def offers_to(
    session: Session,
    groups: Sequence[BasketGroup],
    stores: Mapping[int, StoreView],
    commune: CommuneView,
    now: datetime,
) -> dict[int, SellersOffer]:
    """How the goods of each seller (by id) can get to a commune, when, and for how much; the first way is what a buyer gets
    who chooses none, and there is none where none reaches.
    """
    parcels = {group.seller_id: _parcel(group, stores[group.seller_id]) for group in groups}
    return delivery.offers(session, parcels, Place(commune.code, commune.province_code), now)


def _parcel(group: BasketGroup, store: StoreView) -> delivery.Parcel:
    return delivery.Parcel(
        Place(store.commune_code, store.province_code),
        group.goods_total,
        group.grams,
        group.reach_hours,
        store.acceptance_hours,
        store.accepts_automatically,
        store.delivery_days,
        group.expected_on,
    )


def review(session: Session, basket_id: str, details: CheckoutDetails, now: datetime) -> Quote:
    """What the buyer would order, to be read and corrected before accepting; raises NotFound, InvalidInputs."""
    return quote(session, baskets.view(session, basket_id, now), details, now)


def place(
    session: Session, person: Person, basket_id: str, command: CheckoutCommand, key: str, now: datetime
) -> dict[str, Any]:
    """Order a basket: all of its orders, contracts, payments and holds in one transaction, or nothing.

    The same `key` and body give the same answer and one set of orders. Raises IdempotencyKeyReused, NotFound,
    BasketOrdered, InvalidInputs, TermsNotAccepted, TermsChanged, OutOfStock.
    """
    body_digest = hashlib.sha256(
        orjson.dumps([basket_id, command.model_dump(mode="json")], option=orjson.OPT_SORT_KEYS)
    ).hexdigest()
    key_digest = hashlib.sha256(f"{basket_id}:{key}".encode()).hexdigest()
    replay = session.get(CheckoutReplay, key_digest)
    if replay is not None:
        return _replayed(replay, body_digest)
    try:
        baskets.claim(session, basket_id, now)
    except BasketOrdered:
        # A twin of this request may have committed while this one waited for the basket's row.
        replay = session.get(CheckoutReplay, key_digest)
        if replay is None:
            raise
        return _replayed(replay, body_digest)
    basket = baskets.view(session, basket_id, now)
    accepted = quote(session, basket, command, now)
    if not command.accepted_terms_hash:
        raise TermsNotAccepted(field="accepted_terms_hash")
    if command.accepted_terms_hash != accepted.terms_hash:
        raise TermsChanged(
            field="accepted_terms_hash", total=show_money(accepted.total), terms_hash=accepted.terms_hash
        )
    purchase = _write_purchase(session, person, accepted, command, now)
    placed = Placed(purchase.number, _write_orders(session, purchase, accepted.orders, now))
    answer = placed.as_answer()
    session.add(
        CheckoutReplay(
            key_digest=key_digest, body_digest=body_digest, purchase_id=purchase.id, answer=answer, created_at=now
        )
    )
    return answer


def _replayed(replay: CheckoutReplay, body_digest: str) -> dict[str, Any]:
    if replay.body_digest != body_digest:
        raise IdempotencyKeyReused(field="Idempotency-Key")
    return replay.answer


def _terms(
    group: BasketGroup,
    store: StoreView,
    hours: int,
    chosen: DeliveryOption,
    details: CheckoutDetails,
    phone: str,
    commune: CommuneView,
    note: str,
) -> dict[str, Any]:
    draft = ContractDraft(
        seller=SellerParty(
            store=store.name,
            legal_name=store.legal_name,
            kind=store.kind.value,
            tax_code=store.tax_code or "",
            address=store.address,
            phone=accounts.show_phone(store.phone),
        ),
        buyer=BuyerParty(
            name=normalize(details.buyer.name),
            phone=accounts.show_phone(phone),
            address=f"{normalize(details.address.street)}, {commune.name}, {commune.province}",
        ),
        lines=tuple(
            ContractLine(
                line.sku,
                line.name,
                plain_quantity(line.quantity),
                line.unit_text,
                line.price,
                line.total,
                line.variant,
                line.expected_on,
                line.piece,
                line.lowest,
            )
            for line in group.lines
        ),
        delivery_code=chosen.code,
        delivery_label=chosen.label,
        delivery_days=chosen.days,
        delivery_when=chosen.when,
        delivery_place=chosen.place,
        delivery_fee=chosen.fee,
        payment_method=details.payment.value,
        payment_label=PAYMENT_METHOD_LABELS[details.payment],
        goods_total=group.goods_total,
        total=group.goods_total + chosen.fee,
        acceptance_hours=hours,
        note=normalize(note),
        kilogram_fee=chosen.kilogram_fee,
        grams=group.grams,
    )
    return contract_rules.build_terms(draft, contract_template.VERSION)


def _sharing(
    groups: Sequence[BasketGroup], offers: Mapping[int, SellersOffer], wanted: Mapping[str, str]
) -> dict[int, SellersOffer]:
    """The offers with the freight of runs shared: paid once a purchase, by weight over the orders that go along.

    What a stop costs an order that does not go along yet is what it would cost if it did.
    """
    aboard: dict[int, dict[int, int]] = {}
    for group in groups:
        for way in offers[group.seller_id].ways:
            if way.run_id and way.code == wanted.get(group.store_slug):
                aboard.setdefault(way.run_id, {})[group.seller_id] = group.grams

    def shared(group: BasketGroup, way: DeliveryOption) -> DeliveryOption:
        if not way.run_id:
            return way
        along = {**aboard.get(way.run_id, {}), group.seller_id: group.grams}
        shares = freight_shares(way.fee, dict(sorted(along.items())))
        return replace(way, fee=shares[group.seller_id])

    return {
        group.seller_id: replace(
            offers[group.seller_id], ways=tuple(shared(group, way) for way in offers[group.seller_id].ways)
        )
        for group in groups
    }


def check_offer(group: BasketGroup, offer: SellersOffer) -> None:
    """Raise TooFar, Unreachable or BelowMinimumOrder for goods that cannot be ordered to where they are wanted."""
    field = f"delivery.{group.store_slug}"
    if not offer.ways and group.reach_hours is not None:
        raise TooFar(field=field, store=group.store_name, hours=group.reach_hours)
    if not offer.ways:
        raise Unreachable(field=field, store=group.store_name)
    if offer.missing:
        minimum, missing = show_money(offer.minimum_order), show_money(offer.missing)
        raise BelowMinimumOrder(field=field, store=group.store_name, minimum=minimum, missing=missing)


def _choose(group: BasketGroup, offer: SellersOffer, wanted: str | None) -> DeliveryOption:
    check_offer(group, offer)
    if wanted is None:
        return offer.ways[0]
    chosen = next((way for way in offer.ways if way.code == wanted), None)
    if chosen is None:
        raise MethodUnknown(field=f"delivery.{group.store_slug}")
    return chosen


def _write_purchase(
    session: Session, person: Person, accepted: Quote, command: CheckoutCommand, now: datetime
) -> Purchase:
    purchase = Purchase(
        number=f"MH-{now:%y%m}-{new_code(7)}",
        basket_id=accepted.basket.id,
        account_id=person.account_id,
        buyer_name=normalize(command.buyer.name),
        buyer_phone=accepted.buyer_phone,
        buyer_email=command.buyer.email or None,
        commune_code=accepted.commune.code,
        commune_name=f"{accepted.commune.name}, {accepted.commune.province}",
        street=normalize(command.address.street),
        payment_method=command.payment,
        total=accepted.total,
        placed_at=now,
    )
    session.add(purchase)
    session.flush()
    return purchase


def _write_orders(
    session: Session, purchase: Purchase, quotes: Sequence[OrderQuote], now: datetime
) -> tuple[PlacedOrder, ...]:
    """Everything that hangs on the orders of a purchase, table by table: their number costs statements, lines do not."""
    orders = [_order(purchase, quoted, now) for quoted in quotes]
    pairs = list(zip(orders, quotes, strict=True))
    stock.hold(session, [_demand(order, quoted) for order, quoted in pairs], now)
    delivery.hold(session, [_claim(order, quoted) for order, quoted in pairs], now)
    session.add_all(orders)
    session.flush()
    add_rows(session, [_order_line(order.id, line) for order, quoted in pairs for line in quoted.group.lines])
    add_rows(session, [charge for order, quoted in pairs for charge in _charges(order.id, quoted)])
    buyer = purchase.account_id
    record_beginnings(session, "order", [order.id for order in orders], OrderStatus.PLACED, now, by_account_id=buyer)
    amounts = {order.id: order.total for order in orders}
    payments.expect(session, amounts, PaymentMethod(purchase.payment_method), now)
    offers = [
        Offered(order.id, order.number, order.seller_id, quoted.terms, quoted.terms_hash, order.accept_by)
        for order, quoted in pairs
    ]
    codes = contracts.offer(session, offers, now, f"account:{buyer}" if buyer else "guest")
    outbox.emit_all(session, "order.placed", [notice(order) for order in orders], now)
    for order, quoted in pairs:
        if quoted.store.accepts_automatically:
            answering.confirm(session, order, None, now)
    return tuple(
        PlacedOrder(
            order.number,
            order.total,
            OrderStatus(order.status).value,
            code,
            access_key(order.number),
            order.store_slug,
            quoted.group.estimated,
        )
        for (order, quoted), code in zip(pairs, codes, strict=True)
    )


def _order(purchase: Purchase, quoted: OrderQuote, now: datetime) -> SellerOrder:
    return SellerOrder(
        number=f"DH-{now:%y%m}-{new_code(7)}",
        purchase_id=purchase.id,
        seller_id=quoted.group.seller_id,
        store_slug=quoted.group.store_slug,
        store_name=quoted.group.store_name,
        status=OrderStatus.PLACED,
        fulfilment_status=FulfilmentStatus.PENDING,
        payment_status=PaymentStatus.PENDING,
        goods_total=quoted.group.goods_total,
        delivery_fee=quoted.chosen.fee,
        total=quoted.total,
        kilogram_fee=quoted.chosen.kilogram_fee,
        parcel_grams=quoted.group.grams,
        delivery_code=quoted.chosen.code,
        delivery_kind=quoted.chosen.kind,
        delivery_place=quoted.chosen.place,
        delivery_hours=quoted.chosen.hours,
        arrives_from=quoted.chosen.first,
        arrives_to=quoted.chosen.last,
        note=quoted.note,
        accept_by=deadline(now, quoted.offer.hours),
        placed_at=now,
    )


def _demand(order: SellerOrder, quoted: OrderQuote) -> stock.Demand:
    quantities: Counter[int] = Counter()
    for line in quoted.group.lines:
        quantities[line.sku_id] += line.quantity
    return stock.Demand(order.number, quantities, order.accept_by)


def _claim(order: SellerOrder, quoted: OrderQuote) -> delivery.Claim:
    field = f"delivery.{quoted.group.store_slug}"
    return delivery.Claim(order.number, quoted.group.grams, quoted.chosen.slots, field, order.seller_id)


def _order_line(order_id: int, line: BasketLineView) -> OrderLine:
    return OrderLine(
        order_id=order_id,
        sku_id=line.sku_id,
        product_slug=line.product_slug,
        name=line.name,
        unit=line.unit,
        price=line.price,
        quantity=line.quantity,
        lightest_grams=line.piece.lightest if line.piece else None,
        heaviest_grams=line.piece.heaviest if line.piece else None,
        total=line.total,
        picture=line.picture,
        variant=line.variant.vi,
        expected_on=line.expected_on,
    )


def _charges(order_id: int, quoted: OrderQuote) -> list[OrderCharge]:
    rate = settings().commission_rate
    return [
        OrderCharge(order_id=order_id, kind=ChargeKind.DELIVERY, amount=quoted.chosen.fee),
        OrderCharge(
            order_id=order_id, kind=ChargeKind.COMMISSION, amount=commission(quoted.group.goods_total, rate), rate=rate
        ),
    ]
