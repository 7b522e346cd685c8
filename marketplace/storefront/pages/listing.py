"""Search results and categories."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.pages.words import ALL_GOODS, BREADCRUMB, CATEGORIES, HOME, NEXT_PAGE, POPULAR
from marketplace.storefront.parts import category_tiles, chips, product_grid
from marketplace.storefront.state import ListingState
from marketplace.ui.blocks import breadcrumb, crumb, empty_state, heading
from marketplace.ui.forms import OUTLINE, PRIMARY
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, filled, h, when

FOUND = Text("Sản phẩm", "Products")
SORT_OR_FILTER = Text("Sắp xếp và lọc", "Sort and filter")
FIRST_PAGE = Text("Về trang đầu", "Back to the first page")
NOTHING = Text("Chưa tìm thấy món này", "Nothing found")
NOTHING_HINT = Text(
    "Thử gõ ngắn hơn, không dấu cũng được, hoặc xem những món đang bán chạy dưới đây.",
    "Try fewer letters, accents are not needed, or see what others buy below.",
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
                h.h2(FOUND, class_name="sr-only"),
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
