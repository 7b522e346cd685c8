"""The invented history read a second time, with arithmetic and hashes of its own, against what the services promise.

Nothing here uses the functions that wrote the rows: sums are made with decimals, contracts hashed with the standard
library, moves walked one by one. In the end the real use cases carry the invented orders on.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session

from marketplace.accounts.rules import parse_phone
from marketplace.base.text import slugify
from marketplace.catalog.rules import PRODUCT_MOVES
from marketplace.catalog.service.attributes import attributes_of
from marketplace.contracts import service as contracts
from marketplace.contracts.rules import CONTRACT_MOVES
from marketplace.demo.accounts import DEMO_ACCOUNTS
from marketplace.ledger import service as ledger
from marketplace.lots.rules import LOT_MOVES
from marketplace.orders.rules import FULFILMENT_MOVES, ORDER_MOVES, FulfilmentStatus
from marketplace.orders.service import answering, fulfilling
from marketplace.payments.rules import PAYMENT_MOVES
from marketplace.sellers.rules import SELLER_MOVES, SellerKind, parse_tax_code
from marketplace.tables import metadata
from tests.demo.conftest import NOW, PLAN
from tests.factories import make_person

MINUTE = timedelta(minutes=1)

Row = Mapping[str, Any]


def rows(session: Session, table: str) -> list[Row]:
    """All rows of a table, in the order they were written."""
    found = metadata.tables[table]
    return [dict(row) for row in session.execute(select(found).order_by(*found.primary_key)).mappings()]


def by(rows_: list[Row], column: str) -> dict[Any, Row]:
    """Rows by a column that tells them apart."""
    found = {row[column]: row for row in rows_}
    assert len(found) == len(rows_), f"{column} is not unique"
    return found


def grouped(rows_: list[Row], column: str) -> dict[Any, list[Row]]:
    """Rows by a column that they share."""
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows_:
        found[row[column]].append(row)
    return found


def half_up(value: Decimal) -> int:
    """Whole đồng, half up."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def asked(sku: Row, quantity: int, at: datetime) -> int:
    """What a variant costs at a moment: the lowest of its regular price, its sale, and what its quantity earns."""
    on_sale = sku["sale_price"] and sku["sale_since"] <= at < sku["sale_until"]
    earned = [price for least, price in sku["tiers"] if quantity >= least]
    return int(min([sku["price"], *([sku["sale_price"]] if on_sale else []), *earned]))


def at_most(line: Row) -> int:
    """What a line was said to cost at most."""
    heaviest = line["heaviest_grams"] or 1000
    return half_up(Decimal(line["price"]) * line["quantity"] * heaviest / 1_000_000)


def agreed_goods(lines: list[Row]) -> int:
    """What the goods of an order were said to cost at most."""
    return sum(at_most(line) for line in lines)


def test_as_much_is_there_as_was_asked_for(seeded: Session) -> None:
    assert [len(rows(seeded, table)) for table in ("seller", "store", "product", "seller_order", "contract")] == [
        PLAN.sellers,
        PLAN.sellers,
        PLAN.products,
        PLAN.orders,
        PLAN.orders,
    ]


