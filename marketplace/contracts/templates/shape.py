"""What a template of an order's contract is made of: data only, so that its whole wording has one hash."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.base.text import Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `{name}` stands for a value of the contract, see `template.clauses`."""

    text: Text
    each_line: bool = False
    """Said once for each line of goods."""
    only_with: str = ""
    """Left out when this value, of the line where it is said for each, is empty."""


@dataclass(frozen=True, slots=True)
class Section:
    """A clause before its values are filled in."""

    title: Text
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class OrderTemplate:
    """The contract of an order. Vietnamese binds; English is a courtesy."""

    version: str
    title: Text
    seller_kinds: tuple[tuple[str, Text], ...]
    """Names of legal forms by their code."""
    sections: tuple[Section, ...]
