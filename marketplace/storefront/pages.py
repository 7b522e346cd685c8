"""The public pages. Each content function makes both the first view and the live page."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.parts import category_tile, chip, product_grid
from marketplace.storefront.state import HomeState, ListingState, ProductState, StoreState
from marketplace.ui.blocks import badge, empty_state, heading, panel, price_tag
from marketplace.ui.forms import OUTLINE, PRIMARY, THUMB_BAR, form_problem
from marketplace.ui.icons import icon
from marketplace.ui.layout import notice_bar, shop_frame
from marketplace.ui.markup import FirstView, Node, each, filled, h, initial, live_only, say, when
from marketplace.ui.page import Page, live_page

IN_SEASON = Text("Bán chạy · {month}", "Selling now · {month}")
HERO_HINT = Text(
    "Mua thẳng từ {store}, {commune}. Mỗi đơn là một hợp đồng điện tử có thể xác minh.",
    "Straight from {store}, {commune}. Every order is an electronic contract anyone can verify.",
)
SEE = Text("Xem ngay", "Have a look")
SEE_ALL = Text("Xem tất cả", "See all")
CATEGORIES = Text("Danh mục", "Categories")
POPULAR = Text("Bán chạy", "Popular")
NEW = Text("Mới đăng", "Just listed")
HONOURED = Text("Đặc sản OCOP", "OCOP specialities")
SORT_BY = Text("Sắp xếp", "Sort by")
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
QUANTITY = Text("Số lượng ({unit})", "Quantity ({unit})")
ADD = Text("Thêm vào giỏ", "Add to basket")
TO_BASKET = Text("Xem giỏ", "See basket")
LESS = Text("Bớt", "Less")
MORE = Text("Thêm", "More")
SOLD_OUT = Text("Tạm hết hàng. Hãy xem các món tương tự bên dưới.", "Sold out for now. See similar goods below.")
INSPECT = Text("Được kiểm hàng trước khi trả tiền", "You may check the goods before paying")
CASH = Text("Trả tiền mặt khi nhận", "Cash on delivery")
CONTRACT = Text("Có hợp đồng điện tử, xác minh được", "Comes with a contract anyone can verify")
DELIVERY = Text("Giao hàng", "Delivery")
FROM_FEE = Text("từ", "from")
DESCRIPTION = Text("Mô tả", "Description")
SELLER = Text("Người bán", "Seller")
TO_STORE = Text("Vào gian hàng", "Visit the shop")
RELATED = Text("Món tương tự", "Similar goods")
PICTURES = Text("Ảnh sản phẩm", "Product pictures")
GOODS_OF_STORE = Text("Hàng đang bán", "On sale")
DISCLOSURE = Text("Thông tin người bán", "About the seller")
LEGAL_NAME = Text("Tên đăng ký", "Registered name")
TAX_CODE = Text("Mã số thuế", "Tax code")
ADDRESS = Text("Địa chỉ", "Address")
PHONE = Text("Điện thoại", "Phone")


def home_content(page: Node) -> Node:
    """What sells now, categories, the honoured, the new."""
    return shop_frame(
        when(
            page.hero.slug,
            h.section(
                h.div(
                    h.p(say(IN_SEASON, month=page.month), class_name="text-sm"),
                    h.h1(page.hero.name, class_name="text-2xl md:text-4xl font-semibold leading-tight"),
                    h.p(
                        say(HERO_HINT, store=page.hero.store_name, commune=page.hero.commune_name),
                        class_name="text-sm md:text-base",
                    ),
                    h.a(SEE, href=page.hero.href, class_name="btn min-h-11 bg-base-100 text-primary border-0 mt-2"),
                    class_name="flex-1 space-y-2 p-5 md:p-8",
                ),
                h.img(
                    src=page.hero.picture,
                    src_set=page.hero.picture_set,
                    sizes="(min-width: 768px) 320px, 40vw",
                    alt="",
                    width="320",
                    height="320",
                    fetch_priority="high",
                    class_name="w-36 md:w-80 self-stretch object-cover",
                ),
                class_name="rounded-box bg-primary text-primary-content flex items-stretch overflow-hidden",
            ),
            h.h1(ALL_GOODS, class_name="text-2xl font-semibold"),
        ),
        h.nav(
            h.ul(
                each(page.categories, category_tile), class_name="grid grid-cols-4 md:grid-cols-5 lg:grid-cols-10 gap-2"
            ),
            aria_label=CATEGORIES,
        ),
        h.section(heading(POPULAR, _all("/search")), product_grid(page.popular), class_name="space-y-3"),
        when(
            filled(page.honoured),
            h.section(heading(HONOURED, _all("/search?ocop=3")), product_grid(page.honoured), class_name="space-y-3"),
        ),
        h.section(heading(NEW, _all("/search?sort=new")), product_grid(page.fresh), class_name="space-y-3"),
        active="home",
        basket_count=HomeState.basket_count,
    )


def _all(href: str) -> Node:
    return h.a(SEE_ALL, href=href, class_name="link link-hover text-primary text-sm inline-flex items-center min-h-11")


def listing_content(page: Node) -> Node:
    """Search results or a category."""
    return shop_frame(
        when(
            page.parent_name,
            h.nav(
                h.a(
                    page.parent_name,
                    href=page.parent_href,
                    class_name="link link-hover inline-flex items-center min-h-11",
                ),
                aria_label=BREADCRUMB,
                class_name="text-sm",
            ),
        ),
        h.div(
            h.h1(page.title, class_name="text-xl md:text-2xl font-semibold"),
            h.p(page.total_text, class_name="text-quiet text-sm num"),
        ),
        h.nav(
            h.ul(
                each(page.categories, lambda item: h.li(chip(item.name, item.href))),
                class_name="flex gap-2 overflow-x-auto pb-1 -mx-4 px-4",
            ),
            aria_label=CATEGORIES,
        ),
        when(
            page.found,
            h.div(
                h.nav(
                    h.ul(
                        each(page.sorts, lambda item: h.li(chip(item.label, item.href, item.chosen))),
                        class_name="flex gap-2 overflow-x-auto pb-1 -mx-4 px-4",
                    ),
                    aria_label=SORT_BY,
                ),
                product_grid(page.cards),
                h.div(
                    when(page.deeper, h.a(FIRST_PAGE, href=page.first_href, class_name=OUTLINE)),
                    when(page.next_href, h.a(NEXT_PAGE, href=page.next_href, rel="next", class_name=PRIMARY)),
                    class_name="flex justify-center gap-3",
                ),
                class_name="space-y-4",
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
    return h.ul(
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
        class_name="flex overflow-x-auto snap-x snap-mandatory md:rounded-box bg-base-300 -mx-4 md:mx-0",
    )


def _buy(page: Node) -> Node:
    product = page.product
    step_button = "btn btn-ghost size-11 p-0 rounded-full"
    return h.form(
        h.input(type="hidden", name="sku", value=product.sku),
        h.label(say(QUANTITY, unit=product.unit_text), html_for="quantity", class_name="font-semibold text-sm"),
        h.div(
            h.div(
                h.button(
                    icon("minus"),
                    type="button",
                    aria_label=LESS,
                    class_name=step_button,
                    custom_attrs={"data-step": "down"},
                ),
                h.input(
                    id="quantity",
                    name="quantity",
                    type="number",
                    input_mode="decimal",
                    min=page.minimum_text,
                    step=page.step_text,
                    max=page.available_text,
                    **initial(page.minimum_text),
                    class_name="num font-semibold w-20 text-center bg-transparent min-h-11",
                ),
                h.button(
                    icon("plus"),
                    type="button",
                    aria_label=MORE,
                    class_name=step_button,
                    custom_attrs={"data-step": "up"},
                ),
                class_name="inline-flex items-center border border-base-300 rounded-full bg-base-100",
            ),
            h.span(product.steps_text, class_name="text-sm text-quiet"),
            class_name="flex flex-wrap items-center gap-3",
        ),
        live_only(lambda: form_problem(ProductState.problem)),
        h.div(
            h.button(ADD, type="submit", class_name=f"{PRIMARY} flex-1 text-base"),
            h.a(TO_BASKET, href="/basket", class_name=f"{OUTLINE} bg-base-100"),
            class_name=THUMB_BAR,
        ),
        action="/basket/lines",
        method="post",
        on_submit=ProductState.add,
        class_name="space-y-3",
    )


def _fact(symbol: str, text: Text) -> Node:
    return h.li(icon(symbol, "size-5 text-primary"), h.span(text), class_name="flex gap-2 items-center")


def product_content(page: Node) -> Node:
    """Everything a shopper wants to know before buying."""
    product = page.product
    return shop_frame(
        h.nav(
            h.ol(
                h.li(h.a(HOME, href="/", class_name="link link-hover")),
                h.li("›", aria_hidden="true"),
                h.li(h.a(product.category.name, href=product.category.href, class_name="link link-hover")),
                class_name="flex gap-2 text-sm text-quiet",
            ),
            aria_label=BREADCRUMB,
        ),
        h.div(
            _gallery(product),
            h.div(
                when(product.ocop_text, h.div(badge(product.ocop_text, "accent"))),
                h.h1(product.name, class_name="text-xl md:text-2xl font-semibold"),
                price_tag(product.price_text, product.unit_text, large=True),
                h.p(
                    h.span(product.stock_text),
                    when(product.sold_text, h.span(" · ", product.sold_text)),
                    class_name="num text-sm text-quiet",
                ),
                when(product.in_stock, _buy(page), h.p(SOLD_OUT, class_name="font-semibold text-urgent")),
                h.ul(
                    _fact("shield", INSPECT),
                    _fact("money", CASH),
                    _fact("contract", CONTRACT),
                    class_name="space-y-2 text-sm",
                ),
                panel(
                    h.h2(DELIVERY, class_name="font-semibold"),
                    h.ul(
                        each(
                            page.ways,
                            lambda way: h.li(
                                h.span(way.label, " · ", h.span(way.detail, class_name="text-quiet")),
                                h.span(FROM_FEE, " ", way.fee_text, class_name="num whitespace-nowrap"),
                                class_name="flex justify-between gap-3 py-2 text-sm",
                            ),
                        ),
                        class_name="divide-y divide-base-300",
                    ),
                ),
                panel(
                    h.h2(SELLER, class_name="sr-only"),
                    h.div(
                        when(
                            page.seller.portrait,
                            h.img(
                                src=page.seller.portrait,
                                alt="",
                                width="56",
                                height="56",
                                class_name="size-14 rounded-full object-cover",
                            ),
                            h.span(icon("store", "size-7"), class_name="rounded-full bg-base-200 p-3"),
                        ),
                        h.div(
                            h.p(page.seller.name, class_name="font-semibold"),
                            h.p(page.seller.kind, " · ", page.seller.place, class_name="text-sm text-quiet"),
                            h.p(page.seller.hours_text, class_name="text-sm text-quiet"),
                            class_name="flex-1 min-w-0",
                        ),
                        h.a(TO_STORE, href=page.seller.href, class_name=OUTLINE),
                        class_name="flex flex-wrap gap-3 items-center",
                    ),
                ),
                class_name="space-y-4",
            ),
            class_name="grid gap-4 md:grid-cols-2 md:gap-8",
        ),
        h.section(
            h.h2(DESCRIPTION, class_name="text-lg font-semibold"),
            each(product.description, h.p),
            class_name="space-y-2 max-w-3xl",
        ),
        when(
            filled(product.related),
            h.section(heading(RELATED), product_grid(product.related), class_name="space-y-3"),
        ),
        notice=live_only(lambda: notice_bar(ProductState)),
        basket_count=ProductState.basket_count,
    )


def store_content(page: Node) -> Node:
    """A shop: its story, its goods, and who stands behind it."""
    row = "flex flex-wrap gap-x-3 py-1.5"
    return shop_frame(
        h.section(
            when(
                page.portrait,
                h.img(
                    src=page.portrait, alt="", width="96", height="96", class_name="size-24 rounded-full object-cover"
                ),
                h.span(icon("store", "size-12"), class_name="rounded-full bg-base-100 border border-base-300 p-6"),
            ),
            h.div(
                h.h1(page.name, class_name="text-2xl font-semibold"),
                h.p(page.kind, " · ", page.place, class_name="text-quiet"),
                each(page.story, lambda text: h.p(text, class_name="max-w-2xl")),
                class_name="space-y-1 flex-1 min-w-0",
            ),
            class_name="flex flex-wrap gap-4 items-start",
        ),
        h.section(
            heading(GOODS_OF_STORE, h.span(page.total_text, class_name="num text-sm text-quiet")),
            product_grid(page.cards),
            when(page.next_href, h.a(NEXT_PAGE, href=page.next_href, rel="next", class_name=PRIMARY)),
            class_name="space-y-3",
        ),
        panel(
            h.h2(DISCLOSURE, class_name="font-semibold"),
            h.dl(
                h.div(h.dt(LEGAL_NAME, class_name="text-quiet"), h.dd(page.legal_name), class_name=row),
                when(
                    page.tax_code,
                    h.div(
                        h.dt(TAX_CODE, class_name="text-quiet"), h.dd(page.tax_code, class_name="num"), class_name=row
                    ),
                ),
                h.div(h.dt(ADDRESS, class_name="text-quiet"), h.dd(page.address), class_name=row),
                h.div(
                    h.dt(PHONE, class_name="text-quiet"),
                    h.dd(
                        h.a(page.phone, href=page.phone_href, class_name="link num inline-flex items-center min-h-11")
                    ),
                    class_name=row,
                ),
                class_name="text-sm",
            ),
        ),
        basket_count=StoreState.basket_count,
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
