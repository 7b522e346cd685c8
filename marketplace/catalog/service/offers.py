"""What a variant costs and how much of it there is, as rows say it: read in one place for cards, pages and baskets."""

from __future__ import annotations

from datetime import datetime

from marketplace.base import clock
from marketplace.base.money import show_money
from marketplace.base.quantity import THOUSAND, plain_quantity, show_quantity
from marketplace.base.text import Locale, Text
from marketplace.catalog.models import Sku
from marketplace.catalog.reading import content_said, label_of, piece_of, prices_of
from marketplace.catalog.rules import (
    KILOGRAM,
    UNIT_LABELS,
    BasePrice,
    Content,
    PieceWeight,
    Tier,
    Unit,
    base_price,
    estimate_text,
    goods_amount,
    least_amount,
    struck_price,
    unit_price,
)
from marketplace.catalog.views import TierView, VariantView, WeighedView

LEFT = Text("còn {quantity} {unit}", "{quantity} {unit} left")
SOLD_OUT = Text("tạm hết hàng", "sold out")
STEPS = Text("bước {step} {unit}, ít nhất {minimum} {unit}", "steps of {step} {unit}, at least {minimum} {unit}")
SALE_UNTIL = Text("giá khuyến mãi đến {time}", "sale price until {time}")
FROM_QUANTITY = Text("từ {quantity} {unit}", "from {quantity} {unit}")
FOR_BASE = Text("{price}/{base}", "{price}/{base}")


def base_text(found: BasePrice | None, locale: Locale) -> str:
    """`56.000 ₫/lít`; empty where the price is for a kilogram, a litre or a piece already."""
    return "" if found is None else FOR_BASE.say(locale, price=show_money(found.amount), base=found.base.say(locale))


def weighed_view(price: int, piece: PieceWeight | None) -> WeighedView | None:
    """What a piece may weigh and cost at a price for the kilogram; nothing for goods not paid by weight."""
    if piece is None:
        return None
    lowest, highest = least_amount(price, THOUSAND, piece), goods_amount(price, THOUSAND, piece)
    return WeighedView(price, piece.lightest, piece.heaviest, lowest, highest)


def compared_text(price: int, unit: Unit, said: Content | None, piece: PieceWeight | None, locale: Locale) -> str:
    """What stands below a price: what it comes to for a base, or what a piece weighs and may cost."""
    if piece is not None:
        return estimate_text(price, unit, piece, locale)
    return base_text(base_price(price, unit, said), locale)


def _exact(price: int, piece: PieceWeight | None) -> str:
    """Đồng a unit with all its decimals, so that a sum of several still rounds once."""
    return str(price) if piece is None else plain_quantity(price * piece.heaviest)


def variant_view(sku: Sku, free: int, slug: str, locale: Locale, now: datetime) -> VariantView:
    """A variant as shoppers choose it."""
    unit, said, prices, piece = Unit(sku.unit), content_said(sku), prices_of(sku), piece_of(sku)
    unit_text = UNIT_LABELS[unit].say(locale)
    price = unit_price(prices, sku.minimum, now)
    before = struck_price(prices, sku.minimum, now)
    compared = base_price(price, unit, said) if piece is None else BasePrice(price, KILOGRAM)
    in_stock = free >= sku.minimum
    on_sale = prices.sale is not None and prices.sale.holds(now)
    steps = {"step": show_quantity(sku.step, locale), "minimum": show_quantity(sku.minimum, locale)}
    tiers = [Tier(tier.quantity, unit_price(prices, tier.quantity, now)) for tier in prices.tiers if tier.price < price]
    return VariantView(
        sku_id=sku.id,
        sku=sku.code,
        label=label_of(sku).say(locale),
        href=f"/p/{slug}?sku={sku.code}",
        price=goods_amount(price, THOUSAND, piece),
        price_text=show_money(price),
        price_unit=KILOGRAM.say(locale) if piece else unit_text,
        weighed=weighed_view(price, piece),
        by_weight=piece is not None,
        total_of=_exact(price, piece),
        before=before,
        before_text=show_money(before) if before else "",
        sale_text=SALE_UNTIL.say(locale, time=clock.show_time(prices.sale.until)) if on_sale and prices.sale else "",
        unit=unit.value,
        unit_text=unit_text,
        price_per_base=compared.amount if compared else None,
        base=compared.base.say(locale) if compared else "",
        base_text=compared_text(price, unit, said, piece, locale),
        tiers=tuple(
            TierView(
                tier.quantity,
                tier.price,
                FROM_QUANTITY.say(locale, quantity=show_quantity(tier.quantity, locale), unit=unit_text),
                show_money(tier.price),
            )
            for tier in tiers
        ),
        step=sku.step,
        minimum=sku.minimum,
        available=free,
        steps_text="" if sku.step == sku.minimum == THOUSAND else STEPS.say(locale, **steps, unit=unit_text),
        stock_text=LEFT.say(locale, quantity=show_quantity(free, locale), unit=unit_text)
        if in_stock
        else SOLD_OUT.say(locale),
        in_stock=in_stock,
        tiers_data=" ".join(f"{tier.quantity}:{_exact(tier.price, piece)}" for tier in tiers),
    )
