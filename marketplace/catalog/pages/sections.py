"""The sections of a shop's page: added, named, moved up and down, filled with goods; each tap is saved at once."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.catalog.rules import LONGEST_TITLE, SectionKind
from marketplace.catalog.sections_state import SectionsState
from marketplace.ui.blocks import empty_state, panel
from marketplace.ui.forms import OUTLINE, PRIMARY, SMALL_BUTTON, choice, field, form_problem
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, when
from marketplace.ui.seller import seller_frame, title_below

TITLE = Text("Các phần trên gian hàng", "Sections of my shop")
BACK = Text("Trang gian hàng", "My shop's page")
HINT = Text(
    "Khách thấy các phần này trước, theo đúng thứ tự, rồi đến tất cả hàng. Mỗi thay đổi được lưu ngay.",
    "Shoppers see these first, in this order, then all goods. Every change is saved at once.",
)
NONE = Text("Chưa có phần nào", "No sections yet")
NONE_HINT = Text(
    "Thử “Bán chạy nhất”, hoặc tự chọn vài món nổi bật của mùa này.",
    "Try “Best sellers”, or choose a few goods of the season yourself.",
)
NEW = Text("Thêm một phần", "Add a section")
NAME = Text("Tên phần", "Title")
NAME_HINT = Text("Ví dụ: Trái cây đang mùa.", "For example: In season now.")
SHOWS = Text("Gồm", "Shows")
CATEGORY = Text("Danh mục", "Category")
PICK = Text("Chọn danh mục", "Choose a category")
UP = Text("Đưa lên", "Move up")
DOWN = Text("Đưa xuống", "Move down")
REMOVE = Text("Bỏ phần này", "Remove this section")
ADD_GOODS = Text("Thêm món", "Add goods")
FIND = Text("Tìm trong hàng của bạn", "Find among your goods")
EARLIER = Text("Đưa món lên trước", "Move the product forward")
LATER = Text("Đưa món ra sau", "Move the product back")
LEAVE_OUT = Text("Bỏ món khỏi phần này", "Take the product out of this section")
PUT_IN = Text("Thêm", "Add")
NOTHING_FOUND = Text("Không có món nào như vậy.", "No goods fit.")
EMPTY = Text("Chưa có món nào: khách chưa thấy phần này.", "No goods yet: shoppers do not see this section.")


def _act(symbol: str, label: Text, act: object, disabled: Node = False, looks: str = "") -> Node:
    return h.button(
        icon(symbol),
        h.span(label, class_name="sr-only"),
        type="button",
        on_click=act,
        disabled=disabled,
        class_name=f"{SMALL_BUTTON} {looks}",
    )


def _chosen(one: Node) -> Node:
    return h.li(
        h.img(
            src=one.picture,
            alt="",
            width="48",
            height="48",
            class_name="size-12 rounded-field object-cover bg-base-200",
        ),
        h.span(one.name, class_name="flex-1 min-w-0 text-sm line-clamp-2"),
        _act("back", EARLIER, SectionsState.move_product(one.section_id, one.id, -1), one.first),
        _act("forward", LATER, SectionsState.move_product(one.section_id, one.id, 1), one.last),
        _act("trash", LEAVE_OUT, SectionsState.leave_out(one.section_id, one.id), looks="text-error"),
        key=one.id.to_string(),
        class_name="flex items-center gap-1",
    )


def _found(page: Node, product: Node) -> Node:
    return h.li(
        h.button(
            h.img(
                src=product.picture,
                alt="",
                width="40",
                height="40",
                class_name="size-10 rounded-field object-cover bg-base-200",
            ),
            h.span(product.name, class_name="flex-1 min-w-0 text-left text-sm line-clamp-2"),
            h.span(icon("plus", "size-4"), PUT_IN, class_name="flex items-center gap-1 text-primary text-sm"),
            type="button",
            on_click=SectionsState.choose(page.choosing, product.id),
            class_name="flex items-center gap-3 w-full min-h-12 px-2 rounded-field hover:bg-base-200 cursor-pointer",
        ),
        key=product.id.to_string(),
    )


def _choosing(page: Node) -> Node:
    return h.div(
        rx.debounce_input(
            h.input(
                type="search",
                placeholder=FIND,
                aria_label=FIND,
                max_length=100,
                value=SectionsState.sought,
                on_change=SectionsState.find,
                class_name="input w-full h-11 text-base",
            ),
            debounce_timeout=250,
        ),
        when(
            filled(page.found),
            h.ul(each(page.found, lambda product: _found(page, product))),
            when(page.looked, h.p(NOTHING_FOUND, role="status", class_name="text-sm text-quiet")),
        ),
        class_name="space-y-2 border-t border-base-300 pt-3",
    )


def _section(page: Node, section: Node) -> Node:
    return h.li(
        h.div(
            h.input(
                type="text",
                default_value=section.title,
                key=section.title,
                max_length=LONGEST_TITLE,
                aria_label=NAME,
                on_blur=lambda typed: SectionsState.rename(section.id, typed),
                custom_attrs={"data-quick": ""},
                class_name="input h-11 text-base font-semibold flex-1 min-w-0",
            ),
            _act("up", UP, SectionsState.move(section.id, -1), section.first),
            _act("down", DOWN, SectionsState.move(section.id, 1), section.last),
            _act("trash", REMOVE, SectionsState.remove(section.id), looks="text-error"),
            class_name="flex items-center gap-1",
        ),
        h.p(section.kind_text, class_name="text-sm text-quiet"),
        when(
            section.kind == SectionKind.CHOSEN.value,
            h.div(
                when(
                    filled(section.chosen),
                    h.ul(each(section.chosen, _chosen), class_name="space-y-2"),
                    h.p(EMPTY, class_name="text-sm text-urgent"),
                ),
                when(
                    page.choosing == section.id,
                    _choosing(page),
                    h.button(
                        icon("plus"),
                        ADD_GOODS,
                        type="button",
                        on_click=SectionsState.look_for(section.id),
                        class_name=f"{OUTLINE} w-full",
                    ),
                ),
                class_name="space-y-3",
            ),
        ),
        key=section.id.to_string(),
        class_name="rounded-box bg-base-100 border border-base-300 p-3 space-y-3",
    )


def _problem(name: str) -> Node:
    return SectionsState.problems.get(name, "")


def _form(page: Node) -> Node:
    return h.form(
        panel(
            h.h2(NEW, class_name="font-semibold text-lg"),
            field(NAME, "title", problem=_problem("title"), hint=NAME_HINT, max_length=LONGEST_TITLE),
            choice(
                SHOWS,
                "kind",
                each(page.kinds, lambda kind: h.option(kind.label, value=kind.value)),
                problem=_problem("kind"),
                on_change=SectionsState.choose_kind,
            ),
            when(
                page.of_category,
                choice(
                    CATEGORY,
                    "category",
                    rx.fragment(
                        h.option(PICK, value=""),
                        each(page.categories, lambda one: h.option(one.label, value=one.value)),
                    ),
                    problem=_problem("category"),
                ),
            ),
            h.button(NEW, type="submit", class_name=f"{PRIMARY} w-full"),
            class_name="space-y-3",
        ),
        key=page.drawn.to_string(),
        on_submit=SectionsState.add,
        no_validate=True,
        custom_attrs={"data-once": SectionsState.answered},
    )


def sections_content(page: Node) -> Node:
    """The sections in their order, and the form of a new one."""
    return seller_frame(
        title_below(BACK, "/seller/shop", TITLE),
        h.p(HINT, class_name="text-sm text-quiet"),
        h.p(SectionsState.notice, role="status", class_name="font-semibold text-success empty:hidden"),
        form_problem(_problem("form")),
        when(
            filled(page.sections),
            h.ul(each(page.sections, lambda section: _section(page, section)), class_name="space-y-3"),
            empty_state("grid", NONE, NONE_HINT),
        ),
        _form(page),
        active="more",
        narrow=True,
    )
