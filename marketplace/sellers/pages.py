"""Opening a shop, on a phone in the field."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.sellers.state import StartState
from marketplace.ui.blocks import empty_state, page_title, panel
from marketplace.ui.forms import OUTLINE, PRIMARY, choice, field, form_problem
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import ArriveAtTop, Page, live_page

TITLE = Text("Mở gian hàng", "Open a shop")
UNDER = Text(
    "Vài phút là xong. Cán bộ duyệt rồi hàng của bạn lên chợ.",
    "A few minutes. Once staff approve, your goods are on the market.",
)
GUEST = Text("Đăng nhập để mở gian hàng", "Sign in to open a shop")
GUEST_HINT = Text(
    "Gian hàng gắn với tài khoản của bạn; chỉ bạn quản lý được.",
    "Your shop belongs to your account; only you run it.",
)
SIGN_UP = Text("Tạo tài khoản", "Create an account")
SIGN_IN = Text("Đăng nhập", "Sign in")
KIND = Text("Bạn bán với tư cách", "You sell as")
SHOP_NAME = Text("Tên gian hàng", "Name of the shop")
SHOP_HINT = Text("Ví dụ: Vườn Sáu Hòa.", "For example: Vườn Sáu Hòa.")
LEGAL_NAME = Text("Tên đăng ký kinh doanh", "Registered name")
COMMUNE = Text("Xã, phường", "Commune or ward")
COMMUNE_HINT = Text("Gõ vài chữ rồi chọn, tên cũ cũng được.", "Type a few letters and pick; former names work too.")
STREET = Text("Số nhà, đường, ấp", "House number, street, hamlet")
PHONE = Text("Số điện thoại để khách gọi", "Phone for buyers to call")
TAX_CODE = Text("Mã số thuế", "Tax code")
APPLY = Text("Gửi để duyệt", "Send for approval")
WAITING = Text("“{name}” đang chờ duyệt", "“{name}” is waiting for approval")
WAITING_HINT = Text(
    "Cán bộ thường trả lời trong ngày làm việc. Trong lúc chờ, bạn có thể đăng hàng trước; hàng lên chợ ngay khi được duyệt.",
    "Staff usually answer within a working day. Meanwhile add your goods; they go on sale the moment you are approved.",
)
ADD_GOODS = Text("Đăng sản phẩm", "Add goods")
REFUSED = Text("“{name}” chưa được duyệt", "“{name}” was not approved")
MEND = Text("Sửa và gửi lại", "Mend and send again")
OPEN = Text("“{name}” đã mở", "“{name}” is open")
OPEN_HINT = Text("Hàng của bạn đã lên chợ. Chúc buôn may bán đắt!", "Your goods are on the market. Good luck!")
TO_SHOP = Text("Đến trang người bán", "To the seller centre")
SUSPENDED = Text("“{name}” đang tạm ngưng", "“{name}” is suspended")


def _problem(name: str) -> Node:
    return StartState.problems.get(name, "")


def _commune() -> Node:
    return h.div(
        field(
            COMMUNE,
            "commune",
            problem=_problem("commune"),
            hint=COMMUNE_HINT,
            control=rx.debounce_input(
                h.input(
                    id="commune",
                    name="commune_name",
                    value=StartState.commune_name,
                    on_change=StartState.find_commune,
                    auto_complete="off",
                    role="combobox",
                    aria_expanded=when(filled(StartState.communes), "true", "false"),
                    aria_controls="communes",
                    class_name="input w-full h-11 text-base",
                ),
                debounce_timeout=180,
            ),
        ),
        when(
            filled(StartState.communes),
            h.ul(
                each(
                    StartState.communes,
                    lambda place: h.li(
                        h.button(
                            h.span(place.name, class_name="font-semibold block"),
                            h.span(place.hint, class_name="text-sm text-quiet block"),
                            type="button",
                            on_click=StartState.pick_commune(place.code),
                            class_name="w-full text-left px-4 py-2.5 min-h-11 hover:bg-base-200 cursor-pointer",
                        )
                    ),
                ),
                id="communes",
                class_name="rounded-field border border-base-300 bg-base-100 divide-y divide-base-300 mt-1 overflow-hidden",
            ),
        ),
    )


def _form(page: Node) -> Node:
    return h.form(
        panel(
            choice(
                KIND,
                "kind",
                each(page.kinds, lambda kind: h.option(kind.label, value=kind.value)),
                problem=_problem("kind"),
            ),
            field(SHOP_NAME, "shop_name", problem=_problem("shop_name"), hint=SHOP_HINT, max_length=120),
            _commune(),
            field(STREET, "street", problem=_problem("street"), auto_complete="street-address", max_length=200),
            field(PHONE, "phone", problem=_problem("phone"), type="tel", input_mode="tel", auto_complete="tel"),
            field(LEGAL_NAME, "legal_name", problem=_problem("legal_name"), optional=True, max_length=160),
            field(
                TAX_CODE, "tax_code", problem=_problem("tax_code"), optional=True, input_mode="numeric", max_length=20
            ),
            class_name="space-y-3",
        ),
        form_problem(StartState.problem),
        h.button(APPLY, type="submit", class_name=f"{PRIMARY} w-full text-base"),
        on_submit=StartState.apply,
        no_validate=True,
        class_name="space-y-4",
    )


def _outcome(title: Text, page: Node, hint: Node, *actions: Node) -> Node:
    return rx.fragment(
        ArriveAtTop.create(),
        panel(
            h.h1(say(title, name=page.store_name), class_name="text-xl font-semibold", tab_index=-1),
            h.p(hint, class_name="text-quiet"),
            h.div(*actions, class_name="flex flex-wrap gap-3"),
            class_name="space-y-3",
            role="status",
        ),
    )


def start_content(page: Node) -> Node:
    """The form, or where the application stands."""
    goods = h.a(ADD_GOODS, href="/seller/products/new", class_name=PRIMARY)
    return shop_frame(
        h.div(
            rx.match(
                page.step,
                (
                    "guest",
                    empty_state(
                        "store",
                        GUEST,
                        GUEST_HINT,
                        h.a(SIGN_UP, href="/account/sign-up?next=/seller/start", class_name=PRIMARY),
                        h.a(SIGN_IN, href="/account/sign-in?next=/seller/start", class_name=OUTLINE),
                    ),
                ),
                ("waiting", _outcome(WAITING, page, WAITING_HINT, goods)),
                (
                    "refused",
                    _outcome(
                        REFUSED,
                        page,
                        page.reason,
                        h.button(MEND, type="button", on_click=StartState.try_again, class_name=PRIMARY),
                    ),
                ),
                ("open", _outcome(OPEN, page, OPEN_HINT, h.a(TO_SHOP, href="/seller", class_name=PRIMARY), goods)),
                ("suspended", _outcome(SUSPENDED, page, page.reason)),
                rx.fragment(page_title(TITLE, under=UNDER), _form(page)),
            ),
            class_name="max-w-md mx-auto space-y-4",
        ),
        basket_count=StartState.basket_count,
    )


PAGES = (Page("/seller/start", lambda: live_page(StartState, start_content), StartState.load, TITLE),)
