"""The form of one product, its photos first."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.catalog.pages.goods import STOCK
from marketplace.catalog.pages.photos import photos_of
from marketplace.catalog.pages.variants import CONTENT, CONTENT_HINT, MEASURE
from marketplace.catalog.pages.words import NOT_OPEN, PAUSE, PREVIEW, RESUME, SEE
from marketplace.catalog.state import EditState
from marketplace.ui.blocks import badge, page_title, panel
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, THUMB_BAR, choice, field, problem_text, text_area
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, h, say, when
from marketplace.ui.page import inner_link
from marketplace.ui.seller import seller_frame

NEW = Text("Đăng sản phẩm mới", "New goods")
EDIT = Text("Sửa sản phẩm", "Edit goods")
ALL_GOODS = Text("Tất cả hàng", "All goods")
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
VARIANTS = Text("Thêm loại, khuyến mãi, giá sỉ", "Variants, sales, wholesale")
SAVE = Text("Lưu", "Save")
SAVE_NEW = Text("Đăng bán", "Put on sale")


def _problem(name: str) -> Node:
    return EditState.problems.get(name, "")


def _standing(product: Node) -> Node:
    """Whether shoppers see it, and the way to look at it or to take it off the market."""
    return h.div(
        when(
            product.status == "active",
            badge(product.status_text, "success"),
            badge(product.status_text, "warning"),
        ),
        h.div(
            h.a(
                icon("eye"),
                when(product.listed, say(SEE), say(PREVIEW)),
                href=when(product.listed, product.href, product.preview_href),
                class_name=f"{QUIET} px-2",
            ),
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


def _variants(product: Node) -> Node:
    """The way to variants, sale and wholesale prices."""
    return panel(
        each(
            product.variants,
            lambda variant: h.p(
                h.span(variant.shown_label, class_name="min-w-0 flex-1"),
                h.span(variant.price_text, " / ", variant.unit_text, class_name="num whitespace-nowrap"),
                class_name="flex gap-3 text-sm",
            ),
        ),
        inner_link(VARIANTS, to=product.edit_href + "/variants", class_name=f"{OUTLINE} w-full"),
        class_name="space-y-2",
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
        when(page.product.others > 0, None, _offer(page)),
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


def _offer(page: Node) -> Node:
    """What the one variant of a product costs and holds; several have a page of their own."""
    product = page.product
    return h.div(
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
        h.div(
            field(
                CONTENT,
                "content",
                problem=_problem("content"),
                optional=True,
                default_value=product.content_typed,
                input_mode="numeric",
                auto_complete="off",
                max_length=12,
            ),
            choice(
                MEASURE,
                "content_measure",
                each(page.measures, lambda option: h.option(option.label, value=option.value)),
                default_value=product.content_measure,
            ),
            class_name="grid grid-cols-2 gap-3 items-start",
        ),
        h.p(CONTENT_HINT, class_name="text-quiet text-sm -mt-2"),
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
        when(page.fresh, None, _variants(product)),
        photos_of(product),
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
        narrow=True,
    )
