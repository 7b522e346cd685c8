"""Contracts as readable clauses: the words of their template's version, filled with their terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from marketplace.base.money import round_half_up, show_money
from marketplace.base.quantity import THOUSAND
from marketplace.base.text import Locale, Text
from marketplace.catalog.rules import PieceWeight, weight_text, weights_text
from marketplace.contracts.rules import Clause
from marketplace.contracts.templates import CURRENT, ORDER_TEMPLATES
from marketplace.contracts.templates.shape import OrderTemplate, Section

ANNEX = Text("Phụ lục: cân khi đóng gói", "Annex: weighed when packed")
WEIGHED = Text(
    "{line_goods}: {line_quantity} {line_unit} cân được {weight} × {line_price} một kg = {amount}.",
    "{line_goods}: {line_quantity} {line_unit} weighed {weight} × {line_price} a kilogram = {amount}.",
)
CAPPED = Text(
    "{line_goods}: {line_quantity} {line_unit} cân được {weight}, nặng hơn mức đã ghi; tính bằng mức cao nhất đã thoả thuận: {amount}.",
    "{line_goods}: {line_quantity} {line_unit} weighed {weight}, more than stated; the highest amount agreed counts: {amount}.",
)
FINAL = Text(
    "Tiền hàng theo cân: {goods_total}. Phí giao: {delivery_fee}. Tổng cộng bên mua phải trả: {total} (cao nhất đã thoả thuận: {agreed}).",
    "Goods by weight: {goods_total}. Delivery: {delivery_fee}. Total to be paid by the buyer: {total} (agreed at most: {agreed}).",
)
VERSION = CURRENT
"""The version that new contracts are written in."""


def of_terms(terms: Mapping[str, Any]) -> OrderTemplate:
    """The template that a contract was written in; raises KeyError for a version this code does not know."""
    return ORDER_TEMPLATES[terms["version"]]


def clauses(terms: Mapping[str, Any], locale: Locale) -> list[Clause]:
    """A contract's clauses in one language, for the page and the document."""
    template = of_terms(terms)
    values = _values(template, terms, locale)
    lines = [_line_values(line, locale) for line in terms["lines"]]
    return [
        Clause(f"{number}. {section.title.say(locale)}", tuple(_paragraphs(section, values, lines, locale)))
        for number, section in enumerate(template.sections, start=1)
    ]


def annex(terms: Mapping[str, Any], weighing: Mapping[str, Any], locale: Locale) -> Clause:
    """What goods paid by weight came to, as its evidence keeps it (`weighing.settled`), in one language."""
    found = {line["sku"]: line for line in weighing["lines"]}
    paragraphs = []
    for line in terms["lines"]:
        if line["sku"] in found:
            grams, amount = found[line["sku"]]["grams"], found[line["sku"]]["amount"]
            words = CAPPED if amount < round_half_up(line["price"] * grams, THOUSAND) else WEIGHED
            values = {"weight": weight_text(grams).say(locale), "amount": show_money(amount)}
            paragraphs.append(words.say(locale, **_line_values(line, locale), **values))
    sums = {name: show_money(weighing[name]) for name in ("goods_total", "delivery_fee", "total")}
    paragraphs.append(FINAL.say(locale, **sums, agreed=show_money(terms["total"])))
    return Clause(ANNEX.say(locale), tuple(paragraphs))


def _paragraphs(
    section: Section, values: Mapping[str, object], lines: list[dict[str, object]], locale: Locale
) -> Iterator[str]:
    for paragraph in section.paragraphs:
        for filling in lines if paragraph.each_line else [values]:
            if paragraph.only_with and not filling[paragraph.only_with]:
                continue
            yield paragraph.text.say(locale, **filling)


def _values(template: OrderTemplate, terms: Mapping[str, Any], locale: Locale) -> dict[str, object]:
    seller, buyer, delivery = terms["seller"], terms["buyer"], terms["delivery"]
    kind = dict(template.seller_kinds).get(seller["kind"])
    weighed = any(line.get("weighed") for line in terms["lines"])
    return {
        **{f"seller_{name}": seller[name] for name in ("legal_name", "store", "tax_code", "address", "phone")},
        "seller_kind": kind.say(locale) if kind else seller["kind"],
        **{f"buyer_{name}": buyer[name] for name in ("name", "phone", "address")},
        "goods_total": show_money(terms["goods_total"]),
        "delivery_label": delivery["label"][locale],
        "delivery_days": delivery["days"][locale],
        "delivery_fee": show_money(delivery["fee"]),
        "delivery_when": delivery.get("when", {}).get(locale, ""),
        "delivery_place": delivery.get("place", ""),
        "payment_label": terms["payment"]["label"][locale],
        "total": show_money(terms["total"]),
        "acceptance_hours": terms["acceptance_hours"],
        "note": terms["note"],
        # Words for paragraphs that are said only of such goods, or only of others.
        "weighed": weighed,
        "counted": not weighed,
        "brought": not delivery.get("place"),
        "lighter": weighed and delivery["fee"] and delivery["kilogram_fee"],
        "kilogram_fee": show_money(delivery.get("kilogram_fee", 0)),
    }


def _line_values(line: Mapping[str, Any], locale: Locale) -> dict[str, object]:
    variant, expected_on = line.get("variant", {}).get(locale), line.get("expected_on")
    weighed = line.get("weighed")
    piece = PieceWeight(weighed["from_grams"], weighed["to_grams"]) if weighed else None
    return {
        "line_name": line["name"],
        "line_goods": f"{line['name']} – {variant}" if variant else line["name"],
        "line_expected": date.fromisoformat(expected_on).strftime("%d/%m/%Y") if expected_on else "",
        "line_quantity": line["quantity"] if locale == "en" else line["quantity"].replace(".", ","),
        "line_unit": line["unit"][locale],
        "line_price": show_money(line["price"]),
        "line_total": show_money(line["total"]),
        "line_weighed": piece is not None,
        "line_counted": piece is None,
        "line_weights": weights_text(piece).say(locale) if piece else "",
        "line_lowest": show_money(weighed["lowest"]) if weighed else "",
    }
