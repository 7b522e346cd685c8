"""Pieces of the public pages: product cards, grids, search order."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.ui.blocks import badge, price_tag
from marketplace.ui.markup import Node, each, h, when

SOLD_OUT = Text("Tạm hết", "Sold out")
SIZES = "(min-width: 1024px) 180px, (min-width: 768px) 25vw, 50vw"


def product_card(card: Node) -> Node:
    """A product in a grid: one link, picture first, price and place."""
    return h.li(
        h.a(
            h.div(
                h.img(
                    src=card.picture,
                    src_set=card.picture_set,
                    sizes=SIZES,
                    alt="",
                    width="320",
                    height="320",
                    loading="lazy",
                    decoding="async",
                    class_name="size-full object-cover",
                ),
                when(card.ocop_text, h.div(badge(card.ocop_text, "accent"), class_name="absolute left-2 top-2")),
                when(
                    card.in_stock,
                    "",
                    h.div(
                        badge(SOLD_OUT, "neutral"), class_name="absolute inset-0 grid place-items-center bg-base-100/60"
                    ),
                ),
                class_name="relative aspect-square bg-base-300 overflow-hidden",
            ),
            h.div(
                h.h3(card.name, class_name="text-sm leading-snug line-clamp-2 min-h-10"),
                price_tag(card.price_text, card.unit_text),
                h.p(
                    h.span(card.commune_name, class_name="truncate"),
                    h.span(card.sold_text, class_name="num whitespace-nowrap"),
                    class_name="flex justify-between gap-2 text-xs text-quiet",
                ),
                class_name="p-3 space-y-1",
            ),
            href=card.href,
            class_name="block h-full rounded-box bg-base-100 border border-base-300 overflow-hidden hover:border-primary",
        ),
    )


def product_grid(cards: Node) -> Node:
    """Products side by side: two on a phone, six on a desk."""
    return h.ul(each(cards, product_card), class_name="grid grid-cols-2 md:grid-cols-4 lg:grid-cols-6 gap-3")


def category_tile(category: Node) -> Node:
    """A category with its picture."""
    return h.li(
        h.a(
            h.img(src=category.icon, alt="", width="48", height="48", class_name="size-12", loading="lazy"),
            h.span(category.name),
            href=category.href,
            class_name="flex flex-col items-center gap-1 rounded-box bg-base-100 border border-base-300 p-2 "
            "text-xs text-center h-full hover:border-primary",
        )
    )


def chip(label: Node, href: Node, chosen: Node = False) -> Node:
    """A small choice as a link."""
    shape = "inline-flex items-center rounded-full border px-4 min-h-11 text-sm whitespace-nowrap"
    return h.a(
        label,
        href=href,
        class_name=when(
            chosen,
            f"{shape} border-primary bg-primary text-primary-content",
            f"{shape} border-base-300 bg-base-100 hover:border-primary",
        ),
    )
