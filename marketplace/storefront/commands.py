"""What the pages of a product send, parsed before use."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from marketplace.base.inputs import LARGEST_INTEGER, Payload

LONGEST_CODE = 24
"""Of a stock keeping unit."""


class Addition(Payload):
    """Goods for the basket."""

    sku: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_CODE)]
    quantity: Annotated[str, StringConstraints(min_length=1, max_length=20)] = "1"


class OwnChosen(Payload):
    """Which product its seller wants to see."""

    product: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]
