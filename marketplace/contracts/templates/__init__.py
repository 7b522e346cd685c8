"""The texts of contracts by version. A version never changes once it was offered: a new text is a new version."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from marketplace.contracts.templates.order_2026_11 import ORDER_2026_11
from marketplace.contracts.templates.order_2026_12 import ORDER_2026_12
from marketplace.contracts.templates.order_2027_01 import ORDER_2027_01
from marketplace.contracts.templates.order_2027_02 import ORDER_2027_02
from marketplace.contracts.templates.shape import OrderTemplate

ORDER_TEMPLATES: Mapping[str, OrderTemplate] = MappingProxyType(
    {template.version: template for template in (ORDER_2026_11, ORDER_2026_12, ORDER_2027_01, ORDER_2027_02)}
)
CURRENT = ORDER_2027_02.version
