"""A product: everything a shopper wants to know before buying."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.pages.product.buying import ADD, TO_BASKET, product_buying, product_price, product_variants
from marketplace.storefront.pages.product.delivery import place_form, product_delivery
from marketplace.storefront.pages.product.facts import product_certificates, product_facts, product_season
from marketplace.storefront.pages.product.gallery import product_gallery
from marketplace.storefront.pages.product.seller import product_seller
from marketplace.storefront.pages.reviews import product_reviews
from marketplace.storefront.pages.words import BREADCRUMB, HOME
from marketplace.storefront.parts import product_shelf
from marketplace.storefront.state import PreviewState, ProductState
from marketplace.ui.blocks import badge, breadcrumb, crumb, fact, heading
from marketplace.ui.forms import OUTLINE, PRIMARY
from marketplace.ui.icons import icon
from marketplace.ui.layout import notice_bar, shop_frame
from marketplace.ui.markup import Node, each, filled, h, live_only, when
from marketplace.ui.page import Page, inner_link, live_page

AHEAD = Text(
    "Hàng của vụ tới: đặt bây giờ, người bán giao khi có hàng.",
    "Of the coming harvest: order now, the seller delivers when it is there.",
)
INSPECT = Text("Được kiểm hàng trước khi trả tiền", "You may check the goods before paying")
CASH = Text("Trả tiền mặt khi nhận", "Cash on delivery")
CONTRACT = Text("Có hợp đồng điện tử, ai cũng xác minh được", "Comes with a contract anyone can verify")
TOGETHER = Text("Thường mua cùng", "Often bought together")
DESCRIPTION = Text("Mô tả", "Description")
SAME_SHOP = Text("Cùng gian hàng", "From the same shop")
RELATED = Text("Món tương tự", "Similar goods")
PREVIEW = Text("Xem trước: trang này không công khai", "Preview: this page is not public")
PREVIEW_HINT = Text(
    "Chỉ người của gian hàng mở được. Hàng lên chợ khi đang bán và gian hàng đã được duyệt.",
    "Only your shop can open this page. Goods go public when on sale and the shop is approved.",
)
BACK_TO_GOODS = Text("Sửa sản phẩm", "Edit the product")


def _shown(page: Node, buying: Node, form: Node = None) -> tuple[Node, ...]:
    product = page.product
    return (
        h.div(
            breadcrumb(
                BREADCRUMB,
                crumb(HOME, "/"),
                each(product.path, lambda step: crumb(step.name, step.href)),
            ),
            h.div(
                product_gallery(product),
                h.div(
                    when(
                        filled(product.certificates),
                        h.ul(
                            each(product.certificates, lambda one: h.li(badge(one.title, "accent"))),
                            class_name="flex flex-wrap gap-2",
                        ),
                    ),
                    h.h1(product.name, class_name="text-xl md:text-2xl font-semibold break-words"),
                    product_price(product),
                    when(product.several_variants, product_variants(product)),
                    when(
                        product.expected_text,
                        h.p(badge(product.expected_text, "warning"), " ", AHEAD, class_name="text-sm"),
                    ),
                    h.p(
                        product.chosen.stock_text,
                        when(product.sold_text, h.span(" · ", product.sold_text)),
                        when(
                            page.reviews.href,
                            h.span(
                                " · ", h.a("★ ", page.reviews.summary.average_text, href="#reviews", class_name="link")
                            ),
                        ),
                        class_name="num text-sm text-quiet first-letter:uppercase",
                    ),
                    buying,
                    h.ul(
                        fact("shield", INSPECT),
                        fact("money", CASH),
                        fact("contract", CONTRACT),
                        when(page.lot_href, fact("box", h.a(page.lot_text, href=page.lot_href, class_name="link num"))),
                        class_name="space-y-2 text-sm",
                    ),
                    product_delivery(page, form),
                    product_seller(page),
                    class_name="space-y-4 min-w-0 md:col-start-2 md:row-start-1 md:row-span-2",
                ),
                when(
                    filled(product.facts),
                    product_facts(product),
                    when(filled(product.season), h.div(product_season(product), class_name="md:col-start-1")),
                ),
                when(filled(product.certificates), product_certificates(product)),
                when(
                    filled(product.description),
                    h.section(
                        heading(DESCRIPTION),
                        each(product.description, h.p),
                        class_name="space-y-2 leading-relaxed md:col-start-1",
                    ),
                ),
                when(page.reviews.href, product_reviews(page.reviews)),
                class_name="grid gap-4 md:grid-cols-2 md:grid-rows-[auto_1fr] md:gap-x-8 items-start",
            ),
            class_name="space-y-1",
        ),
        h.div(
            when(filled(product.related), product_shelf(RELATED, product.related, product.category.href)),
            id="similar",
            class_name="scroll-mt-20",
        ),
        when(filled(page.together), product_shelf(TOGETHER, page.together)),
        when(filled(page.same_shop), product_shelf(SAME_SHOP, page.same_shop, page.seller.href)),
    )


def product_content(page: Node) -> Node:
    """Everything a shopper wants to know before buying."""
    return shop_frame(
        *_shown(page, product_buying(page), place_form(page)),
        notice=live_only(
            lambda: notice_bar(
                ProductState,
                above_bar=True,
                turn=ProductState.added,
                action=h.a(
                    TO_BASKET, href="/basket", class_name="font-semibold underline inline-flex items-center min-h-11"
                ),
            )
        ),
        acts=True,
        basket_count=ProductState.basket_count,
    )


def preview_content(page: Node) -> Node:
    """The same page for the product's own seller before shoppers may see it; nothing can be bought here."""
    return shop_frame(
        h.aside(
            icon("eye", "size-6 text-urgent"),
            h.div(
                h.p(PREVIEW, class_name="font-semibold"),
                h.p(PREVIEW_HINT, class_name="text-sm text-quiet"),
                class_name="flex-1 min-w-56",
            ),
            inner_link(BACK_TO_GOODS, to="/seller/products/" + page.product.id.to_string(), class_name=OUTLINE),
            aria_label=PREVIEW,
            class_name="flex flex-wrap items-center gap-3 rounded-box border border-warning bg-base-100 p-4",
        ),
        *_shown(page, h.button(ADD, type="button", disabled=True, class_name=f"{PRIMARY} w-full")),
        basket_count=PreviewState.basket_count,
    )


PRODUCT_PAGE = Page(
    "/p/[product]", lambda: live_page(ProductState, product_content), ProductState.load, own_first_view=True
)
