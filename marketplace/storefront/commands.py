"""What the form of a product page sends, parsed before use."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from marketplace.base.inputs import Payload


class Addition(Payload):
    """Goods for the basket."""

    sku: Annotated[str, StringConstraints(min_length=1, max_length=24)]
    quantity: Annotated[str, StringConstraints(min_length=1, max_length=20)] = "1"
