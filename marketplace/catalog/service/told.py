"""What is told of goods beside their price: for readers, and for the form that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from marketplace.base.text import Locale, Text
from marketplace.catalog.models import Product
from marketplace.catalog.rules import MONTHS, AttributeKind, attribute_text, season_months
from marketplace.catalog.service import categories
from marketplace.catalog.service.attributes import attributes_of
from marketplace.catalog.views import AttributeField, ChoiceField, FactView, MonthView

ORIGIN = Text("Nơi trồng, nơi làm", "Origin")
SHELF_LIFE = Text("Dùng tốt trong", "Keeps for")
DAYS = Text("{count} ngày", "{count} days")
STORAGE = Text("Bảo quản", "Storage")
REACH = Text("Giao tươi trong", "Delivered fresh within")
HOURS = Text("{count} giờ", "{count} hours")
MONTH = Text("Tháng {number}", "Month {number}")


def facts_of(session: Session, product: Product, locale: Locale) -> tuple[FactView, ...]:
    """Attributes of its category, then origin and keeping."""
    known = attributes_of(session, product.category_id)
    found = [
        FactView(attribute.name.say(locale), attribute_text(attribute, product.attributes[attribute.key], locale))
        for attribute in known
        if attribute.key in product.attributes
    ]
    if product.origin_name:
        found.append(FactView(ORIGIN.say(locale), product.origin_name))
    if product.shelf_life_days:
        found.append(FactView(SHELF_LIFE.say(locale), DAYS.say(locale, count=product.shelf_life_days)))
    if product.storage:
        found.append(FactView(STORAGE.say(locale), product.storage))
    if product.reach_hours:
        found.append(FactView(REACH.say(locale), HOURS.say(locale, count=product.reach_hours)))
    return tuple(found)


def calendar_of(season: int, locale: Locale, today: date | None = None) -> tuple[MonthView, ...]:
    """The twelve months of a season."""
    on = season_months(season)
    return tuple(
        MonthView(str(month), MONTH.say(locale, number=month), month in on, today is not None and month == today.month)
        for month in MONTHS
    )


def attribute_fields(
    session: Session, category: str, values: Mapping[str, str], locale: Locale
) -> tuple[AttributeField, ...]:
    """What a form asks for goods of a category, by its address, filled with what is known; nothing for none."""
    node = next((node for node in categories.all_nodes(session) if node.slug == category), None)
    return tuple(
        AttributeField(
            name=f"attribute_{attribute.key}",
            label=attribute.name.say(locale),
            unit=attribute.unit.say(locale) if attribute.unit else "",
            chosen_from=attribute.kind is AttributeKind.CHOICE,
            number=attribute.kind is AttributeKind.NUMBER,
            value=values.get(attribute.key, ""),
            choices=tuple(ChoiceField(key, label.say(locale)) for key, label in attribute.choices),
        )
        for attribute in (attributes_of(session, node.id) if node else ())
    )
