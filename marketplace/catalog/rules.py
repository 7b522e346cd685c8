"""Rules of the catalogue: units, statuses, stock."""

from __future__ import annotations

from enum import StrEnum


class ProductStatus(StrEnum):
    """Whether a product is offered."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"


class Unit(StrEnum):
    """The unit a product is sold in."""

    KILOGRAM = "kg"
    GRAM = "g"
    FRUIT = "fruit"
    BOX = "box"
    BOTTLE = "bottle"
    BUNCH = "bunch"
    DOZEN = "dozen"
    BAG = "bag"
    JAR = "jar"
    PIECE = "piece"
    LITRE = "litre"
    HEAD = "head"
