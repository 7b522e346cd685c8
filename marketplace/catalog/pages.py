"""A seller's goods: the list with quick stock, and the form with photos from the phone."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.catalog.state import EditState, GoodsState
from marketplace.ui.blocks import badge, empty_state, page_title, panel
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, choice, field, form_problem, text_area
from marketplace.ui.icons import icon
from marketplace.ui.layout import notice_bar
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, inner_link, live_page
from marketplace.ui.seller import seller_frame

GOODS = Text("Hàng của tôi", "My goods")
ADD = Text("Đăng sản phẩm", "Add goods")
NEW = Text("Đăng sản phẩm mới", "New goods")
EDIT = Text("Sửa sản phẩm", "Edit goods")
NONE = Text("Chưa có sản phẩm nào", "No goods yet")
NONE_HINT = Text("Đăng món đầu tiên: tên, giá, tồn kho, một tấm ảnh.", "Add the first: name, price, stock, one photo.")
NOT_OPEN = Text(
    "Gian hàng chưa được duyệt, hàng chưa lên chợ.", "The shop is not approved yet; goods are not on the market."
)
LOW = Text("Sắp hết", "Running low")
STOCK = Text("Còn trong kho", "In stock")
PROMISED = Text("đơn đang giữ {quantity}", "{quantity} promised to orders")
PAUSE = Text("Tạm ngưng", "Pause")
RESUME = Text("Bán lại", "Sell again")
CHANGE = Text("Sửa", "Edit")
NAME = Text("Tên sản phẩm", "Name")
NAME_HINT = Text(
    "Gọi tên như khi rao ngoài chợ: “Xoài cát Hòa Lộc loại 1”.", "As you would call it: “Hòa Lộc mango, grade 1”."
)
CATEGORY = Text("Danh mục", "Category")
UNIT = Text("Bán theo", "Sold by")
PRICE = Text("Giá mỗi đơn vị (₫)", "Price a unit (₫)")
PRICE_HINT = Text("Gõ 65000, 65.000 hay 65k đều được.", "Type 65000, 65.000 or 65k.")
STEP = Text("Mỗi bước", "Step")
MINIMUM = Text("Đặt ít nhất", "At least")
DESCRIPTION = Text("Mô tả", "Description")
DESCRIPTION_HINT = Text(
    "Trồng, nuôi, hái, đóng gói thế nào; giữ được bao lâu.", "How it is grown, picked, packed; how long it keeps."
)
SAVE = Text("Lưu", "Save")
SAVE_NEW = Text("Đăng bán", "Put on sale")
PHOTOS = Text("Ảnh", "Photos")
PHOTOS_HINT = Text("Ảnh đầu là mặt tiền. Chụp gần, đủ sáng.", "The first is the face. Close and well lit.")
TAKE_PHOTO = Text("Chụp hoặc chọn ảnh", "Take or choose photos")
REMOVE = Text("Xoá ảnh", "Remove photo")
SEE = Text("Xem trên chợ", "See on the market")


def _own(product: Node) -> Node:
    return h.li(
        h.img(
            src=product.picture,
            alt="",
            width="72",
            height="72",
            class_name="size-18 rounded-field object-cover bg-base-200",
        ),
        h.div(
            h.p(product.name, class_name="font-semibold line-clamp-2"),
            h.p(
                h.span(product.price_text, class_name="num font-semibold text-primary"),
                " / ",
                product.unit_text,
                class_name="text-sm",
            ),
            h.div(
                badge(product.status_text, "neutral"),
                when(product.low, badge(LOW, "warning")),
                class_name="flex flex-wrap gap-2",
            ),
            h.label(
                h.span(STOCK, class_name="text-sm text-quiet"),
                h.input(
                    default_value=product.on_hand_text,
                    key=product.on_hand_text,
                    on_blur=lambda typed: GoodsState.set_stock(product.id, typed),
                    input_mode="decimal",
                    class_name="input num h-11 w-24 text-right",
                ),
                h.span(product.unit_text, class_name="text-sm"),
                class_name="flex items-center gap-2",
            ),
            when(
                product.promised_text != "0",
                h.p(say(PROMISED, quantity=product.promised_text), class_name="text-sm text-quiet"),
            ),
            h.div(
                inner_link(CHANGE, to=product.edit_href, class_name=OUTLINE),
                when(
                    product.status == "active",
                    h.button(PAUSE, type="button", on_click=GoodsState.switch(product.id), class_name=QUIET),
                    h.button(RESUME, type="button", on_click=GoodsState.switch(product.id), class_name=QUIET),
                ),
                class_name="flex flex-wrap gap-2",
            ),
            class_name="flex-1 min-w-0 space-y-2",
        ),
        class_name="flex gap-3 rounded-box bg-base-100 border border-base-300 p-3",
    )


def goods_content(page: Node) -> Node:
    """Everything the shop offers, with stock and price at hand."""
    add = inner_link(icon("plus"), ADD, to="/seller/products/new", class_name=PRIMARY)
    return seller_frame(
        page_title(GOODS, add, under=page.store_name),
        when(page.selling, None, h.p(NOT_OPEN, class_name="text-urgent font-semibold")),
        form_problem(GoodsState.problem),
        when(
            filled(page.goods),
            h.ul(each(page.goods, _own), class_name="space-y-3"),
            empty_state("box", NONE, NONE_HINT),
        ),
        active="goods",
    )


def _problem(name: str) -> Node:
    return EditState.problems.get(name, "")


def _photos(product: Node) -> Node:
    return panel(
        h.h2(PHOTOS, class_name="font-semibold"),
        h.p(PHOTOS_HINT, class_name="text-sm text-quiet"),
        h.ul(
            each(
                product.pictures,
                lambda picture: h.li(
                    h.img(
                        src=picture.src,
                        alt="",
                        width="160",
                        height="160",
                        class_name="size-full object-cover rounded-field",
                    ),
                    h.button(
                        icon("trash"),
                        h.span(REMOVE, class_name="sr-only"),
                        type="button",
                        on_click=EditState.remove_picture(picture.id),
                        class_name="btn btn-neutral size-11 p-0 rounded-full absolute top-1 right-1",
                    ),
                    class_name="relative aspect-square",
                ),
            ),
            class_name="grid grid-cols-3 gap-2",
        ),
        h.ul(id="uploads", class_name="space-y-2", aria_live="polite"),
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
                    "data-progress": "#uploads",
                    "data-refresh": "#photos-arrived",
                },
            ),
            class_name=f"{OUTLINE} w-full cursor-pointer focus-within:outline-3 focus-within:outline-primary",
        ),
        h.button(
            id="photos-arrived",
            type="button",
            on_click=EditState.refresh,
            tab_index=-1,
            class_name="hidden",
            aria_hidden="true",
        ),
        class_name="space-y-3",
    )


def edit_content(page: Node) -> Node:
    """The form of one product."""
    product = page.product
    return seller_frame(
        page_title(when(page.fresh, say(NEW), say(EDIT)), under=product.name),
        when(page.fresh, None, _photos(product)),
        h.form(
            panel(
                field(
                    NAME, "name", problem=_problem("name"), hint=NAME_HINT, default_value=product.name, max_length=120
                ),
                choice(
                    CATEGORY,
                    "category",
                    each(page.categories, lambda option: h.option(option.label, value=option.value)),
                    problem=_problem("category"),
                    default_value=product.category_slug,
                ),
                h.div(
                    choice(
                        UNIT,
                        "unit",
                        each(page.units, lambda option: h.option(option.label, value=option.value)),
                        problem=_problem("unit"),
                        default_value=product.unit,
                    ),
                    field(
                        STOCK,
                        "stock",
                        problem=_problem("stock"),
                        default_value=product.on_hand_text,
                        input_mode="decimal",
                    ),
                    class_name="grid grid-cols-2 gap-3",
                ),
                field(
                    PRICE,
                    "price",
                    problem=_problem("price"),
                    hint=PRICE_HINT,
                    default_value=product.price_typed,
                    input_mode="numeric",
                ),
                h.div(
                    field(
                        STEP, "step", problem=_problem("step"), default_value=product.step_text, input_mode="decimal"
                    ),
                    field(
                        MINIMUM,
                        "minimum",
                        problem=_problem("minimum"),
                        default_value=product.minimum_text,
                        input_mode="decimal",
                    ),
                    class_name="grid grid-cols-2 gap-3",
                ),
                text_area(
                    DESCRIPTION,
                    "description",
                    problem=_problem("description"),
                    hint=DESCRIPTION_HINT,
                    optional=True,
                    default_value=product.description,
                    max_length=4000,
                ),
                class_name="space-y-3",
            ),
            form_problem(EditState.problem),
            h.button(
                when(page.fresh, say(SAVE_NEW), say(SAVE)), type="submit", class_name=f"{PRIMARY} w-full text-base"
            ),
            when(page.fresh, None, h.a(SEE, href=product.href, class_name=f"{QUIET} w-full")),
            on_submit=EditState.save,
            no_validate=True,
            key=product.id.to_string(),
            class_name="space-y-4",
        ),
        active="goods",
        notice=notice_bar(EditState),
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
