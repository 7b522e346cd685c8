"""How a product gets to the shopper."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.places.choosing import COMMUNE, COMMUNE_HINT, NO_COMMUNE, place_entry
from marketplace.storefront.state import ProductState
from marketplace.ui.blocks import panel, panel_title
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, h, say, when

DELIVERY = Text("Giao hàng", "Delivery")
TO = Text("Giao đến {place}", "To {place}")
SIMILAR = Text("Món cùng loại giao đến đó", "Goods of this kind that come there")


def _ways(ways: Node) -> Node:
    return h.ul(
        each(
            ways,
            lambda way: h.li(
                h.span(
                    h.span(way.label, class_name="block"), h.span(way.detail, class_name="block text-quiet text-xs")
                ),
                h.span(way.fee_text, class_name="num whitespace-nowrap"),
                class_name="flex items-center justify-between gap-3 py-2 text-sm",
            ),
        ),
        class_name="divide-y divide-base-300",
    )


def _refusal(delivery: Node) -> Node:
    return h.div(
        h.p(delivery.refusal, class_name="text-sm text-urgent"),
        h.a(
            SIMILAR,
            href=delivery.instead_href,
            rel="nofollow",
            class_name="link text-primary inline-flex min-h-11 items-center",
        ),
    )


def _choices(delivery: Node) -> Node:
    """The communes that fit what was sent: links, for whom no script proposes any while typing."""
    return h.ul(
        each(
            delivery.choices,
            lambda choice: h.li(
                h.a(
                    h.span(choice.name, class_name="font-semibold"),
                    h.span(choice.hint, class_name="text-quiet text-xs"),
                    href=choice.href,
                    rel="nofollow",
                    class_name="flex flex-col justify-center min-h-11 px-2 -mx-2 rounded-field hover:bg-base-200",
                )
            ),
        ),
        class_name="text-sm divide-y divide-base-300",
    )


def place_form(page: Node) -> Node:
    """Asks for a commune: a plain form, to which `places.js` adds suggestions while one types."""
    return h.form(
        h.input(type="hidden", name="commune", custom_attrs={"data-place": ""}),
        h.input(type="hidden", name="sku", value=page.product.chosen.sku),
        h.label(COMMUNE, html_for="place", class_name="font-semibold text-sm"),
        h.div(
            *place_entry(),
            class_name="relative flex gap-2",
        ),
        h.p(COMMUNE_HINT, id="hint-place", class_name="text-quiet text-xs"),
        h.div(
            when(page.delivery.unknown, h.p(NO_COMMUNE, class_name="text-sm text-urgent")),
            _choices(page.delivery),
            role="status",
        ),
        action=page.product.href,
        method="get",
        on_submit=ProductState.bring_to,
        class_name="space-y-2 pt-3",
    )


def product_delivery(page: Node, form: Node = None) -> Node:
    """The ways to the shopper's commune with fees and days, or those this seller delivers by; `form` asks for the commune."""
    delivery = page.delivery
    return panel(
        panel_title(DELIVERY, "truck"),
        h.div(
            when(
                delivery.place,
                h.p(
                    icon("pin", "size-4 shrink-0"),
                    h.span(say(TO, place=h.b(delivery.place, class_name="font-semibold"))),
                    class_name="flex items-center gap-1.5 pt-1",
                ),
            ),
            when(delivery.refusal, _refusal(delivery), _ways(delivery.ways)),
            h.p(delivery.closed, class_name="text-sm text-urgent pt-1 empty:hidden"),
            h.p(delivery.note, class_name="text-xs text-quiet pt-1 empty:hidden"),
            role="status",
        ),
        form,
    )
