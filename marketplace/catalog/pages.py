"""A seller's goods: the list with price and stock at hand, and the form with photos from the phone."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.catalog.rules import GoodsShown
from marketplace.catalog.state import TO_THE_FRONT, EditState, GoodsState
from marketplace.ui.blocks import badge, empty_state, page_title, panel
from marketplace.ui.forms import (
    OUTLINE,
    PRIMARY,
    QUIET,
    THUMB_BAR,
    choice,
    field,
    form_problem,
    problem_text,
    text_area,
)
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, inner_link, live_page
from marketplace.ui.seller import seller_frame, tab_bar

GOODS = Text("Hàng của tôi", "My goods")
ADD = Text("Đăng sản phẩm", "Add goods")
NEW = Text("Đăng sản phẩm mới", "New goods")
EDIT = Text("Sửa sản phẩm", "Edit goods")
ALL_GOODS = Text("Tất cả hàng", "All goods")
NONE = Text("Chưa có sản phẩm nào", "No goods yet")
NONE_HINT = Text("Đăng món đầu tiên: tên, giá, tồn kho, một tấm ảnh.", "Add the first: name, price, stock, one photo.")
NONE_HERE = Text("Không có món nào ở đây", "Nothing here")
NONE_HERE_HINT = Text("Thử mục khác, hoặc gõ ít chữ hơn.", "Try another heading, or fewer words.")
NOT_OPEN = Text(
    "Gian hàng chưa được duyệt, hàng chưa lên chợ.", "The shop is not approved yet; goods are not on the market."
)
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
PAUSE = Text("Tạm ngưng", "Pause")
RESUME = Text("Bán lại", "Sell again")
CHANGE = Text("Sửa", "Edit")
NAME = Text("Tên sản phẩm", "Name")
NAME_HINT = Text(
    "Gọi tên như khi rao ngoài chợ: “Xoài cát Hòa Lộc loại 1”.", "As you would call it: “Hòa Lộc mango, grade 1”."
)
CATEGORY = Text("Danh mục", "Category")
CHOOSE = Text("Chọn danh mục", "Choose a category")
UNIT = Text("Bán theo", "Sold by")
PRICE = Text("Giá mỗi đơn vị (₫)", "Price a unit (₫)")
PRICE_HINT = Text("Gõ 65000, 65.000 hay 65k đều được.", "Type 65000, 65.000 or 65k.")
STEP = Text("Khách chọn mỗi bước", "Sold in steps of")
MINIMUM = Text("Đặt ít nhất", "Order at least")
STEP_HINT = Text(
    "Bán theo cân: bước 0,5 để khách mua được 1,5 kg.", "Sold by weight: a step of 0.5 lets buyers take 1.5 kg."
)
DESCRIPTION = Text("Mô tả", "Description")
DESCRIPTION_HINT = Text(
    "Trồng, nuôi, hái, đóng gói thế nào; giữ được bao lâu.", "How it is grown, picked, packed; how long it keeps."
)
SAVE = Text("Lưu", "Save")
SAVE_NEW = Text("Đăng bán", "Put on sale")
PHOTOS = Text("Ảnh", "Photos")
PHOTOS_HINT = Text(
    "Ảnh đầu là ảnh bìa. Chụp gần, đủ sáng; ảnh lớn được thu nhỏ trước khi gửi.",
    "The first is the cover. Close and well lit; large photos are made smaller before they are sent.",
)
TAKE_PHOTO = Text("Chụp hoặc chọn ảnh", "Take or choose photos")
COVER = Text("Ảnh bìa", "Cover")
MAKE_COVER = Text("Làm bìa", "Make cover")
EARLIER = Text("Đưa ảnh lên trước", "Move the photo forward")
LATER = Text("Đưa ảnh ra sau", "Move the photo back")
REMOVE = Text("Bỏ ảnh", "Remove the photo")
REMOVED = Text("Đã bỏ một ảnh.", "One photo removed.")
PUT_BACK = Text("Hoàn tác", "Undo")
WAITS = Text("Gửi lên khi bạn bấm Đăng bán.", "Sent when you put it on sale.")
SENDING = Text("Đang gửi…", "Sending…")
AGAIN = Text("Gửi lại", "Send again")
DROP = Text("Bỏ tấm này", "Leave this one out")
SEE = Text("Xem trên chợ", "See on the market")
SMALL_BUTTON = "btn btn-ghost size-11 min-h-11 p-0"


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
                class_name="flex-1 min-w-0 space-y-1",
            ),
            to=product.edit_href,
            class_name="group flex gap-3",
        ),
        h.div(
            _quick(
                PRICE_SHORT, row.price, product.price_typed, "price", product, GoodsState.set_price,
                h.span("₫/", product.unit_text),
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
            when(
                product.listed,
                h.a(icon("eye"), h.span(SEE, class_name="sr-only"), href=product.href, class_name=SMALL_BUTTON),
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
        page_title(GOODS, add, under=page.store_name),
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
                    h.ul(each(page.rows, _own), class_name="space-y-3"),
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


def _problem(name: str) -> Node:
    return EditState.problems.get(name, "")


def _photo(product: Node, picture: Node) -> Node:
    first = picture.id == product.pictures[0].id
    return h.li(
        h.div(
            h.img(
                src=picture.src, alt="", width="320", height="320", class_name="size-full object-cover rounded-field"
            ),
            when(
                first,
                h.span(badge(COVER, "primary"), class_name="absolute top-2 left-2"),
                h.button(
                    icon("star", "size-4"),
                    MAKE_COVER,
                    type="button",
                    on_click=EditState.move_picture(picture.id, TO_THE_FRONT),
                    class_name="btn btn-sm min-h-11 absolute bottom-1 left-1 bg-base-100/90 border-base-300",
                ),
            ),
            class_name="relative aspect-square",
        ),
        h.div(
            h.button(
                icon("back"),
                h.span(EARLIER, class_name="sr-only"),
                type="button",
                on_click=EditState.move_picture(picture.id, -1),
                disabled=first,
                class_name=SMALL_BUTTON,
            ),
            h.button(
                icon("forward"),
                h.span(LATER, class_name="sr-only"),
                type="button",
                on_click=EditState.move_picture(picture.id, 1),
                disabled=picture.id == product.pictures[-1].id,
                class_name=SMALL_BUTTON,
            ),
            h.button(
                icon("trash"),
                h.span(REMOVE, class_name="sr-only"),
                type="button",
                on_click=EditState.remove_picture(picture.id),
                class_name=f"{SMALL_BUTTON} text-error",
            ),
            class_name="flex justify-between",
        ),
        key=picture.id.to_string(),
    )


def _sent_photo() -> Node:
    """What stands in the list for a photo on its way; photos.js copies it for each."""
    return h.div(
        h.img(
            alt="",
            width="56",
            height="56",
            custom_attrs={"data-photo": "picture"},
            class_name="size-14 rounded-field object-cover bg-base-200 shrink-0",
        ),
        h.div(
            h.p(custom_attrs={"data-photo": "name"}, class_name="text-sm truncate"),
            h.p(WAITS, custom_attrs={"data-photo": "waits"}, class_name="text-sm text-quiet"),
            h.progress(
                max="1",
                value="0",
                aria_label=SENDING,
                custom_attrs={"data-photo": "progress"},
                class_name="progress progress-primary w-full",
            ),
            h.p(
                role="alert",
                custom_attrs={"data-photo": "problem"},
                class_name="text-sm text-error font-semibold empty:hidden",
            ),
            h.button(AGAIN, type="button", custom_attrs={"data-photo": "again"}, class_name=f"{OUTLINE} mt-2"),
            class_name="flex-1 min-w-0",
        ),
        h.button(
            icon("close"),
            h.span(DROP, class_name="sr-only"),
            type="button",
            custom_attrs={"data-photo": "drop"},
            class_name=SMALL_BUTTON,
        ),
        id="photo-on-its-way",
        hidden=True,
        class_name="flex items-start gap-3",
    )


def _photos(product: Node) -> Node:
    return panel(
        h.h2(PHOTOS, class_name="font-semibold"),
        h.button(id="photos-arrived", type="button", hidden=True, on_click=EditState.refresh),
        when(
            filled(product.pictures),
            h.ul(
                each(product.pictures, lambda picture: _photo(product, picture)),
                class_name="grid grid-cols-2 sm:grid-cols-3 gap-3",
            ),
        ),
        when(
            EditState.can_put_back,
            h.div(
                h.span(REMOVED),
                h.button(PUT_BACK, type="button", on_click=EditState.put_back, class_name=OUTLINE),
                role="status",
                class_name="flex items-center justify-between gap-3",
            ),
        ),
        h.ul(id="photos", class_name="space-y-3 empty:hidden"),
        _sent_photo(),
        h.label(
            icon("camera"),
            TAKE_PHOTO,
            h.input(
                type="file",
                accept="image/jpeg,image/png,image/webp,image/*",
                multiple=True,
                class_name="sr-only",
                custom_attrs={
                    "data-upload": product.upload_href,
                    "data-made-with": product.creation_key,
                    "data-refresh": "#photos-arrived",
                },
            ),
            class_name=f"{OUTLINE} w-full cursor-pointer focus-within:outline-3 focus-within:outline-primary",
        ),
        problem_text(_problem("picture"), "picture"),
        h.p(PHOTOS_HINT, class_name="text-sm text-quiet"),
        class_name="space-y-3",
    )


def _standing(product: Node) -> Node:
    """Whether shoppers see it, and the way to look at it or to take it off the market."""
    return h.div(
        when(
            product.status == "active",
            badge(product.status_text, "success"),
            badge(product.status_text, "warning"),
        ),
        h.div(
            when(product.listed, h.a(icon("eye"), SEE, href=product.href, class_name=f"{QUIET} px-2")),
            h.button(
                when(product.status == "active", icon("pause"), icon("play")),
                when(product.status == "active", say(PAUSE), say(RESUME)),
                type="button",
                on_click=EditState.switch,
                class_name=f"{QUIET} px-2",
            ),
            class_name="flex gap-1 ml-auto",
        ),
        class_name="flex flex-wrap items-center gap-2",
    )


def _entries(page: Node) -> Node:
    product = page.product
    return panel(
        field(NAME, "name", problem=_problem("name"), hint=NAME_HINT, default_value=product.name, max_length=120),
        choice(
            CATEGORY,
            "category",
            rx.fragment(
                when(page.fresh, h.option(CHOOSE, value="")),
                each(page.categories, lambda option: h.option(option.label, value=option.value)),
            ),
            problem=_problem("category"),
            default_value=product.category_slug,
        ),
        h.div(
            field(
                PRICE,
                "price",
                problem=_problem("price"),
                default_value=product.price_typed,
                input_mode="text",
                auto_complete="off",
                max_length=20,
            ),
            choice(
                UNIT,
                "unit",
                each(page.units, lambda option: h.option(option.label, value=option.value)),
                problem=_problem("unit"),
                default_value=product.unit,
            ),
            class_name="grid grid-cols-2 gap-3 items-start",
        ),
        h.p(PRICE_HINT, class_name="text-quiet text-sm -mt-2"),
        field(
            STOCK,
            "stock",
            problem=_problem("stock"),
            default_value=product.on_hand_text,
            input_mode="decimal",
            auto_complete="off",
            max_length=20,
        ),
        h.div(
            field(STEP, "step", problem=_problem("step"), default_value=product.step_text, input_mode="decimal"),
            field(
                MINIMUM,
                "minimum",
                problem=_problem("minimum"),
                default_value=product.minimum_text,
                input_mode="decimal",
            ),
            class_name="grid grid-cols-2 gap-3 items-end",
        ),
        h.p(STEP_HINT, class_name="text-quiet text-sm -mt-2"),
        text_area(
            DESCRIPTION,
            "description",
            problem=_problem("description"),
            hint=DESCRIPTION_HINT,
            optional=True,
            default_value=product.description,
            max_length=4000,
        ),
        # Drawn anew when there is something new to draw: inputs keep what they were first given.
        key=page.drawn.to_string(),
        class_name="space-y-3",
    )


def edit_content(page: Node) -> Node:
    """The form of one product, its photos first."""
    product = page.product
    return seller_frame(
        h.div(
            inner_link(
                icon("back", "size-4"),
                ALL_GOODS,
                to="/seller/products",
                class_name="inline-flex items-center gap-1 min-h-11 text-sm text-quiet hover:text-primary",
            ),
            page_title(when(page.fresh, say(NEW), product.name)),
            class_name="-mt-2",
        ),
        when(page.selling, None, h.p(NOT_OPEN, class_name="text-urgent font-semibold")),
        when(page.fresh, None, _standing(product)),
        _photos(product),
        h.form(
            h.input(type="hidden", name="creation_key", value=product.creation_key),
            h.input(type="hidden", name="stock_shown", value=page.stock_shown),
            _entries(page),
            problem_text(_problem("form"), "form"),
            h.div(
                h.p(
                    EditState.notice,
                    role="status",
                    class_name="w-full text-sm font-semibold text-success text-center md:text-left empty:hidden",
                ),
                h.button(
                    when(page.fresh, say(SAVE_NEW), say(SAVE)), type="submit", class_name=f"{PRIMARY} flex-1 text-base"
                ),
                class_name=f"{THUMB_BAR} flex-wrap",
            ),
            on_submit=EditState.save,
            no_validate=True,
            custom_attrs={"data-once": EditState.answered},
            class_name="space-y-4",
        ),
        active="goods",
    )


PAGES = (
    Page(
        "/seller/products",
        lambda: live_page(GoodsState, goods_content),
        GoodsState.load,
        GOODS,
        first_view=BARE_FIRST_VIEW,
    ),
    Page(
        "/seller/products/new",
        lambda: live_page(EditState, edit_content),
        EditState.load,
        NEW,
        first_view=BARE_FIRST_VIEW,
    ),
    Page(
        "/seller/products/[product]",
        lambda: live_page(EditState, edit_content),
        EditState.load,
        EDIT,
        first_view=BARE_FIRST_VIEW,
    ),
)
