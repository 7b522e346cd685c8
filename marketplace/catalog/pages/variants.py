"""The variants of one product: the list with the way to add, change, rest and arrange them, and the form of one."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.catalog.pages.goods import STOCK
from marketplace.catalog.pages.words import PAUSE, RESUME
from marketplace.catalog.variants_state import VariantsState
from marketplace.ui.blocks import badge, panel
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, SMALL_BUTTON, choice, field, form_problem, problem_text
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, h, say, when
from marketplace.ui.seller import seller_frame, title_below

TITLE = Text("Các loại và giá bán", "Variants and prices")
BACK = Text("Về sản phẩm", "Back to the product")
HINT = Text(
    "Loại đứng đầu là giá hiện trên thẻ hàng. Mỗi loại có giá, tồn kho, khuyến mãi và giá sỉ riêng.",
    "The first one's price shows in lists. Each has its own price, stock, sale and wholesale prices.",
)
ADD = Text("Thêm loại", "Add a variant")
NEW = Text("Loại mới", "New variant")
CHANGE = Text("Sửa", "Edit")
EARLIER = Text("Đưa lên trước", "Move up")
LATER = Text("Đưa ra sau", "Move down")
RESTS = Text("Tạm ngưng", "Paused")
SOLD_OUT = Text("Hết hàng", "Sold out")
LABEL = Text("Tên loại", "Name of the variant")
LABEL_HINT = Text(
    "“Loại 1”, “Trái lớn”… Để trống thì tên là quy cách, ví dụ “hộp 5 kg”.",
    "“Grade 1”, “Large”… Left empty it is called after its packing, like “box of 5 kg”.",
)
PRICE = Text("Giá thường (₫)", "Regular price (₫)")
UNIT = Text("Bán theo", "Sold by")
CONTENT = Text("Một đơn vị có", "One unit holds")
CONTENT_HINT = Text(
    "Hộp, chai, túi, bó: ghi 500 ml, 5000 g hay 30 cái. Khách so sánh được giá mỗi kg, mỗi lít.",
    "Boxes, bottles, bags: 500 ml, 5000 g or 30 pieces, so that shoppers compare by the kg or litre.",
)
MEASURE = Text("Tính bằng", "In")
LIGHTEST = Text("Nhẹ nhất (kg)", "Lightest (kg)")
HEAVIEST = Text("Nặng nhất (kg)", "Heaviest (kg)")
BY_WEIGHT = Text("Đặt theo con, trả theo cân", "Ordered by the piece, paid by weight")
BY_WEIGHT_HINT = Text(
    "Gà, vịt, cá nguyên con, trái lớn: ghi một con nặng từ bao nhiêu đến bao nhiêu. Khi đó mọi giá ở đây là giá 1 kg, tồn kho đếm "
    "theo con; lúc đóng gói bạn cân, khách trả theo cân và không bao giờ quá mức nặng nhất.",
    "Whole chickens, fish, large fruit: say what one weighs. All prices here are then for the kilogram and stock counts pieces; you "
    "weigh when packing, and the buyer pays by weight, never more than for the heaviest.",
)
STEP = Text("Khách chọn mỗi bước", "Sold in steps of")
MINIMUM = Text("Đặt ít nhất", "Order at least")
SALE = Text("Khuyến mãi có thời hạn", "Sale with dates")
SALE_PRICE = Text("Giá khuyến mãi (₫)", "Sale price (₫)")
SALE_SINCE = Text("Từ lúc", "From")
SALE_UNTIL = Text("Đến lúc", "Until")
SALE_HINT = Text(
    "Giá cũ chỉ được gạch ngang khi đã thật sự bán giá đó ít nhất 7 ngày: hệ thống lấy giá thấp nhất trong 30 ngày trước.",
    "A former price is struck through only if it was really asked for 7 days: the lowest of the 30 days before counts.",
)
STRUCK = Text("Giá gạch ngang: {price}", "Struck through: {price}")
WHOLESALE = Text("Giá sỉ theo số lượng", "Wholesale by quantity")
FROM = Text("Từ số lượng", "From quantity")
TIER_PRICE = Text("Giá mỗi đơn vị (₫)", "Price a unit (₫)")
SAVE = Text("Lưu loại này", "Save this variant")
CANCEL = Text("Thôi", "Cancel")


def _problem(name: str) -> Node:
    return VariantsState.problems.get(name, "")


def _move(symbol: str, label: Text, variant: Node, places: int, at_end: Node) -> Node:
    return h.button(
        icon("down", symbol),
        h.span(label, class_name="sr-only"),
        type="button",
        on_click=VariantsState.move(variant.sku, places),
        disabled=at_end,
        class_name=SMALL_BUTTON,
    )


def _variant(variant: Node) -> Node:
    return h.li(
        h.div(
            h.div(
                h.p(variant.shown_label, class_name="font-semibold"),
                h.p(
                    h.span(variant.price_text, class_name="num"),
                    " / ",
                    variant.price_unit,
                    " · ",
                    when(variant.weights_text, h.span(variant.weights_text, " · ")),
                    STOCK,
                    " ",
                    h.span(variant.on_hand_text, class_name="num"),
                    class_name="text-sm",
                ),
                h.p(variant.sale_text, class_name="text-sm text-urgent empty:hidden"),
                when(variant.struck_text, h.p(say(STRUCK, price=variant.struck_text), class_name="text-sm text-quiet")),
                class_name="flex-1 min-w-0",
            ),
            when(variant.active, when(variant.sold_out, badge(SOLD_OUT, "error")), badge(RESTS, "warning")),
            class_name="flex gap-2 items-start",
        ),
        h.div(
            h.button(CHANGE, type="button", on_click=VariantsState.edit(variant.sku), class_name=f"{OUTLINE} flex-1"),
            h.button(
                when(variant.active, say(PAUSE), say(RESUME)),
                type="button",
                on_click=VariantsState.switch(variant.sku),
                class_name=f"{QUIET} flex-1 px-2 whitespace-nowrap",
            ),
            _move("size-5 rotate-180", EARLIER, variant, -1, variant.first),
            _move("size-5", LATER, variant, 1, variant.last),
            class_name="flex gap-2",
        ),
        key=variant.sku,
        class_name="rounded-box bg-base-100 border border-base-300 p-3 space-y-3",
    )


def _number(label: Text, name: str, value: Node, **properties: Node) -> Node:
    return field(
        label, name, problem=_problem(name), default_value=value, input_mode="decimal", auto_complete="off",
        max_length=20, **properties,
    )  # fmt: skip


def _options(options: Node) -> Node:
    return each(options, lambda option: h.option(option.label, value=option.value))


def _tier(tier: Node) -> Node:
    return h.div(
        *(
            h.label(
                h.span(label, class_name="text-sm text-quiet"),
                h.input(
                    name=f"tier_{name}_" + tier.number,
                    default_value=value,
                    input_mode="decimal",
                    auto_complete="off",
                    max_length=20,
                    class_name="input w-full h-11 text-base",
                ),
                class_name="block space-y-1",
            )
            for label, name, value in ((FROM, "quantity", tier.quantity), (TIER_PRICE, "price", tier.price))
        ),
        class_name="grid grid-cols-2 gap-3",
    )


def _form(page: Node) -> Node:
    variant = page.variant
    return h.form(
        h.input(type="hidden", name="stock_shown", value=page.stock_shown),
        panel(
            h.h2(when(page.fresh, say(NEW), variant.shown_label), class_name="font-semibold text-lg"),
            field(
                LABEL,
                "label",
                problem=_problem("label"),
                hint=LABEL_HINT,
                optional=True,
                default_value=variant.label,
                max_length=60,
            ),
            h.div(
                _number(PRICE, "price", variant.price_typed),
                choice(UNIT, "unit", _options(page.units), problem=_problem("unit"), default_value=variant.unit),
                class_name="grid grid-cols-2 gap-3 items-start",
            ),
            h.div(
                _number(CONTENT, "content", variant.content_typed),
                choice(MEASURE, "content_measure", _options(page.measures), default_value=variant.content_measure),
                class_name="grid grid-cols-2 gap-3 items-start",
            ),
            h.p(CONTENT_HINT, class_name="text-quiet text-sm -mt-2"),
            h.fieldset(
                h.legend(BY_WEIGHT, class_name="font-semibold text-sm pb-1"),
                h.div(
                    _number(LIGHTEST, "lightest", variant.lightest_typed, optional=True),
                    _number(HEAVIEST, "heaviest", variant.heaviest_typed, optional=True),
                    class_name="grid grid-cols-2 gap-3 items-start",
                ),
                h.p(BY_WEIGHT_HINT, class_name="text-quiet text-sm pt-1"),
            ),
            _number(STOCK, "stock", variant.on_hand_text),
            h.div(
                _number(STEP, "step", variant.step_text),
                _number(MINIMUM, "minimum", variant.minimum_text),
                class_name="grid grid-cols-2 gap-3 items-end",
            ),
            h.h3(SALE, class_name="font-semibold pt-2"),
            _number(SALE_PRICE, "sale_price", variant.sale_price_typed),
            h.div(
                field(SALE_SINCE, "sale_since", default_value=variant.sale_since, type="datetime-local"),
                field(SALE_UNTIL, "sale_until", default_value=variant.sale_until, type="datetime-local"),
                class_name="grid sm:grid-cols-2 gap-3",
            ),
            h.p(SALE_HINT, class_name="text-quiet text-sm -mt-2"),
            h.h3(WHOLESALE, class_name="font-semibold pt-2"),
            each(variant.tiers, _tier),
            problem_text(_problem("tiers"), "tiers"),
            problem_text(_problem("form"), "form"),
            h.div(
                h.button(SAVE, type="submit", class_name=f"{PRIMARY} flex-1"),
                h.button(CANCEL, type="button", on_click=VariantsState.close, class_name=QUIET),
                class_name="flex gap-3 pt-2",
            ),
            class_name="space-y-3",
        ),
        # Drawn anew for another variant: inputs keep what they were first given.
        key=page.drawn.to_string(),
        on_submit=VariantsState.save,
        no_validate=True,
        custom_attrs={"data-once": VariantsState.answered},
    )


def variants_content(page: Node) -> Node:
    """A product's variants, or the form of one of them."""
    return seller_frame(
        title_below(BACK, page.product.edit_href, TITLE, under=page.product.name),
        when(
            page.open,
            _form(page),
            h.div(
                h.p(VariantsState.notice, role="status", class_name="font-semibold text-success empty:hidden"),
                form_problem(VariantsState.problem),
                h.p(HINT, class_name="text-sm text-quiet"),
                h.ul(each(page.product.variants, _variant), class_name="space-y-3"),
                h.button(icon("plus"), ADD, type="button", on_click=VariantsState.add, class_name=f"{PRIMARY} w-full"),
                class_name="space-y-4",
            ),
        ),
        active="goods",
    )
