"""The frame of every public page: header with search, main column, bottom bar on phones, footer."""

from __future__ import annotations

from typing import Any

from marketplace.base.text import Text
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, h, initial, is_live, when

SKIP = Text("Đến nội dung chính", "Skip to content")
SEARCH = Text("Tìm sầu riêng, gạo ST25, mật ong…", "Search durian, ST25 rice, honey…")
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
SELL_HERE = Text("Mở gian hàng", "Sell here")
VERIFY = Text("Xác minh hợp đồng", "Verify a contract")
INDICATORS = Text("Số liệu của tỉnh", "The province in figures")
PROMISE = Text(
    "Mỗi đơn hàng là một hợp đồng điện tử. Giá có gì nói nấy, phí giao biết trước khi đặt.",
    "Every order is an electronic contract. Prices say what they mean; delivery is known before you order.",
)


def logo() -> Node:
    """The name, leading home."""
    return h.a(
        "Chợ Quê", href="/", class_name="text-primary font-semibold text-lg tracking-tight whitespace-nowrap py-2"
    )


def search_form(typed: Node = None) -> Node:
    """Search by a plain GET form, so that it works before and without JavaScript."""
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
            ),
            class_name="input h-11 w-full rounded-full bg-base-200 border-transparent",
        ),
        action="/search",
        method="get",
        role="search",
        class_name="flex-1 min-w-0",
    )


def header(basket_count: Node = None, typed: Node = None) -> Node:
    """The bar on top: name, search, basket."""
    badge = (
        None
        if basket_count is None or not is_live()
        else when(
            basket_count,
            h.span(basket_count, class_name="num badge badge-secondary badge-sm absolute -top-1 -right-1 px-1.5"),
        )
    )
    return h.header(
        h.a(
            SKIP,
            href="#main",
            class_name="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-base-100 focus:p-3",
        ),
        h.div(
            logo(),
            search_form(typed),
            h.a(
                icon("basket", "size-6"),
                badge,
                href="/basket",
                aria_label=BASKET,
                class_name="btn btn-ghost btn-circle relative size-11",
            ),
            h.a(
                icon("person", "size-6"),
                href="/account",
                aria_label=ME,
                class_name="btn btn-ghost btn-circle size-11 hidden md:inline-flex",
            ),
            class_name="max-w-6xl mx-auto px-4 py-2 flex items-center gap-3",
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


def footer() -> Node:
    """What the shop promises, where else to go, language and theme."""
    link = "link link-hover inline-flex items-center min-h-11"
    return h.footer(
        h.div(
            h.div(
                h.p("Chợ Quê", class_name="font-semibold text-primary text-lg"),
                h.p(PROMISE, class_name="text-quiet max-w-md"),
                class_name="space-y-1",
            ),
            h.nav(
                h.a(SELL_HERE, href="/seller/start", class_name=link),
                h.a(VERIFY, href="/verify", class_name=link),
                h.a(INDICATORS, href="/statistics", class_name=link),
                aria_label=Text("Liên kết cuối trang", "Footer links"),
                class_name="flex flex-col",
            ),
            h.div(
                h.a(LANGUAGE, href=OTHER_LANGUAGE, class_name=link, rel="nofollow"),
                h.a(DARK, href="/preferences?theme=dark", class_name=link + " only-light", rel="nofollow"),
                h.a(LIGHT, href="/preferences?theme=light", class_name=link + " only-dark", rel="nofollow"),
                class_name="flex flex-col",
            ),
            class_name="max-w-6xl mx-auto px-4 py-8 grid gap-6 md:grid-cols-[2fr_1fr_1fr] text-sm",
        ),
        class_name="border-t border-base-300 bg-base-100 mt-10 pb-24 md:pb-0",
    )


def shop_frame(
    *content: Node,
    active: str = "",
    basket_count: Node = None,
    typed: Node = None,
    notice: Node = None,
) -> Node:
    """A public page; `notice` is a short word on what just happened, over the page."""
    return h.div(
        header(basket_count, typed),
        h.main(*content, id="main", class_name="max-w-6xl mx-auto px-4 py-4 space-y-6 min-h-[60vh]"),
        footer(),
        bottom_bar(active),
        notice,
        class_name="bg-base-200 min-h-dvh pb-16 md:pb-0",
    )


def notice_bar(state: Any) -> Node:
    """A short word on what just happened, read aloud by screen readers."""
    return h.div(
        when(state.notice != "", h.div(state.notice, class_name="alert alert-success shadow-lg")),
        role="status",
        class_name="fixed bottom-36 md:bottom-6 inset-x-4 md:left-auto md:right-6 md:w-96 z-30",
    )
