"""The frame of every public page: header with search, main column, bottom bar on phones, footer."""

from __future__ import annotations

from typing import Any

from marketplace.base.text import Text
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, h, initial, is_live, when

SUGGESTIONS_ID = "search-suggestions"
SKIP = Text("Đến nội dung chính", "Skip to content")
SEARCH = Text("Tìm sầu riêng, gạo ST25…", "Search durian, ST25 rice…")
SUGGESTIONS = Text("Gợi ý tìm kiếm", "Search suggestions")
SEARCH_LABEL = Text("Tìm sản phẩm", "Search products")
BASKET = Text("Giỏ hàng", "Basket")
HOME = Text("Trang chủ", "Home")
CATEGORIES = Text("Danh mục", "Categories")
ORDERS = Text("Đơn hàng", "Orders")
ME = Text("Tôi", "Me")
MAIN_NAVIGATION = Text("Điều hướng chính", "Main navigation")
LANGUAGE = Text("English", "Tiếng Việt")
OTHER_LANGUAGE = Text("/preferences?language=en", "/preferences?language=vi")
DARK = Text("Nền tối", "Dark")
LIGHT = Text("Nền sáng", "Light")
FOOTER_LINKS = Text("Liên kết cuối trang", "Footer links")
DISPLAY = Text("Ngôn ngữ và màu nền", "Language and colours")
PROMISE = Text(
    "Mỗi đơn hàng là một hợp đồng điện tử. Giá có gì nói nấy, phí giao biết trước khi đặt.",
    "Every order is an electronic contract. Prices say what they mean; delivery is known before you order.",
)
BUYING = Text("Mua hàng", "Buying")
SELLING = Text("Bán hàng", "Selling")
TRUSTING = Text("Tin cậy", "Trust")
FOOTER: tuple[tuple[Text, tuple[tuple[Text, str], ...]], ...] = (
    (
        BUYING,
        (
            (Text("Cách mua hàng", "How to buy"), "/help/buying"),
            (Text("Khiếu nại", "Complaints"), "/help/complaints"),
            (Text("Trợ giúp", "Help"), "/help"),
        ),
    ),
    (
        SELLING,
        (
            (Text("Mở gian hàng", "Sell here"), "/seller/start"),
            (Text("Cách bán hàng", "How to sell"), "/help/selling"),
            (Text("Số liệu của tỉnh", "The province in figures"), "/statistics"),
        ),
    ),
    (
        TRUSTING,
        (
            (Text("Xác minh hợp đồng", "Verify a contract"), "/verify"),
            (Text("Hợp đồng điện tử", "Electronic contracts"), "/help/contracts"),
            (Text("Dữ liệu cá nhân", "Personal data"), "/help/privacy"),
        ),
    ),
)
"""Where the footer leads, in groups."""


def skip_link() -> Node:
    """The first stop of a keyboard: past the header."""
    return h.a(
        SKIP,
        href="#main",
        class_name="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:left-2 focus:top-2 focus:rounded-field "
        "focus:bg-base-100 focus:p-3 focus:font-semibold",
    )


def logo() -> Node:
    """The name, leading home."""
    return h.a(
        "Chợ Quê",
        href="/",
        class_name="text-primary font-semibold text-lg tracking-tight whitespace-nowrap inline-flex items-center min-h-11",
    )


def search_form(typed: Node = None) -> Node:
    """Search by a plain GET form, so that it works before and without JavaScript, which adds suggestions to it."""
    return h.form(
        h.label(
            icon("search", "size-4 opacity-60"),
            h.input(
                type="search",
                name="q",
                **({} if typed is None else initial(typed)),
                placeholder=SEARCH,
                auto_complete="off",
                enter_key_hint="search",
                max_length=100,
                class_name="grow min-w-0",
                aria_label=SEARCH_LABEL,
                role="combobox",
                aria_autocomplete="list",
                aria_expanded="false",
                aria_controls=SUGGESTIONS_ID,
                data_suggest="",
            ),
            class_name="input h-11 w-full rounded-full bg-base-200 border-transparent px-4",
        ),
        h.ul(
            id=SUGGESTIONS_ID,
            role="listbox",
            aria_label=SUGGESTIONS,
            hidden=True,
            class_name="absolute z-30 inset-x-2 md:inset-x-0 top-full md:mt-1 max-h-[60dvh] overflow-y-auto overscroll-contain "
            "empty:hidden rounded-box border border-base-300 bg-base-100 shadow-lg",
        ),
        action="/search",
        method="get",
        role="search",
        # On a phone the list is as wide as the bar on top, not as the box in it.
        class_name="flex-1 min-w-0 md:relative",
    )


def _round(
    symbol: str, label: Text, href: str | Text, *extra: Node, shown: str = "inline-flex", **properties: Any
) -> Node:
    return h.a(
        icon(symbol, "size-6"),
        h.span(label, class_name="sr-only"),
        *extra,
        href=href,
        title=label,
        class_name=f"btn btn-ghost btn-circle relative size-11 {shown}",
        **properties,
    )


