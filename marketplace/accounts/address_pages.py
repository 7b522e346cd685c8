"""The address book: places to have goods brought to."""

from __future__ import annotations

from marketplace.accounts.address_state import AddressesState
from marketplace.base.text import Text
from marketplace.places.choosing import commune_input
from marketplace.ui.blocks import badge, page_title, panel, panel_title
from marketplace.ui.forms import PRIMARY, QUIET, field, form_problem
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, filled, h, joined, when
from marketplace.ui.page import Page, live_page

TITLE = Text("Sổ địa chỉ", "Address book")
UNDER = Text(
    "Khi đặt hàng, bạn chọn một nơi ở đây thay vì gõ lại.",
    "At checkout you pick a place from here instead of typing it.",
)
NONE = Text("Chưa có địa chỉ nào. Thêm nơi đầu tiên ở dưới.", "No address yet. Add the first one below.")
USUAL = Text("mặc định", "usual")
MAKE_USUAL = Text("Đặt làm mặc định", "Make it the usual one")
CHANGE = Text("Sửa", "Change")
REMOVE = Text("Bỏ", "Remove")
ADD = Text("Thêm địa chỉ", "Add an address")
CHANGING = Text("Sửa địa chỉ", "Change the address")
NAME = Text("Người nhận", "Receiver")
PHONE = Text("Số điện thoại di động", "Mobile phone")
STREET = Text("Số nhà, đường, ấp", "House number, street, hamlet")
SAVE = Text("Lưu địa chỉ", "Save the address")
DRAWN: Node = AddressesState.drawn


def _problem(name: str) -> Node:
    return AddressesState.problems.get(name, "")


def _place(one: Node) -> Node:
    return h.li(
        h.p(
            h.span(one.name, " · ", h.span(one.phone_text, class_name="num"), class_name="font-semibold"),
            when(one.usual, badge(USUAL, "success")),
            class_name="flex flex-wrap gap-2 items-center",
        ),
        h.p(one.street, ", ", one.commune_text, class_name="text-sm text-quiet"),
        h.div(
            h.button(CHANGE, type="button", on_click=AddressesState.change(one.id), class_name=QUIET),
            h.button(REMOVE, type="button", on_click=AddressesState.remove(one.id), class_name=QUIET),
            when(
                one.usual,
                None,
                h.button(MAKE_USUAL, type="button", on_click=AddressesState.prefer(one.id), class_name=QUIET),
            ),
            class_name="flex flex-wrap -ml-4",
        ),
        class_name="py-3",
    )


def _input(label: Text, name: str, value: Node, **properties: Node) -> Node:
    return field(
        label,
        name,
        problem=_problem(name),
        default_value=value,
        key=joined(name, DRAWN.to_string()),
        **properties,
    )


def _form() -> Node:
    editing = AddressesState.editing
    return panel(
        panel_title(when(editing.id > 0, CHANGING, ADD), "pin"),
        h.form(
            _input(NAME, "name", editing.name, auto_complete="name", max_length=120),
            _input(PHONE, "phone", editing.phone_text, type="tel", input_mode="tel", auto_complete="tel"),
            commune_input(AddressesState, _problem("commune")),
            _input(STREET, "street", editing.street, auto_complete="street-address", max_length=200),
            form_problem(_problem("form")),
            h.button(SAVE, type="submit", class_name=f"{PRIMARY} w-full text-base"),
            on_submit=AddressesState.save,
            no_validate=True,
            custom_attrs={"data-once": AddressesState.answered},
            class_name="space-y-3",
        ),
        class_name="space-y-3",
    )


def addresses_content(page: Node) -> Node:
    """My addresses."""
    return shop_frame(
        h.div(
            page_title(TITLE, under=UNDER),
            h.p(
                AddressesState.notice,
                role="status",
                class_name="alert alert-success alert-soft text-base-content empty:hidden",
            ),
            panel(
                when(
                    filled(page),
                    h.ul(each(page, _place), class_name="divide-y divide-base-300"),
                    h.p(NONE, class_name="text-quiet"),
                )
            ),
            _form(),
            class_name="max-w-md mx-auto space-y-4",
        ),
        active="me",
        basket_count=AddressesState.basket_count,
    )


PAGES = (Page("/account/addresses", lambda: live_page(AddressesState, addresses_content), AddressesState.load, TITLE),)
