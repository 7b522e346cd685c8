"""Contracts as readable clauses: the words of their template's version, filled with their terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from marketplace.base.money import show_money
from marketplace.base.text import Locale
from marketplace.contracts.rules import Clause
from marketplace.contracts.templates import CURRENT, ORDER_TEMPLATES
from marketplace.contracts.templates.shape import OrderTemplate, Section

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
    return {
        **{f"seller_{name}": seller[name] for name in ("legal_name", "store", "tax_code", "address", "phone")},
        "seller_kind": kind.say(locale) if kind else seller["kind"],
        **{f"buyer_{name}": buyer[name] for name in ("name", "phone", "address")},
        "goods_total": show_money(terms["goods_total"]),
        "delivery_label": delivery["label"][locale],
        "delivery_days": delivery["days"][locale],
        "delivery_fee": show_money(delivery["fee"]),
        "payment_label": terms["payment"]["label"][locale],
        "total": show_money(terms["total"]),
        "acceptance_hours": terms["acceptance_hours"],
        "note": terms["note"],
    }


def _line_values(line: Mapping[str, Any], locale: Locale) -> dict[str, object]:
    variant, expected_on = line.get("variant", {}).get(locale), line.get("expected_on")
    return {
        "line_name": line["name"],
        "line_goods": f"{line['name']} – {variant}" if variant else line["name"],
        "line_expected": date.fromisoformat(expected_on).strftime("%d/%m/%Y") if expected_on else "",
        "line_quantity": line["quantity"] if locale == "en" else line["quantity"].replace(".", ","),
        "line_unit": line["unit"][locale],
        "line_price": show_money(line["price"]),
        "line_total": show_money(line["total"]),
    }
