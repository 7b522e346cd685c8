"""A product: everything a shopper wants to know before buying."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.pages.words import BREADCRUMB, HOME
from marketplace.storefront.parts import portrait, product_shelf
from marketplace.storefront.state import PreviewState, ProductState
from marketplace.ui.blocks import (
    badge,
    breadcrumb,
    crumb,
    fact,
    heading,
    panel,
    panel_title,
    price_notes,
    price_tag,
)
from marketplace.ui.forms import OUTLINE, PRIMARY, copy_button, form_problem, quantity_field, thumb_bar
from marketplace.ui.icons import icon
from marketplace.ui.layout import notice_bar, shop_frame
from marketplace.ui.markup import Node, each, filled, h, live_only, say, when
from marketplace.ui.page import inner_link

VARIANTS = Text("Chọn loại", "Choose")
WHOLESALE = Text("Giá sỉ", "Wholesale")
AHEAD = Text(
    "Hàng của vụ tới: đặt bây giờ, người bán giao khi có hàng.",
    "Of the coming harvest: order now, the seller delivers when it is there.",
)
OTHER_VARIANT = Text("Loại này tạm hết, hãy chọn loại khác.", "This one is sold out for now; choose another.")
CERTIFICATES = Text("Chứng nhận", "Certificates")
DOCUMENT = Text("Xem bản gốc", "See the document")
DETAILS = Text("Chi tiết", "Details")
SEASON = Text("Mùa vụ", "Season")
IN_SEASON = Text("đang mùa", "in season")
MARK = "num grid place-items-center size-6 rounded-full text-xs relative"
QUANTITY = Text("Số lượng", "Quantity")
ADD = Text("Thêm vào giỏ", "Add to basket")
TO_BASKET = Text("Xem giỏ", "See basket")
SOLD_OUT = Text("Món này tạm hết hàng", "Sold out for now")
SOLD_OUT_HINT = Text(
    "Bạn có thể xem món tương tự bên dưới, hoặc ghé gian hàng để gọi hỏi ngày có lại.",
    "See similar goods below, or visit the shop and call to ask when it is back.",
)
SEE_SIMILAR = Text("Xem món tương tự", "See similar goods")
INSPECT = Text("Được kiểm hàng trước khi trả tiền", "You may check the goods before paying")
CASH = Text("Trả tiền mặt khi nhận", "Cash on delivery")
CONTRACT = Text("Có hợp đồng điện tử, ai cũng xác minh được", "Comes with a contract anyone can verify")
DELIVERY = Text("Giao hàng", "Delivery")
DELIVERY_EXACT = Text(
    "Phí chính xác tính theo xã, phường và cân nặng, cho bạn biết trước khi đặt.",
    "The exact fee follows your commune and the weight; you see it before ordering.",
)
TOGETHER = Text("Thường mua cùng", "Often bought together")
DESCRIPTION = Text("Mô tả", "Description")
SELLER = Text("Người bán", "Seller")
TO_STORE = Text("Vào gian hàng", "Visit the shop")
SAME_SHOP = Text("Cùng gian hàng", "From the same shop")
RELATED = Text("Món tương tự", "Similar goods")
PICTURES = Text("Ảnh sản phẩm", "Product pictures")
PREVIEW = Text("Xem trước: trang này không công khai", "Preview: this page is not public")
PREVIEW_HINT = Text(
    "Chỉ người của gian hàng mở được. Hàng lên chợ khi đang bán và gian hàng đã được duyệt.",
    "Only your shop can open this page. Goods go public when on sale and the shop is approved.",
)
BACK_TO_GOODS = Text("Sửa sản phẩm", "Edit the product")
SHARE = Text("Chia sẻ", "Share")
SHARE_PRODUCT = Text("Chia sẻ món này", "Share this product")
COPY_LINK = Text("Chép liên kết", "Copy link")
SHARING = "btn min-h-11 px-4 rounded-full bg-base-100 border-base-300 font-normal"
SHOW_PICTURE = Text("Xem ảnh", "Show picture")


def _gallery(product: Node) -> Node:
    return h.div(
        h.ul(
            each(
                product.pictures,
                lambda picture: h.li(
                    h.img(
                        src=picture.src,
                        src_set=picture.src_set,
                        sizes="(min-width: 768px) 540px, 100vw",
                        alt=product.name,
                        width="640",
                        height="640",
                        decoding="async",
                        class_name="size-full object-cover",
                    ),
                    class_name="shrink-0 w-full aspect-square snap-center",
                ),
            ),
            tab_index=0,
            aria_label=PICTURES,
            custom_attrs={"data-gallery": ""},
            class_name="flex overflow-x-auto snap-x snap-mandatory aspect-square md:rounded-box bg-base-300 "
            "-mx-4 md:mx-0 [scrollbar-width:none]",
        ),
        when(
            product.several_pictures,
            h.ul(
                each(
                    product.pictures,
                    lambda picture: h.li(
                        h.button(
                            h.img(
                                src=picture.src,
                                alt="",
                                width="64",
                                height="64",
                                loading="lazy",
                                class_name="size-full object-cover rounded-field",
                            ),
                            type="button",
                            aria_label=SHOW_PICTURE,
                            custom_attrs={"data-picture": picture.id},
                            class_name="size-16 rounded-field border border-base-300 cursor-pointer hover:border-primary",
                        ),
                    ),
                ),
                class_name="scroll-row gap-2! p-1",
            ),
        ),
        class_name="space-y-2 min-w-0",
    )


def _variants(product: Node) -> Node:
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


def _season(product: Node) -> Node:
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


def _facts(product: Node) -> Node:
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
        when(filled(product.season), _season(product)),
        class_name="space-y-2 md:col-start-1",
    )


def _certificates(product: Node) -> Node:
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


def _price(product: Node) -> Node:
    chosen = product.chosen
    return h.div(
        price_tag(chosen.price_text, chosen.price_unit, large=True),
        price_notes(chosen.before_text, chosen.base_text, "text-sm"),
        h.p(chosen.sale_text, class_name="text-sm font-semibold text-urgent first-letter:uppercase empty:hidden"),
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


def _delivery(page: Node) -> Node:
    return panel(
        panel_title(DELIVERY, "truck"),
        _ways(page.ways),
        h.p(DELIVERY_EXACT, class_name="text-xs text-quiet pt-1"),
    )


def _seller(page: Node) -> Node:
    return panel(
        h.h2(SELLER, class_name="sr-only"),
        h.div(
            portrait(page.seller.portrait, "size-14", "size-7"),
            h.div(
                h.p(page.seller.name, class_name="font-semibold"),
                h.p(page.seller.kind, " · ", page.seller.place, class_name="text-sm text-quiet"),
                h.p(
                    icon("clock", "size-4"),
                    page.seller.hours_text,
                    class_name="text-sm text-quiet flex gap-1.5 items-center",
                ),
                class_name="flex-1 min-w-0",
            ),
            class_name="flex gap-3 items-center",
        ),
        h.a(TO_STORE, href=page.seller.href, class_name=f"{OUTLINE} w-full"),
        class_name="space-y-3",
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


def _shown(page: Node, buying: Node) -> tuple[Node, ...]:
    product = page.product
    return (
        h.div(
            breadcrumb(
                BREADCRUMB,
                crumb(HOME, "/"),
                each(product.path, lambda step: crumb(step.name, step.href)),
            ),
            h.div(
                _gallery(product),
                h.div(
                    when(
                        filled(product.certificates),
                        h.ul(
                            each(product.certificates, lambda one: h.li(badge(one.title, "accent"))),
                            class_name="flex flex-wrap gap-2",
                        ),
                    ),
                    h.h1(product.name, class_name="text-xl md:text-2xl font-semibold break-words"),
                    _price(product),
                    when(product.several_variants, _variants(product)),
                    when(
                        product.expected_text,
                        h.p(badge(product.expected_text, "warning"), " ", AHEAD, class_name="text-sm"),
                    ),
                    h.p(
                        product.chosen.stock_text,
                        when(product.sold_text, h.span(" · ", product.sold_text)),
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
                    _delivery(page),
                    _seller(page),
                    class_name="space-y-4 min-w-0 md:col-start-2 md:row-start-1 md:row-span-2",
                ),
                when(
                    filled(product.facts),
                    _facts(product),
                    when(filled(product.season), h.div(_season(product), class_name="md:col-start-1")),
                ),
                when(filled(product.certificates), _certificates(product)),
                when(
                    filled(product.description),
                    h.section(
                        heading(DESCRIPTION),
                        each(product.description, h.p),
                        class_name="space-y-2 leading-relaxed md:col-start-1",
                    ),
                ),
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


def _buying(page: Node) -> Node:
    product = page.product
    another = h.p(OTHER_VARIANT, class_name="font-semibold text-urgent")
    return h.div(
        when(product.chosen.in_stock, _buy(page), when(product.in_stock, another, _sold_out())),
        _share(page),
        class_name="space-y-4",
    )


def product_content(page: Node) -> Node:
    """Everything a shopper wants to know before buying."""
    return shop_frame(
        *_shown(page, _buying(page)),
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
