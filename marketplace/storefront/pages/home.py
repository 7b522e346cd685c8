"""The first page: what sells now, categories, why one can trust."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.pages.words import ALL_GOODS, CATEGORIES, POPULAR
from marketplace.storefront.parts import category_tiles, product_grid, product_shelf, see_all
from marketplace.storefront.state import HomeState
from marketplace.ui.blocks import assurance, heading, way_on
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, filled, h, say, when
from marketplace.ui.pictures import NO_PICTURE, picture_of

SELLS_NOW = Text("Bán chạy {month}", "Best seller, {month}")
HERO_HINT = Text("Mua thẳng từ {store}, {commune}.", "Straight from {store}, {commune}.")
SEE = Text("Xem ngay", "Have a look")
NEW = Text("Mới đăng", "Just listed")
HONOURED = Text("Đặc sản OCOP", "OCOP specialities")
WHY_HERE = Text("Vì sao mua ở đây", "Why buy here")
SELL_HERE = Text("Bạn có vườn, có nghề?", "You grow or make something?")
SELL_HERE_HINT = Text(
    "Mở gian hàng miễn phí ngay trên điện thoại; tổ công nghệ số ở xã giúp bạn.",
    "Open a shop free of charge on your phone; your commune's digital team helps you.",
)
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
                h.span(" / ", page.hero.price_unit),
                class_name="whitespace-nowrap",
            ),
            h.p(
                say(HERO_HINT, store=page.hero_store, commune=page.hero.commune_name),
                class_name="text-sm md:text-base",
            ),
            h.a(SEE, href=page.hero.href, class_name="btn min-h-11 bg-base-100 text-primary border-0 mt-1 w-fit px-6"),
            class_name="flex-1 min-w-0 flex flex-col justify-center gap-2 p-5 pr-0 md:p-10",
        ),
        picture_of(
            page.hero.picture_key,
            (320, 640, 960),
            "(min-width: 768px) 320px, 40vw",
            otherwise=NO_PICTURE,
            urgent=True,
            class_name="w-36 md:w-72 aspect-square object-cover rounded-full m-4 self-center shrink-0",
        ),
        class_name="hero rounded-box flex items-stretch overflow-hidden",
    )


def home_content(page: Node) -> Node:
    """What sells now, categories, why one can trust, the honoured, the new, and a word to sellers."""
    return shop_frame(
        when(page.hero.href, _hero(page), h.h1(ALL_GOODS, class_name="text-2xl font-semibold")),
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
