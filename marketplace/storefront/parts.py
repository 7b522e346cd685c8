"""Pieces of the public pages: product cards, grids and shelves, categories, choices as links."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.ui.blocks import badge, heading, price_notes, price_tag
from marketplace.ui.forms import PRIMARY
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, h, when
from marketplace.ui.pictures import NO_PICTURE, picture_of

NEXT_PAGE = Text("Xem thêm", "More")
SOLD_OUT = Text("Tạm hết", "Sold out")
SEE_ALL = Text("Xem tất cả", "See all")
SIZES = "(min-width: 1024px) 180px, (min-width: 768px) 25vw, 50vw"


def product_card(card: Node, class_name: str = "") -> Node:
    """A product in a list: one link, picture first, price and place."""
    return h.li(
        h.a(
            h.div(
                picture_of(
                    card.picture_key, (320, 640), SIZES, otherwise=NO_PICTURE, class_name="size-full object-cover"
                ),
                when(card.ocop_text, h.div(badge(card.ocop_text, "accent"), class_name="absolute left-2 top-2")),
                when(
                    card.sold_out,
                    h.div(
                        badge(SOLD_OUT, "neutral"), class_name="absolute inset-0 grid place-items-center bg-base-100/60"
                    ),
                ),
                class_name="relative aspect-square bg-base-300 overflow-hidden",
            ),
            h.div(
                h.h3(card.name, class_name="text-sm leading-snug line-clamp-2 min-h-10"),
                price_tag(card.price_text, card.price_unit),
                price_notes(card.before_text, card.base_text),
                h.p(
                    icon("pin", "size-3.5"),
                    h.span(card.commune_name, class_name="truncate"),
                    class_name="flex items-center gap-1 text-xs text-quiet",
                ),
                h.p(
                    when(
                        card.rating_text,
                        h.span("★ ", card.rating_text, class_name="text-base-content whitespace-nowrap"),
                    ),
                    h.span(card.note),
                    class_name="num text-xs text-quiet min-h-4 flex gap-2",
                ),
                class_name="p-3 space-y-1",
            ),
            href=card.href,
            class_name="block h-full rounded-box bg-base-100 border border-base-300 overflow-hidden "
            "hover:border-primary focus-visible:outline-offset-0",
        ),
        class_name=class_name,
    )


def product_grid(cards: Node, *, beside: bool = False, grows: bool = False) -> Node:
    """Products side by side: two on a phone, six on a desk, or as many as fit beside something else.

    One that `grows` takes those of the next page, which a `next_page` link leads to (`ui/browser/growing.js`).
    """
    columns = "md:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5" if beside else "md:grid-cols-4 lg:grid-cols-6"
    return h.ul(
        each(cards, product_card),
        class_name=f"grid grid-cols-2 {columns} gap-3 content-start",
        data_grows="" if grows else None,
    )


def next_page(href: Node) -> Node:
    """The way to the next page of a list; where scripts run it brings that page's goods here."""
    return h.a(NEXT_PAGE, href=href, rel="next", data_more="", class_name=f"{PRIMARY} px-10")


def product_shelf(title: Node, cards: Node, all_href: Node = None) -> Node:
    """Products in one row under a heading, swept sideways on a phone."""
    return h.section(
        heading(title, when(all_href, see_all(all_href)) if all_href is not None else None),
        h.ul(
            each(cards, lambda card: product_card(card, "w-[11.25rem] md:w-auto shrink-0 snap-start")),
            class_name="scroll-row -mx-4 px-4 pb-1 md:grid md:grid-cols-4 lg:grid-cols-6 md:mx-0 md:px-0 "
            "md:max-lg:[&>li:nth-child(n+5)]:hidden",
        ),
        class_name="space-y-3",
    )


def see_all(href: Node) -> Node:
    """The way from a few to all."""
    return h.a(SEE_ALL, href=href, class_name="link link-hover text-primary text-sm inline-flex items-center min-h-11")


def category_tile(category: Node) -> Node:
    """A category with its picture."""
    return h.li(
        h.a(
            h.span(
                h.img(
                    src=category.icon, alt="", width="48", height="48", class_name="size-9 md:size-12", loading="lazy"
                ),
                class_name="grid place-items-center size-14 md:size-18 rounded-box bg-base-100 border border-base-300 "
                "group-hover:border-primary",
            ),
            h.span(category.name, class_name="text-balance leading-tight"),
            href=category.href,
            class_name="group flex flex-col items-center gap-1.5 text-xs md:text-sm text-center h-full rounded-box",
        )
    )


def category_tiles(label: Text, categories: Node) -> Node:
    """All categories at once."""
    return h.nav(
        h.ul(each(categories, category_tile), class_name="grid grid-cols-5 lg:grid-cols-10 gap-x-1 gap-y-4"),
        aria_label=label,
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


def chips(label: Text, choices: Node) -> Node:
    """Small choices in one row, swept sideways where they do not fit; each has label, href and chosen."""
    return h.nav(
        h.ul(
            each(choices, lambda item: h.li(chip(item.label, item.href, item.chosen), class_name="shrink-0")),
            class_name="scroll-row gap-2! -mx-4 px-4 py-1 md:flex-wrap",
        ),
        aria_label=label,
    )


def portrait(picture: Node, size: str, symbol_size: str) -> Node:
    """A shop's round picture, or the sign of a shop."""
    return when(
        picture,
        h.img(src=picture, alt="", width="96", height="96", class_name=f"{size} rounded-full object-cover shrink-0"),
        h.span(
            icon("store", symbol_size),
            class_name=f"{size} rounded-full bg-base-200 border border-base-300 grid place-items-center shrink-0",
        ),
    )