def test_lines_orders_and_purchases_add_up(seeded: Session) -> None:
    lines, charges = grouped(rows(seeded, "order_line"), "order_id"), grouped(rows(seeded, "order_charge"), "order_id")
    orders = rows(seeded, "seller_order")
    for order in orders:
        for line in lines[order["id"]]:
            to_weigh = line["heaviest_grams"] is not None and order["fulfilment_status"] != "pending"
            assert (line["grams_final"] is not None) == to_weigh
            weighed = half_up(Decimal(line["price"]) * (line["grams_final"] or 0) / 1000)
            assert line["total"] == (min(weighed, at_most(line)) if to_weigh else at_most(line))
        assert order["goods_total"] == sum(line["total"] for line in lines[order["id"]]) > 0
        assert order["total"] == order["goods_total"] + order["delivery_fee"]
        amounts = {charge["kind"]: charge for charge in charges[order["id"]]}
        weighed = any(line["grams_final"] for line in lines[order["id"]])
        kinds = {"goods_weighed", "delivery_weighed", "commission_weighed"} if weighed else set()
        assert set(amounts) == {"delivery", "commission"} | kinds
        assert len(charges[order["id"]]) == len(amounts)

        def charged(*of: str, amounts: dict[str, Row] = amounts) -> int:
            return sum(amounts[kind]["amount"] for kind in of if kind in amounts)

        agreed = agreed_goods(lines[order["id"]])
        assert charged("delivery", "delivery_weighed") == order["delivery_fee"]
        assert agreed + charged("goods_weighed") == order["goods_total"]
        assert all(amounts[kind]["amount"] <= 0 for kind in kinds)
        rate = Decimal(amounts["commission"]["rate"])
        assert charged("commission") == half_up(agreed * rate / 10_000)
        assert charged("commission", "commission_weighed") == half_up(order["goods_total"] * rate / 10_000)
    of_purchase = grouped(orders, "purchase_id")
    purchases = rows(seeded, "purchase")
    assert set(of_purchase) == {purchase["id"] for purchase in purchases}
    for purchase in purchases:
        parts = of_purchase[purchase["id"]]
        assert purchase["total"] == sum(order["total"] for order in parts)
        assert {order["placed_at"] for order in parts} == {purchase["placed_at"]}
        assert len({order["seller_id"] for order in parts}) == len(parts)


def test_a_line_is_what_its_product_says_and_in_its_steps(seeded: Session) -> None:
    products, skus = by(rows(seeded, "product"), "id"), by(rows(seeded, "sku"), "id")
    orders = by(rows(seeded, "seller_order"), "id")
    for line in rows(seeded, "order_line"):
        sku = skus[line["sku_id"]]
        product = products[sku["product_id"]]
        assert (line["name"], line["product_slug"], line["unit"], line["picture"]) == (
            product["name"],
            product["slug"],
            sku["unit"],
            product["picture"],
        )
        assert line["price"] == asked(sku, line["quantity"], orders[line["order_id"]]["placed_at"])
        several = sum(other["product_id"] == product["id"] for other in skus.values()) > 1
        assert bool(line["variant"]) == several
        assert line["quantity"] >= sku["minimum"]
        assert line["quantity"] % sku["step"] == 0
        assert product["seller_id"] == orders[line["order_id"]]["seller_id"]
        assert product["published_at"] <= orders[line["order_id"]]["placed_at"], "sold before it was offered"


def test_a_basket_holds_what_its_purchase_ordered(seeded: Session) -> None:
    purchase_of = {row["id"]: row["purchase_id"] for row in rows(seeded, "seller_order")}
    basket_of = {row["id"]: row["basket_id"] for row in rows(seeded, "purchase")}
    ordered = Counter(
        (basket_of[purchase_of[line["order_id"]]], line["sku_id"], line["quantity"])
        for line in rows(seeded, "order_line")
    )
    laid = Counter((line["basket_id"], line["sku_id"], line["quantity"]) for line in rows(seeded, "basket_line"))
    assert laid == ordered
    assert set(laid.values()) == {1}
    assert {row["id"] for row in rows(seeded, "basket")} == set(basket_of.values())


