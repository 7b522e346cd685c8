"""Choosing one of several, what it costs, and putting it into the basket."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.state import ProductState
from marketplace.ui.blocks import price_notes, price_tag
from marketplace.ui.forms import OUTLINE, PRIMARY, copy_button, form_problem, quantity_field, thumb_bar
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, live_only, when

VARIANTS = Text("Chọn loại", "Choose")
WHOLESALE = Text("Giá sỉ", "Wholesale")
OTHER_VARIANT = Text("Loại này tạm hết, hãy chọn loại khác.", "This one is sold out for now; choose another.")
QUANTITY = Text("Số lượng", "Quantity")
ADD = Text("Thêm vào giỏ", "Add to basket")
TO_BASKET = Text("Xem giỏ", "See basket")
SOLD_OUT = Text("Món này tạm hết hàng", "Sold out for now")
SOLD_OUT_HINT = Text(
    "Bạn có thể xem món tương tự bên dưới, hoặc ghé gian hàng để gọi hỏi ngày có lại.",
    "See similar goods below, or visit the shop and call to ask when it is back.",
)
SEE_SIMILAR = Text("Xem món tương tự", "See similar goods")
SHARE = Text("Chia sẻ", "Share")
SHARE_PRODUCT = Text("Chia sẻ món này", "Share this product")
COPY_LINK = Text("Chép liên kết", "Copy link")
SHARING = "btn min-h-11 px-4 rounded-full bg-base-100 border-base-300 font-normal"


def product_variants(product: Node) -> Node:
    """One of several to choose: links, so that each has its address and needs no JavaScript."""
    return h.nav(
        h.p(VARIANTS, class_name="font-semibold text-sm"),
        h.ul(
            each(
                product.variants,
                lambda variant: h.li(
                    h.a(
                        h.span(
                            variant.label, class_name=when(variant.in_stock, "block", "block line-through opacity-70")
                        ),
                        h.span(variant.price_text, class_name="num block text-sm"),
                        href=variant.href,
                        rel="nofollow",
                        aria_current=when(variant.chosen, "true", "false"),
                        class_name=when(
                            variant.chosen,
                            "block rounded-field border-2 border-primary bg-primary/10 px-3 py-1.5 min-h-11",
                            "block rounded-field border-2 border-base-300 bg-base-100 px-3 py-1.5 min-h-11 "
                            "hover:border-primary",
                        ),
                    )
                ),
            ),
            class_name="flex flex-wrap gap-2",
        ),
        aria_label=VARIANTS,
        class_name="space-y-1.5",
    )


def product_price(product: Node) -> Node:
    """The price of the chosen variant."""
    chosen = product.chosen
    return h.div(
        price_tag(chosen.price_text, chosen.price_unit, large=True),
        price_notes(chosen.before_text, chosen.base_text, "text-sm"),
        h.p(chosen.sale_text, class_name="text-sm font-semibold text-urgent first-letter:uppercase empty:hidden"),
    )


def _tiers(variant: Node) -> Node:
    return h.table(
        h.caption(WHOLESALE, class_name="font-semibold text-sm text-left pb-1"),
        h.tbody(
            each(
                variant.tiers,
                lambda tier: h.tr(
                    h.th(tier.from_text, scope="row", class_name="font-normal text-left py-1.5 first-letter:uppercase"),
                    h.td(
                        tier.price_text,
                        h.span(" / ", variant.price_unit, class_name="text-quiet"),
                        class_name="num text-right py-1.5",
                    ),
                    class_name="border-t border-base-300",
                ),
            )
        ),
        class_name="w-full max-w-sm text-sm",
    )


def _buy(page: Node) -> Node:
    chosen = page.product.chosen
    return h.form(
        h.input(type="hidden", name="sku", value=chosen.sku),
        quantity_field(
            QUANTITY,
            page.minimum_text,
            chosen.unit_text,
            step=page.step_text,
            minimum=page.minimum_text,
            available=page.available_text,
            hint=chosen.steps_text,
        ),
        when(filled(chosen.tiers), _tiers(chosen)),
        live_only(lambda: form_problem(ProductState.problem)),
        thumb_bar(
            h.button(
                ADD,
                # Filled by the script with quantity times price, at most where goods are weighed.
                h.output(
                    custom_attrs={"data-total-of": chosen.total_of, "data-tiers": chosen.tiers_data},
                    class_name=when(
                        chosen.by_weight,
                        "num empty:hidden before:content-['·_≤_']",
                        "num empty:hidden before:content-['·_']",
                    ),
                ),
                type="submit",
                class_name=f"{PRIMARY} flex-1 text-base",
            ),
            h.a(TO_BASKET, href="/basket", class_name=f"{OUTLINE} bg-base-100"),
        ),
        action="/basket/lines",
        method="post",
        on_submit=ProductState.add,
        class_name="space-y-3",
    )


def _sold_out() -> Node:
    return h.div(
        h.p(SOLD_OUT, class_name="font-semibold text-urgent"),
        h.p(SOLD_OUT_HINT, class_name="text-sm text-quiet"),
        thumb_bar(h.a(SEE_SIMILAR, href="#similar", class_name=f"{OUTLINE} flex-1 bg-base-100")),
        class_name="space-y-1",
    )


def _share(page: Node) -> Node:
    return h.nav(
        # Only where the browser can hand it to the phone's own apps (`controls.js`).
        h.button(
            icon("share"),
            SHARE,
            type="button",
            custom_attrs={"data-share": page.product.href},
            class_name=f"{SHARING} hidden [html[data-shares]_&]:inline-flex",
        ),
        h.span(SHARE, aria_hidden="true", class_name="text-quiet [html[data-shares]_&]:hidden"),
        h.a("Zalo", href=page.zalo_href, target="_blank", rel="noopener nofollow", class_name=SHARING),
        h.a("Facebook", href=page.facebook_href, target="_blank", rel="noopener nofollow", class_name=SHARING),
        copy_button(COPY_LINK, page.product.href, SHARING),
        aria_label=SHARE_PRODUCT,
        class_name="flex flex-wrap items-center gap-2 text-sm",
    )


def product_buying(page: Node) -> Node:
    """What the shopper does here: buy, or see why not yet, and share."""
    product = page.product
    another = h.p(OTHER_VARIANT, class_name="font-semibold text-urgent")
    return h.div(
        when(product.chosen.in_stock, _buy(page), when(product.in_stock, another, _sold_out())),
        _share(page),
        class_name="space-y-4",
    )
