"""Every kind of goods the demo sells, by the theme of the sellers who offer it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from marketplace.demo.goods.field import RICE, VEGETABLES
from marketplace.demo.goods.fruit import FRUIT
from marketplace.demo.goods.home import CRAFT, HONEY, POULTRY_GOODS
from marketplace.demo.goods.kitchen import CAKE, DRINK, SAUCE
from marketplace.demo.goods.model import Archetype
from marketplace.demo.goods.water import FISH

THEMES: Mapping[str, tuple[Archetype, ...]] = MappingProxyType(
    {
        "trai-cay": FRUIT,
        "gao-hat": RICE,
        "thuy-san": FISH,
        "rau-cu": VEGETABLES,
        "mat-thao-moc": HONEY,
        "trung-gia-cam": POULTRY_GOODS,
        "dan-lat": CRAFT,
        "nuoc-mam-gia-vi": SAUCE,
        "banh-keo": CAKE,
        "tra-ca-phe": DRINK,
    }
)
"""Kinds of goods by top category."""
