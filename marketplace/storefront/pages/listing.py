"""Search results and categories."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.places.choosing import commune_input
from marketplace.storefront.pages.words import ALL_GOODS, BREADCRUMB, CATEGORIES, HOME
from marketplace.storefront.parts import category_tiles, chips, next_page, product_grid
from marketplace.storefront.state import ListingState
from marketplace.ui.blocks import breadcrumb, crumb, empty_state, heading
from marketplace.ui.forms import OUTLINE
from marketplace.ui.icons import icon
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, filled, h, initial, live_only, say, when

FOUND = Text("Sản phẩm", "Products")
SORT = Text("Sắp xếp", "Sort")
FILTERS = Text("Lọc sản phẩm", "Filter products")
IN_FORCE = Text("Đang lọc theo", "Filtered by")
REMOVE = Text("Bỏ lọc: ", "Remove filter: ")
CLEAR = Text("Bỏ hết", "Clear all")
OWN_PRICE = Text("Khoảng giá khác", "Another price range")
LOWEST = Text("Từ (₫)", "From (₫)")
HIGHEST = Text("Đến (₫)", "To (₫)")
APPLY = Text("Xem", "Show")
DELIVERY = Text("Giao đến chỗ tôi", "Delivered to me")
FIRST_PAGE = Text("Về trang đầu", "Back to the first page")
NOTHING = Text("Chưa tìm thấy món này", "Nothing found")
NOTHING_HINT = Text(
    "Thử gõ ngắn hơn, không dấu cũng được, hoặc chọn một trong những gợi ý dưới đây.",
    "Try fewer letters, accents are not needed, or take one of the proposals below.",
)
MEANT = Text(
    "Không có món nào ghi “{q}”. Hiển thị kết quả cho “{meant}”.",
    "Nothing is called “{q}”. Showing results for “{meant}”.",
)
FEWER = Text("Bớt bộ lọc", "Fewer filters")
PARTS = Text("Tìm từng phần", "Some of the words")
NEARBY = Text("Danh mục liên quan", "Related categories")
ROW = "flex items-center gap-2 min-h-11 md:min-h-9 -mx-2 px-2 rounded-field text-sm hover:bg-base-300/60"


def listing_content(page: Node) -> Node:
    """Search results or a category."""
    return shop_frame(
        h.div(
            when(page.parent_name, breadcrumb(BREADCRUMB, crumb(HOME, "/"), crumb(page.parent_name, page.parent_href))),
            h.h1(page.title, class_name="text-xl md:text-2xl font-semibold break-words"),
            when(page.meant, h.p(say(MEANT, q=page.q, meant=page.meant), class_name="text-sm break-words")),
            when(page.found, h.p(page.total_text, class_name="text-quiet text-sm num")),
        ),
        when(filled(page.tiles), category_tiles(CATEGORIES, page.tiles)),
        h.div(
            _filters(page),
            h.div(_in_force(page.filters), _results(page), class_name="min-w-0 space-y-4"),
            class_name="md:grid md:grid-cols-[14rem_1fr] md:gap-8 max-md:space-y-3",
        ),
        active="categories",
        basket_count=ListingState.basket_count,
        typed=page.q,
    )


def _results(page: Node) -> Node:
    return when(
        page.found,
        h.div(
            chips(SORT, page.sorts),
            h.h2(FOUND, class_name="sr-only"),
            product_grid(page.cards, beside=True, grows=True),
            h.div(
                when(page.deeper, h.a(FIRST_PAGE, href=page.first_href, class_name=OUTLINE)),
                when(page.next_href, next_page(page.next_href)),
                class_name="flex justify-center gap-3 pt-2",
            ),
            class_name="space-y-4",
        ),
        h.div(
            empty_state("search", NOTHING, NOTHING_HINT, h.a(ALL_GOODS, href="/search", class_name=OUTLINE)),
            _proposals(FEWER, page.fewer),
            _proposals(PARTS, page.parts),
            _proposals(NEARBY, page.nearby),
            heading(page.suggestions_title),
            product_grid(page.suggestions, beside=True),
            class_name="space-y-4",
        ),
    )


def _proposals(title: Text, choices: Node) -> Node:
    """Other questions, each with how many goods it finds."""
    return when(
        filled(choices),
        h.nav(
            h.h2(title, class_name="font-semibold"),
            h.ul(
                each(
                    choices,
                    lambda choice: h.li(
                        h.a(
                            h.span(choice.label, class_name="font-semibold"),
                            h.span(choice.count_text, class_name="num text-quiet"),
                            href=choice.href,
                            rel="nofollow",
                            class_name="inline-flex flex-wrap items-center gap-x-2 rounded-box border border-base-300 bg-base-100 "
                            "px-4 py-2 min-h-11 text-sm hover:border-primary",
                        )
                    ),
                ),
                class_name="flex flex-wrap gap-2",
            ),
            aria_label=title,
            class_name="space-y-2",
        ),
    )


def _filters(page: Node) -> Node:
    """Everything that narrows the list: folded on a phone, beside the list on a desk."""
    return h.details(
        h.summary(
            icon("filter", "size-5"),
            h.span(page.filters.title),
            class_name="filters-summary cursor-pointer list-none inline-flex items-center gap-2 min-h-11 px-4 rounded-full "
            "border border-base-300 bg-base-100 text-sm font-semibold [&::-webkit-details-marker]:hidden",
        ),
        h.nav(
            h.h2(FILTERS, class_name="sr-only"),
            each(page.filters.groups, _group),
            _own_price(page),
            h.div(
                h.h3(DELIVERY, class_name="font-semibold text-sm"),
                live_only(_remembered),
                live_only(lambda: commune_input(ListingState, ""), h.div(class_name="h-25")),
                class_name="space-y-1",
            ),
            aria_label=FILTERS,
            class_name="space-y-5 pt-3 md:pt-0 max-md:p-4 max-md:mt-2 max-md:rounded-box max-md:border max-md:border-base-300 "
            "max-md:bg-base-100",
        ),
        class_name="filters",
    )


def _remembered() -> Node:
    last = ListingState.remembered
    return when(
        last.href,
        h.a(
            icon("pin", "size-4 text-primary"),
            last.label,
            href=last.href,
            rel="nofollow",
            class_name=ROW,
        ),
    )


def _group(group: Node) -> Node:
    return h.div(
        h.h3(group.label, class_name="font-semibold text-sm"),
        h.ul(each(group.choices, lambda choice: h.li(_choice(choice)))),
    )


def _choice(choice: Node) -> Node:
    return h.a(
        when(
            choice.chosen,
            icon("check", "size-4 text-primary"),
            h.span(class_name="size-4 shrink-0 rounded-selector border border-base-300 bg-base-100"),
        ),
        h.span(choice.label, class_name=when(choice.chosen, "flex-1 min-w-0 font-semibold", "flex-1 min-w-0")),
        h.span(choice.count_text, class_name="num text-quiet"),
        href=choice.href,
        aria_current=when(choice.chosen, "true", "false"),
        rel="nofollow",
        class_name=ROW,
    )


def _own_price(page: Node) -> Node:
    """Any range of prices, by a form that needs no script."""

    def entry(label: Text, name: str, value: Node) -> Node:
        return h.label(
            h.span(label, class_name="text-xs text-quiet"),
            h.input(
                name=name,
                input_mode="numeric",
                pattern="[0-9]*",
                max_length=9,
                auto_complete="off",
                class_name="input input-sm w-full h-11 md:h-9 text-base md:text-sm num",
                **initial(value),
            ),
            class_name="flex-1 min-w-0",
        )

    return h.form(
        h.h3(OWN_PRICE, class_name="font-semibold text-sm"),
        each(page.price_fields, lambda kept: h.input(type="hidden", name=kept.name, **initial(kept.value))),
        h.div(
            entry(LOWEST, "min_price", page.lowest_typed),
            entry(HIGHEST, "max_price", page.highest_typed),
            h.button(APPLY, type="submit", class_name="btn btn-outline min-h-11 md:min-h-9 h-auto px-3"),
            class_name="flex items-end gap-2",
        ),
        action=page.here,
        method="get",
        class_name="space-y-1",
    )


def _in_force(filters: Node) -> Node:
    """The filters in force, each a tap away from being gone."""
    return when(
        filled(filters.active),
        h.nav(
            h.ul(
                each(
                    filters.active,
                    lambda choice: h.li(
                        h.a(
                            h.span(REMOVE, class_name="sr-only"),
                            choice.label,
                            icon("close", "size-4"),
                            href=choice.href,
                            rel="nofollow",
                            # Words for screen readers stay within the link: elsewhere they would widen the page.
                            class_name="relative inline-flex items-center gap-1.5 rounded-full bg-primary/10 text-primary px-3 "
                            "min-h-11 md:min-h-9 text-sm whitespace-nowrap hover:bg-primary/20",
                        ),
                        class_name="shrink-0",
                    ),
                ),
                h.li(
                    h.a(
                        CLEAR,
                        href=filters.clear_href,
                        rel="nofollow",
                        class_name="link link-hover text-sm inline-flex items-center min-h-11 md:min-h-9 px-2",
                    ),
                    class_name="shrink-0",
                ),
                class_name="scroll-row gap-2! -mx-4 px-4 md:flex-wrap",
            ),
            aria_label=IN_FORCE,
        ),
    )
