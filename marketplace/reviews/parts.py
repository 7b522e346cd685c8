"""A review as every page shows it."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.ui.blocks import badge
from marketplace.ui.markup import Node, each, filled, h, when

BOUGHT = Text("đã mua", "bought")
EDITED = Text("đã sửa", "edited")
SELLER = Text("Người bán trả lời", "The seller's answer")
PHOTO = Text("Ảnh của khách, mở lớn", "A shopper's photo, open it large")


def stars(text: Node, label: Node) -> Node:
    """Stars for the eye, words for the ear."""
    return h.span(
        h.span(text, aria_hidden="true", class_name="text-secondary tracking-wide"),
        h.span(label, class_name="sr-only"),
        class_name="relative",
    )


def review_body(review: Node) -> Node:
    """Stars, who and when, words, photos, and the seller's answer."""
    return h.div(
        h.p(
            stars(review.stars_text, review.label),
            h.span(review.author, class_name="font-semibold"),
            badge(BOUGHT, "success"),
            h.span(review.date_text, when(review.edited, h.span(" · ", EDITED)), class_name="num text-quiet"),
            class_name="flex flex-wrap items-center gap-x-2 text-sm",
        ),
        h.p(review.variant, class_name="text-xs text-quiet empty:hidden"),
        each(review.text, lambda part: h.p(part, class_name="break-words")),
        when(
            filled(review.photos),
            h.ul(
                each(
                    review.photos,
                    lambda photo: h.li(
                        h.a(
                            h.img(
                                src=photo.src,
                                alt="",
                                width="96",
                                height="96",
                                loading="lazy",
                                class_name="size-20 rounded-field object-cover bg-base-200",
                            ),
                            href=photo.large,
                            target="_blank",
                            aria_label=PHOTO,
                        )
                    ),
                ),
                class_name="flex flex-wrap gap-2",
            ),
        ),
        when(
            filled(review.answer),
            h.div(
                h.p(
                    SELLER,
                    h.span(" · ", review.answer_date, class_name="num font-normal text-quiet"),
                    class_name="text-sm font-semibold",
                ),
                each(review.answer, lambda part: h.p(part, class_name="text-sm break-words")),
                class_name="border-l-2 border-primary pl-3",
            ),
        ),
        class_name="space-y-1.5",
    )