def header(basket_count: Node = None, typed: Node = None) -> Node:
    """The bar on top: name, search, basket; on a desk also oneself, colours and language."""
    badge = (
        None
        if basket_count is None or not is_live()
        else when(
            basket_count,
            h.span(basket_count, class_name="num badge badge-secondary badge-sm absolute -top-0.5 -right-0.5 px-1.5"),
        )
    )
    return h.header(
        skip_link(),
        h.div(
            logo(),
            search_form(typed),
            h.a(
                LANGUAGE,
                href=OTHER_LANGUAGE,
                rel="nofollow",
                class_name="btn btn-ghost btn-sm h-11 hidden md:inline-flex font-normal",
            ),
            _round("moon", DARK, "/preferences?theme=dark", shown="hidden md:inline-flex dark:hidden!", rel="nofollow"),
            _round("sun", LIGHT, "/preferences?theme=light", shown="hidden md:dark:inline-flex", rel="nofollow"),
            _round("basket", BASKET, "/basket", badge),
            _round("person", ME, "/account", shown="hidden md:inline-flex"),
            class_name="max-w-6xl mx-auto px-4 py-2 flex items-center gap-1 [&>form]:mx-2",
        ),
        class_name="sticky top-0 z-20 bg-base-100 border-b border-base-300",
    )


def _dock_item(name: str, label: Text, href: str, here: bool) -> Node:
    return h.a(
        icon(name),
        h.span(label, class_name="text-xs"),
        href=href,
        aria_current="page" if here else None,
        class_name="flex flex-col items-center justify-center gap-0.5 min-h-14 flex-1 "
        + ("text-primary font-semibold" if here else "text-base-content"),
    )


def bottom_bar(active: str) -> Node:
    """The four places of a shopper, in reach of the thumb; phones only."""
    return h.nav(
        _dock_item("home", HOME, "/", active == "home"),
        _dock_item("grid", CATEGORIES, "/search", active == "categories"),
        _dock_item("orders", ORDERS, "/account/orders", active == "orders"),
        _dock_item("person", ME, "/account", active == "me"),
        aria_label=MAIN_NAVIGATION,
        class_name="md:hidden fixed bottom-0 inset-x-0 z-20 flex bg-base-100 border-t border-base-300 "
        "pb-[env(safe-area-inset-bottom)]",
    )


def _footer_link(label: Text, href: str) -> Node:
    return h.li(h.a(label, href=href, class_name="link link-hover inline-flex items-center min-h-11 md:min-h-9"))


def _display_link(symbol: str, label: Text, href: str | Text, shown: str = "inline-flex") -> Node:
    return h.a(
        icon(symbol),
        label,
        href=href,
        rel="nofollow",
        class_name=f"items-center gap-2 min-h-11 px-4 rounded-full border border-base-300 hover:border-primary {shown}",
    )


def footer() -> Node:
    """What the shop promises, where else to go, language and colours; room below for the bar of a phone."""
    return h.footer(
        h.div(
            h.div(
                h.p("Chợ Quê", class_name="font-semibold text-primary text-lg"),
                h.p(PROMISE, class_name="text-quiet max-w-sm"),
                h.nav(
                    _display_link("globe", LANGUAGE, OTHER_LANGUAGE),
                    _display_link("moon", DARK, "/preferences?theme=dark", "inline-flex dark:hidden"),
                    _display_link("sun", LIGHT, "/preferences?theme=light", "hidden dark:inline-flex"),
                    aria_label=DISPLAY,
                    class_name="flex flex-wrap gap-2 pt-2",
                ),
                class_name="space-y-1",
            ),
            h.nav(
                *(
                    h.div(
                        h.h2(title, class_name="font-semibold py-1.5"),
                        h.ul(*(_footer_link(label, href) for label, href in links)),
                    )
                    for title, links in FOOTER
                ),
                aria_label=FOOTER_LINKS,
                class_name="grid grid-cols-2 sm:grid-cols-3 gap-x-4 gap-y-3",
            ),
            class_name="max-w-6xl mx-auto px-4 py-8 grid gap-6 md:grid-cols-[2fr_3fr] text-sm",
        ),
        class_name="border-t border-base-300 bg-base-100 mt-10 pb-20 md:pb-0",
    )


def shop_frame(
    *content: Node,
    active: str = "",
    basket_count: Node = None,
    typed: Node = None,
    notice: Node = None,
    acts: Node = False,
) -> Node:
    """A public page; `notice` is a short word on what just happened, over the page.

    A page that `acts` has a thumb bar of its own, which takes the place of the bottom bar on a phone.
    """
    return h.div(
        header(basket_count, typed),
        h.main(
            *content,
            id="main",
            tab_index=-1,
            class_name="grow w-full max-w-6xl mx-auto px-4 py-4 space-y-6 min-h-[60vh] outline-none",
        ),
        footer(),
        None if acts is True else bottom_bar(active) if acts is False else when(~acts, bottom_bar(active)),
        notice,
        class_name="flex flex-col bg-base-200 min-h-dvh",
    )


def notice_bar(state: Any, *, above_bar: bool = False, turn: Any = None, action: Node = None) -> Node:
    """A short word on what just happened, read aloud by screen readers.

    `turn` counts how often something happened: then the word goes by itself, and comes anew when it is said again.
    """
    height = "bottom-20" if above_bar else "bottom-36"
    return h.div(
        when(
            state.notice != "",
            h.div(
                icon("check"),
                h.span(state.notice, class_name="flex-1"),
                action,
                key=turn if turn is not None else "notice",
                class_name=f"alert alert-success shadow-lg flex items-center gap-3 py-1.5 min-h-14 {'passes' if turn is not None else ''}",
            ),
        ),
        role="status",
        class_name=f"fixed {height} md:bottom-6 inset-x-4 md:left-auto md:right-6 md:w-96 z-30 pointer-events-none "
        "[&_a]:pointer-events-auto",
    )
