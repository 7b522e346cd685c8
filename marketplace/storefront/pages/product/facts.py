"""What is known of a product beside its price."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.ui.blocks import badge, heading
from marketplace.ui.markup import Node, each, filled, h, say, when

CERTIFICATES = Text("Chứng nhận", "Certificates")
DOCUMENT = Text("Xem bản gốc", "See the document")
DETAILS = Text("Chi tiết", "Details")
SEASON = Text("Mùa vụ", "Season")
IN_SEASON = Text("đang mùa", "in season")
MARK = "num grid place-items-center size-6 rounded-full text-xs relative"


def product_season(product: Node) -> Node:
    """Twelve small marks, the season's months filled and the present one ringed."""
    return h.div(
        h.p(
            h.span(SEASON, class_name="text-quiet"),
            when(product.in_season, badge(IN_SEASON, "success")),
            class_name="flex items-center gap-2 text-sm",
        ),
        h.ol(
            each(
                product.season,
                lambda month: h.li(
                    month.number,
                    h.span(when(month.on, say(IN_SEASON)), class_name="sr-only"),
                    class_name=when(
                        month.on,
                        when(
                            month.now,
                            f"{MARK} bg-primary text-primary-content ring-2 ring-offset-1 ring-primary",
                            f"{MARK} bg-primary text-primary-content",
                        ),
                        when(month.now, f"{MARK} bg-base-300 ring-2 ring-offset-1 ring-primary", f"{MARK} bg-base-300"),
                    ),
                ),
            ),
            aria_label=SEASON,
            class_name="flex flex-wrap gap-1.5 pt-1",
        ),
    )


def product_facts(product: Node) -> Node:
    """What is known of it, and its season."""
    return h.section(
        heading(DETAILS),
        h.dl(
            each(
                product.facts,
                lambda fact: h.div(
                    h.dt(fact.label, class_name="text-quiet"),
                    h.dd(fact.text, class_name="text-right"),
                    class_name="flex justify-between gap-4 py-2",
                ),
            ),
            class_name="divide-y divide-base-300 text-sm",
        ),
        when(filled(product.season), product_season(product)),
        class_name="space-y-2 md:col-start-1",
    )


def product_certificates(product: Node) -> Node:
    """Certificates in force with number, issuer and document."""
    return h.section(
        heading(CERTIFICATES),
        h.ul(
            each(
                product.certificates,
                lambda one: h.li(
                    h.div(
                        h.p(one.title, class_name="font-semibold"),
                        h.p(one.told, class_name="empty:hidden"),
                        h.p(one.until_text, class_name="text-quiet"),
                        class_name="flex-1 min-w-0",
                    ),
                    when(
                        one.document_href,
                        h.a(DOCUMENT, href=one.document_href, class_name="link text-primary min-h-11 content-center"),
                    ),
                    class_name="flex gap-3 py-2 text-sm",
                ),
            ),
            class_name="divide-y divide-base-300",
        ),
        class_name="md:col-start-1",
    )
