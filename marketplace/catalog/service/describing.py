"""What goods are called and how they are described: checked, and written to their row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session

from marketplace.base import clock
from marketplace.base.crypto import new_code
from marketplace.base.errors import FieldRequired, InputInvalid
from marketplace.base.inputs import Problems, read_line, read_paragraphs
from marketplace.base.names import read_name
from marketplace.base.text import slugify
from marketplace.catalog.commands import ProductDescription, ProductDraft, ProductFacts, VariantDraft
from marketplace.catalog.models import Product
from marketplace.catalog.rules import (
    LONGEST_LIFE_DAYS,
    LONGEST_NAME,
    LONGEST_REACH_HOURS,
    LONGEST_STORAGE,
    CategoryUnknown,
    ProductStatus,
    Unit,
    check_expected,
    check_within,
    is_listed,
    read_attribute,
)
from marketplace.catalog.service import categories
from marketplace.catalog.service.attributes import attributes_of
from marketplace.catalog.service.variants import check_offer
from marketplace.places import service as places
from marketplace.sellers.views import StoreView

LONGEST_DESCRIPTION = 4000
D = TypeVar("D", bound=ProductDescription)


def product_row(
    session: Session,
    store: StoreView,
    description: ProductDescription,
    category: categories.Node,
    now: datetime,
    status: ProductStatus = ProductStatus.ACTIVE,
) -> Product:
    """A checked product of a shop, not in the database yet; its unit and price follow from its leading variant."""
    product = Product(
        store_id=store.id,
        seller_id=store.seller_id,
        store_slug=store.slug,
        store_name=store.name,
        commune_code=store.commune_code,
        commune_name=store.commune_name,
        category_id=category.id,
        top_category_id=categories.top_of(session, category).id,
        slug=f"{slugify(description.name, 80)}-{new_code(5).lower()}",
        name=description.name,
        status=status,
        listed=is_listed(status, seller_sells=store.selling),
        unit=Unit.KILOGRAM,
        price=0,
        created_at=now,
        updated_at=now,
        published_at=now,
    )
    describe(session, product, description, category)
    return product


def describe(session: Session, product: Product, description: ProductDescription, category: categories.Node) -> None:
    """Write what a checked description says."""
    product.name = description.name
    product.description = description.description
    product.category_id = category.id
    product.top_category_id = categories.top_of(session, category).id
    facts = description.facts
    product.attributes = dict(facts.attributes)
    product.season, product.shelf_life_days, product.storage = facts.season, facts.shelf_life_days, facts.storage
    product.reach_hours, product.expected_on = facts.reach_hours, facts.expected_on
    product.origin_code = facts.origin_code
    product.origin_name = places.commune(session, facts.origin_code).name if facts.origin_code else ""


def only_variant(draft: ProductDraft) -> VariantDraft:
    """The one variant of a product as its form describes both together."""
    return VariantDraft(
        unit=draft.unit,
        price=draft.price,
        stock=draft.stock,
        step=draft.step,
        minimum=draft.minimum,
        unit_grams=draft.unit_grams,
        content=draft.content,
    )


def checked(
    session: Session, draft: D, now: datetime, expected_before: date | None = None
) -> tuple[D, categories.Node]:
    """The draft as it is kept, and its category; raises every field's problem at once.

    A harvest expected on the same day as before may have come since.
    """
    problems = Problems()
    name, description = draft.name, draft.description
    with problems.noting():
        name = read_name(draft.name, field="name", limit=LONGEST_NAME)
        if not slugify(name):
            raise InputInvalid(field="name")
    with problems.noting():
        description = read_paragraphs(draft.description, field="description", limit=LONGEST_DESCRIPTION)
    if isinstance(draft, ProductDraft):
        check_offer(only_variant(draft), problems)
    category = next((node for node in categories.all_nodes(session) if node.slug == draft.category), None)
    with problems.noting():
        if not draft.category:
            raise FieldRequired(field="category")
        if category is None:
            raise CategoryUnknown(field="category")
    facts = _checked_facts(session, draft.facts, category, problems)
    if facts.expected_on != expected_before:
        with problems.noting():
            check_expected(facts.expected_on, clock.local_date(now))
    problems.refuse()
    if category is None:
        raise CategoryUnknown(field="category")
    return replace(draft, name=name, description=description, facts=facts), category


def _checked_facts(
    session: Session, facts: ProductFacts, category: categories.Node | None, problems: Problems
) -> ProductFacts:
    kept: dict[str, str] = {}
    # What another category asked for is not kept for this one.
    for attribute in attributes_of(session, category.id) if category else ():
        if typed := facts.attributes.get(attribute.key, "").strip():
            with problems.noting():
                kept[attribute.key] = read_attribute(attribute, typed)
    storage = facts.storage
    with problems.noting():
        storage = read_line(facts.storage, field="storage", limit=LONGEST_STORAGE, required=False)
    with problems.noting():
        check_within(facts.shelf_life_days, LONGEST_LIFE_DAYS, "shelf_life_days")
    with problems.noting():
        check_within(facts.reach_hours, LONGEST_REACH_HOURS, "reach_hours")
    if facts.origin_code:
        with problems.noting():
            places.commune(session, facts.origin_code, field="origin_code")
    return replace(facts, attributes=kept, storage=storage)
