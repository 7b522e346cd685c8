"""The public pages. Each content function makes both the first view and the live page."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.parts import category_tiles, chips, product_grid, product_shelf, see_all
from marketplace.storefront.state import HomeState, ListingState, ProductState, StoreState
from marketplace.ui.blocks import (
    assurance,
    badge,
    breadcrumb,
    crumb,
    empty_state,
    fact,
    heading,
    page_title,
    panel,
    panel_title,
    price_tag,
    way_on,
)
from marketplace.ui.forms import OUTLINE, PRIMARY, form_problem, quantity_field, thumb_bar
from marketplace.ui.icons import icon
from marketplace.ui.layout import notice_bar, shop_frame
from marketplace.ui.markup import FirstView, Node, each, filled, h, live_only, say, when
from marketplace.ui.page import Page, live_page

SELLS_NOW = Text("Bán chạy {month}", "Best seller, {month}")
HERO_HINT = Text("Mua thẳng từ {store}, {commune}.", "Straight from {store}, {commune}.")
SEE = Text("Xem ngay", "Have a look")
CATEGORIES = Text("Danh mục", "Categories")
POPULAR = Text("Bán chạy", "Popular")
NEW = Text("Mới đăng", "Just listed")
HONOURED = Text("Đặc sản OCOP", "OCOP specialities")
WHY_HERE = Text("Vì sao mua ở đây", "Why buy here")
SELL_HERE = Text("Bạn có vườn, có nghề?", "You grow or make something?")
SELL_HERE_HINT = Text(
    "Mở gian hàng miễn phí ngay trên điện thoại; tổ công nghệ số ở xã giúp bạn.",
    "Open a shop free of charge on your phone; your commune's digital team helps you.",
)
SORT_OR_FILTER = Text("Sắp xếp và lọc", "Sort and filter")
NEXT_PAGE = Text("Xem thêm", "More")
FIRST_PAGE = Text("Về trang đầu", "Back to the first page")
NOTHING = Text("Chưa tìm thấy món này", "Nothing found")
NOTHING_HINT = Text(
    "Thử gõ ngắn hơn, không dấu cũng được, hoặc xem những món đang bán chạy dưới đây.",
    "Try fewer letters, accents are not needed, or see what others buy below.",
)
ALL_GOODS = Text("Tất cả sản phẩm", "All products")
HOME = Text("Trang chủ", "Home")
BREADCRUMB = Text("Đường dẫn", "Breadcrumb")
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
DESCRIPTION = Text("Mô tả", "Description")
SELLER = Text("Người bán", "Seller")
TO_STORE = Text("Vào gian hàng", "Visit the shop")
SAME_SHOP = Text("Cùng gian hàng", "From the same shop")
RELATED = Text("Món tương tự", "Similar goods")
PICTURES = Text("Ảnh sản phẩm", "Product pictures")
SHOW_PICTURE = Text("Xem ảnh", "Show picture")
GOODS_OF_STORE = Text("Hàng đang bán", "On sale")
DISCLOSURE = Text("Thông tin người bán", "About the seller")
LEGAL_NAME = Text("Tên đăng ký", "Registered name")
TAX_CODE = Text("Mã số thuế", "Tax code")
ADDRESS = Text("Địa chỉ", "Address")
PHONE = Text("Điện thoại", "Phone")
CALL = Text("Gọi người bán", "Call the seller")
NO_GOODS = Text("Gian hàng chưa bày món nào", "Nothing on sale here yet")
NO_GOODS_HINT = Text("Hãy quay lại sau, hoặc xem các gian hàng khác.", "Come back later, or see other shops.")
GONE = Text("Không có trang này", "There is no such page")
GONE_HINT = Text(
    "Có thể sản phẩm đã ngừng bán hoặc địa chỉ gõ chưa đúng.",
    "The product may no longer be sold, or the address is not right.",
)
LOOK_AROUND = Text("Xem hàng đang bán", "See what is on sale")
ASSURANCES: tuple[tuple[str, Text, Text, str], ...] = (
    (
        "money",
        Text("Nhận hàng rồi trả tiền", "Pay on delivery"),
        Text("Được kiểm hàng trước", "Check the goods first"),
        "/help/buying",
    ),
    (
        "contract",
        Text("Mỗi đơn một hợp đồng", "A contract with every order"),
        Text("Ai cũng xác minh được", "Anyone can verify it"),
        "/help/contracts",
    ),
    (
        "store",
        Text("Biết rõ ai bán", "You know who sells"),
        Text("Tên, địa chỉ, mã số thuế", "Name, address, tax code"),
        "/help/selling",
    ),
    (
        "truck",
        Text("Phí giao báo trước", "Delivery fee up front"),
        Text("Không phụ thu sau", "Nothing added later"),
        "/help/buying#delivery",
    ),
)


def _hero(page: Node) -> Node:
    return h.section(
        h.div(
            h.p(say(SELLS_NOW, month=page.month), class_name="text-sm"),
            h.h1(page.hero.name, class_name="text-2xl md:text-4xl font-semibold leading-tight text-balance"),
            h.p(
                h.span(page.hero.price_text, class_name="num font-semibold text-xl md:text-2xl"),
                h.span(" / ", page.hero.unit_text),
                class_name="whitespace-nowrap",
            ),
            h.p(
                say(HERO_HINT, store=page.hero.store_name, commune=page.hero.commune_name),
                class_name="text-sm md:text-base",
            ),
            h.a(SEE, href=page.hero.href, class_name="btn min-h-11 bg-base-100 text-primary border-0 mt-1 w-fit px-6"),
            class_name="flex-1 min-w-0 flex flex-col justify-center gap-2 p-5 pr-0 md:p-10",
        ),
        h.img(
            src=page.hero.picture,
            src_set=page.hero.picture_set,
            sizes="(min-width: 768px) 320px, 40vw",
            alt="",
            width="320",
            height="320",
            fetch_priority="high",
            class_name="w-36 md:w-72 aspect-square object-cover rounded-full m-4 self-center shrink-0",
        ),
        class_name="hero rounded-box flex items-stretch overflow-hidden",
    )


def home_content(page: Node) -> Node:
    """What sells now, categories, why one can trust, the honoured, the new, and a word to sellers."""
    return shop_frame(
        when(page.hero.slug, _hero(page), h.h1(ALL_GOODS, class_name="text-2xl font-semibold")),
        category_tiles(CATEGORIES, page.categories),
        h.section(heading(POPULAR, see_all("/search")), product_grid(page.popular), class_name="space-y-3"),
        h.section(
            h.h2(WHY_HERE, class_name="sr-only"),
            h.ul(*(assurance(*promise) for promise in ASSURANCES), class_name="grid grid-cols-2 lg:grid-cols-4 gap-3"),
        ),
        when(filled(page.honoured), product_shelf(HONOURED, page.honoured, "/search?ocop=3")),
        when(filled(page.fresh), product_shelf(NEW, page.fresh, "/search?sort=new")),
        h.ul(
            way_on("store", SELL_HERE, "/seller/start", SELL_HERE_HINT),
            class_name="rounded-box bg-base-100 border border-base-300 overflow-hidden",
        ),
        active="home",
        basket_count=HomeState.basket_count,
    )


def listing_content(page: Node) -> Node:
    """Search results or a category."""
    return shop_frame(
        h.div(
            when(page.parent_name, breadcrumb(BREADCRUMB, crumb(HOME, "/"), crumb(page.parent_name, page.parent_href))),
            h.h1(page.title, class_name="text-xl md:text-2xl font-semibold break-words"),
            when(page.found, h.p(page.total_text, class_name="text-quiet text-sm num")),
        ),
        when(filled(page.tiles), category_tiles(CATEGORIES, page.tiles)),
        when(
            page.found,
            h.div(
                when(filled(page.categories), chips(CATEGORIES, page.categories)),
                chips(SORT_OR_FILTER, page.choices),
                class_name="space-y-1",
            ),
        ),
        when(
            page.found,
            h.div(
                product_grid(page.cards),
                h.div(
                    when(page.deeper, h.a(FIRST_PAGE, href=page.first_href, class_name=OUTLINE)),
                    when(
                        page.next_href,
                        h.a(NEXT_PAGE, href=page.next_href, rel="next", class_name=f"{PRIMARY} px-10"),
                    ),
                    class_name="flex justify-center gap-3",
                ),
                class_name="space-y-6",
            ),
            h.div(
                empty_state("search", NOTHING, NOTHING_HINT, h.a(ALL_GOODS, href="/search", class_name=OUTLINE)),
                heading(POPULAR),
                product_grid(page.suggestions),
                class_name="space-y-4",
            ),
        ),
        active="categories",
        basket_count=ListingState.basket_count,
        typed=page.q,
    )


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


def _buy(page: Node) -> Node:
    product = page.product
    return h.form(
        h.input(type="hidden", name="sku", value=product.sku),
        quantity_field(
            QUANTITY,
            page.minimum_text,
            product.unit_text,
            step=page.step_text,
            minimum=page.minimum_text,
            available=page.available_text,
            hint=product.steps_text,
        ),
        live_only(lambda: form_problem(ProductState.problem)),
        thumb_bar(
            h.button(
                ADD,
                # Filled by the script with quantity times price.
                h.output(
                    custom_attrs={"data-total-of": product.price}, class_name="num empty:hidden before:content-['·_']"
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


def _delivery(page: Node) -> Node:
    return panel(
        panel_title(DELIVERY, "truck"),
        h.ul(
            each(
                page.ways,
                lambda way: h.li(
                    h.span(
                        h.span(way.label, class_name="block"), h.span(way.detail, class_name="block text-quiet text-xs")
                    ),
                    h.span(way.fee_text, class_name="num whitespace-nowrap"),
                    class_name="flex items-center justify-between gap-3 py-2 text-sm",
                ),
            ),
            class_name="divide-y divide-base-300",
        ),
        h.p(DELIVERY_EXACT, class_name="text-xs text-quiet pt-1"),
    )


def _portrait(picture: Node, size: str, symbol_size: str) -> Node:
    return when(
        picture,
        h.img(src=picture, alt="", width="96", height="96", class_name=f"{size} rounded-full object-cover shrink-0"),
        h.span(
            icon("store", symbol_size),
            class_name=f"{size} rounded-full bg-base-200 border border-base-300 grid place-items-center shrink-0",
        ),
    )


def _seller(page: Node) -> Node:
    return panel(
        h.h2(SELLER, class_name="sr-only"),
        h.div(
            _portrait(page.seller.portrait, "size-14", "size-7"),
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


def product_content(page: Node) -> Node:
    """Everything a shopper wants to know before buying."""
    product = page.product
    return shop_frame(
        h.div(
            breadcrumb(
                BREADCRUMB,
                crumb(HOME, "/"),
                each(page.crumbs, lambda step: crumb(step.name, step.href)),
            ),
            h.div(
                _gallery(product),
                h.div(
                    when(product.ocop_text, h.div(badge(product.ocop_text, "accent"))),
                    h.h1(product.name, class_name="text-xl md:text-2xl font-semibold break-words"),
                    price_tag(product.price_text, product.unit_text, large=True),
                    h.p(
                        product.stock_text,
                        when(product.sold_text, h.span(" · ", product.sold_text)),
                        class_name="num text-sm text-quiet first-letter:uppercase",
                    ),
                    when(product.in_stock, _buy(page), _sold_out()),
                    h.ul(
                        fact("shield", INSPECT),
                        fact("money", CASH),
                        fact("contract", CONTRACT),
                        class_name="space-y-2 text-sm",
                    ),
                    _delivery(page),
                    _seller(page),
                    class_name="space-y-4 min-w-0 md:col-start-2 md:row-start-1 md:row-span-2",
                ),
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
        when(filled(page.same_shop), product_shelf(SAME_SHOP, page.same_shop, page.seller.href)),
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


def _disclosed(label: Text, *value: Node) -> Node:
    return h.div(
        h.dt(label, class_name="text-quiet"),
        h.dd(*value, class_name="break-words"),
        class_name="py-2 sm:grid sm:grid-cols-[10rem_1fr] gap-3",
    )


def store_content(page: Node) -> Node:
    """A shop: its story, its goods, and who stands behind it."""
    return shop_frame(
        panel(
            h.div(
                _portrait(page.portrait, "size-20 md:size-24", "size-10"),
                page_title(page.name, under=h.span(page.kind, " · ", page.place)),
                class_name="flex gap-4 items-center",
            ),
            each(page.story, lambda text: h.p(text, class_name="max-w-2xl")),
            h.a(
                icon("phone"),
                CALL,
                href=page.phone_href,
                class_name=OUTLINE,
            ),
            class_name="space-y-3",
        ),
        h.section(
            heading(GOODS_OF_STORE, h.span(page.total_text, class_name="num text-sm text-quiet")),
            when(
                filled(page.cards),
                product_grid(page.cards),
                empty_state("store", NO_GOODS, NO_GOODS_HINT, h.a(ALL_GOODS, href="/search", class_name=OUTLINE)),
            ),
            when(
                page.next_href,
                h.div(
                    h.a(NEXT_PAGE, href=page.next_href, rel="next", class_name=f"{PRIMARY} px-10"),
                    class_name="flex justify-center pt-3",
                ),
            ),
            class_name="space-y-3",
        ),
        panel(
            panel_title(DISCLOSURE, "shield"),
            h.dl(
                _disclosed(LEGAL_NAME, page.legal_name),
                when(page.tax_code, _disclosed(TAX_CODE, h.span(page.tax_code, class_name="num"))),
                _disclosed(ADDRESS, page.address),
                _disclosed(PHONE, h.a(page.phone, href=page.phone_href, class_name="link num")),
                class_name="text-sm divide-y divide-base-300",
            ),
        ),
        basket_count=StoreState.basket_count,
    )


def no_such_page(_: Node) -> Node:
    """There is no such page, and what to do now."""
    return shop_frame(
        empty_state("search", GONE, GONE_HINT, h.a(LOOK_AROUND, href="/search", class_name=PRIMARY), alone=True)
    )


HOME_VIEW = FirstView(home_content)
LISTING_VIEW = FirstView(listing_content)
PRODUCT_VIEW = FirstView(product_content)
STORE_VIEW = FirstView(store_content)

PAGES = (
    Page("/", lambda: live_page(HomeState, home_content), HomeState.load, own_first_view=True),
    Page("/search", lambda: live_page(ListingState, listing_content), ListingState.load, own_first_view=True),
    Page("/c/[category]", lambda: live_page(ListingState, listing_content), ListingState.load, own_first_view=True),
    Page("/p/[product]", lambda: live_page(ProductState, product_content), ProductState.load, own_first_view=True),
    Page("/s/[store]", lambda: live_page(StoreState, store_content), StoreState.load, own_first_view=True),
)