def test_the_fee_is_what_the_sellers_way_of_delivery_costs(seeded: Session) -> None:
    ways = {(way["seller_id"], way["code"]): way for way in rows(seeded, "delivery_method")}
    skus, lines = by(rows(seeded, "sku"), "id"), grouped(rows(seeded, "order_line"), "order_id")
    communes = by(rows(seeded, "commune"), "code")
    sellers, purchases = by(rows(seeded, "seller"), "id"), by(rows(seeded, "purchase"), "id")
    for order in rows(seeded, "seller_order"):
        way = ways[order["seller_id"], order["delivery_code"]]
        assert way["kind"] == order["delivery_kind"]
        grams = sum(
            half_up(Decimal(skus[line["sku_id"]]["unit_grams"]) * line["quantity"] / 1000)
            for line in lines[order["id"]]
        )
        assert (order["parcel_grams"], order["kilogram_fee"]) == (grams, way["kilogram_fee"])
        free = way["free_above"] is not None and agreed_goods(lines[order["id"]]) >= way["free_above"]
        # What weighs less than it might have costs less to send, never more.
        lighter = sum(
            line["grams_final"] - line["heaviest_grams"] * line["quantity"] // 1000
            for line in lines[order["id"]]
            if line["grams_final"]
        )
        kilograms = max(1, (min(grams, grams + lighter) + 999) // 1000)
        assert order["delivery_fee"] == (0 if free else way["base_fee"] + way["kilogram_fee"] * (kilograms - 1))
        to = communes[purchases[order["purchase_id"]]["commune_code"]]["province_code"]
        if way["zone"] == "province":
            assert to == communes[sellers[order["seller_id"]]["commune_code"]]["province_code"]


def test_each_order_has_one_payment_and_money_moves_only_when_it_is_completed(seeded: Session) -> None:
    found = grouped(rows(seeded, "payment"), "order_id")
    transactions = by(rows(seeded, "ledger_transaction"), "order_id")
    entries = grouped(rows(seeded, "ledger_entry"), "transaction_id")
    commission: Counter[int] = Counter()
    for charge in rows(seeded, "order_charge"):
        commission[charge["order_id"]] += charge["amount"] if charge["kind"].startswith("commission") else 0
    states = {"placed": "pending", "confirmed": "pending", "canceled": "canceled", "expired": "expired"}
    for order in rows(seeded, "seller_order"):
        (payment,) = found[order["id"]]
        assert payment["amount"] == order["total"]
        assert payment["state"] == states.get(order["status"], "confirmed")
        assert payment["confirmed_at"] == order["completed_at"]
        paid = {"placed": "pending", "confirmed": "pending", "completed": "paid"}.get(order["status"], "none")
        assert order["payment_status"] == paid
        transaction = transactions.pop(order["id"], None)
        assert (transaction is not None) == (order["status"] == "completed")
        if transaction is None:
            continue
        assert transaction["occurred_at"] == order["completed_at"]
        assert transaction["key"] == f"cash-collected:{order['number']}"
        share = commission[order["id"]]
        sides = {(entry["account"], entry["seller_id"]): entry["amount"] for entry in entries[transaction["id"]]}
        assert sum(sides.values()) == 0
        assert sides == {
            key: amount
            for key, amount in {
                ("cash_with_seller", order["seller_id"]): order["total"],
                ("seller_earnings", order["seller_id"]): share - order["total"],
                ("commission_income", None): -share,
            }.items()
            if amount
        }
    assert not transactions


def test_stock_is_promised_exactly_to_the_orders_that_wait_for_it(seeded: Session) -> None:
    level_of = {level["sku_id"]: level["id"] for level in rows(seeded, "stock_level")}
    holds = rows(seeded, "stock_hold")
    of_order = grouped(holds, "reference")
    lines = grouped(rows(seeded, "order_line"), "order_id")
    for order in rows(seeded, "seller_order"):
        wanted = Counter({level_of[line["sku_id"]]: line["quantity"] for line in lines[order["id"]]})
        assert wanted == Counter({hold["stock_level_id"]: hold["quantity"] for hold in of_order[order["number"]]})
        expected = {"placed": "held", "confirmed": "allocated"}.get(order["status"], "released")
        if order["shipped_at"] is not None:
            expected = "returned" if order["fulfilment_status"] == "returned" else "consumed"
        assert {hold["state"] for hold in of_order[order["number"]]} == {expected}
        assert {hold["closed_at"] is None for hold in of_order[order["number"]]} == {expected in {"held", "allocated"}}
        assert {hold["expires_at"] for hold in of_order[order["number"]]} == {order["accept_by"]}
    for level in rows(seeded, "stock_level"):
        mine = [hold for hold in holds if hold["stock_level_id"] == level["id"]]
        for state in ("held", "allocated"):
            assert level[state] == sum(hold["quantity"] for hold in mine if hold["state"] == state)
        assert 0 <= level["held"] + level["allocated"] <= level["on_hand"]


def test_what_was_sold_counts_for_popularity(seeded: Session) -> None:
    done = {order["id"] for order in rows(seeded, "seller_order") if order["status"] == "completed"}
    product_of = {sku["id"]: sku["product_id"] for sku in rows(seeded, "sku")}
    sold: Counter[int] = Counter()
    for line in rows(seeded, "order_line"):
        sold[product_of[line["sku_id"]]] += line["quantity"] if line["order_id"] in done else 0
    for product in rows(seeded, "product"):
        assert (product["sold"], product["popularity"]) == (sold[product["id"]], sold[product["id"]])


def canonical(value: object) -> bytes:
    """RFC 8785 for texts, whole numbers, lists and maps."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_every_contract_says_what_was_ordered_and_its_evidence_is_an_unbroken_chain(seeded: Session) -> None:
    orders, purchases = by(rows(seeded, "seller_order"), "id"), by(rows(seeded, "purchase"), "id")
    sellers, stores = by(rows(seeded, "seller"), "id"), by(rows(seeded, "store"), "seller_id")
    lines, events = (
        grouped(rows(seeded, "order_line"), "order_id"),
        grouped(rows(seeded, "contract_event"), "contract_id"),
    )
    skus = by(rows(seeded, "sku"), "id")
    for contract in by(rows(seeded, "contract"), "order_id").values():
        order, terms = orders[contract["order_id"]], contract["terms"]
        purchase, seller = purchases[order["purchase_id"]], sellers[order["seller_id"]]
        assert hashlib.sha256(canonical(terms)).hexdigest() == contract["terms_hash"]
        assert terms["version"] == contract["template_version"]
        mine = lines[order["id"]]
        weighed = any(line["grams_final"] for line in mine)
        assert contract["total"] == terms["total"] == terms["goods_total"] + terms["delivery"]["fee"]
        assert terms["goods_total"] == agreed_goods(mine)
        if not weighed:
            assert (terms["delivery"]["fee"], terms["total"]) == (order["delivery_fee"], order["total"])
        assert contract["final_total"] == (order["total"] if weighed else None)
        assert [(line["sku"], Decimal(line["quantity"]), line["price"], line["total"]) for line in terms["lines"]] == [
            (skus[line["sku_id"]]["code"], Decimal(line["quantity"]) / 1000, line["price"], at_most(line))
            for line in mine
        ]
        assert terms["buyer"]["name"] == purchase["buyer_name"]
        assert terms["buyer"]["address"] == f"{purchase['street']}, {purchase['commune_name']}"
        assert terms["buyer"]["phone"].replace(" ", "") == purchase["buyer_phone"].replace("+84", "0")
        assert terms["seller"]["legal_name"] == seller["legal_name"]
        assert terms["seller"]["tax_code"] == (seller["tax_code"] or "")
        assert terms["seller"]["store"] == stores[seller["id"]]["name"]
        assert terms["acceptance_hours"] == seller["acceptance_hours"]
        assert (terms["delivery"]["method"], terms["note"]) == (order["delivery_code"], order["note"])
        assert (contract["offered_at"], contract["lapses_at"]) == (order["placed_at"], order["accept_by"])
        assert contract["concluded_at"] == order["confirmed_at"]
        chain_holds(contract, events[contract["id"]])
        kinds = [event["kind"] for event in events[contract["id"]]]
        accepted = ["accepted_by_seller"] if order["confirmed_at"] else []
        ends = {
            "completed": ["performed"],
            "expired": ["lapsed"],
            "canceled": ["terminated" if order["confirmed_at"] else "lapsed"],
        }
        put_on_scales = ["weighed"] if weighed else []
        assert kinds == ["shown", "accepted_by_buyer", *accepted, *put_on_scales, *ends.get(order["status"], [])]


def chain_holds(contract: Row, events: list[Row]) -> None:
    """Recompute each entry's hash over the one before."""
    previous = "0" * 64
    for number, event in enumerate(events, start=1):
        assert (event["sequence"], event["previous_hash"]) == (number, previous)
        body = {
            "contract": contract["code"],
            "sequence": number,
            "kind": event["kind"],
            "at": event["at"].astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": event["actor"],
            "detail": event["detail"],
            "previous": previous,
        }
        previous = hashlib.sha256(canonical(body)).hexdigest()
        assert event["hash"] == previous
        assert event["detail"]["terms_hash"] == contract["terms_hash"]


MACHINES: dict[str, tuple[str, str, Mapping[Any, frozenset[Any]], str | None]] = {
    "order": ("seller_order", "status", ORDER_MOVES, None),
    "fulfilment": ("seller_order", "fulfilment_status", FULFILMENT_MOVES, "pending"),
    "payment": ("payment", "state", PAYMENT_MOVES, "created"),
    "contract": ("contract", "state", CONTRACT_MOVES, None),
    "seller": ("seller", "status", SELLER_MOVES, None),
    "product": ("product", "status", PRODUCT_MOVES, None),
    "lot": ("lot", "state", LOT_MOVES, None),
}
"""Where each machine's present state lies, its table of moves, and the state its first recorded move comes from."""


@pytest.mark.parametrize("subject", list(MACHINES))
def test_every_state_was_reached_by_allowed_moves_in_the_order_of_time(seeded: Session, subject: str) -> None:
    table, column, allowed, first = MACHINES[subject]
    moves = grouped([move for move in rows(seeded, "transition") if move["subject"] == subject], "subject_id")
    reachable: set[tuple[str, str]] = {(before, after) for before, afters in allowed.items() for after in afters}
    present = by(rows(seeded, table), "id")
    assert set(moves) <= set(present)
    for row in present.values():
        state, at = first, datetime.min.replace(tzinfo=UTC)
        for move in moves[row["id"]]:
            assert move["from_state"] == state
            assert state is None or (state, move["to_state"]) in reachable
            assert at <= move["at"] <= NOW
            state, at = move["to_state"], move["at"]
        assert state == row[column]


def test_there_is_no_move_of_anything_else(seeded: Session) -> None:
    assert {move["subject"] for move in rows(seeded, "transition")} == set(MACHINES)


def test_the_moments_of_an_order_are_those_of_its_moves_and_of_people_who_could_make_them(seeded: Session) -> None:
    moves: dict[tuple[str, int, str], Row] = {
        (move["subject"], move["subject_id"], move["to_state"]): move for move in rows(seeded, "transition")
    }
    owners = {member["seller_id"]: member["account_id"] for member in rows(seeded, "seller_member")}
    sellers = by(rows(seeded, "seller"), "id")
    purchases = by(rows(seeded, "purchase"), "id")
    for order in rows(seeded, "seller_order"):

        def at(subject: str, state: str, order: Row = order) -> datetime | None:
            move = moves.get((subject, order["id"], state))
            return move["at"] if move else None

        assert order["placed_at"] == at("order", "placed")
        assert order["confirmed_at"] == at("order", "confirmed")
        assert order["completed_at"] == at("order", "completed")
        assert order["shipped_at"] == (at("fulfilment", "shipped") or at("fulfilment", "ready_for_pickup"))
        assert order["delivered_at"] == at("fulfilment", "delivered")
        reached = [
            order[name]
            for name in ("placed_at", "confirmed_at", "shipped_at", "delivered_at", "completed_at")
            if order[name] is not None
        ]
        assert reached == sorted(reached)
        assert reached[-1] <= NOW
        seller = sellers[order["seller_id"]]
        assert seller["status"] == "approved"
        assert seller["decided_at"] <= order["placed_at"], "sold before the shop was approved"
        assert order["accept_by"] - order["placed_at"] == timedelta(hours=seller["acceptance_hours"])
        if seller["accepts_automatically"]:
            assert order["confirmed_at"] == order["placed_at"]
        if order["confirmed_at"]:
            assert order["confirmed_at"] < order["accept_by"]
            by_whom = moves["order", order["id"], "confirmed"]["by_account_id"]
            assert by_whom == (None if seller["accepts_automatically"] else owners[seller["id"]])
        assert moves["order", order["id"], "placed"]["by_account_id"] == purchases[order["purchase_id"]]["account_id"]
        assert (order["closed_reason"] is not None) == (order["status"] in {"canceled", "expired"})


def test_the_last_days_have_orders_at_every_step(seeded: Session) -> None:
    orders = rows(seeded, "seller_order")
    seen = {(order["status"], order["fulfilment_status"]) for order in orders}
    assert {
        ("placed", "pending"),
        ("confirmed", "pending"),
        ("confirmed", "packed"),
        ("confirmed", "shipped"),
        ("confirmed", "delivered"),
        ("completed", "delivered"),
        ("canceled", "pending"),
        ("expired", "pending"),
    } <= seen
    waiting = [order for order in orders if order["status"] == "placed"]
    assert all(order["accept_by"] > NOW for order in waiting)
    assert min(order["placed_at"] for order in orders) < NOW - timedelta(days=360)


def test_the_demo_seller_has_goods_to_weigh_at_every_step(seeded: Session) -> None:
    seller = person(seeded, "seller")
    to_weigh = {line["order_id"] for line in rows(seeded, "order_line") if line["heaviest_grams"]}
    mine = [order for order in rows(seeded, "seller_order") if order["seller_id"] in seller.seller_ids]
    assert set(NEXT) - {("confirmed", "ready_for_pickup"), ("confirmed", "shipped")} <= {
        state(order) for order in mine if order["id"] in to_weigh
    }


def test_people_and_places_are_ones_the_app_would_take(seeded: Session) -> None:
    communes = by(rows(seeded, "commune"), "code")
    sellers = rows(seeded, "seller")
    for seller in sellers:
        assert parse_phone(seller["phone"]) == seller["phone"]
        assert parse_tax_code(seller["tax_code"] or "", SellerKind(seller["kind"])) == seller["tax_code"]
        assert communes[seller["commune_code"]]["province_code"] == "92"
        assert seller["applied_at"] <= (seller["decided_at"] or NOW) <= NOW
    codes = [seller["tax_code"] for seller in sellers if seller["tax_code"]]
    assert len(set(codes)) == len(codes)
    assert {seller["kind"] for seller in sellers} == {kind.value for kind in SellerKind}
    for purchase in rows(seeded, "purchase"):
        assert parse_phone(purchase["buyer_phone"]) == purchase["buyer_phone"]
        assert purchase["commune_name"].startswith(communes[purchase["commune_code"]]["name"])
    accounts = rows(seeded, "account")
    phones = [account["phone"] for account in accounts if account["phone"]]
    assert len(set(phones)) == len(phones)


def test_goods_stand_in_the_tree_with_one_unit_to_sell_and_addresses_of_their_own(seeded: Session) -> None:
    categories, stores = by(rows(seeded, "category"), "id"), by(rows(seeded, "store"), "id")
    sellers, communes = by(rows(seeded, "seller"), "id"), by(rows(seeded, "commune"), "code")
    products = rows(seeded, "product")
    variants = grouped(rows(seeded, "sku"), "product_id")
    skus = by([row for row in rows(seeded, "sku") if row["leads"]], "product_id")
    levels = by(rows(seeded, "stock_level"), "sku_id")
    assert set(skus) == set(variants) == {product["id"] for product in products}
    assert set(levels) == {sku["id"] for several in variants.values() for sku in several}
    assert {len(several) for several in variants.values()} > {1, 2}
    by(products, "slug")
    by(products, "name")
    pictures = grouped(rows(seeded, "product_picture"), "product_id")
    for product in products:
        category, store = categories[product["category_id"]], stores[product["store_id"]]
        assert category["parent_id"] is not None
        while category["parent_id"] is not None:
            category = categories[category["parent_id"]]
        assert category["id"] == product["top_category_id"]
        assert set(product["attributes"]) <= {
            attribute.key for attribute in attributes_of(seeded, product["category_id"])
        }
        assert product["slug"].startswith(slugify(product["name"], 80)[:60])
        assert (product["store_slug"], product["store_name"]) == (store["slug"], store["name"])
        seller = sellers[product["seller_id"]]
        assert store["seller_id"] == seller["id"]
        assert product["commune_code"] == seller["commune_code"]
        assert product["commune_name"] == communes[seller["commune_code"]]["name"]
        assert product["listed"] == (product["status"] == "active" and seller["status"] == "approved")
        assert len(product["description"]) > 40
        assert 500 <= product["price"] <= 500_000_000
        positions = [picture["position"] for picture in pictures[product["id"]]]
        assert positions == list(range(len(positions)))
        assert product["picture"] == pictures[product["id"]][0]["key"]
        sku = skus[product["id"]]
        now_asked = asked(sku, sku["minimum"], PLAN.now)
        assert product["price"] == half_up(Decimal(now_asked) * (sku["heaviest_grams"] or 1000) / 1000)
        assert product["unit"] == sku["unit"]
        assert [one["position"] for one in variants[product["id"]]] == list(range(len(variants[product["id"]])))
        assert sku["minimum"] % sku["step"] == 0
        if sku["step"] < 1000:
            assert (product["unit"], sku["step"]) == ("kg", 500)


def person(session: Session, key: str, now: datetime = NOW) -> Any:
    """A demo account as it acts."""
    wanted = next(account for account in DEMO_ACCOUNTS if account.key == key)
    (found,) = [
        account
        for account in rows(session, "account")
        if (wanted.phone or wanted.email) in {account["phone"], account["email"]}
    ]
    return make_person(session, found["id"], now)


def state(order: Row) -> tuple[str, str]:
    """Where an order stands."""
    return str(order["status"]), str(order["fulfilment_status"])


class Step(StrEnum):
    """Use cases by which a seller carries an order on."""

    ACCEPT = "accept"
    PACK = "pack"
    SEND = "send"
    HAND_OVER = "hand over"
    COLLECT = "collect"


NEXT = {
    ("placed", "pending"): Step.ACCEPT,
    ("confirmed", "pending"): Step.PACK,
    ("confirmed", "packed"): Step.SEND,
    ("confirmed", "shipped"): Step.HAND_OVER,
    ("confirmed", "ready_for_pickup"): Step.HAND_OVER,
    ("confirmed", "delivered"): Step.COLLECT,
}


def carry_on(session: Session, seller: Any, order: Row, now: datetime) -> None:
    """Do what comes next with an order, as its seller."""
    pickup = order["delivery_kind"] == "pickup"
    leaves = FulfilmentStatus.READY_FOR_PICKUP if pickup else FulfilmentStatus.SHIPPED
    targets = {Step.PACK: FulfilmentStatus.PACKED, Step.SEND: leaves, Step.HAND_OVER: FulfilmentStatus.DELIVERED}
    step = NEXT[state(order)]
    if step is Step.ACCEPT:
        answering.accept(session, seller, order["number"], now)
    elif step is Step.COLLECT:
        fulfilling.collect_cash(session, seller, order["number"], now)
    else:
        weights = {
            line["id"]: line["heaviest_grams"] * line["quantity"] // 1000 - 50
            for line in rows(session, "order_line")
            if line["order_id"] == order["id"] and line["heaviest_grams"] and step is Step.PACK
        }
        fulfilling.advance(session, seller, order["number"], targets[step], now, weights=weights)
    session.flush()


def test_the_demo_seller_carries_every_open_order_to_its_end(seeded: Session) -> None:
    seller = person(seeded, "seller")
    mine = [order for order in rows(seeded, "seller_order") if order["seller_id"] in seller.seller_ids]
    begun = {state(order) for order in mine if state(order) in NEXT}
    assert {step for stood, step in NEXT.items() if stood in begun} == set(Step), "an order waits at every step"
    now = NOW
    for _ in Step:
        now += MINUTE
        for order in rows(seeded, "seller_order"):
            if order["seller_id"] in seller.seller_ids and state(order) in NEXT:
                carry_on(seeded, seller, order, now)
    ended = [order for order in rows(seeded, "seller_order") if order["seller_id"] in seller.seller_ids]
    assert {order["status"] for order in ended} <= {"completed", "canceled", "expired", "confirmed"}
    assert all(order["fulfilment_status"] == "failed" for order in ended if order["status"] == "confirmed")
    assert ledger.unbalanced_transactions(seeded) == []
    assert list(contracts.faults(seeded)) == []


def test_unanswered_orders_lapse_in_time_and_leave_no_stock_held(seeded: Session) -> None:
    waiting = [order for order in rows(seeded, "seller_order") if order["status"] == "placed"]
    assert waiting
    assert answering.due(seeded, NOW) == []
    later = NOW + timedelta(days=7)
    overdue = answering.due(seeded, later, limit=1000)
    assert len(overdue) == len(waiting)
    assert all(answering.expire(seeded, number, later) for number in overdue)
    seeded.flush()
    assert {level["held"] for level in rows(seeded, "stock_level")} == {0}


def test_reviews_are_of_received_goods_and_every_counter_agrees_with_them(seeded: Session) -> None:
    lines, orders = by(rows(seeded, "order_line"), "id"), by(rows(seeded, "seller_order"), "id")
    written = rows(seeded, "review")
    assert 0.3 < len(written) / sum(orders[line["order_id"]]["status"] == "completed" for line in lines.values()) < 0.5
    skus = by(rows(seeded, "sku"), "id")
    for review in written:
        line = lines[review["order_line_id"]]
        order = orders[line["order_id"]]
        assert order["completed_at"] < review["written_at"] < NOW
        assert review["seller_id"] == order["seller_id"]
        assert review["product_id"] == skus[line["sku_id"]]["product_id"]
    answers = rows(seeded, "review_answer")
    moments = {review["id"]: review["written_at"] for review in written}
    assert answers
    assert all(moments[answer["review_id"]] < answer["written_at"] < NOW for answer in answers)
    counted = Counter((review["product_id"], review["stars"]) for review in written)
    assert {(row["product_id"], row["stars"]): row["number"] for row in rows(seeded, "review_count")} == counted
    for table, key in (("product", "product_id"), ("store", "seller_id")):
        theirs = grouped(written, key)
        for row in rows(seeded, table):
            stars = [review["stars"] for review in theirs[row["id" if table == "product" else "seller_id"]]]
            assert (row["rating_count"], row["rating_sum"]) == (len(stars), sum(stars))


def test_followers_are_counted_and_shops_present_themselves(seeded: Session) -> None:
    follows = Counter(row["store_id"] for row in rows(seeded, "follow"))
    stores = rows(seeded, "store")
    assert {row["id"]: row["followers"] for row in stores if row["followers"]} == follows
    assert len({row["theme"] for row in stores}) > 2
    assert all(row["banner"] for row in stores)
    assert rows(seeded, "store_section")
    chosen = {row["product_id"] for row in rows(seeded, "store_section_product")}
    assert chosen <= {row["id"] for row in rows(seeded, "product") if row["listed"]}
