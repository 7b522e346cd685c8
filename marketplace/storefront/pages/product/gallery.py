"""Pictures of a product: swiped, stepped through, and looked at closely. What it does by itself is in `gallery.js`."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, h, joined, live_only, when
from marketplace.ui.pictures import address, picture_of

PICTURES = Text("Ảnh sản phẩm", "Product pictures")
SHOW_PICTURE = Text("Xem ảnh ", "Show picture ")
ENLARGE = Text("Phóng to ảnh ", "Enlarge picture ")
PREVIOUS = Text("Ảnh trước", "Previous picture")
NEXT = Text("Ảnh sau", "Next picture")
SIZES = "(min-width: 768px) 540px, 100vw"
# Arrows work by script alone, so they come with it.
ARROW = (
    "hidden md:[html[data-turns]_&]:grid place-items-center absolute top-1/2 -translate-y-1/2 size-11 rounded-full "
    "bg-base-100/85 border border-base-300 shadow cursor-pointer aria-disabled:opacity-40"
)


def _picture(product: Node, picture: Node) -> Node:
    """A picture that leads to itself in full; the script opens it over the page."""
    return h.li(
        # Gone before the live page takes over, by when the picture is there.
        live_only(lambda: None, when(picture.placeholder, _meanwhile(picture))),
        h.a(
            picture_of(
                picture.key,
                (640, 320, 960, 1280),
                SIZES,
                alt=product.name,
                urgent=picture.first,
                class_name="size-full object-cover",
            ),
            href=address(picture.key, 1280),
            aria_label=joined(ENLARGE, picture.number),
            custom_attrs={"data-zoom": ""},
            class_name="block size-full relative cursor-zoom-in focus-visible:-outline-offset-4",
        ),
        class_name="shrink-0 w-full aspect-square snap-center relative",
    )


def _meanwhile(picture: Node) -> Node:
    return h.img(
        src=picture.placeholder, alt="", width="20", height="20", class_name="absolute inset-0 size-full object-cover"
    )


def product_gallery(product: Node) -> Node:
    """Every picture in a row to be swept through; arrows, small ones and a counter where there are several."""
    return h.div(
        h.div(
            h.ul(
                each(product.pictures, lambda picture: _picture(product, picture)),
                aria_label=PICTURES,
                custom_attrs={"data-gallery": ""},
                class_name="flex overflow-x-auto overscroll-x-contain snap-x snap-mandatory aspect-square md:rounded-box "
                "bg-base-300 [scrollbar-width:none]",
            ),
            when(
                product.several_pictures,
                h.div(
                    _arrow(PREVIOUS, "back", "-1", "left-2"),
                    _arrow(NEXT, "forward", "1", "right-2"),
                    h.p(
                        h.span("1", custom_attrs={"data-at": ""}),
                        "/",
                        product.picture_count,
                        class_name="num absolute right-3 bottom-3 rounded-full bg-neutral/80 text-neutral-content text-xs "
                        "px-2.5 py-1 pointer-events-none",
                        aria_hidden="true",
                    ),
                ),
            ),
            class_name="relative -mx-4 md:mx-0",
        ),
        when(
            product.several_pictures,
            h.ul(each(product.pictures, _small), class_name="scroll-row gap-2! p-1"),
        ),
        class_name="space-y-2 min-w-0",
    )


def _arrow(label: Text, symbol: str, step: str, side: str) -> Node:
    return h.button(
        icon(symbol),
        type="button",
        aria_label=label,
        custom_attrs={"data-turn": step},
        class_name=f"{ARROW} {side}",
    )


def _small(picture: Node) -> Node:
    return h.li(
        h.button(
            picture_of(picture.key, (320,), "", class_name="size-full object-cover rounded-field"),
            type="button",
            aria_label=joined(SHOW_PICTURE, picture.number),
            custom_attrs={"data-picture": ""},
            class_name="size-16 rounded-field border-2 border-base-300 cursor-pointer hover:border-primary "
            "aria-[current=true]:border-primary",
        ),
    )
