"""Sections of a shop's page: arranged by the seller, filled with goods for whoever looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.errors import FieldRequired, InputInvalid, NotFound
from marketplace.base.inputs import Problems
from marketplace.base.media import picture_url
from marketplace.base.names import read_name
from marketplace.base.text import Locale
from marketplace.catalog.models import Product, StoreSection, StoreSectionProduct
from marketplace.catalog.rules import (
    LONGEST_TITLE,
    MOST_CHOSEN,
    MOST_SECTIONS,
    ON_SECTION,
    SECTION_LABELS,
    CategoryUnknown,
    SectionChoosesItself,
    SectionKind,
    TooManyChosen,
    TooManySections,
    move_within,
)
from marketplace.catalog.service import categories
from marketplace.catalog.service.cards import cards_of
from marketplace.catalog.service.listing import list_products
from marketplace.catalog.service.query import ListQuery, Sort
from marketplace.catalog.views import ChosenView, OwnSection, ProductCard, SectionView
from marketplace.sellers import service as sellers

ARRANGED = "seller.arranged"
"""`{"seller_id": n}`: the sections of its page changed."""


def sections_of(
    session: Session, seller_id: int, store_slug: str, locale: Locale, now: datetime
) -> tuple[SectionView, ...]:
    """A shop's sections with goods that shoppers may find; those with nothing to show are left out."""
    rows = _sections(session, seller_id)
    chosen = _chosen_goods(session, [row.id for row in rows if row.kind == SectionKind.CHOSEN])
    cards = cards_of(session, [*{number for goods in chosen.values() for number in goods}], locale, now)
    found = []
    for row in rows:
        if row.kind == SectionKind.CHOSEN:
            view = SectionView(row.title, tuple(cards[number] for number in chosen.get(row.id, ()) if number in cards))
        else:
            view = _choosing_itself(session, row, store_slug, locale, now)
        if view.cards:
            found.append(view)
    return tuple(found)


def _choosing_itself(
    session: Session, row: StoreSection, store_slug: str, locale: Locale, now: datetime
) -> SectionView:
    category = categories.by_id(session, row.category_id).slug if row.category_id is not None else ""
    sort = Sort.NEW if row.kind == SectionKind.NEW else Sort.POPULAR
    query = ListQuery(store=store_slug, category=category, sort=sort, limit=ON_SECTION)
    cards: tuple[ProductCard, ...] = list_products(session, query, locale, now).cards
    asked = "".join((f"&sort={sort.value}" if sort is Sort.NEW else "", f"&category={category}" if category else ""))
    return SectionView(row.title, cards, f"/s/{store_slug}?{asked.removeprefix('&')}#goods" if asked else "")


def my_sections(session: Session, person: Person, locale: Locale) -> tuple[OwnSection, ...]:
    """The sections of the person's shop, to arrange; raises NotSignedIn, NotFound, NotAllowed."""
    rows = _sections(session, _own_seller(session, person))
    names = session.execute(
        select(col(StoreSectionProduct.section_id), col(Product.id), col(Product.name), col(Product.picture))
        .join(Product, col(Product.id) == col(StoreSectionProduct.product_id))
        .where(col(StoreSectionProduct.section_id).in_([row.id for row in rows]))
        .order_by(col(StoreSectionProduct.position), col(StoreSectionProduct.id))
    ).all()
    return tuple(
        OwnSection(
            id=row.id,
            title=row.title,
            kind=row.kind,
            kind_text=categories.by_id(session, row.category_id).link(locale).name
            if row.category_id is not None
            else SECTION_LABELS[SectionKind(row.kind)].say(locale),
            chosen=tuple(
                ChosenView(
                    one.id,
                    one.section_id,
                    one.name,
                    picture_url(one.picture, 320),
                    first=place == 0,
                    last=place == len(goods) - 1,
                )
                for place, one in enumerate(goods)
            ),
            first=number == 0,
            last=number == len(rows) - 1,
        )
        for number, row in enumerate(rows)
        for goods in [[one for one in names if one.section_id == row.id]]
    )


def add_section(session: Session, person: Person, title: str, kind: str, category: str, now: datetime) -> int:
    """Add a section at the end, of a category by its address where its kind asks for one; returns its id.

    Raises TooManySections, or each entry's problem by field.
    """
    seller_id = _own_seller(session, person)
    count = session.scalar(
        select(func.count()).select_from(StoreSection).where(col(StoreSection.seller_id) == seller_id)
    )
    if (count or 0) >= MOST_SECTIONS:
        raise TooManySections(limit=MOST_SECTIONS)
    problems = Problems()
    with problems.noting():
        title = read_name(title, field="title", limit=LONGEST_TITLE)
    with problems.noting():
        if kind not in set(SectionKind):
            raise InputInvalid(field="kind")
    category_id = None
    if kind == SectionKind.CATEGORY:
        with problems.noting():
            if not category:
                raise FieldRequired(field="category")
            category_id = _category(session, category)
    problems.refuse()
    section = StoreSection(
        seller_id=seller_id, title=title, kind=SectionKind(kind), category_id=category_id, position=count or 0
    )
    session.add(section)
    session.flush()
    _tell(session, seller_id, now)
    return section.id


