"""The list of a shop's goods, with price and stock at hand."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.catalog.pages.words import GOODS, NOT_OPEN, PAUSE, PREVIEW, RESUME, SEE
from marketplace.catalog.rules import GoodsShown
from marketplace.catalog.state import GoodsState
from marketplace.ui.blocks import badge, empty_state, page_title
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, SMALL_BUTTON, form_problem
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import inner_link
from marketplace.ui.seller import seller_frame, tab_bar

BY_FILE = Text("Nhập, xuất tệp", "By the file")
ADD = Text("Đăng sản phẩm", "Add goods")
NONE = Text("Chưa có sản phẩm nào", "No goods yet")
NONE_HINT = Text("Đăng món đầu tiên: tên, giá, tồn kho, một tấm ảnh.", "Add the first: name, price, stock, one photo.")
NONE_HERE = Text("Không có món nào ở đây", "Nothing here")
NONE_HERE_HINT = Text("Thử mục khác, hoặc gõ ít chữ hơn.", "Try another heading, or fewer words.")
FIND = Text("Tìm trong hàng của tôi", "Search my goods")
SHOWN = Text("Xem mục", "Show")
TABS = {
    GoodsShown.ALL: Text("Tất cả", "All"),
    GoodsShown.ON_SALE: Text("Đang bán", "On sale"),
    GoodsShown.LOW: Text("Sắp hết", "Running low"),
    GoodsShown.SOLD_OUT: Text("Hết hàng", "Sold out"),
    GoodsShown.PAUSED: Text("Tạm ngưng", "Paused"),
}
MORE_GOODS = Text("Xem thêm hàng", "Show more goods")
PRICE_SHORT = Text("Giá", "Price")
STOCK = Text("Còn trong kho", "In stock")
PROMISED = Text("Đơn đang giữ {quantity} {unit}", "{quantity} {unit} promised to orders")
SAVE_ANYWAY = Text("Vẫn lưu {quantity} {unit}", "Save {quantity} {unit} all the same")
OTHERS = Text("và {count} loại khác", "and {count} more variants")
CHANGE = Text("Sửa", "Edit")


def _quick(
    label: Text, entry: Node, drawn_with: Node, name: str, product: Node, save: Node, unit: Node, *more: Node
) -> Node:
    """A labelled input that saves itself when left, and says beside it what became of it."""
    identity = name + "-" + product.id.to_string()
    return h.div(
        h.label(label, html_for=identity, class_name="text-sm text-quiet"),
        h.div(
            h.input(
                id=identity,
                key=name + entry.drawn.to_string(),
                default_value=drawn_with,
                on_blur=lambda typed: save(product.id, typed),
                input_mode="decimal",
                enter_key_hint="done",
                auto_complete="off",
                aria_describedby="said-" + identity,
                custom_attrs={"data-quick": ""},
                class_name=when(
                    entry.wrong != "",
                    "input input-error num h-11 w-full text-right text-base",
                    "input num h-11 w-full text-right text-base",
                ),
            ),
            h.span(unit, class_name="text-sm text-quiet whitespace-nowrap"),
            class_name="flex items-center gap-2",
        ),
        h.p(
            entry.said,
            id="said-" + identity,
            role="status",
            class_name="text-success text-sm font-semibold empty:hidden",
        ),
        h.p(entry.wrong, role="alert", class_name="text-error text-sm font-semibold empty:hidden"),
        *more,
        class_name="space-y-1 min-w-0",
    )


def _own(row: Node) -> Node:
    product = row.product
    return h.li(
        inner_link(
            h.img(
                src=product.picture,
                alt="",
                width="72",
                height="72",
                class_name="size-18 rounded-field object-cover bg-base-200 shrink-0",
            ),
            h.div(
                h.p(product.name, class_name="font-semibold line-clamp-2 group-hover:underline"),
                h.div(
                    when(
                        product.status == "active",
                        badge(product.status_text, "success"),
                        badge(product.status_text, "warning"),
                    ),
                    when(
                        product.sold_out,
                        badge(TABS[GoodsShown.SOLD_OUT], "error"),
                        when(product.low, badge(TABS[GoodsShown.LOW], "warning")),
                    ),
                    class_name="flex flex-wrap gap-2",
                ),
                when(
                    product.promised_text != "0",
                    h.p(
                        say(PROMISED, quantity=product.promised_text, unit=product.unit_text),
                        class_name="text-sm text-quiet",
                    ),
                ),
                when(
                    product.others > 0,
                    h.p(say(OTHERS, count=product.others.to_string()), class_name="text-sm text-quiet"),
                ),
                class_name="flex-1 min-w-0 space-y-1",
            ),
            to=product.edit_href,
            class_name="group flex gap-3",
        ),
        h.div(
            _quick(
                PRICE_SHORT, row.price, product.price_typed, "price", product, GoodsState.set_price,
                h.span("₫/", product.price_unit),
            ),
            _quick(
                STOCK, row.stock, product.on_hand_text, "stock", product, GoodsState.set_stock, product.unit_text,
                when(
                    row.stock.offer != "",
                    h.button(
                        say(SAVE_ANYWAY, quantity=row.stock.offer, unit=product.unit_text),
                        type="button",
                        on_click=GoodsState.set_stock_anyway(product.id),
                        class_name=f"{OUTLINE} w-full",
                    ),
                ),
            ),
            class_name="grid grid-cols-2 gap-3",
        ),
        h.div(
            inner_link(CHANGE, to=product.edit_href, class_name=f"{OUTLINE} flex-1"),
            h.button(
                when(product.status == "active", say(PAUSE), say(RESUME)),
                type="button",
                on_click=GoodsState.switch(product.id),
                class_name=f"{QUIET} flex-1",
            ),
            h.a(
                icon("eye"),
                h.span(when(product.listed, say(SEE), say(PREVIEW)), class_name="sr-only"),
                href=when(product.listed, product.href, product.preview_href),
                class_name=SMALL_BUTTON,
            ),
            class_name="flex gap-2",
        ),
        key=product.id.to_string(),
        class_name="rounded-box bg-base-100 border border-base-300 p-3 space-y-3",
    )  # fmt: skip


def _search() -> Node:
    return h.label(
        icon("search", "size-4 opacity-60"),
        rx.debounce_input(
            h.input(
                type="search",
                value=GoodsState.q,
                on_change=GoodsState.find,
                placeholder=FIND,
                aria_label=FIND,
                auto_complete="off",
                max_length=100,
                class_name="grow min-w-0",
            ),
            debounce_timeout=250,
        ),
        class_name="input h-11 w-full rounded-full",
    )


def goods_content(page: Node) -> Node:
    """Everything the shop offers, with stock and price at hand."""
    add = inner_link(
        icon("plus"),
        ADD,
        to="/seller/products/new",
        class_name=f"{PRIMARY} fixed bottom-18 right-4 z-10 shadow-lg md:static md:shadow-none",
    )
    counts = page.counts
    numbers = (counts.all, counts.on_sale, counts.low, counts.sold_out, counts.paused)
    return seller_frame(
        page_title(
            GOODS,
            h.div(
                inner_link(icon("grid"), BY_FILE, to="/seller/products/import", class_name=OUTLINE),
                add,
                class_name="flex flex-wrap gap-3",
            ),
            under=page.store_name,
        ),
        when(page.selling, None, h.p(NOT_OPEN, class_name="text-urgent font-semibold")),
        form_problem(GoodsState.problem),
        when(
            counts.all > 0,
            h.div(
                _search(),
                tab_bar(
                    SHOWN,
                    ((show.value, TABS[show], number) for show, number in zip(TABS, numbers, strict=True)),
                    page.show,
                    GoodsState.show_only,
                ),
                when(
                    filled(page.rows),
                    h.ul(each(page.rows, _own), class_name="grid gap-3 lg:grid-cols-2"),
                    empty_state("box", NONE_HERE, NONE_HERE_HINT),
                ),
                when(
                    page.more > 0,
                    h.button(MORE_GOODS, type="button", on_click=GoodsState.show_more, class_name=f"{OUTLINE} w-full"),
                ),
                class_name="space-y-4",
            ),
            empty_state("box", NONE, NONE_HINT),
        ),
        active="goods",
    )
