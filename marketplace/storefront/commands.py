"""What the pages of a product send, parsed before use."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from marketplace.base.inputs import LARGEST_INTEGER, Payload
from marketplace.base.web import PLACE_SHAPE

LONGEST_CODE = 24
"""Of a stock keeping unit."""
LONGEST_PLACE = 80
"""Of a commune's name as it is typed."""


class Addition(Payload):
    """Goods for the basket."""

    sku: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_CODE)]
    quantity: Annotated[str, StringConstraints(min_length=1, max_length=20)] = "1"


class OwnChosen(Payload):
    """Which product its seller wants to see."""

    product: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]


class PlaceWanted(Payload):
    """Where goods should be brought to: a commune picked from suggestions, by its code, else the beginning of its name."""

    commune: Annotated[str, StringConstraints(pattern=f"^({PLACE_SHAPE.pattern})?$")] = ""
    place: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_PLACE)] = ""


class ShopChosen(Payload):
    """Which shop."""

    slug: Annotated[str, StringConstraints(min_length=1, max_length=80)]