def rename_section(session: Session, person: Person, section_id: int, title: str, now: datetime) -> None:
    """Give a section another title; raises NotFound or the entry's problem."""
    section = _own_section(session, person, section_id)
    section.title = read_name(title, field="title", limit=LONGEST_TITLE)
    session.add(section)
    _tell(session, section.seller_id, now)


def remove_section(session: Session, person: Person, section_id: int, now: datetime) -> None:
    """Take a section off the page; its goods stay on sale. Raises NotFound."""
    section = _own_section(session, person, section_id)
    session.execute(delete(StoreSectionProduct).where(col(StoreSectionProduct.section_id) == section.id))
    session.delete(section)
    session.flush()
    _put_in_order(_sections(session, section.seller_id))
    _tell(session, section.seller_id, now)


def move_section(session: Session, person: Person, section_id: int, places: int, now: datetime) -> None:
    """Move a section some places down, or up when negative; raises NotFound."""
    section = _own_section(session, person, section_id)
    rows = {row.id: row for row in _sections(session, section.seller_id)}
    _put_in_order([rows[number] for number in move_within(list(rows), section.id, places)])
    _tell(session, section.seller_id, now)


def choose_product(session: Session, person: Person, section_id: int, product_id: int, now: datetime) -> None:
    """Put a product of the shop at the end of a section of chosen goods; there already, it stays.

    Raises NotFound, SectionChoosesItself, TooManyChosen.
    """
    section = _own_section(session, person, section_id)
    if section.kind != SectionKind.CHOSEN:
        raise SectionChoosesItself
    theirs = select(col(Product.id)).where(col(Product.id) == product_id, col(Product.seller_id) == section.seller_id)
    if session.scalar(theirs) is None:
        raise NotFound
    there = _places(session, section.id)
    if any(one.product_id == product_id for one in there):
        return
    if len(there) >= MOST_CHOSEN:
        raise TooManyChosen(limit=MOST_CHOSEN)
    session.add(StoreSectionProduct(section_id=section.id, product_id=product_id, position=len(there)))
    _tell(session, section.seller_id, now)


def leave_out_product(session: Session, person: Person, section_id: int, product_id: int, now: datetime) -> None:
    """Take a product out of a section; raises NotFound."""
    section = _own_section(session, person, section_id)
    there = _places(session, section.id)
    leaving = next((one for one in there if one.product_id == product_id), None)
    if leaving is None:
        raise NotFound
    session.delete(leaving)
    _put_in_order([one for one in there if one is not leaving])
    _tell(session, section.seller_id, now)


def move_product(
    session: Session, person: Person, section_id: int, product_id: int, places: int, now: datetime
) -> None:
    """Move a product within its section some places on, or back when negative; raises NotFound."""
    section = _own_section(session, person, section_id)
    there = {one.product_id: one for one in _places(session, section.id)}
    _put_in_order([there[number] for number in move_within(list(there), product_id, places)])
    _tell(session, section.seller_id, now)


def _own_seller(session: Session, person: Person) -> int:
    seller = sellers.seller_of(session, person)
    person.require_seller(seller.id, Right.MANAGE_SHOP)
    return seller.id


def _own_section(session: Session, person: Person, section_id: int) -> StoreSection:
    seller_id = _own_seller(session, person)
    found = session.scalars(
        select(StoreSection)
        .where(col(StoreSection.id) == section_id, col(StoreSection.seller_id) == seller_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound
    return found


def _sections(session: Session, seller_id: int) -> Sequence[StoreSection]:
    return session.scalars(
        select(StoreSection)
        .where(col(StoreSection.seller_id) == seller_id)
        .order_by(col(StoreSection.position), col(StoreSection.id))
    ).all()


def _places(session: Session, section_id: int) -> Sequence[StoreSectionProduct]:
    return session.scalars(
        select(StoreSectionProduct)
        .where(col(StoreSectionProduct.section_id) == section_id)
        .order_by(col(StoreSectionProduct.position), col(StoreSectionProduct.id))
    ).all()


def _chosen_goods(session: Session, section_ids: Sequence[int]) -> dict[int, list[int]]:
    """Ids of the chosen goods that shoppers may find, by section, in their order."""
    found: dict[int, list[int]] = {}
    if section_ids:
        rows = session.execute(
            select(col(StoreSectionProduct.section_id), col(StoreSectionProduct.product_id))
            .join(Product, col(Product.id) == col(StoreSectionProduct.product_id))
            .where(col(StoreSectionProduct.section_id).in_(section_ids), col(Product.listed).is_(True))
            .order_by(col(StoreSectionProduct.position), col(StoreSectionProduct.id))
        )
        for section_id, product_id in rows:
            found.setdefault(section_id, []).append(product_id)
    return found


def _put_in_order(rows: Sequence[StoreSection] | Sequence[StoreSectionProduct]) -> None:
    for position, row in enumerate(rows):
        row.position = position


def _category(session: Session, slug: str) -> int:
    node = next((node for node in categories.all_nodes(session) if node.slug == slug), None)
    if node is None:
        raise CategoryUnknown(field="category")
    return node.id


def _tell(session: Session, seller_id: int, now: datetime) -> None:
    outbox.announce(session, ARRANGED, {"seller_id": seller_id}, now)
