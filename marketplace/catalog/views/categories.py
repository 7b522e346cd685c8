"""Categories, as pages and forms show them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A category with its children."""

    id: int = 0
    slug: str = ""
    name: str = ""
    href: str = ""
    icon: str = ""
    parent_slug: str = ""
    children: tuple[CategoryLink, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryBranch:
    """A category with all below it."""

    slug: str
    name: str
    children: tuple[CategoryBranch, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryLink:
    """A category as a link."""

    slug: str = ""
    name: str = ""
    href: str = ""
    icon: str = ""
    id: int = 0
