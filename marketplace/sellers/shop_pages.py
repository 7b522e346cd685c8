"""The owner's form of a shop's page, on a phone in the field."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.sellers.rules import ShopPicture
from marketplace.sellers.shop_state import CLOSES, DELIVERS, OPENS, ShopState
from marketplace.ui.blocks import panel, panel_title, way_on, ways_on
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, THUMB_BAR, field, problem_text, text_area
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, h, when
from marketplace.ui.page import BARE_FIRST_VIEW, FirstProblem, Page, live_page
from marketplace.ui.seller import seller_frame, title_below
from marketplace.ui.sending import sent_photo

TITLE = Text("Trang gian hàng", "My shop's page")
BACK = Text("Hôm nay", "Today")
SEE = Text("Xem trước như khách thấy", "Preview as shoppers see it")
SECTIONS = Text("Sắp xếp các phần hàng", "Arrange sections of goods")
SECTIONS_HINT = Text("Món nổi bật, hàng mới, theo danh mục", "Featured goods, new ones, by category")
LOGO = Text("Ảnh đại diện", "Logo")
LOGO_HINT = Text("Vuông, ít nhất 320 điểm ảnh mỗi cạnh.", "Square, at least 320 pixels a side.")
BANNER = Text("Ảnh bìa", "Banner")
BANNER_HINT = Text(
    "Ảnh ngang: vườn, xưởng, sạp hàng của bạn. Rộng ít nhất 960 điểm ảnh.",
    "A wide picture of your farm, workshop or stall, at least 960 pixels wide.",
)
CHOOSE = Text("Chọn ảnh", "Choose a picture")
REMOVE = Text("Bỏ ảnh", "Remove")
LOOKS = Text("Màu sắc", "Colours")
STORY = Text("Câu chuyện của bạn", "Your story")
STORY_HINT = Text(
    "Ai làm, làm ở đâu, làm thế nào. Xuống dòng để tách đoạn.",
    "Who you are, where and how you work. A new line begins a new paragraph.",
)
HOURS = Text("Giờ mở cửa và ngày giao", "Opening hours and delivery days")
HOURS_HINT = Text("Ngày nghỉ thì để trống giờ.", "Leave the hours of a day off empty.")
DELIVER = Text("Giao", "Delivers")
POSITION = Text("Vị trí chính xác", "Exact position")
POSITION_HINT = Text(
    "Dán vĩ độ, kinh độ từ bản đồ trên điện thoại, ví dụ 10.0312, 105.7837. Để trống thì bản đồ chỉ đến xã, phường.",
    "Paste latitude and longitude from your phone's map, for example 10.0312, 105.7837. Empty shows the commune.",
)
USE_POSITION = Text("Lấy vị trí của điện thoại này", "Use this phone's position")
SAVE = Text("Lưu trang gian hàng", "Save my shop's page")


def _problem(name: str) -> Node:
    return ShopState.problems.get(name, "")


def _picture(which: ShopPicture, label: Text, hint: Text, src: Node, shape: str) -> Node:
    return h.div(
        h.p(label, class_name="font-semibold text-sm"),
        when(
            src,
            h.img(src=src, alt="", width="320", height="160", class_name=f"{shape} object-cover bg-base-200"),
            h.div(
                icon("camera", "size-8"),
                class_name=f"{shape} grid place-items-center bg-base-200 border border-base-300 text-quiet",
            ),
        ),
        h.div(
            h.label(
                icon("camera"),
                CHOOSE,
                h.span(" · ", label, class_name="sr-only"),
                h.input(
                    type="file",
                    accept="image/jpeg,image/png,image/webp,image/*",
                    class_name="sr-only",
                    custom_attrs={"data-upload": f"/seller/shop/{which.value}", "data-refresh": "#photos-arrived"},
                ),
                class_name=f"{OUTLINE} relative cursor-pointer focus-within:outline-3 focus-within:outline-primary",
            ),
            when(
                src,
                h.button(
                    REMOVE,
                    h.span(" · ", label, class_name="sr-only"),
                    type="button",
                    on_click=ShopState.remove_picture(which.value),
                    class_name=f"{QUIET} text-error",
                ),
            ),
            class_name="flex flex-wrap gap-2",
        ),
        h.p(hint, class_name="text-sm text-quiet"),
        class_name="space-y-2",
    )


def _pictures(page: Node) -> Node:
    return panel(
        _picture(ShopPicture.BANNER, BANNER, BANNER_HINT, page.banner, "w-full aspect-3/1 rounded-field"),
        _picture(ShopPicture.LOGO, LOGO, LOGO_HINT, page.logo, "size-24 rounded-full"),
        h.button(id="photos-arrived", type="button", hidden=True, on_click=ShopState.refresh),
        h.ul(id="photos", class_name="space-y-3 empty:hidden"),
        sent_photo(),
        class_name="space-y-5",
    )


def _theme(page: Node, theme: Node) -> Node:
    return h.label(
        h.input(
            type="radio",
            name="theme",
            value=theme.value,
            default_checked=page.theme == theme.value,
            class_name="radio radio-primary",
        ),
        h.span(theme.label, class_name="flex-1"),
        h.span(class_name="size-6 rounded-full bg-primary", aria_hidden="true"),
        class_name=theme.shown
        + " flex items-center gap-3 min-h-12 px-3 rounded-field border border-base-300 cursor-pointer",
    )


def _day(day: Node) -> Node:
    identity = "hours_" + day.number
    problem = ShopState.problems.get(identity, "")

    def time(name: str, label: Node, value: Node, **properties: Node) -> Node:
        return h.input(
            type="time",
            name=name + day.number,
            default_value=value,
            aria_label=label,
            aria_describedby="problem-" + identity,
            aria_invalid=when(problem != "", "true", "false"),
            class_name="input h-11 text-base num px-2 w-full min-w-0",
            **properties,
        )

    return h.li(
        h.span(day.label, class_name="text-sm font-semibold self-center max-sm:col-span-full max-sm:-mb-1"),
        time(OPENS, day.opens_label, day.opens, id=identity),
        time(CLOSES, day.closes_label, day.closes),
        h.label(
            h.input(
                type="checkbox",
                name=DELIVERS + day.number,
                default_checked=day.delivers,
                aria_label=day.delivers_label,
                class_name="checkbox checkbox-primary",
            ),
            h.span(DELIVER, aria_hidden="true", class_name="text-sm"),
            class_name="flex items-center gap-2 min-h-11 cursor-pointer",
        ),
        h.p(
            problem,
            id="problem-" + identity,
            role="alert",
            class_name="text-error text-sm col-span-full empty:hidden",
        ),
        class_name="grid grid-cols-[1fr_1fr_auto] sm:grid-cols-[6rem_1fr_1fr_auto] gap-2",
    )


def shop_form_content(page: Node) -> Node:
    """All that makes a shop's page its own."""
    return seller_frame(
        title_below(BACK, "/seller", TITLE, under=page.name),
        h.p(ShopState.notice, role="status", class_name="font-semibold text-success empty:hidden"),
        ways_on(
            way_on("eye", SEE, "/seller/shop/preview"),
            way_on("grid", SECTIONS, "/seller/shop/sections", SECTIONS_HINT),
        ),
        _pictures(page),
        h.form(
            panel(
                text_area(
                    STORY,
                    "story",
                    problem=_problem("story"),
                    hint=STORY_HINT,
                    optional=True,
                    rows="6",
                    default_value=page.story,
                ),
                class_name="space-y-3",
            ),
            panel(
                h.fieldset(
                    h.legend(LOOKS, class_name="font-semibold text-sm pb-2"),
                    h.div(each(page.themes, lambda theme: _theme(page, theme)), class_name="grid gap-2 sm:grid-cols-2"),
                ),
                problem_text(_problem("theme"), "theme"),
            ),
            panel(
                panel_title(HOURS, "clock"),
                h.p(HOURS_HINT, class_name="text-sm text-quiet"),
                h.ul(each(page.days, _day), class_name="space-y-2"),
                class_name="space-y-3",
            ),
            panel(
                field(
                    POSITION,
                    "position",
                    problem=_problem("position"),
                    hint=POSITION_HINT,
                    optional=True,
                    max_length=60,
                    default_value=page.position,
                    auto_complete="off",
                ),
                h.button(
                    icon("pin"),
                    USE_POSITION,
                    type="button",
                    custom_attrs={"data-locate": "position"},
                    class_name=f"{OUTLINE} w-full",
                ),
                class_name="space-y-3",
            ),
            problem_text(_problem("form"), "form"),
            FirstProblem.create(problems=ShopState.problems),
            h.div(h.button(SAVE, type="submit", class_name=f"{PRIMARY} flex-1 text-base"), class_name=THUMB_BAR),
            on_submit=ShopState.save,
            no_validate=True,
            custom_attrs={"data-once": ShopState.answered},
            class_name="space-y-4",
        ),
        active="more",
        narrow=True,
    )


SHOP_PAGE = Page(
    "/seller/shop",
    lambda: live_page(ShopState, shop_form_content),
    ShopState.load,
    TITLE,
    first_view=BARE_FIRST_VIEW,
)
