"""A shop: what it looks like, what it sells, when and where it is, and who stands behind it."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.pages.words import ALL_GOODS
from marketplace.storefront.parts import chips, next_page, portrait, product_grid, product_shelf
from marketplace.storefront.state import StoreState
from marketplace.ui.blocks import empty_state, heading, panel, panel_title
from marketplace.ui.forms import OUTLINE, PRIMARY
from marketplace.ui.icons import icon
from marketplace.ui.layout import notice_bar, shop_frame
from marketplace.ui.markup import Node, each, filled, h, initial, is_live, live_only, when
from marketplace.ui.page import Page, live_page
from marketplace.ui.pictures import picture_of

GOODS_OF_STORE = Text("Tất cả hàng", "All goods")
SEARCH = Text("Tìm trong gian hàng", "Search this shop")
DO_SEARCH = Text("Tìm", "Search")
ORDER = Text("Sắp xếp", "Sort")
DISCLOSURE = Text("Thông tin người bán", "About the seller")
LEGAL_NAME = Text("Tên đăng ký", "Registered name")
TAX_CODE = Text("Mã số thuế", "Tax code")
ADDRESS = Text("Địa chỉ", "Address")
PHONE = Text("Điện thoại", "Phone")
CALL = Text("Gọi", "Call")
FOLLOW = Text("Theo dõi", "Follow")
FOLLOWING = Text("Đang theo dõi", "Following")
OPENING = Text("Giờ mở cửa", "Opening hours")
DELIVERY_DAYS = Text("Ngày giao hàng", "Delivery days")
PLACE = Text("Ở đâu", "Where it is")
CERTIFICATES = Text("Chứng nhận", "Certificates")
DOCUMENT = Text("Xem bản gốc", "See the document")
NO_GOODS = Text("Gian hàng chưa bày món nào", "Nothing on sale here yet")
NO_GOODS_HINT = Text("Hãy quay lại sau, hoặc xem các gian hàng khác.", "Come back later, or see other shops.")
NOT_FOUND = Text("Gian hàng không có món như vậy", "This shop has no such goods")
NOT_FOUND_HINT = Text("Thử ít chữ hơn, hoặc xem tất cả hàng ở đây.", "Try fewer words, or see all goods here.")
ALL_OF_STORE = Text("Xem tất cả hàng", "See all goods")
RATING = Text("Điểm đánh giá", "Rating")


def _disclosed(label: Text, *value: Node) -> Node:
    return h.div(
        h.dt(label, class_name="text-quiet"),
        h.dd(*value, class_name="break-words"),
        class_name="py-2 sm:grid sm:grid-cols-[10rem_1fr] gap-3",
    )


def _banner(page: Node) -> Node:
    return when(
        page.banner_key,
        picture_of(
            page.banner_key,
            (960, 320, 640, 1280),
            "(min-width: 1152px) 1120px, 100vw",
            urgent=True,
            class_name="w-full aspect-3/1 md:aspect-4/1 object-cover bg-base-300",
        ),
        h.div(class_name="hero w-full h-20 md:h-28"),
    )


def _facts(page: Node) -> Node:
    return h.p(
        when(
            page.rating_text,
            h.span(
                h.span(RATING, " ", class_name="sr-only"),
                h.span("★ ", aria_hidden="true", class_name="text-secondary"),
                page.rating_text,
                " · ",
                page.reviews_text,
                class_name="relative",
            ),
        ),
        when(page.followers_text, h.span(page.followers_text)),
        class_name="num text-sm flex flex-wrap gap-x-3 empty:hidden",
    )


def _head(page: Node, follow: Node) -> Node:
    return h.section(
        _banner(page),
        h.div(
            h.div(
                h.div(
                    portrait(page.portrait, "size-20 md:size-24", "size-10"),
                    class_name="rounded-full bg-base-100 p-1 w-fit -mt-12 relative",
                ),
                h.div(
                    h.h1(
                        page.name,
                        tab_index=-1,
                        class_name="text-xl md:text-2xl font-semibold outline-none break-words",
                    ),
                    h.p(page.kind, " · ", page.place, class_name="text-quiet text-sm"),
                    _facts(page),
                    class_name="min-w-0",
                ),
                h.div(
                    follow,
                    h.a(icon("phone"), CALL, href=page.phone_href, class_name=OUTLINE),
                    class_name="flex flex-wrap gap-2 md:ml-auto",
                ),
                class_name="flex flex-col md:flex-row md:items-end gap-x-4 gap-y-2",
            ),
            h.div(
                each(page.story, lambda text: h.p(text, class_name="max-w-2xl")), class_name="space-y-2 empty:hidden"
            ),
            class_name="p-4 space-y-3",
        ),
        class_name="rounded-box bg-base-100 border border-base-300 overflow-hidden",
    )


def _search(page: Node) -> Node:
    return h.form(
        h.input(
            type="search",
            name="q",
            **initial(page.q),
            placeholder=SEARCH,
            aria_label=SEARCH,
            max_length=100,
            enter_key_hint="search",
            class_name="input h-11 grow min-w-0 text-base",
        ),
        h.button(icon("search"), h.span(DO_SEARCH, class_name="sr-only"), type="submit", class_name=OUTLINE),
        action=page.search_href,
        method="get",
        role="search",
        aria_label=SEARCH,
        class_name="flex gap-2 w-full sm:max-w-sm",
    )


def _goods(page: Node) -> Node:
    return h.section(
        heading(GOODS_OF_STORE, h.span(page.total_text, class_name="num text-sm text-quiet")),
        h.div(_search(page), chips(ORDER, page.sorts), class_name="space-y-2 md:flex md:items-center md:gap-4"),
        when(
            filled(page.cards),
            product_grid(page.cards, grows=True),
            when(
                page.deeper,
                empty_state(
                    "search", NOT_FOUND, NOT_FOUND_HINT, h.a(ALL_OF_STORE, href=page.search_href, class_name=OUTLINE)
                ),
                empty_state("store", NO_GOODS, NO_GOODS_HINT, h.a(ALL_GOODS, href="/search", class_name=OUTLINE)),
            ),
        ),
        when(
            page.next_href,
            h.div(
                next_page(page.next_href),
                class_name="flex justify-center pt-3",
            ),
        ),
        id="goods",
        class_name="space-y-3 scroll-mt-20",
    )


def _map(page: Node) -> Node:
    return panel(
        panel_title(PLACE, "pin"),
        h.svg(
            h.path(d=page.map.others, class_name="fill-base-300 stroke-base-100"),
            h.path(d=page.map.here, class_name="fill-primary/35 stroke-primary"),
            h.circle(cx=page.map.x, cy=page.map.y, r="9", class_name="fill-primary/25"),
            h.circle(cx=page.map.x, cy=page.map.y, r="4.5", class_name="fill-primary stroke-base-100"),
            view_box=page.map.view_box,
            role="img",
            aria_label=page.map.label,
            class_name="w-full max-w-xs mx-auto h-auto [stroke-linejoin:round]",
        ),
        h.p(page.address, class_name="text-sm text-center"),
        class_name="space-y-3",
    )


def _times(page: Node) -> Node:
    return panel(
        when(
            filled(page.opening),
            h.div(
                panel_title(OPENING, "clock"),
                h.dl(
                    each(
                        page.opening,
                        lambda line: h.div(
                            h.dt(line.days),
                            h.dd(line.hours, class_name="num"),
                            class_name="flex justify-between gap-4 py-1.5",
                        ),
                    ),
                    class_name="divide-y divide-base-300 text-sm",
                ),
                class_name="space-y-1",
            ),
        ),
        when(
            page.delivery_days,
            h.div(
                panel_title(DELIVERY_DAYS, "truck"),
                h.p(page.delivery_days, class_name="text-sm"),
                class_name="space-y-1",
            ),
        ),
        class_name="space-y-3",
    )


def _certificates(page: Node) -> Node:
    return panel(
        panel_title(CERTIFICATES, "shield"),
        h.ul(
            each(
                page.certificates,
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
    )


def _behind(page: Node) -> Node:
    return panel(
        panel_title(DISCLOSURE, "contract"),
        h.dl(
            _disclosed(LEGAL_NAME, page.legal_name),
            when(page.tax_code, _disclosed(TAX_CODE, h.span(page.tax_code, class_name="num"))),
            _disclosed(ADDRESS, page.address),
            _disclosed(PHONE, h.a(page.phone, href=page.phone_href, class_name="link num")),
            class_name="text-sm divide-y divide-base-300",
        ),
    )


def store_shown(page: Node, follow: Node) -> Node:
    """All of a shop, with whatever stands where it is followed."""
    return h.div(
        _head(page, follow),
        each(page.sections, lambda section: product_shelf(section.title, section.cards, section.href)),
        _goods(page),
        h.div(
            h.div(
                when(filled(page.opening), _times(page), when(page.delivery_days, _times(page))),
                when(page.closed, panel(h.p(icon("clock"), page.closed, class_name="flex gap-2 text-urgent"))),
                when(filled(page.certificates), _certificates(page)),
                _behind(page),
                class_name="space-y-4",
            ),
            when(page.map.view_box, _map(page)),
            class_name="grid gap-4 md:grid-cols-2 items-start",
        ),
        class_name=page.theme_class,
    )


def _follow(page: Node) -> Node:
    if is_live():
        return h.form(
            h.button(
                icon("heart"),
                when(StoreState.following, FOLLOWING, FOLLOW),
                type="submit",
                aria_pressed=when(StoreState.following, "true", "false"),
                class_name=when(StoreState.following, OUTLINE, PRIMARY),
            ),
            on_submit=StoreState.toggle_follow,
        )
    # Before the page is alive nobody is known: following twice is following once.
    return h.form(
        h.button(icon("heart"), FOLLOW, type="submit", class_name=PRIMARY), action=page.follow_href, method="post"
    )


def store_content(page: Node) -> Node:
    """A shop as shoppers see it."""
    return shop_frame(
        store_shown(page, _follow(page)),
        notice=live_only(lambda: notice_bar(StoreState)),
        basket_count=StoreState.basket_count,
    )


STORE_PAGE = Page("/s/[store]", lambda: live_page(StoreState, store_content), StoreState.load, own_first_view=True)
