"""The category tree. It changes rarely and is read on every page, so each process keeps it for a while."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy.pool import Pool
from sqlmodel import Session, col, select

from marketplace.base import db
from marketplace.base.errors import NotFound
from marketplace.base.text import Locale
from marketplace.catalog.models import Category
from marketplace.catalog.views import CategoryBranch, CategoryLink, CategoryView

KEPT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Node:
    """A category as a plain value."""

    id: int
    slug: str
    parent_id: int | None
    name_vi: str
    name_en: str
    icon: str

    def name(self, locale: Locale) -> str:
        """Its name in the reader's language."""
        return self.name_en if locale == "en" else self.name_vi

    def link(self, locale: Locale) -> CategoryLink:
        """It as a link."""
        icon = f"/icons/categories/{self.icon}.webp"
        return CategoryLink(self.slug, self.name(locale), f"/c/{self.slug}", icon, self.id)


_kept: WeakKeyDictionary[Pool, tuple[float, tuple[Node, ...]]] = WeakKeyDictionary()


def forget() -> None:
    """Read the tree anew next time."""
    _kept.clear()


def all_nodes(session: Session) -> tuple[Node, ...]:
    """Every category in its order."""
    database = db.database_of(session)
    known = _kept.get(database)
    if known is not None and time.monotonic() - known[0] < KEPT_SECONDS:
        return known[1]
    rows = session.exec(select(Category).order_by(col(Category.position), col(Category.id))).all()
    nodes = tuple(Node(row.id or 0, row.slug, row.parent_id, row.name_vi, row.name_en, row.icon) for row in rows)
    _kept[database] = (time.monotonic(), nodes)
    return nodes


def category_slugs(session: Session) -> dict[int, str]:
    """The address of every category by its id."""
    return {node.id: node.slug for node in all_nodes(session)}


def by_slug(session: Session, slug: str) -> Node:
    """A category; raises NotFound."""
    node = next((node for node in all_nodes(session) if node.slug == slug), None)
    if node is None:
        raise NotFound(field="category")
    return node


def by_id(session: Session, category_id: int) -> Node:
    """A category; raises NotFound."""
    node = next((node for node in all_nodes(session) if node.id == category_id), None)
    if node is None:
        raise NotFound(field="category")
    return node


def top_of(session: Session, node: Node) -> Node:
    """The root above a category."""
    return node if node.parent_id is None else top_of(session, by_id(session, node.parent_id))


def path_of(session: Session, category_id: int) -> tuple[Node, ...]:
    """A category with those above it, the root first."""
    node = by_id(session, category_id)
    return (node,) if node.parent_id is None else (*path_of(session, node.parent_id), node)


def named_paths(session: Session, locale: Locale) -> tuple[tuple[str, str], ...]:
    """Every category by its address, named with those above it, in the order of the tree."""
    nodes = all_nodes(session)

    def below(parent_id: int | None, before: str) -> Iterator[tuple[str, str]]:
        for node in nodes:
            if node.parent_id == parent_id:
                name = f"{before} › {node.name(locale)}" if before else node.name(locale)
                yield node.slug, name
                yield from below(node.id, name)

    return tuple(below(None, ""))


def branches(session: Session, locale: Locale, parent_id: int | None = None) -> tuple[CategoryBranch, ...]:
    """The whole tree, or all below a category."""
    return tuple(
        CategoryBranch(node.slug, node.name(locale), branches(session, locale, node.id))
        for node in all_nodes(session)
        if node.parent_id == parent_id
    )


def tree(session: Session, locale: Locale) -> tuple[CategoryView, ...]:
    """The roots with their children."""
    nodes = all_nodes(session)
    return tuple(_view(node, nodes, locale) for node in nodes if node.parent_id is None)


def category_by_slug(session: Session, slug: str, locale: Locale) -> CategoryView:
    """A category with its children; raises NotFound."""
    nodes = all_nodes(session)
    return _view(by_slug(session, slug), nodes, locale)


def _view(node: Node, nodes: tuple[Node, ...], locale: Locale) -> CategoryView:
    parent = next((other for other in nodes if other.id == node.parent_id), None)
    link = node.link(locale)
    return CategoryView(
        node.id,
        link.slug,
        link.name,
        link.href,
        link.icon,
        parent.slug if parent else "",
        tuple(child.link(locale) for child in nodes if child.parent_id == node.id),
    )
