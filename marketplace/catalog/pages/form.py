"""The form of one product, its photos first."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.catalog.pages.certificates import TITLE as CERTIFICATES
from marketplace.catalog.pages.goods import STOCK
from marketplace.catalog.pages.photos import photos_of
from marketplace.catalog.pages.variants import CONTENT, CONTENT_HINT, MEASURE
from marketplace.catalog.pages.words import NOT_OPEN, PAUSE, PREVIEW, RESUME, SEE
from marketplace.catalog.reckoning import reckoned, reckons
from marketplace.catalog.state import EditState
from marketplace.ui.blocks import badge, panel
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, THUMB_BAR, choice, field, problem_text, text_area
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, h, say, when
from marketplace.ui.page import inner_link
from marketplace.ui.seller import seller_frame, title_below

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
PRICE_A_KILOGRAM = Text(
    "Món này trả theo cân, mỗi con hay trái {weights}: giá trên là giá 1 kg.",
    "Paid by weight, {weights} each: this is the price for the kilogram.",
)
STEP = Text("Khách chọn mỗi bước", "Sold in steps of")
MINIMUM = Text("Đặt ít nhất", "Order at least")
STEP_HINT = Text(
    "Bán theo cân: bước 0,5 để khách mua được 1,5 kg.", "Sold by weight: a step of 0.5 lets buyers take 1.5 kg."
)
DESCRIPTION = Text("Mô tả", "Description")
DESCRIPTION_HINT = Text(
    "Trồng, nuôi, hái, đóng gói thế nào; giữ được bao lâu.", "How it is grown, picked, packed; how long it keeps."
)
DETAILS = Text("Chi tiết", "Details")
NOT_SAID = Text("không ghi", "not said")
SEASON = Text("Mùa vụ", "Season")
SEASON_HINT = Text(
    "Chọn những tháng có hàng; có quanh năm thì để trống.", "Tick the months it is there; none for all year."
)
MONTH = Text("tháng", "month")
SHELF_LIFE = Text("Dùng tốt trong (ngày)", "Keeps for (days)")
REACH = Text("Phải tới trong (giờ)", "Must arrive within (hours)")
REACH_HINT = Text(
    "Hàng tươi chỉ được đặt ở nơi có chuyến giao kịp chừng ấy giờ.",
    "Fresh goods can be ordered only where a delivery arrives within these hours.",
)
STORAGE = Text("Cách bảo quản", "Storage")
ORIGIN = Text("Trồng, làm ở xã, phường", "Grown or made in")
EXPECTED = Text("Bán trước, dự kiến có hàng", "Sold ahead, expected on")
EXPECTED_HINT = Text(
    "Vụ tới mới có: ghi ngày dự kiến, tồn kho là số lượng nhận đặt trước. Hợp đồng ghi ngày này.",
    "Of the coming harvest: give the day; stock is what may be ordered ahead. The contract names the day.",
)
VARIANTS = Text("Thêm loại, khuyến mãi, giá sỉ", "Variants, sales, wholesale")
LOTS = Text("Lô hàng và nhãn", "Lots and labels")
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
                h.span(variant.price_text, " / ", variant.price_unit, class_name="num whitespace-nowrap"),
                class_name="flex gap-3 text-sm",
            ),
        ),
        inner_link(VARIANTS, to=product.edit_href + "/variants", class_name=f"{OUTLINE} w-full"),
        inner_link(
            icon("shield"), CERTIFICATES, to=product.edit_href + "/certificates", class_name=f"{OUTLINE} w-full"
        ),
        inner_link(icon("box"), LOTS, to=product.edit_href + "/lots", class_name=f"{OUTLINE} w-full"),
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
            on_change=EditState.choose_category,
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
        _told(page),
        # Drawn anew when there is something new to draw: inputs keep what they were first given.
        key=page.drawn.to_string(),
        class_name="space-y-3",
    )


def _attribute(attribute: Node) -> Node:
    empty = h.option(NOT_SAID, value="")
    return h.label(
        h.span(attribute.label, class_name="font-semibold text-sm"),
        h.span(
            when(
                attribute.chosen_from,
                h.select(
                    rx.fragment(
                        empty, each(attribute.choices, lambda option: h.option(option.label, value=option.value))
                    ),
                    name=attribute.name,
                    default_value=attribute.value,
                    class_name="select w-full h-11 text-base",
                ),
                h.input(
                    name=attribute.name,
                    default_value=attribute.value,
                    max_length=80,
                    auto_complete="off",
                    class_name="input w-full h-11 text-base",
                ),
            ),
            h.span(attribute.unit, class_name="text-sm text-quiet whitespace-nowrap empty:hidden"),
            class_name="flex items-center gap-2",
        ),
        h.span(EditState.problems.get(attribute.name, ""), role="alert", class_name="text-error text-sm empty:hidden"),
        key=attribute.name,
        class_name="block space-y-1",
    )


def _month(month: Node) -> Node:
    return h.label(
        h.input(
            type="checkbox",
            name="month_" + month.number,
            default_checked=month.on,
            class_name="checkbox checkbox-primary checkbox-sm",
        ),
        h.span(month.number, class_name="num"),
        h.span(MONTH, class_name="sr-only"),
        class_name="flex items-center gap-1.5 min-h-11 relative",
    )


def _told(page: Node) -> Node:
    """What shoppers want to know beside price and words: attributes, season, keeping, origin, harvest to come."""
    product = page.product
    return h.div(
        h.h2(DETAILS, class_name="font-semibold text-lg pt-2"),
        h.div(each(product.attributes, _attribute), class_name="grid sm:grid-cols-2 gap-3"),
        h.fieldset(
            h.legend(SEASON, class_name="font-semibold text-sm"),
            h.div(each(product.season, _month), class_name="grid grid-cols-6 sm:grid-cols-12"),
            h.p(SEASON_HINT, class_name="text-quiet text-sm"),
        ),
        h.div(
            field(
                SHELF_LIFE, "shelf_life_days", problem=_problem("shelf_life_days"),
                default_value=product.shelf_life_typed, max_length=4, input_mode="numeric", optional=True,
            ),
            field(
                REACH, "reach_hours", problem=_problem("reach_hours"),
                default_value=product.reach_typed, max_length=3, input_mode="numeric", optional=True,
            ),
            class_name="grid grid-cols-2 gap-3 items-end",
        ),
        h.p(REACH_HINT, class_name="text-quiet text-sm -mt-2"),
        field(
            STORAGE, "storage", problem=_problem("storage"), optional=True, default_value=product.storage,
            max_length=120,
        ),
        choice(
            ORIGIN,
            "origin_code",
            rx.fragment(
                h.option(NOT_SAID, value=""),
                each(page.origins, lambda option: h.option(option.label, value=option.value)),
            ),
            problem=_problem("origin_code"),
            default_value=product.origin_code,
        ),
        field(
            EXPECTED, "expected_on", problem=_problem("expected_on"), hint=EXPECTED_HINT, optional=True,
            default_value=product.expected_typed, type="date",
        ),
        class_name="space-y-3",
    )  # fmt: skip


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
                on_change=reckons(EditState, "price"),
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
                on_change=reckons(EditState, "unit"),
            ),
            class_name="grid grid-cols-2 gap-3 items-start",
        ),
        h.p(
            when(product.weights_text, say(PRICE_A_KILOGRAM, weights=product.weights_text), say(PRICE_HINT)),
            class_name="text-quiet text-sm -mt-2",
        ),
        h.div(
            field(
                CONTENT,
                "content",
                problem=_problem("content"),
                optional=True,
                default_value=product.content_typed,
                on_change=reckons(EditState, "content"),
                input_mode="numeric",
                auto_complete="off",
                max_length=12,
            ),
            choice(
                MEASURE,
                "content_measure",
                each(page.measures, lambda option: h.option(option.label, value=option.value)),
                default_value=product.content_measure,
                on_change=reckons(EditState, "content_measure"),
            ),
            class_name="grid grid-cols-2 gap-3 items-start",
        ),
        h.p(CONTENT_HINT, class_name="text-quiet text-sm -mt-2"),
        reckoned(EditState),
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
        title_below(ALL_GOODS, "/seller/products", when(page.fresh, say(NEW), product.name)),
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
